//! Sequences: JSON Lines, JSON text sequences (RFC 7464) and server-sent events (WHATWG HTML section
//! 9.2). Each is an array.

use serde_json::{Map, Value};

use super::{fault::Fault, json};
use crate::{
    contract::{Content, Shape},
    description::join,
    exchange::Tape,
};

/// The character before each text of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1E;

/// JSON texts, each on its own line. Empty lines are none.
pub(super) fn json_lines(body: &[u8]) -> Result<Tape, Fault> {
    let lines = (1..).zip(body.split(|byte| *byte == b'\n'));
    let texts = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    Tape::sequence(texts).map_err(|(line, error)| {
        let message = format!(
            "line {line} is not JSON: {} at column {}",
            error.message, error.column
        );
        Fault::syntax(message)
    })
}

/// JSON texts, each after a record separator.
pub(super) fn json_sequence(body: &[u8]) -> Result<Tape, Fault> {
    let mut pieces = body.split(|byte| *byte == RECORD_SEPARATOR);
    if pieces.next().is_some_and(|before| !before.is_empty()) {
        let message = "the first text does not stand after a record separator (0x1E)";
        return Err(Fault::syntax(message.to_owned()));
    }
    let texts = (1..).zip(pieces);
    let texts = texts.filter(|(_, text)| !text.trim_ascii().is_empty());
    Tape::sequence(texts)
        .map_err(|(number, error)| Fault::syntax(format!("text {number} is not JSON: {error}")))
}

/// Server-sent events: each as an object of its fields where the schema has one with `data`, else as
/// what its data is.
pub(super) fn events(text: &str, content: &Content) -> Result<Value, Fault> {
    let mut events = Vec::new();
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for line in lines(text) {
        if !line.is_empty() {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            fields.push((name, value.strip_prefix(' ').unwrap_or(value)));
            continue;
        }
        let event = std::mem::take(&mut fields);
        // What has no data is no event.
        if event.iter().any(|(name, _)| *name == "data") {
            let shape = content.item_shape(events.len());
            let pointer = join("", &events.len().to_string());
            events.push(value_of(&event, shape, &pointer)?);
        }
    }
    match fields.iter().any(|(name, _)| *name == "data") {
        true => Err(Fault::syntax(
            "the last event is not ended by an empty line".to_owned(),
        )),
        false => Ok(Value::Array(events)),
    }
}

/// Lines end in CRLF, LF or CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').flat_map(|line| {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

fn value_of(event: &[(&str, &str)], shape: &Shape, pointer: &str) -> Result<Value, Fault> {
    let data: Vec<&str> = event
        .iter()
        .filter(|(name, _)| *name == "data")
        .map(|(_, value)| *value)
        .collect();
    let data = data.join("\n");
    let is_event = shape.property("data").is_some() || *shape == Shape::UNKNOWN;
    if !is_event {
        return datum(&data, shape, pointer);
    }
    let mut members = Map::new();
    for (name, text) in event {
        if matches!(*name, "event" | "id" | "retry") {
            let value = shape.member(name).value_of(text);
            members.insert((*name).to_owned(), value);
        }
    }
    let value = datum(&data, shape.member("data"), &join(pointer, "data"))?;
    members.insert("data".to_owned(), value);
    Ok(Value::Object(members))
}

/// The data of an event: text where the schema has text, else JSON.
fn datum(data: &str, shape: &Shape, pointer: &str) -> Result<Value, Fault> {
    if shape.string || *shape == Shape::UNKNOWN {
        return Ok(Value::from(data));
    }
    json::value(data.as_bytes()).map_err(|error| {
        let message = format!("the data of this event is not JSON: {error}");
        Fault::syntax_at(pointer.to_owned(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let all: Vec<&str> = lines("a\r\nb\rc\n\nd").collect();
        assert_eq!(all, ["a", "b", "c", "", "d"]);
        let ended: Vec<&str> = lines("a\n\n").collect();
        assert_eq!(ended, ["a", ""]);
    }

    #[test]
    fn a_record_separator_stands_before_each_text() {
        let tape = json_sequence(b"\x1e{\"a\":1}\n\x1e2\n").unwrap();
        assert_eq!(tape.root().value(), serde_json::json!([{"a": 1}, 2]));
        for (body, want) in [
            (&b"{}"[..], "record separator"),
            (b"\x1e{}\x1e{", "text 2 is not JSON"),
        ] {
            let fault = json_sequence(body).unwrap_err();
            assert!(fault.message.contains(want), "{}", fault.message);
        }
    }
}
