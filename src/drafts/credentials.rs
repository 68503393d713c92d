//! Credentials of a real provider, from the environment. They stand in requests that are sent, and in
//! nothing else: everything that is kept or shown has the names of their variables.

use std::{collections::BTreeMap, fmt};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::contract::{Credential, Draft, Operation, Scheme};

/// What the names of the variables begin with.
const PREFIX: &str = "MYNAH_CREDENTIAL_";

/// What a provider has given to nobody.
const WRONG: &str = "mynah-wrong";

/// The credentials of a provider, by the names of their variables.
#[derive(Clone, Default)]
pub struct Credentials(BTreeMap<String, String>);

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Credentials {
    /// Those among the variables of an environment: `MYNAH_CREDENTIAL_` and the name of a scheme.
    ///
    /// ```
    /// use mynah::check::Credentials;
    ///
    /// let variables = [("MYNAH_CREDENTIAL_API_KEY", "secret"), ("HOME", "/")];
    /// let credentials = Credentials::of(variables.map(|(name, value)| (name.into(), value.into())));
    /// assert_eq!(format!("{credentials:?}"), r#"{"MYNAH_CREDENTIAL_API_KEY"}"#);
    /// assert_eq!(Credentials::variable("api-key"), "MYNAH_CREDENTIAL_API_KEY");
    /// ```
    pub fn of(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let of_ours =
            |(name, value): &(String, String)| name.starts_with(PREFIX) && !value.is_empty();
        Self(variables.into_iter().filter(of_ours).collect())
    }

    /// The variable of a scheme: its name in capitals, with `_` for what is neither letter nor digit.
    pub fn variable(scheme: &str) -> String {
        let letter = |c: char| match c.is_ascii_alphanumeric() {
            true => c.to_ascii_uppercase(),
            false => '_',
        };
        format!("{PREFIX}{}", scheme.chars().map(letter).collect::<String>())
    }

    /// The alternatives of an operation that can be met, each as what stands for its secrets; one of
    /// nothing where nothing is asked for.
    pub(crate) fn logins(&self, operation: &Operation) -> Vec<Login> {
        if operation.security.is_empty() {
            return vec![Login::default()];
        }
        let each = operation.security.iter();
        each.filter_map(|needed| self.login(&needed.credentials))
            .collect()
    }

    fn login(&self, needed: &[Credential]) -> Option<Login> {
        let stand_in = |credential: &Credential| {
            let variable = Self::variable(&credential.name);
            let is_known = self.0.contains_key(&variable);
            is_known.then(|| (credential.scheme.clone(), mark(&variable)))
        };
        needed.iter().map(stand_in).collect()
    }

    /// The variables that an operation misses, those of the first alternative.
    pub(crate) fn missing(&self, operation: &Operation) -> Vec<String> {
        let first = operation.security.iter().map(|needed| &needed.credentials);
        let names = first.take(1).flatten().map(|it| Self::variable(&it.name));
        names.filter(|name| !self.0.contains_key(name)).collect()
    }

    /// A draft with the secrets in the place of the names of their variables.
    pub(crate) fn revealed(&self, draft: &Draft) -> Draft {
        let mut revealed = draft.clone();
        for (scheme, secret) in &mut revealed.credentials {
            if let Some(known) = self.0.get(unmarked(secret)) {
                *secret = match scheme {
                    Scheme::Basic => STANDARD.encode(known),
                    _ => known.clone(),
                };
            }
        }
        revealed
    }

    /// The line for a shell, in which each name of a variable stands for its value. It stands between
    /// single quotes there, which are left for it.
    pub(crate) fn expanded(&self, line: &str, draft: &Draft) -> String {
        let mut line = line.to_owned();
        for (scheme, secret) in &draft.credentials {
            let variable = unmarked(secret);
            if self.0.contains_key(variable) {
                let value = match scheme {
                    Scheme::Basic => format!("$(printf %s \"${variable}\" | base64)"),
                    _ => format!("${variable}"),
                };
                line = line.replace(secret, &format!("'\"{value}\"'"));
            }
        }
        line
    }
}

/// What stands for the secret in a variable: no name of another begins with it, and nothing escapes it.
fn mark(variable: &str) -> String {
    format!("~{variable}~")
}

fn unmarked(secret: &str) -> &str {
    secret.trim_matches('~')
}

/// Credentials that go with a request: what stands for the secret of each.
pub(crate) type Login = Vec<(Scheme, String)>;

/// The same credentials with secrets that nobody has.
pub(crate) fn wrong(login: &[(Scheme, String)]) -> Login {
    let wrong = |(scheme, _): &(Scheme, String)| match scheme {
        Scheme::Basic => (scheme.clone(), STANDARD.encode(format!("mynah:{WRONG}"))),
        _ => (scheme.clone(), WRONG.to_owned()),
    };
    login.iter().map(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scheme_has_a_variable() {
        for (scheme, want) in [
            ("bearerAuth", "MYNAH_CREDENTIAL_BEARERAUTH"),
            ("api-key", "MYNAH_CREDENTIAL_API_KEY"),
            ("a.b c", "MYNAH_CREDENTIAL_A_B_C"),
        ] {
            assert_eq!(Credentials::variable(scheme), want);
        }
    }
}
