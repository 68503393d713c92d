//! From what a server saw of an API to what a report says of it.

use std::sync::Arc;

use super::{Blame, Case, Outcome, Problem, Suite, curl::curl, expectation::Expectation};
use crate::{
    Api, Exchange, Violation,
    exchange::Cause,
    journal::{Record, Shown},
};

impl Suite {
    /// What clients did with an API that was served at a URL: a case for each of its operations, in
    /// their order, then one for each thing that was called and is not described.
    ///
    /// Operations and not exchanges are the cases, since they have the same names in every run: a CI
    /// system can tell what is new. What is wrong with several exchanges in the same way, by rule,
    /// place and line of the description, is one problem with a count.
    ///
    /// The URL has no path: that of a request has the prefix of its mount in it. Secrets are not shown.
    pub fn of_records(api: &Arc<Api>, url: &str, records: &[Arc<Record>]) -> Self {
        let served = Served { api, url };
        let operations = api.operations().iter();
        let described = operations.map(|operation| {
            let of_it = |record: &&Arc<Record>| {
                record.exchange.operation.as_ref() == Some(operation.label())
            };
            let stated = Some(api.locate(operation.pointer()));
            let seen: Vec<&Arc<Record>> = records.iter().filter(of_it).collect();
            Case {
                stated,
                ..served.case(operation.label().to_string(), &seen)
            }
        });
        let mut cases: Vec<Case> = described.collect();
        cases.extend(served.undescribed(records));
        Self {
            name: api.name().to_string(),
            coverage: None,
            cases,
        }
    }
}

/// An API, and where it was served.
struct Served<'a> {
    api: &'a Arc<Api>,
    url: &'a str,
}

impl Served<'_> {
    /// What was called and is no operation, by method and path, in the order of the first calls.
    fn undescribed(&self, records: &[Arc<Record>]) -> Vec<Case> {
        let mut called: Vec<(String, Vec<&Arc<Record>>)> = Vec::new();
        let strays = records.iter();
        for record in strays.filter(|record| record.exchange.operation.is_none()) {
            let request = &record.exchange.request;
            let name = format!("{} {}", request.method, request.path());
            match called.iter_mut().find(|(other, _)| *other == name) {
                Some((_, seen)) => seen.push(record),
                None => called.push((name, vec![record])),
            }
        }
        let called = called.into_iter();
        called.map(|(name, seen)| self.case(name, &seen)).collect()
    }

    fn case(&self, name: String, seen: &[&Arc<Record>]) -> Case {
        let mut case = Case {
            name,
            stated: None,
            exchanges: seen.len(),
            took: seen.iter().map(|record| record.took).sum(),
            outcome: match seen {
                [] => Outcome::Skipped("not called".to_owned()),
                _ => Outcome::Tried(Vec::new()),
            },
        };
        for record in seen {
            let found = problems_of(&record.exchange);
            if !found.is_empty() {
                let repeat = self.repeat(record);
                case.add(found.into_iter().map(|problem| Problem {
                    repeat: repeat.clone(),
                    ..problem
                }));
            }
        }
        case
    }

    /// A line that sends the request of a record again. This is the one place where what was sent enters
    /// a report.
    fn repeat(&self, record: &Record) -> Option<String> {
        let shown = Shown::without_secrets(record, std::slice::from_ref(self.api));
        curl(&shown, self.url)
    }
}

