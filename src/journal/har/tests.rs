use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::{Value, json};

use super::*;
use crate::{
    exchange::Rule,
    journal::{
        Shown,
        tests::{record, violated},
    },
};

fn archive(records: &[crate::journal::Record]) -> Vec<u8> {
    let shown: Vec<_> = records.iter().map(Shown::whole).collect();
    to_har(&shown, "http://127.0.0.1:4010")
}

#[test]
fn an_archive_has_what_the_standard_asks_for() {
    let mut record = violated(record("POST", "/pets?a=b%20c&d"), Rule::Syntax);
    record.at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
    record.took = Duration::from_micros(1500);
    let request = &mut record.exchange.request;
    request
        .headers
        .append("host", "pets.example:80".parse().unwrap());
    request
        .headers
        .append("content-type", "text/plain".parse().unwrap());
    request
        .headers
        .append("cookie", "a=1; b=2".parse().unwrap());
    request.body = "hello".into();
    let mut reply = crate::Reply::clone(&record.exchange.reply);
    reply
        .headers
        .append("set-cookie", "sid=1; Path=/".parse().unwrap());
    reply.headers.append("location", "/pets/1".parse().unwrap());
    reply.body = Bytes::from_static(b"\xff\x00");
    record.exchange.reply = reply.into();
    let text = archive(&[record]);
    let found: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(found["log"]["version"], "1.2");
    assert_eq!(found["log"]["creator"]["name"], "mynah");
    let want = json!({
        "startedDateTime": "2023-11-14T22:13:20.123000Z",
        "time": 1.5,
        "request": {
            "method": "POST",
            "url": "http://pets.example:80/pets?a=b%20c&d",
            "httpVersion": "HTTP/1.1",
            "cookies": [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}],
            "headers": [
                {"name": "host", "value": "pets.example:80"},
                {"name": "content-type", "value": "text/plain"},
                {"name": "cookie", "value": "a=1; b=2"},
            ],
            "queryString": [{"name": "a", "value": "b c"}, {"name": "d", "value": ""}],
            "postData": {"mimeType": "text/plain", "text": "hello"},
            "headersSize": -1,
            "bodySize": 5,
        },
        "response": {
            "status": 400,
            "statusText": "Bad Request",
            "httpVersion": "HTTP/1.1",
            "cookies": [{"name": "sid", "value": "1"}],
            "headers": [
                {"name": "set-cookie", "value": "sid=1; Path=/"},
                {"name": "location", "value": "/pets/1"},
            ],
            "content": {"size": 2, "mimeType": "", "text": "/wA=", "encoding": "base64"},
            "redirectURL": "/pets/1",
            "headersSize": -1,
            "bodySize": 2,
        },
        "cache": {},
        "timings": {"send": 0.0, "wait": 1.5, "receive": 0.0},
        "_mynah": {
            "number": 0,
            "api": null,
            "session": null,
            "operation": null,
            "redacted": false,
            "violations": ["path: wrong [syntax]"],
            "reply_violations": [],
        },
    });
    assert_eq!(found["log"]["entries"][0], want);
}

#[test]
fn what_was_written_is_read() {
    let mut record = record("PUT", "/pets/1?x=y");
    record.exchange.request.body = Bytes::from_static(b"\x00\xff");
    record
        .exchange
        .request
        .headers
        .append("x-a", "b".parse().unwrap());
    let text = archive(std::slice::from_ref(&record));
    let entries = from_har(&text).unwrap();
    let entry = entries[0].as_ref().unwrap();
    assert_eq!(entry.url, "http://127.0.0.1:4010/pets/1?x=y");
    assert_eq!(entry.request.target(), "/pets/1?x=y");
    assert_eq!(entry.request.method, record.exchange.request.method);
    assert_eq!(entry.request.headers, record.exchange.request.headers);
    assert_eq!(entry.request.body, record.exchange.request.body);
    assert_eq!(entry.reply, *record.exchange.reply);
    assert!(entry.has_request_body && entry.has_reply_body && !entry.is_redacted);
}

