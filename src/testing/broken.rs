//! What a failed assertion says: the exchanges that left the contract, for a person to read.

use std::fmt;

use crate::{Exchange, Violation, exchange::Reply};

/// The most exchanges shown.
const MOST_SHOWN: usize = 20;

/// The most characters of a reply shown.
const EXCERPT: usize = 200;

/// Exchanges with violations, and how many there were in all.
pub(super) struct Broken<'a> {
    api: &'a str,
    /// With the number of each, from 1 on.
    found: Vec<(u64, &'a Exchange)>,
    kept: usize,
    dropped: u64,
}

impl<'a> Broken<'a> {
    /// Those of an API's exchanges that have violations; none when all are known to have none.
    pub(super) fn find(api: &'a str, exchanges: &'a [Exchange], dropped: u64) -> Option<Self> {
        let numbered = (dropped + 1..).zip(exchanges);
        let found: Vec<_> = numbered
            .filter(|(_, exchange)| !exchange.violations.is_empty())
            .collect();
        (!found.is_empty() || dropped > 0).then_some(Self {
            api,
            found,
            kept: exchanges.len(),
            dropped,
        })
    }

    fn violations(&self) -> usize {
        let exchanges = self.found.iter();
        exchanges
            .map(|(_, exchange)| exchange.violations.len())
            .sum()
    }
}

impl fmt::Display for Broken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leave = if self.found.len() == 1 {
            "leaves"
        } else {
            "leave"
        };
        write!(
            f,
            "{} of {} to `{}` {leave} the contract, in {}",
            self.found.len(),
            counted(self.kept, "request"),
            self.api,
            counted(self.violations(), "place"),
        )?;
        for (number, exchange) in self.found.iter().take(MOST_SHOWN) {
            write_exchange(f, *number, exchange)?;
        }
        if self.found.len() > MOST_SHOWN {
            write!(f, "\n\n... and {} more", self.found.len() - MOST_SHOWN)?;
        }
        if self.dropped > 0 {
            write!(
                f,
                "\n\nWhat came before is not kept any more ({}), so nobody can tell about it: call `forget()` between phases",
                counted(self.dropped, "request")
            )?;
        }
        Ok(())
    }
}

fn write_exchange(f: &mut fmt::Formatter<'_>, number: u64, exchange: &Exchange) -> fmt::Result {
    let request = &exchange.request;
    write!(f, "\n\n#{number} {} {}", request.method, request.uri)?;
    for violation in &exchange.violations {
        write_violation(f, violation)?;
    }
    write_reply(f, &exchange.reply)
}

fn write_violation(f: &mut fmt::Formatter<'_>, violation: &Violation) -> fmt::Result {
    write!(f, "\n  - {violation}")
}

fn write_reply(f: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
    write!(f, "\n  answered with {}", reply.status)?;
    match std::str::from_utf8(&reply.body) {
        Ok("") => Ok(()),
        Ok(text) => write!(f, ": {}", excerpt(text)),
        Err(_) => write!(f, ", {}", counted(reply.body.len(), "byte")),
    }
}

