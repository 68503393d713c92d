//! Following the references of a description, which are pointers into it.

use serde_json::Value;

use super::{Description, Finding, FindingCode, join, keyword::is_annotation, pointer};

/// References that lead to each other are followed no further than this.
pub(super) const MAX_HOPS: usize = 64;

impl Description {
    /// Follows `$ref` from `pointer` within the document until something else stands there.
    ///
    /// # Errors
    /// A [`Finding`] when a reference leaves the document, leads nowhere, or leads to itself.
    pub fn resolve(&self, pointer: &str) -> Result<String, Finding> {
        self.follow(pointer, |_| true)
    }

    /// The same from a schema, but not past one that asks for more beside its `$ref`
    /// (JSON Schema 2020-12, section 8.2.3.1).
    ///
    /// # Errors
    /// As [`Description::resolve`].
    pub fn resolve_schema(&self, pointer: &str) -> Result<String, Finding> {
        self.follow(pointer, is_bare_reference)
    }

    fn follow(&self, pointer: &str, goes_on: fn(&Value) -> bool) -> Result<String, Finding> {
        let unresolved = |place: &str, message: String| {
            Err(self.finding(FindingCode::ReferenceUnresolved, place, message))
        };
        let mut current = pointer.to_owned();
        for _ in 0..MAX_HOPS {
            let Some(node) = self.at(&current) else {
                return unresolved(&current, format!("nothing stands at `#{current}`"));
            };
            let reference = node.get("$ref").and_then(Value::as_str);
            let Some(reference) = reference.filter(|_| goes_on(node)) else {
                return Ok(current);
            };
            let place = join(&current, "$ref");
            let Some(fragment) = reference.strip_prefix('#') else {
                return unresolved(&place, format!("`{reference}` cannot be followed"));
            };
            let target = pointer::percent_decode(fragment);
            if self.at(&target).is_none() {
                return unresolved(&place, format!("`{reference}` leads nowhere"));
            }
            current = target;
        }
        unresolved(pointer, "this reference leads back to itself".to_owned())
    }
}

/// Whether a schema is no more than what it refers to: all else in it are annotations.
fn is_bare_reference(schema: &Value) -> bool {
    let mut keywords = schema.as_object().into_iter().flatten();
    keywords.all(|(keyword, _)| keyword == "$ref" || is_annotation(keyword))
}
