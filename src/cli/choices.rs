//! What a command line chooses about descriptions.

use crate::{
    contract::{Manner, Settings},
    reach::Reach,
};

/// How descriptions are read and compiled.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    /// How an API that is not built in refuses and replies where its description says nothing.
    pub(super) manner: fn() -> Manner,
    /// How an API is to reply.
    pub(super) settings: Settings,
    /// Whether to go on without the operations that have faults.
    pub(super) lenient: bool,
    /// Whether references may lead to files outside of a description's folder.
    pub(super) outside: bool,
    /// On which other machines documents are read. By default references lead to none, and only
    /// descriptions that are named are read, from public addresses.
    pub(super) remote: Option<Reach>,
    /// The overlays, as they are named, in their order.
    pub(super) overlays: Vec<String>,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            manner: Manner::default,
            settings: Settings::default(),
            lenient: false,
            outside: false,
            remote: None,
            overlays: Vec::new(),
        }
    }
}
