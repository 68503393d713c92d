//! The page at `/`: which APIs are served, and a curl line for each operation.

use std::net::SocketAddr;

use http::{
    Method, StatusCode,
    header::{ALLOW, HOST, HeaderValue, VARY},
    request::Parts,
};
use serde_json::{Value, json};

use super::{
    accepted,
    mount::{Mount, Mounts},
    problem::problem,
};
use crate::{Api, Reply};

/// The page without its content.
const PAGE: &str = include_str!("index.html");

/// Whether an API at the root documents `/` itself, so that the index has no place.
pub(super) fn is_taken(api: &Api) -> bool {
    api.operations()
        .iter()
        .any(|operation| operation.sample().target.split('?').next() == Some("/"))
}

/// The answer to a request for `/`: HTML for a client that likes it better than JSON, JSON for all
/// others.
pub(super) fn reply(request: &Parts, mounts: &Mounts, addr: SocketAddr) -> Reply {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut reply = problem(
            StatusCode::METHOD_NOT_ALLOWED,
            "the index at / is only read",
        );
        // RFC 9110, section 15.5.6: a 405 lists what is allowed.
        reply
            .headers
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return reply;
    }
    let origin = origin(request, addr);
    let mut reply = match accepted::best(&request.headers, &["application/json", "text/html"]) {
        "text/html" => html(mounts, &origin),
        _ => json(mounts, &origin),
    };
    reply
        .headers
        .insert(VARY, HeaderValue::from_static("Accept"));
    reply
}

/// The address under which the client reached the server, since a container or a tunnel may have
/// another one than the server's own.
pub(super) fn origin(request: &Parts, addr: SocketAddr) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let authority = request.uri.authority().map(|authority| authority.as_str());
    let host = request
        .headers
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    match authority.or(host) {
        Some(host) if !host.is_empty() && host.chars().all(harmless) => format!("http://{host}"),
        _ => format!("http://{addr}"),
    }
}

fn json(mounts: &Mounts, origin: &str) -> Reply {
    let apis: Vec<Value> = mounts
        .in_order()
        .into_iter()
        .map(|m| api_json(m, origin))
        .collect();
    let text = format!("{:#}\n", json!({ "apis": apis }));
    Reply::with_content(StatusCode::OK, "application/json", text)
}

fn api_json(mount: &Mount, origin: &str) -> Value {
    let api = mount.api();
    let url = format!("{origin}{}", mount.prefix());
    let operations = api.operations().iter();
    let operations: Vec<Value> = operations
        .map(|operation| {
            json!({
                "method": operation.method().as_str(),
                "path": operation.path(),
                "summary": operation.summary(),
                "curl": operation.sample().curl(&url),
            })
        })
        .collect();
    json!({ "name": &**api.name(), "title": api.title(), "url": url, "operations": operations })
}

fn html(mounts: &Mounts, origin: &str) -> Reply {
    let mut apis = String::new();
    for mount in mounts.in_order() {
        write_api(&mut apis, mount, origin);
    }
    let page = PAGE.replace("<!-- apis -->", &apis);
    Reply::with_content(StatusCode::OK, "text/html; charset=utf-8", page)
}

fn write_api(page: &mut String, mount: &Mount, origin: &str) {
    let api = mount.api();
    let url = format!("{origin}{}", mount.prefix());
    page.push_str(&format!(
        "<section>\n<h2>{}</h2>\n<p><code>{}</code></p>\n",
        escape(api.title()),
        escape(&url),
    ));
    for operation in api.operations() {
        page.push_str(&format!(
            "<article>\n<h3><b>{}</b> <code>{}{}</code></h3>\n",
            escape(operation.method().as_str()),
            escape(mount.prefix()),
            escape(&operation.served_path()),
        ));
        if let Some(summary) = operation.summary() {
            page.push_str(&format!("<p>{}</p>\n", escape(summary)));
        }
        let curl = operation.sample().curl(&url);
        page.push_str(&format!(
            "<pre tabindex=\"0\">{}</pre>\n</article>\n",
            escape(&curl)
        ));
    }
    page.push_str("</section>\n");
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
