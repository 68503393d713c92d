//! Which records are asked for.

use std::{ops::RangeInclusive, str::FromStr};

use http::StatusCode;

use super::Record;

/// Which records are asked for. Every part that is given has to hold; none is all of them.
///
/// ```
/// use mynah::journal::{Journal, Query};
///
/// let refused = Query { status: Some("4XX".parse().unwrap()), ..Query::default() };
/// assert!(Journal::default().find(&refused).is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The name of the API.
    pub api: Option<String>,
    /// The operation, as `POST /pets`.
    pub operation: Option<String>,
    /// The status of the reply.
    pub status: Option<Statuses>,
    /// What leaves the contract, in the request or the reply.
    pub violation: Option<Broken>,
    /// The session of the client.
    pub session: Option<String>,
    /// Only records with a number above this one.
    pub since: Option<u64>,
    /// At most so many: the first after `since` where that is given, else the last.
    pub limit: Option<usize>,
}

/// One status, or all of a hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statuses(RangeInclusive<u16>);

/// What of the contract is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Anything.
    Any,
    /// The rule of this code, such as `required`.
    Rule(String),
}

impl Query {
    /// Whether a record is asked for, whatever the limit.
    pub fn matches(&self, record: &Record) -> bool {
        let exchange = &record.exchange;
        let is = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
        };
        is(&self.api, record.api.as_deref())
            && is(&self.operation, exchange.operation.as_deref())
            && is(&self.session, record.session.as_deref())
            && self.since.is_none_or(|number| record.number > number)
            && self
                .status
                .as_ref()
                .is_none_or(|wanted| wanted.contain(exchange.reply.status))
            && self.violation.as_ref().is_none_or(|it| it.is_in(record))
    }

    /// Those that are asked for, of records in their order.
    pub(super) fn of<R: AsRef<Record>>(&self, records: Vec<R>) -> Vec<R> {
        let matching = |record: &R| self.matches(record.as_ref());
        let mut found: Vec<R> = records.into_iter().filter(matching).collect();
        let limit = self.limit.unwrap_or(usize::MAX);
        match self.since {
            Some(_) => found.truncate(limit),
            None => drop(found.drain(..found.len().saturating_sub(limit))),
        }
        found
    }
}

impl Statuses {
    /// Whether a status is one of them.
    pub fn contain(&self, status: StatusCode) -> bool {
        self.0.contains(&status.as_u16())
    }
}

/// `404`, or `4XX` for all of them.
impl FromStr for Statuses {
    type Err = NoStatus;

    fn from_str(text: &str) -> Result<Self, NoStatus> {
        match text.as_bytes() {
            [digit @ b'1'..=b'9', b'X' | b'x', b'X' | b'x'] => {
                let hundreds = u16::from(digit - b'0') * 100;
                Ok(Self(hundreds..=hundreds + 99))
            }
            [b'1'..=b'9', _, _] => {
                let code = text.parse().map_err(|_| NoStatus)?;
                Ok(Self(code..=code))
            }
            _ => Err(NoStatus),
        }
    }
}

/// A text that is no status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoStatus;

impl std::fmt::Display for NoStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a status such as 404, or 4XX for all of them")
    }
}

impl std::error::Error for NoStatus {}

impl Broken {
    fn is_in(&self, record: &Record) -> bool {
        match self {
            Self::Any => !record.keeps_contract(),
            Self::Rule(code) => record.violations().any(|it| it.rule.code() == code),
        }
    }
}

/// `any`, or the code of a rule.
impl From<&str> for Broken {
    fn from(text: &str) -> Self {
        match text {
            "any" => Self::Any,
            code => Self::Rule(code.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{
        super::tests::{record, violated},
        *,
    };
    use crate::exchange::Rule;

    fn numbers(query: &Query) -> Vec<u64> {
        let mut records = vec![
            record("GET", "/pets"),
            violated(record("GET", "/pets?limit=x"), Rule::Syntax),
            violated(record("GET", "/none"), Rule::UnknownPath),
            record("POST", "/pets"),
        ];
        records[0].api = Some("pets".into());
        records[1].api = Some("pets".into());
        records[3].session = Some("one".into());
        records[3].exchange.operation = Some("POST /pets".into());
        for (number, record) in (1..).zip(&mut records) {
            record.number = number;
        }
        let records = records.into_iter().map(Arc::new).collect();
        query.of(records).iter().map(|it| it.number).collect()
    }

    #[test]
    fn every_part_has_to_hold() {
        let all = Query::default;
        let status = |text: &str| Some(text.parse().unwrap());
        for (query, want) in [
            (all(), &[1, 2, 3, 4][..]),
            (
                Query {
                    api: Some("pets".into()),
                    ..all()
                },
                &[1, 2],
            ),
            (
                Query {
                    operation: Some("POST /pets".into()),
                    ..all()
                },
                &[4],
            ),
            (
                Query {
                    session: Some("one".into()),
                    ..all()
                },
                &[4],
            ),
            (
                Query {
                    status: status("200"),
                    ..all()
                },
                &[1, 4],
            ),
            (
                Query {
                    status: status("4XX"),
                    ..all()
                },
                &[2, 3],
            ),
            (
                Query {
                    violation: Some("any".into()),
                    ..all()
                },
                &[2, 3],
            ),
            (
                Query {
                    violation: Some("syntax".into()),
                    ..all()
                },
                &[2],
            ),
            (
                Query {
                    since: Some(2),
                    ..all()
                },
                &[3, 4],
            ),
            (
                Query {
                    limit: Some(1),
                    ..all()
                },
                &[4],
            ),
            (
                Query {
                    since: Some(1),
                    limit: Some(2),
                    ..all()
                },
                &[2, 3],
            ),
            (
                Query {
                    api: Some("pets".into()),
                    status: status("4xx"),
                    ..all()
                },
                &[2],
            ),
        ] {
            assert_eq!(numbers(&query), want, "{query:?}");
        }
    }

    #[test]
    fn a_status_is_a_code_or_a_hundred() {
        for text in ["", "40", "4000", "4X", "XX4", "04X", "4 4", "+40", "abc"] {
            assert!(text.parse::<Statuses>().is_err(), "{text}");
        }
    }
}
