//! The generated implementation of `TypedClient`, a trait of the feature `client`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Parts;

/// The implementation for the client of an API; nothing when no client is generated.
pub(super) fn write(api: &str, parts: Parts) -> TokenStream {
    match parts {
        Parts::Types => TokenStream::new(),
        Parts::TypesAndClient => quote! {
            impl crate::vendors::TypedClient for Client {
                const API: &'static str = #api;

                fn at(base_url: &str, http: reqwest::Client) -> Self {
                    Self::new_with_client(base_url, http)
                }
            }
        },
    }
}
