//! Coverage for people: each operation with what of it was not exercised.

use super::{Counted, percent};
use crate::journal::{ApiCoverage, ItemKind, OperationCoverage, Undocumented};

pub(super) fn render(counted: &Counted) -> String {
    let mut text = String::new();
    for api in &counted.apis {
        write_api(&mut text, api);
    }
    write_undocumented(&mut text, &counted.undocumented);
    let tally = counted.tally();
    let kinds = ItemKind::ALL.map(|kind| (kind, counted.tally_of(kind)));
    let kinds = kinds.iter().filter(|(_, tally)| tally.documented > 0);
    let kinds =
        kinds.map(|(kind, it)| format!("{}/{} {}", it.exercised, it.documented, kind.plural()));
    let kinds: Vec<String> = kinds.collect();
    text.push_str(&format!(
        "{} of what is documented was exercised",
        percent(tally)
    ));
    if !kinds.is_empty() {
        text.push_str(&format!(": {}", kinds.join(", ")));
    }
    text.push('\n');
    text
}

fn write_api(text: &mut String, api: &ApiCoverage) {
    text.push_str(&format!("{}: {}\n", api.name, percent(api.tally())));
    let width = api.operations.iter().map(|it| it.operation.chars().count());
    let width = width.max().unwrap_or(0);
    for operation in &api.operations {
        let count = match operation.count() {
            0 => "not called".to_owned(),
            count => format!("{count}x"),
        };
        let tally = operation.tally();
        text.push_str(&format!(
            "  {:<width$}  {count:>10}  {:>7}  {:>5}\n",
            operation.operation,
            format!("{}/{}", tally.exercised, tally.documented),
            percent(tally),
        ));
        write_missing(text, operation);
    }
    text.push('\n');
}

/// What is missing of an operation that was called.
fn write_missing(text: &mut String, operation: &OperationCoverage) {
    if operation.count() == 0 {
        return;
    }
    for covered in operation.items.iter().filter(|it| it.count == 0) {
        text.push_str(&format!("    never {}\n", covered.item));
    }
}

fn write_undocumented(text: &mut String, undocumented: &Undocumented) {
    if undocumented.count() == 0 {
        return;
    }
    text.push_str("not documented, but called\n");
    let mut rows: Vec<(String, u64, &str)> = Vec::new();
    for (call, count) in &undocumented.calls {
        let api = call.api.as_ref().map(|api| format!("{api}: "));
        let name = format!("{}{} {}", api.unwrap_or_default(), call.method, call.path);
        rows.push((name, *count, &call.why));
    }
    if undocumented.others > 0 {
        rows.push(("others".to_owned(), undocumented.others, ""));
    }
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max();
    let width = width.unwrap_or(0);
    for (name, count, why) in rows {
        let count = format!("{count}x");
        let row = format!("  {name:<width$}  {count:>10}  {why}");
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text.push('\n');
}
