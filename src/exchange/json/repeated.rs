//! Names that stand twice in one object.
//!
//! While a text is read, each name leaves a mark. Only where two marks in one object are the same, or there are too
//! many of them, are the names themselves compared.

use std::collections::HashSet;

use super::{Cell, Tape, TapeNode};

/// So many names may be open at once, those of the objects around an object included.
const MAX_OPEN: usize = 64;

/// The marks of the names in the objects that are being read.
pub(super) struct Marks {
    marks: [u64; MAX_OPEN],
    open: usize,
    /// Whether a name may stand twice in one object.
    pub(super) may_repeat: bool,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self {
            marks: [0; MAX_OPEN],
            open: 0,
            may_repeat: false,
        }
    }

    /// Begins an object; what it gives is for its end.
    pub(super) fn begin(&self) -> usize {
        self.open
    }

    /// Adds a name to the object that began so.
    pub(super) fn add(&mut self, begin: usize, name: &[u8]) {
        let mark = mark(name);
        self.may_repeat |= self.marks[begin..self.open].contains(&mark);
        match self.marks.get_mut(self.open) {
            Some(free) => {
                *free = mark;
                self.open += 1;
            }
            None => self.may_repeat = true,
        }
    }

    /// Ends the object that began so.
    pub(super) fn end(&mut self, begin: usize) {
        self.open = begin;
    }
}

/// What is the same for equal names, and rarely for others.
fn mark(name: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let length = (name.len() as u64) << 56;
    length
        ^ match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from_le_bytes(*first).wrapping_mul(ODD) ^ u64::from_le_bytes(*last)
            }
            _ => name
                .iter()
                .fold(0, |mark, byte| mark << 8 | u64::from(*byte)),
        }
}

impl Tape {
    /// A name that stands twice in an object, wherever it is.
    pub fn repeated(&self) -> Option<&str> {
        if !self.may_repeat {
            return None;
        }
        // Not from object to object: the cells of all of them stand in a row.
        (0..self.next_cell()).find_map(|at| match self.cell(at) {
            Cell::Object { .. } => TapeNode::new(self, at).own_repeated(),
            _ => None,
        })
    }
}

impl<'a> TapeNode<'a> {
    /// A name that stands twice in this object.
    fn own_repeated(self) -> Option<&'a str> {
        let mut seen = HashSet::new();
        let mut names = self.members().map(|(name, _)| name);
        names.find(|name| !seen.insert(*name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_found_wherever_it_is() {
        for (text, want) in [
            (r#"{"a": 1, "b": 2}"#, None),
            (
                r#"{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 1}]}"#,
                None,
            ),
            (r#"{"a": 1, "b": 2, "a": 3}"#, Some("a")),
            (r#"{"a": {"b": 1}, "a": 3}"#, Some("a")),
            (r#"{"a": 1, "\u0061": 2}"#, Some("a")),
            (r#"{"": 1, "": 2}"#, Some("")),
            (
                r#"[[{"x": {"long name": 1, "other": 2, "long name": 3}}]]"#,
                Some("long name"),
            ),
            (r#"{"abc": 1, "adc": 2, "xbc": 3, "abx": 4, "ab": 5}"#, None),
            (r#"{"12345678-12345678": 1, "12345678+12345678": 2}"#, None),
        ] {
            let tape = Tape::parse(text.as_bytes()).unwrap();
            assert_eq!(tape.repeated(), want, "{text}");
        }
        for count in [2, MAX_OPEN - 1, MAX_OPEN, MAX_OPEN + 1, 200] {
            let mut members: Vec<String> =
                (0..count).map(|at| format!("\"name {at}\": 1")).collect();
            let all = |members: &[String]| format!("{{{}}}", members.join(","));
            let tape = Tape::parse(all(&members).as_bytes()).unwrap();
            assert_eq!(tape.repeated(), None, "{count}");
            members[count - 1] = members[0].clone();
            let tape = Tape::parse(all(&members).as_bytes()).unwrap();
            assert_eq!(tape.repeated(), Some("name 0"), "{count}");
        }
    }

    #[test]
    fn marks_differ_as_names_do() {
        let names = [
            "a", "b", "ab", "ba", "address1", "address2", "item10", "item20", "", "\0",
        ];
        let marks: HashSet<u64> = names.iter().map(|name| mark(name.as_bytes())).collect();
        assert_eq!(marks.len(), names.len());
    }
}
