//! Security requirements and the schemes that they name (OpenAPI 3.1.1, "Security Scheme Object").

use std::{fmt, sync::Arc};

use http::{HeaderName, header::AUTHORIZATION};
use serde_json::Value;

use super::{
    manner::CredentialForm,
    parameter::{In, Parameter},
    reader::Reader,
};
use crate::description::{Finding, FindingCode, Location, join, percent_decode};

/// Credentials that are needed together. An empty set lets everyone in.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// One for each scheme that the requirement names.
    pub credentials: Vec<Credential>,
}

/// One credential that a request has to bring.
#[derive(Clone)]
pub struct Credential {
    /// The scheme's name in the document.
    pub name: Arc<str>,
    /// What it is.
    pub scheme: Scheme,
    /// The header field that it stands in, by itself; none where it is in the query or a cookie.
    pub field: Option<HeaderName>,
    /// What its value looks like, where the API is known to want more than any text.
    pub form: Option<CredentialForm>,
    /// Where the description asks for it.
    pub stated: Location,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({}: {:?})", self.name, self.scheme)
    }
}

/// A kind of credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Basic <base64 of user:password>` (RFC 7617).
    Basic,
    /// `Authorization: Bearer <token>` (RFC 6750); also what OAuth 2.0 and OpenID Connect give.
    Bearer,
    /// `Authorization: <scheme> ...` of another registered scheme, as documented.
    Http(String),
    /// A value under a name of the API's own.
    ApiKey(In, Arc<str>),
}

impl Scheme {
    /// A secret of the right form, for [`Scheme::written`].
    pub fn sample_secret(&self) -> &'static str {
        match self {
            // `user:password` in base64.
            Self::Basic => "dXNlcjpwYXNzd29yZA==",
            Self::Bearer => "token",
            Self::Http(_) => "credentials",
            Self::ApiKey(..) => "key",
        }
    }

    /// The header field that a credential stands in, by itself.
    fn field(&self) -> Option<HeaderName> {
        match self {
            Self::Basic | Self::Bearer | Self::Http(_) => Some(AUTHORIZATION),
            Self::ApiKey(In::Header, name) => name.parse().ok(),
            Self::ApiKey(..) => None,
        }
    }

    /// Where a credential stands in a request, under which name, and as which text. The secret is the
    /// token of `Bearer`, user and password in base64 of `Basic`, what follows the name of another
    /// scheme, the value under a key.
    pub fn written(&self, secret: &str) -> (In, &str, String) {
        const FIELD: &str = "Authorization";
        match self {
            Self::Basic => (In::Header, FIELD, format!("Basic {secret}")),
            Self::Bearer => (In::Header, FIELD, format!("Bearer {secret}")),
            Self::Http(scheme) => (In::Header, FIELD, format!("{scheme} {secret}")),
            Self::ApiKey(place, name) => (*place, name, secret.to_owned()),
        }
    }
}

/// The alternatives of an operation: its own, else those of the document.
///
/// A requirement that cannot be read is a fault and lets nobody in.
pub(super) fn read(reader: &mut Reader<'_>, operation: &str) -> Vec<Requirement> {
    let own = join(operation, "security");
    let place = match reader.description.at(&own) {
        Some(_) => own,
        None => "/security".to_owned(),
    };
    if reader
        .description
        .at(&place)
        .is_some_and(|list| !list.is_array())
    {
        let message = "`security` is a list of requirements".to_owned();
        let fault = reader.fault(FindingCode::Shape, &place, message);
        reader.keep::<()>(Err(fault));
    }
    let mut requirements = Vec::new();
    for index in 0..reader.length(&place) {
        let pointer = join(&place, &index.to_string());
        if !reader
            .description
            .at(&pointer)
            .is_some_and(Value::is_object)
        {
            let message = "a requirement has the names of security schemes".to_owned();
            let fault = reader.fault(FindingCode::Shape, &pointer, message);
            reader.keep::<()>(Err(fault));
        }
        let credentials = reader
            .keys(&pointer)
            .iter()
            .filter_map(|name| credential(reader, name, &pointer).transpose())
            .collect::<Result<Vec<_>, _>>();
        if let Some(credentials) = reader.keep(credentials) {
            warn_of_two_in_one_field(reader, &credentials, &pointer);
            requirements.push(Requirement { credentials });
        }
    }
    requirements
}

