//! One operation on its way through the lowering.

use serde_json::Value;

use crate::codegen::document::OperationPlace;

/// An operation while it is lowered.
pub(super) struct Operation<'d> {
    /// The whole document, for references.
    pub document: &'d Value,
    /// Where it stands.
    pub place: OperationPlace,
    /// Its id.
    pub id: String,
}

impl Operation<'_> {
    /// How notes call it, such as `POST /pets`.
    pub fn shown(&self) -> String {
        format!("`{} {}`", self.place.method.to_uppercase(), self.place.path)
    }
}
