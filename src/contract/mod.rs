//! A description compiled for serving: routes, validators, prepared replies.
//!
//! Everything here is made once by [`Api::compile`] and never changes; a request only reads it.

mod api;
mod body;
mod compile;
mod direction;
mod example_place;
mod example_request;
mod format;
mod generate;
mod manner;
mod model;
mod operation;
mod pair;
mod parameter;
mod reader;
mod reply;
mod review;
mod routes;
mod sample;
mod schema;
mod security;
mod shape;

pub use api::Api;
pub use body::{BodyForm, FieldEncoding, RequestBody, RequestContent};
pub use direction::Direction;
pub use manner::{CredentialForm, Manner, RefusalBody, Refused, TypedReply};
pub use model::{Model, TypedRequest};
pub use operation::Operation;
pub use pair::{BodyExample, DocumentedValue, Pair, PairedInput};
pub use parameter::{In, Parameter, Style};
pub use reply::{DocumentedReply, Example, ReplyContent, StatusKey};
pub use routes::{Match, Routes};
pub use sample::{Sample, SampleBody};
pub use schema::Schema;
pub(crate) use schema::pointer_of;
pub use security::{Credential, Requirement, Scheme};
pub use shape::Shape;
