//! Changes and what they mean: each `.txt` beside this file is a list of pairs, and its own documentation.
//!
//! A file begins with `#` lines; the line `in: schema` says that its parts are schemas, `in: operation` that
//! they are `POST /things/{id}` and `in: description` that they are what follows `info`. Each `=== what changes`
//! begins a pair: the old part in lines behind `-`, the new one behind `+`, what they have in common behind a
//! blank, in between. Then follow the changes: which way the values go, what it means for clients and for
//! providers, the rule, the place and the sentence.
//!
//! `UPDATE_DIFF=1 cargo test --test diff` writes the changes; read the diff before you commit it.

use std::{collections::BTreeSet, env, fmt::Write, fs, path::PathBuf};

use mynah::{
    Api, Description, Source, Violation,
    contract::Direction,
    diff::{Change, ChangeRule, Effect, Verdict, diff},
};

/// One pair: two parts, and the changes between them.
struct Pair {
    file: String,
    title: String,
    kind: String,
    /// The lines of both parts, as they are written.
    parts: Vec<String>,
    /// The changes, as they are written.
    wanted: String,
}

impl Pair {
    fn part(&self, own: char) -> String {
        let lines = self
            .parts
            .iter()
            .filter(|line| line.starts_with([own, ' ']));
        lines
            .map(|line| format!("{}\n", &line[2.min(line.len())..]))
            .collect()
    }

    fn description(&self, own: char) -> Description {
        let part = self.part(own);
        let indented = |by: usize| -> String {
            let lines = part.lines();
            lines.map(|line| format!("{:by$}{line}\n", "")).collect()
        };
        let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
        let text = match &*self.kind {
            "schema" => schema_in_components(head, &part),
            "operation" => format!(
                "{head}paths:\n  /things/{{id}}:\n    post:\n{}components:\n  securitySchemes:\n    \
                 key: {{type: apiKey, in: header, name: X-Key}}\n    key2: {{type: apiKey, in: header, name: x-key}}\n    \
                 token: {{type: http, scheme: bearer}}\n    login: {{type: oauth2, flows: {{}}}}\n",
                indented(6)
            ),
            _ => format!("{head}{part}"),
        };
        let name = if own == '-' { "old.yaml" } else { "new.yaml" };
        let loaded = Description::load(Source::new(name, text.as_str()));
        let description = loaded.unwrap_or_else(|error| panic!("{}: {error}\n{text}", self.title));
        let findings = description.findings();
        assert!(findings.is_empty(), "{}: {findings:?}\n{text}", self.title);
        description
    }

    fn changes(&self) -> Vec<Change> {
        diff(&self.description('-'), &self.description('+'))
    }
}

/// A description with a schema that is sent in both directions, and with some to refer to.
fn schema_in_components(head: &str, schema: &str) -> String {
    let schema: String = schema
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    format!(
        "{head}paths:\n  /things:\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/S'}}}}}}}}\n      responses: {{'200': {{description: Fine, content: \
         {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}}}\ncomponents:\n  schemas:\n    S:\n{schema}    \
         Cat: {{type: object, required: [kind], properties: {{kind: {{const: cat}}, name: {{type: string}}}}}}\n    \
         Dog: {{type: object, required: [kind], properties: {{kind: {{const: dog}}, bark: {{type: string}}}}}}\n    \
         Bird: {{type: object, properties: {{wings: {{type: integer}}}}}}\n    \
         Fish: {{type: object, properties: {{fins: {{type: integer}}}}}}\n"
    )
}

/// A change as a line.
fn line(change: &Change) -> String {
    let direction = match change.direction {
        Some(Direction::Request) => "request",
        Some(Direction::Reply) => "reply",
        None => "-",
    };
    let verdicts = change.verdicts;
    let place = match change.pointer.is_empty() {
        true => change.subject.to_string(),
        false => format!("{} {}", change.subject, change.pointer),
    };
    format!(
        "{direction:7} {:10} {:10} {:28} {place}: {}",
        verdicts.client.as_str(),
        verdicts.provider.as_str(),
        change.rule.code(),
        change.message
    )
}

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

