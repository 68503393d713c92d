//! What reading a document needs: the document, its schemas compiled so far, and where faults go.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::{
    direction::Direction,
    manner::{CredentialForm, Manner},
    schema::{Schema, Schemas},
};
use crate::description::{Description, Finding, FindingCode, Severity, join};

/// What reading an operation needs: the document, its compiled schemas, and where faults go.
pub(super) struct Reader<'m> {
    pub description: Arc<Description>,
    pub schemas: Schemas,
    manner: &'m Manner,
    /// The operations by their `operationId`, once they are asked for.
    pub operation_ids: Option<HashMap<String, String>>,
    pub findings: Vec<Finding>,
}

impl<'m> Reader<'m> {
    pub(super) fn new(description: Arc<Description>, manner: &'m Manner) -> Self {
        let schemas = Schemas::new(Arc::clone(&description));
        Self::with(description, manner, schemas)
    }

    /// The same, for what is read later: the schemas share what those of before have.
    pub(super) fn with(
        description: Arc<Description>,
        manner: &'m Manner,
        schemas: Schemas,
    ) -> Self {
        Self {
            schemas,
            findings: Vec::new(),
            operation_ids: None,
            description,
            manner,
        }
    }

    /// Records a fault; `None` in its place.
    pub(super) fn keep<T>(&mut self, read: Result<T, Finding>) -> Option<T> {
        read.map_err(|finding| self.findings.push(finding)).ok()
    }

    /// Reads something without which every answer stays right: its faults are warnings, which say
    /// by `what` what becomes of it. `None` when there was one that would stop an answer.
    pub(super) fn aside<T>(
        &mut self,
        what: &str,
        read: impl FnOnce(&mut Self) -> Result<T, Finding>,
    ) -> Option<T> {
        let before = self.findings.len();
        let read = read(self);
        let mut kept = self.keep(read);
        let faults = self.findings[before..].iter_mut();
        for finding in faults.filter(|finding| finding.severity == Severity::Error) {
            finding.severity = Severity::Warning;
            finding.message = format!("{what}: {}", finding.message);
            kept = None;
        }
        kept
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

    /// The `schema` of an object, for values that go one way; `None` when it has none.
    ///
    /// # Errors
    /// A reference there that leads nowhere.
    pub(super) fn schema_of(
        &mut self,
        owner: &str,
        direction: Direction,
    ) -> Result<Option<Arc<Schema>>, Finding> {
        let place = join(owner, "schema");
        match self.description.at(&place) {
            Some(_) => self.schemas.at(&place, direction).map(Some),
            None => Ok(None),
        }
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

    pub(super) fn text(&self, pointer: &str, key: &str) -> Option<&str> {
        self.description.at(pointer)?.get(key)?.as_str()
    }

    pub(super) fn flag(&self, pointer: &str, key: &str) -> Option<bool> {
        self.description.at(pointer)?.get(key)?.as_bool()
    }

    pub(super) fn required_text(&self, pointer: &str, key: &str) -> Result<&str, Finding> {
        self.text(pointer, key).ok_or_else(|| {
            let message = format!("`{key}` is required here, and a text");
            self.fault(FindingCode::Shape, pointer, message)
        })
    }

    /// The header parameters that the API is known to take for credentials.
    pub(super) fn credential_headers(&self) -> &'static [&'static str] {
        self.manner.credential_headers
    }

    pub(super) fn credential_form(&self, scheme: &str) -> Option<CredentialForm> {
        let mut known = self.manner.credential_forms.iter();
        known.find(|form| form.scheme == scheme).copied()
    }
}
