//! Exchanges of which nothing passes that leaves the contract.

use std::{error::Error, sync::Arc, time::SystemTime};

use http::{Request, Response, StatusCode, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use tokio::time::timeout;

use super::{
    UpstreamError,
    body::{Sent, Whole},
    forwarder::{Forwarder, own},
    passing::unanswered,
};
use crate::{
    Api, Exchange, Reply,
    answer::{answer, errors, judge},
};

/// Passes a request and its reply whole, each only when it keeps to the contract. A request that does
/// not is refused as the fake refuses it, and a reply that does not becomes a 502.
pub(super) async fn enforce(
    forwarder: &Arc<Forwarder>,
    head: Parts,
    body: Incoming,
) -> Response<Sent> {
    let (api, at) = (forwarder.contract.api(), SystemTime::now());
    let body = match received(forwarder, body).await {
        Ok(body) => body,
        Err(reply) => return own(*reply),
    };
    let mut request = Request::new(body.bytes.clone());
    *request.method_mut() = head.method.clone();
    *request.uri_mut() = head.uri.clone();
    *request.headers_mut() = head.headers.clone();
    let request = crate::Request::from(request);
    let refused = answer(&api, request.clone());
    if !refused.violations.is_empty() {
        let reply = Reply::clone(&refused.reply);
        forwarder.record(&api, at, refused);
        return own(reply);
    }
    let (exchange, response) = match fetched(forwarder, head, body).await {
        Ok((head, body)) => judged(&api, request, head, body),
        Err(error) => {
            let reply = error.reply();
            let why = error.to_string();
            (unanswered(&api, request, reply.clone(), why), own(reply))
        }
    };
    forwarder.record(&api, at, exchange);
    response
}

/// The reply as it is passed: as it came, or a 502 in the place of one that leaves the contract.
fn judged(
    api: &Api,
    request: crate::Request,
    head: http::response::Parts,
    body: Whole,
) -> (Exchange, Response<Sent>) {
    let reply = Reply {
        status: head.status,
        headers: head.headers.clone(),
        body: body.bytes.clone(),
    };
    let exchange = judge(api, request, reply);
    let violations = &exchange.reply_violations;
    let response = match violations.first() {
        None => Response::from_parts(head, body.sent()),
        Some(first) => {
            let detail = format!(
                "the reply of the server behind this proxy, a {}, leaves the contract: {}: {}",
                head.status.as_u16(),
                first.place,
                first.message
            );
            let status = StatusCode::BAD_GATEWAY;
            own(Reply::problem(status, &detail, &errors(violations)))
        }
    };
    (exchange, response)
}

/// The body of a request, whole; or what the client is told.
async fn received(forwarder: &Forwarder, body: Incoming) -> Result<Whole, Box<Reply>> {
    let (limits, most) = (&forwarder.limits, forwarder.proxy.kept_bytes);
    let problem = |status, detail: String| Box::new(Reply::problem(status, &detail, &()));
    match timeout(limits.body_timeout, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok(body.into()),
        Ok(Err(error)) if is_too_long(&*error) => {
            let detail = format!(
                "the body is longer than {most} bytes, so that it cannot be held against the contract before \
                 it passes"
            );
            Err(problem(StatusCode::PAYLOAD_TOO_LARGE, detail))
        }
        Ok(Err(error)) => {
            let detail = format!("the body broke off: {error}");
            Err(problem(StatusCode::BAD_REQUEST, detail))
        }
        Err(_) => {
            let seconds = limits.body_timeout.as_secs_f64();
            let detail = format!("the body was not complete after {seconds} seconds");
            Err(problem(StatusCode::REQUEST_TIMEOUT, detail))
        }
    }
}

/// The real server's reply, whole.
async fn fetched(
    forwarder: &Forwarder,
    head: Parts,
    body: Whole,
) -> Result<(http::response::Parts, Whole), UpstreamError> {
    let (most, limit) = (forwarder.proxy.kept_bytes, forwarder.proxy.reply_timeout);
    let reply = forwarder.send(head, body.sent()).await?;
    let (head, body) = reply.into_parts();
    match timeout(limit, Limited::new(body, most).collect()).await {
        Ok(Ok(body)) => Ok((head, body.into())),
        Ok(Err(error)) if is_too_long(&*error) => Err(UpstreamError::TooLong(most)),
        Ok(Err(error)) => Err(UpstreamError::BrokenOff(error)),
        Err(_) => Err(UpstreamError::TimedOut(limit)),
    }
}

fn is_too_long(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    error.is::<LengthLimitError>()
}
