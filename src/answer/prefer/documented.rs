//! Whether what is preferred is documented, and what is in its place.

use std::sync::Arc;

use crate::contract::Operation;

/// A documented status.
///
/// # Errors
/// One that is not, with those that are, in words.
pub(super) fn code(operation: &Operation, value: &str) -> Result<u16, String> {
    let code: Option<u16> = value.parse().ok();
    if code.is_some_and(|code| (100..200).contains(&code)) {
        return Err(format!(
            "`code={value}` is an interim status; replies have one from 200 to 599"
        ));
    }
    let documented = code.filter(|code| (200..600).contains(code));
    let documented = documented.filter(|code| operation.reply(*code).is_some());
    documented.ok_or_else(|| {
        let keys = operation.replies.iter().map(|reply| reply.key.to_string());
        let keys: Vec<String> = keys.collect();
        format!(
            "`code={value}` is not documented; there are: {}",
            keys.join(", ")
        )
    })
}

/// The name of a documented example, of one status where that is asked for too.
///
/// # Errors
/// One that is not documented, with those that are, in words.
pub(super) fn example(
    operation: &Operation,
    value: &str,
    code: Option<u16>,
) -> Result<Arc<str>, String> {
    let (names, of_what) = match code.and_then(|code| Some((code, operation.reply(code)?))) {
        Some((code, reply)) => (distinct(reply.names()), format!(" for {code}")),
        None => {
            let all = operation.examples().map(|(_, name)| name);
            (distinct(all), String::new())
        }
    };
    if let Some(name) = names.iter().find(|name| ***name == *value) {
        return Ok(Arc::clone(name));
    }
    Err(match names.is_empty() {
        true if code.is_some() => {
            format!("`example={value}` is not documented{of_what}: no example there has a name")
        }
        true => format!("`example={value}`: no example of this operation has a name"),
        false => {
            let listed = names.join(", ");
            format!("`example={value}` is not documented{of_what}; there are: {listed}")
        }
    })
}

fn distinct<'a>(names: impl Iterator<Item = &'a Arc<str>>) -> Vec<Arc<str>> {
    let mut distinct: Vec<Arc<str>> = Vec::new();
    for name in names {
        if !distinct.contains(name) {
            distinct.push(Arc::clone(name));
        }
    }
    distinct
}
