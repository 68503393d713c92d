//! The generated client of a fake's API.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header::COOKIE};

use crate::{
    Api,
    contract::{In, Operation, Scheme},
};

/// A reply that takes longer will not come: the test should end.
const PATIENCE: Duration = Duration::from_secs(15);

/// An HTTP client that sends an API's documented credentials with each request.
pub(super) fn http_client(api: &Api) -> reqwest::Client {
    let built = reqwest::Client::builder()
        .default_headers(credentials(api))
        .timeout(PATIENCE)
        // A proxy that the environment names does not reach this machine's own ports.
        .no_proxy()
        .build();
    match built {
        Ok(client) => client,
        Err(error) => panic!("the system allows no HTTP client: {error}"),
    }
}

/// The header fields of the documented requests that carry credentials.
fn credentials(api: &Api) -> HeaderMap {
    let mut fields = HeaderMap::new();
    for operation in api.operations() {
        let names = credential_names(operation);
        for (name, value) in &operation.sample().headers {
            let (Ok(name), Ok(value)) = (name.parse(), HeaderValue::from_str(value)) else {
                continue;
            };
            if names.contains(&name) {
                fields.entry(name).or_insert(value);
            }
        }
    }
    fields
}

/// The header fields that an operation takes its credentials from.
fn credential_names(operation: &Operation) -> Vec<HeaderName> {
    let requirements = operation.security.iter();
    let credentials = requirements.flat_map(|requirement| &requirement.credentials);
    credentials
        .filter_map(|credential| match &credential.scheme {
            Scheme::ApiKey(In::Cookie, _) => Some(COOKIE),
            _ => credential.field.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::load;

    #[test]
    fn credentials_are_those_of_the_documented_request() {
        for (api, want) in [
            ("echosistema", vec!["authorization", "x-public-key"]),
            ("libredesk", vec!["authorization"]),
            ("respondent", vec!["x-api-key", "x-api-secret"]),
            ("socialboards", vec!["authorization"]),
        ] {
            let fields = credentials(&load::built_in(api));
            let mut names: Vec<_> = fields.keys().map(HeaderName::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, want, "{api}");
        }
    }
}
