//! Faults planted into a provider that keeps to its description: each is found, by its rule, with the right
//! blame.

use mynah::report::Blame;
use regex::Regex;
use serde_json::{Value, json};

use super::{
    PETS, api, checked, options, problems,
    provider::{Provider, TOKEN, refused},
    server::{Answer, Received, serve},
};

/// What a fault makes of an answer.
type Spoil = fn(&Received, &mut Answer);

/// A fault: in which operation, what it does, and by which rule and place it is found.
type Fault = (
    &'static str,
    &'static str,
    Spoil,
    &'static str,
    &'static str,
);

#[test]
fn a_provider_that_keeps_to_its_description_has_no_problem() {
    let provider = Provider::new();
    let addr = serve(move |request| provider.answer(request));
    let checked = checked(&api(PETS), addr, &options()).unwrap();
    assert_eq!(problems(&checked), []);
    assert_eq!(checked.served, 6);
    assert_eq!(checked.tally.refused, checked.tally.invalid);
    assert!(checked.tally.invalid > 25, "{:?}", checked.tally);
    assert!(checked.tally.valid > 20, "{:?}", checked.tally);
}

#[test]
fn every_planted_fault_is_found() {
    let api = api(PETS);
    let mut wrong = Vec::new();
    for (operation, what, spoil, code, place) in FAULTS {
        let provider = Provider::new();
        let addr = serve(move |request| {
            let mut answer = provider.answer(request);
            spoil(request, &mut answer);
            answer
        });
        let mut options = options();
        // What a link leads to is part of what it is about.
        let only = match *code {
            "link" => ".".to_owned(),
            _ => format!("^{}$", regex::escape(operation)),
        };
        options.only = Some(Regex::new(&only).unwrap());
        let checked = checked(&api, addr, &options).unwrap();
        let found = problems(&checked);
        let is_it = |(of, problem): &&(String, mynah::report::Problem)| {
            of == operation
                && problem.code == *code
                && problem.blame == Blame::Provider
                && problem.place.as_deref() == Some(*place)
        };
        if !found.iter().any(|it| is_it(&it)) || checked.run.passes() {
            wrong.push(format!("{what}: {code} at {place} is none of {found:#?}"));
        }
        let no_secret = |line: &String| !line.contains(TOKEN);
        assert!(
            found
                .iter()
                .filter_map(|(_, it)| it.repeat.as_ref())
                .all(no_secret),
            "{what}"
        );
    }
    assert!(FAULTS.len() >= 40);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        FAULTS.len(),
        wrong.join("\n")
    );
}

/// Changes the JSON of a success.
fn json(answer: &mut Answer, change: impl Fn(&mut Value)) {
    if (200..300).contains(&answer.status) && !answer.body.is_empty() {
        let mut value: Value = serde_json::from_slice(&answer.body).unwrap();
        change(&mut value);
        answer.body = value.to_string().into_bytes();
    }
}

/// Changes a success.
fn success(answer: &mut Answer, change: impl Fn(&mut Answer)) {
    if (200..300).contains(&answer.status) {
        change(answer);
    }
}

/// Takes a request that is refused with a status, where its body or its query is such.
fn take(request: &Received, answer: &mut Answer, status: u16, what: impl Fn(&str) -> bool) {
    let body = String::from_utf8_lossy(&request.body);
    let text = format!("{} {body}", request.query);
    if answer.status == status && what(&text) {
        let is_list = request.method == "GET" && request.path == "/pets";
        let right = match is_list {
            true => json!([]),
            false => json!({"id": 1, "name": "Rex"}),
        };
        *answer = refused(if is_list { 200 } else { 201 }, "");
        answer.body = right.to_string().into_bytes();
        answer.set("X-Total", "0");
        answer.set("Location", "/pets/1");
    }
}

const LIST: &str = "GET /pets";
const CREATE: &str = "POST /pets";
const READ: &str = "GET /pets/{id}";
const DELETE: &str = "DELETE /pets/{id}";

