//! `multipleOf`.

use super::{both::Both, view::View};
use crate::{
    diff::{ChangeRule, text::listed, tree::Tree},
    exchange::Decimal,
};

/// Compares what numbers have to be multiples of.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let old = factors(both.old_tree, &both.old);
    let new = factors(both.new_tree, &both.new);
    // Whether all multiples of some factors are multiples of the others too.
    let implies = |some: &[(Decimal, String)], others: &[(Decimal, String)]| {
        let is_implied =
            |(factor, _): &(Decimal, String)| some.iter().any(|(it, _)| it.is_multiple_of(factor));
        others.iter().all(is_implied)
    };
    let rule = match (implies(&old, &new), implies(&new, &old)) {
        (true, true) => return,
        (true, false) => ChangeRule::MultipleOfWidened,
        (false, true) => ChangeRule::MultipleOfNarrowed,
        (false, false) => ChangeRule::MultipleOfChanged,
    };
    let told = |factors: &[(Decimal, String)]| match factors {
        [] => "none".to_owned(),
        factors => listed(factors.iter().map(|(_, text)| format!("`{text}`"))),
    };
    let message = format!("`multipleOf` was {} and is {}", told(&old), told(&new));
    both.tell(rule, "multipleOf", message);
}

fn factors<'d>(tree: &Tree<'d>, view: &View<'d>) -> Vec<(Decimal, String)> {
    let stated = view.all("multipleOf").filter(|part| part.value.is_number());
    stated
        .filter_map(|part| {
            let text = tree.description.json_text(&part.pointer)?;
            Some((Decimal::parse(&text)?, text))
        })
        .collect()
}
