//! One credential: whether it is there, in the form of its scheme.

use std::{borrow::Cow, fmt};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use http::HeaderName;

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

/// User and password are mostly no longer, in bytes, and then need no memory of their own.
const SHORT: usize = 96;

/// What is there in the place of a credential.
pub(super) enum Fault<'a> {
    /// Nothing.
    Missing,
    /// A credential of another scheme.
    Foreign(Wrong<'a>),
    /// One of this scheme, not in its form.
    Malformed(Wrong<'a>),
}

/// What is wrong with a credential. Where several would do, most are of the others: nothing is put in words until
/// somebody is to read it.
pub(super) enum Wrong<'a> {
    /// It does not look as this API's do.
    Form(&'a CredentialForm),
    Empty,
    Twice,
    NotAscii,
    /// It does not begin with the name of this scheme.
    OtherThan(&'a str),
    /// Nothing follows the name of the scheme.
    Nothing(&'a str),
    NotBase64,
    NoColon,
    NotOneWord,
}

impl fmt::Display for Wrong<'_> {
    /// To stand after `the credential`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(form) => write!(f, "is not of the form `{}`", form.written),
            Self::Empty => f.write_str("is empty"),
            Self::Twice => f.write_str("stands there twice"),
            Self::NotAscii => f.write_str("is not visible ASCII"),
            Self::OtherThan(scheme) => write!(f, "does not begin with `{scheme} `"),
            Self::Nothing(scheme) => write!(f, "has nothing after `{scheme}`"),
            Self::NotBase64 => f.write_str("is not base64 after `Basic`"),
            Self::NoColon => f.write_str("has no `:` between user and password"),
            Self::NotOneWord => f.write_str("is not one word after `Bearer`"),
        }
    }
}

/// Whether a request brings a credential, in its form.
pub(super) fn check<'c>(credential: &'c Credential, request: &Request) -> Result<(), Fault<'c>> {
    let value = presented(credential, request)?;
    match &credential.scheme {
        Scheme::Basic => basic(after_scheme(&value, "Basic")?),
        Scheme::Bearer => bearer(after_scheme(&value, "Bearer")?),
        Scheme::Http(scheme) => after_scheme(&value, scheme).map(drop),
        Scheme::ApiKey(..) if value.trim().is_empty() => Err(Fault::Malformed(Wrong::Empty)),
        Scheme::ApiKey(..) => Ok(()),
    }?;
    match &credential.form {
        Some(form) if !(form.fits)(&value) => Err(misshapen(form, &value)),
        _ => Ok(()),
    }
}

fn misshapen<'c>(form: &'c CredentialForm, value: &str) -> Fault<'c> {
    let first = |text| str::split(text, ' ').next().unwrap_or("");
    match first(value).eq_ignore_ascii_case(first(form.written)) {
        true => Fault::Malformed(Wrong::Form(form)),
        false => Fault::Foreign(Wrong::Form(form)),
    }
}

/// The value that stands where the credential belongs.
fn presented<'r>(
    credential: &Credential,
    request: &'r Request,
) -> Result<Cow<'r, str>, Fault<'static>> {
    let value = match (&credential.field, &credential.scheme) {
        (Some(field), _) => header(request, field)?.map(Cow::Borrowed),
        (None, Scheme::ApiKey(In::Query, name)) => {
            decode::query_value(request, name).map(Cow::Owned)
        }
        (None, Scheme::ApiKey(In::Cookie, name)) => {
            decode::cookie_value(request, name).map(Cow::Borrowed)
        }
        (None, _) => None,
    };
    value.ok_or(Fault::Missing)
}

/// The one field of a name. Servers differ on which of two counts, so two are none.
fn header<'r>(request: &'r Request, name: &HeaderName) -> Result<Option<&'r str>, Fault<'static>> {
    let mut fields = request.headers.get_all(name).iter();
    match (fields.next(), fields.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(Fault::Malformed(Wrong::Twice)),
        (Some(field), None) => match field.to_str() {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Fault::Malformed(Wrong::NotAscii)),
        },
    }
}

/// What follows the name of the authentication scheme, which has no case (RFC 9110 section 11.1).
fn after_scheme<'v, 'c>(value: &'v str, scheme: &'c str) -> Result<&'v str, Fault<'c>> {
    let (found, rest) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    if !found.eq_ignore_ascii_case(scheme) {
        return Err(Fault::Foreign(Wrong::OtherThan(scheme)));
    }
    match rest.trim() {
        "" => Err(Fault::Malformed(Wrong::Nothing(scheme))),
        rest => Ok(rest),
    }
}

/// `user-id ":" password`, in base64 (RFC 7617 section 2). The password may contain colons.
fn basic(encoded: &str) -> Result<(), Fault<'static>> {
    let mut short = [0; SHORT];
    let has_colon = match base64::decoded_len_estimate(encoded.len()) {
        ..=SHORT => BASE64
            .decode_slice(encoded, &mut short)
            .map(|length| short[..length].contains(&b':'))
            .ok(),
        _ => BASE64.decode(encoded).map(|long| long.contains(&b':')).ok(),
    };
    match has_colon {
        Some(true) => Ok(()),
        Some(false) => Err(Fault::Malformed(Wrong::NoColon)),
        None => Err(Fault::Malformed(Wrong::NotBase64)),
    }
}

/// One word. RFC 6750 section 2.1 allows fewer characters, but vendors' tokens have others (`1|abc`),
/// and so have their pages (`<token>`).
fn bearer(token: &str) -> Result<(), Fault<'static>> {
    match token.contains([' ', '\t', ',', '"']) {
        true => Err(Fault::Malformed(Wrong::NotOneWord)),
        false => Ok(()),
    }
}
