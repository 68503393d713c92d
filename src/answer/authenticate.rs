//! Credentials: whether the request brings those of one alternative, in their form.
//!
//! Any well-formed credential is accepted: a fake has no users.

use std::{borrow::Cow, sync::Arc};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use http::header::AUTHORIZATION;

use super::decode;
use crate::{
    contract::{Api, Credential, CredentialForm, In, Operation, Requirement, Scheme},
    description::Location,
    exchange::{Place, Request, Rule, Violation},
};

/// Padding may be left out, as many clients do.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reports what the nearest alternative lacks, when none is met. No alternative at all, and an
/// empty one, let everyone in (OpenAPI 3.1.1, "Security Requirement Object").
pub(super) fn authenticate(
    api: &Api,
    operation: &Operation,
    request: &Request,
    violations: &mut Vec<Violation>,
) {
    let mut nearest: Option<Vec<Lack<'_>>> = None;
    for requirement in &operation.security {
        let lacks = lacks(requirement, request);
        if lacks.is_empty() {
            return;
        }
        if nearest
            .as_ref()
            .is_none_or(|other| distance(&lacks) < distance(other))
        {
            nearest = Some(lacks);
        }
    }
    let others = alternatives(&operation.security);
    for lack in nearest.into_iter().flatten() {
        violations.push(lack.violation(api, others.as_deref()));
    }
}

/// A credential that is not there, or not in its form.
struct Lack<'a> {
    credential: &'a Credential,
    stated: &'a Location,
    /// What is there in its place.
    fault: Fault,
}

enum Fault {
    Missing,
    /// A credential of another scheme; what is wrong with it, to stand after its name.
    Foreign(String),
    /// One of this scheme, not in its form.
    Malformed(String),
}

fn lacks<'a>(requirement: &'a Requirement, request: &Request) -> Vec<Lack<'a>> {
    let lack = |credential: &'a Credential| {
        let fault = check(credential, request).err()?;
        Some(Lack {
            credential,
            stated: &requirement.stated,
            fault,
        })
    };
    requirement.credentials.iter().filter_map(lack).collect()
}

/// What is there in a wrong form is nearer than what is of another scheme, and this than nothing.
fn distance(lacks: &[Lack<'_>]) -> usize {
    let of = |lack: &Lack<'_>| match lack.fault {
        Fault::Missing => 3,
        Fault::Foreign(_) => 2,
        Fault::Malformed(_) => 1,
    };
    lacks.iter().map(of).sum()
}

fn check(credential: &Credential, request: &Request) -> Result<(), Fault> {
    let value = presented(credential, request)?;
    match &credential.scheme {
        Scheme::Basic => basic(after_scheme(&value, "Basic")?),
        Scheme::Bearer => bearer(after_scheme(&value, "Bearer")?),
        Scheme::Http(scheme) => after_scheme(&value, scheme).map(drop),
        Scheme::ApiKey(..) if value.trim().is_empty() => {
            Err(Fault::Malformed("is empty".to_owned()))
        }
        Scheme::ApiKey(..) => Ok(()),
    }?;
    match &credential.form {
        Some(form) if !(form.fits)(&value) => Err(misshapen(form, &value)),
        _ => Ok(()),
    }
}

fn misshapen(form: &CredentialForm, value: &str) -> Fault {
    let first = |text: &str| text.split(' ').next().unwrap_or("").to_ascii_lowercase();
    let says = format!("is not of the form `{}`", form.written);
    match first(value) == first(form.written) {
        true => Fault::Malformed(says),
        false => Fault::Foreign(says),
    }
}

/// The value that stands where the credential belongs.
fn presented<'r>(credential: &Credential, request: &'r Request) -> Result<Cow<'r, str>, Fault> {
    let (place, name) = match &credential.scheme {
        Scheme::ApiKey(place, name) => (*place, &**name),
        _ => (In::Header, AUTHORIZATION.as_str()),
    };
    let value = match place {
        In::Query => decode::query_value(request, name).map(Cow::Owned),
        In::Cookie => decode::cookie_value(request, name).map(Cow::Borrowed),
        In::Header | In::Path => match request.headers.get(name) {
            None => None,
            Some(value) => match value.to_str() {
                Ok(text) => Some(Cow::Borrowed(text)),
                Err(_) => return Err(Fault::Malformed("is not visible ASCII".to_owned())),
            },
        },
    };
    value.ok_or(Fault::Missing)
}

