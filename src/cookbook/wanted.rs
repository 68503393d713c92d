//! The documented replies of an operation, one for each status, media type and example.

use http::StatusCode;

use super::Shows;
use crate::{
    Exchange,
    contract::{DocumentedReply, Operation, ReplyContent, StatusKey},
    exchange::ReplySource,
};

/// A documented reply that a request is wanted for.
pub(super) struct Wanted<'a> {
    pub(super) reply: &'a DocumentedReply,
    pub(super) content: Option<&'a ReplyContent>,
    pub(super) shows: Shows,
}

/// The documented replies of an operation, in its order.
pub(super) fn all(operation: &Operation) -> Vec<Wanted<'_>> {
    operation.replies.iter().flat_map(of_reply).collect()
}

fn of_reply(reply: &DocumentedReply) -> Vec<Wanted<'_>> {
    if reply.content.is_empty() || reply.key.never_has_content() {
        return vec![Wanted {
            reply,
            content: None,
            shows: Shows::Documented,
        }];
    }
    let each = reply.content.iter();
    each.flat_map(|content| of_content(reply, content))
        .collect()
}

/// The examples by their names, in the document's order; then what has no name.
fn of_content<'a>(reply: &'a DocumentedReply, content: &'a ReplyContent) -> Vec<Wanted<'a>> {
    let names = content.examples.iter().filter_map(|it| it.name.clone());
    let mut all: Vec<Shows> = Vec::new();
    for shows in names.map(Shows::Example) {
        if !all.contains(&shows) {
            all.push(shows);
        }
    }
    let has_unnamed = content.examples.iter().any(|it| it.name.is_none());
    let may_refuse = matches!(reply.key.hundreds(), None | Some(4 | 5));
    if all.is_empty() || has_unnamed {
        all.push(Shows::Documented);
    } else if may_refuse {
        all.push(Shows::Refusal);
    }
    let wanted = |shows| Wanted {
        reply,
        content: Some(content),
        shows,
    };
    all.into_iter().map(wanted).collect()
}

impl Wanted<'_> {
    /// Where it is documented, as a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let Some(content) = self.content else {
            return self.reply.pointer.clone();
        };
        let named = match &self.shows {
            Shows::Example(name) => content.example(name),
            _ => None,
        };
        let own = named.and_then(|example| example.pointer());
        own.unwrap_or(&content.pointer).to_owned()
    }

    /// Whether it is what an exchange ended with. Where no content is documented, a refusal may have any.
    pub(super) fn is_of(&self, operation: &Operation, exchange: &Exchange) -> bool {
        let choice = &exchange.choice;
        exchange.operation.as_ref() == Some(operation.label())
            && self.has_status(operation, choice.status)
            && self
                .content
                .is_none_or(|content| self.is_as(content, exchange))
            && self.is_shown(&choice.source)
    }

    /// Whether replies of a status are this one.
    pub(super) fn has_status(&self, operation: &Operation, status: StatusCode) -> bool {
        let reply = operation.reply(status.as_u16());
        reply.is_some_and(|reply| std::ptr::eq(reply, self.reply))
    }

    /// Whether the media type is that of the content. One that says nothing of its bodies has none.
    fn is_as(&self, content: &ReplyContent, exchange: &Exchange) -> bool {
        match &exchange.choice.media_type {
            Some(media_type) => *media_type == content.label,
            None => exchange.choice.source == ReplySource::Nothing && !content.has_body(),
        }
    }

    /// A refusal is in the shape that is documented, and shows no example of a name.
    fn is_shown(&self, source: &ReplySource) -> bool {
        match (&self.shows, source) {
            (Shows::Example(name), ReplySource::Example(Some(shown))) => name == shown,
            (Shows::Example(_), _) | (Shows::Documented, ReplySource::Example(Some(_))) => false,
            (Shows::Refusal, source) => *source == ReplySource::Refusal,
            (Shows::Documented, _) => true,
        }
    }

    /// A status that asks for it, none that another reply is documented for; `None` where no final one
    /// does.
    pub(super) fn status(&self, operation: &Operation) -> Option<StatusCode> {
        let codes: Box<dyn Iterator<Item = u16>> = match self.reply.key {
            StatusKey::Code(code) => Box::new(std::iter::once(code)),
            StatusKey::Range(hundreds) => Box::new(hundreds * 100..hundreds * 100 + 100),
            StatusKey::Default => {
                let own = operation.status_of(self.reply).as_u16();
                Box::new(
                    [own]
                        .into_iter()
                        .chain(500..600)
                        .chain(400..500)
                        .chain(200..400),
                )
            }
        };
        let mut statuses = codes.filter_map(|code| StatusCode::from_u16(code).ok());
        statuses.find(|status| {
            !status.is_informational()
                && status.as_u16() < 600
                && self.has_status(operation, *status)
        })
    }
}
