//! A description to an API, in one pass over its operations. Every fault is kept; none stops it.

use http::Method;
use serde_json::Value;

use super::{
    api::Compiled,
    body,
    manner::{CredentialForm, Manner},
    model::Model,
    operation::Operation,
    parameter, reply,
    routes::Routes,
    sample::Sample,
    schema::Schemas,
    security,
};
use crate::description::{Description, Finding, FindingCode, Severity, join};

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
        let (operations, routes) = reader.operations();
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

/// What reading an operation needs: the document, its compiled schemas, and where faults go.
pub(super) struct Reader<'d> {
    pub description: &'d Description,
    pub schemas: Schemas<'d>,
    pub models: &'d [Model],
    manner: &'d Manner,
    findings: Vec<Finding>,
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

impl<'d> Reader<'d> {
    fn new(
        description: &'d Description,
        manner: &'d Manner,
        models: &'d [Model],
    ) -> Result<Self, Finding> {
        Ok(Self {
            schemas: Schemas::new(description)?,
            findings: Vec::new(),
            description,
            models,
            manner,
        })
    }

    fn operations(&mut self) -> (Vec<Operation>, Routes) {
        let mut operations = Vec::new();
        let mut routes = Routes::default();
        for path in self.keys("/paths") {
            let place = join("/paths", &path);
            if path.starts_with("x-") {
                continue;
            }
            let item = self.description.resolve(&place);
            let Some(item) = self.keep(item) else {
                continue;
            };
            let mut methods = Vec::new();
            for (field, method) in METHODS {
                let pointer = join(&item, field);
                if self.description.at(&pointer).is_none() {
                    continue;
                }
                let operation = self.operation(method.clone(), &path, &pointer, &item);
                if let Some(operation) = self.keep(operation) {
                    methods.push((method, operations.len()));
                    operations.push(operation);
                }
            }
            let added = routes
                .add(&path, methods)
                .map_err(|error| self.fault(FindingCode::Shape, &place, error.to_string()));
            self.keep(added);
        }
        (operations, routes)
    }

    fn operation(
        &mut self,
        method: Method,
        path: &str,
        pointer: &str,
        path_item: &str,
    ) -> Result<Operation, Finding> {
        let parameters = parameter::read_all(self, pointer, path_item);
        let body = body::read(self, pointer)?;
        let security = security::read(self, pointer);
        let replies = reply::read_all(self, pointer)?;
        let mut operation = Operation {
            label: format!("{method} {path}").into(),
            method,
            path: path.to_owned(),
            summary: self.text(pointer, "summary").map(str::to_owned),
            pointer: pointer.to_owned(),
            parameters,
            body,
            security,
            replies,
            sample: Sample::default(),
        };
        operation.sample = Sample::of(self.description, &operation);
        Ok(operation)
    }

    /// Records a fault; `None` in its place.
    pub(super) fn keep<T>(&mut self, read: Result<T, Finding>) -> Option<T> {
        read.map_err(|finding| self.findings.push(finding)).ok()
    }

    /// Records a fault that leaves the answers right.
    pub(super) fn warn(&mut self, code: FindingCode, pointer: &str, message: String) {
        let location = self.description.locate(pointer);
        self.findings
            .push(Finding::warning(code, location, message));
    }

    pub(super) fn fault(&self, code: FindingCode, pointer: &str, message: String) -> Finding {
        self.description.finding(code, pointer, message)
    }

    /// The names of an object's members, in the document's order.
    pub(super) fn keys(&self, pointer: &str) -> Vec<String> {
        let object = self.description.at(pointer).and_then(Value::as_object);
        object.map_or_else(Vec::new, |object| object.keys().cloned().collect())
    }

    /// How many items an array has.
    pub(super) fn length(&self, pointer: &str) -> usize {
        let array = self.description.at(pointer).and_then(Value::as_array);
        array.map_or(0, Vec::len)
    }

    pub(super) fn text(&self, pointer: &str, key: &str) -> Option<&'d str> {
        self.description.at(pointer)?.get(key)?.as_str()
    }

    pub(super) fn flag(&self, pointer: &str, key: &str) -> Option<bool> {
        self.description.at(pointer)?.get(key)?.as_bool()
    }

    pub(super) fn required_text(&self, pointer: &str, key: &str) -> Result<&'d str, Finding> {
        self.text(pointer, key).ok_or_else(|| {
            let message = format!("`{key}` is required here, and a text");
            self.fault(FindingCode::Shape, pointer, message)
        })
    }

    pub(super) fn is_credential_header(&self, name: &str) -> bool {
        let known = self.manner.credential_headers;
        known.iter().any(|header| header.eq_ignore_ascii_case(name))
    }

    pub(super) fn credential_form(&self, scheme: &str) -> Option<CredentialForm> {
        let mut known = self.manner.credential_forms.iter();
        known.find(|form| form.scheme == scheme).copied()
    }
}
