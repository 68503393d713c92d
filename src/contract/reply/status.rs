//! The keys of documented replies (OpenAPI 3.1.1, "Responses Object").

use std::fmt;

use http::StatusCode;

/// The key of a documented reply. Codes come before ranges, and these before `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusKey {
    /// One status, such as `200`.
    Code(u16),
    /// A range, such as `4XX`, by its hundreds.
    Range(u16),
    /// Any status that is not documented by itself.
    Default,
}

impl StatusKey {
    pub(in crate::contract) fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"default" => Some(Self::Default),
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
                Some(Self::Range(u16::from(digit - b'0')))
            }
            [b'1'..=b'9', _, _] => text.parse().ok().map(Self::Code),
            _ => None,
        }
    }

    /// The status that a reply under this key has when none is asked for.
    pub fn status(self) -> StatusCode {
        let code = match self {
            Self::Code(code) => code,
            Self::Range(hundreds) => hundreds * 100,
            Self::Default => 200,
        };
        StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
    }

    /// Whether a status may have the reply under this key.
    pub fn includes(self, status: u16) -> bool {
        match self {
            Self::Code(code) => code == status,
            Self::Range(hundreds) => hundreds == status / 100,
            Self::Default => true,
        }
    }

    /// Whether replies of this status have no content, whatever is documented (RFC 9110 sections 15.3.5,
    /// 15.3.6 and 15.4.5).
    pub fn never_has_content(self) -> bool {
        matches!(self, Self::Code(100..200 | 204 | 205 | 304))
    }

    /// The hundreds of its statuses; `None` for `default`.
    pub fn hundreds(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code / 100),
            Self::Range(hundreds) => Some(hundreds),
            Self::Default => None,
        }
    }
}

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(hundreds) => write!(f, "{hundreds}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