/// What follows the name of the authentication scheme, which has no case (RFC 9110 section 11.1).
fn after_scheme<'v>(value: &'v str, scheme: &str) -> Result<&'v str, Fault> {
    let (found, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    if !found.eq_ignore_ascii_case(scheme) {
        return Err(Fault::Foreign(format!("does not begin with `{scheme} `")));
    }
    match rest.trim() {
        "" => Err(Fault::Malformed(format!("has nothing after `{scheme}`"))),
        rest => Ok(rest),
    }
}

/// `user-id ":" password`, in base64 (RFC 7617 section 2). The password may contain colons.
fn basic(encoded: &str) -> Result<(), Fault> {
    let decoded = BASE64
        .decode(encoded)
        .map_err(|_| Fault::Malformed("is not base64 after `Basic`".to_owned()))?;
    match decoded.contains(&b':') {
        true => Ok(()),
        false => Err(Fault::Malformed(
            "has no `:` between user and password".to_owned(),
        )),
    }
}

/// `b64token` (RFC 6750 section 2.1), and the `|` that Laravel puts into its tokens.
fn bearer(token: &str) -> Result<(), Fault> {
    let body = token.trim_end_matches('=');
    let is_token = !body.is_empty()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/|".contains(&byte));
    match is_token {
        true => Ok(()),
        false => Err(Fault::Malformed(
            "is not one token after `Bearer`".to_owned(),
        )),
    }
}

/// All alternatives in words, when there are several.
fn alternatives(requirements: &[Requirement]) -> Option<String> {
    if requirements.len() < 2 {
        return None;
    }
    let words = |requirement: &Requirement| {
        let names: Vec<String> = requirement.credentials.iter().map(expected).collect();
        names.join(" with ")
    };
    let all: Vec<String> = requirements.iter().map(words).collect();
    Some(all.join(" or "))
}

/// A credential as it would be written.
fn expected(credential: &Credential) -> String {
    match &credential.scheme {
        Scheme::Basic => "`Authorization: Basic <base64 of user:password>`".to_owned(),
        Scheme::Bearer => "`Authorization: Bearer <token>`".to_owned(),
        Scheme::Http(scheme) => format!("`Authorization: {scheme} …`"),
        Scheme::ApiKey(In::Query, name) => format!("`?{name}=…`"),
        Scheme::ApiKey(In::Cookie, name) => format!("`Cookie: {name}=…`"),
        Scheme::ApiKey(_, name) => match &credential.form {
            Some(form) => format!("`{name}: {}`", form.written),
            None => format!("`{name}: <{}>`", credential.name),
        },
    }
}

impl Lack<'_> {
    fn violation(self, api: &Api, alternatives: Option<&str>) -> Violation {
        let expected = match alternatives {
            Some(all) => all.to_owned(),
            None => expected(self.credential),
        };
        let (rule, message) = match self.fault {
            Fault::Missing => (
                Rule::CredentialMissing,
                format!(
                    "the credential is missing; {} needs {expected}",
                    api.title()
                ),
            ),
            Fault::Foreign(what) | Fault::Malformed(what) => (
                Rule::CredentialMalformed,
                format!("the credential {what}; {} needs {expected}", api.title()),
            ),
        };
        Violation {
            place: place(&self.credential.scheme),
            rule,
            message,
            stated: Some(self.stated.clone()),
        }
    }
}

fn place(scheme: &Scheme) -> Place {
    match scheme {
        Scheme::ApiKey(In::Query, name) => Place::Query(Arc::clone(name)),
        Scheme::ApiKey(In::Cookie, name) => Place::Cookie(Arc::clone(name)),
        Scheme::ApiKey(_, name) => Place::Header(Arc::clone(name)),
        _ => Place::Header("Authorization".into()),
    }
}
