//! Every place with every style, exploded or not, for one value, a list and an object: how each text
//! is read (OpenAPI 3.1.1, "Style Values" and "Style Examples"; 3.2 for `cookie` and `querystring`).
//!
//! A heading names place, style and explode. Below it each line is a type, a text as it stands in the
//! request, and the value that it is read as, or `!` and the rules that it breaks. `-` is no text.

use super::*;
use crate::{Description, Source, answer::validate};

const MATRIX: &str = include_str!("matrix.txt");

/// The schema of a type of the table.
fn schema(kind: &str) -> &'static str {
    match kind {
        "integer" => "{type: integer}",
        "string" => "{type: string}",
        "nullable" => "{type: [integer, 'null']}",
        "perhaps" => "{type: [array, 'null'], items: {type: integer}}",
        "either" => "{anyOf: [{type: integer, minimum: 5}, {enum: ['1', '2']}]}",
        "integers" => "{type: array, items: {type: integer}}",
        "strings" => "{type: array, items: {type: string}}",
        "one or more" => {
            "{oneOf: [{type: string, maxLength: 3}, {type: array, items: {type: string, maxLength: 3}}]}"
        }
        "object" => {
            "{type: object, properties: {R: {type: integer}, G: {type: integer}, t: {type: string}}}"
        }
        "lists" => "{type: object, properties: {R: {type: array, items: {type: integer}}}}",
        "map" => "{type: object, additionalProperties: {type: integer}}",
        "map or text" => {
            "{anyOf: [{type: object, additionalProperties: {type: integer}}, {type: string, pattern: '^x'}]}"
        }
        other => panic!("no type {other}"),
    }
}

fn api(place: &str, how: &str, kind: &str) -> Api {
    let schema = schema(kind);
    if how.contains('/') {
        return compiled(place, &format!("content: {{{how}: {{schema: {schema}}}}}"));
    }
    let (style, flags) = how.split_once(' ').unwrap_or((how, ""));
    let style = match style {
        "tsv" => "x-collection-format: tsv".to_owned(),
        style => format!("style: {style}"),
    };
    let explode = flags.split(' ').any(|flag| flag == "explode");
    let others = flags
        .split(' ')
        .filter(|flag| !matches!(*flag, "" | "explode"));
    let others: String = others.map(|flag| format!("{flag}: true, ")).collect();
    compiled(
        place,
        &format!("{style}, explode: {explode}, {others}schema: {schema}"),
    )
}

fn compiled(place: &str, how: &str) -> Api {
    let path = if place == "path" { "/a/{p}" } else { "/a" };
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}:\n    get:\n      parameters:\n      \
         - {{name: p, in: {place}, required: true, {how}}}\n      responses: {{'204': {{description: Ok}}}}\n"
    );
    Description::load(Source::new("t.yaml", &*text))
        .map_err(|finding| vec![finding])
        .and_then(Api::compile)
        .unwrap_or_else(|findings| panic!("{text}{findings:?}"))
}

/// The value that a text is read as, or the rules that it breaks.
fn read(api: &Api, place: &str, text: &str) -> String {
    let mut request = http::Request::builder();
    let text = text.replace("\\|", "|");
    let text = (text != "-").then_some(&*text);
    request = match (place, text) {
        ("query" | "querystring", Some(text)) => request.uri(format!("/a?{text}")),
        _ => request.uri("/a"),
    };
    for field in text.into_iter().flat_map(|text| text.split(" / ")) {
        request = match place {
            "header" => request.header("P", field),
            "cookie" => request.header("Cookie", field),
            _ => request,
        };
    }
    let request = request.body("".into());
    let request = request
        .unwrap_or_else(|error| panic!("{text:?}: {error}"))
        .into();
    let captured = text.filter(|_| place == "path").map(|text| ("p", text));
    let mut violations = Vec::new();
    let operation = &api.operations()[0];
    let captured = captured.into_iter().collect();
    let decoded =
        crate::answer::decode::decode(api, operation, &captured, &request, &mut violations);
    validate::validate(api, &decoded, &mut violations);
    if !violations.is_empty() {
        let mut codes: Vec<&str> = violations.iter().map(|it| it.rule.code()).collect();
        codes.dedup();
        return format!("!{}", codes.join(" "));
    }
    match decoded.parameters.first() {
        Some((_, cell)) => decoded.values.node(*cell).value().to_string(),
        None => "nothing".to_owned(),
    }
}

