//! What a provider may do and still keep to its description: none of it is reported.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use super::{
    PETS, api, checked, options, problems,
    provider::{Provider, refused},
    server::{Answer, Received, serve},
};

/// A liberty: what it is, and what it makes of an answer.
type Liberty = (&'static str, fn(&Received, &mut Answer));

#[test]
fn nothing_that_is_allowed_is_reported() {
    let api = api(PETS);
    let mut wrong = Vec::new();
    for (what, take) in LIBERTIES {
        let provider = Provider::new();
        let addr = serve(move |request| {
            let mut answer = provider.answer(request);
            take(request, &mut answer);
            answer
        });
        let checked = checked(&api, addr, &options()).unwrap();
        let found = problems(&checked);
        if !found.is_empty() {
            wrong.push(format!("{what}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Changes an answer that has JSON.
fn json(answer: &mut Answer, change: impl Fn(Value) -> Vec<u8>) {
    if let Ok(value) = serde_json::from_slice(&answer.body) {
        answer.body = change(value);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn is_about(request: &Received, what: &str) -> bool {
    String::from_utf8_lossy(&request.body).contains(what)
}

fn is_of(answer: &Answer, media_type: &str) -> bool {
    let is_it = |(name, value): &(&str, String)| *name == "Content-Type" && value == media_type;
    answer.headers.iter().any(is_it)
}

const LIBERTIES: &[Liberty] = &[
    ("JSON that says its charset", |_, a| {
        if is_of(a, "application/json") {
            a.set("Content-Type", "application/json;charset=\"UTF-8\"")
        }
    }),
    ("media types in capitals", |_, a| {
        if is_of(a, "application/json") {
            a.set("Content-Type", "Application/JSON")
        }
    }),
    ("a table without its charset", |_, a| {
        if is_of(a, "text/csv; charset=utf-8") {
            a.set("Content-Type", "text/csv")
        }
    }),
    ("JSON with white space", |_, a| {
        json(a, |value| format!("\r\n{value:#}\n").into_bytes())
    }),
    ("an integer with a fraction of nothing", |_, a| {
        if let Some(rest) = String::from_utf8_lossy(&a.body).strip_prefix("[{\"id\":1,") {
            a.body = format!("[{{\"id\":1.0,{rest}").into_bytes();
        }
    }),
    ("fields that nobody described", |_, a| {
        a.set("X-Request-Id", "7");
        a.set("Cache-Control", "no-store");
    }),
    ("content that is coded", |_, a| {
        if !a.body.is_empty() {
            a.body = gzip(&a.body);
            a.set("Content-Encoding", "gzip");
        }
    }),
    ("a list with nothing in it", |r, a| {
        if a.status == 200 && (r.method.as_str(), r.path.as_str()) == ("GET", "/pets") {
            a.body = b"[]".to_vec();
            a.set("X-Total", "0");
        }
    }),
    ("no events", |r, a| {
        if r.path == "/feed" && a.status == 200 {
            a.body.clear()
        }
    }),
    ("things that are not there any more", |r, a| {
        if r.path.starts_with("/pets/") && r.path != "/pets/1" && a.status == 404 {
            *a = refused(410, "gone")
        }
    }),
    ("a state that forbids it", |r, a| {
        if a.status == 201 && is_about(r, "cat") {
            *a = refused(409, "the cat is asleep")
        }
    }),
    ("somebody who may not", |r, a| {
        if a.status == 201 && is_about(r, "cat") {
            *a = refused(403, "not your cat")
        }
    }),
    (
        "a refusal of another status, where none is documented",
        |r, a| {
            if r.path.starts_with("/pets/") && a.status == 400 {
                a.status = 404
            }
        },
    ),
    ("a method that is known nowhere", |_, a| {
        if a.status == 405 {
            *a = refused(501, "no such method")
        }
    }),
    ("Allow with more in it", |_, a| {
        if a.status == 405 {
            a.set("Allow", "GET,HEAD , OPTIONS, POST, DELETE")
        }
    }),
    ("Allow in several fields", |_, a| {
        if a.status == 405 {
            a.set("Allow", "GET, HEAD");
            a.headers.push(("Allow", "POST, DELETE".to_owned()));
        }
    }),
    ("405 without content", |_, a| {
        if a.status == 405 {
            a.body.clear();
            a.unset("Content-Type");
        }
    }),
    ("HEAD without a length", |r, a| {
        if r.method == "HEAD" {
            a.has_no_length = true
        }
    }),
    ("what is made has more than was sent", |r, a| {
        if r.method == "POST" && a.status == 201 {
            json(a, |mut value| {
                value["born"] = "2020-02-29".into();
                value.to_string().into_bytes()
            })
        }
    }),
    ("another address of what was made", |_, a| {
        if a.status == 201 {
            a.set("Location", "https://pets.example/pets/1?fresh#top")
        }
    }),
];
