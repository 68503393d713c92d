//! A description to an API, in one pass over its operations. Every fault is kept; none stops it.

use http::Method;

use super::{
    body, example_request::example_request, manner::Manner, model::Model, operation::Operation,
    parameter, reader::Reader, reply, routes::Routes, sample::Sample, security,
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
/// All findings in the order of their places, when at least one of them would make an answer wrong.
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
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    if findings.iter().any(is_error) {
        return Err(findings);
    }
    Ok(Compiled {
        name: short_name(&description.source().name),
        operations,
        routes,
        warnings: findings,
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
        for (field, method) in METHODS {
            let pointer = join(&item, field);
            if reader.description.at(&pointer).is_none() {
                continue;
            }
            let read = operation(reader, method.clone(), &path, &pointer, &item);
            if let Some(operation) = reader.keep(read) {
                methods.push((method, operations.len()));
                operations.push(operation);
            }
        }
        let added = routes
            .add(&path, methods)
            .map_err(|error| reader.fault(FindingCode::Shape, &place, error.to_string()));
        reader.keep(added);
    }
    (operations, routes)
}

fn operation(
    reader: &mut Reader<'_>,
    method: Method,
    path: &str,
    pointer: &str,
    path_item: &str,
) -> Result<Operation, Finding> {
    let parameters = parameter::read_all(reader, pointer, path_item);
    let (credentials, parameters): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|parameter| security::is_credential(reader, parameter));
    let body = body::read(reader, pointer)?;
    let security = security::read(reader, pointer);
    let security = security::with_parameters(reader, security, &credentials);
    let replies = reply::read_all(reader, pointer)?;
    let mut operation = Operation {
        label: format!("{method} {path}").into(),
        method,
        path: path.to_owned(),
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
