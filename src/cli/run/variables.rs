//! How a command is told where the fakes are.

use super::{
    super::{args, error::CliError},
    fakes::{Fake, Fakes},
};

/// A variable of the command's environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    /// Its name.
    pub(super) name: String,
    /// Its value.
    pub(super) value: String,
}

/// The variable that has the URL where there is one API only: with several, nobody could tell which.
const ONLY: &str = "MYNAH_URL";

/// The variables for fakes: one for each API, by its name, and those that are wanted beside.
///
/// # Errors
/// Two APIs would have the same variable, or a value names an API that is not served.
pub(super) fn of(fakes: &Fakes, wanted: &[args::Variable]) -> Result<Vec<Variable>, CliError> {
    let named: Vec<(&str, &str)> = fakes
        .iter()
        .map(|Fake { api, url, .. }| (&**api.name(), &**url))
        .collect();
    let mut variables: Vec<Variable> = Vec::new();
    for (index, (api, url)) in named.iter().enumerate() {
        let name = name_for(api);
        if let Some(other) = variables.iter().position(|it| it.name == name) {
            return Err(CliError::SameVariable {
                variable: name,
                names: [named[other].0.to_owned(), named[index].0.to_owned()],
            });
        }
        variables.push(Variable {
            name,
            value: (*url).to_owned(),
        });
    }
    if let [(_, url)] = named.as_slice() {
        variables.push(Variable {
            name: ONLY.to_owned(),
            value: (*url).to_owned(),
        });
    }
    for args::Variable { name, template } in wanted {
        variables.retain(|it| it.name != *name);
        variables.push(Variable {
            value: filled(name, template, &named)?,
            name: name.clone(),
        });
    }
    Ok(variables)
}

/// The name of the variable for an API: `MY_PETS_URL` for `my-pets`.
pub(super) fn name_for(api: &str) -> String {
    let plain = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_uppercase(),
        false => '_',
    };
    let name: String = api.chars().map(plain).collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{name}_URL"),
        false => format!("{name}_URL"),
    }
}

/// A value with the URLs of APIs in the place of their names in braces.
fn filled(variable: &str, template: &str, named: &[(&str, &str)]) -> Result<String, CliError> {
    let mut value = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (api, after) = after.split_once('}').unwrap_or((after, ""));
        let Some((_, url)) = named.iter().find(|(name, _)| *name == api) else {
            return Err(CliError::UnknownInVariable {
                variable: variable.to_owned(),
                name: api.to_owned(),
                known: named.iter().map(|(name, _)| (*name).to_owned()).collect(),
            });
        };
        value.push_str(before);
        value.push_str(url);
        rest = after;
    }
    value.push_str(rest);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_has_a_variable_by_its_name() {
        for (api, want) in [
            ("libredesk", "LIBREDESK_URL"),
            ("my-pets.v2", "MY_PETS_V2_URL"),
            ("2fa", "_2FA_URL"),
            ("läden", "L_DEN_URL"),
        ] {
            assert_eq!(name_for(api), want);
        }
    }

    #[test]
    fn values_have_urls_in_the_place_of_names() {
        let named = [("a", "http://x:1"), ("b", "http://x:2")];
        for (template, want) in [
            ("{a}", Some("http://x:1")),
            ("{b}/v2?to={a}", Some("http://x:2/v2?to=http://x:1")),
            ("plain", Some("plain")),
            ("", Some("")),
            ("{c}", None),
            ("{a", Some("http://x:1")),
            ("{}", None),
        ] {
            assert_eq!(
                filled("X", template, &named).ok().as_deref(),
                want,
                "{template}"
            );
        }
    }
}
