//! A tape without some of its values.

use std::collections::HashSet;

use super::{Cell, Tape, TapeNode};

impl Tape {
    /// A value without some members of its objects: those whose values begin at one of the cells, as
    /// [`TapeNode::cells`] tells them. It begins a tape of its own.
    ///
    /// ```
    /// use mynah::exchange::Tape;
    ///
    /// let tape = Tape::parse(br#"{"id": 1, "tags": [{"id": 2, "name": "x"}]}"#).unwrap();
    /// let (_, id) = tape.root().members().next().unwrap();
    /// let without = Tape::without(tape.root(), &[id.cells().start].into());
    /// assert_eq!(without.root().value().to_string(), r#"{"tags":[{"id":2,"name":"x"}]}"#);
    /// ```
    pub fn without(value: TapeNode<'_>, cells: &HashSet<u32>) -> Self {
        let mut tape = Self::default();
        tape.copy(value, cells);
        tape
    }

    fn copy(&mut self, value: TapeNode<'_>, cells: &HashSet<u32>) {
        let start = self.next_cell();
        match value.cell() {
            Cell::String { .. } => self.push_str(value.text().unwrap_or_default()),
            Cell::Decimal { .. } => {
                let (start, length) = self.keep(value.decimal().unwrap_or_default());
                self.cells.push(Cell::Decimal { start, length });
            }
            Cell::Array { count, .. } => {
                self.cells.push(Cell::Null);
                value.children().for_each(|item| self.copy(item, cells));
                self.close(start, |end| Cell::Array { count, end });
            }
            Cell::Object { .. } => {
                self.cells.push(Cell::Null);
                let mut count = 0;
                for (name, member) in value.members() {
                    if !cells.contains(&member.cells().start) {
                        self.push_str(name);
                        self.copy(member, cells);
                        count += 1;
                    }
                }
                self.close(start, |end| Cell::Object { count, end });
            }
            scalar => self.cells.push(scalar),
        }
    }
}
