//! Coverage for browsers: one page without scripts.

use super::{Counted, percent};
use crate::journal::{ApiCoverage, ItemKind, OperationCoverage, Tally, Undocumented};

/// The page without its content.
const PAGE: &str = include_str!("page.html");

pub(super) fn render(counted: &Counted) -> String {
    let mut content = String::new();
    write_summary(&mut content, counted);
    for api in &counted.apis {
        write_api(&mut content, api);
    }
    write_undocumented(&mut content, &counted.undocumented);
    PAGE.replace("<!-- content -->\n", &content)
}

fn write_summary(page: &mut String, counted: &Counted) {
    let row = |name: &str, tally: Tally| {
        format!(
            "<tr><th scope=\"row\">{name}</th>{}<td class=\"number\">{} of {}</td></tr>\n",
            bar(tally),
            tally.exercised,
            tally.documented,
        )
    };
    page.push_str("<table class=\"summary\">\n");
    page.push_str(&row("all", counted.tally()));
    for kind in ItemKind::ALL {
        let tally = counted.tally_of(kind);
        if tally.documented > 0 {
            page.push_str(&row(kind.plural(), tally));
        }
    }
    page.push_str("</table>\n");
}

/// How much of something was exercised, as a cell with a bar and one with the number.
fn bar(tally: Tally) -> String {
    let percent = percent(tally);
    let kind = match tally {
        Tally { exercised: 0, .. } => "none",
        tally if tally.exercised == tally.documented => "all",
        _ => "some",
    };
    let width = percent.replace(' ', "");
    format!(
        "<td class=\"bar\"><span><i class=\"{kind}\" style=\"width:{width}\"></i></span></td><td class=\"number\">{percent}</td>"
    )
}

fn write_api(page: &mut String, api: &ApiCoverage) {
    page.push_str(&format!(
        "<section>\n<h2>{} <small>{}</small></h2>\n<table>\n",
        escape(&api.title),
        percent(api.tally()),
    ));
    for operation in &api.operations {
        write_operation(page, operation);
    }
    page.push_str("</table>\n</section>\n");
}

fn write_operation(page: &mut String, operation: &OperationCoverage) {
    let (method, path) = operation
        .operation
        .split_once(' ')
        .unwrap_or((&operation.operation, ""));
    let count = match operation.count() {
        0 => "not called".to_owned(),
        count => format!("{count}×"),
    };
    page.push_str(&format!(
        "<tr><th scope=\"row\"><details><summary><b>{}</b> <code>{}</code></summary>\n<ul>\n",
        escape(method),
        escape(path),
    ));
    for covered in operation.items.iter().skip(1) {
        let kind = if covered.count == 0 { "none" } else { "all" };
        let count = match covered.count {
            0 => "never".to_owned(),
            count => format!("{count}×"),
        };
        page.push_str(&format!(
            "<li class=\"{kind}\"><span>{count}</span> {}</li>\n",
            marked(&escape(&covered.item.to_string())),
        ));
    }
    page.push_str(&format!(
        "</ul></details></th><td class=\"number\">{count}</td>{}</tr>\n",
        bar(operation.tally()),
    ));
}

fn write_undocumented(page: &mut String, undocumented: &Undocumented) {
    if undocumented.count() == 0 {
        return;
    }
    page.push_str("<section>\n<h2>Not documented, but called</h2>\n<table>\n");
    for (call, count) in &undocumented.calls {
        page.push_str(&format!(
            "<tr><th scope=\"row\"><b>{}</b> <code>{}</code></th><td>{}</td><td>{}</td><td class=\"number\">{count}×</td></tr>\n",
            escape(&call.method),
            escape(&call.path),
            escape(call.api.as_deref().unwrap_or("")),
            escape(&call.why),
        ));
    }
    if undocumented.others > 0 {
        page.push_str(&format!(
            "<tr><th scope=\"row\">others</th><td></td><td></td><td class=\"number\">{}×</td></tr>\n",
            undocumented.others
        ));
    }
    page.push_str("</table>\n</section>\n");
}

/// Text between backticks as code.
fn marked(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let marked = parts.map(|(index, part)| match index % 2 {
        0 => part.to_owned(),
        _ => format!("<code>{part}</code>"),
    });
    marked.collect()
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
