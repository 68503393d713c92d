use serde_json::Value;

use super::*;

/// What another reader has to say of a text.
fn agrees(json: &[u8]) {
    let mut tape = Tape::default();
    let read = scan(&mut tape, json).is_ok();
    let text = String::from_utf8_lossy(json);
    match serde_json::from_slice::<Value>(json) {
        Ok(value) => {
            assert!(read, "{text}");
            assert_eq!(
                without_digits(tape.root().value()),
                without_digits(value),
                "{text}"
            );
        }
        Err(error) => assert!(!read, "{text}: {error}"),
    }
}

/// The other reader rounds the last digit of some doubles another way.
fn without_digits(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            Value::from(number.as_f64().map(|it| format!("{it:.13e}")))
        }
        Value::Array(items) => items.into_iter().map(without_digits).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(name, value)| (name, without_digits(value)))
                .collect()
        }
        other => other,
    }
}

#[test]
fn texts_are_read_as_another_reader_has_them() {
    for text in [
        " [ ] ",
        "{\"a\" : {} , \"b\":[1,2]}\r\n\t",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1}",
        "[",
        "nul",
        "nullx",
        "null null",
        "True",
        "0",
        "-0",
        "-",
        "00",
        "-01",
        "+1",
        "1.",
        ".1",
        "1.0",
        "-0.0",
        "1e",
        "1e+",
        "1E-7",
        "1e400",
        "-1e400",
        "1e-400",
        "999999999999999999",
        "-999999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "1x",
        "0x1",
        "NaN",
        "Infinity",
        r#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        r#""\x""#,
        r#""\"#,
        "\"a\tb\"",
        "\"a\u{7f}\u{80}\u{10ffff}\"",
        "\"12345678\u{1f}\"",
        "\"12345678",
        "\u{feff}1",
        "1\u{a0}",
        "// 1\n1",
        "",
        " ",
    ] {
        agrees(text.as_bytes());
    }
    for bytes in [&b"\"\xff\""[..], b"\"\xed\xa0\x80\"", b"\xff", b"[1]\0"] {
        agrees(bytes);
    }
    for depth in 126..130 {
        agrees((("[".repeat(depth)) + &"]".repeat(depth)).as_bytes());
        agrees((("{\"a\":".repeat(depth)) + "1" + &"}".repeat(depth)).as_bytes());
    }
}

#[test]
fn any_change_of_a_text_is_read_as_another_reader_has_it() {
    let seed = br#"{"a": [1, -2.5e+3, true, null, "x\u00e9\n"], "long": "0123456789 "}"#;
    let bytes = br#"{}[],:"\u1e-+.0 tn"#.iter().copied().chain([0, 0x1f, 0x80, 0xff]);
    for byte in bytes {
        for at in 0..seed.len() {
            let mut changed = seed.to_vec();
            changed[at] = byte;
            agrees(&changed);
            changed = seed.to_vec();
            changed.insert(at, byte);
            agrees(&changed);
        }
    }
    for at in 0..seed.len() {
        let mut changed = seed.to_vec();
        changed.remove(at);
        agrees(&changed);
        agrees(&seed[..at]);
        agrees(&seed[at..]);
    }
}

#[test]
fn what_rounds_to_the_least_integer_is_not_taken_for_it() {
    for (text, is_text) in [
        ("-9223372036854775808", false),
        ("-9223372036854775809", true),
        ("-9223372036854775808.0", true),
        ("-9.223372036854776e+18", true),
        ("-9.223372036854778e+18", false),
    ] {
        let tape = Tape::parse(text.as_bytes()).unwrap();
        assert_eq!(tape.root().decimal().is_some(), is_text, "{text}");
        let value = tape.root().value();
        assert_eq!(value.as_f64(), text.parse().ok(), "{text}");
    }
}

#[test]
fn special_bytes_are_found_wherever_they_stand() {
    for length in 0..20 {
        for at in 0..length {
            for byte in 0..=255u8 {
                let mut text = vec![0xC3; length];
                text[at] = byte;
                let is_special = matches!(byte, b'"' | b'\\' | ..b' ');
                let want = if is_special { at } else { length };
                assert_eq!(plain_end(&text, 0), want, "{byte} at {at} of {length}");
            }
        }
    }
}
