//! Every documented exchange of the five, and one refusal of each kind, as snapshots under `snapshots/`:
//! a change in what an API documents or how it refuses shows up as a difference to review.

use mynah::{
    Api, Reply,
    contract::{Sample, SampleBody},
    snapshot::{Change, Folder, diff, folder_of, snapshots},
};
use serde_json::Value;

use crate::fixture::{APIS, api};

/// The sample request of the API's operation.
fn sample(api: &Api) -> &Sample {
    api.operations()[0].sample()
}

/// What differs from the sample request.
#[derive(Default, Clone, Copy)]
struct Altered {
    method: Option<&'static str>,
    path: Option<&'static str>,
    /// A field set, or left out when its value is empty.
    header: Option<(&'static str, &'static str)>,
    prefer: Option<&'static str>,
    body: Option<&'static str>,
}

/// The kinds of refusal, each with the change that earns it.
const REFUSALS: [(&str, Altered); 9] = [
    ("unknown path", path("/nowhere")),
    ("unknown method", method("DELETE")),
    ("credentials", header("Authorization", "")),
    ("keys", header("x-api-secret", "")),
    ("preference", prefer("code=418")),
    ("media type", header("Content-Type", "text/plain")),
    ("syntax", body("{")),
    ("content", body("{}")),
    ("not acceptable", header("Accept", "text/html")),
];

const NONE: Altered = Altered {
    method: None,
    path: None,
    header: None,
    prefer: None,
    body: None,
};

const fn path(path: &'static str) -> Altered {
    Altered {
        path: Some(path),
        ..NONE
    }
}

const fn method(method: &'static str) -> Altered {
    Altered {
        method: Some(method),
        ..NONE
    }
}

const fn header(name: &'static str, value: &'static str) -> Altered {
    Altered {
        header: Some((name, value)),
        ..NONE
    }
}

const fn prefer(what: &'static str) -> Altered {
    Altered {
        prefer: Some(what),
        ..NONE
    }
}

const fn body(text: &'static str) -> Altered {
    Altered {
        body: Some(text),
        ..NONE
    }
}

/// The sample with a change, as a request and as text.
fn request(
    sample: &Sample,
    change: &Altered,
    preference: Option<&str>,
) -> (mynah::Request, String) {
    let method = change.method.unwrap_or(&sample.method);
    let target = change.path.unwrap_or(&sample.target);
    let mut headers = sample.headers.clone();
    if let Some((name, value)) = change.header {
        headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        headers.push((name.to_owned(), value.to_owned()));
    }
    let preference = preference.or(change.prefer);
    headers.extend(preference.map(|it| ("Prefer".to_owned(), it.to_owned())));
    headers.retain(|(_, value)| !value.is_empty());
    let text = match (change.body, &sample.body) {
        (Some(text), _) => text.to_owned(),
        (None, Some(SampleBody::Text(text))) => text.clone(),
        (None, other) => panic!("the samples of all five are text, not {other:?}"),
    };
    let mut request = http::Request::builder().method(method).uri(target);
    let mut shown = format!("{method} {target}\n");
    for (name, value) in &headers {
        request = request.header(name, value);
        shown.push_str(&format!("{name}: {value}\n"));
    }
    shown.push_str(&format!("\n{text}\n"));
    (request.body(text.into()).unwrap().into(), shown)
}

/// A reply as HTTP has it, JSON on several lines.
fn shown(reply: &Reply) -> String {
    let mut text = head(reply);
    if !reply.body.is_empty() {
        let body = std::str::from_utf8(&reply.body).expect("UTF-8");
        text.push_str(&format!("\n{}\n", pretty(body)));
    }
    text
}

/// Status and header fields, each violation on a line of its own.
fn head(reply: &Reply) -> String {
    let mut text = format!("{}\n", reply.status);
    for (name, value) in &reply.headers {
        let value = value.to_str().expect("visible ASCII");
        let value = match name.as_str() {
            "mynah-violations" => format!("\n  {}", value.replace("\", ", "\",\n  ")),
            _ => format!(" {value}"),
        };
        text.push_str(&format!("{name}:{value}\n"));
    }
    text
}

/// JSON on several lines; the text as it stands when that would change more than its spaces.
fn pretty(text: &str) -> String {
    let read = serde_json::from_str::<Value>(text);
    match read.map(|value| (value.to_string(), value)) {
        Ok((again, value)) if again == text => format!("{value:#}"),
        _ => text.to_owned(),
    }
}

fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Each documented reply has a file, which `mynah snapshot` writes.
#[test]
fn every_documented_reply() {
    let folder = Folder::at("snapshots");
    for name in APIS {
        let api = api(name);
        let found = snapshots(&api, name);
        assert_eq!(found.unobtained, [""; 0], "{name}");
        let below = folder_of(&api);
        let changes = folder.changes(&below, &found).unwrap();
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            folder.accept(&below, &changes).unwrap();
            continue;
        }
        let differs = |change: &Change| {
            let lines = diff::lines(&change.before.contents, &change.after.contents);
            format!(
                "{:?}: {}\n{}",
                change.kind,
                change.name,
                diff::text(&lines, false)
            )
        };
        let differences: String = changes.iter().map(differs).collect();
        let accept = "`INSTA_UPDATE=always` accepts it";
        assert_eq!(differences, "", "{name}: {accept}\n{differences}");
    }
}

#[test]
fn a_reply_made_for_the_request() {
    for name in APIS {
        let api = api(name);
        let (request, mut text) = request(sample(&api), &Altered::default(), Some("dynamic=true"));
        let exchange = mynah::answer(&api, request);
        assert_eq!(exchange.violations, [], "{name}");
        text.push_str(&format!("---\n{}", shown(&exchange.reply)));
        assert_snapshot(&format!("{name}_dynamic"), &text);
    }
}

#[test]
fn one_refusal_of_each_kind() {
    for name in APIS {
        let api = api(name);
        let mut text = String::new();
        for (kind, change) in REFUSALS {
            let (request, sent) = request(sample(&api), &change, None);
            let exchange = mynah::answer(&api, request);
            if let ("credentials" | "keys", []) = (kind, &exchange.violations[..]) {
                // This API's credentials are in another place.
                continue;
            }
            assert_ne!(exchange.violations, [], "{name}: {kind}");
            text.push_str(&format!(
                "=== {kind}\n\n{sent}---\n{}\n",
                shown(&exchange.reply)
            ));
        }
        assert_snapshot(&format!("{name}_refused"), &text);
    }
}
