//! Which documented media type of a reply the client takes (RFC 9110 section 12.5.1).

use http::header::ACCEPT;

use crate::{
    contract::{DocumentedReply, ReplyContent},
    exchange::{Accept, Place, Request, Rule, Violation},
};

/// The content that the client likes best. Of those that it likes as well, and that differ by their
/// parameters alone, the one that it names comes first; then one with a documented example comes before
/// one that would be made, and then the first documented. Where an example is named, only content with
/// an example of that name counts.
///
/// `None` for a reply without content, which suits everyone, and where the client takes none of the
/// documented media types, which is reported.
pub(super) fn negotiate<'a>(
    reply: &'a DocumentedReply,
    example: Option<&str>,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<&'a ReplyContent> {
    let counts =
        |content: &&ReplyContent| example.is_none_or(|name| content.example(name).is_some());
    let accept = accept(request);
    let mut best: Option<((u16, bool, bool), &ReplyContent)> = None;
    for content in reply.content.iter().filter(counts) {
        let quality = accept
            .as_ref()
            .map_or(1000, |accept| accept.quality(&content.media_type));
        let is_meant = accept
            .as_ref()
            .is_none_or(|accept| is_meant(content, reply, accept));
        let rank = (quality, is_meant, !content.examples.is_empty());
        if best.is_none_or(|(other, _)| rank > other) {
            best = Some((rank, content));
        }
    }
    let ((quality, ..), content) = best?;
    if quality > 0 {
        return Some(content);
    }
    // What says nothing about its bodies is sent without one, and that is acceptable.
    let bodies: Vec<&ReplyContent> = reply.content.iter().filter(counts).collect();
    if bodies.iter().any(|content| content.has_body()) {
        violations.push(not_acceptable(&bodies, example));
    }
    None
}

/// Whether a client means a content, and not another that it names, of the same type with other parameters.
fn is_meant(content: &ReplyContent, reply: &DocumentedReply, accept: &Accept) -> bool {
    let same = |other: &&ReplyContent| other.media_type.essence() == content.media_type.essence();
    let mut others = reply.content.iter().filter(same);
    accept.names(&content.media_type) || !others.any(|it| accept.names(&it.media_type))
}

/// What the client accepts; `None` when it says nothing, or says that anything will do.
fn accept(request: &Request) -> Option<Accept> {
    let mut fields = request.headers.get_all(ACCEPT).iter().peekable();
    let first = fields.peek()?;
    if first.as_bytes() == b"*/*" || first.as_bytes() == b"application/json, */*" {
        return None;
    }
    let texts: Vec<&str> = fields.filter_map(|field| field.to_str().ok()).collect();
    Some(Accept::parse(&texts.join(",")))
}

fn not_acceptable(documented: &[&ReplyContent], example: Option<&str>) -> Violation {
    let types: Vec<&str> = documented.iter().map(|content| &*content.label).collect();
    let types = types.join(", ");
    Violation {
        place: Place::Header("Accept".into()),
        rule: Rule::NotAcceptable,
        message: match example {
            Some(name) => {
                format!("takes none of what example `{name}` is documented as: {types}")
            }
            None => format!("takes none of what is documented: {types}"),
        },
        stated: None,
    }
}
