//! What a client sends though it is the server's alone to give (`readOnly`), as whoever serves the API
//! wants it held.

use std::sync::Arc;

use crate::{
    answer::validate::add_too_complex,
    contract::{Api, Content, Excluded, ReadOnly, Schema, TooComplex},
    exchange::{Place, Rule, Tape, TapeNode, Violation},
};

/// A value without what its schema has as `readOnly`, which is reported where that is a violation; `None`
/// where all of it is kept.
pub(super) fn without(
    api: &Api,
    schema: Option<&Schema>,
    value: TapeNode<'_>,
    place: &dyn Fn(String) -> Place,
    violations: &mut Vec<Violation>,
) -> Option<Tape> {
    let schema = schema.filter(|_| api.settings().read_only != ReadOnly::Ignore)?;
    dropped(api, value, schema.excluded(value), place, violations)
}

/// The same for a body, and for the items of one that is a sequence.
pub(super) fn body_without(
    api: &Api,
    content: &Content,
    body: &Tape,
    violations: &mut Vec<Violation>,
) -> Option<Tape> {
    if api.settings().read_only == ReadOnly::Ignore {
        return None;
    }
    let excluded = body_excluded(content, body.root());
    dropped(api, body.root(), excluded, &Place::Body, violations)
}

fn body_excluded(content: &Content, body: TapeNode<'_>) -> Result<Vec<Excluded>, TooComplex> {
    let of = |schema: &Option<Arc<Schema>>, value| match schema {
        Some(schema) => schema.excluded(value),
        None => Ok(Vec::new()),
    };
    let mut excluded = of(&content.schema, body)?;
    for (index, item) in body.items().enumerate() {
        let of_item = of(&content.item_schema, item)?.into_iter();
        excluded.extend(of_item.map(|it| Excluded {
            pointer: format!("/{index}{}", it.pointer),
            ..it
        }));
    }
    Ok(excluded)
}

fn dropped(
    api: &Api,
    value: TapeNode<'_>,
    excluded: Result<Vec<Excluded>, TooComplex>,
    place: &dyn Fn(String) -> Place,
    violations: &mut Vec<Violation>,
) -> Option<Tape> {
    let excluded = match excluded {
        Ok(excluded) if excluded.is_empty() => return None,
        Ok(excluded) => excluded,
        Err(TooComplex) => {
            add_too_complex(place(String::new()), violations);
            return None;
        }
    };
    let cells = excluded.iter().map(|it| it.cell).collect();
    if api.settings().read_only == ReadOnly::Reject {
        violations.extend(excluded.into_iter().map(|it| Violation {
            place: place(it.pointer),
            rule: Rule::ReadOnly,
            message: "set by the server only (`readOnly`); leave it out".to_owned(),
            stated: Some(api.locate(&it.stated)),
        }));
    }
    Some(Tape::without(value, &cells))
}
