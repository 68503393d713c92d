//! A record to its line.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use http::HeaderName;

use super::{Callback, Choice, Line, Octets, Reply, Request, Stated, VERSION, Violation};
use crate::{
    exchange::{self, Place, ReplySource},
    journal::Shown,
};

impl<'a> Line<'a> {
    pub(super) fn of(shown: &'a Shown<'_>) -> Self {
        let record = shown.record;
        let exchange = &record.exchange;
        let at = DateTime::<Utc>::from(record.at);
        let text = |text: &'a Option<std::sync::Arc<str>>| text.as_deref().map(Cow::Borrowed);
        Self {
            mynah: VERSION,
            number: record.number,
            at: Cow::Owned(at.to_rfc3339_opts(SecondsFormat::Micros, true)),
            seconds: record.took.as_secs_f64(),
            api: text(&record.api),
            session: text(&record.session),
            operation: text(&exchange.operation),
            redacted: shown.is_redacted,
            request: Request {
                method: exchange.request.method.as_str().into(),
                target: Cow::Borrowed(&shown.target),
                prefix: exchange.request.prefix().into(),
                version: Cow::Owned(format!("{:?}", exchange.request.version)),
                headers: fields(&shown.request.headers),
                body: octets(&shown.request.body),
            },
            violations: violations(&exchange.violations),
            reply: Reply {
                status: exchange.reply.status.as_u16(),
                headers: fields(&shown.reply.headers),
                body: octets(&shown.reply.body),
            },
            reply_violations: violations(&exchange.reply_violations),
            choice: choice(&exchange.choice),
            callbacks: callbacks(&exchange.callbacks, &shown.callbacks),
        }
    }
}

fn fields<'a>(headers: &'a [(&HeaderName, Cow<'_, [u8]>)]) -> Vec<(Cow<'a, str>, Octets<'a>)> {
    let fields = headers.iter();
    fields
        .map(|(name, value)| (name.as_str().into(), octets(value)))
        .collect()
}

fn octets(bytes: &[u8]) -> Octets<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Octets::Text(Cow::Borrowed(text)),
        Err(_) => Octets::Binary {
            base64: Cow::Owned(STANDARD.encode(bytes)),
        },
    }
}

fn violations(found: &[exchange::Violation]) -> Vec<Violation<'_>> {
    found.iter().map(violation).collect()
}

fn violation(found: &exchange::Violation) -> Violation<'_> {
    let (r#in, name, pointer) = parts(&found.place);
    Violation {
        code: found.rule.code().into(),
        place: Cow::Owned(found.place.to_string()),
        r#in: r#in.into(),
        name: name.map(Cow::Borrowed),
        pointer: pointer.map(Cow::Borrowed),
        message: Cow::Borrowed(&found.message),
        stated: found.stated.as_ref().map(|location| Stated {
            file: Cow::Borrowed(&location.file),
            line: location.line,
            column: location.column,
        }),
    }
}

/// A place as where it is, by which name, and at which pointer.
fn parts(place: &Place) -> (&'static str, Option<&str>, Option<&str>) {
    match place {
        Place::Method => ("method", None, None),
        Place::Status => ("status", None, None),
        Place::Reply => ("reply", None, None),
        Place::Path => ("path", None, None),
        Place::PathParameter(name) => ("path", Some(name), None),
        Place::Query(name) => ("query", Some(name), None),
        Place::Header(name) => ("header", Some(name), None),
        Place::Cookie(name) => ("cookie", Some(name), None),
        Place::Body(pointer) => ("body", None, Some(pointer)),
        Place::PartHeader(part, name) => ("part", Some(name), Some(part)),
    }
}

fn choice(choice: &exchange::Choice) -> Choice<'_> {
    let (source, example) = match &choice.source {
        ReplySource::Example(name) => ("example", name.as_deref()),
        ReplySource::Schema => ("schema", None),
        ReplySource::Typed => ("typed", None),
        ReplySource::Refusal => ("refusal", None),
        ReplySource::Nothing => ("nothing", None),
        ReplySource::Observed => ("observed", None),
    };
    Choice {
        media_type: choice.media_type.as_deref().map(Cow::Borrowed),
        source: source.into(),
        example: example.map(Cow::Borrowed),
        why: Cow::Owned(choice.why.to_string()),
    }
}

fn callbacks<'a>(
    callbacks: &'a [exchange::Callback],
    addresses: &'a [Option<String>],
) -> Vec<Callback<'a>> {
    let written = |(callback, url): (&'a exchange::Callback, &'a Option<String>)| {
        let sent = callback.request.as_ref();
        Callback {
            name: Cow::Borrowed(&callback.name),
            method: sent.ok().map(|sent| sent.method.as_str().into()),
            url: url.as_deref().map(Cow::Borrowed),
            unsent: sent.err().map(|why| Cow::Borrowed(why.as_str())),
        }
    };
    callbacks.iter().zip(addresses).map(written).collect()
}
