//! Bodies: the request's, and what is in a body by its media type.

use super::{Comparison, Found, Site, documentation::documentation, paths::Placed};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule, Subject,
        pairing::{Paired, paired},
        text::named,
        tree::Part,
    },
    exchange::MediaType,
};

/// What differs between the contents of requests and of replies: what they are called.
pub(super) struct Kind {
    pub(super) direction: Direction,
    pub(super) removed: ChangeRule,
    pub(super) added: ChangeRule,
    pub(super) subject: fn(&str, &str) -> Subject,
    /// The status of a reply.
    pub(super) status: String,
    /// The part as a whole.
    pub(super) whole: Subject,
}

impl<'d> Comparison<'_, 'd> {
    /// Compares the bodies of requests.
    pub(super) fn request_body(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let direction = Some(site.requests);
        let old = old
            .operation
            .get("requestBody")
            .map(|body| self.old.resolved(body));
        let new = new
            .operation
            .get("requestBody")
            .map(|body| self.new.resolved(body));
        let places = (old.as_ref(), new.as_ref());
        let mut found = Vec::new();
        let mut tell = |rule, message: &str| {
            found.push(Found::new(rule, direction, places, message));
        };
        match (&old, &new) {
            (None, Some(new)) if new.flag("required") => tell(
                ChangeRule::RequestBodyRequired,
                "requests had no body, and need one now",
            ),
            (None, Some(_)) => tell(ChangeRule::RequestBodyAdded, "requests may have a body now"),
            (Some(_), None) => tell(
                ChangeRule::RequestBodyRemoved,
                "requests have no body any more",
            ),
            (Some(old), Some(new)) => {
                match (old.flag("required"), new.flag("required")) {
                    (false, true) => {
                        tell(ChangeRule::RequestBodyRequired, "the body is required now")
                    }
                    (true, false) => tell(
                        ChangeRule::RequestBodyOptional,
                        "the body is required no more",
                    ),
                    _ => {}
                }
                found.extend(documentation(old, new, direction));
            }
            (None, None) => return,
        }
        self.add(site, Subject::RequestBody, direction, found, None);
        if let (Some(old), Some(new)) = (old, new) {
            let kind = Kind {
                direction: site.requests,
                removed: ChangeRule::RequestMediaTypeRemoved,
                added: ChangeRule::RequestMediaTypeAdded,
                subject: |_, media_type| Subject::RequestContent(media_type.to_owned()),
                status: String::new(),
                whole: Subject::RequestBody,
            };
            self.contents(site, &kind, &old, &new);
        }
    }

    /// Compares bodies by their media types. A type that only one of them has is held against a range that
    /// it is of in the other.
    pub(super) fn contents(&mut self, site: &Site, kind: &Kind, old: &Part<'d>, new: &Part<'d>) {
        let pairs = paired(contents(old), contents(new));
        let (old_ranges, new_ranges) = (contents(old), contents(new));
        for Paired {
            key,
            old: was,
            new: is,
        } in pairs
        {
            let was = was.or_else(|| covering(&key, &old_ranges).cloned());
            let is = is.or_else(|| covering(&key, &new_ranges).cloned());
            let direction = Some(kind.direction);
            let name = named(&key);
            match (was, is) {
                (Some(was), Some(is)) => self.content(site, kind, &key, &was, &is),
                (Some(was), None) => {
                    let message = format!("the media type {name} is there no more");
                    let places = (Some(&was), Some(new));
                    let found = Found::new(kind.removed, direction, places, message);
                    self.add(site, kind.whole.clone(), direction, vec![found], None);
                }
                (None, Some(is)) => {
                    let message = format!("the media type {name} is new");
                    let places = (None, Some(&is));
                    let found = Found::new(kind.added, direction, places, message);
                    self.add(site, kind.whole.clone(), direction, vec![found], None);
                }
                (None, None) => {}
            }
        }
    }

    fn content(&mut self, site: &Site, kind: &Kind, name: &str, old: &Part<'d>, new: &Part<'d>) {
        let (old, new) = (
            self.old.resolved(old.clone()),
            self.new.resolved(new.clone()),
        );
        let direction = Some(kind.direction);
        let mut found = documentation(&old, &new, direction);
        let written = ["encoding", "prefixEncoding", "itemEncoding"];
        if written
            .iter()
            .any(|key| old.value.get(key) != new.value.get(key))
        {
            let places = (Some(&old), Some(&new));
            let message = "the parts of the body are written in another way (`encoding`)";
            found.push(Found::new(
                ChangeRule::EncodingChanged,
                direction,
                places,
                message,
            ));
        }
        let subject = (kind.subject)(&kind.status, name);
        let schemas = self
            .schemas
            .pair(old.get("schema"), new.get("schema"), kind.direction);
        self.add(site, subject.clone(), direction, found, Some(schemas));
        let items = [&old, &new].map(|part| part.get("itemSchema"));
        if items.iter().any(Option::is_some) {
            let [of_old, of_new] = items;
            let schemas = self.schemas.pair(of_old, of_new, kind.direction);
            self.add(site, subject, direction, Vec::new(), Some(schemas));
        }
    }
}

/// The media types of a body, in one way of writing.
fn contents<'d>(part: &Part<'d>) -> Vec<(String, Part<'d>)> {
    let contents = part.get("content").map(|content| content.members());
    let contents = contents.into_iter().flatten();
    contents
        .map(|(name, content)| (plain(name), content))
        .collect()
}

/// The one content that a parameter or a header field has, and its media type.
pub(super) fn single_content<'d>(part: &Part<'d>) -> Option<(String, Part<'d>)> {
    contents(part).into_iter().next()
}

/// A media type as it is compared: in small letters, without blanks.
fn plain(name: &str) -> String {
    MediaType::parse(name).map_or_else(|| name.to_owned(), |media_type| media_type.to_string())
}

/// The first range that a media type is of.
fn covering<'r, 'd>(name: &str, ranges: &'r [(String, Part<'d>)]) -> Option<&'r Part<'d>> {
    let media_type = MediaType::parse(name)?;
    let is_covering = |(range, _): &&(String, Part<'d>)| {
        MediaType::parse(range).is_some_and(|range| range.includes(&media_type))
    };
    ranges.iter().find(is_covering).map(|(_, content)| content)
}
