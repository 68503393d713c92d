//! `mynah serve --journal`: what was answered is in the file, whatever becomes of the process.

use std::{
    collections::HashSet,
    env, fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use mynah::{cli::Exit, journal::Record};
use serde_json::Value;

use crate::{in_process, process::Serving};

const PETS: &str = "tests/cli/descriptions/pets.yaml";

/// How a command ended, and what it wrote.
pub struct Ran {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// Runs a command in process.
pub fn run(args: &[&str]) -> Ran {
    let (exit, out, err) = in_process::run(args);
    Ran { exit, out, err }
}

/// The name of a file that is gone with the test.
pub struct Name(PathBuf);

impl Name {
    pub fn new(ending: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mynah-cli-{}-{count}.{ending}", std::process::id());
        Self(env::temp_dir().join(name))
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub fn text(&self) -> String {
        fs::read_to_string(&self.0).unwrap()
    }

    pub fn write(&self, text: impl AsRef<[u8]>) {
        fs::write(&self.0, text).unwrap();
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        // What is left behind is a small file in a folder for such.
        let _ = fs::remove_file(&self.0);
    }
}

/// How often the process is killed; `KILLS=50` is what a release is held to.
fn kills() -> usize {
    let kills = env::var("KILLS").ok().and_then(|text| text.parse().ok());
    kills.unwrap_or(5)
}

/// Sends requests over one connection until it breaks, and tells those whose answers were read whole. Every
/// third has a body that is longer than what the system writes at once.
fn load(address: &str, client: usize) -> Vec<String> {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut answered = Vec::new();
    for number in 0.. {
        let target = format!("/pets/{client}/{number}");
        let body = match number % 3 {
            0 => "x".repeat(20_000),
            _ => String::new(),
        };
        let length = body.len();
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}");
        if stream.write_all(request.as_bytes()).is_err() || !read_answer(&mut stream) {
            break;
        }
        answered.push(target);
    }
    answered
}

/// Whether a whole answer came.
fn read_answer(stream: &mut TcpStream) -> bool {
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let field = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= field.unwrap_or("0").parse().unwrap() {
                return true;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return false,
            Ok(count) => answer.extend_from_slice(&piece[..count]),
        }
    }
}

/// A number below a bound, different each time.
fn random(bound: u64) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0) % bound
}

#[test]
fn no_answered_exchange_is_missing_after_a_kill() {
    let mut answered_in_all = 0;
    for _ in 0..kills() {
        let name = Name::new("jsonl");
        let args = ["serve", PETS, "--journal", name.path(), "--workers", "4"];
        let mut serving = Serving::start(&args);
        let address = serving.address.clone();
        let answered: Vec<String> = thread::scope(|scope| {
            let clients: Vec<_> = (0..6)
                .map(|client| {
                    let address = &address;
                    scope.spawn(move || load(address, client))
                })
                .collect();
            thread::sleep(Duration::from_millis(20 + random(150)));
            serving.kill();
            let answered = clients.into_iter().map(|client| client.join().unwrap());
            answered.flatten().collect()
        });
        let text = name.text();
        // What has no end is no line: its reply was never sent.
        let (lines, _) = text.rsplit_once('\n').unwrap_or_default();
        let read = |line: &str| {
            let (record, _) = Record::from_json(line.as_bytes()).unwrap();
            record.exchange.request.target().into_owned()
        };
        let written: Vec<String> = lines.lines().map(read).collect();
        let distinct: HashSet<&String> = written.iter().collect();
        assert_eq!(distinct.len(), written.len(), "an exchange is there twice");
        for target in &answered {
            assert!(
                distinct.contains(target),
                "{target} was answered and is not there"
            );
        }
        answered_in_all += answered.len();
        // The next start goes on with it.
        let again = Serving::start(&args);
        again.get("/again");
        let last = name.text();
        assert!(
            last.lines().last().unwrap().contains("\"/again\""),
            "{last}"
        );
        assert!(
            last.lines()
                .all(|line| serde_json::from_str::<Value>(line).is_ok())
        );
    }
    assert!(answered_in_all > 10 * kills(), "{answered_in_all}");
}

