//! `mynah diff`: what changed between two descriptions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::SystemTime,
};

use http::StatusCode;
use mynah::{
    Api, Description, Reply, Source,
    answer::judge,
    cli::Exit,
    journal::{Record, Shown},
};
use serde_json::Value;

use crate::{
    in_process::{assert_snapshot, run, schema_error},
    journal::Name,
};

const OLD: &str = "tests/cli/descriptions/pets-1.yaml";
const NEW: &str = "tests/cli/descriptions/pets-2.yaml";

#[test]
fn what_changed_is_told_in_each_format() {
    assert_snapshot("cli_diff_help", &["diff", "--help"]);
    assert_snapshot("cli_diff", &["diff", OLD, NEW]);
    assert_snapshot(
        "cli_diff_for_providers",
        &["diff", OLD, NEW, "--for", "provider", "--format", "github"],
    );
    for format in ["json", "junit", "sarif", "github", "markdown"] {
        assert_snapshot(
            &format!("cli_diff_{format}"),
            &["diff", OLD, NEW, "--format", format],
        );
    }
    let report: Value =
        serde_json::from_str(&run(&["diff", OLD, NEW, "--format", "json"]).1).unwrap();
    assert_eq!(schema_error(&report), None);
}

#[test]
fn the_exit_code_says_whether_it_is_graver_than_it_may_be() {
    let (same, breaking, risky) = (Name::new("yaml"), Name::new("yaml"), Name::new("yaml"));
    let text = |parameter: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      parameters: [{parameter}]\n      \
             responses: {{'204': {{description: Fine}}}}\n"
        )
    };
    same.write(text(
        "{name: q, in: query, schema: {type: string, pattern: a}}",
    ));
    risky.write(text(
        "{name: q, in: query, schema: {type: string, pattern: b}}",
    ));
    breaking.write(text(
        "{name: q, in: query, required: true, schema: {type: string, pattern: a}}",
    ));
    let faulty = Name::new("yaml");
    faulty.write(text("{$ref: '#/components/parameters/none'}"));
    for (old, new, more, want) in [
        (&same, &same, &[][..], Exit::Done),
        (&same, &risky, &[], Exit::Done),
        (&same, &risky, &["--fail-on", "risky"], Exit::ContractBroken),
        (&same, &breaking, &[], Exit::ContractBroken),
        (&same, &breaking, &["--fail-on", "never"], Exit::Done),
        (&same, &breaking, &["--for", "provider"], Exit::Done),
        (&breaking, &same, &[], Exit::Done),
        (
            &breaking,
            &same,
            &["--for", "provider"],
            Exit::ContractBroken,
        ),
        (&breaking, &same, &["--for", "both"], Exit::ContractBroken),
        (&same, &faulty, &[], Exit::BadDescription),
        (
            &faulty,
            &same,
            &["--fail-on", "never"],
            Exit::BadDescription,
        ),
    ] {
        let args = [&["diff", old.path(), new.path()], more].concat();
        let (exit, out, err) = run(&args);
        assert_eq!(exit, want, "{args:?}\n{out}{err}");
    }
    let (exit, out, err) = run(&["diff", same.path(), "no-such.yaml"]);
    assert_eq!((exit, &*out), (Exit::Usage, ""), "{err}");
}

/// A repository with two revisions of a description of two files.
struct Repository(PathBuf);

