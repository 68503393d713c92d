//! Pets as `pets.yaml` describes them, written by hand: nothing here knows a schema.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::server::{Answer, Received};

/// The token that the provider takes.
pub const TOKEN: &str = "right-token";

const KINDS: [&str; 2] = ["dog", "cat"];

/// A provider that keeps to its description.
pub struct Provider {
    pets: Mutex<Vec<Value>>,
    /// The last number that was given.
    given: AtomicUsize,
}

impl Provider {
    pub fn new() -> Self {
        let pets = vec![json!({"id": 1, "name": "Rex", "kind": "dog", "tags": ["big"]})];
        Self {
            pets: Mutex::new(pets),
            given: AtomicUsize::new(1),
        }
    }

    /// The answer to a request; to `HEAD` that of `GET`.
    pub fn answer(&self, request: &Received) -> Answer {
        let method = match request.method.as_str() {
            "HEAD" => "GET",
            method => method,
        };
        let path: Vec<&str> = request.path.split('/').skip(1).collect();
        match (method, &path[..]) {
            ("GET", ["pets"]) => self.list(request),
            ("POST", ["pets"]) => self.create(request),
            (_, ["pets"]) => no_method("GET, HEAD, POST"),
            ("GET", ["pets", id]) => self.one(id),
            ("DELETE", ["pets", id]) => self.delete(request, id),
            (_, ["pets", _]) => no_method("GET, HEAD, DELETE"),
            ("GET", ["report"]) => content(200, "text/csv; charset=utf-8", "id,name\n1,Rex\n"),
            ("GET", ["feed"]) => content(
                200,
                "application/x-ndjson",
                "{\"event\":\"add\"}\n{\"event\":\"remove\"}\n",
            ),
            (_, ["report" | "feed"]) => no_method("GET, HEAD"),
            _ => refused(404, "no such path"),
        }
    }

    fn list(&self, request: &Received) -> Answer {
        for pair in request.query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            let is_right = match name {
                "limit" => is_integer(&value) && (1..=100).contains(&value.parse().unwrap_or(0)),
                "kind" => KINDS.contains(&value.as_str()),
                _ => true,
            };
            if !is_right {
                return refused(400, name);
            }
        }
        if request
            .header("X-Trace")
            .is_some_and(|trace| !is_uuid(trace))
        {
            return refused(400, "X-Trace");
        }
        let pets = self.pets.lock().unwrap();
        let mut answer = content(
            200,
            "application/json",
            &Value::from(pets.clone()).to_string(),
        );
        answer.set("X-Total", &pets.len().to_string());
        answer
    }

    fn create(&self, request: &Received) -> Answer {
        if let Some(refused) = unauthorized(request) {
            return refused;
        }
        if request.header("Content-Type") != Some("application/json") {
            return refused(415, "application/json is taken");
        }
        let Ok(Value::Object(mut pet)) = serde_json::from_slice(&request.body) else {
            return refused(400, "no JSON object");
        };
        if let Some(wrong) = wrong_member(&pet) {
            return refused(400, &wrong);
        }
        let mut pets = self.pets.lock().unwrap();
        let id = self.given.fetch_add(1, Ordering::SeqCst) + 1;
        pet.insert("id".to_owned(), id.into());
        let pet = Value::Object(pet);
        pets.push(pet.clone());
        let mut answer = content(201, "application/json", &pet.to_string());
        answer.set("Location", &format!("/pets/{id}"));
        answer
    }

    fn one(&self, id: &str) -> Answer {
        if let Some(refused) = no_id(id) {
            return refused;
        }
        let pets = self.pets.lock().unwrap();
        let pet = pets.iter().find(|pet| has_id(pet, id));
        match pet {
            Some(pet) => content(200, "application/json", &pet.to_string()),
            None => refused(404, "no such pet"),
        }
    }

    fn delete(&self, request: &Received, id: &str) -> Answer {
        if let Some(refused) = unauthorized(request).or_else(|| no_id(id)) {
            return refused;
        }
        let mut pets = self.pets.lock().unwrap();
        let before = pets.len();
        pets.retain(|pet| !has_id(pet, id));
        match pets.len() < before {
            true => Answer {
                status: 204,
                ..Answer::default()
            },
            false => refused(404, "no such pet"),
        }
    }
}

fn content(status: u16, media_type: &str, body: &str) -> Answer {
    Answer {
        status,
        headers: vec![("Content-Type", media_type.to_owned())],
        body: body.as_bytes().to_vec(),
        ..Answer::default()
    }
}

pub fn refused(status: u16, message: &str) -> Answer {
    content(
        status,
        "application/json",
        &json!({ "message": message }).to_string(),
    )
}

fn no_method(allow: &str) -> Answer {
    let mut answer = refused(405, "no such method");
    answer.set("Allow", allow);
    answer
}

fn unauthorized(request: &Received) -> Option<Answer> {
    let is_right = request.header("Authorization") == Some(&format!("Bearer {TOKEN}"));
    (!is_right).then(|| refused(401, "the token is missing or wrong"))
}

fn no_id(id: &str) -> Option<Answer> {
    let is_id = is_integer(id) && id.parse::<i64>().is_ok_and(|id| id > 0);
    (!is_id).then(|| refused(400, "id"))
}

fn has_id(pet: &Value, id: &str) -> bool {
    pet["id"].as_i64() == id.parse().ok()
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(is_hex)
}

/// The member of a pet that is not as it should be.
fn wrong_member(pet: &Map<String, Value>) -> Option<String> {
    if !pet.contains_key("name") {
        return Some("name is missing".to_owned());
    }
    let is_wrong = |(name, value): &(&String, &Value)| !is_right(name, value);
    pet.iter().find(is_wrong).map(|(name, _)| name.clone())
}

fn is_right(name: &str, value: &Value) -> bool {
    match (name, value) {
        ("name", Value::String(name)) => {
            let is_letter = |c: char| c.is_ascii_alphabetic() || c == ' ';
            (1..=20).contains(&name.chars().count()) && name.chars().all(is_letter)
        }
        ("kind", Value::String(kind)) => KINDS.contains(&kind.as_str()),
        ("born", Value::String(day)) => is_day(day),
        ("weight", Value::Number(weight)) => weight.as_f64().is_some_and(|weight| weight > 0.0),
        ("tags", Value::Array(tags)) => {
            let is_new = |(index, tag): (usize, &Value)| !tags[..index].contains(tag);
            tags.len() <= 3
                && tags.iter().all(Value::is_string)
                && tags.iter().enumerate().all(is_new)
        }
        // Set by the provider; what a client says of it is of no account.
        ("id", Value::Number(id)) => id.is_i64() || id.is_u64(),
        _ => false,
    }
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let number = |text: &str, length| {
        let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().unwrap())
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day)
}
