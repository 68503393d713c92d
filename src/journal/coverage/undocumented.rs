//! Calls of what is not documented.

use std::{collections::BTreeMap, sync::Arc};

use super::super::Record;

/// The most calls that are told apart, since clients choose the paths.
const MAX_CALLS: usize = 1000;

/// The most characters of a path that are kept.
const MAX_PATH: usize = 256;

/// Calls of what is not documented, and how often they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undocumented {
    /// The calls, each with how often it came; by API, path and method.
    pub calls: Vec<(UndocumentedCall, u64)>,
    /// How many more came once there were too many to tell them apart.
    pub others: u64,
}

/// A call of what is not documented.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UndocumentedCall {
    /// The API that is served there; none where none is.
    pub api: Option<Arc<str>>,
    /// The path below the API's prefix, percent-encoded; of a very long one the beginning.
    pub path: String,
    /// The method.
    pub method: String,
    /// Why it is not a documented one: the code of a rule, such as `unknown-path`.
    pub why: String,
}

impl Undocumented {
    /// How many calls there were.
    pub fn count(&self) -> u64 {
        let told_apart: u64 = self.calls.iter().map(|(_, count)| count).sum();
        told_apart + self.others
    }
}

impl UndocumentedCall {
    fn of(record: &Record) -> Self {
        let request = &record.exchange.request;
        let why = record.exchange.violations.first();
        Self {
            api: record.api.clone(),
            path: beginning(request.path()),
            method: request.method.to_string(),
            // An operation that no counted API has is a path that none has.
            why: why.map_or("unknown-path", |it| it.rule.code()).to_owned(),
        }
    }
}

fn beginning(path: &str) -> String {
    match path.char_indices().nth(MAX_PATH) {
        Some((end, _)) => format!("{}…", &path[..end]),
        None => path.to_owned(),
    }
}

/// The counts as they grow.
#[derive(Default)]
pub(super) struct Calls {
    counts: BTreeMap<UndocumentedCall, u64>,
    others: u64,
}

impl Calls {
    pub(super) fn add(&mut self, record: &Record) {
        let call = UndocumentedCall::of(record);
        let has_room = self.counts.len() < MAX_CALLS;
        match self.counts.get_mut(&call) {
            Some(count) => *count += 1,
            None if has_room => drop(self.counts.insert(call, 1)),
            None => self.others += 1,
        }
    }

    pub(super) fn counted(&self) -> Undocumented {
        let calls = self.counts.iter();
        Undocumented {
            calls: calls.map(|(call, count)| (call.clone(), *count)).collect(),
            others: self.others,
        }
    }
}
