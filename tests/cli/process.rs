//! The program itself, serving until it is told to end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

/// A running server, its output after the address was printed, and the address.
pub struct Serving {
    process: Child,
    out: BufReader<ChildStdout>,
    err: mpsc::Receiver<String>,
    pub printed: String,
    pub address: String,
}

impl Serving {
    pub fn start(args: &[&str]) -> Self {
        Self::start_in(args, &[])
    }

    /// Starts it with variables of the environment.
    pub fn start_in(args: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_with(args, environment, Stdio::null())
    }

    fn start_with(args: &[&str], environment: &[(&str, &str)], input: Stdio) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_mynah"))
            .args(args)
            .env("MYNAH_PORT", "0")
            .envs(environment.iter().copied())
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let err = BufReader::new(process.stderr.take().unwrap());
        let (lines, read) = mpsc::channel();
        std::thread::spawn(move || {
            let mut lines_of_err = err.lines().map_while(Result::ok);
            lines_of_err.try_for_each(|line| lines.send(line + "\n"))
        });
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut printed = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "{printed}");
            if let Some(address) = line.strip_prefix("listening on http://") {
                break address.trim_end().to_owned();
            }
            printed.push_str(&line);
        };
        Self {
            process,
            out,
            err: read,
            printed,
            address,
        }
    }

    pub fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path}"), "", "")
    }

    /// Waits until standard error has a text, and forgets what came up to it.
    pub fn wait_for_error(&mut self, text: &str) {
        let mut so_far = String::new();
        while !so_far.contains(text) {
            match self.err.recv_timeout(Duration::from_secs(10)) {
                Ok(line) => so_far.push_str(&line),
                Err(_) => panic!("no `{text}` in `{so_far}`"),
            }
        }
    }

    /// Its exit code once it got a signal.
    #[cfg(unix)]
    pub fn ended_by(&mut self, signal: &str) -> Option<i32> {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        self.process.wait().unwrap().code()
    }

    /// The most memory that it had so far, in KiB.
    #[cfg(target_os = "linux")]
    pub fn peak_kib(&self) -> usize {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Ends the process at once, whatever it is doing.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends a request of method and path, header fields and a body; the whole answer.
    pub fn send(&self, line: &str, fields: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Ended already, when the test got that far.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn all_apis_are_served_below_their_names() {
    let serving = Serving::start(&[]);
    assert!(!serving.address.ends_with(":0"), "{}", serving.address);
    for name in ["libredesk", "respondent"] {
        let url = format!("http://{}/{name}", serving.address);
        assert!(serving.printed.contains(&url), "{}", serving.printed);
    }
    assert!(serving.get("/").starts_with("HTTP/1.1 200 "));
    assert!(serving.get("/nowhere").starts_with("HTTP/1.1 404 "));
}

#[test]
fn one_api_is_served_at_the_root() {
    let serving = Serving::start(&["serve", "libredesk", "libredesk", "--workers", "1"]);
    let url = format!("http://{}/libredesk", serving.address);
    assert!(!serving.printed.contains(&url), "{}", serving.printed);
}

#[test]
fn descriptions_are_served_where_they_are_meant_to_be() {
    let pets = "tests/cli/descriptions/pets.yaml";
    let folder = "tests/cli/descriptions/folder";
    let deep = format!("/a/b={folder}");
    let root = format!("/={folder}");
    for (args, path) in [
        (&["serve", pets][..], "/pets"),
        (&["serve", folder], "/pets"),
        (&["serve", pets, "libredesk"], "/pets/pets"),
        (&["serve", "--mount", &deep], "/a/b/pets"),
        (&["serve", pets, "--mount", &root], "/pets/pets"),
        (
            &["serve", pets, "--mount", &root, "--mount", &deep],
            "/a/b/pets",
        ),
    ] {
        let serving = Serving::start(args);
        let answer = serving.get(path);
        assert!(
            answer.ends_with(r#"[{"id":1,"name":"Bello"}]"#),
            "{args:?}: {answer}"
        );
        assert!(serving.get("/nowhere").starts_with("HTTP/1.1 404 "));
    }
}

#[test]
fn leniently_operations_without_faults_are_served() {
    let faulty = "tests/cli/descriptions/faulty.yaml";
    let mut serving = Serving::start(&["serve", faulty, "--lenient"]);
    serving.wait_for_error("error[schema]");
    assert!(serving.get("/pets").starts_with("HTTP/1.1 501 "));
    assert!(serving.get("/dogs").starts_with("HTTP/1.1 204 "));
}

#[test]
fn a_description_of_several_files_is_served() {
    let several = "tests/cli/descriptions/linked/api.yaml";
    let serving = Serving::start(&["serve", several]);
    assert!(serving.get("/pets").ends_with(r#"{"name":"Bello"}"#));
}

#[test]
fn a_description_is_read_from_standard_input() {
    let file = std::fs::File::open("tests/cli/descriptions/pets.yaml").unwrap();
    let serving = Serving::start_with(&["serve", "-"], &[], file.into());
    assert!(serving.get("/pets").starts_with("HTTP/1.1 200 "));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_success() {
    for signal in ["INT", "TERM"] {
        let mut serving = Serving::start(&[]);
        let id = serving.process.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &id])
            .status()
            .unwrap();
        assert!(sent.success());
        assert_eq!(serving.process.wait().unwrap().code(), Some(0), "{signal}");
        let mut rest = String::new();
        serving.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "");
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once() {
    let mut serving = Serving::start(&["--stop-timeout", "60"]);
    // A request that never ends.
    let mut stream = TcpStream::connect(&serving.address).unwrap();
    let begun = b"POST /libredesk/x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{";
    stream.write_all(begun).unwrap();
    let pause = || std::thread::sleep(std::time::Duration::from_millis(200));
    let id = serving.process.id().to_string();
    for ended in [false, true] {
        assert!(
            serving.process.try_wait().unwrap().is_none(),
            "ended too soon"
        );
        pause();
        Command::new("kill")
            .args(["-s", "INT", &id])
            .status()
            .unwrap();
        pause();
        assert_eq!(serving.process.try_wait().unwrap().is_some(), ended);
    }
}
