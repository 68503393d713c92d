//! Simpler requests than one that failed, which may fail as well.

use serde_json::Value;

use super::trial::{Aim, Target, Trial};
use crate::{
    contract::{BodyValue, Draft, DraftBody},
    description::join,
    drafts::{Change, To},
    exchange::Cause,
};

/// Simpler requests that are meant in the same way, the simplest first.
pub(super) fn simpler(target: &Target<'_>, trial: &Trial) -> Vec<Trial> {
    let drafts = drafts(target, &trial.draft).into_iter();
    let trials = drafts.map(|draft| Trial {
        draft,
        aim: trial.aim.clone(),
    });
    trials.filter(|trial| is_meant_so(target, trial)).collect()
}

/// Whether a request still is what its aim says.
fn is_meant_so(target: &Target<'_>, trial: &Trial) -> bool {
    let faults = || target.faults(&trial.draft);
    match &trial.aim {
        Aim::Success(_) => faults().is_some_and(|it| it.is_empty()),
        Aim::Refusal(meant) => faults().is_some_and(|faults| {
            let mut others = faults.iter();
            !faults.is_empty()
                && others.all(|it| it.place == meant.place && it.rule.code() == meant.rule.code())
        }),
        Aim::Unauthorized(_) => faults().is_some_and(|faults| {
            let mut faults = faults.iter();
            faults.all(|it| it.rule.cause() == Cause::Credentials)
        }),
        // These begin with as little as there has to be.
        Aim::AsDocumented | Aim::NoMethod(_) | Aim::AsGet(..) => false,
    }
}

fn drafts(target: &Target<'_>, draft: &Draft) -> Vec<Draft> {
    let mut drafts = Vec::new();
    if draft.body.is_some() {
        drafts.push(Draft {
            body: None,
            ..draft.clone()
        });
    }
    for (index, parameter) in target.operation.parameters.iter().enumerate() {
        if !parameter.required && draft.parameters[index].is_some() {
            let mut simpler = draft.clone();
            simpler.parameters[index] = None;
            drafts.push(simpler);
        }
    }
    if let Some(body) = &draft.body
        && let BodyValue::Value(value) = &body.says
    {
        drafts.extend(values(value).into_iter().map(|says| Draft {
            body: Some(DraftBody {
                says: BodyValue::Value(says),
                ..body.clone()
            }),
            ..draft.clone()
        }));
    }
    for (index, value) in draft.parameters.iter().enumerate() {
        for value in value.iter().flat_map(values) {
            let mut simpler = draft.clone();
            simpler.parameters[index] = Some(value);
            drafts.push(simpler);
        }
    }
    drafts
}

/// Simpler values than one: without a member, with fewer items, with shorter texts.
fn values(value: &Value) -> Vec<Value> {
    let mut changes = Vec::new();
    add_changes("", value, &mut changes);
    changes.iter().filter_map(|it| it.apply(value)).collect()
}

fn add_changes(at: &str, value: &Value, changes: &mut Vec<Change>) {
    let mut replace = |to: Value| {
        changes.push(Change {
            at: at.to_owned(),
            to: To::Value(to),
        });
    };
    match value {
        Value::Object(members) => {
            for name in members.keys() {
                let at = join(at, name);
                changes.push(Change {
                    at,
                    to: To::Nothing,
                });
            }
            for (name, member) in members {
                add_changes(&join(at, name), member, changes);
            }
        }
        Value::Array(items) => {
            if !items.is_empty() {
                replace(Value::Array(Vec::new()));
            }
            if items.len() > 1 {
                replace(Value::Array(items[..items.len() / 2].to_vec()));
            }
            for (index, item) in items.iter().enumerate().take(1) {
                add_changes(&join(at, &index.to_string()), item, changes);
            }
        }
        Value::String(text) if text.chars().count() > 1 => {
            let half = text.chars().count() / 2;
            replace(text.chars().take(1).collect::<String>().into());
            replace(text.chars().take(half).collect::<String>().into());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn simpler_values_have_less() {
        let values = values(&json!({"a": [1, 2], "b": "xyz"}));
        for want in [
            json!({"b": "xyz"}),
            json!({"a": [1, 2]}),
            json!({"a": [], "b": "xyz"}),
            json!({"a": [1], "b": "xyz"}),
            json!({"a": [1, 2], "b": "x"}),
        ] {
            assert!(values.contains(&want), "{want} is none of {values:?}");
        }
    }
}
