//! `mynah explain`: why a request is answered as it is, without a server.

use std::{
    fs,
    io::{self, Write},
};

use bytes::Bytes;
use http::{
    Method,
    header::{CONTENT_TYPE, HeaderValue},
};

use super::{
    Exit,
    args::Asking,
    console::Console,
    error::CliError,
    places::{self, Served},
};
use crate::{Api, Exchange, Request, answer, exchange::ReplySource};

/// Answers a request and prints what led to the answer; the exit code says whether the request
/// keeps to the contract.
pub(super) fn explain(asking: &Asking, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = asking.compiling.choices();
    let served = places::load(&asking.spec, &[], &choices, &mut console.err)?;
    let place = find(&served, asking.target.path())?;
    let api = place.mount.api();
    let exchange = answer(&api, request(asking)?.below(place.mount.prefix()));
    let out = &mut *console.out.to;
    print_operation(&api, &exchange, out)?;
    print_violations(&exchange, out)?;
    print_choice(&api, &exchange, out)?;
    print_reply(&exchange, out)?;
    out.flush()?;
    match exchange.violations.is_empty() {
        true => Ok(Exit::Done),
        false => Ok(Exit::ContractBroken),
    }
}

/// The API that a path belongs to: the one with the longest prefix.
fn find<'a>(served: &'a [Served], path: &str) -> Result<&'a Served, CliError> {
    let is_below = |served: &&Served| {
        let rest = path.strip_prefix(served.mount.prefix());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let below = served.iter().filter(is_below);
    let nearest = below.max_by_key(|served| served.mount.prefix().len());
    nearest.ok_or_else(|| CliError::NoApiAt {
        path: path.to_owned(),
        prefixes: served
            .iter()
            .map(|served| served.mount.prefix().to_owned())
            .collect(),
    })
}

fn request(asking: &Asking) -> Result<Request, CliError> {
    let body = body(asking.data.as_deref())?;
    let has_body = asking.data.is_some();
    let mut request = http::Request::new(body);
    *request.method_mut() = asking.method.clone();
    *request.uri_mut() = asking.target.clone();
    for (name, value) in &asking.headers {
        request.headers_mut().append(name, value.clone());
    }
    if has_body {
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
    }
    Ok(request.into())
}

fn body(data: Option<&str>) -> Result<Bytes, CliError> {
    let data = data.unwrap_or_default();
    match data.strip_prefix('@') {
        None => Ok(data.to_owned().into()),
        Some(file) => fs::read(file)
            .map(Bytes::from)
            .map_err(|source| CliError::Unreadable {
                file: file.to_owned(),
                source,
            }),
    }
}

/// Which operation was meant, and where it is described.
fn print_operation(api: &Api, exchange: &Exchange, out: &mut dyn Write) -> io::Result<()> {
    let request = &exchange.request;
    let Some(label) = &exchange.operation else {
        return writeln!(
            out,
            "{} {}: no operation of {}",
            request.method,
            request.path(),
            api.title()
        );
    };
    let operation = api
        .operations()
        .iter()
        .find(|operation| operation.label() == label);
    write!(out, "{label}")?;
    if let Some(summary) = operation.and_then(|operation| operation.summary()) {
        write!(out, ": {}", summary.replace('\n', " "))?;
    }
    match operation {
        Some(operation) => writeln!(out, "\n  described at {}", api.locate(operation.pointer())),
        None => writeln!(out),
    }
}

fn print_violations(exchange: &Exchange, out: &mut dyn Write) -> io::Result<()> {
    match exchange.violations.len() {
        0 => writeln!(out, "\nthe request keeps to the contract")?,
        1 => writeln!(out, "\nthe request leaves the contract in 1 place")?,
        count => writeln!(out, "\nthe request leaves the contract in {count} places")?,
    }
    exchange
        .violations
        .iter()
        .try_for_each(|violation| writeln!(out, "  - {violation}"))
}

/// What was chosen, from where, and why.
fn print_choice(api: &Api, exchange: &Exchange, out: &mut dyn Write) -> io::Result<()> {
    let choice = &exchange.choice;
    write!(out, "\nanswered with {}", choice.status)?;
    if let Some(media_type) = &choice.media_type {
        write!(out, " as {media_type}")?;
    }
    writeln!(out, "\n  why: {}", choice.why)?;
    writeln!(out, "  what: {}", source(&choice.source))?;
    let mut operations = api.operations().iter();
    let operation =
        operations.find(|operation| Some(operation.label()) == exchange.operation.as_ref());
    let documented = operation.and_then(|operation| operation.reply(choice.status.as_u16()));
    match documented {
        Some(reply) => writeln!(
            out,
            "  described at {} as `{}`",
            api.locate(&reply.pointer),
            reply.key
        ),
        None => writeln!(out, "  described nowhere"),
    }
}

fn source(source: &ReplySource) -> String {
    match source {
        ReplySource::Example(Some(name)) => format!("the documented example `{name}`"),
        ReplySource::Example(None) => "the documented example".to_owned(),
        ReplySource::Schema => "made from the schema".to_owned(),
        ReplySource::Typed => "made for this request by a function".to_owned(),
        ReplySource::Refusal => "a refusal that names what is wrong".to_owned(),
        ReplySource::Nothing => "nothing, since no content is documented".to_owned(),
        ReplySource::Observed => "what the provider replied".to_owned(),
    }
}

/// The answer as a client gets it; one to `HEAD` ends with its header fields.
fn print_reply(exchange: &Exchange, out: &mut dyn Write) -> io::Result<()> {
    let reply = &exchange.reply;
    writeln!(out, "\nHTTP/1.1 {}", reply.status)?;
    for (name, value) in &reply.headers {
        writeln!(out, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
    }
    writeln!(out)?;
    if !reply.body.is_empty() && exchange.request.method != Method::HEAD {
        out.write_all(&reply.body)?;
        writeln!(out)?;
    }
    Ok(())
}
