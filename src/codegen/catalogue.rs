//! The catalogue: each description's text, with the generated type of each of its bodies.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Spec, absolute, generate::Code, links::Link, lower::Lowered, names::type_name};
use crate::description::{Description, Finding, FindingCode};

/// One built-in API.
#[derive(Debug)]
pub(super) struct Entry {
    spec: Spec,
    links: Vec<Link>,
}

impl Entry {
    /// The entry for a description whose code is generated.
    ///
    /// # Errors
    /// A [`Finding`] when a body's type is not among the generated ones.
    pub fn new(
        spec: &Spec,
        description: &Description,
        lowered: &Lowered,
        code: &Code,
    ) -> Result<Self, Finding> {
        for link in &lowered.links {
            let name = type_name(&link.schema);
            if !code.types.contains(&name) {
                let message = format!(
                    "the schema `{}` should have become the Rust type `{name}`, which was not generated: rename it to letters and digits",
                    link.schema
                );
                return Err(description.finding(
                    FindingCode::Unsupported,
                    lowered.schemas.origin(&link.schema),
                    message,
                ));
            }
        }
        Ok(Self {
            spec: spec.clone(),
            links: lowered.links.clone(),
        })
    }

    fn write(&self) -> TokenStream {
        let (name, file, path) = (&self.spec.name, &self.spec.file, absolute(&self.spec.path));
        let module = format_ident!("{}", self.spec.module);
        let models = self.links.iter().map(|link| {
            let pointer = &link.pointer;
            let type_name = type_name(&link.schema);
            let model = format_ident!("{type_name}");
            quote! {
                Model {
                    pointer: #pointer,
                    type_name: #type_name,
                    fits: |json| serde_json::from_slice::<models::#module::types::#model>(json).map(drop),
                }
            }
        });
        quote! {
            BuiltIn {
                name: #name,
                file: #file,
                text: include_str!(#path),
                models: &[#(#models),*],
            }
        }
    }
}

/// The static `CATALOGUE`, in the order of the entries.
pub(super) fn write(entries: &[Entry]) -> TokenStream {
    let entries = entries.iter().map(Entry::write);
    quote! {
        pub(super) static CATALOGUE: &[BuiltIn] = &[#(#entries),*];
    }
}
