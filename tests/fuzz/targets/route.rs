//! Paths that are looked for among others.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::Request;

use super::{answered, compiled};

/// The literal segments of paths. One more stands for any in a template, and for another in a request.
const LITERALS: [&str; 2] = ["a", "b"];
const PARAMETER: usize = LITERALS.len();

/// So many segments there are to choose from, and so many are in a path.
const CHOICES: usize = LITERALS.len() + 1;
const DEPTH: u32 = 3;

/// The path that is described is found: of those that fit, the one that has a literal segment where others first have
/// a parameter. Each byte is a path.
pub fn route(data: &[u8]) {
    let paths: BTreeSet<Vec<usize>> = data
        .iter()
        .map(|byte| segments(usize::from(*byte)))
        .collect();
    let Some(api) = compiled(description(&paths).as_bytes()) else {
        assert!(paths.is_empty(), "{paths:?}");
        return;
    };
    for number in 0..count() {
        let asked = segments(number);
        // Segments are ordered with the parameter last, so that the least path is the one that is meant.
        let expected = paths.iter().find(|path| fits(path, &asked));
        let expected = expected.map(|path| format!("GET {}", template(path)));
        let request = Request::get(target(&asked)).body(Bytes::new());
        let exchange = answered(&api, &request.expect("it is one"));
        assert_eq!(
            exchange.operation.as_deref(),
            expected.as_deref(),
            "{asked:?} of {paths:?}"
        );
    }
}

/// How many paths there are, of one segment to so many.
fn count() -> usize {
    (1..=DEPTH).map(|depth| CHOICES.pow(depth)).sum()
}

/// The path of a number.
fn segments(number: usize) -> Vec<usize> {
    let mut number = number % count();
    let mut depth = 1;
    while number >= CHOICES.pow(depth) {
        number -= CHOICES.pow(depth);
        depth += 1;
    }
    let digit = |place| number / CHOICES.pow(place) % CHOICES;
    (0..depth).map(digit).collect()
}

fn fits(path: &[usize], asked: &[usize]) -> bool {
    let mut pairs = path.iter().zip(asked);
    path.len() == asked.len() && pairs.all(|(own, other)| own == other || *own == PARAMETER)
}

/// A path as a template.
fn template(path: &[usize]) -> String {
    let segment = |(place, segment): (usize, &usize)| match LITERALS.get(*segment) {
        Some(literal) => format!("/{literal}"),
        None => format!("/{{any{place}}}"),
    };
    path.iter().enumerate().map(segment).collect()
}

/// A path as it is asked for.
fn target(path: &[usize]) -> String {
    let segment = |segment: &usize| format!("/{}", LITERALS.get(*segment).unwrap_or(&"c"));
    path.iter().map(segment).collect()
}

fn description(paths: &BTreeSet<Vec<usize>>) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Paths, version: '1'}\npaths:\n".to_owned();
    for path in paths {
        let parameter = |(place, _): (usize, _)| {
            format!("{{name: any{place}, in: path, required: true, schema: {{type: string}}}}")
        };
        let is_parameter = |(_, segment): &(usize, &usize)| **segment == PARAMETER;
        let parameters = path.iter().enumerate().filter(is_parameter).map(parameter);
        let parameters = parameters.collect::<Vec<_>>().join(", ");
        text += &format!(
            "  {}:\n    get: {{parameters: [{parameters}], responses: {{'204': {{description: Done}}}}}}\n",
            template(path)
        );
    }
    text
}
