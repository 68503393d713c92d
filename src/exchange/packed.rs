//! A request in as little memory as it needs.
//!
//! As it came from a socket, a request is a dozen slices of the buffer that it was read into: they keep all of that from
//! being used again, and to free them takes longer than to copy what is in them.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, Version};

use super::Request;

/// A longer body is shared, and not copied.
const SMALL_BODY: usize = 4 << 10;

/// A request, packed.
#[derive(Debug)]
pub(crate) struct PackedRequest {
    method: Method,
    version: Version,
    mount: usize,
    body_limit: usize,
    /// The target; then the name and the value of each field, both with their length before; then a small body.
    text: Box<[u8]>,
    target: usize,
    fields: usize,
    /// The body, where it is not in the text.
    body: Bytes,
}

/// So many bytes say how long a name or a value is.
const LENGTH: usize = size_of::<u32>();

impl PackedRequest {
    /// Packs a request.
    pub(crate) fn of(request: Request) -> Self {
        let (mount, body_limit) = (request.prefix().len(), request.body_limit());
        let Request {
            method,
            uri,
            version,
            headers,
            body,
            ..
        } = request;
        let whole: String;
        let target = match (uri.path_and_query(), uri.authority()) {
            (Some(target), None) => target.as_str(),
            _ => {
                whole = uri.to_string();
                &whole
            }
        };
        let of_field = |(name, value): (&HeaderName, &HeaderValue)| {
            LENGTH + name.as_str().len() + LENGTH + value.len()
        };
        let in_text = match body.len() {
            ..=SMALL_BODY => &body[..],
            _ => &[],
        };
        let fields = headers.iter().map(of_field).sum::<usize>();
        let mut text = Vec::with_capacity(target.len() + fields + in_text.len());
        text.extend_from_slice(target.as_bytes());
        for (name, value) in &headers {
            for part in [name.as_str().as_bytes(), value.as_bytes()] {
                // hyper reads no head of four gigabytes.
                text.extend_from_slice(&(part.len() as u32).to_le_bytes());
                text.extend_from_slice(part);
            }
        }
        text.extend_from_slice(in_text);
        Self {
            method,
            version,
            mount,
            body_limit,
            target: target.len(),
            fields,
            body: match in_text.len() == body.len() {
                true => Bytes::new(),
                false => body,
            },
            text: text.into_boxed_slice(),
        }
    }

    /// How many bytes are kept of it.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.body.len()
    }

    /// The request again.
    pub(crate) fn unpacked(&self) -> Request {
        let (target, rest) = self.text.split_at(self.target);
        let (mut fields, body) = rest.split_at(self.fields);
        let mut head = http::Request::new(match self.body.is_empty() {
            true => Bytes::copy_from_slice(body),
            false => self.body.clone(),
        });
        *head.method_mut() = self.method.clone();
        *head.version_mut() = self.version;
        // What was read once can be read again.
        *head.uri_mut() = Uri::try_from(target).unwrap_or_default();
        while let (Some(name), Some(value)) = (next(&mut fields), next(&mut fields)) {
            append(head.headers_mut(), name, value);
        }
        let request = Request::from(head);
        request.below_length(self.mount).within(self.body_limit)
    }
}

fn append(headers: &mut HeaderMap, name: &[u8], value: &[u8]) {
    if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
        headers.append(name, value);
    }
}

/// Takes a text with its length before it; `None` at the end.
fn next<'t>(fields: &mut &'t [u8]) -> Option<&'t [u8]> {
    let (length, rest) = fields.split_first_chunk::<LENGTH>()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *fields = rest;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_out_as_it_was_packed() {
        for (method, target, body) in [
            ("GET", "/a?b=%20", vec![]),
            ("POST", "/", b"short".to_vec()),
            ("PURGE", "http://host:1/a?x", vec![b'x'; SMALL_BODY]),
            ("OPTIONS", "*", vec![b'x'; SMALL_BODY + 1]),
            ("CONNECT", "host:1", vec![]),
            ("GET", "/very/%C3%A9/long", vec![0; 1 << 20]),
        ] {
            let http = http::Request::builder()
                .method(method)
                .uri(target)
                .version(Version::HTTP_10)
                .header("x-one", "1")
                .header("content-type", "")
                .header("x-one", HeaderValue::from_bytes(b"\xff\t ").unwrap());
            let mount = usize::from(target.starts_with("/very")) * 5;
            let request = Request::from(http.body(Bytes::from(body)).unwrap());
            let request = request.below_length(mount).within(7);
            let unpacked = PackedRequest::of(request.clone()).unpacked();
            assert_eq!(format!("{unpacked:?}"), format!("{request:?}"));
        }
    }
}
