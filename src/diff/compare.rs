//! Two descriptions, operation by operation.

mod callbacks;
mod collect;
mod content;
mod documentation;
mod found;
mod operation;
mod parameters;
mod paths;
mod replies;
mod security;
mod servers;

use std::sync::Arc;

use super::{Change, Subject, Traffic, schema::Schemas, tree::Tree};
use crate::{Description, contract::Direction};
pub(super) use documentation::documentation;
pub(super) use found::Found;

/// What changed; with traffic, only what it touches.
pub(super) fn compare(
    old: &Description,
    new: &Description,
    traffic: Option<&Traffic>,
) -> Vec<Change> {
    let (old, new) = (Tree::new(old), Tree::new(new));
    let mut comparison = Comparison {
        schemas: Schemas::new(&old, &new),
        old: &old,
        new: &new,
        sections: Vec::new(),
    };
    comparison.security_schemes();
    comparison.paths();
    comparison.webhooks();
    collect::collect(comparison, traffic)
}

/// What was compared so far.
pub(super) struct Comparison<'t, 'd> {
    pub(super) old: &'t Tree<'d>,
    pub(super) new: &'t Tree<'d>,
    pub(super) schemas: Schemas<'t, 'd>,
    pub(super) sections: Vec<Section>,
}

/// One part of one operation, and what was found there.
pub(super) struct Section {
    /// The operation; none of what belongs to the description as a whole.
    pub(super) operation: Option<Arc<str>>,
    pub(super) reached: Reached,
    pub(super) subject: Arc<Subject>,
    pub(super) direction: Option<Direction>,
    pub(super) found: Vec<Found>,
    /// The schemas of its value, as the number of their pair.
    pub(super) schemas: Option<usize>,
}

/// By whom an operation is called, as far as what was called is known.
#[derive(Debug, Clone)]
pub(super) enum Reached {
    /// Nobody can tell.
    Always,
    /// Nobody: it is new.
    Never,
    /// Whoever calls the operation at this pointer of the old description.
    Operation(Arc<str>),
    /// The API itself, for whoever calls that operation.
    Callback(Arc<str>),
}

/// An operation that is being compared: what its sections have in common.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) label: Arc<str>,
    pub(super) reached: Reached,
    /// Which way its requests go.
    pub(super) requests: Direction,
}

impl Site {
    /// Which way its replies go.
    pub(super) fn replies(&self) -> Direction {
        match self.requests {
            Direction::Request => Direction::Reply,
            Direction::Reply => Direction::Request,
        }
    }
}

impl Comparison<'_, '_> {
    /// Adds what was found in a part of an operation.
    pub(super) fn add(
        &mut self,
        site: &Site,
        subject: Subject,
        direction: Option<Direction>,
        found: Vec<Found>,
        schemas: Option<usize>,
    ) {
        if found.is_empty() && schemas.is_none() {
            return;
        }
        self.sections.push(Section {
            operation: Some(Arc::clone(&site.label)),
            reached: site.reached.clone(),
            subject: subject.into(),
            direction,
            found,
            schemas,
        });
    }
}
