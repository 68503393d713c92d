//! What a command line chooses about descriptions.

use std::path::PathBuf;

use crate::{
    contract::{Manner, Settings},
    description::Access,
};

/// How descriptions are compiled.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    /// How an API that is not built in refuses and replies where its description says nothing.
    pub(super) manner: fn() -> Manner,
    /// How an API is to reply.
    pub(super) settings: Settings,
    /// Whether to go on without the operations that have faults.
    pub(super) lenient: bool,
    /// What references may lead to.
    pub(super) access: Access,
    /// The files of the overlays, in their order.
    pub(super) overlays: Vec<PathBuf>,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            manner: Manner::default,
            settings: Settings::default(),
            lenient: false,
            access: Access::default(),
            overlays: Vec::new(),
        }
    }
}
