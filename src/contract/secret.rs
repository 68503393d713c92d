//! What of an exchange is secret: the one place that decides, for all that is told or written of it.
//!
//! Secret are credentials, by the security schemes; what the schemas call a password or write-only text;
//! and text under a name that secrets have, where the description does not say that it is something else.

mod described;
mod way;

use std::collections::HashSet;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use serde_json::Value;

use super::{
    operation::Operation,
    parameter::In,
    security::{Credential, Scheme},
};
use crate::description::Description;
pub use described::Described;

/// What names of secrets contain, written without separators, by the first letter.
fn words(first: u8) -> &'static [&'static str] {
    match first {
        b'a' => &["apikey", "accesskey"],
        b'c' => &["credential"],
        b'p' => &["password", "passwd", "passphrase", "privatekey"],
        b's' => &["secret"],
        b't' => &["token"],
        _ => &[],
    }
}

/// Whether things of this name are secrets: `api_key`, `X-Auth-Token`, `newPassword`.
///
/// ```
/// use mynah::contract::is_secret_name;
///
/// assert!(is_secret_name("X-API-Key"));
/// assert!(!is_secret_name("key"));
/// ```
pub fn is_secret_name(name: &str) -> bool {
    has_secret_word(name.as_bytes())
}

/// Whether a word that names of secrets contain stands anywhere in some bytes.
pub fn has_secret_word(bytes: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'_' | b'-' | b' ' | b'.');
    let plain = bytes.iter().filter(|byte| !is_separator(byte));
    let plain: Vec<u8> = plain.map(u8::to_ascii_lowercase).collect();
    let begins_one = |(at, first): (usize, &u8)| {
        let mut words = words(*first).iter();
        words.any(|word| plain[at..].starts_with(word.as_bytes()))
    };
    plain.iter().enumerate().any(begins_one)
}

/// The parts of messages that are credentials, by name.
#[derive(Debug, Default)]
pub struct Secrets {
    headers: HashSet<String>,
    query: HashSet<String>,
    cookies: HashSet<String>,
}

impl Secrets {
    /// The credentials of an API: those that its operations need, and those that it describes only.
    pub(super) fn of(description: &Description, operations: &[Operation]) -> Self {
        let mut secrets = Self::default();
        let needed = operations.iter().flat_map(|it| &it.security);
        for Credential { scheme, .. } in needed.flat_map(|it| &it.credentials) {
            if let Scheme::ApiKey(place, name) = scheme {
                secrets.add(*place, name);
            }
        }
        let described = &description.root()["components"]["securitySchemes"];
        for scheme in described.as_object().into_iter().flat_map(|it| it.values()) {
            let text = |key: &str| scheme.get(key).and_then(Value::as_str);
            let place = match text("in") {
                Some("header") => In::Header,
                Some("query") => In::Query,
                Some("cookie") => In::Cookie,
                _ => continue,
            };
            if let Some(name) = text("name") {
                secrets.add(place, name);
            }
        }
        secrets
    }

    fn add(&mut self, place: In, name: &str) {
        let name = name.to_owned();
        match place {
            In::Header => self.headers.insert(name.to_ascii_lowercase()),
            In::Query | In::Querystring => self.query.insert(name),
            In::Cookie => self.cookies.insert(name),
            In::Path => false,
        };
    }

    /// Whether what has this name there is a credential. Of header fields the name has no case;
    /// `Authorization` and cookies are credentials of every API.
    pub fn has(&self, place: In, name: &str) -> bool {
        match place {
            In::Header => {
                let always = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE, SET_COOKIE];
                let name = name.to_ascii_lowercase();
                always.iter().any(|own| own == name.as_str()) || self.headers.contains(&name)
            }
            In::Query | In::Querystring => self.query.contains(name),
            In::Cookie => true,
            In::Path => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_have_any_case_and_separators() {
        for name in [
            "password",
            "new_password",
            "userPasswd",
            "X-API-Key",
            "client-secret",
            "access_token",
            "private_key",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "",
            "key",
            "pass",
            "name",
            "api",
            "idempotency-key",
            "author",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
