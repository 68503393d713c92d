//! Paths to operations, below the base paths of their servers.
//!
//! A path is looked for below each base path that it begins with, the longest first, and then as it
//! stands: a path without a server's base path is understood too, unless it is another's with one.

mod key;
mod template;
mod trie;

use http::Method;

pub(super) use key::PathKey;
use trie::Trie;

/// All paths of one API.
#[derive(Debug, Default)]
pub struct Routes {
    tries: Vec<Trie>,
    /// Each base path with its trie, the longest first; the empty one last.
    entrances: Vec<(String, usize)>,
}

/// One documented path with its operations.
#[derive(Debug)]
pub(super) struct PathEntry {
    pub key: PathKey,
    pub operations: Vec<RoutedOperation>,
}

/// An operation of a path, by index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RoutedOperation {
    pub method: Method,
    pub index: usize,
    /// The base paths of its servers.
    pub bases: Vec<String>,
}

/// The names and percent-encoded values of path parameters.
pub type Captured<'r, 'p> = Vec<(&'r str, &'p str)>;

/// What a path leads to.
#[derive(Debug, PartialEq)]
pub enum Match<'r, 'p> {
    /// An operation, by index, with its path parameters.
    Operation(usize, Captured<'r, 'p>),
    /// Operations whose paths do not differ: the one that comes first, and the others.
    Several((usize, Captured<'r, 'p>), Vec<(usize, Captured<'r, 'p>)>),
    /// The path is known, the method is not; these are.
    OtherMethods(Vec<&'r Method>),
    /// No path template fits.
    Nothing,
}

/// Two operations of one method whose paths do not differ, by index: the first comes first.
pub(super) type Clash = (usize, usize);

impl Routes {
    /// Routes to all operations of an API, and those that no path tells apart.
    pub(super) fn new(entries: &[PathEntry]) -> (Self, Vec<Clash>) {
        let mut routes = Self::default();
        let mut clashes = Vec::new();
        let mut served: Vec<Vec<RoutedOperation>> = Vec::new();
        for base in bases(entries) {
            let has_base = |it: &&RoutedOperation| base.is_empty() || it.bases.contains(&base);
            let here: Vec<RoutedOperation> = entries
                .iter()
                .flat_map(|entry| &entry.operations)
                .filter(has_base)
                .cloned()
                .collect();
            // Mostly all operations have the same servers, and one trie is enough.
            let known = served.iter().position(|other| *other == here);
            let trie = known.unwrap_or_else(|| {
                let (trie, found) = Trie::new(entries, &|it| has_base(&it));
                clashes.extend(found);
                routes.tries.push(trie);
                served.push(here);
                served.len() - 1
            });
            routes.entrances.push((base, trie));
        }
        clashes.retain(|clash| share_server(entries, *clash));
        clashes.sort_unstable();
        clashes.dedup();
        (routes, clashes)
    }

    /// The base paths of all servers that have one, the longest first.
    pub fn base_paths(&self) -> Vec<&str> {
        let bases = self.entrances.iter().map(|(base, _)| base.as_str());
        bases.filter(|base| !base.is_empty()).collect()
    }

    /// Finds what a percent-encoded path leads to. The query counts where documented paths have one.
    pub fn find<'r, 'p>(
        &'r self,
        method: &Method,
        path: &'p str,
        query: Option<&str>,
    ) -> Match<'r, 'p> {
        let mut best = Match::Nothing;
        for (base, trie) in &self.entrances {
            let Some(rest) = below(path, base) else {
                continue;
            };
            match self.tries[*trie].find(method, rest, query) {
                Match::Nothing => {}
                found @ Match::OtherMethods(_) => {
                    if best == Match::Nothing {
                        best = found;
                    }
                }
                found => return found,
            }
        }
        best
    }
}

/// Whether two operations have a base path in common; others their servers tell apart.
fn share_server(entries: &[PathEntry], (first, second): Clash) -> bool {
    let bases = |index| {
        let mut operations = entries.iter().flat_map(|entry| &entry.operations);
        let operation = operations.find(|it| it.index == index);
        operation.map_or(&[][..], |it| &it.bases)
    };
    bases(first).iter().any(|base| bases(second).contains(base))
}

/// All base paths, the longest first; the empty one always.
fn bases(entries: &[PathEntry]) -> Vec<String> {
    let operations = entries.iter().flat_map(|entry| &entry.operations);
    let mut bases: Vec<String> = operations.flat_map(|it| it.bases.clone()).collect();
    bases.push(String::new());
    bases.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    bases.dedup();
    bases
}

/// The path below a base path; `None` when it is not below it.
fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    match path.strip_prefix(base)? {
        "" => Some("/"),
        rest => (base.is_empty() || rest.starts_with('/')).then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Routes to `GET` of each path, with its base paths.
    fn routes(paths: &[(&str, &[&str])]) -> (Routes, Vec<Clash>) {
        let entry = |(index, (path, bases)): (usize, &(&str, &[&str]))| PathEntry {
            key: PathKey::parse(path).unwrap(),
            operations: vec![RoutedOperation {
                method: Method::GET,
                index,
                bases: bases.iter().map(ToString::to_string).collect(),
            }],
        };
        let entries: Vec<PathEntry> = paths.iter().enumerate().map(entry).collect();
        Routes::new(&entries)
    }

    fn found(routes: &Routes, path: &str) -> Option<usize> {
        match routes.find(&Method::GET, path, None) {
            Match::Operation(index, _) => Some(index),
            Match::Nothing => None,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn a_path_is_found_below_each_base_path_and_without_one() {
        let (routes, _) = routes(&[
            ("/pets", &["/v1", "/v2/x"]),
            ("/pets/{id}", &["/v1", "/v2/x"]),
            ("/other", &["/admin"]),
            ("/", &["/v1"]),
        ]);
        for (path, want) in [
            ("/v1/pets", Some(0)),
            ("/v2/x/pets", Some(0)),
            ("/pets", Some(0)),
            ("/v1/pets/1", Some(1)),
            ("/admin/other", Some(2)),
            ("/v1/other", None),
            ("/other", Some(2)),
            ("/v1pets", None),
            ("/v2/pets", None),
            ("/v1", Some(3)),
            ("/v1/", Some(3)),
            ("/", Some(3)),
            ("/v1/v1/pets", None),
        ] {
            assert_eq!(found(&routes, path), want, "{path}");
        }
    }

    #[test]
    fn a_documented_path_comes_before_one_without_its_base_path() {
        let (routes, clashes) = routes(&[
            ("/{a}", &["/v1"]),
            ("/v1/mine", &["/v1"]),
            ("/v1/mine/x", &["/v1"]),
        ]);
        assert_eq!(found(&routes, "/v1/mine"), Some(0));
        assert_eq!(found(&routes, "/v1/v1/mine"), Some(1));
        assert_eq!(found(&routes, "/v1/mine/x"), Some(2));
        assert_eq!(clashes, []);
    }

    #[test]
    fn servers_tell_operations_apart() {
        let (routes, clashes) = routes(&[("/a/{x}", &["/one"]), ("/a/{y}", &["/two"])]);
        assert_eq!(found(&routes, "/one/a/1"), Some(0));
        assert_eq!(found(&routes, "/two/a/1"), Some(1));
        assert_eq!(clashes, []);
    }
}
