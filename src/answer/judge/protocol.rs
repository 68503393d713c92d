//! What HTTP asks of a reply, whatever is documented.

use http::{Method, StatusCode, header::ALLOW};

use crate::exchange::{Place, Reply, Rule, Violation};

/// Every way in which a reply to a method is none that HTTP has.
pub(super) fn check(method: &Method, reply: &Reply) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut add = |place, rule, message: String| {
        violations.push(Violation {
            place,
            rule,
            message,
            stated: None,
        });
    };
    if let Some(why) = without_content(method, reply.status)
        && !reply.body.is_empty()
    {
        let length = reply.body.len();
        let message = format!("{why}, and this has {length} bytes");
        add(Place::Body(String::new()), Rule::NoContent, message);
    }
    if reply.status == StatusCode::METHOD_NOT_ALLOWED && !reply.headers.contains_key(ALLOW) {
        let message = "a 405 has to say which methods there are (RFC 9110 section 15.5.6)";
        add(
            Place::Header("Allow".into()),
            Rule::Required,
            message.to_owned(),
        );
    }
    violations
}

/// Why a reply has no content; `None` where it may have some (RFC 9110 section 6.4.1).
pub(super) fn without_content(method: &Method, status: StatusCode) -> Option<String> {
    let is_bare = status.is_informational() || [204, 205, 304].contains(&status.as_u16());
    match (method == Method::HEAD, is_bare) {
        (true, _) => Some("a reply to HEAD has no content".to_owned()),
        (_, true) => Some(format!("a {} has no content", status.as_u16())),
        _ => None,
    }
}
