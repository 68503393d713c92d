//! The replies of an operation: statuses, header fields, links.

use super::{
    Comparison, Found, Site,
    content::Kind,
    documentation::documentation,
    parameters::{schema_of, style_changed},
    paths::Placed,
};
use crate::diff::{
    ChangeRule, Subject,
    pairing::{Paired, paired},
    text::named,
    tree::{Part, Tree},
};

impl<'d> Comparison<'_, 'd> {
    /// Compares the replies of an operation. A status that only one description has is held against the range
    /// or the `default` that covers it in the other.
    pub(super) fn replies(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let (old, new) = (replies(self.old, old), replies(self.new, new));
        let direction = Some(site.replies());
        for Paired {
            key,
            old: was,
            new: is,
        } in paired(old.clone(), new.clone())
        {
            let was_known = was.is_some();
            let is_known = is.is_some();
            let was = was.or_else(|| covering(&key, &old));
            let is = is.or_else(|| covering(&key, &new));
            let tell = |rule, message: &str, places| Found::new(rule, direction, places, message);
            let subject = Subject::Reply(key.clone());
            match (was, is) {
                // What both cover by others is compared there.
                (Some(was), Some(is)) if was_known || is_known => self.reply(site, &key, &was, &is),
                (Some(was), None) => {
                    let places = (Some(&was), None);
                    let found = match is_success(&key, &old) {
                        true => tell(
                            ChangeRule::SuccessStatusRemoved,
                            "the reply is there no more",
                            places,
                        ),
                        false => tell(
                            ChangeRule::ErrorStatusRemoved,
                            "the reply is there no more",
                            places,
                        ),
                    };
                    self.add(site, subject, direction, vec![found], None);
                }
                (None, Some(is)) => {
                    let places = (None, Some(&is));
                    let found = match is_success(&key, &new) {
                        true => tell(ChangeRule::SuccessStatusAdded, "the reply is new", places),
                        false => tell(ChangeRule::ErrorStatusAdded, "the reply is new", places),
                    };
                    self.add(site, subject, direction, vec![found], None);
                }
                _ => {}
            }
        }
    }

    fn reply(&mut self, site: &Site, status: &str, old: &Part<'d>, new: &Part<'d>) {
        let direction = Some(site.replies());
        let mut found = documentation(old, new, direction);
        found.extend(self.links(old, new));
        let subject = Subject::Reply(status.to_owned());
        self.add(site, subject.clone(), direction, found, None);
        self.reply_headers(site, status, old, new);
        let kind = Kind {
            direction: site.replies(),
            removed: ChangeRule::ReplyMediaTypeRemoved,
            added: ChangeRule::ReplyMediaTypeAdded,
            subject: |status, media_type| {
                Subject::ReplyContent(status.to_owned(), media_type.to_owned())
            },
            status: status.to_owned(),
            whole: subject,
        };
        self.contents(site, &kind, old, new);
    }

    fn reply_headers(&mut self, site: &Site, status: &str, old: &Part<'d>, new: &Part<'d>) {
        let (old, new) = (headers(self.old, old), headers(self.new, new));
        let direction = Some(site.replies());
        for Paired { key, old, new } in paired(old, new) {
            let places = (old.as_ref(), new.as_ref());
            let mut found = Vec::new();
            let mut tell = |rule, message: &str| {
                found.push(Found::new(rule, direction, places, message));
            };
            let mut schemas = None;
            match (&old, &new) {
                (None, Some(new)) if new.flag("required") => {
                    tell(
                        ChangeRule::RequiredReplyHeaderAdded,
                        "the header field is new, and always there",
                    );
                }
                (None, Some(_)) => tell(ChangeRule::ReplyHeaderAdded, "the header field is new"),
                (Some(old), None) if old.flag("required") => tell(
                    ChangeRule::RequiredReplyHeaderRemoved,
                    "the header field is there no more; it was always there",
                ),
                (Some(_), None) => tell(
                    ChangeRule::ReplyHeaderRemoved,
                    "the header field is there no more",
                ),
                (Some(old), Some(new)) => {
                    match (old.flag("required"), new.flag("required")) {
                        (false, true) => {
                            tell(
                                ChangeRule::ReplyHeaderRequired,
                                "the header field is always there now",
                            );
                        }
                        (true, false) => {
                            tell(
                                ChangeRule::ReplyHeaderOptional,
                                "the header field is not always there any more",
                            );
                        }
                        _ => {}
                    }
                    if let Some(message) = style_changed(self.old, self.new, old, new) {
                        tell(ChangeRule::ParameterStyleChanged, &message);
                    }
                    found.extend(documentation(old, new, direction));
                    let (of_old, of_new) = (schema_of(old), schema_of(new));
                    schemas = Some(self.schemas.pair(of_old, of_new, site.replies()));
                }
                (None, None) => {}
            }
            let subject = Subject::ReplyHeader(status.to_owned(), key);
            self.add(site, subject, direction, found, schemas);
        }
    }

    fn links(&self, old: &Part<'d>, new: &Part<'d>) -> Vec<Found> {
        let links = |tree: &Tree<'d>, reply: &Part<'d>| {
            let links = reply.get("links").map(|links| links.members());
            let links = links.into_iter().flatten();
            links
                .map(|(name, link)| (name, tree.resolved(link)))
                .collect::<Vec<_>>()
        };
        let mut found = Vec::new();
        for Paired { key, old, new } in paired(links(self.old, old), links(self.new, new)) {
            let places = (old.as_ref(), new.as_ref());
            let name = named(key);
            let (rule, message) = match (&old, &new) {
                (Some(_), None) => (
                    ChangeRule::LinkRemoved,
                    format!("the link {name} is there no more"),
                ),
                (None, Some(_)) => (ChangeRule::LinkAdded, format!("the link {name} is new")),
                (Some(old), Some(new)) if old.value != new.value => {
                    (ChangeRule::LinkChanged, format!("the link {name} changed"))
                }
                _ => continue,
            };
            found.push(Found::new(rule, None, places, message));
        }
        found
    }
}

