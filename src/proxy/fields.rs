//! Header fields that are for one connection only (RFC 9110 section 7.6.1).

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONNECTION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRANSFER_ENCODING, UPGRADE},
};

/// For one connection, whatever `Connection` names.
const HOP_BY_HOP: [HeaderName; 7] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Removes the fields that are for one connection. All others stay, each as often and in the order that
/// it was sent. `TE: trailers` stays too, since trailers are passed on.
pub(super) fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|names| names.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .filter(|name| *name != TE)
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
    let takes_trailers = headers.get_all(TE).iter().any(names_trailers);
    headers.remove(TE);
    if takes_trailers {
        headers.insert(TE, HeaderValue::from_static("trailers"));
    }
}

fn names_trailers(value: &HeaderValue) -> bool {
    let names = value.to_str().unwrap_or_default().split(',');
    names
        .into_iter()
        .any(|name| name.trim().eq_ignore_ascii_case("trailers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_one_connection_stays_there() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-One"),
            ("connection", "te"),
            ("x-one", "gone"),
            ("keep-alive", "timeout=5"),
            ("transfer-encoding", "chunked"),
            ("te", "gzip, Trailers"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("content-encoding", "gzip"),
        ] {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, HeaderValue::from_static(value));
        }
        remove_hop_by_hop(&mut headers);
        let left: Vec<_> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        let want = [
            "te: trailers",
            "set-cookie: a=1",
            "set-cookie: b=2",
            "content-encoding: gzip",
        ];
        assert_eq!(left.len(), want.len(), "{left:?}");
        let at = |field: &str| left.iter().position(|it| it == field);
        assert!(want.iter().all(|field| at(field).is_some()), "{left:?}");
        assert!(at("set-cookie: a=1") < at("set-cookie: b=2"), "{left:?}");
    }
}
