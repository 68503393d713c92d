//! What must hold for any input, tried on seeds and on changes of them.
//!
//! `FUZZ_SECONDS=600 cargo test --test fuzz` tries each target for so long. The same targets are driven by coverage in
//! `fuzz/`, for which `cargo fuzz` is needed. An input that made one fail becomes a seed.

mod change;
mod targets;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use change::Changes;

/// How long each target is tried where nobody says for how long, in seconds: enough to see that it still holds.
const SECONDS: u64 = 2;

fn main() {
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with('-'))
        .collect();
    let seconds = std::env::var("FUZZ_SECONDS").ok();
    let seconds = seconds.map(|text| text.parse().expect("FUZZ_SECONDS is a number of seconds"));
    let time = Duration::from_secs(seconds.unwrap_or(SECONDS));
    let is_named = |name: &str| named.is_empty() || named.iter().any(|it| it == name);
    let mut held = 0;
    for (name, folder, target) in targets::ALL {
        if is_named(name) {
            let (count, took) = run(name, &seeds(folder), target, time);
            let took = took.as_secs_f64();
            println!("test {name} ... ok: {count} inputs in {took:.1} s");
            held += 1;
        }
    }
    let all = targets::ALL.len();
    println!("\ntest result: ok. {held} of {all} targets were tried, and held");
}

/// Tries a target on its seeds, and then on changes of them; how often, and for how long.
fn run(name: &str, seeds: &[Vec<u8>], target: targets::Target, time: Duration) -> (u64, Duration) {
    let started = Instant::now();
    let mut changes = Changes::of(seeds);
    let mut unchanged = seeds.iter().cloned();
    let mut count = 0;
    while started.elapsed() < time || unchanged.len() > 0 {
        let input = unchanged.next().unwrap_or_else(|| changes.next());
        let failure = Failure(name, &input);
        target(&input);
        std::mem::forget(failure);
        count += 1;
    }
    (count, started.elapsed())
}

/// Every file of a folder of seeds, by name, so that each run is the same.
fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/seeds")
        .join(folder);
    let files = fs::read_dir(&folder).expect("each target has a folder of seeds");
    let mut files: Vec<_> = files
        .map(|file| file.expect("it can be read").path())
        .collect();
    files.sort();
    let seeds: Vec<_> = files
        .iter()
        .map(|file| fs::read(file).expect("it can be read"))
        .collect();
    assert!(!seeds.is_empty(), "{} has seeds", folder.display());
    seeds
}

/// Tells, when a target panics, on which input.
struct Failure<'a>(&'a str, &'a [u8]);

impl Drop for Failure<'_> {
    fn drop(&mut self) {
        let file = std::env::temp_dir().join(format!("mynah-fuzz-{}", self.0));
        let written = fs::write(&file, self.1);
        eprintln!(
            "{} failed on the input in {} ({written:?})",
            self.0,
            file.display()
        );
    }
}
