//! Which reply a file is of, as its title names it.

/// A reply of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReplyName<'t> {
    /// The operation, as `GET /pets`.
    pub(super) operation: &'t str,
    /// The status, three digits.
    pub(super) status: &'t str,
    /// The documented media type, where there is content.
    pub(super) media_type: Option<&'t str>,
}

impl<'t> ReplyName<'t> {
    /// That of a title as [`Recipe::title`](crate::cookbook::Recipe::title) writes it; `None` of any other text.
    pub(super) fn of(title: &'t str) -> Option<Self> {
        let mut ends = title.match_indices(": ");
        ends.find_map(|(end, colon)| {
            let rest = &title[end + colon.len()..];
            let (status, rest) = rest.split_at_checked(3)?;
            let is_status = status.bytes().all(|byte| byte.is_ascii_digit());
            let is_whole = rest.is_empty() || rest.starts_with([' ', ',']);
            let media_type = rest.strip_prefix(' ').map(|rest| {
                let named = rest.find(", example \"").or_else(|| rest.find(", refusal"));
                &rest[..named.unwrap_or(rest.len())]
            });
            (is_status && is_whole).then_some(Self {
                operation: &title[..end],
                status,
                media_type,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_operation_status_and_media_type() {
        for (title, want) in [
            ("GET /pets: 204", Some(("GET /pets", "204", None))),
            (
                "GET /pets/{id}:run: 200 application/json;v=1, example \"a: 404 b, refusal\"",
                Some(("GET /pets/{id}:run", "200", Some("application/json;v=1"))),
            ),
            (
                "POST /a: b: 422 text/plain, refusal",
                Some(("POST /a: b", "422", Some("text/plain"))),
            ),
            ("GET /pets: 4XX", None),
            ("tests/cases.rs", None),
            ("", None),
        ] {
            let found = ReplyName::of(title);
            let found = found.map(|it| (it.operation, it.status, it.media_type));
            assert_eq!(found, want, "{title}");
        }
    }
}
