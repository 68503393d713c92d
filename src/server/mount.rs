//! APIs and the places they are served at.

use std::{fmt, sync::Arc};

use arc_swap::{ArcSwap, Guard};

use super::StartError;
use crate::Api;

/// An API served below a prefix of the path. A clone is a handle to the same mount.
#[derive(Clone)]
pub struct Mount {
    prefix: Arc<str>,
    api: Arc<ArcSwap<Api>>,
}

impl Mount {
    /// An API below a prefix such as `/libredesk`; the empty prefix is the root.
    pub fn new(prefix: impl Into<Arc<str>>, api: Arc<Api>) -> Self {
        Self {
            prefix: prefix.into(),
            api: Arc::new(ArcSwap::new(api)),
        }
    }

    /// The prefix, without a `/` at its end; empty for the root.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The API served now.
    pub fn api(&self) -> Arc<Api> {
        self.api.load_full()
    }

    /// Serves another API from the next request on. A request keeps the one that it began with.
    pub fn replace(&self, api: Arc<Api>) {
        self.api.store(api);
    }

    /// The API for one request: no lock, no reference counted.
    pub(super) fn current(&self) -> Guard<Arc<Api>> {
        self.api.load()
    }
}

impl fmt::Debug for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mount")
            .field("prefix", &self.prefix)
            .field("api", &self.current().name())
            .finish()
    }
}

/// All mounts of a server.
#[derive(Debug)]
pub(super) struct Mounts {
    /// Longest prefix first, so that the first that fits is the right one.
    by_length: Vec<Mount>,
}

impl Mounts {
    /// The mounts of a server.
    ///
    /// # Errors
    /// No mount at all, a prefix that is no path, or one prefix given twice.
    pub(super) fn new(mounts: Vec<Mount>) -> Result<Self, StartError> {
        if mounts.is_empty() {
            return Err(StartError::NoApis);
        }
        for (index, mount) in mounts.iter().enumerate() {
            let prefix = mount.prefix().to_owned();
            if !prefix.is_empty() && (!prefix.starts_with('/') || prefix.ends_with('/')) {
                return Err(StartError::BadPrefix { prefix });
            }
            if mounts[..index].iter().any(|other| other.prefix() == prefix) {
                return Err(StartError::PrefixTaken { prefix });
            }
        }
        let mut by_length = mounts;
        // Stable: mounts of the same length keep the order in which they were given.
        by_length.sort_by_key(|mount| std::cmp::Reverse(mount.prefix().len()));
        Ok(Self { by_length })
    }

    /// The mount that a path belongs to.
    pub(super) fn find(&self, path: &str) -> Option<&Mount> {
        self.by_length
            .iter()
            .find(|mount| is_below(path, mount.prefix()))
    }

    /// Every mount, by prefix.
    pub(super) fn in_order(&self) -> Vec<&Mount> {
        let mut mounts: Vec<_> = self.by_length.iter().collect();
        mounts.sort_by_key(|mount| mount.prefix());
        mounts
    }
}

/// Whether a path is the prefix itself or goes on below it.
fn is_below(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, Source};

    fn api(name: &str) -> Arc<Api> {
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
        let description = Description::load(Source::new(name, text)).unwrap();
        Arc::new(Api::compile(description).unwrap())
    }

    fn mounts(prefixes: &[&str]) -> Result<Mounts, StartError> {
        Mounts::new(prefixes.iter().map(|p| Mount::new(*p, api("t"))).collect())
    }

    #[test]
    fn the_longest_prefix_wins() {
        let mounts = mounts(&["", "/a", "/a/b"]).unwrap();
        for (path, want) in [
            ("/", ""),
            ("/a", "/a"),
            ("/a/", "/a"),
            ("/ab", ""),
            ("/a/b", "/a/b"),
            ("/a/bc", "/a"),
            ("*", ""),
            ("", ""),
        ] {
            assert_eq!(mounts.find(path).unwrap().prefix(), want, "{path}");
        }
    }

    #[test]
    fn a_path_below_no_prefix_has_no_mount() {
        assert!(mounts(&["/a"]).unwrap().find("/b").is_none());
    }

    #[test]
    fn prefixes_are_checked() {
        assert!(matches!(mounts(&[]), Err(StartError::NoApis)));
        for prefix in ["a", "/", "/a/"] {
            let refused = mounts(&[prefix]);
            assert!(
                matches!(refused, Err(StartError::BadPrefix { .. })),
                "{prefix}"
            );
        }
        let refused = mounts(&["/a", "/a"]);
        assert!(matches!(refused, Err(StartError::PrefixTaken { .. })));
    }

    #[test]
    fn a_clone_replaces_the_same_mount() {
        let mount = Mount::new("", api("one"));
        mount.clone().replace(api("two"));
        assert!(mount.api().name().starts_with("two"));
    }
}