impl Repository {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mynah-diff-{}-{count}", std::process::id());
        let repository = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(repository.0.join("specs")).unwrap();
        let api = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /pets:\n    post:\n      requestBody:\n        \
                   content: {application/json: {schema: {$ref: 'pet.yaml#/Pet'}}}\n      \
                   responses: {'204': {description: Fine}}\n";
        repository.write("specs/api.yaml", api);
        repository.write(
            "specs/pet.yaml",
            "Pet: {type: object, properties: {name: {type: string}}}\n",
        );
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit();
        repository.git(&["tag", "v1"]);
        repository.write(
            "specs/pet.yaml",
            "Pet: {type: object, required: [name], properties: {name: {type: string}}}\n",
        );
        repository.commit();
        repository
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        let author = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        self.git(&[&author[..], &["commit", "-q", "-m", "next"]].concat());
    }

    fn git(&self, args: &[&str]) {
        let status = Command::new("git")
            .current_dir(&self.0)
            .args(args)
            .status()
            .unwrap();
        assert!(status.success(), "git {args:?}");
    }

    /// Runs a comparison in a folder of it: exit code, output and errors.
    fn diff(&self, folder: &str, args: &[&str]) -> (i32, String, String) {
        let program = Path::new(env!("CARGO_BIN_EXE_mynah"));
        let mut command = Command::new(program);
        command
            .current_dir(self.0.join(folder))
            .arg("diff")
            .args(args);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_file_of_a_revision_is_read_with_what_it_refers_to() {
    let repository = Repository::new();
    // What changed is in the file that is referred to, and the places say of which revision.
    for (folder, old, new, place) in [
        (
            "",
            "v1:specs/api.yaml",
            "specs/api.yaml",
            "specs/pet.yaml:1:",
        ),
        (
            "",
            "v1:specs/api.yaml",
            "main:specs/api.yaml",
            "main:specs/pet.yaml:1:",
        ),
        (
            "specs",
            "v1:./api.yaml",
            "main:specs/api.yaml",
            "main:specs/pet.yaml:1:",
        ),
        ("specs", "HEAD~1:specs/api.yaml", "api.yaml", "pet.yaml:1:"),
    ] {
        let (exit, out, err) = repository.diff(folder, &[old, new]);
        assert_eq!(exit, 1, "{old} {new}: {out}{err}");
        assert!(
            out.contains("error[property-required]: POST /pets"),
            "{out}"
        );
        assert!(out.contains(&format!("--> {place}")), "{place}\n{out}");
        assert!(
            out.contains(": v1:specs/pet.yaml:1:") || out.contains(": HEAD~1:specs/pet.yaml:1:"),
            "{out}"
        );
    }
    assert_eq!(
        repository
            .diff("", &["main:specs/api.yaml", "specs/api.yaml"])
            .0,
        0
    );
    // A file of that name comes before a revision.
    if cfg!(unix) {
        let text = fs::read_to_string(repository.0.join("specs/api.yaml")).unwrap();
        let text = text.replace("pet.yaml#", "specs/pet.yaml#");
        repository.write("v1:api.yaml", &text);
        assert_eq!(repository.diff("", &["v1:api.yaml", "specs/api.yaml"]).0, 0);
    }
    for (name, why) in [
        ("v1:specs/none.yaml", "none.yaml"),
        ("v9:specs/api.yaml", "v9"),
        ("v1:../api.yaml", "outside of the repository"),
    ] {
        let (exit, out, err) = repository.diff("", &[name, "specs/api.yaml"]);
        assert_eq!((exit, &*out), (2, ""), "{err}");
        assert!(
            err.contains("there is no file") && err.contains(why),
            "{err}"
        );
    }
}

#[test]
fn files_of_a_revision_outside_of_its_folder_have_to_be_allowed() {
    let repository = Repository::new();
    let api = fs::read_to_string(repository.0.join("specs/api.yaml")).unwrap();
    repository.write("pet.yaml", "Pet: {type: object}\n");
    repository.write("specs/api.yaml", &api.replace("'pet.yaml", "'../pet.yaml"));
    repository.commit();
    let (exit, _, err) = repository.diff("", &["main:specs/api.yaml", "v1:specs/api.yaml"]);
    assert_eq!(exit, 3, "{err}");
    assert!(
        err.contains("`pet.yaml` is outside of the description's folder"),
        "{err}"
    );
    let args = [
        "main:specs/api.yaml",
        "v1:specs/api.yaml",
        "--allow-outside",
    ];
    let (exit, out, err) = repository.diff("", &args);
    assert_eq!(exit, 0, "{err}");
    assert!(out.contains("property-added"), "{out}");
}

/// A line of a journal: a request, and its reply.
fn call(method: &str, target: &str, body: &str, status: u16, reply: &str) -> String {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let api = Api::compile(Description::load(Source::new("t.yaml", text)).unwrap()).unwrap();
    let request = http::Request::builder().method(method).uri(target);
    let request = request.header("content-type", "application/json");
    let request = request.body(body.to_owned().into()).unwrap();
    let status = StatusCode::from_u16(status).unwrap();
    let reply = match reply {
        "" => Reply::empty(status),
        reply => Reply::with_content(status, "application/json", reply.to_owned()),
    };
    let exchange = judge(&Arc::new(api), request.into(), reply);
    let record = Record::new(None, SystemTime::UNIX_EPOCH, exchange);
    let line = Shown::whole(&record).to_json();
    String::from_utf8(line).unwrap().trim_end().to_owned() + "\n"
}

#[test]
fn with_traffic_only_what_was_called_counts() {
    let (old, new, journal) = (Name::new("yaml"), Name::new("yaml"), Name::new("jsonl"));
    let text = |limit: &str, name: &str, tag: &str, id: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /pets:\n    get:\n      parameters:\n        \
             - {{name: limit, in: query, schema: {{type: {limit}}}}}\n      responses:\n        '200':\n          \
             description: Fine\n          content: {{application/json: {{schema: {{type: object, properties: {{id: {{type: {id}}}}}}}}}}}\n        \
             '404': {{description: Nothing, content: {{application/json: {{schema: {{type: {id}}}}}}}}}\n    post:\n      requestBody:\n        \
             content: {{application/json: {{schema: {{type: object, properties: {{name: {{type: {name}}}, \
             tags: {{type: array, items: {{type: {tag}}}}}}}}}}}}}\n      responses: {{'204': {{description: Fine}}}}\n"
        )
    };
    old.write(text("integer", "string", "string", "integer"));
    new.write(text("string", "integer", "integer", "string"));
    let changes = |lines: &[String]| {
        journal.write(lines.concat());
        let args = [
            "diff",
            old.path(),
            new.path(),
            "--traffic",
            journal.path(),
            "--format",
            "json",
        ];
        let (exit, out, err) = run(&args);
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{exit:?} {err}"));
        let cases = report["suites"][0]["cases"].as_array().unwrap().clone();
        let problems = cases
            .iter()
            .flat_map(|case| case["problems"].as_array().unwrap().clone());
        problems
            .map(|it| it["place"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for (what, line, want) in [
        ("no parameter", call("GET", "/pets", "", 200, "{}"), &[][..]),
        (
            "a parameter",
            call("GET", "/pets?limit=5", "", 200, "{}"),
            &["GET /pets, query parameter `limit`"],
        ),
        (
            "a property of the reply",
            call("GET", "/pets", "", 200, r#"{"id":1}"#),
            &["GET /pets, reply 200 `application/json`, `/id`"],
        ),
        (
            "another status",
            call("GET", "/pets", "", 404, "1"),
            &["GET /pets, reply 404 `application/json`"],
        ),
        (
            "a property",
            call("POST", "/pets", r#"{"name":"a"}"#, 204, ""),
            &["POST /pets, request body `application/json`, `/name`"],
        ),
        (
            "an empty list",
            call("POST", "/pets", r#"{"tags":[]}"#, 204, ""),
            &[],
        ),
        (
            "an item",
            call("POST", "/pets", r#"{"tags":["a"]}"#, 204, ""),
            &["POST /pets, request body `application/json`, `/tags/*`"],
        ),
        (
            "a body that is not known",
            call("POST", "/pets", "[redacted", 204, ""),
            &[
                "POST /pets, request body `application/json`, `/name`",
                "POST /pets, request body `application/json`, `/tags/*`",
            ],
        ),
    ] {
        assert_eq!(changes(&[line]), want, "{what}");
    }
    // Nothing that was called is no proof that nothing breaks.
    journal.write(call("GET", "/other", "", 404, ""));
    let (exit, out, err) = run(&["diff", old.path(), new.path(), "--traffic", journal.path()]);
    assert_eq!((exit, &*out), (Exit::Usage, ""), "{err}");
    assert!(err.contains("none of the 1 exchanges"), "{err}");
}
