//! A description to an API, in one pass over its operations. Every fault is kept; none stops it.

use http::Method;

use super::{
    body,
    example_request::example_request,
    manner::Manner,
    model::Model,
    operation::Operation,
    parameter,
    reader::Reader,
    reply,
    routes::{PathEntry, PathKey, RoutedOperation, Routes},
    sample::Sample,
    security,
    servers::Servers,
};
use crate::description::{Description, Finding, FindingCode, Severity, join};

/// A description, compiled.
pub(super) struct Compiled {
    pub name: String,
    pub description: Description,
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
    let (operations, routes, mut findings) = {
        let mut reader = Reader::new(&description, manner, models).map_err(|fault| vec![fault])?;
        let (operations, routes) = operations(&mut reader);
        reader.findings.extend(reader.schemas.check_components());
        (operations, routes, reader.findings)
    };
    findings.sort_by(|one, other| one.location.cmp(&other.location));
    findings.dedup();
    let (errors, warnings): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|finding| finding.severity == Severity::Error);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Compiled {
        name: short_name(&description.source().name),
        operations,
        routes,
        warnings,
        description,
    })
}

/// `specs/my-api.yaml` is `my-api`.
fn short_name(file: &str) -> String {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    file.split('.').next().unwrap_or(file).to_owned()
}

/// The methods that a path item has fields for (OpenAPI 3.1.1, "Path Item Object").
const METHODS: [(&str, Method); 8] = [
    ("get", Method::GET),
    ("put", Method::PUT),
    ("post", Method::POST),
    ("delete", Method::DELETE),
    ("options", Method::OPTIONS),
    ("head", Method::HEAD),
    ("patch", Method::PATCH),
    ("trace", Method::TRACE),
];

fn operations(reader: &mut Reader<'_>) -> (Vec<Operation>, Routes) {
    let mut operations = Vec::new();
    let mut entries = Vec::new();
    let mut servers = Servers::default();
    for path in reader.keys("/paths") {
        let place = join("/paths", &path);
        if path.starts_with("x-") {
            continue;
        }
        if !path.starts_with('/') {
            let message = format!("a path begins with `/`: this is served as `/{path}`");
            reader.warn(FindingCode::Shape, &place, message);
        }
        let key = PathKey::parse(&path)
            .map_err(|error| reader.fault(FindingCode::Shape, &place, error.to_string()));
        let item = reader.description.resolve(&place);
        let (Some(key), Some(item)) = (reader.keep(key), reader.keep(item)) else {
            continue;
        };
        let mut routed = Vec::new();
        for (field, method) in METHODS {
            let pointer = join(&item, field);
            if reader.description.at(&pointer).is_none() {
                continue;
            }
            let bases = servers.bases(reader, &pointer, &item);
            let at = Place {
                path: &path,
                key: &key,
                base: &bases[0],
                pointer: &pointer,
                path_item: &item,
            };
            let read = operation(reader, method.clone(), &at);
            if let Some(operation) = reader.keep(read) {
                let index = operations.len();
                routed.push(RoutedOperation {
                    method,
                    index,
                    bases,
                });
                operations.push(operation);
            }
        }
        entries.push(PathEntry {
            key,
            operations: routed,
        });
    }
    let (routes, clashes) = Routes::new(&entries);
    for (first, second) in clashes {
        warn_of_clash(reader, &operations[first], &operations[second]);
    }
    (operations, routes)
}

/// Where an operation stands.
struct Place<'a> {
    path: &'a str,
    key: &'a PathKey,
    /// The base path of its first server.
    base: &'a str,
    pointer: &'a str,
    path_item: &'a str,
}

/// Two operations that no path tells apart: a request is for the first that it keeps to.
fn warn_of_clash(reader: &mut Reader<'_>, first: &Operation, second: &Operation) {
    let why = match second.path.contains('#') || first.path.contains('#') {
        true => "what follows `#` is not sent",
        false => "the paths differ in names only",
    };
    let message = format!(
        "no path tells this from `{}` ({why}): a request that keeps to both is the first's",
        first.label
    );
    reader.warn(FindingCode::Shape, &second.pointer, message);
}

fn operation(
    reader: &mut Reader<'_>,
    method: Method,
    at: &Place<'_>,
) -> Result<Operation, Finding> {
    let pointer = at.pointer;
    let parameters = parameter::read_all(reader, pointer, at.path_item);
    let parameters = parameter::fitted_to(&at.key.names, reader, parameters, pointer);
    let (credentials, parameters): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|parameter| security::is_credential(reader, parameter));
    let body = body::read(reader, pointer)?;
    let security = security::read(reader, pointer);
    let security = security::with_parameters(reader, security, &credentials);
    let replies = reply::read_all(reader, pointer)?;
    let mut operation = Operation {
        label: format!("{method} {}", at.path).into(),
        method,
        path: at.path.to_owned(),
        base: at.base.to_owned(),
        summary: reader.text(pointer, "summary").map(str::to_owned),
        pointer: pointer.to_owned(),
        parameters,
        body,
        security,
        replies,
        sample: Sample::default(),
    };
    operation.sample = example_request(reader.description, &operation);
    Ok(operation)
}
