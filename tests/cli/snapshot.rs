//! `mynah snapshot`: the same files everywhere, and what becomes of them when the description changes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    in_process::{assert_snapshot, assert_text},
    process::Serving,
    requests::Bash,
};

/// A folder with a description of its own in `api/`, where the program is run.
pub struct Project {
    root: TempDir,
}

/// What a run of the program gave.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Project {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let project = Self { root };
        fs::create_dir(project.path("api")).unwrap();
        for file in ["replies.yaml", "bytes.txt"] {
            let from = Path::new("tests/cli/descriptions").join(file);
            fs::copy(from, project.path("api").join(file)).unwrap();
        }
        project
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// The same with a text of the description replaced.
    pub fn edit(&self, from: &str, to: &str) {
        let path = self.path("api/replies.yaml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "no {from}");
        fs::write(&path, text.replace(from, to)).unwrap();
    }

    /// Commits all that is there.
    pub fn commit(&self) {
        let author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
        let commit = [&author[..], &["commit", "-q", "-m", "next"]].concat();
        for args in [&["init", "-q"][..], &["add", "-A"], &commit] {
            let git = Command::new("git")
                .args(args)
                .current_dir(self.root.path())
                .status();
            assert!(git.unwrap().success(), "git {args:?}");
        }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mynah"));
        command.args(args).current_dir(self.root.path());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let ran = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: ran.status.code(),
            out: text(ran.stdout),
            err: text(ran.stderr),
        }
    }

    /// Writes the snapshots, or what differs from them.
    pub fn snapshot(&self, more: &[&str]) -> Ran {
        self.run(&[&["snapshot", "api/replies.yaml"], more].concat())
    }

    /// The files of snapshots, by name.
    pub fn files(&self) -> BTreeMap<String, String> {
        let folder = fs::read_dir(self.path("snapshots/replies")).unwrap();
        let file = |path: PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        folder.map(|entry| file(entry.unwrap().path())).collect()
    }

    pub fn pending(&self) -> Vec<String> {
        let files = self.files().into_keys();
        files.filter(|name| name.ends_with(".snap.new")).collect()
    }
}

#[test]
fn help() {
    assert_snapshot("cli_snapshot_help", &["snapshot", "--help"]);
    assert_snapshot("cli_review_help", &["review", "--help"]);
}

#[test]
fn files_are_the_same_in_every_place_language_and_time_zone() {
    let (here, there) = (Project::new(), Project::new());
    assert_eq!(here.snapshot(&[]).code, Some(0));
    let spec = there.path("api/replies.yaml");
    let folder = there.path("snapshots");
    let elsewhere = tempfile::tempdir().unwrap();
    let ran = there
        .command(&[
            "snapshot",
            spec.to_str().unwrap(),
            "--folder",
            folder.to_str().unwrap(),
        ])
        .current_dir(elsewhere.path())
        .envs([
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "de_DE.UTF-8"),
            ("TZ", "Asia/Tokyo"),
        ])
        .status();
    assert!(ran.unwrap().success());
    assert!(here.files().len() > 20);
    assert_eq!(here.files(), there.files());
    let placed = here
        .files()
        .into_values()
        .find(|text| text.contains("/tmp/"));
    assert_eq!(placed, None);

    // Nothing is new any more.
    let before = here.files();
    let again = here.snapshot(&[]);
    assert!(
        again.out.ends_with("replies, all as accepted\n"),
        "{}",
        again.out
    );
    assert_eq!(here.files(), before);
    assert_eq!(here.snapshot(&["--check"]).code, Some(0));
}

#[test]
fn what_is_written_is_what_is_documented() {
    let project = Project::new();
    let ran = project.snapshot(&[]);
    assert_eq!(
        ran.err,
        "mynah: no request obtains PUT /upload: 100: an interim status is no reply\n"
    );
    let files = project.files();
    let file = &files["post_orders__201__application-json__one.snap"];
    assert_text("cli_snapshot_file", file);
    let names: Vec<&str> = files.keys().map(|name| &**name).collect();
    assert_text("cli_snapshot_names", &names.join("\n"));
    let picture = &files["get_orders-id-picture__200__image-png.snap"];
    assert!(
        picture.contains("\ncontent-type: image/png\n\n("),
        "{picture}"
    );
}

