//! Faults of the description, and credentials that do not fit: whose they are.

use std::sync::{Arc, Mutex};

use mynah::{
    check::{Credentials, Kind, Methods, Options},
    description::Severity,
    report::{Blame, Outcome},
};
use regex::Regex;

use super::{
    PETS, api, checked, options, problems,
    provider::Provider,
    server::{Answer, serve},
};

/// Each problem as `operation: severity[code] of whom: place: message`.
fn told(text: &str, options: &Options) -> Vec<String> {
    let provider = Provider::new();
    let addr = serve(move |request| provider.answer(request));
    let checked = checked(&api(text), addr, options).unwrap();
    let line = |(of, it): &(String, mynah::report::Problem)| {
        let (severity, blame) = (it.severity.as_str(), it.blame.as_str());
        format!(
            "{of}: {severity}[{}] of {blame}: {}",
            it.code,
            it.sentence()
        )
    };
    problems(&checked).iter().map(line).collect()
}

#[test]
fn an_example_that_breaks_its_schema_is_the_descriptions() {
    let text = PETS.replace("tags: [old, calm]", "tags: [old, old]");
    assert_eq!(
        told(&text, &options()),
        [
            "POST /pets: warning[example-invalid] of description: body `/tags`: this documented example breaks \
             its own schema: two of the items are equal"
        ]
    );
    let text = PETS.replace("example: 10", "example: 1000");
    assert_eq!(
        told(&text, &options()),
        [
            "GET /pets: warning[example-invalid] of description: query `limit`: this documented example breaks \
             its own schema: 1000 is more than 100"
        ]
    );
}

#[test]
fn a_reply_that_is_the_documented_example_is_the_descriptions() {
    let text = PETS.replace(
        "{text/csv: {schema: {type: string, pattern: '^id,name'}}}",
        "{text/csv: {schema: {type: string, pattern: '^name'}, example: \"id,name\\n1,Rex\\n\"}}",
    );
    assert_eq!(
        told(&text, &options()),
        [
            "GET /report: warning[pattern] of description: body: \"id,name\\n1,Rex\\n\" does not match `^name`, as \
             in the documented example"
        ]
    );
}

#[test]
fn a_link_without_a_value_is_the_descriptions() {
    let text = PETS.replace("$response.body#/id", "$response.body#/number");
    assert_eq!(
        told(&text, &options()),
        [
            "POST /pets: warning[link] of description: reply: the link `read` leads nowhere: \
             `$response.body#/number` has no value"
        ]
    );
}

#[test]
fn credentials_that_are_refused_are_the_clients() {
    let mut options = options();
    let wrong = ("MYNAH_CREDENTIAL_TOKEN".to_owned(), "wrong".to_owned());
    options.credentials = Credentials::of([wrong]);
    options.skip = vec![Kind::Invalid];
    for line in told(PETS, &options) {
        assert!(
            line.contains(
                "error[credentials-refused] of client: status: 401: the credentials are refused"
            ),
            "{line}"
        );
    }
    let malformed = ("MYNAH_CREDENTIAL_TOKEN".to_owned(), "two words".to_owned());
    options.credentials = Credentials::of([malformed]);
    let lines = told(PETS, &options);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].contains("error[credential-malformed] of client: header `Authorization`"));
}

#[test]
fn an_operation_without_its_credentials_is_not_tried_but_by_that() {
    let provider = Provider::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let addr = serve(move |request| {
        log.lock().unwrap().push(request.method.clone());
        provider.answer(request)
    });
    let options = Options {
        methods: Methods::All,
        ..Options::default()
    };
    let checked = checked(&api(PETS), addr, &options).unwrap();
    let skipped: Vec<String> = (checked.run.suites[0].cases.iter())
        .filter_map(|case| match &case.outcome {
            Outcome::Skipped(why) => Some(format!("{}: {why}", case.name)),
            Outcome::Tried(_) => None,
        })
        .collect();
    assert_eq!(
        skipped,
        [
            "POST /pets: it needs credentials: MYNAH_CREDENTIAL_TOKEN in the environment",
            "DELETE /pets/{id}: it needs credentials: MYNAH_CREDENTIAL_TOKEN in the environment",
        ]
    );
    let of = |method: &str| {
        seen.lock()
            .unwrap()
            .iter()
            .filter(|it| *it == method)
            .count()
    };
    // One request without credentials each.
    assert_eq!((of("POST"), of("DELETE")), (1, 1));
}

#[test]
fn nothing_but_safe_methods_is_sent_unless_it_is_allowed() {
    let provider = Provider::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let addr = serve(move |request| {
        log.lock().unwrap().push(request.method.clone());
        provider.answer(request)
    });
    let options = Options {
        methods: Methods::Safe,
        ..options()
    };
    let checked = checked(&api(PETS), addr, &options).unwrap();
    assert_eq!(problems(&checked), []);
    assert_eq!(checked.served, 4);
    let seen = seen.lock().unwrap();
    assert!(
        seen.iter()
            .all(|method| method == "GET" || method == "HEAD"),
        "{seen:?}"
    );
}

#[test]
fn what_is_wanted_only_is_sent() {
    for (only, want) in [
        ("^GET /pets$", 1),
        ("Pet$", 3),
        ("report|feed", 2),
        ("nothing", 0),
    ] {
        let provider = Provider::new();
        let addr = serve(move |request| provider.answer(request));
        let options = Options {
            only: Some(Regex::new(only).unwrap()),
            ..options()
        };
        let checked = checked(&api(PETS), addr, &options).unwrap();
        assert_eq!(checked.run.suites[0].cases.len(), want, "{only}");
    }
}

#[test]
fn an_operation_that_nothing_is_found_of_is_told_of() {
    let addr = serve(|_| super::provider::refused(404, "no such pet"));
    let options = Options {
        only: Some(Regex::new("readPet").unwrap()),
        skip: vec![Kind::Methods],
        ..options()
    };
    let checked = checked(&api(PETS), addr, &options).unwrap();
    assert_eq!(checked.served, 0);
    let problems = problems(&checked);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let (_, problem) = &problems[0];
    assert_eq!(
        (&*problem.code, problem.severity),
        ("nothing-served", Severity::Warning)
    );
    assert_eq!(problem.blame, Blame::Description);
}

#[test]
fn a_failing_request_is_made_as_small_as_it_gets() {
    let provider = Provider::new();
    let addr = serve(move |request| {
        let body = String::from_utf8_lossy(&request.body);
        match body.contains("\"kind\":\"dog\"") {
            true => Answer {
                status: 500,
                ..Answer::default()
            },
            false => provider.answer(request),
        }
    });
    let checked = checked(&api(PETS), addr, &options()).unwrap();
    let problems = problems(&checked);
    let lines: Vec<_> = problems
        .iter()
        .filter_map(|(_, it)| it.repeat.clone())
        .collect();
    assert_eq!(
        lines,
        [format!(
            "curl -H 'authorization: Bearer '\"$MYNAH_CREDENTIAL_TOKEN\"'' -H 'content-type: application/json' \
             --data-raw '{{\"name\":\"B\",\"kind\":\"dog\"}}' 'http://{addr}/pets'"
        )]
    );
}
