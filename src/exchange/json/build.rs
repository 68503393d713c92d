//! Filling a tape: from JSON text, or from values that other decoders made.

use serde_json::Value;

use super::{Cell, Tape, exact, fault, scan};
use crate::exchange::SyntaxError;

impl Tape {
    /// Reads one JSON text (RFC 8259), whole. A name may stand twice: see [`Tape::repeated`].
    ///
    /// # Errors
    /// A [`SyntaxError`] with line and column, also for nesting deeper than 128 levels.
    pub fn parse(json: &[u8]) -> Result<Self, SyntaxError> {
        let mut tape = Self {
            cells: Vec::with_capacity(16 + json.len() / 10),
            text: String::with_capacity(json.len()),
            ..Self::default()
        };
        tape.read(json)?;
        Ok(tape)
    }

    /// Reads JSON texts as the items of one array. Each has a number, to name it by.
    ///
    /// # Errors
    /// The number of the first that is not JSON, and why.
    pub fn sequence<'j>(
        texts: impl Iterator<Item = (usize, &'j [u8])>,
    ) -> Result<Self, (usize, SyntaxError)> {
        let mut tape = Self::default();
        tape.cells.push(Cell::Null);
        let mut count = 0;
        for (number, text) in texts {
            tape.read(text).map_err(|error| (number, error))?;
            count += 1;
        }
        tape.close(0, |end| Cell::Array { count, end });
        Ok(tape)
    }

    fn read(&mut self, json: &[u8]) -> Result<(), SyntaxError> {
        scan::scan(self, json).map_err(|scan::NotJson| fault::of(json))
    }

    /// Adds a value and gives the cell where it begins.
    pub fn push(&mut self, value: &Value) -> u32 {
        let start = self.next_cell();
        if let Some(text) = exact::text_of(value) {
            let (begin, length) = self.keep(text);
            self.cells.push(Cell::Decimal {
                start: begin,
                length,
            });
            return start;
        }
        match value {
            Value::Null => self.cells.push(Cell::Null),
            Value::Bool(value) => self.cells.push(Cell::Bool(*value)),
            Value::Number(number) => self.cells.push(match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => Cell::Unsigned(number),
                (None, Some(number)) => Cell::Signed(number),
                (None, None) => Cell::float(number.as_f64().unwrap_or(f64::NAN)),
            }),
            Value::String(string) => self.push_str(string),
            Value::Array(items) => {
                self.cells.push(Cell::Null);
                for item in items {
                    self.push(item);
                }
                self.close(start, |end| Cell::Array {
                    count: narrow(items.len()),
                    end,
                });
            }
            Value::Object(members) => {
                self.cells.push(Cell::Null);
                for (name, member) in members {
                    self.push_str(name);
                    self.push(member);
                }
                self.close(start, |end| Cell::Object {
                    count: narrow(members.len()),
                    end,
                });
            }
        }
        start
    }

    pub(super) fn push_str(&mut self, string: &str) {
        let (start, length) = self.keep(string);
        self.cells.push(Cell::String { start, length });
    }

    /// Keeps a text, and gives where it begins and how long it is.
    pub(super) fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = narrow(self.text.len());
        self.text.push_str(text);
        (start, narrow(text.len()))
    }

    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
    }

    pub(super) fn next_cell(&self) -> u32 {
        narrow(self.cells.len())
    }

    pub(super) fn close(&mut self, start: u32, container: impl FnOnce(u32) -> Cell) {
        let end = self.next_cell();
        self.cells[start as usize] = container(end);
    }
}

impl From<&Value> for Tape {
    fn from(value: &Value) -> Self {
        let mut tape = Self::default();
        tape.push(value);
        tape
    }
}

/// Bodies are limited to far less than 4 GiB before they get here.
pub(super) fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tape_holds_what_the_text_says() {
        for value in [
            json!(null),
            json!({"a": [1, -2, 2.5, true, null, "x\n\u{1F600}"], "b": {"c": {}}, "d": []}),
            json!(u64::MAX),
            json!(i64::MIN),
        ] {
            let text = value.to_string();
            assert_eq!(Tape::parse(text.as_bytes()).unwrap().root().value(), value);
            assert_eq!(Tape::from(&value).root().value(), value);
        }
    }

    #[test]
    fn faults_have_line_and_column() {
        for (text, line, column) in [
            ("{\n  'a': 1}", 2, 3),
            ("[1,]", 1, 4),
            ("", 1, 0),
            ("1 2", 1, 3),
        ] {
            let error = Tape::parse(text.as_bytes()).unwrap_err();
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text}: {error}"
            );
        }
        assert!(Tape::parse("[".repeat(200).as_bytes()).is_err());
        assert!(Tape::parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn of_a_name_that_stands_twice_the_last_counts() {
        let tape = Tape::parse(br#"{"a": 1, "a": 2}"#).unwrap();
        assert_eq!(tape.root().value(), json!({"a": 2}));
    }
}
