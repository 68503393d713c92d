//! Descriptions that mean harm: each ends in a finding or in an API that answers, within a bound on the processor time
//! of the thread that reads it.
//!
//! Beside these tables: made values of hostile schemas are in `made`, schemas that lead back to themselves in `findings`,
//! dynamic references in `references`, where references may lead in `documents` and `remote`, size in `large`.

use std::{fs, path::PathBuf, time::Duration};

use mynah::{Api, Description, Finding, Source, answer, description::Access};

use super::large::timed;

/// What unoptimised code takes for the longest of these, and some.
const BOUND: Duration = Duration::from_secs(10);

/// What a description comes to: what `POST /a` is answered, or the first finding.
fn outcome(read: Result<Description, Finding>) -> String {
    let compiled = read.map_err(|finding| vec![finding]).and_then(Api::compile);
    let api = match compiled {
        Ok(api) => api,
        Err(findings) => return findings[0].to_string(),
    };
    let request = http::Request::post("/a").header("content-type", "application/json");
    let request = request.body("{}".into()).unwrap();
    answer(&api, request.into())
        .reply
        .status
        .as_str()
        .to_owned()
}

/// Reads each in time, and finds in its outcome what the table has.
fn assert_outcomes(table: &[(&str, String, &str)]) {
    for (name, text, want) in table {
        let read = || outcome(Description::load(Source::new("api.yaml", &**text)));
        let (found, took) = timed(read);
        assert!(found.contains(want), "{name}: {found}");
        assert!(took < BOUND, "{name}: {took:?}");
    }
}

/// A description whose one operation takes a body of this schema, and more at its end.
fn with_schema(schema: &str, more: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{post: {{requestBody: {{content: {{application/json: \
         {{schema: {schema}}}}}}}, responses: {{'204': {{description: Ok}}}}}}}}\n{more}"
    )
}