/// The beginning of a text, in one line and without what a terminal would obey.
fn excerpt(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

/// A number with its noun, as `1 request` or `2 requests`.
fn counted(number: impl fmt::Display, noun: &str) -> String {
    match number.to_string().as_str() {
        "1" => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::{Method, StatusCode};
    use insta::assert_snapshot;

    use super::*;
    use crate::{
        Request,
        description::Location,
        exchange::{Choice, Place, ReplySource, Rule, Why},
    };

    fn exchange(
        method: Method,
        target: &str,
        violations: Vec<Violation>,
        reply: Reply,
    ) -> Exchange {
        let request = http::Request::builder().method(method).uri(target);
        let why = match violations.first() {
            Some(violation) => Why::Refused(violation.rule.cause()),
            None => Why::Default,
        };
        Exchange {
            request: Request::from(request.body("".into()).unwrap()),
            operation: None,
            violations,
            reply_violations: Vec::new(),
            choice: Choice {
                status: reply.status,
                media_type: None,
                source: ReplySource::Nothing,
                why,
            },
            reply: Arc::new(reply),
            callbacks: Vec::new(),
        }
    }

    fn fine() -> Exchange {
        let reply = Reply::with_content(StatusCode::OK, "application/json", "{}");
        exchange(Method::POST, "/api/v1/conversations", Vec::new(), reply)
    }

    fn refused() -> Exchange {
        let stated = |line, column| {
            let file = "specs/libredesk.yaml".into();
            Some(Location { file, line, column })
        };
        let violations = vec![
            Violation {
                place: Place::Header("Authorization".into()),
                rule: Rule::CredentialMissing,
                message: "no credentials: send Basic or Bearer ones".to_owned(),
                stated: stated(9, 3),
            },
            Violation {
                place: Place::Body("/contact_email".to_owned()),
                rule: Rule::Format("email".to_owned()),
                message: "\"nobody\" is no email".to_owned(),
                stated: stated(103, 19),
            },
        ];
        let body = "{\n  \"status\": \"error\",\n  \"message\": \"Invalid\"\n}\n";
        let reply = Reply::with_content(StatusCode::UNAUTHORIZED, "application/json", body);
        exchange(Method::POST, "/api/v1/conversations?x=1", violations, reply)
    }

    fn lost() -> Exchange {
        let violation = Violation {
            place: Place::Path,
            rule: Rule::UnknownPath,
            message: "the description has no such path".to_owned(),
            stated: None,
        };
        let reply = Reply::empty(StatusCode::NOT_FOUND);
        exchange(Method::GET, "/nowhere", vec![violation], reply)
    }

    fn text(exchanges: &[Exchange], dropped: u64) -> String {
        Broken::find("libredesk", exchanges, dropped)
            .unwrap()
            .to_string()
    }

    #[test]
    fn every_violation_is_shown_with_its_reply() {
        assert_snapshot!(text(&[refused(), fine(), lost()], 0), @r#"
        2 of 3 requests to `libredesk` leave the contract, in 3 places

        #1 POST /api/v1/conversations?x=1
          - header `Authorization`: no credentials: send Basic or Bearer ones [credential-missing] (specs/libredesk.yaml:9:3)
          - body `/contact_email`: "nobody" is no email [format] (specs/libredesk.yaml:103:19)
          answered with 401 Unauthorized: { "status": "error", "message": "Invalid" }

        #3 GET /nowhere
          - path: the description has no such path [unknown-path]
          answered with 404 Not Found
        "#);
    }

    #[test]
    fn one_is_one() {
        assert_snapshot!(text(&[lost()], 0), @r"
        1 of 1 request to `libredesk` leaves the contract, in 1 place

        #1 GET /nowhere
          - path: the description has no such path [unknown-path]
          answered with 404 Not Found
        ");
    }

    #[test]
    fn what_is_no_longer_known_is_no_pass() {
        assert_snapshot!(text(&[fine(), lost()], 7), @r"
        1 of 2 requests to `libredesk` leaves the contract, in 1 place

        #9 GET /nowhere
          - path: the description has no such path [unknown-path]
          answered with 404 Not Found

        What came before is not kept any more (7 requests), so nobody can tell about it: call `forget()` between phases
        ");
        assert!(Broken::find("libredesk", &[fine()], 1).is_some());
    }

    #[test]
    fn exchanges_without_violations_are_nothing_to_say() {
        assert!(Broken::find("libredesk", &[fine(), fine()], 0).is_none());
    }

    #[test]
    fn of_very_many_the_first_are_shown() {
        let many: Vec<_> = std::iter::repeat_with(lost).take(MOST_SHOWN + 2).collect();
        let text = text(&many, 0);
        assert!(text.contains("\n\n#20 GET"), "{text}");
        assert!(text.ends_with("\n\n... and 2 more"), "{text}");
    }

    #[test]
    fn a_reply_is_shown_in_one_bounded_line() {
        let long = "é".repeat(EXCERPT + 1);
        for (body, want) in [
            (
                &b"a\r\n\tb\x1b[1m"[..],
                "500 Internal Server Error: a b [1m",
            ),
            (&[0xff, 0xfe], "500 Internal Server Error, 2 bytes"),
            (long.as_bytes(), &format!(": {}...", "é".repeat(EXCERPT))),
        ] {
            let body = body.to_vec();
            let reply = Reply::with_content(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", body);
            let mut exchange = lost();
            exchange.reply = Arc::new(reply);
            let text = text(&[exchange], 0);
            assert!(text.ends_with(want), "{text}");
        }
    }
}
