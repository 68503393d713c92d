//! Texts that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// Longer texts are of no use as an example.
const MAX_LENGTH: usize = 4096;

/// A text that a pattern most likely matches, of at least a length; variants take other branches,
/// characters and counts. The caller holds the text against the pattern itself: what looks around or
/// back is only guessed.
pub(super) fn text(pattern: &str, least: usize, variant: usize) -> Option<String> {
    let (ahead, plain) = without_look_around(pattern);
    let plain = regex_syntax::parse(&plain).ok()?;
    let mut start = String::new();
    for demand in &ahead {
        // What has to follow somewhere may as well come first.
        let demand = demand.trim_start_matches(".*?").trim_start_matches(".*");
        if let Ok(hir) = regex_syntax::parse(demand) {
            Writer {
                text: &mut start,
                missing: 0,
                variant,
            }
            .write(&hir)?;
        }
    }
    let shortest = written(&plain, 0, variant)?;
    let missing = least.saturating_sub(shortest.chars().count() + start.chars().count());
    let rest = match missing {
        0 => shortest,
        missing => written(&plain, missing, variant)?,
    };
    if start.is_empty() {
        return Some(rest);
    }
    let kept = rest.chars().skip(start.chars().count());
    Some(kept.fold(start.clone(), |mut text, character| {
        text.push(character);
        text
    }))
}

fn written(hir: &Hir, missing: usize, variant: usize) -> Option<String> {
    let mut text = String::new();
    Writer {
        text: &mut text,
        missing,
        variant,
    }
    .write(hir)?;
    Some(text)
}

/// A pattern without its groups that look around, and what those that look ahead ask for.
fn without_look_around(pattern: &str) -> (Vec<String>, String) {
    let (mut ahead, mut plain) = (Vec::new(), String::new());
    let mut rest = pattern;
    while let Some(at) = ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .filter_map(|open| rest.find(open))
        .min()
    {
        plain.push_str(&rest[..at]);
        let group = &rest[at..];
        let end = end_of_group(group);
        if let Some(demand) = group[..end].strip_prefix("(?=") {
            ahead.push(demand.to_owned());
        }
        rest = group.get(end + 1..).unwrap_or("");
    }
    plain.push_str(rest);
    (ahead, plain)
}

/// Where the parenthesis that a text begins with is closed.
fn end_of_group(text: &str) -> usize {
    let (mut depth, mut is_escaped, mut in_class) = (0_usize, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ']' => in_class = false,
            '[' => in_class = true,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

struct Writer<'t> {
    text: &'t mut String,
    /// How many characters more than the fewest are wanted.
    missing: usize,
    variant: usize,
}

impl Writer<'_> {
    fn write(&mut self, hir: &Hir) -> Option<()> {
        if self.text.len() > MAX_LENGTH {
            return None;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => self.text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => self.text.push(character(class, self.variant)?),
            HirKind::Repetition(repetition) => self.repeat(repetition)?,
            HirKind::Capture(capture) => self.write(&capture.sub)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(parts) => self.write(&parts[self.variant % parts.len()])?,
        }
        Some(())
    }

    fn repeat(&mut self, repetition: &Repetition) -> Option<()> {
        let Repetition { min, max, sub, .. } = repetition;
        for _ in 0..*min {
            let before = self.text.len();
            self.write(sub)?;
            // What adds nothing adds nothing a billion times.
            if self.text.len() == before {
                break;
            }
        }
        let mut more = max.map_or(u32::MAX, |max| max - min);
        while self.missing > 0 && more > 0 {
            let before = self.text.chars().count();
            let missing = std::mem::take(&mut self.missing);
            self.write(sub)?;
            let written = self.text.chars().count() - before;
            if written == 0 {
                self.missing = missing;
                break;
            }
            self.missing = missing.saturating_sub(written);
            more -= 1;
        }
        Some(())
    }
}

/// A letter or digit of a class where it has one.
fn character(class: &Class, variant: usize) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let holds = |wanted: &char| {
        let mut ranges = class.ranges().iter();
        ranges.any(|range| range.start() <= *wanted && *wanted <= range.end())
    };
    let plain = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(['-', '_', ' ']);
    let fitting: Vec<char> = plain.filter(holds).collect();
    match fitting.len() {
        0 => class.ranges().first().map(|range| range.start()),
        count => Some(fitting[variant % count]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_give_texts() {
        for (pattern, least, variant, want) in [
            ("^[A-Z0-9]{4}$", 0, 0, "AAAA"),
            ("^[A-Z0-9]{4}$", 0, 1, "BBBB"),
            ("^[A-Z0-9]+$", 4, 0, "AAAA"),
            ("^(cat|dog)s?$", 0, 0, "cat"),
            ("^(cat|dog)s?$", 4, 1, "dogs"),
            (r"^\d{3}-\d+$", 0, 0, "000-0"),
            (r"^\d{3}-\d+$", 8, 0, "000-0000"),
            ("^$", 0, 0, ""),
            ("^(ab)*$", 3, 0, "abab"),
            (r"^(?=.*[A-Z])(?=.*\d).{8,}$", 0, 0, "A0aaaaaa"),
            ("^(?!x)[a-z]$", 0, 0, "a"),
        ] {
            assert_eq!(
                text(pattern, least, variant).as_deref(),
                Some(want),
                "{pattern}"
            );
        }
        for pattern in [r"(a)\1", "a{100000}"] {
            assert_eq!(text(pattern, 0, 0), None, "{pattern}");
        }
    }
}
