//! Who may ask what is recorded.

use std::{fmt, net::IpAddr};

use http::{
    HeaderValue, Method, StatusCode, Uri,
    header::{AUTHORIZATION, HOST, ORIGIN, WWW_AUTHENTICATE},
    request::Parts,
};

use crate::{Reply, server::problem::problem};

/// Who may ask what is recorded: clients on this machine, and whoever has the token where there is one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// What others send as `Authorization: Bearer <token>`.
    pub token: Option<String>,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = self.token.as_ref().map(|_| "***");
        f.debug_struct("Access").field("token", &token).finish()
    }
}

/// Keeps out who may not ask.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) access: Access,
    /// The address that is listened on.
    pub(super) host: IpAddr,
}

impl Guard {
    /// Lets a request pass that has the token, or that comes from this machine and was meant for it.
    ///
    /// # Errors
    /// The refusal.
    pub(super) fn check(&self, head: &Parts, peer: IpAddr) -> Result<(), Box<Reply>> {
        // An empty token would let everybody in.
        if let Some(token) = self.access.token.as_ref().filter(|it| !it.is_empty()) {
            match bearer(head) {
                Some(given) if is_same(given, token) => return Ok(()),
                Some(_) => {
                    return Err(Box::new(challenge(
                        "this is not the token of --admin-token",
                    )));
                }
                None => {}
            }
        }
        if !peer.to_canonical().is_loopback() {
            return Err(Box::new(match self.access.token {
                Some(_) => challenge("only clients on this machine need no token"),
                None => problem(
                    StatusCode::FORBIDDEN,
                    "only clients on this machine may ask; --admin-token lets in who has the token",
                ),
            }));
        }
        self.check_host(head)?;
        check_origin(head)
    }

    /// A page of a foreign name whose address was turned to this machine (DNS rebinding) sends that name.
    fn check_host(&self, head: &Parts) -> Result<(), Box<Reply>> {
        let mut fields = head.headers.get_all(HOST).iter();
        let authority = head.uri.authority().map(|it| it.as_str().as_bytes());
        let host = authority.or_else(|| fields.next().map(HeaderValue::as_bytes));
        // Browsers always send one.
        let is_ours = host.is_none_or(|host| self.is_ours(host));
        match is_ours && fields.all(|host| self.is_ours(host.as_bytes())) {
            true => Ok(()),
            false => Err(Box::new(problem(
                StatusCode::FORBIDDEN,
                "the `Host` names another machine: ask for localhost or 127.0.0.1",
            ))),
        }
    }

    fn is_ours(&self, host: &[u8]) -> bool {
        let text = std::str::from_utf8(host).ok();
        let uri = text.and_then(|text| format!("http://{text}/").parse::<Uri>().ok());
        let Some(host) = uri.as_ref().and_then(Uri::host) else {
            return false;
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(ip) => {
                let ip = ip.to_canonical();
                ip.is_loopback() || ip == self.host || self.host.is_unspecified()
            }
            Err(_) => {
                let name = bare.trim_end_matches('.').to_ascii_lowercase();
                name == "localhost" || name.ends_with(".localhost")
            }
        }
    }
}

/// A page of another origin changes nothing. A browser would ask before it lets one try; whoever does not ask is
/// refused all the same.
fn check_origin(head: &Parts) -> Result<(), Box<Reply>> {
    let Some(origin) = head.headers.get(ORIGIN) else {
        return Ok(());
    };
    let host = head.headers.get(HOST).map(HeaderValue::as_bytes);
    let of_scheme = |scheme: &str| origin.as_bytes().strip_prefix(scheme.as_bytes());
    let is_own = host.is_some() && [of_scheme("http://"), of_scheme("https://")].contains(&host);
    match is_own || matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        true => Ok(()),
        false => Err(Box::new(problem(
            StatusCode::FORBIDDEN,
            "pages of other origins may change nothing here",
        ))),
    }
}

fn bearer(head: &Parts) -> Option<&[u8]> {
    let field = head.headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = field.split_at_checked("Bearer ".len())?;
    scheme
        .eq_ignore_ascii_case(b"Bearer ")
        .then(|| token.trim_ascii())
}

/// Whether two tokens are one, in a time that does not tell how much of them is.
fn is_same(given: &[u8], token: &str) -> bool {
    let pairs = given.iter().zip(token.as_bytes());
    let differences = pairs.fold(0, |found, (one, other)| found | (one ^ other));
    given.len() == token.len() && differences == 0
}

