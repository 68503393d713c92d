//! Paths to operations: a trie over path segments, so that cost does not grow with their number.
//!
//! Literal segments win over templates, templates with more literal text over those with less
//! (OpenAPI 3.1.1, "Path Templating Matching"); where a choice lacks the method, the next one that
//! fits is tried.

mod template;

use std::collections::{BTreeMap, HashMap};

use http::Method;

pub use template::TemplateError;
use template::{Segment, Template};

use crate::description::percent_decode;

/// All paths of one API.
#[derive(Debug, Default)]
pub struct Routes {
    root: Node,
    items: Vec<PathItem>,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    /// By literal text descending, so that the most specific comes first.
    templates: BTreeMap<Template, Node>,
    /// The path items that end here: several when only their parameters' names differ.
    items: Vec<usize>,
}

#[derive(Debug)]
struct PathItem {
    names: Vec<String>,
    operations: Vec<(Method, usize)>,
}

/// What a path leads to.
#[derive(Debug, PartialEq)]
pub enum Match<'r, 'p> {
    /// An operation, by index, with the path parameters' names and percent-encoded values.
    Operation(usize, Vec<(&'r str, &'p str)>),
    /// The path is known, the method is not; these are.
    OtherMethods(Vec<&'r Method>),
    /// No path template fits.
    Nothing,
}

impl Routes {
    /// Adds a path template with its operations, as indices.
    ///
    /// # Errors
    /// A template that is not one: braces that do not match, or parameters without text between.
    pub fn add(
        &mut self,
        path: &str,
        operations: Vec<(Method, usize)>,
    ) -> Result<(), TemplateError> {
        let mut names = Vec::new();
        let mut node = &mut self.root;
        for segment in segments(path) {
            node = match Segment::parse(segment, &mut names)? {
                Segment::Literal(text) => node.literals.entry(text).or_default(),
                Segment::Template(template) => node.templates.entry(template).or_default(),
            };
        }
        node.items.push(self.items.len());
        self.items.push(PathItem { names, operations });
        Ok(())
    }

    /// Finds what a percent-encoded path leads to.
    pub fn find<'r, 'p>(&'r self, method: &Method, path: &'p str) -> Match<'r, 'p> {
        let segments: Vec<&str> = segments(path).collect();
        let mut walk = Walk {
            routes: self,
            method,
            captured: Vec::new(),
            others: Vec::new(),
        };
        match walk.down(&self.root, &segments) {
            Some((item, operation)) => {
                let names = self.items[item].names.iter().map(String::as_str);
                Match::Operation(operation, names.zip(walk.captured).collect())
            }
            None if walk.others.is_empty() => Match::Nothing,
            None => Match::OtherMethods(walk.others),
        }
    }
}

/// One search: what was captured on the way down, and the methods passed by.
struct Walk<'r, 'p, 'm> {
    routes: &'r Routes,
    method: &'m Method,
    captured: Vec<&'p str>,
    others: Vec<&'r Method>,
}

impl<'r, 'p> Walk<'r, 'p, '_> {
    /// The path item and operation below a node. A node stands at one depth, so each is visited
    /// at most once in a search.
    fn down(&mut self, node: &'r Node, segments: &[&'p str]) -> Option<(usize, usize)> {
        let Some((&segment, rest)) = segments.split_first() else {
            return node.items.iter().find_map(|&item| self.arrive(item));
        };
        let literal = match segment.contains('%') {
            true => node.literals.get(&percent_decode(segment)),
            false => node.literals.get(segment),
        };
        if let Some(found) = literal.and_then(|child| self.down(child, rest)) {
            return Some(found);
        }
        node.templates.iter().find_map(|(template, child)| {
            let before = self.captured.len();
            let found = match template.captures(segment, &mut self.captured) {
                true => self.down(child, rest),
                false => None,
            };
            if found.is_none() {
                self.captured.truncate(before);
            }
            found
        })
    }

    fn arrive(&mut self, item: usize) -> Option<(usize, usize)> {
        let operations = &self.routes.items[item].operations;
        let found = operations.iter().find(|(method, _)| method == self.method);
        if found.is_none() {
            for (method, _) in operations {
                if !self.others.contains(&method) {
                    self.others.push(method);
                }
            }
        }
        found.map(|(_, operation)| (item, *operation))
    }
}

/// The segments of a path; a slash at its end makes an empty last one.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(paths: &[&str]) -> Routes {
        let mut routes = Routes::default();
        for (index, path) in paths.iter().enumerate() {
            routes.add(path, vec![(Method::GET, index)]).unwrap();
        }
        routes
    }

    #[test]
    fn the_most_specific_path_that_fits_wins() {
        let paths = [
            "/a/mine",
            "/a/{id}",
            "/r.{format}",
            "/files/{name}.{extension}",
            "/jobs/{id}:cancel",
            "/jobs/{id}",
            "/{x}/b",
            "/f/{a}-{b}",
            "/",
            "/a/{id}/x",
        ];
        let routes = routes(&paths);
        for (path, want) in [
            ("/a/mine", Some((0, vec![]))),
            ("/a/%6Dine", Some((0, vec![]))),
            ("/a/7", Some((1, vec![("id", "7")]))),
            ("/a/mine/x", Some((9, vec![("id", "mine")]))),
            ("/a/x%2Fy", Some((1, vec![("id", "x%2Fy")]))),
            ("/r.json", Some((2, vec![("format", "json")]))),
            (
                "/files/a.tar.gz",
                Some((3, vec![("name", "a.tar"), ("extension", "gz")])),
            ),
            ("/jobs/1:cancel", Some((4, vec![("id", "1")]))),
            ("/jobs/1", Some((5, vec![("id", "1")]))),
            ("/a/b", Some((1, vec![("id", "b")]))),
            ("/z/b", Some((6, vec![("x", "z")]))),
            ("/f/1-2-3", Some((7, vec![("a", "1-2"), ("b", "3")]))),
            ("/", Some((8, vec![]))),
            ("/a", None),
            ("/a/", None),
            ("/a//x", None),
            ("//a/mine", None),
            ("/r.", None),
        ] {
            let want = want.map_or(Match::Nothing, |(index, parameters)| {
                Match::Operation(index, parameters)
            });
            assert_eq!(routes.find(&Method::GET, path), want, "{path}");
        }
    }

    #[test]
    fn a_less_specific_path_answers_a_method_that_the_first_lacks() {
        let mut routes = Routes::default();
        routes.add("/a/mine", vec![(Method::GET, 0)]).unwrap();
        routes.add("/a/{id}", vec![(Method::DELETE, 1)]).unwrap();
        routes.add("/a/{name}", vec![(Method::PUT, 2)]).unwrap();
        let find = |method| routes.find(&method, "/a/mine");
        assert_eq!(
            find(Method::DELETE),
            Match::Operation(1, vec![("id", "mine")])
        );
        assert_eq!(
            find(Method::PUT),
            Match::Operation(2, vec![("name", "mine")])
        );
        assert_eq!(
            find(Method::PATCH),
            Match::OtherMethods(vec![&Method::GET, &Method::DELETE, &Method::PUT])
        );
    }

    #[test]
    fn a_broken_template_is_an_error() {
        for path in ["/{", "/a}", "/{a}{b}", "/{}", "/{a{b}}"] {
            assert!(Routes::default().add(path, vec![]).is_err(), "{path}");
        }
    }
}
