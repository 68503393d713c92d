//! A description to an API, in one pass over its operations. Every fault is kept; none stops it.

use std::sync::{Arc, OnceLock};

use http::Method;

use super::{
    body, manner::Manner, model::Model, operation::Operation, pair, parameter, reader::Reader,
    reply, routes::Routes, schema, security,
};
use crate::description::{Description, Finding, FindingCode, Severity, join};

/// A description, compiled.
pub(super) struct Compiled {
    pub name: String,
    pub description: Arc<Description>,
    pub models: Vec<Model>,
    pub operations: Vec<Operation>,
    pub routes: Routes,
    pub warnings: Vec<Finding>,
}

/// Compiles a description.
///
/// # Errors
/// All faults that would make an answer wrong, in the order of their places.
pub(super) fn compile(
    description: Description,
    manner: &Manner,
    models: &[Model],
) -> Result<Compiled, Vec<Finding>> {
    let mut compiled = read(description, manner, models);
    let faults = compiled
        .warnings
        .extract_if(.., |it| it.severity == Severity::Error);
    let faults: Vec<Finding> = faults.collect();
    if faults.is_empty() {
        Ok(compiled)
    } else {
        Err(faults)
    }
}

/// Compiles a description whatever its faults: each operation has those that touch it.
pub(super) fn leniently(description: Description) -> Compiled {
    let mut compiled = read(description, &Manner::default(), &[]);
    let is_fault = |finding: &&Finding| finding.severity == Severity::Error;
    let faults: Vec<Finding> = compiled.warnings.iter().filter(is_fault).cloned().collect();
    for operation in &mut compiled.operations {
        let shared = format!("{}/parameters", path_item(&operation.pointer));
        let pointers = [operation.pointer.as_str(), &shared, "/security"];
        let reached = compiled.description.reached(&pointers, &faults);
        operation.faults.extend(reached);
        operation.faults.dedup();
    }
    for finding in &mut compiled.warnings {
        finding.severity = Severity::Warning;
    }
    compiled
}

/// Reads a description, with all its faults among the warnings.
fn read(description: Description, manner: &Manner, models: &[Model]) -> Compiled {
    let description = Arc::new(description);
    let mut reader = Reader::new(Arc::clone(&description), manner);
    let (operations, routes) = operations(&mut reader);
    let mut findings = reader.findings;
    findings.extend(schema::check(&description));
    // What linking found first is told once, in its words.
    findings.splice(0..0, description.findings().iter().cloned());
    findings.sort_by(|one, other| one.location.cmp(&other.location));
    findings.dedup_by(|later, first| later == first || is_again(later, first));
    Compiled {
        name: short_name(&description.source().name),
        operations,
        routes,
        warnings: findings,
        models: models.to_vec(),
        description,
    }
}

/// The pointer to the path item of an operation's pointer.
fn path_item(operation: &str) -> &str {
    let (item, _) = operation.rsplit_once('/').unwrap_or_default();
    item.strip_suffix("/additionalOperations").unwrap_or(item)
}

/// Whether a finding is about a reference that another tells of already.
fn is_again(later: &Finding, first: &Finding) -> bool {
    let is_reference = |finding: &Finding| {
        use FindingCode::{ReferenceForbidden, ReferenceUnresolved};
        matches!(finding.code, ReferenceForbidden | ReferenceUnresolved)
    };
    is_reference(later) && is_reference(first) && later.location == first.location
}

/// `specs/my-api.yaml` is `my-api`.
fn short_name(file: &str) -> String {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    file.split('.').next().unwrap_or(file).to_owned()
}

/// The methods that a path item has fields for (OpenAPI 3.2.0, "Path Item Object").
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

fn operations(reader: &mut Reader<'_>) -> (Vec<Operation>, Routes) {
    let mut operations = Vec::new();
    let mut routes = Routes::default();
    for path in reader.keys("/paths") {
        let place = join("/paths", &path);
        if path.starts_with("x-") {
            continue;
        }
        let item = reader.description.resolve(&place);
        let Some(item) = reader.keep(item) else {
            continue;
        };
        let mut methods = Vec::new();
        for (method, pointer) in methods_of(reader, &item) {
            methods.push((method.clone(), operations.len()));
            operations.push(operation(reader, method, &path, &pointer, &item));
        }
        let added = routes
            .add(&path, methods)
            .map_err(|error| reader.fault(FindingCode::Shape, &place, error.to_string()));
        reader.keep(added);
    }
    (operations, routes)
}

/// The operations of a path item: those of its fields, and those of other methods.
fn methods_of(reader: &mut Reader<'_>, item: &str) -> Vec<(Method, String)> {
    let fixed = METHODS.map(|(field, method)| (method.to_owned(), join(item, field)));
    let more = join(item, "additionalOperations");
    let named = reader.keys(&more).into_iter();
    let named = named.map(|method| (method.clone(), join(&more, &method)));
    let all: Vec<(String, String)> = fixed.into_iter().chain(named).collect();
    let mut methods = Vec::new();
    for (name, pointer) in all {
        if reader.description.at(&pointer).is_none() {
            continue;
        }
        let method = Method::from_bytes(name.as_bytes()).map_err(|_| {
            let message = format!("`{name}` cannot be a method");
            reader.fault(FindingCode::Shape, &pointer, message)
        });
        methods.extend(reader.keep(method).map(|method| (method, pointer)));
    }
    methods
}

fn operation(
    reader: &mut Reader<'_>,
    method: Method,
    path: &str,
    pointer: &str,
    path_item: &str,
) -> Operation {
    let parameters = parameter::read_all(reader, pointer, path_item);
    let (credentials, parameters): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|parameter| security::is_credential(reader, parameter));
    let body = body::read(reader, pointer);
    let security = security::read(reader, pointer);
    let security = security::with_parameters(reader, security, &credentials);
    let replies = reply::read_all(reader, pointer);
    let faults = [body.as_ref().err(), replies.as_ref().err()];
    let faults: Vec<Finding> = faults.into_iter().flatten().cloned().collect();
    let body = reader.keep(body).flatten();
    let replies = reader.keep(replies).unwrap_or_default();
    let pairs = pair::read_all(reader, &parameters, body.as_ref(), &replies);
    Operation {
        pairs: reader.keep(pairs).unwrap_or_default(),
        faults,
        label: format!("{method} {path}").into(),
        method,
        path: path.to_owned(),
        summary: reader.text(pointer, "summary").map(str::to_owned),
        pointer: pointer.to_owned(),
        parameters,
        body,
        security,
        replies,
        description: Arc::clone(&reader.description),
        sample: OnceLock::new(),
    }
}
