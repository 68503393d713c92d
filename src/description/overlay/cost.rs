//! What a JSONPath may cost. One of a few characters (`$..*..*..*..*`) selects more than a machine holds, so it is
//! looked at before it is followed.

use crate::description::node::Node;

/// All overlays of a description may visit so many values, by what their paths say.
const MOST_VISITED: u64 = 500_000_000;

/// They may add so many. An action that selects what the one before it added doubles it.
const MOST_ADDED: usize = 200_000;

/// What actions put into each other nests no deeper: all that reads a tree takes stack for each level.
const MOST_LEVELS: u64 = 256;

/// The parser of paths goes twice over each bracket in a bracket, and takes stack for it.
const DEEPEST: usize = 10;

/// What is left for the actions to come.
#[derive(Debug)]
pub(in crate::description) struct Budget {
    visited: u64,
    added: usize,
    is_over: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            visited: MOST_VISITED,
            added: MOST_ADDED,
            is_over: false,
        }
    }
}

impl Budget {
    /// Whether something was more than was left: what follows is not to be tried.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Takes what following a path through a tree costs at most.
    ///
    /// # Errors
    /// That is more than is left, or the path is nested too deep to be parsed; in a sentence.
    pub(super) fn visit(&mut self, path: &str, tree: &Node) -> Result<(), String> {
        if depth(path) > DEEPEST {
            return Err(format!(
                "this JSONPath has brackets in brackets, more than {DEEPEST} deep"
            ));
        }
        let extent = extent(tree);
        if extent.levels > MOST_LEVELS {
            self.is_over = true;
            return Err(format!(
                "with the actions before this one, the description nests deeper than {MOST_LEVELS} levels"
            ));
        }
        let left = self.visited.checked_sub(cost(path, extent));
        self.is_over = left.is_none();
        self.visited = left.ok_or_else(|| {
            format!(
                "to follow `{path}`, after the paths before it, may take too long in a description of this size; \
                 name what is to be changed with fewer `..`, lists and filters"
            )
        })?;
        Ok(())
    }

    /// Takes values that are added.
    ///
    /// # Errors
    /// They are more than are left; in a sentence.
    pub(super) fn add(&mut self, count: usize) -> Result<(), String> {
        let left = self.added.checked_sub(count);
        self.is_over = left.is_none();
        self.added = left
            .ok_or_else(|| format!("with this action, more than {MOST_ADDED} values are added"))?;
        Ok(())
    }
}

/// How many values a tree has, and how many levels.
#[derive(Debug, Clone, Copy)]
struct Extent {
    nodes: u64,
    levels: u64,
}

fn extent(node: &Node) -> Extent {
    let members = node.entries().iter().map(|entry| &entry.value);
    let below = members.chain(node.items()).map(extent);
    below.fold(
        Extent {
            nodes: 1,
            levels: 1,
        },
        |all, child| Extent {
            nodes: all.nodes + child.nodes,
            levels: all.levels.max(child.levels + 1),
        },
    )
}

/// How many values a path visits at most: a second `..` comes to each as often as it has ancestors, each selector
/// of a list goes its own way, and a path of its own in a filter is followed for each value.
fn cost(path: &str, extent: Extent) -> u64 {
    let text = unquoted(path);
    let count = |of: &str| u32::try_from(text.matches(of).count()).unwrap_or(u32::MAX);
    let again = extent.levels.saturating_pow(count("..").saturating_sub(1));
    let ways = text
        .split(']')
        .map(|part| part.matches(',').count() as u64 + 1);
    let ways = ways.fold(1, u64::saturating_mul);
    let filters = u64::from(count("?")) + 1;
    let from_root = extent.nodes.saturating_pow(count("$").saturating_sub(1));
    [again, ways, filters, from_root]
        .into_iter()
        .fold(extent.nodes, u64::saturating_mul)
}

/// How deep brackets of a path stand in brackets.
fn depth(path: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for character in unquoted(path).chars() {
        match character {
            '[' | '(' => open += 1,
            ']' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// A path without what stands in quotes.
fn unquoted(path: &str) -> String {
    let mut quote = None;
    let mut is_escaped = false;
    let mut text = String::new();
    for character in path.chars() {
        match quote {
            None if matches!(character, '\'' | '"') => quote = Some(character),
            None => text.push(character),
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if character == '\\' => is_escaped = true,
            Some(mark) if character == mark => quote = None,
            Some(_) => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_costs_what_it_may_visit() {
        let extent = Extent {
            nodes: 1000,
            levels: 10,
        };
        for (path, want) in [
            ("$", 1000),
            ("$.paths['/a,..$?'].get", 1000),
            ("$..get", 1000),
            ("$..*..*", 10_000),
            ("$..*..*..*..*", 1_000_000),
            ("$.a['x','y'][0,1,2]", 6000),
            ("$.a[?@.b == 'it\\'s, $']", 2000),
            ("$..[?count($..*) > 1]", 20_000_000),
        ] {
            assert_eq!(cost(path, extent), want, "{path}");
        }
        assert_eq!(cost(&"..*".repeat(100), extent), u64::MAX);
    }

    #[test]
    fn a_path_is_as_deep_as_its_brackets() {
        for (path, want) in [
            ("$.a.b", 0),
            ("$[0][1]['((']", 1),
            ("$[?(@.a && match(@.b, 'x'))]", 3),
            ("$[?@[?@[?@]]]", 3),
        ] {
            assert_eq!(depth(path), want, "{path}");
        }
    }
}