/// One whose reply is made from this schema.
fn with_reply(schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{post: {{responses: {{'200': {{description: Ok, \
         content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
    )
}

/// Named schemas, each of which has its number and that of the one before.
fn schemas(count: usize, schema: impl Fn(usize, usize) -> String) -> String {
    let line = |number| format!("    S{number}: {}\n", schema(number, number.max(1) - 1));
    let lines: String = (1..=count).map(line).collect();
    format!("components:\n  schemas:\n    S0: {{type: object}}\n{lines}")
}

fn reference(number: usize) -> String {
    format!("{{$ref: '#/components/schemas/S{number}'}}")
}

#[test]
fn texts() {
    let good = with_schema("{type: object}", "");
    let bomb = |of: &str| {
        let mut text = format!("a0: &a0 {}\n", of.replace('@', "x"));
        for level in 1..10 {
            let of = of.replace('@', &format!("*a{}", level - 1));
            text += &format!("a{level}: &a{level} {of}\n");
        }
        text
    };
    assert_outcomes(&[
        ("good", good.clone(), "204"),
        ("empty", String::new(), "api.yaml:1:1: error[syntax]"),
        (
            "comments only",
            "# nothing\n".repeat(100_000),
            "error[syntax]",
        ),
        ("two documents", format!("{good}---\n{good}"), "204"),
        (
            "alias bomb",
            bomb("[@, @, @, @, @, @, @, @, @, @]"),
            "stand for more than 1000000 values",
        ),
        (
            "merge bomb",
            bomb("{a: @, b: @, c: @, d: @, e: @, f: @, g: @, h: @, i: @}"),
            "stand for more than 1000000 values",
        ),
        (
            "aliases of a long text",
            format!(
                "a: &a {}\nb: [{}]\n",
                "x".repeat(1 << 20),
                "*a, ".repeat(10_000)
            ),
            "stand for more than 1000000 values",
        ),
        (
            "anchors in anchors",
            (0..150)
                .map(|level| format!("&a{level} ["))
                .collect::<String>()
                + &"1, ".repeat(20_000)
                + &"]".repeat(150),
            "stand for more than 1000000 values",
        ),
        (
            "alias in itself",
            "a: &a [*a]\n".to_owned(),
            "contains itself",
        ),
        ("deep lists", "[".repeat(100_000), "error[syntax]"),
        ("deep objects", "{a: ".repeat(100_000), "error[syntax]"),
        (
            "deep blocks",
            (0..1000)
                .map(|level| format!("{}a:\n", " ".repeat(level)))
                .collect(),
            "deeper than 200 levels",
        ),
        ("deep dashes", "- ".repeat(100_000), "error[syntax]"),
        (
            "key twice",
            good.clone() + "openapi: 3.0.0\n",
            "error[duplicate-key]",
        ),
        (
            "key is a list",
            good.clone() + "? [a, b]\n: c\n",
            "a mapping key must be",
        ),
        (
            "key is null",
            good.clone() + "x-a: {null: 1, 2: 3, true: 4, 1.5: 6}\n",
            "204",
        ),
        ("merge of a text", good.clone() + "x-a: {<<: text}\n", "204"),
        (
            "unknown tag",
            good.clone() + "x-a: !!python/object:os.system {}\n",
            "204",
        ),
        ("NUL", good.clone() + "x-a: a\0b\n", "error[syntax]"),
        ("escaped NUL", good.clone() + "x-a: \"a\\0b\"\n", "204"),
        (
            "one long line",
            good.clone() + &format!("x-a: {}\n", "a".repeat(10 << 20)),
            "204",
        ),
        (
            "one long key",
            good.clone() + &format!("x-{}: 1\n", "a".repeat(10 << 20)),
            "error[syntax]",
        ),
        (
            "one long line of JSON",
            format!("{{\"openapi\": [{}]}}", "1,".repeat(200_000)),
            "error[",
        ),
        (
            "open quote",
            good.clone() + &format!("x-a: \"{}", "a\n".repeat(100_000)),
            "error[syntax]",
        ),
        (
            "HTML",
            "<!DOCTYPE html><html></html>".to_owned(),
            "this is HTML or XML",
        ),
    ]);
}

#[test]
fn schemas_and_references() {
    let wide: String = (0..100_000).map(|n| format!("v{n}, ")).collect();
    let both = |number: usize, below: usize| match number {
        0 => String::new(),
        _ => format!("{{allOf: [{0}, {0}]}}", reference(below)),
    };
    let chain = |_, below| reference(below);
    let circle = "components: {schemas: {S1: {$ref: '#/components/schemas/S2'}, S2: {$ref: '#/components/schemas/S1'}}}\n";
    let inside = "components: {schemas: {S1: {allOf: [{$ref: '#/components/schemas/S1'}]}}}\n";
    assert_outcomes(&[
        (
            "exponential allOf",
            with_schema(&reference(40), &schemas(40, both)),
            "error[schema]",
        ),
        (
            "long chain",
            with_schema(&reference(1000), &schemas(1000, chain)),
            "error[",
        ),
        (
            "circle",
            with_schema(&reference(1), circle),
            "error[reference-unresolved]",
        ),
        (
            "itself",
            with_schema(&reference(1), inside),
            "error[schema]",
        ),
        (
            "long pointer",
            with_schema(&format!("{{$ref: '#{}'}}", "/a".repeat(50_000)), ""),
            "error[reference-unresolved]",
        ),
        (
            "escaped badly",
            with_schema("{$ref: '#/%zz/~9'}", ""),
            "error[reference-unresolved]",
        ),
        (
            "to a file from nowhere",
            with_schema("{$ref: 'file:///etc/passwd'}", ""),
            "error[reference-",
        ),
        (
            "to a device",
            with_schema("{$ref: 'file:///dev/zero'}", ""),
            "error[reference-",
        ),
        (
            "to another machine",
            with_schema("{$ref: 'http://127.0.0.1:9/'}", ""),
            "error[reference-forbidden]",
        ),
        (
            "huge enum",
            with_schema(&format!("{{enum: [{wide}{{}}]}}"), ""),
            "204",
        ),
        (
            "wide anyOf",
            with_schema(
                &format!("{{anyOf: [{}]}}", "{type: integer}, ".repeat(5000)),
                "",
            ),
            "422",
        ),
        (
            "pattern of a gigabyte",
            with_schema("{pattern: '((a{1000}){1000}){1000}'}", ""),
            "error[schema]",
        ),
        (
            "pattern that is none",
            with_schema("{pattern: '(a'}", ""),
            "error[schema]",
        ),
        (
            "patterns that search",
            with_schema("{propertyNames: {pattern: '^(?=(a+)+b)(a|aa)+$'}}", ""),
            "204",
        ),
        (
            "maxItems: 1e18",
            with_schema("{maxItems: 1.0e+18, maxLength: 1000000000000000000000}", ""),
            "204",
        ),
        (
            "maxItems: -1",
            with_schema("{maxItems: -1}", ""),
            "error[schema]",
        ),
        (
            "maxItems: .inf",
            with_schema("{maxItems: .inf}", ""),
            "error[schema]",
        ),
        (
            "multipleOf: 1e-300",
            with_schema("{multipleOf: 1.0e-300}", ""),
            "204",
        ),
        (
            "multipleOf: 0",
            with_schema("{multipleOf: 0}", ""),
            "error[schema]",
        ),
        (
            "minimum: 1e400",
            with_schema("{minimum: 1.0e+400}", ""),
            "error[",
        ),
        (
            "reply of 1e9 items",
            with_reply("{type: array, minItems: 1000000000}"),
            "501",
        ),
        (
            "reply of 1e18 characters",
            with_reply("{type: string, minLength: 1000000000000000000}"),
            "501",
        ),
        (
            "reply of 1e9 members",
            with_reply("{type: object, minProperties: 1000000000}"),
            "501",
        ),
        (
            "reply multiple of 1e-300",
            with_reply("{type: number, multipleOf: 1.0e-300, minimum: 1.0e-299}"),
            "200",
        ),
        (
            "reply of nothing",
            with_reply("{allOf: [{type: string}, {type: integer}]}"),
            "501",
        ),
    ]);
}

#[test]
fn overlays() {
    let text = with_schema(
        "{type: object, properties: {a: {type: array, items: {type: integer}}}}",
        "",
    );
    let action = |target: &str, rest: &str| format!("- {{target: '{target}', {rest}}}\n");
    let overlay = |actions: String| {
        let head = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n";
        Source::new("o.yaml", format!("{head}{actions}"))
    };
    let twice = action("$.info..*", "update: {x-a: {x-b: {}}}");
    let copied = |level: usize| {
        let new = action("$.info", &format!("update: {{x{level}: {{}}}}"));
        new + &action(&format!("$.info.x{level}"), "copy: '$'")
    };
    let filter = format!("$..{}", "[?@..*".repeat(8) + &"]".repeat(8));
    let deeper = |level: usize| action(&format!("$.info{}", ".a".repeat(level)), "update: {a: {}}");
    for (name, overlay, want) in [
        (
            "deeper and deeper",
            overlay((0..1000).map(deeper).collect()),
            "nests deeper than 256 levels",
        ),
        ("doubles", overlay(twice.repeat(60)), "values are added"),
        (
            "copies itself",
            overlay((0..60).map(copied).collect()),
            "values are added",
        ),
        (
            "selects all of all",
            overlay(action(
                &"$..*..*..*..*..*..*..*..*".replacen("..*", "..[*]", 1),
                "remove: true",
            )),
            "may take too long",
        ),
        (
            "selects all again",
            overlay(action(&format!("${}", "[*,*]".repeat(40)), "remove: true")),
            "may take too long",
        ),
        (
            "filters all by all",
            overlay(action(&filter, "remove: true")),
            "may take too long",
        ),
        (
            "many actions",
            overlay(action("$.info", "update: {x-a: 1}").repeat(3000)),
            "204",
        ),
        (
            "no end of slices",
            overlay(action("$.paths[0:9007199254740991:1]", "remove: true")),
            "204",
        ),
        (
            "removes the root",
            overlay(action("$", "remove: true")),
            "204",
        ),
        (
            "turns the root",
            overlay(action("$", "update: 1")),
            "error[",
        ),
        (
            "no JSONPath",
            overlay(action(&"(".repeat(10_000), "remove: true")),
            "brackets in brackets",
        ),
        (
            "deep JSONPath",
            overlay(action(
                &format!("$[?{}", "(".repeat(10_000)),
                "remove: true",
            )),
            "brackets in brackets",
        ),
    ] {
        let read = || {
            let source = Source::new("api.yaml", &*text);
            match Description::load_with(source, &[overlay]) {
                Ok(read) => match read.overlay_findings().first() {
                    Some(finding) if finding.to_string().contains("error[") => finding.to_string(),
                    _ => outcome(Ok(read)),
                },
                Err(finding) => finding.to_string(),
            }
        };
        std::fs::write("/proc/self/clear_refs", "5").unwrap();
        let (found, took) = timed(read);
        assert!(found.contains(want), "{name}: {found}");
        assert!(took < BOUND, "{name}: {took:?}");
    }
}

/// A folder of its own, in which `api.yaml` refers to `reference`.
fn folder(name: &str, reference: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let text = with_schema(&format!("{{$ref: '{reference}'}}"), "");
    fs::write(folder.join("api.yaml"), text).unwrap();
    folder
}

#[test]
fn files() {
    let opened = |path: PathBuf| timed(|| outcome(Description::open(&path, Access::default())));
    let mut utf16 = vec![0xFF, 0xFE];
    let good = with_schema("{type: object}", "");
    utf16.extend(good.encode_utf16().flat_map(u16::to_le_bytes));
    for (name, bytes, want) in [
        ("utf-8", good.clone().into_bytes(), "204"),
        ("mark", format!("\u{feff}{good}").into_bytes(), "204"),
        ("utf-16", utf16, "error[unreadable]: byte 1 is not UTF-8"),
        (
            "latin-1",
            b"openapi: \xe9".to_vec(),
            "error[unreadable]: byte 10 is not UTF-8",
        ),
        ("empty", Vec::new(), "error[syntax]"),
        ("binary", vec![0; 1 << 20], "error[syntax]"),
    ] {
        let path = folder(name, "x").join("other.yaml");
        fs::write(&path, bytes).unwrap();
        let (found, took) = opened(path);
        assert!(found.contains(want), "{name}: {found}");
        assert!(took < BOUND, "{name}: {took:?}");
    }
    let (found, _) = opened(folder("folder", "x"));
    assert!(found.contains("error[unreadable]"), "{found}");

    // Two files that are nothing but each other.
    let circle = folder("circle", "one.yaml");
    fs::write(circle.join("one.yaml"), "$ref: two.yaml\n").unwrap();
    fs::write(circle.join("two.yaml"), "$ref: one.yaml\n").unwrap();
    let (found, _) = opened(circle.join("api.yaml"));
    assert!(found.contains("error[reference-unresolved]"), "{found}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let path = folder("fifo", "pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(path.join("pipe"))
        .status();
    assert!(made.unwrap().success());
    fs::create_dir(path.join("sub")).unwrap();
    let opened = |access| outcome(Description::open(&path.join("api.yaml"), access));
    // Nobody ever writes into the pipe.
    let found = opened(Access::default());
    assert!(
        found.contains("error[reference-unresolved]") && found.contains("it is no file"),
        "{found}"
    );
    // Where all may be read, a device that never ends is none either.
    for reference in ["/dev/zero", "file:///dev/zero", "sub"] {
        let path = folder("device", reference);
        let _ = fs::create_dir(path.join("sub"));
        let access = Access {
            outside: true,
            ..Access::default()
        };
        let found = outcome(Description::open(&path.join("api.yaml"), access));
        assert!(found.contains("it is no file"), "{reference}: {found}");
    }
    // Who names it has it read, but not for ever.
    let found = outcome(Description::open("/dev/zero".as_ref(), Access::default()));
    assert!(
        found.contains("error[unreadable]: longer than 128 MiB"),
        "{found}"
    );
}
