//! A request as an expression of JavaScript, for browsers and Node (WHATWG, "Fetch").

use http::{Method, header::CONTENT_TYPE};
use serde_json::{Map, Value, json};

use crate::cookbook::Obtained;

/// The call of `fetch`.
pub(super) fn expression(obtained: &Obtained, url: &str) -> String {
    let request = &obtained.exchange.request;
    let parts = obtained.parts.as_deref().filter(|parts| !parts.is_empty());
    let mut headers = Map::new();
    for (name, value) in &request.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let known = headers.entry(name.as_str()).or_insert_with(|| "".into());
        *known = match known.as_str() {
            Some("") | None => Value::from(value),
            Some(before) => format!("{before}, {value}").into(),
        };
    }
    if parts.is_some() {
        // The boundary is the form's own.
        headers.shift_remove(CONTENT_TYPE.as_str());
    }
    let mut options = Vec::new();
    if request.method != Method::GET {
        options.push(format!("method: {}", json!(request.method.as_str())));
    }
    if !headers.is_empty() {
        options.push(format!("headers: {}", Value::Object(headers)));
    }
    options.extend(body(&request.body, parts).map(|body| format!("body: {body}")));
    let target = json!(format!("{url}{}", request.target()));
    match &options[..] {
        [] => format!("await fetch({target});"),
        options => format!(
            "await fetch({target}, {{\n  {},\n}});",
            options.join(",\n  ")
        ),
    }
}

fn body(bytes: &[u8], parts: Option<&[(String, String)]>) -> Option<String> {
    if let Some(parts) = parts {
        let of = |(name, value): &(String, String)| {
            format!("form.append({}, {});", json!(name), json!(value))
        };
        let appended: Vec<String> = parts.iter().map(of).collect();
        let appended = appended.join(" ");
        return Some(format!(
            "(() => {{ const form = new FormData(); {appended} return form; }})()"
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok("") => None,
        Ok(text) => Some(json!(text).to_string()),
        Err(_) => Some(format!("new Uint8Array({})", json!(bytes))),
    }
}
