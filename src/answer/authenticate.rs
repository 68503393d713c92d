//! Credentials: whether the request brings those of one alternative, in their form.
//!
//! Any well-formed credential is accepted: a fake has no users.

mod credential;

use std::sync::Arc;

use crate::{
    contract::{Api, Credential, In, Operation, Requirement, Scheme},
    exchange::{Place, Request, Rule, Violation},
};
use credential::{Fault, check};

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
    /// What is there in its place.
    fault: Fault<'a>,
}

fn lacks<'a>(requirement: &'a Requirement, request: &Request) -> Vec<Lack<'a>> {
    let lack = |credential: &'a Credential| {
        let fault = check(credential, request).err()?;
        Some(Lack { credential, fault })
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
            stated: Some(self.credential.stated.clone()),
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

#[cfg(test)]
mod tests;
