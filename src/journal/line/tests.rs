use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::*;
use crate::{
    Api, Description, Exchange, Source, answer,
    description::Location,
    exchange::{self, Choice, Place, ReplySource, Rule, Why},
};

fn exchange(request: http::Request<bytes::Bytes>) -> Exchange {
    Exchange {
        request: request.into(),
        operation: Some("GET /pets/{id}".into()),
        violations: Vec::new(),
        reply_violations: Vec::new(),
        choice: Choice {
            status: StatusCode::OK,
            media_type: Some("application/json".into()),
            source: ReplySource::Example(Some("dog".into())),
            why: Why::Default,
        },
        reply: Arc::new(exchange::Reply::with_content(
            StatusCode::OK,
            "application/json",
            "{\"id\": 1.0}\n",
        )),
        callbacks: Vec::new(),
    }
}

fn record(exchange: Exchange) -> Record {
    Record {
        number: 7,
        at: SystemTime::UNIX_EPOCH + Duration::from_micros(1_700_000_000_123_456),
        took: Duration::from_micros(250),
        api: Some("pets".into()),
        session: Some("one".into()),
        exchange,
    }
}

fn round(record: &Record) -> Record {
    let line = Shown::whole(record).to_json();
    assert!(line.starts_with(BEGINNING) && !line.contains(&b'\n'));
    let (read, secrets) = Record::from_json(&line).unwrap();
    assert_eq!(secrets, Secrets::Kept);
    read
}

#[test]
fn a_line_has_all_that_a_record_has() {
    let request = http::Request::post("/v1/pets/1?a=b&a=%2F")
        .version(http::Version::HTTP_2)
        .header("x-a", "one")
        .header("x-a", "two")
        .header("x-bytes", &b"\xff\x80"[..])
        .body("{\"name\":\"\u{e4}\\n\"}".into())
        .unwrap();
    let mut exchange = exchange(request);
    exchange.request = exchange.request.below("/v1");
    let stated = Location {
        file: "pets.yaml".into(),
        line: 3,
        column: 5,
    };
    for (place, rule) in [
        (Place::Method, Rule::UnknownMethod),
        (Place::Path, Rule::UnknownPath),
        (Place::PathParameter("id".into()), Rule::Syntax),
        (Place::Query("a".into()), Rule::Required),
        (Place::Header("x-a".into()), Rule::CredentialMalformed),
        (Place::Cookie("c".into()), Rule::TooSlow),
        (
            Place::Body("/name".to_owned()),
            Rule::Keyword("minLength".into()),
        ),
        (
            Place::PartHeader("/file".into(), "x-b".into()),
            Rule::Keyword("pattern".into()),
        ),
        (Place::Status, Rule::Status),
        (Place::Reply, Rule::Undecidable),
    ] {
        exchange.violations.push(exchange::Violation {
            place,
            rule,
            message: "says \"no\"".to_owned(),
            stated: Some(stated.clone()),
        });
    }
    exchange.reply_violations = exchange.violations[..1].to_vec();
    let record = record(exchange);
    let read = round(&record);
    let (was, is) = (&record.exchange, &read.exchange);
    assert_eq!(read.number, 7);
    assert_eq!((read.at, read.took), (record.at, record.took));
    assert_eq!((&read.api, &read.session), (&record.api, &record.session));
    assert_eq!(is.operation, was.operation);
    assert_eq!(is.request.method, was.request.method);
    assert_eq!(is.request.uri, was.request.uri);
    assert_eq!(is.request.path(), "/pets/1");
    assert_eq!(is.request.version, was.request.version);
    assert_eq!(is.request.headers, was.request.headers);
    assert_eq!(is.request.body, was.request.body);
    assert_eq!(is.violations, was.violations);
    assert_eq!(is.reply_violations, was.reply_violations);
    assert_eq!(is.reply, was.reply);
    assert_eq!(is.choice.source, was.choice.source);
    assert_eq!(is.choice.media_type, was.choice.media_type);
    assert_eq!(is.choice.why.to_string(), was.choice.why.to_string());
}

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    let request = http::Request::put("http://user@example.com/pets/1");
    let record = record(exchange(request.body(vec![0, 0xff, b'{'].into()).unwrap()));
    let read = round(&record);
    assert_eq!(read.exchange.request.body, record.exchange.request.body);
    assert_eq!(
        read.exchange.request.target(),
        "http://user@example.com/pets/1"
    );
}

#[test]
fn a_reply_to_head_has_no_body() {
    let record = record(exchange(
        http::Request::head("/pets/1").body("".into()).unwrap(),
    ));
    assert_eq!(round(&record).exchange.reply.body, "");
}

#[test]
fn what_is_no_record_says_why() {
    let whole = Shown::whole(&record(exchange(http::Request::new("".into())))).to_json();
    let whole = String::from_utf8(whole).unwrap();
    for (line, want) in [
        ("", "not a record of a journal: EOF"),
        ("{}", "not a record of a journal: missing field `mynah`"),
        ("{\"mynah\":2}", "written in version 2 of the format"),
        (&whole[..whole.len() - 5], "not a record of a journal: EOF"),
        (
            &whole.replace("\"status\":200", "\"status\":1000"),
            "`reply.status` has a value",
        ),
        (
            &whole.replace("HTTP/1.1", "HTTP/9"),
            "`request.version` has a value",
        ),
        (
            &whole.replace("\"GET\"", "\"G T\""),
            "`request.method` has a value",
        ),
        (
            &whole.replace("\"target\":\"/\"", "\"target\":\"/ /\""),
            "`request.target` has a value",
        ),
        (
            &whole.replace("\"target\"", "\"prefix\":\"/x\",\"target\""),
            "`request.prefix` has a value",
        ),
    ] {
        let error = Record::from_json(line.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(want), "{line}: {error}");
    }
}

#[test]
fn secrets_are_taken_out_and_callbacks_told() {
    let text = r#"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: Done}}
      callbacks:
        sent: {'{$request.body#/url}': {post: {responses: {'204': {description: Done}}}}}
        unsent: {'{$request.body#/none}': {post: {responses: {'204': {description: Done}}}}}
"#;
    let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
    let api = Arc::new(api);
    let request = http::Request::post("/pets")
        .header("content-type", "application/json")
        .body(r#"{"password":"hush","url":"http://127.0.0.1:1/x?token=hush"}"#.into())
        .unwrap();
    let mut record = record(answer(&api, request.into()));
    record.api = Some(Arc::clone(api.name()));
    let line = Shown::without_secrets(&record, &[api]).to_json();
    let line = String::from_utf8(line).unwrap();
    let end = line.split_once("\"callbacks\":").unwrap().1;
    let unsent = end.split_once("\"unsent\":").unwrap().0;
    assert_eq!(
        unsent,
        "[{\"name\":\"sent\",\"method\":\"POST\",\"url\":\"http://127.0.0.1:1/x?token=***\"},{\"name\":\"unsent\","
    );
    let (_, secrets) = Record::from_json(line.as_bytes()).unwrap();
    assert_eq!(secrets, Secrets::Redacted);
}
