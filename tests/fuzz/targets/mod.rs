//! What must hold for any bytes. A target panics where it does not.

mod form;
mod route;
mod rules;

pub use form::form;
pub use route::route;
pub use rules::rules;

use std::{collections::HashSet, sync::LazyLock};

use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use mynah::{
    Api, Description, Exchange, Source, answer,
    contract::RequestBody,
    diff::diff as changes,
    exchange::{Accept, Element, MediaType, Tape, TapeNode},
};
use serde_json::Value;

/// Tries one input.
pub type Target = fn(&[u8]);

/// Every target by name, with its folder of seeds.
pub const ALL: [(&str, &str, Target); 10] = [
    ("json", "json", json),
    ("media_type", "media_type", media_type),
    ("xml", "xml", xml),
    ("load", "load", load),
    ("request", "request", request),
    ("body", "body", body),
    ("diff", "load", diff),
    ("form", "form", form),
    ("route", "route", route),
    ("rules", "rules", rules),
];

/// JSON is what another reader takes for it. Written and read again it is the same. A name that stands twice is found.
pub fn json(data: &[u8]) {
    let read = Tape::parse(data);
    let other = serde_json::from_slice::<Value>(data);
    assert_eq!(read.is_ok(), other.is_ok(), "{read:?} {other:?}");
    let Ok(tape) = read else {
        return;
    };
    let value = tape.root().value();
    let again = Tape::parse(value.to_string().as_bytes()).expect("what was written is JSON");
    assert_eq!(again.root().value(), value);
    assert_eq!(tape.repeated().is_some(), repeats(tape.root()));
}

fn repeats(value: TapeNode<'_>) -> bool {
    let mut names = HashSet::new();
    value
        .members()
        .any(|(name, member)| !names.insert(name) || repeats(member))
        || value.items().any(repeats)
}

/// A media type that is written out is read as the same. A quality is one.
pub fn media_type(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let accept = Accept::parse(&text);
    if let Some(media_type) = MediaType::parse(&text) {
        let written = media_type.to_string();
        assert_eq!(
            MediaType::parse(&written).as_ref(),
            Some(&media_type),
            "{written}"
        );
        assert!(accept.quality(&media_type) <= 1000);
    }
}

/// XML comes to an end.
pub fn xml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let first = Element::parse(&text).map_err(|error| error.to_string());
    let second = Element::parse(&text).map_err(|error| error.to_string());
    assert_eq!(first, second);
}

/// A description is refused, or served: a documented request is answered, and what is made from a schema keeps to it.
/// Written as JSON, in the dialect that it was raised to, it is read as the same.
pub fn load(data: &[u8]) {
    let Some(api) = compiled(data) else {
        return;
    };
    let root = api.description().root();
    let again = Description::load(Source::new("again.json", root.to_string()));
    assert_eq!(again.as_ref().map(Description::root), Ok(root));
    for operation in api.operations() {
        if let Some(body) = &operation.body {
            made(body);
        }
        let sample = operation.sample();
        let request = Request::builder()
            .method(sample.method.as_str())
            .uri(&sample.target);
        if let Ok(request) = request.body(Bytes::new()) {
            answered(&api, &request);
        }
    }
}

fn made(body: &RequestBody) {
    for content in &body.content {
        let is_made = content.documented().next().is_none();
        if let (true, Some(schema), Some(made)) = (is_made, &content.schema, content.sample()) {
            assert!(schema.allows(made), "{made} at {}", content.pointer);
        }
    }
}

/// A request in the form of HTTP, a line feed for each end of a line, is answered, and never served where anything is
/// wrong with it.
pub fn request(data: &[u8]) {
    let end = data
        .windows(2)
        .position(|two| two == b"\n\n")
        .unwrap_or(data.len());
    let body = data.get(end + 2..).unwrap_or_default();
    let head = String::from_utf8_lossy(&data[..end]);
    let mut lines = head.lines();
    let Some((method, target)) = lines.next().and_then(|line| line.split_once(' ')) else {
        return;
    };
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        request = request.header(name, value);
    }
    if let Ok(request) = request.body(Bytes::copy_from_slice(body)) {
        answered(&EVERYTHING, &request);
    }
}

/// A body is read as the type that its first line names.
pub fn body(data: &[u8]) {
    let end = data
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(data.len());
    let content_type = String::from_utf8_lossy(&data[..end]).into_owned();
    let body = data.get(end + 1..).unwrap_or_default();
    let request = Request::post("/bodies").header(CONTENT_TYPE, content_type);
    if let Ok(request) = request.body(Bytes::copy_from_slice(body)) {
        answered(&EVERYTHING, &request);
    }
}

/// A description does not differ from itself; what differs from another comes to an end.
pub fn diff(data: &[u8]) {
    let source = Source::new("new.yaml", String::from_utf8_lossy(data));
    if let Ok(new) = Description::load(source) {
        assert_eq!(changes(&new, &new), []);
        changes(EVERYTHING.description(), &new);
        changes(&new, EVERYTHING.description());
    }
}

/// Answers a request twice in the same way.
fn answered(api: &Api, request: &Request<Bytes>) -> Exchange {
    let exchange = answer(api, request.clone().into());
    let again = answer(api, request.clone().into());
    assert_eq!(exchange.reply, again.reply);
    assert_eq!(exchange.violations, again.violations);
    let status = exchange.reply.status;
    let is_refused = status.is_client_error() || status.is_server_error();
    assert!(
        exchange.violations.is_empty() || is_refused,
        "{status} {:?}",
        exchange.violations
    );
    exchange
}

fn compiled(data: &[u8]) -> Option<Api> {
    let source = Source::new("fuzz.yaml", String::from_utf8_lossy(data));
    Api::compile(Description::load(source).ok()?).ok()
}

/// An API with parameters of each style and bodies of each form.
static EVERYTHING: LazyLock<Api> = LazyLock::new(|| {
    compiled(include_bytes!("../seeds/load/everything.yaml")).expect("it is right")
});
