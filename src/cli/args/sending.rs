//! A webhook to send, as typed.

use clap::Args;

use super::reading::Compiling;

/// A webhook to send, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sending {
    /// The description: the name of a built-in API, a file, a URL, a folder with one in it, or `-`
    #[arg(value_name = "SPEC")]
    pub(in crate::cli) spec: String,

    /// The webhook, as the description names it
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,

    /// Where to send it, such as http://127.0.0.1:8080/hook
    #[arg(value_name = "URL")]
    pub(in crate::cli) url: String,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,
}
