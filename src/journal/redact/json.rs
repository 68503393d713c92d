//! Secrets in JSON. All else stays as it was written, digit by digit.

use serde::de::IgnoredAny;

use super::REDACTED;
use crate::contract::Described;

/// JSON text with its secrets replaced; `None` when it is no JSON.
pub(super) fn redacted(text: &[u8], root: &Described<'_>) -> Option<Vec<u8>> {
    serde_json::from_slice::<IgnoredAny>(text).ok()?;
    let mut copy = Copy {
        text,
        at: 0,
        copied: 0,
        out: Vec::with_capacity(text.len()),
    };
    copy.value(root);
    copy.out.extend_from_slice(&text[copy.copied..]);
    Some(copy.out)
}

/// A walk through text that is known to be JSON, so that only the ends of its parts have to be found.
struct Copy<'t> {
    text: &'t [u8],
    at: usize,
    /// How much of the text is in `out`, or replaced there.
    copied: usize,
    out: Vec<u8>,
}

impl Copy<'_> {
    fn value(&mut self, place: &Described<'_>) {
        self.blank();
        let start = self.at;
        match self.peek() {
            b'{' | b'[' if place.is_password() => {
                self.skip();
                self.replace(start);
            }
            b'{' => self.members(place),
            b'[' => self.items(place),
            b'"' => {
                self.string();
                if place.is_secret() {
                    self.replace(start);
                }
            }
            first => {
                self.scalar();
                if first != b'n' && place.is_password() {
                    self.replace(start);
                }
            }
        }
    }

    fn members(&mut self, place: &Described<'_>) {
        self.at += 1;
        loop {
            self.blank();
            match self.peek() {
                b'"' => {
                    let start = self.at;
                    self.string();
                    let name = serde_json::from_slice::<String>(&self.text[start..self.at]);
                    self.blank();
                    // The colon.
                    self.at += 1;
                    self.value(&place.member(&name.unwrap_or_default()));
                }
                b',' => self.at += 1,
                _ => break self.at += 1,
            }
        }
    }

    fn items(&mut self, place: &Described<'_>) {
        self.at += 1;
        for index in 0.. {
            self.blank();
            match self.peek() {
                b']' => break,
                b',' => self.at += 1,
                _ => {}
            }
            // The first item has no comma before it, and an empty list no item.
            self.value(&place.item(index));
        }
        self.at += 1;
    }

    /// Passes over a whole value.
    fn skip(&mut self) {
        let mut depth = 0;
        loop {
            match self.peek() {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 || self.at >= self.text.len() {
                break;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        loop {
            match self.peek() {
                b'\\' => self.at += 2,
                b'"' | 0 => break self.at += 1,
                _ => self.at += 1,
            }
        }
    }

    fn scalar(&mut self) {
        while self.peek().is_ascii_alphanumeric() || matches!(self.peek(), b'-' | b'+' | b'.') {
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// The next byte; 0, which no JSON text has outside of escapes, at the end.
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    /// Puts what stands for a secret in the place of the text since `start`.
    fn replace(&mut self, start: usize) {
        self.out.extend_from_slice(&self.text[self.copied..start]);
        self.out.push(b'"');
        self.out.extend_from_slice(REDACTED.as_bytes());
        self.out.push(b'"');
        self.copied = self.at;
    }
}
