//! Where exchanges are recorded before their replies are sent.

use std::{sync::Arc, time::SystemTime};

use http::StatusCode;

use super::problem::problem;
use crate::{
    Api, Exchange, Reply,
    exchange::{Choice, PROBLEM_JSON, ReplySource, Why},
    journal::{Journal, JournalFile, Record},
};

/// Where exchanges are recorded.
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) journal: Option<Arc<Journal>>,
    pub(super) file: Option<Arc<JournalFile>>,
}

/// What is known of an exchange beside the API.
pub(super) struct Context<'a> {
    /// When the request was there.
    pub(super) at: SystemTime,
    /// The session of the client.
    pub(super) session: Option<Arc<str>>,
    /// The API that it is for; none where none is served.
    pub(super) api: Option<&'a Arc<Api>>,
}

impl Recorder {
    /// Records an exchange before anybody can see its reply; what the client is to get. Where the file has to
    /// have it and cannot, that is a refusal, and what would follow the exchange does not.
    ///
    /// `apis` are asked for only where the exchange is for none of them.
    pub(super) fn record(
        &self,
        context: Context<'_>,
        exchange: Exchange,
        apis: impl FnOnce() -> Vec<Arc<Api>>,
        follow: impl FnOnce(&Exchange),
    ) -> Arc<Reply> {
        if self.journal.is_none() && self.file.is_none() {
            follow(&exchange);
            return exchange.reply;
        }
        let name = context.api.map(|api| Arc::clone(api.name()));
        let mut record = Record::new(name, context.at, exchange);
        record.session = context.session;
        let written = match (&self.file, context.api) {
            (None, _) => Ok(()),
            (Some(file), Some(api)) => file.append(&record, std::slice::from_ref(api)),
            (Some(file), None) => file.append(&record, &apis()),
        };
        match written {
            Ok(()) => follow(&record.exchange),
            Err(_) => refuse(&mut record.exchange),
        }
        let reply = Arc::clone(&record.exchange.reply);
        if let Some(journal) = &self.journal {
            if let (Some(coverage), Some(api)) = (journal.coverage(), context.api) {
                coverage.follow(api);
            }
            journal.record(record);
        }
        reply
    }
}

/// Puts a refusal in the place of a reply that nobody may see.
fn refuse(exchange: &mut Exchange) {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let detail = "the exchange cannot be written to the journal's file, which is to have every one: the \
                  server's standard error says why";
    exchange.reply = Arc::new(problem(status, detail));
    exchange.choice = Choice {
        status,
        media_type: Some(PROBLEM_JSON.into()),
        source: ReplySource::Refusal,
        why: Why::Unrecorded,
    };
    exchange.callbacks.clear();
}