#[test]
fn every_line_in_the_files_obtains_the_reply_that_follows_it() {
    let project = Project::new();
    project.snapshot(&[]);
    let spec = project.path("api/replies.yaml");
    let serving = Serving::start(&["serve", spec.to_str().unwrap()]);
    let bash = Bash::new();
    for (name, text) in project.files() {
        let (_, contents) = text[4..].split_once("---\n").unwrap();
        let (line, reply) = contents.split_once("\n\n").unwrap();
        let line = line.replace("127.0.0.1:4010", &serving.address);
        let (head, body) = bash.execute(&line);
        let (fields, shown) = reply.split_once("\n\n").unwrap_or((reply, ""));
        let mut fields = fields.trim_end().lines();
        let status = &fields.next().unwrap()[..3];
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status} ")),
            "{name}: {line}\n{head}"
        );
        for field in fields {
            assert!(
                head.contains(&format!("{field}\r\n")),
                "{name}: {field}\n{head}"
            );
        }
        let is_head = line.contains("--head");
        let body = String::from_utf8_lossy(if is_head { b"" } else { &body });
        match (read(&body), read(shown)) {
            (Some(body), Some(shown)) => assert_eq!(body, shown, "{name}"),
            _ if shown.contains("FNV-1a") => {}
            _ => assert_eq!(body.trim_end(), shown.trim_end(), "{name}"),
        }
    }
}

/// JSON without the places where rules are stated.
fn read(text: &str) -> Option<Value> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let errors = value.get_mut("errors").and_then(Value::as_array_mut);
    for error in errors.into_iter().flatten() {
        error.as_object_mut()?.remove("stated");
    }
    Some(value)
}

#[test]
fn what_changed_waits_beside_what_was_accepted() {
    let project = Project::new();
    project.snapshot(&[]);
    let accepted = project.files();
    project.edit("error: sold out", "error: none left");

    let checked = project.snapshot(&["--check"]);
    assert_eq!(checked.code, Some(1));
    assert_text("cli_snapshot_check", &checked.out);
    assert_eq!(project.files(), accepted, "a check writes nothing");

    let markdown = project.snapshot(&["--check", "--markdown"]);
    assert_eq!(markdown.code, Some(1));
    assert_text("cli_snapshot_markdown", &markdown.out);

    let written = project.snapshot(&[]);
    assert_eq!(written.code, Some(0));
    assert_text("cli_snapshot_changed", &written.out);
    let name = "post_orders__409__application-json__sold-out.snap.new";
    assert_eq!(project.pending(), [name]);
    let pending = &project.files()[name];
    assert!(
        pending.starts_with("---\nsource: api/replies.yaml\nassertion_line: "),
        "{pending}"
    );

    // What is no change any more does not wait any more.
    project.edit("error: none left", "error: sold out");
    project.snapshot(&[]);
    assert_eq!(project.files(), accepted);
}

/// What `cargo insta accept` does with a file is to read it and to save it.
#[test]
fn insta_reads_the_files_and_writes_the_same() {
    let project = Project::new();
    project.snapshot(&[]);
    project.edit("{error: broken}", "{error: torn}");
    project.snapshot(&[]);
    let folder = project.path("snapshots/replies");
    for (name, text) in project.files() {
        let file = folder.join(&name);
        let read = insta::Snapshot::from_file(&file).unwrap();
        assert_eq!(read.metadata().source(), Some("api/replies.yaml"), "{name}");
        let is_pending = name.ends_with(".new");
        assert_eq!(
            read.metadata().assertion_line().is_some(),
            is_pending,
            "{name}"
        );
        let saved = folder.join("saved.snap");
        read.save(&saved).unwrap();
        let lines = text.split_inclusive('\n');
        let accepted: String = lines
            .filter(|it| !it.starts_with("assertion_line:"))
            .collect();
        assert_eq!(fs::read_to_string(saved).unwrap(), accepted, "{name}");
    }
}