/// An archive as browsers write them.
fn written(request: &Value, response: &Value) -> Vec<u8> {
    let mut whole = json!({
        "method": "GET", "url": "https://pets.example/v1/pets?a=b#c", "httpVersion": "h2",
        "cookies": [], "queryString": [], "headersSize": -1, "bodySize": 0,
        "headers": [{"name": ":authority", "value": "pets.example"}, {"name": "Accept", "value": "*/*"}],
    });
    let mut reply = json!({
        "status": 200, "statusText": "", "httpVersion": "h2", "cookies": [], "redirectURL": "",
        "headers": [{"name": "content-encoding", "value": "br"}, {"name": "set-cookie", "value": "a=b\nc=d"}],
        "content": {"size": 2, "mimeType": "application/json", "text": "{}"},
    });
    for (to, from) in [(&mut whole, request), (&mut reply, response)] {
        let members = to.as_object_mut().unwrap();
        members.extend(from.as_object().unwrap().clone());
    }
    let archive = json!({"log": {"version": "1.2", "creator": {}, "pages": [], "entries": [{
        "startedDateTime": "2026-11-21T08:00:00.000+01:00", "time": -1, "cache": {}, "timings": {},
        "request": whole, "response": reply, "_resourceType": "fetch",
    }]}});
    format!("\u{feff}{archive}").into_bytes()
}

#[test]
fn what_browsers_write_is_read() {
    let text = written(&json!({}), &json!({}));
    let entries = from_har(&text).unwrap();
    let entry = entries[0].as_ref().unwrap();
    assert_eq!(entry.request.target(), "/v1/pets?a=b");
    assert_eq!(entry.request.headers.len(), 1);
    assert_eq!(entry.request.version, http::Version::HTTP_2);
    assert_eq!(entry.reply.body, "{}");
    let cookies = entry.reply.headers.get_all("set-cookie").iter();
    assert_eq!(cookies.collect::<Vec<_>>(), ["a=b", "c=d"]);
    assert!(!entry.reply.headers.contains_key("content-encoding"));
    assert_eq!(entry.took, Duration::ZERO);
}

#[test]
fn a_body_that_is_not_there_is_not_known() {
    let form = json!({"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "c&d"}]});
    let parts =
        json!({"mimeType": "multipart/form-data", "params": [{"name": "a", "fileName": "b"}]});
    for (request, response, want) in [
        (json!({}), json!({}), Some((true, "", true, "{}"))),
        (
            json!({"bodySize": 5}),
            json!({}),
            Some((false, "", true, "{}")),
        ),
        (
            json!({"postData": form}),
            json!({}),
            Some((true, "a%20b=c%26d", true, "{}")),
        ),
        (
            json!({"postData": parts}),
            json!({}),
            Some((false, "", true, "{}")),
        ),
        (
            json!({}),
            json!({"content": {"size": 9}}),
            Some((true, "", false, "")),
        ),
        (
            json!({}),
            json!({"content": {"size": 0}}),
            Some((true, "", true, "")),
        ),
        (
            json!({}),
            json!({"content": {"text": "aGk=", "encoding": "base64"}}),
            Some((true, "", true, "hi")),
        ),
        (
            json!({}),
            json!({"content": {"text": "a", "encoding": "base64"}}),
            None,
        ),
        (json!({}), json!({"status": 0}), None),
        (json!({"url": "not an address"}), json!({}), None),
        (json!({"method": "G T"}), json!({}), None),
    ] {
        let text = written(&request, &response);
        let entries = from_har(&text).unwrap();
        let found = entries[0].as_ref().ok().map(|it| {
            let body = |bytes: &Bytes| String::from_utf8(bytes.to_vec()).unwrap();
            (
                it.has_request_body,
                body(&it.request.body),
                it.has_reply_body,
                body(&it.reply.body),
            )
        });
        let found = found.as_ref().map(|(a, b, c, d)| (*a, &**b, *c, &**d));
        assert_eq!(found, want, "{request} {response}");
    }
}

#[test]
fn what_is_no_archive_says_why() {
    for text in ["", "{}", "[]", "{\"log\":{}}"] {
        let error = from_har(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("not an HTTP Archive: "), "{error}");
    }
}
