//! What the client prefers: `Prefer: code=404, example=gone`, `dynamic=true` and `seed=7` (RFC 7240;
//! the names are those that Prism introduced), or the same as query parameters, `?__code=404`.

mod asked;
mod documented;

use std::sync::Arc;

use crate::{
    contract::Operation,
    exchange::{Request, Rule, Violation},
};
use asked::Asked;
pub(super) use asked::without;
pub(crate) use asked::written;

/// What a client asks for, beyond the default.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Preference {
    /// The reply of this status.
    pub(super) code: Option<u16>,
    /// The documented example of this name.
    pub(super) example: Option<Arc<str>>,
    /// Whether a reply made for this request, or from the schema, in the place of an example.
    pub(super) dynamic: Option<bool>,
    /// What made values are to depend on.
    pub(super) seed: Option<u64>,
}

/// Reads what is preferred. Preferences that are not Mynah's are passed over (RFC 7240 section 2), and
/// of one that stands several times the first counts. One that names nothing documented is reported
/// with all that is.
pub(super) fn read(
    operation: &Operation,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Preference {
    let all = asked::all(operation, request);
    let mut preference = Preference::default();
    // The code first: which examples there are depends on it.
    for name in ["code", "example", "dynamic", "seed"] {
        let Some(asked) = all.iter().find(|asked| asked.name == name) else {
            continue;
        };
        if let Err(message) = preference.set(operation, asked) {
            violations.push(Violation {
                place: asked.place.clone(),
                rule: Rule::PreferUnknown,
                message,
                stated: None,
            });
        }
    }
    preference
}

impl Preference {
    fn set(&mut self, operation: &Operation, asked: &Asked) -> Result<(), String> {
        let value = &*asked.value;
        match &*asked.name {
            "code" => self.code = Some(documented::code(operation, value)?),
            "example" => self.example = Some(documented::example(operation, value, self.code)?),
            "dynamic" => self.dynamic = Some(flag(value)?),
            _ => self.seed = Some(number(value)?),
        }
        Ok(())
    }

    /// What was asked for and done, as `Preference-Applied` repeats it (RFC 7240 section 3); `None`
    /// when nothing was. A seed does nothing but to a body that is made from a schema.
    pub(super) fn applied(&self, is_made: bool) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref();
        let example = example.map(|name| format!("example={}", asked::written(name)));
        let dynamic = (self.dynamic == Some(true)).then(|| "dynamic=true".to_owned());
        let seed = self.seed.filter(|_| is_made);
        let seed = seed.map(|seed| format!("seed={seed}"));
        let all = [code, example, dynamic, seed].into_iter().flatten();
        let all: Vec<String> = all.collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

fn flag(value: &str) -> Result<bool, String> {
    match value {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(format!("`dynamic={value}`: true and false are possible")),
    }
}

fn number(value: &str) -> Result<u64, String> {
    let message = |_| {
        let most = u64::MAX;
        format!("`seed={value}`: whole numbers from 0 to {most} are possible")
    };
    value.parse().map_err(message)
}
