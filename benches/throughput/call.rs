//! Requests as bytes, made from the descriptions, each with the reply that it must get.

use bytes::Bytes;
use http::{Method, Request, header::CONTENT_TYPE};
use mynah::{
    Api, Reply,
    contract::{Operation, Sample, SampleBody},
};

/// A request as it goes over the wire, and what must come back.
pub struct Call {
    pub bytes: Vec<u8>,
    request: Request<Bytes>,
    expected: Expected,
}

/// What must come back.
enum Expected {
    /// This status with this body.
    Exactly { status: u16, body: Bytes },
    /// Any 4xx.
    Refusal,
}

/// The ways in which a request is made invalid.
#[derive(Clone, Copy)]
pub enum Fault {
    /// A body that breaks off.
    Malformed,
    /// Nothing of what is required.
    EmptyObject,
    /// Nobody's request.
    NoCredentials,
    /// A body that no API takes.
    UnknownMediaType,
}

const FAULTS: [Fault; 4] = [
    Fault::Malformed,
    Fault::EmptyObject,
    Fault::NoCredentials,
    Fault::UnknownMediaType,
];

impl Call {
    /// A valid request, sent below a prefix.
    ///
    /// # Errors
    /// Mynah finds fault with it.
    pub fn valid(api: &Api, request: Request<Bytes>, prefix: &str) -> Result<Self, String> {
        let reply = reply(api, &request);
        if !reply.status.is_success() {
            return Err(format!(
                "{request:?} should be valid, and is answered with {reply:?}"
            ));
        }
        Ok(Self {
            bytes: wire(&request, prefix),
            request,
            expected: Expected::Exactly {
                status: reply.status.as_u16(),
                body: reply.body,
            },
        })
    }

    /// The documented request that creates something, below a prefix.
    ///
    /// # Errors
    /// The API has no such request, or Mynah finds fault with it.
    pub fn documented(api: &Api, prefix: &str) -> Result<Self, String> {
        Self::valid(api, request(sample(api)?)?, prefix)
    }

    /// The same request with a fault.
    ///
    /// # Errors
    /// The API has no such request.
    pub fn broken(api: &Api, fault: Fault, prefix: &str) -> Result<Self, String> {
        let request = with(request(sample(api)?)?, fault);
        Ok(Self {
            bytes: wire(&request, prefix),
            request,
            expected: Expected::Refusal,
        })
    }

    /// The same request with one fault each.
    ///
    /// # Errors
    /// The API has no such request.
    pub fn all_broken(api: &Api, prefix: &str) -> Result<Vec<Self>, String> {
        let broken = FAULTS.map(|fault| Self::broken(api, fault, prefix));
        broken.into_iter().collect()
    }

    /// What an API replies.
    pub fn reply(&self, api: &Api) -> Reply {
        reply(api, &self.request)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.request.body()
    }

    /// Whether a reply is the expected one.
    pub fn is_answered_by(&self, status: u16, body: &[u8]) -> bool {
        match &self.expected {
            Expected::Exactly {
                status: want,
                body: content,
            } => status == *want && body == content,
            Expected::Refusal => (400..500).contains(&status),
        }
    }
}

fn reply(api: &Api, request: &Request<Bytes>) -> Reply {
    let exchange = mynah::answer(api, request.clone().into());
    Reply::clone(&exchange.reply)
}

/// The first documented request of an API that has a body.
fn sample(api: &Api) -> Result<&Sample, String> {
    let operations = api.operations().iter();
    let posts = operations.filter(|operation| operation.method() == Method::POST);
    posts
        .map(Operation::sample)
        .find(|sample| matches!(sample.body, Some(SampleBody::Text(_))))
        .ok_or_else(|| format!("{} has no POST with a body", api.name()))
}

fn request(sample: &Sample) -> Result<Request<Bytes>, String> {
    let head = Request::builder()
        .method(sample.method.as_str())
        .uri(&sample.target);
    let fields = sample.headers.iter();
    let body = match &sample.body {
        Some(SampleBody::Text(text)) => text.clone(),
        _ => String::new(),
    };
    fields
        .fold(head, |head, (name, value)| head.header(name, value))
        .body(body.into())
        .map_err(|error| error.to_string())
}

fn with(mut request: Request<Bytes>, fault: Fault) -> Request<Bytes> {
    match fault {
        Fault::Malformed => request.body_mut().truncate(20),
        Fault::EmptyObject => *request.body_mut() = Bytes::from_static(b"{}"),
        Fault::NoCredentials => {
            let content_type = request.headers_mut().remove(CONTENT_TYPE);
            request.headers_mut().clear();
            let kept = content_type.map(|value| (CONTENT_TYPE, value));
            request.headers_mut().extend(kept);
        }
        Fault::UnknownMediaType => {
            let unknown = http::HeaderValue::from_static("application/x-unknown");
            request.headers_mut().insert(CONTENT_TYPE, unknown);
        }
    }
    request
}

fn wire(request: &Request<Bytes>, prefix: &str) -> Vec<u8> {
    let mut head = format!(
        "{} {prefix}{} HTTP/1.1\r\nHost: localhost\r\n",
        request.method(),
        request.uri()
    )
    .into_bytes();
    for (name, value) in request.headers() {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    let body = request.body();
    if !body.is_empty() {
        head.extend(format!("Content-Length: {}\r\n", body.len()).bytes());
    }
    [&head, &b"\r\n"[..], body].concat()
}
