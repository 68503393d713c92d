//! A record as it is shown to people and written to files.

use std::{borrow::Cow, sync::Arc};

use http::{HeaderName, Method, StatusCode};

use super::{Record, redact::Redaction};
use crate::{Api, Reply};

/// A record as it is shown and written: without its secrets, or whole where these are to be kept.
///
/// What is kept in memory and held against descriptions is the record itself.
#[derive(Debug)]
pub struct Shown<'r> {
    /// What is shown.
    pub record: &'r Record,
    /// The request target.
    pub target: Cow<'r, str>,
    /// The request's header fields and body.
    pub request: Message<'r>,
    /// The reply's header fields, and its body as it was sent: none in answer to `HEAD`.
    pub reply: Message<'r>,
    /// The addresses of its callbacks, in their order; none of those that were not sent.
    pub callbacks: Vec<Option<String>>,
    /// Whether its secrets are taken out.
    pub is_redacted: bool,
}

/// Header fields and body of a message.
#[derive(Debug)]
pub struct Message<'r> {
    /// The header fields, by name.
    pub headers: Vec<(&'r HeaderName, Cow<'r, [u8]>)>,
    /// The body.
    pub body: Cow<'r, [u8]>,
}

impl<'r> Shown<'r> {
    /// The record with its secrets.
    pub fn whole(record: &'r Record) -> Self {
        let request = &record.exchange.request;
        let reply = &record.exchange.reply;
        let fields = |headers: &'r http::HeaderMap| {
            let fields = headers.iter();
            fields
                .map(|(name, value)| (name, Cow::Borrowed(value.as_bytes())))
                .collect()
        };
        Self {
            record,
            target: request.target(),
            request: Message {
                headers: fields(&request.headers),
                body: Cow::Borrowed(&request.body),
            },
            reply: Message {
                headers: fields(&reply.headers),
                body: Cow::Borrowed(sent_body(&request.method, reply)),
            },
            callbacks: addresses(record, str::to_owned),
            is_redacted: false,
        }
    }

    /// The record without its secrets, header fields and bodies: what tells it from others in a list.
    pub fn in_brief(record: &'r Record, apis: &[Arc<Api>]) -> Self {
        let redaction = Redaction::of(record, apis);
        let nothing = || Message {
            headers: Vec::new(),
            body: Cow::Borrowed(&[]),
        };
        Self {
            record,
            target: Cow::Owned(redaction.target(&record.exchange.request)),
            request: nothing(),
            reply: nothing(),
            callbacks: addresses(record, |url| redaction.address(url).into_owned()),
            is_redacted: true,
        }
    }

    /// The record without its secrets, by the descriptions of the APIs that are served: its own, or of one
    /// that belongs to no API all of them.
    pub fn without_secrets(record: &'r Record, apis: &[Arc<Api>]) -> Self {
        let redaction = Redaction::of(record, apis);
        let request = &record.exchange.request;
        let reply = &record.exchange.reply;
        let fields = |headers: &'r http::HeaderMap| {
            let fields = headers.iter();
            fields
                .map(|(name, value)| (name, redaction.field(name, value)))
                .collect()
        };
        let has_body = !sent_body(&request.method, reply).is_empty();
        Self {
            record,
            target: Cow::Owned(redaction.target(request)),
            request: Message {
                headers: fields(&request.headers),
                body: redaction.request_body(request),
            },
            reply: Message {
                headers: fields(&reply.headers),
                body: match has_body {
                    true => redaction.reply_body(reply),
                    false => Cow::Borrowed(&[]),
                },
            },
            callbacks: addresses(record, |url| redaction.address(url).into_owned()),
            is_redacted: true,
        }
    }
}

fn addresses(record: &Record, shown: impl Fn(&str) -> String) -> Vec<Option<String>> {
    let callbacks = record.exchange.callbacks.iter();
    let address = |sent: &crate::exchange::OutboundRequest| shown(&sent.url.to_string());
    callbacks
        .map(|callback| callback.request.as_ref().ok().map(address))
        .collect()
}

/// The body of a reply as it goes to the client (RFC 9110 sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5).
fn sent_body<'r>(method: &Method, reply: &'r Reply) -> &'r [u8] {
    let has_none = matches!(
        reply.status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    );
    match has_none || *method == Method::HEAD {
        true => &[],
        false => &reply.body,
    }
}
