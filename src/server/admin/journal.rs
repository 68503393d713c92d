//! The exchanges kept, as they are asked for.

use std::{borrow::Cow, sync::Arc};

use http::StatusCode;

use super::{Asked, Mount, problem};
use crate::{
    Api, Reply,
    exchange::{form_decoded, pairs},
    journal::{Journal, Query, Shown, to_har},
    server::index,
};

/// The names that may stand in a query.
const NAMES: &str = "api, operation, status, violation, session, since, limit";

/// The exchanges that are asked for, oldest first, without header fields and bodies.
pub(super) fn list(asked: &Asked<'_>, journal: &Journal) -> Reply {
    let query = match asked.query() {
        Ok(query) => query,
        Err(refusal) => return *refusal,
    };
    let apis = asked.apis();
    let records = journal.find(&query);
    let shown = records
        .iter()
        .map(|record| Shown::in_brief(record, &apis).to_json());
    let lines: Vec<Vec<u8>> = shown.collect();
    let list = [b"[", &*lines.join(&b",\n "[..]), b"]\n"].concat();
    Reply::with_content(StatusCode::OK, "application/json", list)
}

/// One exchange, by the number that the list gives it.
pub(super) fn one(asked: &Asked<'_>, journal: &Journal, number: &str) -> Reply {
    let found = number.parse().ok().and_then(|number| journal.get(number));
    match found {
        Some(record) => {
            let mut json = Shown::without_secrets(&record, &asked.apis()).to_json();
            json.push(b'\n');
            Reply::with_content(StatusCode::OK, "application/json", json)
        }
        None => {
            let kept = journal.records();
            let numbers = kept.first().zip(kept.last());
            let detail = match numbers {
                Some((first, last)) => format!(
                    "no exchange of this number is kept: there are those from {} to {}, unless they were cleared",
                    first.number, last.number
                ),
                None => "no exchange is kept".to_owned(),
            };
            problem(StatusCode::NOT_FOUND, &detail)
        }
    }
}

/// Forgets the exchanges kept: all, or those of a session.
pub(super) fn clear(asked: &Asked<'_>, journal: &Journal) -> Reply {
    let query = match asked.query() {
        Ok(query) => query,
        Err(refusal) => return *refusal,
    };
    let of_session = Query {
        session: query.session.clone(),
        ..Query::default()
    };
    if query != of_session {
        let detail = "only `session` may be given: the exchanges of one are forgotten, or all";
        return problem(StatusCode::BAD_REQUEST, detail);
    }
    match &query.session {
        Some(session) => drop(journal.clear_session(session)),
        None => journal.clear(),
    }
    Reply::empty(StatusCode::NO_CONTENT)
}

/// The exchanges that are asked for, as HAR.
pub(super) fn har(asked: &Asked<'_>, journal: &Journal) -> Reply {
    let query = match asked.query() {
        Ok(query) => query,
        Err(refusal) => return *refusal,
    };
    let apis = asked.apis();
    let records = journal.find(&query);
    let shown: Vec<Shown<'_>> = records
        .iter()
        .map(|record| Shown::without_secrets(record, &apis))
        .collect();
    let har = to_har(&shown, &index::origin(asked.head, asked.addr));
    Reply::with_content(StatusCode::OK, "application/json", har)
}

impl Asked<'_> {
    /// The APIs served now, by which secrets are known.
    fn apis(&self) -> Vec<Arc<Api>> {
        self.mounts.in_order().into_iter().map(Mount::api).collect()
    }

    /// Which exchanges are asked for.
    fn query(&self) -> Result<Query, Box<Reply>> {
        let mut query = Query::default();
        for (name, value) in pairs(self.head.uri.query().unwrap_or("")) {
            let decoded = |text| form_decoded(text).map(Cow::into_owned);
            let (Some(name), Some(value)) = (decoded(name), decoded(value)) else {
                return Err(refused("the query is not UTF-8".to_owned()));
            };
            set(&mut query, &name, value).map_err(refused)?;
        }
        Ok(query)
    }
}

fn set(query: &mut Query, name: &str, value: String) -> Result<(), String> {
    let number = |value: &str| {
        let number = value.parse::<u64>();
        number.map_err(|_| format!("`{name}` is a number from 0 on, not `{value}`"))
    };
    match name {
        "api" => query.api = Some(value),
        "operation" => query.operation = Some(value),
        "session" => query.session = Some(value),
        "violation" => query.violation = Some(value.as_str().into()),
        "since" => query.since = Some(number(&value)?),
        "limit" => query.limit = Some(usize::try_from(number(&value)?).unwrap_or(usize::MAX)),
        "status" => {
            let statuses = value.parse();
            query.status = Some(statuses.map_err(|error| format!("`{value}` is {error}"))?);
        }
        _ => return Err(format!("`{name}` is not known; there are: {NAMES}")),
    }
    Ok(())
}

fn refused(detail: String) -> Box<Reply> {
    Box::new(problem(StatusCode::BAD_REQUEST, &detail))
}
