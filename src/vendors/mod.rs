//! The built-in APIs: their descriptions, the types generated from them, and what the descriptions
//! leave open, one file for each API.

#[cfg(test)]
mod cases;
#[cfg(feature = "client")]
mod client;
mod echosistema;
mod field;
mod libredesk;
mod qoolife;
mod respondent;
mod socialboards;

use std::{fmt::Debug, str::FromStr};

#[cfg(feature = "client")]
pub use client::TypedClient;

use crate::{
    Api, Description, Finding, Source,
    contract::{Manner, Model},
};

/// The types of each built-in API, and with the feature `client` a client of it.
#[allow(
    missing_docs,
    unused_imports,
    unreachable_patterns,
    clippy::all,
    rustdoc::all,
    reason = "documented where the vendor documents it, and no code that people write"
)]
pub mod models {
    include!(concat!(env!("OUT_DIR"), "/models.rs"));
}

mod catalogue {
    use super::{BuiltIn, Model, models};

    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

/// A description that comes with Mynah.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// The name to serve it by, such as `libredesk`.
    pub name: &'static str,
    /// What messages call its file, such as `specs/libredesk.yaml`.
    pub file: &'static str,
    /// The description itself.
    pub text: &'static str,
    /// The generated type of each of its bodies.
    pub models: &'static [Model],
}

impl BuiltIn {
    /// The description, under the name of its file.
    pub fn source(&self) -> Source {
        Source::new(self.file, self.text)
    }

    /// What the description leaves open.
    pub fn manner(&self) -> Manner {
        manner(self.name)
    }
}

/// The built-in APIs in the order of their names.
pub fn catalogue() -> &'static [BuiltIn] {
    catalogue::CATALOGUE
}

/// Compiles a built-in API with its own manner; `None` when none has the name.
///
/// # Errors
/// The faults of the description, as [`Api::compile`] names them. An unchanged Mynah has none: its
/// tests compile every built-in description.
pub fn load(name: &str) -> Option<Result<Api, Vec<Finding>>> {
    let built_in = catalogue().iter().find(|api| api.name == name)?;
    let api = Description::load(built_in.source())
        .map_err(|finding| vec![finding])
        .and_then(|it| Api::compile_with(it, built_in.manner(), built_in.models));
    Some(api)
}

/// What the description of an API leaves open; nothing is added to one without a file of its own.
fn manner(name: &str) -> Manner {
    match name {
        "echosistema" => echosistema::manner(),
        "libredesk" => libredesk::manner(),
        "qoolife" => qoolife::manner(),
        "respondent" => respondent::manner(),
        "socialboards" => socialboards::manner(),
        _ => Manner::default(),
    }
}

/// A value of a generated type, such as a date or a UUID, from a text that stands in this code.
fn constant<T: FromStr<Err: Debug>>(text: &'static str) -> T {
    text.parse().expect("each constant is parsed in the tests")
}

#[cfg(test)]
mod tests {
    use super::{models::echosistema::types::CreateConversationError, *};
    use crate::{contract::Credential, description::join};

    fn apis() -> impl Iterator<Item = Api> {
        catalogue().iter().map(|api| {
            let compiled = load(api.name).expect("it is in the catalogue");
            compiled.unwrap_or_else(|findings| panic!("{}: {findings:#?}", api.name))
        })
    }

    #[test]
    fn every_built_in_description_compiles_without_a_warning() {
        for api in apis() {
            assert_eq!(api.warnings(), [], "{}", api.name());
            assert_eq!(api.review(), [], "{}", api.name());
        }
    }

    #[test]
    fn what_a_manner_names_stands_in_the_description() {
        for api in apis() {
            let manner = api.manner();
            for reply in &manner.replies {
                let mut operations = api.operations().iter();
                assert!(
                    operations.any(|it| reply.is_for(it.method(), it.path())),
                    "{reply:?}"
                );
            }
            for header in manner.credential_headers {
                let mut needed = api.operations().iter().flat_map(|it| &it.security);
                let is_named = |it: &Credential| &&*it.name == header;
                assert!(
                    needed.any(|it| it.credentials.iter().any(is_named)),
                    "{header}"
                );
            }
            for form in manner.credential_forms {
                let pointer = join("/components/securitySchemes", form.scheme);
                assert!(api.description().at(&pointer).is_some(), "{form:?}");
            }
        }
    }

    #[test]
    fn a_description_without_a_file_of_its_own_is_served_as_it_stands() {
        let manner = manner("no-such-api");
        assert!(manner.refusal.is_none() && manner.replies.is_empty());
        assert!(load("no-such-api").is_none());
    }

    #[test]
    fn of_an_error_enum_the_most_demanding_variant_is_taken() {
        for (body, want) in [
            (r#"{"message": "Unauthenticated."}"#, "ErrorMessage"),
            (
                r#"{"message": "Invalid.", "errors": {"name": ["Required."]}}"#,
                "ValidationError",
            ),
            (
                r#"{"success": false, "message": "Failed.", "error": "Lost."}"#,
                "ServerError",
            ),
        ] {
            let error: CreateConversationError = serde_json::from_str(body).unwrap();
            let variant = match error {
                CreateConversationError::ServerError(_) => "ServerError",
                CreateConversationError::ValidationError(_) => "ValidationError",
                CreateConversationError::ErrorMessage(_) => "ErrorMessage",
            };
            assert_eq!(variant, want, "{body}");
        }
    }
}