/// The head of a file, and its pairs.
fn read(path: &PathBuf) -> (String, Vec<Pair>) {
    let text = fs::read_to_string(path).unwrap();
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let mut sections = text.split("\n=== ");
    let head = sections.next().unwrap().to_owned();
    let kind = head.lines().find_map(|line| line.strip_prefix("in: "));
    let kind = kind.expect("a file says what its parts are").to_owned();
    let pairs = sections.map(|section| {
        let (title, rest) = section.split_once('\n').unwrap();
        // A change that goes no way begins with `-` and more blanks than one.
        let is_part =
            |line: &&str| line.starts_with(['-', '+', ' ']) && !line.starts_with("-      ");
        let parts = rest
            .lines()
            .take_while(is_part)
            .map(str::to_owned)
            .collect();
        let wanted = rest
            .lines()
            .skip_while(is_part)
            .filter(|line| !line.is_empty());
        Pair {
            file: file.clone(),
            title: title.to_owned(),
            kind: kind.clone(),
            parts,
            wanted: wanted
                .map(|line| format!("{}\n", line.trim_end()))
                .collect(),
        }
    });
    (head.clone(), pairs.collect())
}

fn pairs() -> Vec<Pair> {
    files().iter().flat_map(|file| read(file).1).collect()
}

#[test]
fn every_pair_changes_as_it_says() {
    let mut wrong = String::new();
    let mut count = 0;
    for file in files() {
        let (head, pairs) = read(&file);
        let mut text = head.trim_end().to_owned() + "\n";
        for pair in &pairs {
            count += 1;
            let lines: Vec<String> = pair.changes().iter().map(line).collect();
            let found: String = lines
                .iter()
                .map(|line| format!("{}\n", line.trim_end()))
                .collect();
            let found = if found.is_empty() {
                "nothing\n".to_owned()
            } else {
                found
            };
            if found != pair.wanted {
                let Pair {
                    file,
                    title,
                    wanted,
                    ..
                } = pair;
                write!(wrong, "{file}: {title}\nsays\n{wanted}finds\n{found}\n").unwrap();
            }
            write!(
                text,
                "\n=== {}\n{}\n{found}",
                pair.title,
                pair.parts.join("\n")
            )
            .unwrap();
        }
        if env::var_os("UPDATE_DIFF").is_some() {
            fs::write(file, text).unwrap();
        }
    }
    println!("{count} pairs");
    assert!(count >= 120, "only {count} pairs");
    assert!(
        wrong.is_empty() || env::var_os("UPDATE_DIFF").is_some(),
        "{wrong}"
    );
}

/// What narrows a request breaks clients; what narrows a reply breaks providers, in the same way.
#[test]
fn schemas_are_mirrored_between_requests_and_replies() {
    let mut mirrored = 0;
    for pair in pairs().iter().filter(|pair| pair.kind == "schema") {
        let changes = pair.changes();
        let of = |direction, swap: bool| -> BTreeSet<(ChangeRule, String, Verdict, Verdict)> {
            let changes = changes
                .iter()
                .filter(|change| change.direction == Some(direction));
            let changes = changes.filter(|change| !is_one_way(change.rule));
            let told = changes.map(|change| {
                let (one, other) = (change.verdicts.client, change.verdicts.provider);
                let (one, other) = if swap { (other, one) } else { (one, other) };
                (change.rule, change.pointer.clone(), one, other)
            });
            told.collect()
        };
        if pair.title.contains("one way") {
            continue;
        }
        let requests = of(Direction::Request, false);
        assert_eq!(
            requests,
            of(Direction::Reply, true),
            "{}: {}",
            pair.file,
            pair.title
        );
        mirrored += requests.len();
    }
    assert!(mirrored > 80, "only {mirrored} changes are mirrored");
}

fn is_one_way(rule: ChangeRule) -> bool {
    matches!(rule.effect(), Effect::Depends { .. })
}

