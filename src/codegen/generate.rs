//! Running the generator.

use std::{
    any::Any,
    collections::HashSet,
    panic::{self, AssertUnwindSafe},
    sync::{Mutex, PoisonError},
};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use quote::quote;
use serde_json::Value;

use super::{Parts, lower::Lowered};

/// The generated code of one description.
pub(super) struct Code {
    /// What goes into the module.
    pub body: TokenStream,
    /// The types in `types`.
    pub types: HashSet<String>,
}

/// Generates types, and the client if it is asked for.
///
/// # Errors
/// Why the generator refuses, in its own words.
pub(super) fn generate(lowered: &Lowered, parts: Parts) -> Result<Code, String> {
    let (client, types) = run(&lowered.document)?;
    let names = type_names(&types)?;
    let body = match parts {
        Parts::TypesAndClient => client,
        Parts::Types => quote! {
            /// Types of requests, answers and parameters.
            pub mod types {
                #types
            }
        },
    };
    Ok(Code { body, types: names })
}

/// The client with its types, and the types alone.
///
/// # Errors
/// Why the generator refuses, be it by an error or by a panic.
pub(super) fn run(document: &Value) -> Result<(TokenStream, TokenStream), String> {
    let document: OpenAPI =
        serde_json::from_value(document.clone()).map_err(|error| error.to_string())?;
    quietly(|| {
        let mut settings = GenerationSettings::default();
        settings
            .with_interface(InterfaceStyle::Builder)
            .with_derive("PartialEq")
            // A reply has the same bytes each time: the keys of a map need an order.
            .with_map_type("::std::collections::BTreeMap");
        let mut generator = Generator::new(&settings);
        let client = generator
            .generate_tokens(&document)
            .map_err(|error| error.to_string())?;
        Ok((client, generator.get_type_space().to_stream()))
    })
}

/// Tokens as text that people can read.
pub(super) fn pretty(tokens: TokenStream) -> Result<String, String> {
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

/// The generator panics where it meets something unknown: that is no reason to show a backtrace.
fn quietly<T>(generate: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    // The hook is the whole process's: two at a time would each restore the other's.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(generate));
    panic::set_hook(hook);
    outcome.unwrap_or_else(|payload| Err(message(payload.as_ref())))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("it stopped without saying why").to_owned()
}

/// The names of the types, each of which must be there once.
fn type_names(types: &TokenStream) -> Result<HashSet<String>, String> {
    let file: syn::File = syn::parse2(types.clone()).map_err(|error| error.to_string())?;
    let mut names = HashSet::new();
    for item in &file.items {
        let name = match item {
            syn::Item::Struct(item) => item.ident.to_string(),
            syn::Item::Enum(item) => item.ident.to_string(),
            syn::Item::Type(item) => item.ident.to_string(),
            _ => continue,
        };
        if !names.insert(name.clone()) {
            return Err(format!("two schemas would become the type `{name}`"));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(schema: &Value) -> Value {
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"A": schema}}})
    }

    #[test]
    fn a_refusal_is_a_sentence_and_no_panic() {
        for (schema, want) in [
            (
                json!({"type": "integer", "default": "x"}),
                "value does not conform",
            ),
            (json!({"enum": ["<", ">"]}), "unique variant names"),
            (json!({"type": "any"}), "invalid type"),
        ] {
            let reason = run(&document(&schema)).map(drop).unwrap_err();
            assert!(reason.contains(want), "{schema}: {reason}");
        }
    }

    #[test]
    fn types_are_found_by_name() {
        let (_, types) = run(&document(
            &json!({"type": "object", "properties": {"b": {"enum": ["x", "y"]}}}),
        ))
        .unwrap();
        let names = type_names(&types).unwrap();
        assert!(names.contains("A") && names.contains("AB"), "{names:?}");
    }
}
