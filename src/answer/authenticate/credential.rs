//! One credential: whether it is there, in the form of its scheme.

use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use http::header::AUTHORIZATION;

use crate::{
    answer::decode,
    contract::{Credential, CredentialForm, In, Scheme},
    exchange::Request,
};

/// Padding may be left out, as many clients do.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is there in the place of a credential.
pub(super) enum Fault {
    /// Nothing.
    Missing,
    /// A credential of another scheme; what is wrong with it, to stand after its name.
    Foreign(String),
    /// One of this scheme, not in its form.
    Malformed(String),
}

/// Whether a request brings a credential, in its form.
pub(super) fn check(credential: &Credential, request: &Request) -> Result<(), Fault> {
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
        In::Header | In::Path | In::Querystring => header(request, name)?.map(Cow::Borrowed),
    };
    value.ok_or(Fault::Missing)
}

/// The one field of a name. Servers differ on which of two counts, so two are none.
fn header<'r>(request: &'r Request, name: &str) -> Result<Option<&'r str>, Fault> {
    let mut fields = request.headers.get_all(name).iter();
    match (fields.next(), fields.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(Fault::Malformed("stands there twice".to_owned())),
        (Some(field), None) => match field.to_str() {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Fault::Malformed("is not visible ASCII".to_owned())),
        },
    }
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

/// One word. RFC 6750 section 2.1 allows fewer characters, but vendors' tokens have others (`1|abc`),
/// and so have their pages (`<token>`).
fn bearer(token: &str) -> Result<(), Fault> {
    match token.contains([' ', '\t', ',', '"']) {
        true => Err(Fault::Malformed(
            "is not one word after `Bearer`".to_owned(),
        )),
        false => Ok(()),
    }
}
