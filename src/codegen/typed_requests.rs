//! The generated implementations of [`TypedRequest`](crate::contract::TypedRequest).

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{generate::Code, lower::Lowered, names::type_name};

/// One implementation for each request type that belongs to one operation.
pub(super) fn write(api: &str, lowered: &Lowered, code: &Code) -> TokenStream {
    let mut written = TokenStream::new();
    for operation in &lowered.typed_operations {
        let (request, reply) = (type_name(&operation.request), type_name(&operation.reply));
        // A body that is no named type, such as one that allows anything, cannot say what it belongs to.
        if !code.types.contains(&request) || !code.types.contains(&reply) {
            continue;
        }
        let (request, reply) = (format_ident!("{request}"), format_ident!("{reply}"));
        let (method, path, status) = (&operation.method, &operation.path, operation.status);
        written.extend(quote! {
            impl crate::contract::TypedRequest for types::#request {
                type Reply = types::#reply;
                const API: &'static str = #api;
                const METHOD: &'static str = #method;
                const PATH: &'static str = #path;
                const STATUS: u16 = #status;
            }
        });
    }
    written
}
