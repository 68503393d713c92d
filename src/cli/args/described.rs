//! What to serve, as typed.

use clap::Args;

use super::{reading::Compiling, watching::Watching};
use crate::contract::ReadOnly;

/// What to serve.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Described {
    /// What to serve: the name of a built-in API, a file, a URL, a folder with one description in it,
    /// or `-` for standard input; all built-in APIs when nothing is named
    #[arg(value_name = "API")]
    pub(in crate::cli) names: Vec<String>,

    /// Serve an API below this prefix of the path; `/=API` is the root
    #[arg(long = "mount", value_name = "/PREFIX=API", value_parser = mount, help_heading = "Description")]
    pub(in crate::cli) mounts: Vec<MountAt>,

    #[command(flatten)]
    pub(in crate::cli) compiling: Compiling,

    /// Refuse query parameters and bodies that are not described
    #[arg(long, help_heading = "Description")]
    pub(in crate::cli) strict: bool,

    /// What becomes of `readOnly` properties in requests: ignore (they have to fit their schemas),
    /// strip (they are dropped first) or reject
    #[arg(
        long,
        value_name = "HOW",
        default_value = "ignore",
        help_heading = "Description"
    )]
    pub(in crate::cli) read_only: ReadOnly,

    /// Tell in each reply why it was chosen (`Mynah-Choice`), and not only who asks
    #[arg(long, help_heading = "Description")]
    pub(in crate::cli) tell_choice: bool,

    #[command(flatten)]
    pub(in crate::cli) watching: Watching,
}

/// An API and the prefix that it is wanted below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct MountAt {
    /// Such as `/pets`; empty for the root.
    pub(in crate::cli) prefix: String,
    /// The API, as one is named.
    pub(in crate::cli) name: String,
}

fn mount(text: &str) -> Result<MountAt, String> {
    let form = "not of the form /PREFIX=API, such as /pets=pets.yaml";
    let (prefix, name) = text.split_once('=').ok_or(form)?;
    let prefix = match prefix {
        "" | "/" => "",
        prefix => prefix.strip_suffix('/').unwrap_or(prefix),
    };
    if name.is_empty() || !(prefix.is_empty() || prefix.starts_with('/')) {
        return Err(form.to_owned());
    }
    if !is_path(prefix) {
        return Err(format!(
            "`{prefix}` is no path: letters, digits and - . _ ~ / make one"
        ));
    }
    Ok(MountAt {
        prefix: prefix.to_owned(),
        name: name.to_owned(),
    })
}

/// Whether a prefix stands in a request target as it is (RFC 3986 section 2.3), with no empty part.
pub(in crate::cli) fn is_path(prefix: &str) -> bool {
    let is_unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    let parts = prefix.split('/').skip(1);
    parts
        .into_iter()
        .all(|part| !part.is_empty() && part.chars().all(is_unreserved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_is_a_prefix_and_an_api() {
        for (text, want) in [
            ("/pets=pets.yaml", Some(("/pets", "pets.yaml"))),
            ("/a/b=x", Some(("/a/b", "x"))),
            ("/a/=x", Some(("/a", "x"))),
            ("/=x", Some(("", "x"))),
            ("=x", Some(("", "x"))),
            ("/a=b=c.yaml", Some(("/a", "b=c.yaml"))),
            ("pets=pets.yaml", None),
            ("/pets", None),
            ("/pets=", None),
            ("/a b=x", None),
            ("/a//b=x", None),
            ("/ä=x", None),
        ] {
            let read = mount(text).ok();
            let read = read.as_ref().map(|at| (&*at.prefix, &*at.name));
            assert_eq!(read, want, "{text}");
        }
    }
}
