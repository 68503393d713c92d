//! What changed in a description, by the replies that it touches.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{ReplyName, Stored};
use crate::{
    diff::{Change, Side, Subject},
    exchange::MediaType,
};

/// The changes of a description since its replies were accepted.
#[derive(Debug, Default)]
pub struct Meaning {
    /// The gravest first.
    changes: Vec<Arc<Change>>,
    /// Which parts of an operation they are about, by its label.
    by_operation: HashMap<Arc<str>, Vec<(usize, Arc<Subject>)>>,
    /// Those that are about no operation.
    of_all: Vec<usize>,
}

impl Meaning {
    /// Changes as they were found, of whichever operations.
    pub fn of(mut changes: Vec<Change>) -> Self {
        changes.sort_by_key(|change| Reverse(change.verdicts.of(Side::Both)));
        let mut meaning = Self::default();
        for (index, change) in changes.into_iter().enumerate() {
            if change.places.is_empty() {
                meaning.of_all.push(index);
            }
            for (operation, subject) in &change.places {
                let known = meaning.by_operation.entry(Arc::clone(operation));
                known.or_default().push((index, Arc::clone(subject)));
            }
            meaning.changes.push(Arc::new(change));
        }
        meaning
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes that touch a reply, the gravest first: of the reply itself, and of what its operation is
    /// asked by, since a file has the request too. None where the file does not say which reply it is of.
    pub fn touching(&self, stored: &Stored) -> Vec<Arc<Change>> {
        let title = stored.description.as_deref();
        let Some(reply) = title.and_then(ReplyName::of) else {
            return Vec::new();
        };
        let key = stored.documented.as_deref().and_then(status_key);
        let own = self.by_operation.get(reply.operation);
        let own = own.into_iter().flatten();
        let own = own.filter(|(_, subject)| is_about(subject, &reply, key));
        let indices: BTreeSet<usize> = own
            .map(|(index, _)| *index)
            .chain(self.of_all.iter().copied())
            .collect();
        let touching = indices.into_iter();
        touching
            .map(|index| Arc::clone(&self.changes[index]))
            .collect()
    }
}

/// Whether a part of an operation belongs to a reply, or to what asks for it; `key` is the status as it is
/// documented, where that is known.
fn is_about(subject: &Subject, reply: &ReplyName<'_>, key: Option<&str>) -> bool {
    match subject {
        Subject::Operation
        | Subject::Parameter(..)
        | Subject::RequestBody
        | Subject::RequestContent(_) => true,
        Subject::Reply(status) | Subject::ReplyHeader(status, _) => covers(status, reply, key),
        Subject::ReplyContent(status, media_type) => {
            let is_same = |own: &str| plain(own) == plain(media_type);
            covers(status, reply, key) && reply.media_type.is_none_or(is_same)
        }
    }
}

/// Whether a documented status is that of a reply.
fn covers(status: &str, reply: &ReplyName<'_>, key: Option<&str>) -> bool {
    match key {
        // What another reply covers now, or covered, was documented by itself.
        Some(key) => status.eq_ignore_ascii_case(key) || status == reply.status,
        None => {
            let hundreds = status.strip_suffix("XX");
            status == "default"
                || status == reply.status
                || hundreds.is_some_and(|hundreds| reply.status.starts_with(hundreds))
        }
    }
}

/// The status that a pointer to a reply has: `4XX` of `#/paths/~1pets/get/responses/4XX/content`. One into the
/// components has none.
fn status_key(documented: &str) -> Option<&str> {
    let mut tokens = documented.strip_prefix("#/paths/")?.split('/');
    tokens.find(|token| *token == "responses")?;
    tokens.next()
}

fn plain(media_type: &str) -> String {
    MediaType::parse(media_type).map_or_else(|| media_type.to_owned(), |it| it.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Description, Source, diff::diff};

    const OLD: &str = r#"
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses:
        '200':
          description: All
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pets'}}
            text/csv: {schema: {type: string}}
        '404': {description: None}
        default: {description: Other, content: {application/json: {schema: {type: string}}}}
  /cats:
    get:
      responses:
        '201': {description: All, content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}}
components: {schemas: {Pets: {type: array, items: {type: string}}}}
"#;

    fn touching(from: &str, to: &str, title: &str, documented: &str) -> Vec<&'static str> {
        assert!(OLD.contains(from), "{from}");
        let load = |text: &str| Description::load(Source::new("pets.yaml", text)).unwrap();
        let changes = diff(&load(OLD), &load(&OLD.replace(from, to)));
        let stored = Stored {
            description: Some(title.to_owned()),
            documented: Some(documented.to_owned()),
            ..Stored::default()
        };
        let touching = Meaning::of(changes).touching(&stored);
        touching.iter().map(|change| change.rule.code()).collect()
    }

    #[test]
    fn changes_of_the_reply_and_of_its_request_touch_it() {
        let json = (
            "GET /pets: 200 application/json",
            "#/paths/~1pets/get/responses/200/content/application~1json",
        );
        let csv = (
            "GET /pets: 200 text/csv",
            "#/paths/~1pets/get/responses/200/content/text~1csv",
        );
        let none = ("GET /pets: 404", "#/paths/~1pets/get/responses/404");
        let other = (
            "GET /pets: 500 application/json",
            "#/paths/~1pets/get/responses/default/content/application~1json",
        );
        let of_404 = (
            "GET /pets: 404 application/json",
            "#/paths/~1pets/get/responses/default/content/application~1json",
        );
        // A shared schema is found at the first operation first.
        let cats = (
            "GET /cats: 201 application/json",
            "#/components/responses/Cats/content/application~1json",
        );
        let strings = ("items: {type: string}", "items: {type: integer}");
        let limit = ("in: query,", "in: query, required: true,");
        let gone = ("        '404': {description: None}\n", "");
        let prose = ("description: Other", "description: Others");
        let server = ("paths:\n", "servers: [{url: /v1}]\npaths:\n");
        for (edit, reply, want) in [
            (strings, json, &["type-changed"][..]),
            (strings, cats, &["type-changed"]),
            (strings, csv, &[]),
            (strings, none, &[]),
            (limit, json, &["parameter-required"]),
            (limit, none, &["parameter-required"]),
            (limit, cats, &[]),
            (gone, json, &[]),
            (prose, other, &["documentation-changed"]),
            (prose, none, &[]),
            (
                gone,
                of_404,
                &["reply-media-type-added", "documentation-changed"],
            ),
            (server, cats, &["server-removed", "server-added"]),
        ] {
            let found = touching(edit.0, edit.1, reply.0, reply.1);
            assert_eq!(found, want, "{edit:?} {reply:?}");
        }
    }

    #[test]
    fn a_status_is_known_by_where_it_is_documented() {
        for (documented, want) in [
            (
                "#/paths/~1responses/get/responses/4XX/content/a~1b",
                Some("4XX"),
            ),
            ("#/paths/~1pets/get/responses/default", Some("default")),
            ("#/components/responses/Gone", None),
            ("", None),
        ] {
            assert_eq!(status_key(documented), want, "{documented}");
        }
    }
}
