//! `oneOf` and `anyOf`.

use std::rc::Rc;

use super::{
    Context, Step,
    apart::are_apart,
    both::Both,
    discriminator, kinds,
    view::{View, plain},
};
use crate::{
    description::is_annotation,
    diff::{
        ChangeRule::{self, *},
        text::{canonical, named},
        tree::{Part, Tree},
    },
};

/// A list of alternatives.
struct Group<'d> {
    keyword: &'static str,
    list: Part<'d>,
    branches: Vec<Part<'d>>,
}

impl Group<'_> {
    fn is_exclusive(&self) -> bool {
        self.keyword == "oneOf"
    }
}

/// Compares the alternatives.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let (old, new) = (groups(&both.old), groups(&both.new));
    for group in new.iter().skip(old.len()) {
        let message = format!("a value has to fit alternatives now (`{}`)", group.keyword);
        both.tell(AlternativesAdded, group.keyword, message);
    }
    for group in old.iter().skip(new.len()) {
        let message = format!(
            "a value does not have to fit alternatives any more (`{}`)",
            group.keyword
        );
        both.tell(AlternativesRemoved, group.keyword, message);
    }
    for (old, new) in old.into_iter().zip(new) {
        match (old.is_exclusive(), new.is_exclusive()) {
            (false, true) => {
                let message = "a value may fit no more than one alternative now";
                both.tell(AlternativesTightened, "oneOf", message);
            }
            (true, false) => {
                both.tell(
                    AlternativesLoosened,
                    "anyOf",
                    "a value may fit several alternatives now",
                );
            }
            _ => {}
        }
        let places = (Rc::clone(&old.list.pointer), Rc::clone(&new.list.pointer));
        let context = context(both, &old, &new);
        branches(both, (old.branches, new.branches), places, context);
    }
}

/// Compares a schema with alternatives of which it is one: `Pet` with `oneOf: [Pet, Robot]`. Whether it is so.
pub(super) fn wrapped(both: &mut Both<'_, '_>) -> bool {
    let (old, new) = (bare(&both.old), bare(&both.new));
    let (group, is_new, whole) = match (old, new) {
        (None, Some(group)) if groups(&both.old).is_empty() => {
            (group, true, both.old.whole.clone())
        }
        (Some(group), None) if groups(&both.new).is_empty() => {
            (group, false, both.new.whole.clone())
        }
        _ => return false,
    };
    let tree = if is_new { both.new_tree } else { both.old_tree };
    let [one] = whole.as_slice() else {
        return false;
    };
    let Some(index) = own_branch(tree, one, &group.branches) else {
        return false;
    };
    let mut rest = group.branches.clone();
    let own = rest.remove(index);
    let context = match group.is_exclusive() && !are_apart(tree, &group.branches) {
        true => Context::Exclusive,
        false => Context::Plain,
    };
    discriminator::compare(both);
    let list = Rc::clone(&group.list.pointer);
    let other = Rc::clone(&one.pointer);
    match is_new {
        true => {
            both.child_in(context, Step::Same, [one.clone()], [own]);
            branches(both, (Vec::new(), rest), (other, list), context);
        }
        false => {
            both.child_in(context, Step::Same, [own], [one.clone()]);
            branches(both, (rest, Vec::new()), (list, other), context);
        }
    }
    true
}

/// Which alternative a schema is: the same component, the same text, or the only one that is not `null`.
fn own_branch<'d>(tree: &Tree<'d>, one: &Part<'_>, branches: &[Part<'d>]) -> Option<usize> {
    let text = canonical(one.value);
    let is_same = |branch: &Part<'d>| {
        let is_reference = branch.text("$ref").is_some();
        let branch = plain(tree, branch.clone());
        (is_reference && branch.pointer == one.pointer) || canonical(branch.value) == text
    };
    let same = branches.iter().position(is_same);
    let others = || {
        let mut others = (0..branches.len()).filter(|index| !is_null(&branches[*index]));
        others.next().filter(|_| others.next().is_none())
    };
    same.or_else(others)
}

/// The alternatives of a schema that says nothing else.
fn bare<'d>(view: &View<'d>) -> Option<Group<'d>> {
    let says_nothing_else = |part: &Part<'d>| {
        let keywords = part.object().into_iter().flatten();
        keywords
            .map(|(keyword, _)| keyword.as_str())
            .all(|keyword| {
                is_annotation(keyword)
                    || matches!(keyword, "$ref" | "oneOf" | "anyOf" | "discriminator")
            })
    };
    let mut all = groups(view);
    let is_bare = all.len() == 1 && view.parts.iter().all(says_nothing_else);
    all.pop().filter(|_| is_bare)
}