/// The replies of an operation, by their statuses in one way of writing.
fn replies<'d>(tree: &Tree<'d>, placed: &Placed<'d>) -> Vec<(String, Part<'d>)> {
    let replies = placed
        .operation
        .get("responses")
        .map(|replies| replies.members());
    let replies = replies.into_iter().flatten();
    let replies = replies.filter(|(status, _)| !status.starts_with("x-"));
    replies
        .map(|(status, reply)| {
            let status = match status {
                "default" => status.to_owned(),
                status => status.to_ascii_uppercase(),
            };
            (status, tree.resolved(reply))
        })
        .collect()
}

/// The reply of a range or of `default`, for a status that has none of its own.
fn covering<'d>(status: &str, replies: &[(String, Part<'d>)]) -> Option<Part<'d>> {
    let of = |key: &str| replies.iter().find(|(other, _)| other == key);
    let range = status.get(..1).map(|first| format!("{first}XX"));
    let range = range
        .filter(|_| status != "default")
        .and_then(|range| of(&range));
    let found = range.or_else(|| of("default"));
    found.map(|(_, reply)| reply.clone())
}

/// Whether a reply is none that tells of an error. `default` beside a success is one.
fn is_success(status: &str, replies: &[(String, Part<'_>)]) -> bool {
    let is_success = |status: &str| status.starts_with(['1', '2', '3']);
    match status {
        "default" => !replies.iter().any(|(other, _)| is_success(other)),
        status => is_success(status),
    }
}

/// The header fields of a reply, by their names in small letters. `Content-Type` is told by the content.
fn headers<'d>(tree: &Tree<'d>, reply: &Part<'d>) -> Vec<(String, Part<'d>)> {
    let headers = reply.get("headers").map(|headers| headers.members());
    let headers = headers.into_iter().flatten();
    headers
        .map(|(name, header)| (name.to_ascii_lowercase(), tree.resolved(header)))
        .filter(|(name, _)| name != "content-type")
        .collect()
}
