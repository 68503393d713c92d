//! What clients were seen to use of a description.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde_json::Value;

use http::{HeaderMap, header};

use super::{
    ChangeRule, Subject,
    compare::{Found, Section},
    schema::{Schemas, Step},
};
use crate::{
    Api, Exchange, Request,
    answer::judge,
    contract::{In, Operation, Parameter},
    exchange::{MediaType, cookies, form_decoded, pairs},
    journal::Record,
};

/// What clients were seen to use of the operations of an API.
#[derive(Debug, Default)]
pub struct Traffic {
    /// By the pointers of the operations.
    operations: HashMap<Arc<str>, Used>,
}

/// What was used of one operation.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Parameters by place and name, as they are documented.
    parameters: HashSet<(&'static str, Arc<str>)>,
    /// The bodies of requests; none of one that is not JSON or not known, of which nothing can be told.
    requests: Vec<Option<Value>>,
    /// Statuses, with the bodies of their replies.
    replies: Vec<(u16, Option<Value>)>,
}

impl Traffic {
    /// What records have of an API. Each request is taken for the operation that its method and path lead to.
    pub fn of<'r>(api: &Arc<Api>, records: impl IntoIterator<Item = &'r Record>) -> Self {
        let mut traffic = Self::default();
        for record in records {
            let exchange = &record.exchange;
            let judged = judge(api, exchange.request.clone(), (*exchange.reply).clone());
            let operation = judged
                .operation
                .as_ref()
                .and_then(|label| api.labelled(label));
            if let Some(operation) = operation {
                let used = traffic
                    .operations
                    .entry(operation.pointer().into())
                    .or_default();
                used.add(operation, exchange);
            }
        }
        traffic
    }

    /// What was used of the operation at a pointer; none where it was not called.
    pub(super) fn used(&self, operation: &str) -> Option<&Used> {
        self.operations.get(operation)
    }

    /// How many operations were called.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether none was called.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}

impl Used {
    fn add(&mut self, operation: &Operation, exchange: &Exchange) {
        let request = &exchange.request;
        let parameters = operation.parameters.iter();
        let sent = parameters.filter(|parameter| is_sent(parameter, request));
        let sent = sent.map(|parameter| (parameter.place.as_str(), Arc::clone(&parameter.name)));
        self.parameters.extend(sent);
        if !request.body.is_empty() {
            self.requests.push(json(&request.headers, &request.body));
        }
        let reply = &exchange.reply;
        let body = match reply.body.is_empty() {
            true => Some(Value::Null),
            false => json(&reply.headers, &reply.body),
        };
        self.replies.push((reply.status.as_u16(), body));
    }

    /// Whether a change outside of schemas is about what was used. What is new touches everybody.
    pub(super) fn touches(&self, section: &Section, found: &Found) -> bool {
        match (&*section.subject, found.rule) {
            (
                _,
                ChangeRule::RequiredParameterAdded
                | ChangeRule::ParameterAdded
                | ChangeRule::ParameterRequired
                | ChangeRule::SuccessStatusAdded
                | ChangeRule::ErrorStatusAdded,
            ) => true,
            (Subject::Parameter(place, name), _) => self.sent(place, name),
            (Subject::Reply(status), _)
            | (Subject::ReplyHeader(status, _) | Subject::ReplyContent(status, _), _) => {
                self.replies_of(status).next().is_some()
            }
            (Subject::Operation | Subject::RequestBody | Subject::RequestContent(_), _) => true,
        }
    }

    /// Which of the schemas below a root were met by values.
    pub(super) fn touched(
        &self,
        section: &Section,
        schemas: &Schemas<'_, '_>,
        root: usize,
    ) -> Touched {
        let bodies: Vec<Option<&Value>> = match &*section.subject {
            Subject::RequestContent(_) => self.requests.iter().map(Option::as_ref).collect(),
            Subject::ReplyContent(status, _) => self.replies_of(status).collect(),
            // A text is not told apart.
            Subject::Parameter(place, name) if self.sent(place, name) => vec![None],
            Subject::ReplyHeader(status, _) => self.replies_of(status).map(|_| None).collect(),
            _ => Vec::new(),
        };
        let mut touched = Met::default();
        for body in bodies {
            match body {
                Some(body) => touched.add(schemas, root, body),
                None => return Touched::All,
            }
        }
        Touched::Some(touched)
    }