fn groups<'d>(view: &View<'d>) -> Vec<Group<'d>> {
    let mut groups = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        groups.extend(view.all(keyword).map(|list| Group {
            keyword,
            branches: list.items(),
            list,
        }));
    }
    groups
}

/// Whether what changes in one alternative changes which of the others fit.
fn context<'d>(both: &Both<'_, 'd>, old: &Group<'d>, new: &Group<'d>) -> Context {
    let is_clear =
        is_clear(old, both.old_tree, &both.old) && is_clear(new, both.new_tree, &both.new);
    match is_clear {
        true => Context::Plain,
        false => Context::Exclusive,
    }
}

/// Whether alternatives may overlap, or do not for sure.
fn is_clear<'d>(group: &Group<'d>, tree: &Tree<'d>, view: &View<'d>) -> bool {
    !group.is_exclusive() || view.has("discriminator") || are_apart(tree, &group.branches)
}

/// Compares the alternatives of two lists: those of the same name or text, then of the same title, then what
/// is left where it is one in each.
fn branches<'d>(
    both: &mut Both<'_, 'd>,
    (old, new): (Vec<Part<'d>>, Vec<Part<'d>>),
    (old_list, new_list): (Rc<str>, Rc<str>),
    context: Context,
) {
    let mut old: Vec<Option<Part<'d>>> = old.into_iter().map(Some).collect();
    let mut new: Vec<Option<Part<'d>>> = new.into_iter().map(Some).collect();
    let mut same = Vec::new();
    for identity in [identity_of, title_of] {
        let keys = |parts: &[Option<Part<'d>>]| -> Vec<Option<String>> {
            parts
                .iter()
                .map(|part| part.as_ref().and_then(identity))
                .collect()
        };
        let (of_old, of_new) = (keys(&old), keys(&new));
        for (at, key) in of_old.iter().enumerate().filter(|(_, key)| key.is_some()) {
            let other =
                (0..new.len()).find(|index| new[*index].is_some() && of_new[*index] == *key);
            if let Some(other) = other {
                same.extend(old[at].take().zip(new[other].take()));
            }
        }
    }
    let mut old: Vec<Part<'d>> = old.into_iter().flatten().collect();
    let mut new: Vec<Part<'d>> = new.into_iter().flatten().collect();
    let is_left = match (old.as_slice(), new.as_slice()) {
        ([one], [other]) => !is_null(one) && !is_null(other),
        _ => false,
    };
    if is_left {
        same.extend(old.pop().zip(new.pop()));
    }
    for (one, other) in same {
        both.child_in(context, Step::Same, [one], [other]);
    }
    let around = both.context;
    both.context = around.max(context);
    for branch in old {
        let rule = if is_null(&branch) {
            NullRemoved
        } else {
            BranchRemoved
        };
        let message = format!("the alternative {} is there no more", name_of(&branch));
        tell(both, rule, (branch.pointer, Rc::clone(&new_list)), message);
    }
    for branch in new {
        let rule = if is_null(&branch) {
            NullAdded
        } else {
            BranchAdded
        };
        let message = format!("the alternative {} is new", name_of(&branch));
        tell(both, rule, (Rc::clone(&old_list), branch.pointer), message);
    }
    both.context = around;
}

fn tell(
    both: &mut Both<'_, '_>,
    rule: ChangeRule,
    (old, new): (Rc<str>, Rc<str>),
    message: String,
) {
    both.tell_at(rule, (Some(old), Some(new)), None, message);
}

/// The component that an alternative is, or its text.
fn identity_of(branch: &Part<'_>) -> Option<String> {
    match branch.text("$ref") {
        Some(reference) => Some(format!("$ref {reference}")),
        None => Some(canonical(branch.value)),
    }
}

fn title_of(branch: &Part<'_>) -> Option<String> {
    branch.text("title").map(str::to_owned)
}

fn is_null(branch: &Part<'_>) -> bool {
    branch.text("type") == Some("null")
        || branch
            .value
            .get("const")
            .is_some_and(serde_json::Value::is_null)
}

/// What an alternative is called in a sentence.
fn name_of(branch: &Part<'_>) -> String {
    let reference = branch
        .text("$ref")
        .and_then(|reference| reference.rsplit('/').next());
    let called = reference.or_else(|| branch.text("title"));
    match called {
        Some(name) => named(name),
        None => match branch.text("type") {
            Some(kind) => format!("of type {}", named(kind)),
            None => named(&branch.value.to_string()),
        },
    }
}

/// Whether a view allows nothing that another does, by their types.
pub(super) fn differ_in_type(one: &View<'_>, other: &View<'_>) -> bool {
    kinds::allowed(one) & kinds::allowed(other) == kinds::NONE
}
