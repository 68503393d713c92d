//! Whether a request says where it goes as HTTP/1.1 has it (RFC 9112, sections 3.2 and 3.2.3). What two readers
//! could take for two servers, or for none, is refused.

use http::{Method, Version, header::HOST, request::Parts};

use crate::exchange::Place;

/// What is wrong with where a request goes, and in which part of it.
pub(super) fn fault(head: &Parts) -> Option<(Place, &'static str)> {
    if head.version >= Version::HTTP_2 {
        return None;
    }
    let host = || Place::Header("Host".into());
    let mut hosts = head.headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if head.version >= Version::HTTP_11 => {
            Some((host(), "a request of HTTP/1.1 has a `Host`"))
        }
        (_, Some(_)) => Some((host(), "a request has one `Host`, and this has several")),
        (Some(only), None) if !only.as_bytes().iter().all(is_of_authority) => {
            Some((host(), "`Host` is a name or an address, and a port"))
        }
        _ if is_authority_alone(head) => Some((
            Place::Path,
            "the target of a request is a path, which begins with `/`, or a whole URL",
        )),
        _ => None,
    }
}

/// A character of `uri-host [ ":" port ]` (RFC 3986, section 3.2.2).
fn is_of_authority(byte: &u8) -> bool {
    matches!(
        byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&'..=b',' | b';' | b'=' | b':' | b'[' | b']'
    )
}

/// `GET example.com:80`: a form of target that `CONNECT` alone has.
fn is_authority_alone(head: &Parts) -> bool {
    head.uri.scheme().is_none() && head.uri.authority().is_some() && head.method != Method::CONNECT
}
