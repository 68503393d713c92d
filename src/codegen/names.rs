//! Names in Rust for names in a description.

use heck::{ToPascalCase, ToSnakeCase};

/// The type that the generator makes of a schema's name.
///
/// It keeps its own rule to itself, so this is that rule again; [`super::catalogue`] checks that
/// each type named so was indeed generated.
pub(super) fn type_name(schema: &str) -> String {
    let pascal = words(schema).to_pascal_case();
    let name = match pascal.chars().next() {
        None => "X".to_owned(),
        Some(first) if first.is_alphabetic() => pascal,
        Some(_) => format!("X{pascal}"),
    };
    if is_identifier(&name) {
        name
    } else {
        format!("{name}_")
    }
}

/// The method that the generator makes of an operation's id.
pub(super) fn method_name(operation_id: &str) -> String {
    words(operation_id).to_snake_case()
}

/// The module for a file of this stem, if that is a name in Rust.
pub(super) fn module_name(stem: &str) -> Option<String> {
    let name = stem.replace('-', "_");
    is_identifier(&name).then_some(name)
}

fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// A name with everything but letters, digits and `_` taken for a gap between words.
fn words(name: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    name.replace('\'', "").replace(|c| !is_part(c), "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_as_the_generator_does() {
        for (schema, want) in [
            ("CreateConversationDto", "CreateConversationDto"),
            ("create_conversation-request", "CreateConversationRequest"),
            (
                "ConversationsController_createRequest",
                "ConversationsControllerCreateRequest",
            ),
            ("2fa.Code", "X2faCode"),
            ("self", "Self_"),
            ("", "X"),
        ] {
            assert_eq!(type_name(schema), want, "{schema}");
        }
    }

    #[test]
    fn a_module_is_named_for_its_file() {
        for (stem, want) in [
            ("libredesk", Some("libredesk")),
            ("my-api", Some("my_api")),
            ("2fa", None),
            ("my api", None),
            ("type", None),
        ] {
            assert_eq!(module_name(stem).as_deref(), want, "{stem}");
        }
    }
}
