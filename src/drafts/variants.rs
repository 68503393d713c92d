//! The same request with one part changed: to the edges of what the contract allows, and over them.

use serde_json::Value;

use super::{Basis, Target, change::changes};
use crate::contract::{BodyValue, Draft, DraftBody};

/// Every variant, each once; which of them keep to the contract is not said.
pub(crate) fn all(target: &Target<'_>, basis: &Basis) -> Vec<Draft> {
    let mut drafts = vec![basis.least.clone()];
    drafts.extend(with_parameters(target, basis));
    drafts.extend(with_bodies(target, basis));
    let mut distinct: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if !distinct.contains(&draft) {
            distinct.push(draft);
        }
    }
    distinct
}

/// All parameters together, each with the least and without, and each at its edges.
fn with_parameters(target: &Target<'_>, basis: &Basis) -> Vec<Draft> {
    let mut drafts = vec![Draft {
        parameters: basis.values.clone(),
        ..basis.least.clone()
    }];
    for (index, parameter) in target.operation.parameters.iter().enumerate() {
        drafts.push(basis.with_parameter(index, None));
        let Some(value) = &basis.values[index] else {
            continue;
        };
        drafts.push(basis.with_parameter(index, Some(value.clone())));
        let Some(schema) = &parameter.schema else {
            continue;
        };
        let changes = changes(target.api.description(), &schema.pointer, value);
        let changed = changes.iter().filter_map(|change| change.apply(value));
        drafts.extend(changed.map(|value| basis.with_parameter(index, Some(value))));
    }
    drafts
}

/// Each body there is to begin with, none, and the first at its edges.
fn with_bodies(target: &Target<'_>, basis: &Basis) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = basis
        .bodies(target)
        .into_iter()
        .map(|body| basis.with_body(body))
        .collect();
    let Some(body) = &basis.least.body else {
        return drafts;
    };
    drafts.push(Draft {
        body: None,
        ..basis.least.clone()
    });
    drafts.extend(changed(target, body).into_iter().map(|says| {
        basis.with_body(DraftBody {
            says: BodyValue::Value(says),
            ..body.clone()
        })
    }));
    drafts
}

/// The value of a body, changed at each of its places.
fn changed(target: &Target<'_>, body: &DraftBody) -> Vec<Value> {
    let contents = target.operation.body.as_ref().map(|body| &body.content);
    let content = contents.and_then(|contents| contents.get(body.content));
    let (Some(content), BodyValue::Value(value)) = (content, &body.says) else {
        return Vec::new();
    };
    let description = target.api.description();
    if let Some(schema) = &content.schema {
        let changes = changes(description, &schema.pointer, value);
        return changes.iter().filter_map(|it| it.apply(value)).collect();
    }
    match (&content.item_schema, value) {
        (Some(schema), Value::Array(items)) => {
            let first = items.first();
            let of = |item: &Value| {
                let changes = changes(description, &schema.pointer, item);
                let changed = changes.iter().filter_map(|it| it.apply(item));
                changed.map(|item| Value::Array(vec![item])).collect()
            };
            first.map_or_else(Vec::new, of)
        }
        _ => Vec::new(),
    }
}
