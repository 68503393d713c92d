//! Sessions: which of several clients of one server a request belongs to, so that parallel tests keep apart.

use std::sync::Arc;

use http::{HeaderName, request::Parts};

use super::admin;
use crate::exchange::has_own_field;

/// The header field that names a session.
const MYNAH_SESSION: HeaderName = HeaderName::from_static("mynah-session");

/// Before the name of a session in the path.
const IN_PATH: &str = "/__mynah/session/";

/// The longest name.
const MAX_LENGTH: usize = 64;

/// What a request says of its session.
#[derive(Debug, PartialEq)]
pub(super) struct Session {
    /// Its name; or why what stands there is none.
    pub(super) name: Result<Option<Arc<str>>, &'static str>,
    /// How many bytes of the path name it.
    pub(super) prefix: usize,
}

impl Session {
    /// The session of a request: by the beginning of its path, or by its header field.
    pub(super) fn of(head: &Parts) -> Self {
        let path = head.uri.path();
        let in_path = path.strip_prefix(IN_PATH).map(|rest| match rest.find('/') {
            Some(end) => &rest[..end],
            None => rest,
        });
        let prefix = in_path.map_or(0, |name| IN_PATH.len() + name.len());
        Self {
            name: name(head, in_path),
            prefix,
        }
    }

    /// The session of a request by its header field alone, where all paths are those of APIs.
    pub(super) fn of_field(head: &Parts) -> Self {
        Self {
            name: name(head, None),
            prefix: 0,
        }
    }
}

fn name(head: &Parts, in_path: Option<&str>) -> Result<Option<Arc<str>>, &'static str> {
    if in_path.is_none() && !has_own_field(&head.headers) {
        return Ok(None);
    }
    let mut fields = head.headers.get_all(MYNAH_SESSION).iter();
    let in_field = match (fields.next(), fields.next()) {
        (None, _) => None,
        (Some(field), None) => Some(field.to_str().map_err(|_| NO_NAME)?),
        (Some(_), Some(_)) => return Err("`Mynah-Session` stands there twice"),
    };
    let name = match (in_path, in_field) {
        (Some(one), Some(other)) if one != other => {
            return Err("the path names another session than `Mynah-Session`");
        }
        (in_path, in_field) => in_path.or(in_field),
    };
    match name {
        Some(name) if !is_session_name(name) => Err(NO_NAME),
        name => Ok(name.map(Arc::from)),
    }
}

const NO_NAME: &str = "the name of a session has 1 to 64 letters, digits and - . _ ~";

/// Whether a text is a name: what stands in a path as it is (RFC 3986 section 2.3).
pub(crate) fn is_session_name(text: &str) -> bool {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(is_unreserved)
}

/// Whether a path is Mynah's own, and no request to an API, not even one in a session.
pub(crate) fn is_admin(path: &str) -> bool {
    admin::is_below(path) && !path.starts_with(IN_PATH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(path: &str, field: Option<&str>) -> Session {
        let mut request = http::Request::get(path);
        if let Some(field) = field {
            request = request.header(MYNAH_SESSION, field);
        }
        Session::of(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn a_session_is_named_by_field_or_path() {
        for (path, field, name, prefix) in [
            ("/pets", None, None, 0),
            ("/pets", Some("one"), Some("one"), 0),
            (
                "/__mynah/session/one/pets?x",
                None,
                Some("one"),
                "/__mynah/session/one".len(),
            ),
            (
                "/__mynah/session/one",
                None,
                Some("one"),
                "/__mynah/session/one".len(),
            ),
            (
                "/__mynah/session/a~1/",
                Some("a~1"),
                Some("a~1"),
                "/__mynah/session/a~1".len(),
            ),
        ] {
            let found = session(path, field);
            assert_eq!(found.name.unwrap().as_deref(), name, "{path}");
            assert_eq!(found.prefix, prefix, "{path}");
        }
    }

    #[test]
    fn what_is_no_name_is_told() {
        let long = "x".repeat(65);
        for (path, field) in [
            ("/pets", Some("")),
            ("/pets", Some("a b")),
            ("/pets", Some("a/b")),
            ("/pets", Some(&*long)),
            ("/__mynah/session/", None),
            ("/__mynah/session//pets", None),
            ("/__mynah/session/a%20b/pets", None),
            ("/__mynah/session/one/pets", Some("two")),
        ] {
            assert!(session(path, field).name.is_err(), "{path} {field:?}");
        }
    }

    #[test]
    fn the_paths_of_sessions_are_not_mynahs_own() {
        for (path, want) in [
            ("/__mynah", true),
            ("/__mynah/", true),
            ("/__mynah/session", true),
            ("/__mynah/session/one/pets", false),
            ("/__mynahs", false),
            ("/pets/__mynah/", false),
        ] {
            assert_eq!(is_admin(path), want, "{path}");
        }
    }
}