const FAULTS: &[Fault] = &[
    // Bodies.
    (
        LIST,
        "a wrong type",
        |_, a| json(a, |v| v[0]["id"] = json!("1")),
        "type",
        "body `/0/id`",
    ),
    (
        LIST,
        "a missing property",
        |_, a| json(a, |v| drop(v[0].as_object_mut().unwrap().remove("name"))),
        "required",
        "body `/0/name`",
    ),
    (
        LIST,
        "null",
        |_, a| json(a, |v| v[0]["kind"] = Value::Null),
        "type",
        "body `/0/kind`",
    ),
    (
        LIST,
        "no value of the list",
        |_, a| json(a, |v| v[0]["kind"] = json!("fish")),
        "enum",
        "body `/0/kind`",
    ),
    (
        LIST,
        "a property more",
        |_, a| json(a, |v| v[0]["owner"] = json!("me")),
        "additionalProperties",
        "body `/0/owner`",
    ),
    (
        LIST,
        "no date",
        |_, a| json(a, |v| v[0]["born"] = json!("1.1.2020")),
        "format",
        "body `/0/born`",
    ),
    (
        LIST,
        "a long name",
        |_, a| json(a, |v| v[0]["name"] = json!("a".repeat(21))),
        "maxLength",
        "body `/0/name`",
    ),
    (
        LIST,
        "an empty name",
        |_, a| json(a, |v| v[0]["name"] = json!("")),
        "minLength",
        "body `/0/name`",
    ),
    (
        LIST,
        "a name that does not match",
        |_, a| json(a, |v| v[0]["name"] = json!("R2")),
        "pattern",
        "body `/0/name`",
    ),
    (
        LIST,
        "too many items",
        |_, a| json(a, |v| v[0]["tags"] = json!(["a", "b", "c", "d"])),
        "maxItems",
        "body `/0/tags`",
    ),
    (
        LIST,
        "an item twice",
        |_, a| json(a, |v| v[0]["tags"] = json!(["a", "a"])),
        "uniqueItems",
        "body `/0/tags`",
    ),
    (
        LIST,
        "beyond a bound",
        |_, a| json(a, |v| v[0]["weight"] = json!(0)),
        "exclusiveMinimum",
        "body `/0/weight`",
    ),
    (
        LIST,
        "an object around the list",
        |_, a| json(a, |v| *v = json!({"pets": []})),
        "type",
        "body",
    ),
    (
        LIST,
        "JSON that breaks off",
        |_, a| success(a, |a| a.body.truncate(a.body.len() - 1)),
        "syntax",
        "body",
    ),
    (
        LIST,
        "a body of nothing",
        |_, a| success(a, |a| a.body.clear()),
        "required",
        "body",
    ),
    (
        LIST,
        "bytes that are no UTF-8",
        |_, a| success(a, |a| a.body = b"[\"\xff\"]".to_vec()),
        "syntax",
        "body",
    ),
    (
        LIST,
        "a byte order mark",
        |_, a| success(a, |a| drop(a.body.splice(0..0, *b"\xEF\xBB\xBF"))),
        "syntax",
        "body",
    ),
    (
        CREATE,
        "what is made has no id",
        |_, a| json(a, |v| drop(v.as_object_mut().unwrap().remove("id"))),
        "required",
        "body `/id`",
    ),
    (
        "GET /feed",
        "one wrong line of many",
        |_, a| success(a, |a| a.body.extend(b"{\"event\":\"none\"}\n")),
        "enum",
        "body `/2/event`",
    ),
    (
        "GET /report",
        "text of another form",
        |_, a| success(a, |a| a.body = b"name".to_vec()),
        "pattern",
        "body",
    ),
    // Media types and codings.
    (
        LIST,
        "another media type",
        |_, a| success(a, |a| a.set("Content-Type", "text/html")),
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        LIST,
        "no media type",
        |_, a| success(a, |a| a.unset("Content-Type")),
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        LIST,
        "two media types",
        |_, a| {
            success(a, |a| {
                a.headers.push(("Content-Type", "text/plain".to_owned()))
            })
        },
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        LIST,
        "JSON in another charset",
        |_, a| {
            success(a, |a| {
                a.set("Content-Type", "application/json; charset=latin1")
            })
        },
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        "GET /report",
        "a charset that nobody knows",
        |_, a| success(a, |a| a.set("Content-Type", "text/csv; charset=klingon")),
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        "GET /report",
        "a charset that it is not",
        |_, a| success(a, |a| a.body = b"id,name\n\xe4".to_vec()),
        "syntax",
        "body",
    ),
    (
        "GET /report",
        "no gzip",
        |_, a| success(a, |a| a.set("Content-Encoding", "gzip")),
        "syntax",
        "body",
    ),
    // Statuses.
    (
        LIST,
        "a status that is not documented",
        |_, a| success(a, |a| a.status = 206),
        "status",
        "status",
    ),
    (
        LIST,
        "a redirection that is not documented",
        |_, a| {
            success(a, |a| {
                a.status = 302;
                a.set("Location", "/");
            })
        },
        "status",
        "status",
    ),
    (
        LIST,
        "a failure",
        |_, a| success(a, |a| a.status = 500),
        "server-error",
        "status",
    ),
    (
        CREATE,
        "a failure over what is invalid",
        |_, a| {
            if a.status == 400 {
                a.status = 500
            }
        },
        "server-error",
        "status",
    ),
    (
        LIST,
        "nothing there",
        |_, a| success(a, |a| *a = refused(404, "no")),
        "valid-refused",
        "status",
    ),
    (
        LIST,
        "a refusal of another status",
        |_, a| {
            if a.status == 400 {
                a.status = 422
            }
        },
        "status",
        "status",
    ),
    // Header fields.
    (
        LIST,
        "a field that is missing",
        |_, a| a.unset("X-Total"),
        "required",
        "header `X-Total`",
    ),
    (
        LIST,
        "a field of a wrong type",
        |_, a| success(a, |a| a.set("X-Total", "many")),
        "type",
        "header `X-Total`",
    ),
    (
        CREATE,
        "a field of another format",
        |_, a| success(a, |a| a.set("Location", "a b")),
        "format",
        "header `Location`",
    ),
    // What is invalid is taken.
    (
        CREATE,
        "what is required",
        |r, a| take(r, a, 400, |t| !t.contains("name")),
        "invalid-accepted",
        "body `/name`",
    ),
    (
        CREATE,
        "wrong types",
        |r, a| take(r, a, 400, |t| t.contains("\"name\":0.5")),
        "invalid-accepted",
        "body `/name`",
    ),
    (
        CREATE,
        "what no list has",
        |r, a| take(r, a, 400, |t| t.contains("dog-")),
        "invalid-accepted",
        "body `/kind`",
    ),
    (
        CREATE,
        "more properties",
        |r, a| take(r, a, 400, |t| t.contains("mynahUnknown")),
        "invalid-accepted",
        "body `/mynahUnknown`",
    ),
    (
        CREATE,
        "what does not match",
        |r, a| take(r, a, 400, |t| t.contains('~')),
        "invalid-accepted",
        "body `/name`",
    ),
    (
        CREATE,
        "long names",
        |r, a| take(r, a, 400, |t| t.contains("ooooo")),
        "invalid-accepted",
        "body `/name`",
    ),
    (
        CREATE,
        "many items",
        |r, a| take(r, a, 400, |t| t.contains("old3")),
        "invalid-accepted",
        "body `/tags`",
    ),
    (
        CREATE,
        "what is no JSON",
        |r, a| take(r, a, 400, |t| t.ends_with("mynah\":")),
        "invalid-accepted",
        "body",
    ),
    (
        CREATE,
        "no body",
        |r, a| take(r, a, 415, |t| t == " "),
        "invalid-accepted",
        "body",
    ),
    (
        CREATE,
        "any media type",
        |r, a| take(r, a, 415, |t| t != " "),
        "invalid-accepted",
        "header `Content-Type`",
    ),
    (
        LIST,
        "a number below its bound",
        |r, a| take(r, a, 400, |t| t.contains("limit=0 ")),
        "invalid-accepted",
        "query `limit`",
    ),
    (
        LIST,
        "a number above its bound",
        |r, a| take(r, a, 400, |t| t.contains("limit=101")),
        "invalid-accepted",
        "query `limit`",
    ),
    (
        LIST,
        "what is no number",
        |r, a| take(r, a, 400, |t| t.contains("limit=mynah")),
        "invalid-accepted",
        "query `limit`",
    ),
    (
        LIST,
        "an item that no list has",
        |r, a| take(r, a, 400, |t| t.contains("kind=mynah")),
        "invalid-accepted",
        "query `kind`",
    ),
    (
        LIST,
        "a field that is no UUID",
        |r, a| take(r, a, 400, |t| t == " "),
        "invalid-accepted",
        "header `X-Trace`",
    ),
    // What is valid is refused.
    (
        LIST,
        "a number at its bound",
        |r, a| {
            if r.query == "limit=100" {
                *a = refused(400, "limit")
            }
        },
        "valid-refused",
        "status",
    ),
    (
        LIST,
        "a list with nothing in it",
        |r, a| {
            if r.query.is_empty() {
                *a = refused(400, "kind")
            }
        },
        "valid-refused",
        "status",
    ),
    (
        CREATE,
        "a name of one letter",
        |r, a| {
            if String::from_utf8_lossy(&r.body).contains("\"B\"") {
                *a = refused(400, "name")
            }
        },
        "valid-refused",
        "status",
    ),
    (
        CREATE,
        "what need not be there",
        |r, a| {
            if a.status == 201 && !String::from_utf8_lossy(&r.body).contains("tags") {
                *a = refused(400, "tags")
            }
        },
        "valid-refused",
        "status",
    ),
    (
        CREATE,
        "the documented example",
        |r, a| {
            if r.body
                .starts_with(b"{\"name\":\"Bello\",\"kind\":\"dog\",\"tags\":[\"old\",\"calm\"]}")
            {
                *a = refused(400, "Bello")
            }
        },
        "valid-refused",
        "status",
    ),
    // Credentials.
    (
        CREATE,
        "no credentials",
        |r, a| {
            if r.header("Authorization").is_none() {
                take(r, a, 401, |_| true)
            }
        },
        "credentials-ignored",
        "status",
    ),
    (
        CREATE,
        "any credentials",
        |r, a| {
            if r.header("Authorization").is_some() {
                take(r, a, 401, |_| true)
            }
        },
        "credentials-ignored",
        "status",
    ),
    (
        DELETE,
        "credentials are asked for last",
        |_, a| {
            if a.status == 401 {
                *a = Answer {
                    status: 204,
                    ..Answer::default()
                }
            }
        },
        "credentials-ignored",
        "status",
    ),
    // Refusals.
    (
        CREATE,
        "a refusal as a page",
        |_, a| {
            if a.status == 400 {
                a.set("Content-Type", "text/html")
            }
        },
        "unsupported-media-type",
        "header `Content-Type`",
    ),
    (
        CREATE,
        "a refusal of another shape",
        |_, a| {
            if a.status == 400 {
                a.body = b"{\"error\":\"no\"}".to_vec()
            }
        },
        "required",
        "body `/message`",
    ),
    (
        CREATE,
        "401 of another shape",
        |_, a| {
            if a.status == 401 {
                a.body = b"{}".to_vec()
            }
        },
        "required",
        "body `/message`",
    ),
    (
        READ,
        "404 of another shape",
        |_, a| {
            if a.status == 404 {
                a.body = b"{}".to_vec()
            }
        },
        "required",
        "body `/message`",
    ),
    // Methods.
    (
        LIST,
        "405 without its field",
        |_, a| {
            if a.status == 405 {
                a.unset("Allow")
            }
        },
        "allow",
        "header `Allow`",
    ),
    (
        LIST,
        "405 with another",
        |_, a| {
            if a.status == 405 {
                a.set("Allow", "GET")
            }
        },
        "allow",
        "header `Allow`",
    ),
    (
        LIST,
        "any method",
        |_, a| {
            if a.status == 405 {
                a.status = 200
            }
        },
        "method-answered",
        "method",
    ),
    (
        LIST,
        "no HEAD",
        |r, a| {
            if r.method == "HEAD" {
                *a = refused(405, "no")
            }
        },
        "head",
        "status",
    ),
    (
        LIST,
        "a length that GET has not",
        |r, a| {
            if r.method == "HEAD" {
                a.set("Content-Length", "0")
            }
        },
        "head",
        "header `Content-Length`",
    ),
    (
        LIST,
        "content after HEAD",
        |r, a| {
            if r.method == "HEAD" {
                a.stray = b"[]".to_vec()
            }
        },
        "no-content",
        "body",
    ),
    (
        DELETE,
        "content after 204",
        |_, a| {
            if a.status == 204 {
                a.stray = b"gone".to_vec()
            }
        },
        "no-content",
        "body",
    ),
    // Links.
    (
        READ,
        "what was made is not there",
        |r, a| {
            if r.path != "/pets/1" && a.status == 200 {
                *a = refused(404, "no such pet")
            }
        },
        "link",
        "path",
    ),
    // Connections.
    (
        LIST,
        "a body that breaks off",
        |_, a| success(a, |a| a.length = Some(a.body.len() + 9)),
        "unanswered",
        "reply",
    ),
    (
        LIST,
        "no reply",
        |r, a| {
            if r.query.contains("limit=100") {
                a.raw = Some(Vec::new())
            }
        },
        "unanswered",
        "reply",
    ),
    (
        LIST,
        "no HTTP",
        |r, a| {
            if r.query.contains("limit=100") {
                a.raw = Some(b"hello\r\n\r\n".to_vec())
            }
        },
        "unanswered",
        "reply",
    ),
];