#[test]
fn secrets_are_left_out_unless_they_are_wanted() {
    for (more, want) in [
        (None, "Bearer ***"),
        (Some("--journal-secrets"), "Bearer hush"),
    ] {
        let name = Name::new("jsonl");
        let args = ["serve", PETS, "--journal", name.path()]
            .into_iter()
            .chain(more);
        let serving = Serving::start(&args.collect::<Vec<_>>());
        serving.send(
            "GET /pets?password=hush",
            "Authorization: Bearer hush\r\n",
            "",
        );
        let text = name.text();
        assert!(text.contains(want), "{text}");
        assert_eq!(text.contains("password=***"), more.is_none(), "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_not_answered() {
    let mut serving = Serving::start(&["serve", PETS, "--journal", "/dev/full"]);
    for _ in 0..2 {
        let answer = serving.get("/pets");
        assert!(answer.starts_with("HTTP/1.1 500 "), "{answer}");
        assert!(
            answer.contains("cannot be written to the journal's file"),
            "{answer}"
        );
    }
    serving.wait_for_error("cannot write to the journal `/dev/full`: No space left on device");
    // It was said once.
    assert!(serving.get("/__mynah/journal").contains("\"status\":500"));
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let ran = run(&["serve", PETS, "--port", "0", "--journal", PETS]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(
        ran.err.contains("something else in it than a journal"),
        "{}",
        ran.err
    );
    let ran = run(&[
        "serve",
        PETS,
        "--port",
        "0",
        "--journal",
        "/nowhere/x.jsonl",
    ]);
    assert_eq!(ran.exit, Exit::CannotRun);
    assert!(
        ran.err
            .contains("cannot write to the journal `/nowhere/x.jsonl`: "),
        "{}",
        ran.err
    );
}

#[test]
fn the_journal_is_kept_in_memory_unless_it_is_not_wanted() {
    for (args, status) in [
        (&[][..], "200"),
        (&["--no-journal"], "404"),
        (&["--journal-entries", "0"], "404"),
        (&["--no-admin"], "404"),
    ] {
        let args = [&["serve", PETS], args].concat();
        let serving = Serving::start(&args);
        serving.get("/pets");
        let answer = serving.get("/__mynah/journal");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{args:?} {answer}"
        );
    }
}

#[test]
fn what_is_hidden_by_mynahs_own_paths_is_said() {
    let name = Name::new("yaml");
    name.write(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /__mynah/x:\n    \
         get: {responses: {'204': {description: Done}}}\n",
    );
    let mut serving = Serving::start(&["serve", name.path()]);
    serving.wait_for_error("GET /__mynah/x of `");
    assert!(
        serving
            .send("GET /__mynah/x", "", "")
            .starts_with("HTTP/1.1 4")
    );
    let serving = Serving::start(&["serve", name.path(), "--no-admin"]);
    assert!(serving.get("/__mynah/x").starts_with("HTTP/1.1 204 "));
}

/// A journal of a server that was asked some things.
pub fn written(name: &Name, more: &[&str]) {
    let args = [&["serve", PETS, "--journal", name.path()], more].concat();
    let serving = Serving::start(&args);
    serving.get("/pets");
    serving.send("GET /pets?limit=x", "Authorization: Bearer hush\r\n", "");
    serving.get("/dogs");
}

#[test]
fn coverage_is_counted_from_several_journals() {
    let (one, other) = (Name::new("jsonl"), Name::new("jsonl"));
    written(&one, &[]);
    written(&other, &[]);
    let args = [
        "coverage",
        PETS,
        "--journal",
        one.path(),
        "--journal",
        other.path(),
    ];
    let ran = run(&args);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    assert!(ran.out.contains("GET /pets"), "{}", ran.out);
    assert!(ran.out.contains("4x"), "{}", ran.out);
    assert!(ran.out.contains("GET /dogs"), "{}", ran.out);
    let json = run(&[&args[..], &["--format", "json"]].concat());
    let found: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(found["undocumented"]["count"], 2);
    let low = run(&[&args[..], &["--min-coverage", "100"]].concat());
    assert_eq!(low.exit, Exit::ContractBroken);
    assert!(low.err.contains("100% are asked for"), "{}", low.err);
}

#[test]
fn a_line_that_is_no_record_is_named() {
    let name = Name::new("jsonl");
    written(&name, &[]);
    let text = name.text();
    let first = text.lines().next().unwrap();
    for (text, exit, part) in [
        (
            format!("{first}\n{{}}\n"),
            Exit::Usage,
            "line 2: not a record of a journal",
        ),
        (
            format!("{first}\n{{\"mynah\":9}}\n"),
            Exit::Usage,
            "line 2: written in version 9",
        ),
        (
            format!("{first}\n{{\"myn"),
            Exit::Done,
            "ends within a line",
        ),
    ] {
        name.write(text);
        let ran = run(&["coverage", PETS, "--journal", name.path()]);
        assert_eq!(ran.exit, exit, "{}", ran.err);
        assert!(ran.err.contains(part), "{}", ran.err);
    }
    let ran = run(&["coverage", PETS, "--journal", "nowhere.jsonl"]);
    assert_eq!(ran.exit, Exit::Usage);
}
