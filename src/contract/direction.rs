//! Which way a value goes.

/// Which way a value goes: some properties are for one direction only (OpenAPI 3.1.1, "Schema Object",
/// `readOnly` and `writeOnly`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client.
    Request,
    /// To the client.
    Reply,
}

impl Direction {
    /// The keyword on properties that do not go this way.
    pub fn excluded_by(self) -> &'static str {
        match self {
            Self::Request => "readOnly",
            Self::Reply => "writeOnly",
        }
    }
}
