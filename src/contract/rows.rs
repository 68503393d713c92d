//! Which operation shows one row of which list: `GET /users/{id}` of `GET /users`.

use std::{collections::HashMap, sync::Arc};

use http::Method;

use super::{
    operation::Operation,
    parameter::{In, Parameter},
    reply::Row,
};

/// What an operation on a path that ends in a parameter shows.
fn row_of(row: &Operation) -> Option<Row> {
    if row.replies.is_empty() {
        return None;
    }
    let content = row.success().json()?;
    let (_, name) = row.path().strip_suffix('}')?.rsplit_once('{')?;
    let is_it = |parameter: &&Parameter| parameter.place == In::Path && *parameter.name == *name;
    let parameter = row.parameters.iter().find(is_it)?;
    Some(Row {
        path: row.path().to_owned(),
        parameter: name.to_owned(),
        values: parameter.schema.clone(),
        shown: parameter.example.clone(),
        schema: content.schema.clone()?,
        examples: content
            .examples
            .iter()
            .filter_map(|example| Some(example.pointer()?.to_owned()))
            .collect(),
    })
}

/// The path of the list that a path with a parameter as its last segment shows one row of.
fn list_of(path: &str) -> Option<&str> {
    let (list, last) = path.rsplit_once('/')?;
    let name = last.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(list)
}

/// Tells each list what its rows are.
pub(super) fn join_rows(operations: &mut [Operation]) {
    let shown = operations
        .iter()
        .filter(|operation| operation.method() == Method::GET);
    let rows: HashMap<String, Arc<Row>> = shown
        .filter_map(|row| Some((list_of(row.path())?.to_owned(), Arc::new(row_of(row)?))))
        .collect();
    for list in operations
        .iter_mut()
        .filter(|operation| operation.method() == Method::GET)
    {
        let Some(row) = rows.get(list.path.trim_end_matches('/')) else {
            continue;
        };
        for content in list.replies.iter_mut().flat_map(|reply| &mut reply.content) {
            content.row = Some(Arc::clone(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parameter_is_of_a_row() {
        for (path, want) in [
            ("/users/{id}", Some("/users")),
            ("/{id}", Some("")),
            ("/orgs/{org}/users/{id}", Some("/orgs/{org}/users")),
            ("/users/{id}.json", None),
            ("/users/{a}-{b}", None),
            ("/users", None),
        ] {
            assert_eq!(list_of(path), want, "{path}");
        }
    }
}