/// A request has one `Authorization` field with one credential (RFC 9110 section 11.6.2), so two
/// that belong there are never met together. Mostly two alternatives were meant.
fn warn_of_two_in_one_field(reader: &mut Reader<'_>, credentials: &[Credential], pointer: &str) {
    let in_field = |it: &&Credential| !matches!(it.scheme, Scheme::ApiKey(..));
    let mut in_field = credentials.iter().filter(in_field);
    let (Some(first), Some(second)) = (in_field.next(), in_field.next()) else {
        return;
    };
    if first.scheme != second.scheme {
        let message = format!(
            "`{}` and `{}` are needed together, and both stand in `Authorization`: no request has \
             both. For one or the other, each is an item of the list",
            first.name, second.name
        );
        reader.warn(FindingCode::Shape, pointer, message);
    }
}

/// Whether the API is known to take a parameter for a credential.
pub(super) fn is_credential(reader: &Reader<'_>, parameter: &Parameter) -> bool {
    let mut known = reader.credential_headers().iter();
    parameter.place == In::Header && known.any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// The alternatives, each with the credentials that the document describes as plain parameters.
pub(super) fn with_parameters(
    reader: &Reader<'_>,
    mut requirements: Vec<Requirement>,
    parameters: &[Parameter],
) -> Vec<Requirement> {
    if requirements.is_empty() && !parameters.is_empty() {
        requirements.push(Requirement {
            credentials: Vec::new(),
        });
    }
    let credentials = parameters.iter().map(|parameter| {
        let scheme = Scheme::ApiKey(parameter.place, Arc::clone(&parameter.name));
        Credential {
            name: Arc::clone(&parameter.name),
            field: scheme.field(),
            scheme,
            form: None,
            stated: reader.description.locate(&parameter.pointer),
        }
    });
    for requirement in &mut requirements {
        requirement.credentials.extend(credentials.clone());
    }
    requirements
}

/// A credential; `None` for one that a server does not see in a request.
fn credential(
    reader: &mut Reader<'_>,
    name: &str,
    used_at: &str,
) -> Result<Option<Credential>, Finding> {
    let pointer = match name.strip_prefix('#') {
        // Since OpenAPI 3.2 a scheme may be named by a reference.
        Some(fragment) => percent_decode(fragment),
        None => join("/components/securitySchemes", name),
    };
    if reader.description.at(&pointer).is_none() {
        let message = format!("no security scheme `{name}` is described in `components`");
        return Err(reader.fault(FindingCode::ReferenceUnresolved, used_at, message));
    }
    let pointer = reader.description.resolve(&pointer)?;
    let scheme = match reader.required_text(&pointer, "type")? {
        "http" => {
            let scheme = reader.required_text(&pointer, "scheme")?;
            match scheme.to_ascii_lowercase().as_str() {
                "basic" => Scheme::Basic,
                "bearer" => Scheme::Bearer,
                _ if is_token(scheme) => Scheme::Http(scheme.to_owned()),
                _ => {
                    let message =
                        format!("`{scheme}` is not the name of an HTTP authentication scheme");
                    let place = join(&pointer, "scheme");
                    return Err(reader.fault(FindingCode::Shape, &place, message));
                }
            }
        }
        "oauth2" | "openIdConnect" => Scheme::Bearer,
        "apiKey" => {
            let place = match reader.required_text(&pointer, "in")? {
                "header" => In::Header,
                "query" => In::Query,
                "cookie" => In::Cookie,
                other => {
                    let message = format!("`in` is header, query or cookie, not `{other}`");
                    return Err(reader.fault(FindingCode::Shape, &join(&pointer, "in"), message));
                }
            };
            let name = reader.required_text(&pointer, "name")?;
            let key = Scheme::ApiKey(place, name.into());
            if place == In::Header && key.field().is_none() {
                let place = join(&pointer, "name");
                let message = format!("no header field can have this name: `{name}`");
                return Err(reader.fault(FindingCode::Shape, &place, message));
            }
            key
        }
        other => {
            let message = match other {
                "mutualTLS" => {
                    "client certificates are not seen here: requests are accepted without"
                        .to_owned()
                }
                _ => format!(
                    "`{other}` is no type of a security scheme: requests are accepted without it"
                ),
            };
            reader.warn(FindingCode::Unsupported, &join(&pointer, "type"), message);
            return Ok(None);
        }
    };
    Ok(Some(Credential {
        name: name.into(),
        field: scheme.field(),
        scheme,
        form: reader.credential_form(name),
        stated: reader.description.locate(used_at),
    }))
}

/// Whether a text is a token (RFC 9110 section 5.6.2), as the names of schemes are.
fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}
