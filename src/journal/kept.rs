//! A record as the journal keeps it: thousands of them take turns in a processor's cache.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::{Record, record::OVERHEAD};
use crate::exchange::{Callback, Choice, Exchange, PackedRequest, Reply, Violation};

/// A record, packed.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) number: u64,
    /// The bytes that it is taken to need.
    pub(super) bytes: usize,
    pub(super) session: Option<Arc<str>>,
    at: SystemTime,
    took: Duration,
    api: Option<Arc<str>>,
    request: PackedRequest,
    operation: Option<Arc<str>>,
    violations: Vec<Violation>,
    reply_violations: Vec<Violation>,
    choice: Choice,
    reply: Arc<Reply>,
    callbacks: Vec<Callback>,
}

impl Kept {
    /// Packs a record.
    pub(super) fn of(record: Record) -> Self {
        let Exchange {
            request,
            operation,
            violations,
            reply_violations,
            choice,
            reply,
            callbacks,
        } = record.exchange;
        let request = PackedRequest::of(request);
        let told = violations.iter().chain(&reply_violations);
        let told = told.map(|violation| violation.message.len());
        let bytes = OVERHEAD + request.bytes() + reply.bytes() + told.sum::<usize>();
        Self {
            number: record.number,
            bytes,
            session: record.session,
            at: record.at,
            took: record.took,
            api: record.api,
            request,
            operation,
            violations,
            reply_violations,
            choice,
            reply,
            callbacks,
        }
    }

    /// The record again.
    pub(super) fn record(&self) -> Record {
        Record {
            number: self.number,
            at: self.at,
            took: self.took,
            api: self.api.clone(),
            session: self.session.clone(),
            exchange: Exchange {
                request: self.request.unpacked(),
                operation: self.operation.clone(),
                violations: self.violations.clone(),
                reply_violations: self.reply_violations.clone(),
                choice: self.choice.clone(),
                reply: Arc::clone(&self.reply),
                callbacks: self.callbacks.clone(),
            },
        }
    }
}
