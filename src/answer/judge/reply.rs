//! A reply from outside, held against what is documented for its status: a provider's, or that of the
//! receiver of a callback.

use http::{HeaderMap, Method, StatusCode, header::CONTENT_TYPE};

use super::protocol::without_content;
use crate::{
    answer::{
        decode::{
            body::{Message, missing},
            fault::Fault,
            header,
        },
        validate,
    },
    contract::{Api, Content, ExpectedReply, Formats, Header},
    description::{Finding, join},
    exchange::{Place, Reply, Rule, Violation},
};

/// What is documented for the replies of an operation.
pub(crate) struct Documented<'a> {
    /// The replies.
    pub(crate) replies: &'a [ExpectedReply],
    /// Where the operation stands in the document, as a JSON pointer.
    pub(crate) operation: &'a str,
    /// The method of the request, which decides whether a reply has content.
    pub(crate) method: &'a Method,
    /// How many bytes a body may have without its content codings to be read.
    pub(crate) limit: usize,
}

impl Documented<'_> {
    /// Every way in which a reply leaves what is documented. Where nothing at all is, any will do.
    pub(crate) fn check(&self, api: &Api, reply: &Reply) -> Vec<Violation> {
        let mut violations = Vec::new();
        match ExpectedReply::of_status(self.replies, reply.status.as_u16()) {
            Some(expected) => {
                violations.extend(expected.undecidable.iter().map(undecidable));
                for header in &expected.headers {
                    check_header(api, header, &reply.headers, &mut violations);
                }
                self.check_body(api, expected, reply, &mut violations);
            }
            None if self.replies.is_empty() => {}
            None => violations.push(self.undocumented(api, reply.status)),
        }
        violations
    }

    fn undocumented(&self, api: &Api, status: StatusCode) -> Violation {
        let keys = self.replies.iter().map(|reply| reply.key.to_string());
        let keys = keys.collect::<Vec<_>>().join(", ");
        let status = status.as_u16();
        Violation {
            place: Place::Status,
            rule: Rule::Status,
            message: format!("{status} is not documented; there are: {keys}"),
            stated: Some(api.locate(&join(self.operation, "responses"))),
        }
    }

    fn check_body(
        &self,
        api: &Api,
        expected: &ExpectedReply,
        reply: &Reply,
        violations: &mut Vec<Violation>,
    ) {
        let is_bare = without_content(self.method, reply.status).is_some();
        if expected.content.is_empty() || is_bare {
            return;
        }
        let message = Message {
            headers: &reply.headers,
            body: &reply.body,
            limit: self.limit,
            formats: Formats::default(),
            is_required: false,
        };
        let read = match reply.body.is_empty() && !takes_nothing(expected, &reply.headers) {
            true => Err(vec![missing()]),
            false => message.read_as(&expected.content),
        };
        match read {
            Ok(body) => validate::check_body(api, &body, violations),
            Err(faults) => {
                let faults = faults.into_iter().map(decided);
                violations.extend(faults.map(|fault| fault.violation(api, &expected.pointer)));
            }
        }
    }
}

/// What of the description keeps a reply from being held against it.
pub(super) fn undecidable(fault: &Finding) -> Violation {
    Violation {
        place: Place::Reply,
        rule: Rule::Undecidable,
        message: fault.message.clone(),
        stated: Some(fault.location.clone()),
    }
}

/// That its codings are not known here, or that it is long, is no fault of a reply.
fn decided(fault: Fault) -> Fault {
    let is_of_coding = matches!(&fault.place, Place::Header(name) if **name == *"Content-Encoding");
    match is_of_coding || fault.rule == Rule::TooLarge {
        true => Fault {
            rule: Rule::Undecidable,
            ..fault
        },
        false => fault,
    }
}

/// Whether no bytes at all are a body of the type that the reply says it has.
fn takes_nothing(expected: &ExpectedReply, headers: &HeaderMap) -> bool {
    let field = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let named = field.and_then(|field| Content::named(&expected.content, field));
    named.is_some_and(|(_, form)| form.takes_nothing())
}

fn check_header(
    api: &Api,
    described: &Header,
    headers: &HeaderMap,
    violations: &mut Vec<Violation>,
) {
    let place = Place::Header(described.name.clone());
    match header::read(described, headers, &place) {
        Ok(values) => {
            for value in values {
                validate::check_header(api, described, &place, &value, violations);
            }
        }
        Err(fault) => violations.push(fault.violation(api, &described.pointer)),
    }
}
