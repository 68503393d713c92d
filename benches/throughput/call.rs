//! Requests as bytes, made from the descriptions, each with the reply that it must get.

use bytes::Bytes;
use http::Method;
use mynah::{
    Api, Exchange,
    contract::{Sample, SampleBody},
};

/// A request as it goes over the wire, and what must come back.
pub struct Call {
    pub bytes: Vec<u8>,
    pub expected: Expected,
}

/// What must come back.
pub enum Expected {
    /// This status with this body.
    Exactly { status: u16, body: Bytes },
    /// Any 4xx.
    Refusal,
}

/// The ways in which a request is made invalid.
#[derive(Clone, Copy)]
enum Fault {
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
    /// The documented request that creates something, below a prefix, and its documented reply.
    ///
    /// # Errors
    /// The API has no such request, or Mynah finds fault with it.
    pub fn valid(api: &Api, prefix: &str) -> Result<Self, String> {
        let sample = sample(api)?;
        let Exchange {
            violations, reply, ..
        } = mynah::answer(api, request(sample)?.into());
        if !violations.is_empty() || !reply.status.is_success() {
            return Err(format!(
                "the documented request of {} should be valid: {} {violations:?}",
                api.name(),
                reply.status
            ));
        }
        Ok(Self {
            bytes: wire(sample, prefix),
            expected: Expected::Exactly {
                status: reply.status.as_u16(),
                body: reply.body.clone(),
            },
        })
    }

    /// The same request with one fault each.
    ///
    /// # Errors
    /// The API has no such request.
    pub fn invalid(api: &Api, prefix: &str) -> Result<Vec<Self>, String> {
        let sample = sample(api)?;
        let broken = FAULTS.map(|fault| Self {
            bytes: wire(&with(sample, fault), prefix),
            expected: Expected::Refusal,
        });
        Ok(broken.into())
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

/// The first documented request of an API that has a body.
pub fn sample(api: &Api) -> Result<&Sample, String> {
    let operations = api.operations().iter();
    let posts = operations.filter(|operation| operation.method() == Method::POST);
    posts
        .map(mynah::contract::Operation::sample)
        .find(|sample| matches!(sample.body, Some(SampleBody::Text(_))))
        .ok_or_else(|| format!("{} has no POST with a body", api.name()))
}

/// The request as the library takes it.
pub fn request(sample: &Sample) -> Result<http::Request<Bytes>, String> {
    let head = http::Request::builder()
        .method(sample.method.as_str())
        .uri(&sample.target);
    let fields = sample.headers.iter();
    fields
        .fold(head, |head, (name, value)| head.header(name, value))
        .body(Bytes::copy_from_slice(text(sample).as_bytes()))
        .map_err(|error| error.to_string())
}

fn text(sample: &Sample) -> &str {
    match &sample.body {
        Some(SampleBody::Text(text)) => text,
        _ => "",
    }
}

fn with(sample: &Sample, fault: Fault) -> Sample {
    let mut sample = sample.clone();
    let is_content_type = |name: &str| name.eq_ignore_ascii_case("content-type");
    match fault {
        Fault::Malformed => {
            let half = text(&sample).chars().take(20).collect();
            sample.body = Some(SampleBody::Text(half));
        }
        Fault::EmptyObject => sample.body = Some(SampleBody::Text("{}".to_owned())),
        Fault::NoCredentials => sample.headers.retain(|(name, _)| is_content_type(name)),
        Fault::UnknownMediaType => {
            let fields = sample.headers.iter_mut();
            fields
                .filter(|(name, _)| is_content_type(name))
                .for_each(|(_, value)| *value = "application/x-unknown".to_owned());
        }
    }
    sample
}

fn wire(sample: &Sample, prefix: &str) -> Vec<u8> {
    let body = text(sample);
    let mut head = format!(
        "{} {prefix}{} HTTP/1.1\r\nHost: localhost\r\n",
        sample.method, sample.target
    );
    for (name, value) in &sample.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    head.into_bytes()
}
