//! `mynah review`, as it is used: in a terminal.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    process::Child,
    sync::mpsc,
    time::Duration,
};

use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::LocalModes,
};

use crate::{in_process::assert_text, snapshot::Project};

/// A program in a terminal.
struct Terminal {
    process: Child,
    keys: File,
    shown: mpsc::Receiver<Vec<u8>>,
    screen: String,
}

impl Terminal {
    fn start(project: &Project, args: &[&str]) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = OpenOptions::new()
            .read(true)
            .write(true)
            .open(name)
            .unwrap();
        let process = project
            .command(args)
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .stdin(theirs.try_clone().unwrap())
            .stdout(theirs.try_clone().unwrap())
            .stderr(theirs)
            .spawn();
        let keys = File::from(ours);
        let mut read = keys.try_clone().unwrap();
        let (send, shown) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Linux says EIO when the last program at a terminal ends.
            while let Ok(count @ 1..) = read.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            process: process.unwrap(),
            keys,
            shown,
            screen: String::new(),
        }
    }

    /// Waits for a text, and gives what was shown up to it.
    fn wait_for(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.screen.find(text) {
                let rest = self.screen.split_off(at + text.len());
                return std::mem::replace(&mut self.screen, rest);
            }
            match self.shown.recv_timeout(Duration::from_secs(20)) {
                Ok(bytes) => self.screen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("no {text:?} in {}", self.screen),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    fn end(&mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }
}

/// A project in which replies of four statuses wait: two by the same lines.
fn edited() -> Project {
    let project = Project::new();
    project.snapshot(&[]);
    project.edit("error: sold out", "error: none left");
    project.edit("example: /orders/1", "example: /orders/2");
    project.edit("{error: broken}", "{error: torn}");
    project.snapshot(&[]);
    assert_eq!(project.pending().len(), 5, "{:?}", project.pending());
    project
}

const PROMPT: &str = " > ";

#[test]
fn each_change_is_shown_with_its_line_and_accepted_or_not() {
    let project = edited();
    let mut terminal = Terminal::start(&project, &["review"]);
    let screen = terminal.wait_for(PROMPT);
    assert_text("cli_review_screen", &screen.replace('\u{1b}', "␛"));
    // A key that means nothing changes nothing.
    terminal.press("xA");
    terminal.wait_for("4 of 5: ");
    terminal.wait_for(PROMPT);
    terminal.press("r");
    terminal.wait_for("5 of 5: ");
    terminal.wait_for(PROMPT);
    terminal.press("s");
    terminal.wait_for("3 accepted, 1 rejected, 1 left to review");
    assert_eq!(terminal.end(), Some(0));
    assert_eq!(project.pending().len(), 1);

    let files = project.files();
    let placed = &files["post_orders__201__application-json__one.snap"];
    assert!(placed.contains("location: /orders/2"), "{placed}");
    assert!(!placed.contains("assertion_line"), "{placed}");
    let out = &files["post_orders__409__application-json__sold-out.snap"];
    assert!(out.contains("sold out"), "{out}");

    // What was accepted is what is written.
    let mut terminal = Terminal::start(&project, &["review"]);
    terminal.wait_for("1 of 1: ");
    terminal.press("a");
    assert_eq!(terminal.end(), Some(0));
    assert_eq!(project.snapshot(&[]).code, Some(0));
    assert_eq!(project.pending().len(), 1, "what was rejected waits again");
    let accepted = project.files();
    project.snapshot(&["--accept"]);
    let same = |name: &str| assert_eq!(project.files()[name], accepted[name], "{name}");
    same("post_orders__201__application-json__one.snap");
    same("post_orders__5xx__application-json.snap");
}

#[test]
fn what_the_change_of_the_description_means_is_shown() {
    let project = Project::new();
    project.snapshot(&[]);
    project.commit();
    project.edit("items: {type: integer}", "items: {type: string}");
    project.snapshot(&[]);
    let mut terminal = Terminal::start(&project, &["review"]);
    let screen = terminal.wait_for(PROMPT);
    assert_text("cli_review_meaning", &screen.replace('\u{1b}', "␛"));
    terminal.press("s");
    assert_eq!(terminal.end(), Some(0));

    let first_line = |args: &[&str], line: &str| {
        let mut terminal = Terminal::start(&project, args);
        let screen = terminal.wait_for(PROMPT);
        assert!(screen.contains(line), "{screen}");
        terminal.press("q");
        assert_eq!(terminal.end(), Some(0));
    };
    first_line(
        &["review", "--since", "v9"],
        "nobody can tell what the change means: git cannot show v9:api/replies.yaml: ",
    );
    project.commit();
    first_line(
        &["review"],
        "nothing changed in api/replies.yaml since HEAD; --since names an older revision",
    );
    first_line(&["review", "--since", "HEAD~1"], "breaking for clients");
}

#[test]
fn what_is_gone_is_removed_or_kept() {
    let project = Project::new();
    project.snapshot(&[]);
    project.commit();
    let accepted = project.files();
    project.edit("        '202': {description: Later}\n", "");
    project.edit("'418': {description", "x-418: {description");
    project.snapshot(&[]);
    let mut terminal = Terminal::start(&project, &["review"]);
    let screen = terminal.wait_for(PROMPT);
    assert_text("cli_review_gone", &screen.replace('\u{1b}', "␛"));
    terminal.press("r");
    terminal.wait_for("2 of 2: ");
    terminal.wait_for(PROMPT);
    terminal.press("r");
    terminal.wait_for("0 accepted, 2 rejected, 0 left to review");
    assert_eq!(terminal.end(), Some(0));
    assert_eq!(project.files(), accepted);

    project.snapshot(&[]);
    let mut terminal = Terminal::start(&project, &["review"]);
    terminal.wait_for("A accept all 2 of this kind");
    terminal.press("A");
    terminal.wait_for("2 accepted, 0 rejected, 0 left to review");
    assert_eq!(terminal.end(), Some(0));
    assert_eq!(project.files().len(), accepted.len() - 2);
    assert_eq!(project.snapshot(&["--check"]).code, Some(0));
}

#[test]
fn whoever_quits_leaves_the_rest_and_the_terminal_as_they_were() {
    for keys in ["q", "\u{3}"] {
        let project = edited();
        let before = project.files();
        let mut terminal = Terminal::start(&project, &["review"]);
        terminal.wait_for(PROMPT);
        let echoes = |terminal: &Terminal| {
            let modes = rustix::termios::tcgetattr(&terminal.keys).unwrap();
            modes.local_modes.contains(LocalModes::ECHO)
        };
        assert!(!echoes(&terminal));
        terminal.press(keys);
        terminal.wait_for("0 accepted, 0 rejected, 5 left to review");
        assert_eq!(terminal.end(), Some(0));
        assert!(echoes(&terminal));
        assert_eq!(project.files(), before);
    }
}

#[test]
fn a_review_without_a_terminal_or_changes_says_so() {
    let project = Project::new();
    let ran = project.run(&["review"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.err, "mynah: nothing to review in snapshots\n");
    let project = edited();
    let ran = project
        .command(&["review"])
        .stdin(std::process::Stdio::null())
        .output();
    let ran = ran.unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(err.contains("--accept"), "{err}");
}