/// The other way round, what narrowed widens: nothing is told in one direction only, and nothing breaks the
/// same side both times but what puts one thing in the place of another.
#[test]
fn the_other_way_round_is_another_change() {
    for pair in pairs() {
        let (old, new) = (pair.description('-'), pair.description('+'));
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        assert_eq!(
            there.is_empty(),
            back.is_empty(),
            "{}: {}",
            pair.file,
            pair.title
        );
        assert!(
            diff(&old, &old).is_empty() && diff(&new, &new).is_empty(),
            "{}",
            pair.title
        );
        for change in there {
            let effect = change.rule.effect();
            if !matches!(effect, Effect::Narrows | Effect::Widens) {
                continue;
            }
            let same = back.iter().find(|other| {
                (other.rule, &other.pointer, &other.subject, other.direction)
                    == (
                        change.rule,
                        &change.pointer,
                        &change.subject,
                        change.direction,
                    )
            });
            let Pair { title, file, .. } = &pair;
            assert!(
                same.is_none() || title.contains("and another"),
                "{file}: {title}: {change:?}"
            );
        }
    }
}

#[test]
fn every_rule_is_in_a_pair() {
    let seen: BTreeSet<ChangeRule> = pairs()
        .iter()
        .flat_map(Pair::changes)
        .map(|change| change.rule)
        .collect();
    let missing = ChangeRule::ALL.iter().filter(|rule| !seen.contains(rule));
    let missing: Vec<&str> = missing.map(|rule| rule.code()).collect();
    assert!(missing.is_empty(), "no pair shows {missing:?}");
}

/// Both places are in the documents, and one of them at least is known.
#[test]
fn every_change_has_its_places() {
    for pair in pairs() {
        for change in pair.changes() {
            let (old, new) = (&change.old, &change.new);
            assert!(old.is_some() || new.is_some(), "{}: {change:?}", pair.title);
            assert!(
                old.as_ref().is_none_or(|it| &*it.file == "old.yaml"),
                "{change:?}"
            );
            assert!(
                new.as_ref().is_none_or(|it| &*it.file == "new.yaml"),
                "{change:?}"
            );
        }
    }
}

/// What is called compatible is held against the engine: values that are made from the old schema keep to the
/// new one where the change breaks no client's request, and the other way round where it breaks no reply.
#[test]
fn what_is_compatible_lets_every_made_value_pass() {
    let mut held = 0;
    for pair in pairs().iter().filter(|pair| pair.kind == "schema") {
        let apis = ['-', '+'].map(|own| Api::compile(pair.description(own)));
        let [Ok(old), Ok(new)] = apis else {
            continue;
        };
        let changes = pair.changes();
        let is_compatible = |direction| {
            let mut changes = changes.iter().filter(|it| it.direction == Some(direction));
            changes.all(|change| change.verdicts.client == Verdict::Compatible)
        };
        // A made value is a reply, so that what goes one way only is not in it as in a request.
        let is_one_way = pair.title.contains("one way");
        for (direction, from, to) in [
            (Direction::Request, &old, &new),
            (Direction::Reply, &new, &old),
        ] {
            if !is_compatible(direction) || is_one_way {
                continue;
            }
            for seed in 0..40 {
                let value = made(from, seed);
                let violations = violations(to, &value);
                let Pair { file, title, .. } = pair;
                assert!(
                    violations.is_empty(),
                    "{file}: {title}: {value}: {violations:?}"
                );
                held += 1;
            }
        }
    }
    assert!(held > 1000, "only {held} values were held");
}

/// A value of the schema, as a reply.
fn made(api: &Api, seed: u32) -> String {
    let request =
        http::Request::post("/things").header("prefer", format!("dynamic=true, seed={seed}"));
    let exchange = mynah::answer(api, request.body("".into()).unwrap().into());
    assert_eq!(exchange.reply.status, 200, "{exchange:?}");
    String::from_utf8(exchange.reply.body.to_vec()).unwrap()
}

/// How a value leaves the schema, as a request.
fn violations(api: &Api, value: &str) -> Vec<Violation> {
    let request = http::Request::post("/things").header("content-type", "application/json");
    let request = request.body(value.to_owned().into()).unwrap();
    mynah::answer(api, request.into()).violations
}
