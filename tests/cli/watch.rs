//! Descriptions that change while they are served.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    time::{Duration, Instant},
};

use crate::process::Serving;

/// A description in a folder of its own, and a server that watches it.
struct Edited {
    file: PathBuf,
    text: String,
    serving: Serving,
}

impl Edited {
    fn start(name: &str, args: &[&str]) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}"));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("pets.yaml");
        let text = fs::read_to_string("tests/cli/descriptions/pets.yaml").unwrap();
        fs::write(&file, &text).unwrap();
        let mut all = vec!["serve", file.to_str().unwrap()];
        all.extend(args);
        let serving = Serving::start(&all);
        Self {
            file,
            text,
            serving,
        }
    }

    /// Writes the description with a part of it replaced.
    fn write(&self, part: &str, by: &str) {
        assert!(self.text.contains(part));
        fs::write(&self.file, self.text.replace(part, by)).unwrap();
    }
}

/// One connection that is never closed.
struct KeptAlive(BufReader<TcpStream>);

impl KeptAlive {
    fn open(serving: &Serving) -> Self {
        let stream = TcpStream::connect(&serving.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        Self(BufReader::new(stream))
    }

    /// The body of the answer.
    fn get(&mut self, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(
                self.0.read_line(&mut line).unwrap(),
                0,
                "the connection was closed"
            );
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim_end().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap()
    }

    /// Asks until the answer is the one that is waited for, and says how long that took.
    fn wait_for(&mut self, path: &str, is_it: impl Fn(&str) -> bool) -> Duration {
        let began = Instant::now();
        loop {
            let body = self.get(path);
            if is_it(&body) {
                return began.elapsed();
            }
            assert!(began.elapsed() < Duration::from_secs(10), "still {body}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn an_edit_is_answered_from_within_a_second_on_the_same_connection() {
    let mut edited = Edited::start("edit", &["--watch"]);
    let mut connection = KeptAlive::open(&edited.serving);
    assert_eq!(connection.get("/pets"), r#"[{"id":1,"name":"Bello"}]"#);
    edited.write("Bello", "Rex");
    let took = connection.wait_for("/pets", |body| body == r#"[{"id":1,"name":"Rex"}]"#);
    assert!(took < Duration::from_secs(1), "{took:?}");
    let file = edited.file.display().to_string();
    edited.serving.wait_for_error(&format!(
        "mynah: {file} is served anew: operations 1 changed\n  ~ GET /pets\n"
    ));
    edited.write("  /pets:", "  /dogs:");
    connection.wait_for("/dogs", |body| body.starts_with('['));
    edited
        .serving
        .wait_for_error("  + GET /dogs\n  + POST /dogs\n  - GET /pets\n  - POST /pets\n");
}

#[test]
fn a_broken_edit_leaves_the_old_answers_and_says_why() {
    let mut edited = Edited::start("broken", &["--watch"]);
    let mut connection = KeptAlive::open(&edited.serving);
    let file = edited.file.display().to_string();
    let kept = format!("mynah: {file} is served as it was before: ");
    for (part, by, finding) in [
        ("openapi: 3.1.0", "openapi: [", "error[syntax]"),
        ("type: object", "type: obj", "error[schema]"),
    ] {
        edited.write(part, by);
        edited.serving.wait_for_error(finding);
        edited.serving.wait_for_error(&kept);
        assert_eq!(connection.get("/pets"), r#"[{"id":1,"name":"Bello"}]"#);
    }
    fs::remove_file(&edited.file).unwrap();
    edited
        .serving
        .wait_for_error(&format!("{kept}cannot read `{file}`"));
    assert_eq!(connection.get("/pets"), r#"[{"id":1,"name":"Bello"}]"#);
    edited.write("Bello", "Rex");
    connection.wait_for("/pets", |body| body.contains("Rex"));
}

/// A description in three files; `schemas.json` says which kinds there are.
#[test]
fn files_that_a_description_refers_to_are_watched_too() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("watch-referred");
    fs::create_dir_all(folder.join("paths")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write(
        "main.yaml",
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/c: {$ref: 'paths/c.yaml'}}\n",
    );
    write(
        "paths/c.yaml",
        "get:\n  parameters: [{name: kind, in: query, schema: {$ref: '../schemas.json#/definitions/Kind'}}]\n  \
         responses: {'200': {description: Ok, content: {text/plain: {example: taken}}}}\n",
    );
    let kinds = |kinds: &str| {
        let text = format!(r#"{{"definitions": {{"Kind": {{"enum": [{kinds}]}}}}}}"#);
        write("schemas.json", &text);
    };
    kinds(r#""a""#);
    let file = folder.join("main.yaml").display().to_string();
    let mut serving = Serving::start(&["serve", &file, "--watch"]);
    let mut connection = KeptAlive::open(&serving);
    assert!(connection.get("/c?kind=b").contains(r#"\"b\" is not"#));
    kinds(r#""a", "b""#);
    let took = connection.wait_for("/c?kind=b", |body| body == "taken");
    assert!(took < Duration::from_secs(1), "{took:?}");
    serving.wait_for_error("operations 1 changed\n  ~ GET /c\n");

    write("schemas.json", "{");
    serving.wait_for_error("schemas.json");
    serving.wait_for_error(&format!("mynah: {file} is served as it was before: "));
    assert_eq!(connection.get("/c?kind=b"), "taken");
    kinds(r#""c""#);
    connection.wait_for("/c?kind=b", |body| body != "taken");
}

#[test]
fn what_is_not_watched_stays_as_it_was() {
    for (name, args) in [("default", &[][..]), ("off", &["--watch", "--no-watch"])] {
        let edited = Edited::start(name, args);
        edited.write("Bello", "Rex");
        std::thread::sleep(Duration::from_millis(1200));
        let body = KeptAlive::open(&edited.serving).get("/pets");
        assert_eq!(body, r#"[{"id":1,"name":"Bello"}]"#, "{name}");
    }
}