#[test]
fn what_is_new_is_written_and_what_is_gone_is_told() {
    let project = Project::new();
    project.snapshot(&[]);
    let accepted = project.files();
    project.edit("sold out: {value", "out: {value");
    let ran = project.snapshot(&[]);
    assert_eq!(ran.code, Some(0));
    assert_text("cli_snapshot_gone", &ran.out);
    let gone = "post_orders__409__application-json__sold-out.snap";
    assert!(project.files().contains_key(gone));
    assert_eq!(project.snapshot(&["--check"]).code, Some(1));
    let waits = format!("{gone}.gone");
    let told = "This reply is documented no more. `mynah review` removes its file, or keeps it.\n";
    assert_eq!(project.files()[&waits], told);

    // What is documented again does not wait any more.
    project.edit("out: {value", "sold out: {value");
    project.snapshot(&[]);
    assert!(!project.files().contains_key(&waits));
    project.edit("sold out: {value", "out: {value");
    project.snapshot(&[]);
    assert_eq!(project.snapshot(&["--accept"]).code, Some(0));
    assert!(!project.files().contains_key(gone));
    assert!(!project.files().contains_key(&waits));
    assert_eq!(project.snapshot(&["--check"]).code, Some(0));
    assert_eq!(project.files().len(), accepted.len());
}

#[test]
fn operations_with_faults_are_passed_over() {
    let project = Project::new();
    project.snapshot(&[]);
    let accepted = project.files();
    project.edit("items: {type: integer}", "items: {type: intger}");
    assert_eq!(project.snapshot(&["--check"]).code, Some(3));
    let ran = project.snapshot(&["--check", "--lenient"]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    let note = "mynah: passed over, since it has faults: PUT /upload\n";
    assert!(ran.err.contains(note), "{}", ran.err);
    project.snapshot(&["--accept", "--lenient"]);
    assert_eq!(project.files(), accepted);
}

#[test]
fn a_comment_says_what_the_change_of_the_description_means() {
    let project = Project::new();
    project.snapshot(&[]);
    project.commit();
    project.edit("items: {type: integer}", "items: {type: string}");
    project.edit("        '202': {description: Later}\n", "");
    let ran = project.snapshot(&["--check", "--markdown"]);
    assert_eq!(ran.code, Some(1));
    assert_text("cli_snapshot_markdown_meaning", &ran.out);
    // The same from elsewhere, and since a revision.
    project.commit();
    let same = project.snapshot(&["--check", "--markdown"]);
    assert!(!same.out.contains("breaking for clients"), "{}", same.out);
    let remark =
        "mynah: nothing changed in api/replies.yaml since HEAD; --since names an older revision\n";
    assert!(same.err.ends_with(remark), "{}", same.err);
    let since = project.snapshot(&["--check", "--markdown", "--since", "HEAD~1"]);
    assert_eq!(since.out, ran.out);
}

#[test]
fn what_was_written_by_others_is_left_alone() {
    let project = Project::new();
    fs::create_dir_all(project.path("snapshots/replies")).unwrap();
    let other = project.path("snapshots/other.snap");
    fs::write(&other, "---\nsource: x\n---\nx\n").unwrap();
    // Line breaks and front matter are no difference.
    project.snapshot(&[]);
    let file = project.path("snapshots/replies/get_orders-id-picture__304.snap");
    let text = fs::read_to_string(&file).unwrap();
    let changed = text.replace("source: api/replies.yaml", "source: 'x'\nexpression: y");
    fs::write(&file, changed.replace('\n', "\r\n")).unwrap();
    assert_eq!(project.snapshot(&["--check"]).code, Some(0));
    assert!(other.exists());
}

#[test]
fn what_cannot_be_written_or_read_is_told() {
    let project = Project::new();
    let ran = project.snapshot(&["--folder", "api/bytes.txt/x"]);
    assert_eq!(ran.code, Some(4), "{}", ran.err);
    assert!(ran.err.contains("bytes.txt"), "{}", ran.err);
    assert_eq!(project.run(&["snapshot"]).code, Some(2));
    assert_eq!(project.run(&["snapshot", "nowhere.yaml"]).code, Some(2));
    assert_eq!(project.snapshot(&["--check", "--accept"]).code, Some(2));
}
