//! What a file says: the request as a line for bash, and the reply.

use crate::{
    Exchange,
    cookbook::Obtained,
    exchange::{MediaType, ReplySource},
    report::curl_line,
};

use super::{BASE_URL, digest, indent::indented};

/// Mynah's own field names places of the description, which a path and lines belong to.
const VIOLATIONS: &str = "mynah-violations";

/// The request, the status, the header fields and the body, without blanks at the end.
pub(super) fn of(obtained: &Obtained) -> String {
    let exchange = &obtained.exchange;
    let reply = &exchange.reply;
    let mut text = format!("{}\n\n{}\n", curl_line(obtained, BASE_URL), reply.status);
    for (name, value) in &reply.headers {
        if *name != VIOLATIONS {
            let value = String::from_utf8_lossy(value.as_bytes());
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    let has_body = exchange.request.method != http::Method::HEAD && !reply.body.is_empty();
    if has_body {
        text.push_str(&format!("\n{}", body(exchange)));
    }
    text.truncate(text.trim_end().len());
    text
}

/// JSON on several lines, other text as it stands, and of bytes a digest.
fn body(exchange: &Exchange) -> String {
    let bytes = &exchange.reply.body;
    let text = std::str::from_utf8(bytes).ok();
    let Some(text) = text.filter(|text| !text.contains(is_unreadable)) else {
        let digest = digest(bytes);
        return format!("({} bytes, FNV-1a {digest:016x})", bytes.len());
    };
    let text = match exchange.choice.source {
        ReplySource::Refusal => placeless(text, exchange),
        _ => text.to_owned(),
    };
    let field = exchange.reply.headers.get(http::header::CONTENT_TYPE);
    let media_type = field.and_then(|field| MediaType::parse(field.to_str().ok()?));
    let is_json = media_type.is_some_and(|media_type| media_type.is_json());
    let json = is_json.then(|| indented(&text)).flatten();
    // Line breaks are the file's own.
    json.unwrap_or_else(|| text.replace('\r', "␍"))
}

fn is_unreadable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// A refusal with the names of files in the place of where exactly its rules are stated: lines move, and
/// paths are another machine's.
fn placeless(text: &str, exchange: &Exchange) -> String {
    let mut text = text.to_owned();
    let places = exchange
        .violations
        .iter()
        .filter_map(|it| it.stated.as_ref());
    for place in places {
        let file = place.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let (full, file) = (place.to_string(), serde_json::json!(file).to_string());
        let full = serde_json::json!(full).to_string();
        text = text.replace(&full, &file);
    }
    text
}
