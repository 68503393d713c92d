//! Text in other encodings than UTF-8 (`charset`, RFC 9110 section 8.3.2).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE};

use super::fault::Fault;
use crate::exchange::MediaType;

/// How bytes become text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Charset {
    /// UTF-8, as everything is that does not say otherwise.
    Utf8,
    /// Of UTF-8 the first 128 characters.
    Ascii,
    /// One character for each byte.
    Latin1,
    /// Another of the WHATWG's list.
    Other(&'static Encoding),
}

impl Charset {
    /// The charset that a media type names; UTF-8 when it names none.
    ///
    /// # Errors
    /// One that is not known.
    pub(super) fn of(media_type: Option<&MediaType>) -> Result<Self, Fault> {
        let label = media_type.and_then(|it| it.parameter("charset"));
        label.map_or(Ok(Self::Utf8), |label| {
            Self::named(label).ok_or_else(|| {
                let message = format!("charset `{label}` is not known; utf-8 is");
                Fault::unsupported("Content-Type", message)
            })
        })
    }

    /// The charset of a name.
    pub(super) fn named(label: &str) -> Option<Self> {
        Some(match &*label.trim().to_ascii_lowercase() {
            "us-ascii" | "ascii" => Self::Ascii,
            "iso-8859-1" | "latin1" | "iso_8859-1" | "l1" => Self::Latin1,
            // Without a mark of byte order it is big-endian (RFC 2781 section 4.3).
            "utf-16" => Self::Other(UTF_16BE),
            label => match Encoding::for_label_no_replacement(label.as_bytes())? {
                encoding if encoding == UTF_8 => Self::Utf8,
                encoding => Self::Other(encoding),
            },
        })
    }

    /// Its name, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Other(encoding) => encoding.name(),
        }
    }

    /// The text that bytes are; `None` when they are none in this charset. A byte order mark is no
    /// part of the text.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => {
                let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
                std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
            }
            Self::Ascii if !bytes.is_ascii() => None,
            Self::Ascii => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Latin1 => Some(encoding_rs::mem::decode_latin1(bytes)),
            Self::Other(encoding) => {
                let (text, _, has_errors) = encoding.decode(bytes);
                (!has_errors).then_some(text)
            }
        }
    }

    /// The same, where text that is none is a fault.
    ///
    /// # Errors
    /// Bytes that are not text in this charset; for UTF-8, which byte is the first.
    pub(super) fn text(self, bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
        self.decode(bytes).ok_or_else(|| {
            Fault::syntax(match (self, std::str::from_utf8(bytes)) {
                (Self::Utf8, Err(error)) => {
                    format!("byte {} is not UTF-8", error.valid_up_to() + 1)
                }
                _ => format!("the bytes are not {}", self.name()),
            })
        })
    }
}

/// Bytes as a string with one character for each, so that lengths count bytes.
pub(super) fn octets(bytes: &[u8]) -> String {
    encoding_rs::mem::decode_latin1(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_text_by_their_charset() {
        for (label, bytes, want) in [
            ("UTF-8", &b"\xc3\xa9"[..], Some("é")),
            ("utf-8", b"\xEF\xBB\xBFa", Some("a")),
            ("utf-8", b"\xe9", None),
            ("us-ascii", b"a", Some("a")),
            ("us-ascii", b"\xe9", None),
            ("iso-8859-1", b"\xe9\x80", Some("é\u{80}")),
            ("windows-1252", b"\x80", Some("€")),
            ("utf-16", b"\x00a", Some("a")),
            ("utf-16", b"\xff\xfea\x00", Some("a")),
            ("utf-16le", b"a\x00", Some("a")),
            ("utf-16", b"\xd8\x00", None),
            ("shift_jis", b"\x82\xa0", Some("あ")),
        ] {
            let charset = Charset::named(label).unwrap();
            assert_eq!(charset.decode(bytes).as_deref(), want, "{label} {bytes:?}");
        }
        for label in ["klingon", "", "iso-2022-kr"] {
            assert_eq!(Charset::named(label), None, "{label}");
        }
    }

    #[test]
    fn one_character_for_each_byte() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(octets(&all).chars().count(), 256);
    }
}
