//! A vendor's table: the request that is broken, the shape of a refusal, the rows.

use std::fmt;

use http::Method;
use serde_json::Value;

use super::{
    encode::Form,
    row::{Break, Row, with, without},
};
use crate::fixture::{Answer, Call};

/// A vendor's table, for one form of its body.
pub struct Table {
    /// The API.
    pub api: &'static str,
    /// Where its operation is.
    pub path: &'static str,
    /// The credentials.
    pub headers: &'static [(&'static str, &'static str)],
    /// How the body is written.
    pub form: Form,
    /// A request that keeps to the contract.
    pub body: &'static str,
    /// The status that it gets.
    pub success: u16,
    /// Whether a refusal is of the vendor's shape, and if not, why.
    pub shape: fn(&Answer) -> Result<(), String>,
    /// How the request is broken.
    pub rows: Vec<Row>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as {:?}", self.api, self.form)
    }
}

impl Table {
    /// The request that keeps to the contract.
    pub fn valid(&self) -> Call {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let content_type = ("Content-Type", self.form.content_type());
        let headers = self.headers.iter().chain([&content_type]);
        Call {
            method: Method::POST,
            path: self.path.to_owned(),
            headers: headers.map(owned).collect(),
            body: self.form.encode(&self.value()).into_bytes(),
        }
    }

    fn value(&self) -> Value {
        serde_json::from_str(self.body).expect("JSON")
    }

    /// The same request, broken.
    pub fn call(&self, row: &Row) -> Call {
        let mut call = self.valid();
        let other = |name: &str| {
            let name = name.to_owned();
            move |field: &(String, String)| !field.0.eq_ignore_ascii_case(&name)
        };
        match row.how {
            Break::Without(pointer) => {
                call.body = self.form.encode(&without(self.value(), pointer)).into();
            }
            Break::Set(pointer, json) => {
                call.body = self.form.encode(&with(self.value(), pointer, json)).into();
            }
            Break::Body(text) => call.body = text.into(),
            Break::Header(name, value) => {
                call.headers.retain(other(name));
                call.headers.push((name.to_owned(), value.to_owned()));
            }
            Break::NoHeader(name) => {
                let before = call.headers.len();
                call.headers.retain(other(name));
                assert_eq!(call.headers.len() + 1, before, "{name} was not there");
            }
            Break::Path(path) => call.path = path.to_owned(),
            Break::Method(method) => call.method = method.parse().expect("a method"),
        }
        call
    }

    /// Whether an answer is the one that a row wants, and if not, why.
    pub fn check(&self, row: &Row, answer: &Answer) -> Result<(), String> {
        if answer.status != row.status {
            return Err(format!("status {}", answer.status));
        }
        let violations = answer.header("mynah-violations");
        let want = format!("{};at=\"{}\"", row.rule, row.at);
        if !violations
            .split(", ")
            .any(|it| it == want || it.starts_with(&format!("{want};")))
        {
            return Err(format!("no `{want}` in `{violations}`"));
        }
        (self.shape)(answer)?;
        if !answer.text.contains(row.says) {
            return Err(format!("nothing of `{}`", row.says));
        }
        match row.status {
            401 if answer.header("www-authenticate").is_empty() => Err("no challenge".to_owned()),
            405 if !answer.header("allow").contains("POST") => Err("no `Allow: POST`".to_owned()),
            _ => Ok(()),
        }
    }
}

/// Whether a body is a problem (RFC 9457) of the answer's own status, with its errors.
pub fn is_problem(answer: &Answer) -> Result<(), String> {
    has_type(answer, "application/problem+json")?;
    let body = members(answer)?;
    if body["status"] != answer.status || !body["title"].is_string() {
        return Err("no problem of this status".to_owned());
    }
    let errors = body["errors"].as_array();
    match errors.is_some_and(|errors| !errors.is_empty()) {
        true => Ok(()),
        false => Err("a problem without errors".to_owned()),
    }
}

/// The body of an answer in the vendor's own JSON.
pub fn own(answer: &Answer) -> Result<Value, String> {
    has_type(answer, "application/json")?;
    members(answer)
}

/// Whether an object has these members, in this order, and no others.
pub fn has_keys(object: &Value, keys: &[&str]) -> Result<(), String> {
    let found: Vec<&String> = object
        .as_object()
        .into_iter()
        .flat_map(|it| it.keys())
        .collect();
    match found == keys {
        true => Ok(()),
        false => Err(format!("members {found:?}, not {keys:?}")),
    }
}

fn has_type(answer: &Answer, want: &str) -> Result<(), String> {
    match answer.header("content-type") {
        found if found == want => Ok(()),
        found => Err(format!("Content-Type `{found}`, not `{want}`")),
    }
}

fn members(answer: &Answer) -> Result<Value, String> {
    match serde_json::from_str(&answer.text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        _ => Err("not a JSON object".to_owned()),
    }
}
