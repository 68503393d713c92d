use std::{env, fs, sync::atomic::AtomicUsize, sync::atomic::Ordering, thread};

use super::{
    super::tests::{record, violated},
    *,
};
use crate::exchange::Rule;

/// The name of a file that is gone with the test.
struct Name(PathBuf);

impl Name {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mynah-{}-{count}.jsonl", std::process::id());
        Self(env::temp_dir().join(name))
    }

    fn open(&self) -> JournalFile {
        JournalFile::open(&self.0, Secrets::Redacted).unwrap()
    }

    fn targets(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.0).unwrap();
        let read = |line: &str| Record::from_json(line.as_bytes()).unwrap().0;
        let records = text.lines().map(read);
        records
            .map(|it| it.exchange.request.target().into_owned())
            .collect()
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        // What is left behind is a small file in a folder for such.
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn each_record_is_a_line_and_a_second_start_goes_on() {
    let name = Name::new();
    name.open().append(&record("GET", "/1"), &[]).unwrap();
    let file = name.open();
    file.append(
        &violated(record("GET", "/2?password=hush"), Rule::Syntax),
        &[],
    )
    .unwrap();
    assert_eq!(name.targets(), ["/1", "/2?password=***"]);
}

#[test]
fn threads_do_not_tear_each_others_lines() {
    let name = Name::new();
    let file = name.open();
    thread::scope(|scope| {
        for number in 0..8 {
            let file = &file;
            scope.spawn(move || {
                for index in 0..100 {
                    let target = format!("/{number}/{index}");
                    file.append(&record("GET", &target), &[]).unwrap();
                }
            });
        }
    });
    let mut targets = name.targets();
    targets.sort();
    targets.dedup();
    assert_eq!(targets.len(), 800);
}

#[test]
fn what_is_no_whole_line_is_cut_off() {
    let name = Name::new();
    name.open().append(&record("GET", "/1"), &[]).unwrap();
    let whole = fs::read(&name.0).unwrap();
    // Longer than what is read at once.
    let long = [b"{\"mynah\":1,".as_slice(), &vec![b'x'; 200_000]].concat();
    for torn in [&b"{"[..], &long] {
        fs::write(&name.0, [&whole, torn].concat()).unwrap();
        name.open().append(&record("GET", "/2"), &[]).unwrap();
        assert_eq!(name.targets(), ["/1", "/2"]);
    }
    fs::write(&name.0, "{\"myn").unwrap();
    name.open().append(&record("GET", "/3"), &[]).unwrap();
    assert_eq!(name.targets(), ["/3"]);
}

#[test]
fn another_file_is_left_alone() {
    let name = Name::new();
    for text in ["{\"openapi\": \"3.1.0\"}", "x", "{\"mynah\" :1}\n"] {
        fs::write(&name.0, text).unwrap();
        let refused = JournalFile::open(&name.0, Secrets::Kept);
        assert!(matches!(refused, Err(OpenError::NoJournal)), "{text}");
        assert_eq!(fs::read_to_string(&name.0).unwrap(), text);
    }
    let refused = JournalFile::open(Path::new("/nowhere/journal"), Secrets::Kept);
    assert!(matches!(refused, Err(OpenError::Io(_))));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once() {
    let told = Arc::new(AtomicUsize::new(0));
    let listener = Arc::clone(&told);
    let file = JournalFile::open(Path::new("/dev/full"), Secrets::Kept).unwrap();
    let file = file.telling(move |trouble| {
        assert!(
            matches!(trouble, Trouble::Failed(error) if error.kind() == io::ErrorKind::StorageFull)
        );
        listener.fetch_add(1, Ordering::Relaxed);
    });
    for _ in 0..3 {
        assert_eq!(file.append(&record("GET", "/1"), &[]), Err(Unwritten));
    }
    assert_eq!(told.load(Ordering::Relaxed), 1);
}
