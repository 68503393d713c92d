//! What a description documents and exchanges can exercise.

use std::{fmt, sync::Arc};

use crate::contract::{In, Operation, ReplyContent, StatusKey};

/// One thing that is documented of an operation and can be exercised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The operation itself: a request for it.
    Operation,
    /// A parameter that was sent.
    Parameter(In, Arc<str>),
    /// A media type that the request's body was sent as.
    RequestBody(Arc<str>),
    /// A reply that was given, by its status and media type; none where it is documented without
    /// content.
    Reply(StatusKey, Option<Arc<str>>),
    /// A named example of a reply that was given: status, media type, name.
    Example(StatusKey, Arc<str>, Arc<str>),
}

/// The kinds of items, in the order in which reports have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// Operations.
    Operation,
    /// Parameters.
    Parameter,
    /// Media types of requests.
    RequestBody,
    /// Replies.
    Reply,
    /// Named examples of replies.
    Example,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Operation,
        Self::Parameter,
        Self::RequestBody,
        Self::Reply,
        Self::Example,
    ];

    /// The word for several of it, such as `request bodies`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::RequestBody => "request bodies",
            Self::Reply => "replies",
            Self::Example => "examples",
        }
    }
}

impl Item {
    /// Of which kind it is.
    pub fn kind(&self) -> ItemKind {
        match self {
            Self::Operation => ItemKind::Operation,
            Self::Parameter(..) => ItemKind::Parameter,
            Self::RequestBody(_) => ItemKind::RequestBody,
            Self::Reply(..) => ItemKind::Reply,
            Self::Example(..) => ItemKind::Example,
        }
    }

    /// All that is documented of an operation, the operation itself first.
    pub(super) fn all_of(operation: &Operation) -> Vec<Self> {
        let mut items = vec![Self::Operation];
        let parameters = operation.parameters.iter();
        items.extend(parameters.map(|it| Self::Parameter(it.place, Arc::clone(&it.name))));
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        items.extend(bodies.map(|it| Self::RequestBody(it.media_type.to_string().into())));
        for reply in &operation.replies {
            if reply.content.is_empty() {
                items.push(Self::Reply(reply.key, None));
            }
            for content in &reply.content {
                items.push(Self::Reply(reply.key, Some(Arc::clone(&content.label))));
                items.extend(names(content).map(|name| {
                    Self::Example(reply.key, Arc::clone(&content.label), Arc::clone(name))
                }));
            }
        }
        items
    }
}

fn names(content: &ReplyContent) -> impl Iterator<Item = &Arc<str>> {
    let examples = content.examples.iter();
    examples.filter_map(|example| example.name.as_ref())
}

/// Such as ``query `limit` `` or `200 application/json`.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation => f.write_str("operation"),
            Self::Parameter(place, name) => write!(f, "{} `{name}`", place.as_str()),
            Self::RequestBody(media_type) => write!(f, "body {media_type}"),
            Self::Reply(status, None) => write!(f, "{status}"),
            Self::Reply(status, Some(media_type)) => write!(f, "{status} {media_type}"),
            Self::Example(status, media_type, name) => {
                write!(f, "{status} {media_type} example `{name}`")
            }
        }
    }
}
