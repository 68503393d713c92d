//! The built-in APIs: their descriptions, and the types generated from them.

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

/// The built-in APIs in the order of their names.
pub fn catalogue() -> &'static [BuiltIn] {
    catalogue::CATALOGUE
}

/// Compiles a built-in API; `None` when none has the name.
pub fn load(name: &str) -> Option<Result<Api, Vec<Finding>>> {
    let built_in = catalogue().iter().find(|api| api.name == name)?;
    let source = Source::new(built_in.file, built_in.text);
    let api = Description::load(source)
        .map_err(|finding| vec![finding])
        .and_then(|description| Api::compile_with(description, Manner::default(), built_in.models));
    Some(api)
}

#[cfg(test)]
mod tests {
    use super::models::echosistema::types::CreateConversationError;

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
