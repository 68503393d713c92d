//! What was lowered, for people who read the generated module's documentation.

use crate::description::Description;

/// A sentence for each thing lowered, in the order in which it happened, none twice.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    /// Records a sentence.
    pub fn add(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    /// The sentences.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The documentation of a description's module, line by line.
pub(super) fn module_docs(description: &Description, file: &str, notes: &Notes) -> Vec<String> {
    let info = |key| {
        description
            .at(&format!("/info/{key}"))
            .and_then(|value| value.as_str())
    };
    let title = info("title").unwrap_or(file);
    let version = info("version").unwrap_or_default();
    let mut lines = vec![
        format!("{title}, version {version}: generated from `{file}`."),
        String::new(),
        "A type accepts whatever fits its fields; whether a message is valid is the validator's to say.".to_owned(),
    ];
    let mut notes = notes.iter().peekable();
    if notes.peek().is_some() {
        lines.push(String::new());
        lines.push("What was lowered to generate this:".to_owned());
        lines.push(String::new());
    }
    lines.extend(notes.map(|note| format!("* {note}")));
    // Without the space a line would be printed as `//!word`.
    lines
        .iter()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
        .collect()
}
