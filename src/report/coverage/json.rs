//! Coverage for programs.

use serde_json::{Map, Value, json};

use super::Counted;
use crate::journal::{
    ApiCoverage, Covered, Item, ItemKind, OperationCoverage, Tally, Undocumented,
};

/// The version of the form.
const VERSION: u32 = 1;

pub(super) fn render(counted: &Counted) -> String {
    let mut kinds = Map::new();
    for kind in ItemKind::ALL {
        let name = kind.plural().replace(' ', "_");
        kinds.insert(name, tally(counted.tally_of(kind)));
    }
    let whole = counted.tally();
    let coverage = json!({
        "version": VERSION,
        "ratio": whole.ratio(),
        "exercised": whole.exercised,
        "documented": whole.documented,
        "kinds": kinds,
        "apis": counted.apis.iter().map(api).collect::<Vec<_>>(),
        "undocumented": undocumented(&counted.undocumented),
    });
    format!("{coverage:#}\n")
}

fn tally(tally: Tally) -> Value {
    json!({ "exercised": tally.exercised, "documented": tally.documented })
}

fn api(api: &ApiCoverage) -> Value {
    let whole = api.tally();
    json!({
        "name": &*api.name,
        "title": api.title,
        "ratio": whole.ratio(),
        "exercised": whole.exercised,
        "documented": whole.documented,
        "operations": api.operations.iter().map(operation).collect::<Vec<_>>(),
    })
}

fn operation(operation: &OperationCoverage) -> Value {
    let whole = operation.tally();
    let stated = &operation.stated;
    // The first is the operation itself.
    let items = operation.items.iter().skip(1);
    json!({
        "operation": &*operation.operation,
        "stated": { "file": &*stated.file, "line": stated.line, "column": stated.column },
        "count": operation.count(),
        "exercised": whole.exercised,
        "documented": whole.documented,
        "items": items.map(item).collect::<Vec<_>>(),
    })
}

fn item(Covered { item, count }: &Covered) -> Value {
    match item {
        Item::Operation => json!({ "kind": "operation", "count": count }),
        Item::Parameter(place, name) => json!({
            "kind": "parameter",
            "in": place.as_str(),
            "name": &**name,
            "count": count,
        }),
        Item::RequestBody(media_type) => json!({
            "kind": "request_body",
            "media_type": &**media_type,
            "count": count,
        }),
        Item::Reply(status, media_type) => json!({
            "kind": "reply",
            "status": status.to_string(),
            "media_type": media_type.as_deref(),
            "count": count,
        }),
        Item::Example(status, media_type, name) => json!({
            "kind": "example",
            "status": status.to_string(),
            "media_type": &**media_type,
            "name": &**name,
            "count": count,
        }),
    }
}

fn undocumented(undocumented: &Undocumented) -> Value {
    let calls = undocumented.calls.iter().map(|(call, count)| {
        json!({
            "api": call.api.as_deref(),
            "method": call.method,
            "path": call.path,
            "code": call.why,
            "count": count,
        })
    });
    json!({
        "count": undocumented.count(),
        "calls": calls.collect::<Vec<_>>(),
        "others": undocumented.others,
    })
}
