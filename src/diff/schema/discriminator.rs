//! Discriminators: the property that tells alternatives apart, and what its values mean.

use super::both::Both;
use crate::diff::{
    ChangeRule::{self, *},
    pairing::{Paired, paired},
    text::named,
    tree::Part,
};

/// Compares the discriminators.
pub(super) fn compare(both: &mut Both<'_, '_>) {
    let old = both.old.all("discriminator").next();
    let new = both.new.all("discriminator").next();
    let (old, new) = match (old, new) {
        (None, None) => return,
        (None, Some(_)) => {
            return both.tell(
                DiscriminatorAdded,
                "discriminator",
                "a property tells the alternatives apart now",
            );
        }
        (Some(_), None) => {
            let message = "no property tells the alternatives apart any more";
            return both.tell(DiscriminatorRemoved, "discriminator", message);
        }
        (Some(old), Some(new)) => (old, new),
    };
    let names = [&old, &new].map(|part| part.text("propertyName").unwrap_or_default());
    if names[0] != names[1] {
        let [was, is] = names.map(named);
        let message =
            format!("the property that tells the alternatives apart was {was} and is {is}");
        return both.tell(DiscriminatorChanged, "discriminator", message);
    }
    let mapping = |part: &Part<'_>| {
        let entries = part.get("mapping").map(|mapping| mapping.members());
        let entries = entries.into_iter().flatten();
        entries
            .map(|(value, target)| (value.to_owned(), target.value.clone()))
            .collect::<Vec<_>>()
    };
    for Paired { key, old, new } in paired(mapping(&old), mapping(&new)) {
        let value = named(&key);
        let (rule, what): (ChangeRule, _) = match (old, new) {
            (None, Some(_)) => (MappingAdded, "is new"),
            (Some(_), None) => (MappingRemoved, "is there no more"),
            (old, new) if old != new => (MappingChanged, "means another schema"),
            _ => continue,
        };
        both.tell(
            rule,
            "discriminator",
            format!("the value {value} of `{}` {what}", names[0]),
        );
    }
    if mapping_default(&old) != mapping_default(&new) {
        both.tell(
            MappingChanged,
            "discriminator",
            "the schema of other values changed (`defaultMapping`)",
        );
    }
}

fn mapping_default<'d>(part: &Part<'d>) -> Option<&'d str> {
    part.text("defaultMapping")
}
