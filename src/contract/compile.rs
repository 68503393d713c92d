//! A description to an API, in one pass over its operations. Every fault is kept; none stops it.

use std::sync::{Arc, OnceLock};

use http::Method;

use super::{
    body,
    callback::{self, Requests, Webhook},
    located::Located,
    manner::Manner,
    model::Model,
    operation::Operation,
    pair, parameter,
    path_item::{methods_of, path_item},
    reader::Reader,
    reply,
    routes::{PathEntry, PathKey, RoutedOperation, Routes},
    rows,
    schema::Schemas,
    secret::Secrets,
    security,
    servers::Servers,
};
use crate::description::{Description, Finding, FindingCode, Severity, join};

/// A description, compiled.
pub(super) struct Compiled {
    pub name: Arc<str>,
    pub description: Arc<Description>,
    pub models: Vec<Model>,
    pub operations: Vec<Operation>,
    pub routes: Routes,
    pub webhooks: Vec<Webhook>,
    pub warnings: Vec<Finding>,
    pub secrets: OnceLock<Secrets>,
    /// Where keywords stand that requests broke.
    pub located: Located,
    /// The schemas, for what is read later.
    pub schemas: Schemas,
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
    let compiled = read(description, manner, models);
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    match compiled.warnings.iter().any(is_error) {
        true => Err(compiled.warnings),
        false => Ok(compiled),
    }
}

/// Compiles a description whatever its faults: each operation has those that touch it.
pub(super) fn leniently(description: Description, manner: &Manner, models: &[Model]) -> Compiled {
    let mut compiled = read(description, manner, models);
    let is_fault = |finding: &&Finding| finding.severity == Severity::Error;
    let faults: Vec<Finding> = compiled.warnings.iter().filter(is_fault).cloned().collect();
    for operation in &mut compiled.operations {
        let pointer = &operation.pointer;
        let reached = compiled
            .description
            .reached(pointer, path_item(pointer), &faults);
        operation.faults.extend(reached);
        operation.faults.dedup();
    }
    compiled
}

/// Reads a description, with all its faults among the warnings.
fn read(description: Description, manner: &Manner, models: &[Model]) -> Compiled {
    let description = Arc::new(description);
    let mut reader = Reader::new(Arc::clone(&description), manner);
    let mut sent = Requests::new();
    let (mut operations, routes) = operations(&mut reader, &mut sent);
    rows::join_rows(&mut operations);
    let webhooks = callback::webhooks(&mut reader, &mut sent);
    let schemas = reader.schemas.forgotten();
    let of_document = description.findings().iter().cloned();
    let of_schemas = reader.schemas.findings();
    let mut of_document: Vec<Finding> = of_document.chain(of_schemas).collect();
    let mut findings = reader.findings;
    spare_unused(&description, &operations, &mut of_document);
    of_document
        .into_iter()
        .for_each(|it| add(&mut findings, it));
    findings.extend(description.overlay_findings().iter().cloned());
    findings.sort_by(|one, other| one.location.cmp(&other.location));
    findings.dedup();
    Compiled {
        name: short_name(&description.source().name).into(),
        operations,
        routes,
        webhooks,
        warnings: findings,
        models: models.to_vec(),
        secrets: OnceLock::new(),
        located: Located::default(),
        schemas,
        description,
    }
}

/// Makes warnings of the faults that no answer depends on.
fn spare_unused(description: &Description, operations: &[Operation], findings: &mut [Finding]) {
    let is_fault = |finding: &&Finding| finding.severity == Severity::Error;
    let faults: Vec<Finding> = findings.iter().filter(is_fault).cloned().collect();
    let mut used = description.reached_by_paths(&faults);
    if !faults.is_empty() {
        for Operation { pointer, .. } in operations {
            used.extend(description.reached(pointer, path_item(pointer), &faults));
        }
    }
    for finding in findings.iter_mut().filter(|it| !used.contains(it)) {
        finding.severity = Severity::Warning;
    }
}

/// Adds what was found in the document as a whole to what was found in its operations: a reference
/// is told of once, in the words of the first where an answer depends on it.
fn add(findings: &mut Vec<Finding>, finding: Finding) {
    let is_reference = |finding: &Finding| {
        use FindingCode::{ReferenceForbidden, ReferenceUnresolved};
        matches!(finding.code, ReferenceForbidden | ReferenceUnresolved)
    };
    let is_same = |other: &&mut Finding| {
        is_reference(other) && is_reference(&finding) && other.location == finding.location
    };
    match findings.iter_mut().find(is_same) {
        Some(known) if known.severity == Severity::Error => {
            let severity = known.severity;
            *known = Finding {
                severity,
                ..finding
            };
        }
        Some(_) => {}
        None => findings.push(finding),
    }
}

/// `specs/my-api.yaml` is `my-api`.
fn short_name(file: &str) -> String {
    let file = match file.contains("://") {
        true => file.split(['?', '#']).next().unwrap_or(file),
        false => file,
    };
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    file.split('.').next().unwrap_or(file).to_owned()
}

fn operations(reader: &mut Reader<'_>, sent: &mut Requests) -> (Vec<Operation>, Routes) {
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
        for (method, pointer) in methods_of(reader, &item) {
            let bases = servers.bases(reader, &pointer, &item);
            let at = Place {
                path: &path,
                key: &key,
                base: &bases[0],
                pointer: &pointer,
                path_item: &item,
            };
            operations.push(operation(reader, sent, method.clone(), &at));
            routed.push(RoutedOperation {
                method,
                index: operations.len() - 1,
                bases,
            });
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
    sent: &mut Requests,
    method: Method,
    at: &Place<'_>,
) -> Operation {
    let pointer = at.pointer;
    let parameters = parameter::read_all(reader, pointer, at.path_item);
    let parameters = parameter::fitted_to(&at.key.names, reader, parameters, pointer);
    let (credentials, parameters): (Vec<_>, Vec<_>) = parameters
        .into_iter()
        .partition(|parameter| security::is_credential(reader, parameter));
    let body = body::read(reader, pointer);
    let security = security::read(reader, pointer);
    let security = security::with_parameters(reader, security, &credentials);
    let replies = reply::read_all(reader, pointer);
    let callbacks = callback::read_all(reader, sent, pointer, at.path);
    let faults = [body.as_ref().err(), replies.as_ref().err()];
    let faults: Vec<Finding> = faults.into_iter().flatten().cloned().collect();
    let body = reader.keep(body).flatten();
    let replies = reader.keep(replies).unwrap_or_default();
    let pairs = pair::read_all(reader, &parameters, body.as_ref(), &replies);
    Operation {
        pairs: reader.keep(pairs).unwrap_or_default(),
        faults,
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
        callbacks,
        description: Arc::clone(&reader.description),
        sample: OnceLock::new(),
        expected: OnceLock::new(),
    }
}
