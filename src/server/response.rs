//! From a reply to what hyper sends.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, Method, Response, StatusCode,
    header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, TRANSFER_ENCODING, UPGRADE},
};
use http_body_util::Full;

use super::problem::problem;
use crate::exchange::Reply;

/// The header fields that say how a message is framed: the server's to write, whatever is
/// documented. A documented `Content-Length` that is not the body's would break the connection.
const FRAMING: [HeaderName; 4] = [CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, UPGRADE];

/// The response of a reply to a request with this method.
pub(super) fn response(reply: &Reply, method: &Method) -> Response<Full<Bytes>> {
    if reply.status.is_informational() {
        // A final response cannot have one of these, and hyper would close the connection.
        let detail = format!("{} is no status of a final response", reply.status.as_u16());
        return response(&problem(StatusCode::INTERNAL_SERVER_ERROR, &detail), method);
    }
    let mut headers = reply.headers.clone();
    unframe(&mut headers);
    let body = if has_no_content(reply.status) {
        headers.remove(CONTENT_TYPE);
        Bytes::new()
    } else if method == Method::HEAD {
        // RFC 9110, section 9.3.2: the header fields are those that GET would have.
        headers.insert(CONTENT_LENGTH, HeaderValue::from(reply.body.len()));
        Bytes::new()
    } else {
        reply.body.clone()
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = headers;
    response
}

/// Removes the header fields that are the server's to write.
fn unframe(headers: &mut HeaderMap) {
    // Nearly no reply has one: looking through the few names costs less than four removals.
    if headers.keys().any(|name| FRAMING.contains(name)) {
        for name in FRAMING {
            headers.remove(name);
        }
    }
}

/// Whether a response of this status has no content, whatever the method (RFC 9110, sections
/// 15.3.5, 15.3.6 and 15.4.5).
fn has_no_content(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    )
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    fn body_length(response: Response<Full<Bytes>>) -> u64 {
        let body = response.into_body().boxed();
        hyper::body::Body::size_hint(&body).exact().unwrap()
    }

    #[test]
    fn documented_framing_is_not_sent() {
        let mut reply = Reply::with_content(StatusCode::OK, "text/plain", "four");
        for name in FRAMING {
            reply.headers.insert(name, HeaderValue::from_static("7"));
        }
        let response = response(&reply, &Method::GET);
        assert_eq!(response.headers().len(), 1, "{:?}", response.headers());
        assert_eq!(body_length(response), 4);
    }

    #[test]
    fn head_has_the_length_and_not_the_body() {
        let reply = Reply::with_content(StatusCode::OK, "text/plain", "four");
        let response = response(&reply, &Method::HEAD);
        assert_eq!(response.headers()[CONTENT_LENGTH], "4");
        assert_eq!(body_length(response), 0);
    }

    #[test]
    fn some_statuses_have_no_content() {
        for status in [204, 205, 304] {
            let status = StatusCode::from_u16(status).unwrap();
            let reply = Reply::with_content(status, "text/plain", "four");
            let response = response(&reply, &Method::GET);
            assert!(response.headers().is_empty(), "{status}");
            assert_eq!(body_length(response), 0, "{status}");
        }
    }

    #[test]
    fn an_informational_status_is_no_answer() {
        let response = response(&Reply::empty(StatusCode::SWITCHING_PROTOCOLS), &Method::GET);
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
