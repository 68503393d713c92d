//! Changes as a comment on a change of the description.

use super::{
    Change, Kind,
    diff::{self, Line},
};
use crate::{
    diff::Side,
    report::{Problem, markdown_item},
};

/// GitHub takes no longer comments than 65,536 characters.
const MAX_LENGTH: usize = 60_000;

/// So many changes of the description are told with a reply; the gravest are the first.
const MAX_MEANT: usize = 5;

/// A headline, a list of what is new and gone, and each change with its lines.
pub fn markdown(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "## Mynah: documented replies are as accepted\n".to_owned();
    }
    let number = |kind| changes.iter().filter(|it| it.kind == kind).count();
    let mut text = format!(
        "## Mynah: documented replies differ from what was accepted\n\n{} changed, {} new, {} gone\n",
        number(Kind::Changed),
        number(Kind::New),
        number(Kind::Gone),
    );
    for (index, change) in changes.iter().enumerate() {
        let section = section(change);
        if text.chars().count() + section.chars().count() > MAX_LENGTH {
            let rest = changes.len() - index;
            text.push_str(&format!("\n… and {rest} more\n"));
            break;
        }
        text.push_str(&section);
    }
    text
}

fn section(change: &Change) -> String {
    let what = change.kind;
    let title = change
        .stored()
        .description
        .as_deref()
        .unwrap_or(&change.name);
    let lines = diff::lines(&change.before.contents, &change.after.contents);
    let lines: String = lines.iter().map(written).collect();
    let fence = fence(&lines);
    format!(
        "\n<details><summary>{what}: <code>{}</code></summary>\n\n{fence}diff\n{lines}{fence}\n{}\n</details>\n",
        escaped(title),
        meant(change)
    )
}

/// A list of what changed in the description, with what it means.
fn meant(change: &Change) -> String {
    let problems = change.meant.iter();
    let problems = problems.map(|meant| Problem::of_change(meant, Side::Both));
    let items: Vec<String> = problems
        .take(MAX_MEANT)
        .map(|it| markdown_item(&it))
        .collect();
    let more = match change.meant.len().saturating_sub(MAX_MEANT) {
        0 => String::new(),
        more => format!("- … and {more} more that `mynah diff` tells\n"),
    };
    match items.is_empty() {
        true => String::new(),
        false => format!("\n{}{more}", items.concat()),
    }
}

fn written(line: &Line) -> String {
    match line {
        Line::Same(text) => format!(" {text}\n"),
        Line::Removed(text) => format!("-{text}\n"),
        Line::Added(text) => format!("+{text}\n"),
        Line::Gap => "@@ @@\n".to_owned(),
    }
}

/// A fence that nothing in a text ends.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    "`".repeat(longest.unwrap_or_default().max(2) + 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_reply_ends_its_fence() {
        for (text, want) in [("a", "```"), ("a ```` b", "`````"), ("`", "```")] {
            assert_eq!(fence(text), want);
        }
        assert_eq!(escaped("</code>&"), "&lt;/code&gt;&amp;");
    }
}
