//! A refusal where only a text is documented: the violations in a sentence.

use super::fill::summary;
use crate::{
    contract::{DocumentedReply, Refused, ReplyContent},
    exchange::Reply,
};

/// The first documented content that is a text.
pub(super) fn of(reply: &DocumentedReply) -> Option<&ReplyContent> {
    let mut texts = reply.content.iter();
    texts.find(|content| content.media_type.kind() == "text" && !content.media_type.is_xml())
}

/// The refusal as such a text.
pub(super) fn refusal(content: &ReplyContent, refused: &Refused<'_>) -> Reply {
    let sentence = summary(refused);
    let text = match content.media_type.subtype() {
        "html" => escaped(&sentence),
        _ => sentence,
    };
    Reply::with_content(refused.status, &content.label, text)
}

/// A client's own words in a page are no markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
