//! YAML text (and JSON, which is YAML) to a tree of nodes with places.
//!
//! YAML 1.2 core schema; merge keys (`<<`) as YAML 1.1 had them, since descriptions use them.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::{
    Source,
    finding::{Finding, FindingCode, Location},
    node::{Content, Entry, Node, Place},
    scalar::{self, Scalar},
};

/// A document has no more nodes than this, a long text counting as several.
const MAX_NODES: usize = 5_000_000;

/// What has an anchor is kept, and copied for each alias. All copies together have no more nodes than this, which
/// stops "billion laughs" documents.
const MAX_COPIED: usize = 1_000_000;

/// So much of a text counts as a node.
const BYTES_A_NODE: usize = 64;

/// Nodes below this many levels are refused, long before the stack is at risk.
const MAX_DEPTH: usize = 200;

/// Reads the one document of a source; its nodes say that they stand in the document of a number.
pub(super) fn parse(source: &Source, document: u16) -> Result<Node, Finding> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    // Path templates as keys can be longer than YAML's own 1,024 characters.
    options.simple_key_max_lookahead = 100_000;
    let mut reader = Reader {
        source,
        document,
        parser: Parser::new_from_str_with_options(&source.text, options),
        anchors: HashMap::new(),
        nodes: 0,
        copied: 0,
        depth: 0,
    };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(..), _) => {}
            (Event::StreamEnd, span) => {
                let place = reader.place(&span);
                return Err(reader.fault(place, "the document is empty"));
            }
            (event, span) => return reader.node(event, &span),
        }
    }
}

struct Reader<'s> {
    source: &'s Source,
    document: u16,
    parser: Parser<'s, StrInput<'s>>,
    /// Each anchored node, and how many nodes it stands for.
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    copied: usize,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn next(&mut self) -> Result<(Event<'s>, Span), Finding> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(self.scan_fault(&error)),
            None => Err(self.fault(self.at(1, 1), "the document ends too early")),
        }
    }

    fn node(&mut self, event: Event<'s>, span: &Span) -> Result<Node, Finding> {
        let place = self.place(span);
        let before = (self.nodes, self.copied);
        self.charge(1, place)?;
        let (content, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.charge(text.len() / BYTES_A_NODE, place)?;
                let is_string = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
                (scalar_content(&text, style, is_string), anchor)
            }
            Event::SequenceStart(_, anchor, _) => (self.nested(place, Self::sequence)?, anchor),
            Event::MappingStart(_, anchor, _) => (self.nested(place, Self::mapping)?, anchor),
            Event::Alias(id) => return self.alias(id, place),
            _ => return Err(self.fault(place, "a value was expected here")),
        };
        let node = Node { content, place };
        if anchor != 0 {
            let size = self.nodes - before.0 + self.copied - before.1;
            self.charge_copy(size, place)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(node)
    }

    fn nested(
        &mut self,
        place: Place,
        read: fn(&mut Self) -> Result<Content, Finding>,
    ) -> Result<Content, Finding> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(self.fault(place, &message));
        }
        let content = read(self)?;
        self.depth -= 1;
        Ok(content)
    }

    fn alias(&mut self, id: usize, place: Place) -> Result<Node, Finding> {
        let Some((_, size)) = self.anchors.get(&id) else {
            return Err(self.fault(place, "this alias contains itself"));
        };
        // Charged before it is cloned: the clone is what an alias bomb is after.
        self.charge_copy(*size, place)?;
        Ok(self.anchors[&id].0.clone())
    }

    fn sequence(&mut self) -> Result<Content, Finding> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Content::Sequence(items)),
                (event, span) => items.push(self.node(event, &span)?),
            }
        }
    }

    fn mapping(&mut self) -> Result<Content, Finding> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut at: HashMap<String, u32> = HashMap::new();
        let mut merged = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key_place = self.place(&span);
            let Event::Scalar(key, style, ..) = event else {
                return Err(self.fault(key_place, "a mapping key must be a plain text or number"));
            };
            self.charge(key.len() / BYTES_A_NODE, key_place)?;
            let (event, span) = self.next()?;
            let value = self.node(event, &span)?;
            if key == "<<" && style == ScalarStyle::Plain {
                merged.push(value);
                continue;
            }
            if let Some(line) = at.get(key.as_ref()) {
                let message =
                    format!("`{key}` stands here a second time; the first is on line {line}");
                return Err(Finding::error(
                    FindingCode::DuplicateKey,
                    self.location(key_place),
                    message,
                ));
            }
            at.insert(key.to_string(), key_place.line);
            entries.push(Entry {
                key: key.into_owned(),
                value,
            });
        }
        for node in merged {
            merge(node, &mut entries, &mut at);
        }
        Ok(Content::Mapping(entries.into()))
    }

    fn place(&self, span: &Span) -> Place {
        self.at(span.start.line(), span.start.col() + 1)
    }

    fn at(&self, line: usize, column: usize) -> Place {
        Place {
            document: self.document,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    fn charge(&mut self, nodes: usize, place: Place) -> Result<(), Finding> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            let message = format!("the document has more than {MAX_NODES} values");
            return Err(self.fault(place, &message));
        }
        Ok(())
    }

    fn charge_copy(&mut self, nodes: usize, place: Place) -> Result<(), Finding> {
        self.copied += nodes;
        if self.copied > MAX_COPIED {
            let message = format!("the aliases here stand for more than {MAX_COPIED} values");
            return Err(self.fault(place, &message));
        }
        Ok(())
    }

    fn location(&self, place: Place) -> Location {
        Location {
            file: self.source.name.clone(),
            line: place.line as usize,
            column: place.column as usize,
        }
    }

    fn fault(&self, place: Place, message: &str) -> Finding {
        Finding::error(FindingCode::Syntax, self.location(place), message)
    }

    fn scan_fault(&self, error: &ScanError) -> Finding {
        let place = self.at(error.marker().line(), error.marker().col() + 1);
        self.fault(place, &format!("not YAML: {}", error.kind()))
    }
}

