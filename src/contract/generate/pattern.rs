//! The plainest text that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// Longer texts are of no use as an example.
const MAX_LENGTH: usize = 4096;

/// A text that a pattern matches; `None` for what cannot be made without a search (look-around,
/// back-references). The caller holds the text against the pattern itself.
pub(super) fn text(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(Repetition { min, sub, .. }) => {
            for _ in 0..*min {
                write(sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, text)?,
    }
    Some(())
}

/// A letter or digit of a class where it has one.
fn character(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let holds = |wanted: char| {
        class
            .ranges()
            .iter()
            .any(|range| range.start() <= wanted && wanted <= range.end())
    };
    let plain = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(['-', '_', ' ']);
    plain
        .into_iter()
        .find(|wanted| holds(*wanted))
        .or_else(|| class.ranges().first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_give_texts() {
        for (pattern, want) in [
            ("^[A-Z0-9]{4}$", "AAAA"),
            ("^(cat|dog)s?$", "cat"),
            (r"^\d{3}-\d+$", "000-0"),
            ("^$", ""),
        ] {
            assert_eq!(text(pattern).as_deref(), Some(want), "{pattern}");
        }
        assert_eq!(text("(?=a)b"), None);
    }
}