/// What is wrong with an exchange, but for what is meant to be.
fn problems_of(exchange: &Exchange) -> Vec<Problem> {
    let expectation = Expectation::of(&exchange.request.headers);
    let unmeant = exchange
        .violations
        .iter()
        .filter(|it| !expectation.covers(it));
    let of_request = unmeant.map(|violation| {
        let blame = match violation.rule.cause() {
            Cause::Description => Blame::Description,
            _ => Blame::Client,
        };
        Problem::of_violation(violation, blame)
    });
    let unmet = expectation.unmet(&exchange.violations);
    let of_provider = |violation: &Violation| Problem::of_violation(violation, Blame::Provider);
    let of_reply = exchange.reply_violations.iter().map(of_provider);
    of_request.chain(unmet).chain(of_reply).collect()
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::{Description, Request, Source, answer};

    const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      requestBody:
        content: {application/json: {schema: {required: [name], properties: {id: {type: integer}}}}}
      responses: {'201': {description: Added}}
    get:
      responses: {'200': {description: All}}
";

    fn suite(requests: &[(&str, &str, &str)]) -> Suite {
        expecting("", requests)
    }

    fn expecting(expected: &str, requests: &[(&str, &str, &str)]) -> Suite {
        let description = Description::load(Source::new("pets.yaml", PETS)).unwrap();
        let api = Arc::new(Api::compile(description).unwrap());
        let record = |(method, target, body): &(&str, &str, &str)| {
            let request = http::Request::builder()
                .method(*method)
                .uri(*target)
                .header("content-type", "application/json")
                .header("authorization", "Bearer hush")
                .header("mynah-expect", expected)
                .body(body.to_string().into());
            let exchange = answer(&api, Request::from(request.unwrap()));
            let record = Record::new(Some(Arc::clone(api.name())), SystemTime::now(), exchange);
            Arc::new(record)
        };
        let records: Vec<_> = requests.iter().map(record).collect();
        Suite::of_records(&api, "http://127.0.0.1:4010", &records)
    }

    #[test]
    fn each_operation_is_a_case_whether_called_or_not() {
        let suite = suite(&[("POST", "/pets", r#"{"name":"Bello"}"#)]);
        assert_eq!((&*suite.name, suite.exchanges()), ("pets", 1));
        let [get, post] = suite.cases.as_slice() else {
            panic!("{suite:?}");
        };
        assert_eq!((&*post.name, &*get.name), ("POST /pets", "GET /pets"));
        assert_eq!(post.outcome, Outcome::Tried(Vec::new()));
        assert_eq!(get.outcome, Outcome::Skipped("not called".to_owned()));
        let places = suite.cases.iter().map(|case| case.stated.as_ref().unwrap());
        let places: Vec<String> = places.map(ToString::to_string).collect();
        assert_eq!(places, ["pets.yaml:10:7", "pets.yaml:6:7"]);
    }

    #[test]
    fn what_is_wrong_in_the_same_way_is_one_problem() {
        let suite = suite(&[
            ("POST", "/pets", r#"{"id":"one"}"#),
            ("POST", "/pets", r#"{"id":"it's"}"#),
            ("POST", "/pets", r#"{"name":"Bello"}"#),
        ]);
        let post = &suite.cases[1];
        assert_eq!(post.exchanges, 3);
        let found: Vec<_> = post
            .problems()
            .iter()
            .map(|it| (it.to_string(), it.times))
            .collect();
        let id = r#"body `/id`: expected integer, found string "one" [type] (pets.yaml:7:89)"#;
        let name = "body `/name`: required, but missing [required] (pets.yaml:7:57)";
        assert_eq!(found, [(name.to_owned(), 2), (id.to_owned(), 2)]);
    }

    #[test]
    fn what_is_not_described_is_a_case_with_its_problem() {
        let calls = [
            ("GET", "/cats?x=1", ""),
            ("DELETE", "/pets", ""),
            ("GET", "/cats", ""),
        ];
        let suite = suite(&calls);
        let [_, _, cats, delete] = suite.cases.as_slice() else {
            panic!("{suite:?}");
        };
        assert_eq!((&*cats.name, cats.exchanges), ("GET /cats", 2));
        assert_eq!(cats.problems()[0].code, "unknown-path");
        assert_eq!(cats.problems()[0].times, 2);
        assert_eq!(delete.problems()[0].code, "unknown-method");
        assert!(!suite.passes());
    }

    #[test]
    fn what_is_meant_to_be_wrong_is_no_problem_and_what_is_not_wrong_is_one() {
        let bad = [("POST", "/pets", r#"{"id":"one"}"#)];
        let codes = |expected: &str| -> Vec<String> {
            let suite = expecting(expected, &bad);
            let problems = suite.cases[1].problems().iter();
            problems.map(|it| it.code.to_string()).collect()
        };
        assert_eq!(codes("required, type"), [""; 0]);
        assert_eq!(codes("required"), ["type"]);
        assert_eq!(codes("required,type,enum"), ["expectation-unmet"]);
        let lost = expecting("unknown-path", &[("GET", "/cats", "")]);
        assert!(lost.passes());
    }

    #[test]
    fn a_line_shows_it_again_without_credentials() {
        let suite = suite(&[("POST", "/pets?a=b", r#"{"id":"it's"}"#)]);
        assert_eq!(
            suite.cases[1].problems()[0].repeat.as_deref().unwrap(),
            "curl -H 'content-type: application/json' -H 'authorization: Bearer ***' -H 'mynah-expect: ' \
             --data-raw '{\"id\":\"it'\\''s\"}' 'http://127.0.0.1:4010/pets?a=b'"
        );
    }
}