/// Adds what the mapping does not have yet: a key of its own wins over a merged one.
fn merge(node: Node, entries: &mut Vec<Entry>, at: &mut HashMap<String, u32>) {
    match node.content {
        Content::Mapping(others) => {
            for other in others {
                if !at.contains_key(&other.key) {
                    at.insert(other.key.clone(), other.value.place.line);
                    entries.push(other);
                }
            }
        }
        Content::Sequence(nodes) => {
            for node in nodes {
                merge(node, entries, at);
            }
        }
        _ => {}
    }
}

fn scalar_content(text: &str, style: ScalarStyle, is_string: bool) -> Content {
    if style != ScalarStyle::Plain || is_string {
        return Content::String(text.to_owned());
    }
    match scalar::resolve(text) {
        Scalar::Null => Content::Null,
        Scalar::Bool(value) => Content::Bool(value),
        Scalar::Number(digits) => Content::Number(digits),
        Scalar::String => Content::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, String> {
        parse(&Source::new("t.yaml", text), 0).map_err(|finding| finding.to_string())
    }

    #[test]
    fn json_text_keeps_digits_and_order() {
        let text = "{\"b\": 275.0, \"a\": 9007199254740993, \"s\": \"Médico \\ud83d\\ude00\", \"n\": null}";
        assert_eq!(
            read(text).unwrap().to_json_text(),
            "{\"b\":275.0,\"a\":9007199254740993,\"s\":\"Médico 😀\",\"n\":null}"
        );
    }

    #[test]
    fn keys_are_strings_and_anchors_merge() {
        let node = read("base: &b {x: 1, y: 2}\n200:\n  <<: *b\n  y: 3\n").unwrap();
        assert_eq!(
            node.to_json_text(),
            r#"{"base":{"x":1,"y":2},"200":{"y":3,"x":1}}"#
        );
    }

    #[test]
    fn faults_have_line_and_column() {
        for (text, want) in [
            ("a: 1\nb: 2\na: 3\n", "t.yaml:3:1: error[duplicate-key]"),
            ("a:\n\t- b\n", "t.yaml:2:"),
            ("", "t.yaml:1:1: error[syntax]: the document is empty"),
            ("a: *nope\n", "t.yaml:1:4: error[syntax]"),
            (
                "a: &x [*x]\n",
                "t.yaml:1:8: error[syntax]: this alias contains itself",
            ),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.starts_with(want), "{text:?}: {message}");
        }
    }

    #[test]
    fn an_alias_bomb_and_deep_nesting_end_in_a_finding() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert!(read(&bomb).unwrap_err().contains("more than"));
        assert!(read(&"[".repeat(10_000)).is_err());
    }
}