#[test]
fn every_text_is_read_as_the_table_says() {
    let mut place = "";
    let mut how = "";
    let mut shown = String::new();
    for line in MATRIX.lines() {
        if let Some(heading) = line.strip_prefix("== ") {
            (place, how) = heading.split_once(' ').unwrap();
        }
        let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [kind, text, _] = columns[..] else {
            shown.push_str(&format!("{line}\n"));
            continue;
        };
        let read = read(&api(place, how, kind), place, text);
        shown.push_str(&format!("{kind:11} | {text:34} | {read}\n"));
    }
    if std::env::var_os("UPDATE_CASES").is_some() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/answer/decode/parameter/matrix.txt"
        );
        std::fs::write(file, &shown).unwrap();
    }
    for (shown, want) in shown.lines().zip(MATRIX.lines()) {
        assert_eq!(shown, want);
    }
}

/// What a text of the table shows, beside how it is read.
fn shows(place: &str, text: &str, read: &str) -> Vec<&'static str> {
    let pairs: Vec<(&str, &str)> = text
        .split(['&', ';'])
        .map(|pair| pair.trim().split_once('=').unwrap_or((pair, "")))
        .collect();
    let is_repeated = pairs
        .iter()
        .enumerate()
        .any(|(at, (name, _))| pairs[..at].iter().any(|(other, _)| other == name));
    let (is_empty, is_repeated) = match place {
        "path" => (matches!(text, "." | ";p" | ";p=" | ";R="), false),
        "header" => (text.is_empty(), text.contains(" / ")),
        _ => (pairs.len() == 1 && pairs[0].1.is_empty(), is_repeated),
    };
    let is_missing = text == "-";
    [
        ("missing", is_missing),
        ("empty", is_empty && !is_missing),
        ("repeated", is_repeated),
        ("of a wrong type", read == "!type"),
        ("with an escape", text.contains('%')),
    ]
    .into_iter()
    .filter_map(|(name, holds)| holds.then_some(name))
    .collect()
}

/// What a style has to show of each type: not what cannot be written in it.
fn to_be_shown(place: &str, style: &str, explodes: bool) -> Vec<(&'static str, &'static str)> {
    let types: &[&str] = match style {
        "deepObject" => &["object"],
        "spaceDelimited" | "pipeDelimited" if explodes => &["list"],
        "spaceDelimited" | "pipeDelimited" => &["list", "object"],
        _ => &["value", "list", "object"],
    };
    let conditions: &[&str] = match (place, style) {
        ("path", "simple") => &["of a wrong type", "with an escape"],
        ("path", _) => &["empty", "of a wrong type", "with an escape"],
        _ => &[
            "missing",
            "empty",
            "repeated",
            "of a wrong type",
            "with an escape",
        ],
    };
    let of = |kind: &&'static str| {
        let kind = *kind;
        conditions.iter().map(move |condition| (kind, *condition))
    };
    types.iter().flat_map(of).collect()
}

#[test]
fn the_table_has_every_style_with_each_type_in_each_condition() {
    let mut styles = 0;
    for block in MATRIX.split("\n== ").skip(1) {
        let (heading, rows) = block.split_once('\n').unwrap();
        let (place, how) = heading.split_once(' ').unwrap();
        let (style, flags) = how.split_once(' ').unwrap_or((how, ""));
        let is_plain = matches!(flags, "" | "explode") && !how.contains('/') && style != "tsv";
        if !is_plain {
            continue;
        }
        styles += 1;
        let mut shown = Vec::new();
        for row in rows.lines() {
            let columns: Vec<&str> = row.split(" | ").map(str::trim).collect();
            let [kind, text, read] = columns[..] else {
                continue;
            };
            let kind = match kind {
                "integer" | "string" => "value",
                "integers" | "strings" => "list",
                "object" => "object",
                _ => continue,
            };
            let all = shows(place, text, read).into_iter();
            shown.extend(all.map(|condition| (kind, condition)));
        }
        for wanted in to_be_shown(place, style, flags == "explode") {
            assert!(
                shown.contains(&wanted),
                "{heading}: no {} {}",
                wanted.0,
                wanted.1
            );
        }
    }
    assert_eq!(styles, 19);
}
