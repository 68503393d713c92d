//! A description compiled for serving: routes, validators, prepared replies.
//!
//! Everything here is made once by [`Api::compile`] and never changes; a request only reads it.

mod api;
mod body;
mod bracketed;
mod callback;
mod compile;
mod content;
mod direction;
mod draft;
mod example_place;
mod example_request;
mod expected;
mod expression;
mod format;
mod generate;
mod header;
mod link;
mod located;
mod manner;
mod model;
mod operation;
mod outgoing;
mod pair;
mod parameter;
mod path_item;
mod precedence;
mod reader;
mod reply;
mod review;
mod routes;
mod rows;
mod sample;
mod schema;
mod secret;
mod security;
mod servers;
mod settings;
mod shape;
mod xml;

pub use api::Api;
pub use body::RequestBody;
pub use callback::{CallbackOperation, Webhook};
pub use content::{BodyForm, Content, Encodings, FieldEncoding, FieldStyle};
pub use direction::Direction;
pub use draft::{BodyValue, Draft, DraftBody, Unwritable};
pub use example_place::InputExample;
pub use expected::ExpectedReply;
pub use expression::{Expression, ExpressionError, MessagePart, Piece, Template};
pub use generate::Seed;
pub use header::Header;
pub use link::{Link, LinkValue};
pub use manner::{CredentialForm, Manner, RefusalBody, Refused, TypedReply};
pub use model::{Model, TypedRequest};
pub use operation::Operation;
pub use outgoing::{Outgoing, OutgoingBody, Unsendable};
pub use pair::{BodyExample, DocumentedValue, Pair, PairedInput};
pub use parameter::{In, Parameter, Style};
pub use precedence::Precedence;
pub use reply::{DocumentedReply, Example, ReplyContent, StatusKey};
pub use routes::{Captured, Match, Routes};
pub(crate) use sample::shell_word;
pub use sample::{Sample, SampleBody};
pub(crate) use schema::pointer_of;
pub use schema::{Excluded, Held, Schema, TooComplex, Validity};
pub use secret::{Described, Secrets, has_secret_word, is_secret_name};
pub use security::{Credential, Requirement, Scheme};
pub use settings::{
    ArrayFormat, Formats, ObjectFormat, ReadOnly, Settings, Strictness, UnknownFormat,
};
pub use shape::Shape;
pub use xml::{XmlFault, XmlSchema};
