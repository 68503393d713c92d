//! What the client prefers: `Prefer: code=404, example=gone` or `dynamic=true` (RFC 7240; the names
//! are those that Prism introduced).

use crate::{
    contract::Operation,
    exchange::{Place, Request, Rule, Violation},
};

/// What a client asks for, beyond the default.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Preference {
    /// The reply of this status.
    pub(super) code: Option<u16>,
    /// The documented example of this name.
    pub(super) example: Option<String>,
    /// Whether a reply made for this request, or from the schema, in the place of an example.
    pub(super) dynamic: Option<bool>,
}

/// Reads the `Prefer` fields. Preferences that are not Mynah's are passed over (RFC 7240
/// section 2); one of its own that names nothing documented is reported with all that is.
pub(super) fn read(
    operation: &Operation,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Preference {
    let mut preference = Preference::default();
    for field in request.headers.get_all("prefer") {
        let text = String::from_utf8_lossy(field.as_bytes());
        for (name, value) in text.split(',').map(name_and_value) {
            if let Err(message) = preference.set(operation, &name, value) {
                violations.push(Violation {
                    place: Place::Header("Prefer".into()),
                    rule: Rule::PreferUnknown,
                    message,
                    stated: None,
                });
            }
        }
    }
    preference
}

/// `name=value; parameters`, the value quoted or not.
fn name_and_value(preference: &str) -> (String, &str) {
    let preference = preference.split(';').next().unwrap_or("");
    let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
    (
        name.trim().to_ascii_lowercase(),
        value.trim().trim_matches('"'),
    )
}

impl Preference {
    fn set(&mut self, operation: &Operation, name: &str, value: &str) -> Result<(), String> {
        match name {
            "code" => self.code = Some(code(operation, value)?),
            "example" => self.example = Some(example(operation, value)?),
            "dynamic" if matches!(value, "" | "true") => self.dynamic = Some(true),
            "dynamic" if value == "false" => self.dynamic = Some(false),
            "dynamic" => return Err(format!("`dynamic={value}`: true and false are possible")),
            _ => {}
        }
        Ok(())
    }

    /// What was asked for, as `Preference-Applied` repeats it; `None` when nothing was.
    pub(super) fn applied(&self) -> Option<String> {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|name| format!("example={name}"));
        let dynamic = (self.dynamic == Some(true)).then(|| "dynamic=true".to_owned());
        let all: Vec<String> = [code, example, dynamic].into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

fn code(operation: &Operation, value: &str) -> Result<u16, String> {
    let status = value.parse().ok().filter(|code| (200..600).contains(code));
    status
        .filter(|code| operation.reply(*code).is_some())
        .ok_or_else(|| {
            let documented: Vec<String> = operation
                .replies
                .iter()
                .map(|reply| reply.key.to_string())
                .collect();
            format!(
                "`code={value}` is not documented; there are: {}",
                documented.join(", ")
            )
        })
}

fn example(operation: &Operation, value: &str) -> Result<String, String> {
    let mut documented = operation.examples().map(|(_, name)| name);
    if documented.clone().any(|name| **name == *value) {
        return Ok(value.to_owned());
    }
    let Some(first) = documented.next() else {
        return Err(format!(
            "`example={value}`: no example of this operation has a name"
        ));
    };
    let names = documented.fold(first.to_string(), |names, name| format!("{names}, {name}"));
    Err(format!(
        "`example={value}` is not documented; there are: {names}"
    ))
}
