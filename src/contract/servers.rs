//! The base paths of servers (OpenAPI 3.1.1, "Server Object").

use std::collections::HashMap;

use serde_json::Value;

use super::reader::Reader;
use crate::description::{FindingCode, join};

/// More than these are no servers that anybody meant.
const MAX_VARIANTS: usize = 256;

/// The base paths of each list of servers read so far.
#[derive(Default)]
pub(super) struct Servers(HashMap<String, Vec<String>>);

impl Servers {
    /// The base paths of an operation, by its own servers, its path item's or the document's, in
    /// their order. Without a `/` at the end; empty where the server has none.
    pub(super) fn bases(
        &mut self,
        reader: &mut Reader<'_>,
        operation: &str,
        path_item: &str,
    ) -> Vec<String> {
        let lists = [operation, path_item, ""].map(|owner| join(owner, "servers"));
        let Some(list) = lists.into_iter().find(|list| reader.length(list) > 0) else {
            return vec![String::new()];
        };
        if let Some(known) = self.0.get(&list) {
            return known.clone();
        }
        let bases = read(reader, &list);
        self.0.insert(list, bases.clone());
        bases
    }
}

fn read(reader: &mut Reader<'_>, list: &str) -> Vec<String> {
    let mut bases: Vec<String> = Vec::new();
    for index in 0..reader.length(list) {
        let server = join(list, &index.to_string());
        let Some(url) = reader.text(&server, "url").map(str::to_owned) else {
            let message = "a server without `url` has no base path; it is passed over";
            reader.warn(FindingCode::Shape, &server, message.to_owned());
            continue;
        };
        for variant in variants(reader, &server, &url) {
            let base = base_path(&variant);
            if base.contains(['{', '}']) {
                let message = format!(
                    "`{url}` has a variable without a `default` in `variables`: its base path is not known"
                );
                reader.warn(FindingCode::Shape, &server, message);
            } else if !bases.contains(&base) {
                bases.push(base);
            }
        }
    }
    if bases.is_empty() {
        bases.push(String::new());
    }
    bases
}

/// The URL with each value of its variables: the default first, then all of `enum`.
fn variants(reader: &Reader<'_>, server: &str, url: &str) -> Vec<String> {
    let variables = join(server, "variables");
    let mut urls = vec![url.to_owned()];
    for name in reader.keys(&variables) {
        let template = format!("{{{name}}}");
        if !url.contains(&template) {
            continue;
        }
        let mut values = values(reader, &join(&variables, &name));
        if urls.len() * values.len() > MAX_VARIANTS {
            values.truncate(1);
        }
        if values.is_empty() {
            continue;
        }
        let with_value = |value: &String| {
            let replaced: Vec<String> = urls
                .iter()
                .map(|url| url.replace(&template, value))
                .collect();
            replaced
        };
        urls = values.iter().flat_map(with_value).collect();
    }
    urls
}

fn values(reader: &Reader<'_>, variable: &str) -> Vec<String> {
    let default = reader.description.at(&join(variable, "default"));
    let listed = reader.description.at(&join(variable, "enum"));
    let listed = listed.and_then(Value::as_array).into_iter().flatten();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut values: Vec<String> = Vec::new();
    for value in default.into_iter().chain(listed).map(text) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The path of a URL, without a `/` at its end. A relative one counts from the root: where the
/// document lies is not known to its clients (RFC 3986 section 5).
fn base_path(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or(url).trim();
    let after_scheme = match url.split_once("://") {
        Some((_, rest)) => Some(rest),
        None => url.strip_prefix("//"),
    };
    let path = match after_scheme {
        Some(rest) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    let parts = path
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."));
    parts.map(|part| format!("/{part}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_the_path_of_the_url() {
        for (url, want) in [
            ("https://x.example", ""),
            ("https://x.example/", ""),
            ("https://x.example/v1", "/v1"),
            ("https://x.example:8080/v1/", "/v1"),
            ("https://x.example/a/b?x=1#y", "/a/b"),
            ("//x.example/v1", "/v1"),
            ("/", ""),
            ("/v1", "/v1"),
            ("v1", "/v1"),
            ("./v1", "/v1"),
            ("../v1/", "/v1"),
            (".", ""),
            ("", ""),
        ] {
            assert_eq!(base_path(url), want, "{url}");
        }
    }
}
