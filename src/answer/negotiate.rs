//! Which documented media type of a reply the client takes (RFC 9110 section 12.5.1).

use http::header::ACCEPT;

use crate::{
    contract::{DocumentedReply, ReplyContent},
    exchange::{Accept, Place, Request, Rule, Violation},
};

/// The content that the client likes best, the first documented one where it likes several as well.
/// `None` for a reply without content, which suits everyone, and where the client takes none of the
/// documented media types, which is reported.
pub(super) fn negotiate<'a>(
    reply: &'a DocumentedReply,
    request: &Request,
    violations: &mut Vec<Violation>,
) -> Option<&'a ReplyContent> {
    let first = reply.content.first()?;
    let Some(accept) = accept(request) else {
        return Some(first);
    };
    let mut best = (0, first);
    for content in &reply.content {
        let quality = accept.quality(&content.media_type);
        if quality > best.0 {
            best = (quality, content);
        }
    }
    if best.0 == 0 {
        violations.push(not_acceptable(reply));
        return None;
    }
    Some(best.1)
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

fn not_acceptable(reply: &DocumentedReply) -> Violation {
    let documented: Vec<&str> = reply
        .content
        .iter()
        .map(|content| &*content.label)
        .collect();
    Violation {
        place: Place::Header("Accept".into()),
        rule: Rule::NotAcceptable,
        message: format!(
            "takes none of what is documented: {}",
            documented.join(", ")
        ),
        stated: None,
    }
}
