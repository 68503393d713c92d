//! Requests that an API sends by itself: callbacks of an operation, and webhooks
//! (OpenAPI 3.1.1, "Callback Object", and `webhooks` of "OpenAPI Object").

use std::{collections::HashMap, sync::Arc};

use super::{
    expression::{Expression, MessagePart, Piece, Template},
    outgoing::{self, Outgoing},
    path_item::methods_of,
    reader::Reader,
};
use crate::description::{Finding, FindingCode, join};

/// A documented callback of an operation: a request to an address that the exchange names.
#[derive(Debug)]
pub struct CallbackOperation {
    /// The callback's name, such as `onData`.
    pub name: Arc<str>,
    /// The address, as a text with runtime expressions.
    pub url: Template,
    /// What is sent there.
    pub request: Arc<Outgoing>,
}

/// A documented webhook: a request to an address that the description does not know.
#[derive(Debug)]
pub struct Webhook {
    /// The webhook's name, such as `newPet`.
    pub name: String,
    /// What is sent, one for each documented method.
    pub requests: Vec<Arc<Outgoing>>,
}

/// The requests that an API sends, by their pointers, each compiled once however often it is referred
/// to; `None` for those that cannot be sent.
pub(super) type Requests = HashMap<String, Option<Arc<Outgoing>>>;

/// The callbacks of an operation. One that cannot be sent is a warning and left out: the operation
/// answers all the same.
pub(super) fn read_all(
    reader: &mut Reader<'_>,
    known: &mut Requests,
    operation: &str,
    path: &str,
) -> Vec<CallbackOperation> {
    let place = join(operation, "callbacks");
    let mut callbacks = Vec::new();
    for name in reader.keys(&place) {
        let what = format!("callback `{name}` is not sent");
        let Some(pointer) = reader.aside(&what, |reader| {
            reader.description.resolve(&join(&place, &name))
        }) else {
            continue;
        };
        let name: Arc<str> = name.into();
        for key in reader.keys(&pointer) {
            if key.starts_with("x-") {
                continue;
            }
            let item = join(&pointer, &key);
            let url = reader.aside(&what, |reader| url(reader, &key, &item, path));
            let (Some(url), requests) = (url, requests(reader, known, &what, &item)) else {
                continue;
            };
            callbacks.extend(requests.into_iter().map(|request| CallbackOperation {
                name: Arc::clone(&name),
                url: url.clone(),
                request,
            }));
        }
    }
    callbacks
}

/// The address of a callback. A parameter that the path of the operation does not have would leave
/// it without a value, always.
fn url(reader: &Reader<'_>, key: &str, item: &str, path: &str) -> Result<Template, Finding> {
    let fault = |message| reader.fault(FindingCode::Expression, item, message);
    let template = Template::parse(key).map_err(|error| fault(error.to_string()))?;
    for piece in &template.pieces {
        if let Piece::Expression(Expression::Request(MessagePart::Path(name))) = piece
            && !path.contains(&format!("{{{name}}}"))
        {
            return Err(fault(format!("`{path}` has no parameter `{name}`")));
        }
    }
    Ok(template)
}

/// The webhooks of the document. What cannot be sent of one is a warning.
pub(super) fn webhooks(reader: &mut Reader<'_>, known: &mut Requests) -> Vec<Webhook> {
    let names = reader.keys("/webhooks").into_iter();
    let documented = names.filter(|name| !name.starts_with("x-"));
    documented
        .map(|name| {
            let what = format!("webhook `{name}` is not sent");
            let requests = requests(reader, known, &what, &join("/webhooks", &name));
            Webhook { name, requests }
        })
        .collect()
}

/// The requests of a path item.
fn requests(
    reader: &mut Reader<'_>,
    known: &mut Requests,
    what: &str,
    item: &str,
) -> Vec<Arc<Outgoing>> {
    let mut requests = Vec::new();
    let Some(item) = reader.aside(what, |reader| reader.description.resolve(item)) else {
        return requests;
    };
    for (method, pointer) in methods_of(reader, &item) {
        let request = match known.get(&pointer) {
            Some(known) => known.clone(),
            None => {
                let read =
                    |reader: &mut Reader<'_>| outgoing::read(reader, method, &pointer, &item);
                let request = reader.aside(what, read).map(Arc::new);
                known.insert(pointer, request.clone());
                request
            }
        };
        requests.extend(request);
    }
    requests
}