fn challenge(detail: &str) -> Reply {
    let mut reply = problem(StatusCode::UNAUTHORIZED, detail);
    let realm = HeaderValue::from_static("Bearer realm=\"Mynah\"");
    reply.headers.insert(WWW_AUTHENTICATE, realm);
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(guard: &Guard, peer: &str, host: Option<&str>, token: Option<&str>) -> u16 {
        let mut request = http::Request::get("/__mynah/");
        if let Some(host) = host {
            request = request.header(HOST, host);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, token);
        }
        let head = request.body(()).unwrap().into_parts().0;
        let refused = guard.check(&head, peer.parse().unwrap());
        refused.map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    fn guard(host: &str, token: Option<&str>) -> Guard {
        Guard {
            access: Access {
                token: token.map(str::to_owned),
            },
            host: host.parse().unwrap(),
        }
    }

    #[test]
    fn this_machine_is_let_in_by_its_own_names() {
        let guard = guard("127.0.0.1", None);
        for (peer, host, want) in [
            ("127.0.0.1", Some("127.0.0.1:4010"), 200),
            ("127.0.0.1", Some("localhost"), 200),
            ("127.0.0.1", Some("LocalHost.:80"), 200),
            ("127.0.0.1", Some("app.localhost:80"), 200),
            ("::1", Some("[::1]:4010"), 200),
            ("::ffff:127.0.0.1", Some("127.8.8.8"), 200),
            ("127.0.0.1", None, 200),
            ("127.0.0.1", Some("evil.example:4010"), 403),
            ("127.0.0.1", Some("127.0.0.1.evil.example"), 403),
            ("127.0.0.1", Some("localhost.evil.example"), 403),
            ("127.0.0.1", Some("evil.example@127.0.0.1@x"), 403),
            ("127.0.0.1", Some("192.0.2.1"), 403),
            ("127.0.0.1", Some(""), 403),
            ("192.0.2.7", Some("127.0.0.1"), 403),
            ("::ffff:192.0.2.7", Some("127.0.0.1"), 403),
        ] {
            assert_eq!(checked(&guard, peer, host, None), want, "{peer} {host:?}");
        }
    }

    #[test]
    fn the_address_listened_on_is_a_name_of_this_machine() {
        for (own, host, want) in [
            ("192.0.2.1", "192.0.2.1:80", 200),
            ("192.0.2.1", "192.0.2.2:80", 403),
            // No name can be turned to an address that is asked for as such.
            ("0.0.0.0", "192.0.2.2:80", 200),
            ("0.0.0.0", "evil.example", 403),
        ] {
            let guard = guard(own, None);
            assert_eq!(
                checked(&guard, "127.0.0.1", Some(host), None),
                want,
                "{own} {host}"
            );
        }
    }

    #[test]
    fn others_need_the_token() {
        let guard = guard("0.0.0.0", Some("t0p"));
        for (peer, host, token, want) in [
            ("192.0.2.7", "mynah.example", Some("Bearer t0p"), 200),
            ("192.0.2.7", "mynah.example", Some("bearer  t0p "), 200),
            ("192.0.2.7", "mynah.example", Some("Bearer t0"), 401),
            ("192.0.2.7", "mynah.example", Some("Bearer t0p1"), 401),
            ("192.0.2.7", "mynah.example", Some("Basic t0p"), 401),
            ("192.0.2.7", "127.0.0.1", None, 401),
            ("127.0.0.1", "127.0.0.1", None, 200),
            // Who sends one is held to it.
            ("127.0.0.1", "127.0.0.1", Some("Bearer no"), 401),
        ] {
            let found = checked(&guard, peer, Some(host), token);
            assert_eq!(found, want, "{peer} {host} {token:?}");
        }
    }

    #[test]
    fn an_empty_token_is_none() {
        let guard = guard("0.0.0.0", Some(""));
        let found = checked(&guard, "192.0.2.7", Some("127.0.0.1"), Some("Bearer "));
        assert_eq!(found, 401);
    }

    #[test]
    fn the_token_is_not_told() {
        let guard = guard("127.0.0.1", Some("hush"));
        assert!(!format!("{guard:?}").contains("hush"));
    }
}
