//! From what a test names to a compiled API, or to a panic that says what is wrong.

use std::{fs, path::Path};

use crate::{Api, Description, Finding, Source, vendors};

/// A built-in API.
#[track_caller]
pub(super) fn built_in(name: &str) -> Api {
    match vendors::load(name) {
        Some(Ok(api)) => api,
        Some(Err(findings)) => panic!("{}", faults(name, &findings)),
        None => panic!(
            "no built-in API is called `{name}`: there are {}",
            names().join(", ")
        ),
    }
}

/// The API that a file describes.
#[track_caller]
pub(super) fn file(path: &Path) -> Api {
    let shown = path.display().to_string();
    match fs::read_to_string(path) {
        Ok(text) => source(Source::new(shown, text)),
        Err(error) => panic!("the description {shown} cannot be read: {error}"),
    }
}

/// The API that a text describes.
#[track_caller]
pub(super) fn source(source: Source) -> Api {
    let name = source.name.clone();
    let compiled = Description::load(source)
        .map_err(|finding| vec![finding])
        .and_then(Api::compile);
    match compiled {
        Ok(api) => api,
        Err(findings) => panic!("{}", faults(&name, &findings)),
    }
}

fn names() -> Vec<&'static str> {
    vendors::catalogue().iter().map(|api| api.name).collect()
}

fn faults(name: &str, findings: &[Finding]) -> String {
    let mut text = format!("the description `{name}` has faults:");
    for finding in findings {
        text.push_str(&format!("\n{finding}"));
    }
    text
}