    fn sent(&self, place: &str, name: &str) -> bool {
        let mut sent = self.parameters.iter();
        sent.any(|(own_place, own)| *own_place == place && **own == *name)
    }

    /// The bodies of the replies that a documented status may be for.
    fn replies_of<'u>(&'u self, status: &str) -> impl Iterator<Item = Option<&'u Value>> {
        let hundreds = status.strip_suffix("XX").map(str::to_owned);
        let status = status.to_owned();
        let is_of = move |code: u16| {
            let code = code.to_string();
            status == "default"
                || code == status
                || hundreds.as_ref().is_some_and(|it| code.starts_with(it))
        };
        let replies = self.replies.iter().filter(move |(code, _)| is_of(*code));
        replies.map(|(_, body)| body.as_ref())
    }
}

/// Which schemas were met by values.
pub(super) enum Touched {
    /// Nobody can tell: all.
    All,
    /// These.
    Some(Met),
}

impl Touched {
    /// Whether a change of a pair of schemas is about what was met.
    pub(super) fn has(&self, number: usize, found: &Found) -> bool {
        match self {
            Self::All => true,
            Self::Some(met) => met.has(number, found),
        }
    }
}

/// The pairs of schemas that values were held against, and the properties that these had.
#[derive(Default)]
pub(super) struct Met {
    pairs: HashSet<usize>,
    members: HashMap<usize, HashSet<String>>,
}

impl Met {
    fn add(&mut self, schemas: &Schemas<'_, '_>, root: usize, body: &Value) {
        let mut seen = HashSet::new();
        let mut waiting = vec![(root, body)];
        while let Some((number, value)) = waiting.pop() {
            if !seen.insert((number, std::ptr::from_ref(value).addr())) {
                continue;
            }
            self.pairs.insert(number);
            if let Value::Object(members) = value {
                let names = self.members.entry(number).or_default();
                names.extend(members.keys().cloned());
            }
            for (step, to) in &schemas.get(number).edges {
                match (step, value) {
                    (Step::Same | Step::Names, _) => waiting.push((*to, value)),
                    (Step::Property(name), _) => {
                        waiting.extend(value.get(&**name).map(|value| (*to, value)));
                    }
                    (Step::OtherProperties, Value::Object(members)) => {
                        waiting.extend(members.values().map(|value| (*to, value)));
                    }
                    (Step::Item(index), _) => {
                        waiting.extend(value.get(*index).map(|value| (*to, value)));
                    }
                    (Step::OtherItems, Value::Array(items)) => {
                        waiting.extend(items.iter().map(|value| (*to, value)));
                    }
                    _ => {}
                }
            }
        }
    }

    fn has(&self, number: usize, found: &Found) -> bool {
        let is_met = self.pairs.contains(&number);
        let member = found.member.as_deref().filter(|_| !touches_all(found.rule));
        let members = self.members.get(&number);
        is_met && member.is_none_or(|name| members.is_some_and(|members| members.contains(name)))
    }
}

/// Whether a change of a property touches also those who never had it.
fn touches_all(rule: ChangeRule) -> bool {
    matches!(
        rule,
        ChangeRule::PropertyAdded
            | ChangeRule::RequiredPropertyAdded
            | ChangeRule::PropertyAllowed
            | ChangeRule::PropertyRequired
            | ChangeRule::PropertyOptional
    )
}

/// A body as JSON; none where it is none, or in a coding.
fn json(headers: &HeaderMap, body: &[u8]) -> Option<Value> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let media_type = text(header::CONTENT_TYPE).and_then(MediaType::parse);
    let is_json = media_type.is_some_and(|media_type| media_type.is_json());
    let is_plain = !headers.contains_key(header::CONTENT_ENCODING);
    (is_json && is_plain)
        .then(|| serde_json::from_slice(body).ok())
        .flatten()
}

/// Whether a request has a parameter.
fn is_sent(parameter: &Parameter, request: &Request) -> bool {
    let name = &*parameter.name;
    match parameter.place {
        In::Path => true,
        In::Query | In::Querystring => pairs(request.query().unwrap_or_default())
            .any(|(key, _)| form_decoded(key).is_none_or(|key| parameter.claims(&key))),
        In::Header => request.headers.contains_key(name),
        In::Cookie => cookies(&request.headers).any(|(own, _)| own == name),
    }
}
