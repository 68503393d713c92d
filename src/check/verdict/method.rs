//! What came of a method that is not documented, and of `HEAD`.

use http::{Method, StatusCode, header::ALLOW};

use super::{Outcome, Verdict, problem, reply::reply_problems};
use crate::{
    Exchange,
    check::{self, trial::Target},
    description::Severity,
    exchange::Place,
    report::{Conduct, Problem},
};

/// A method that is not documented is answered with 405, which names those that are (RFC 9110 section
/// 15.5.6). Who may not call anything is told that first.
pub(super) fn of_method(documented: &[Method], exchange: &Exchange) -> Verdict {
    let reply = &exchange.reply;
    let code = reply.status.as_u16();
    let method = &exchange.request.method;
    if code == 405 && reply.headers.contains_key(ALLOW) {
        let fields = reply.headers.get_all(ALLOW).iter();
        let fields = fields.filter_map(|field| field.to_str().ok());
        let named: Vec<&str> = fields.flat_map(|it| it.split(',')).map(str::trim).collect();
        let lacks = documented.iter().find(|it| !named.contains(&it.as_str()));
        let message = match lacks {
            Some(lacks) => format!(
                "`{lacks}` is documented, and not among {}",
                named.join(", ")
            ),
            None if named.contains(&method.as_str()) => {
                format!("`{method}` is said to be there, and refused")
            }
            None => {
                return Verdict {
                    problems: Vec::new(),
                    outcome: Outcome::Refused,
                };
            }
        };
        return Verdict::of(problem(
            Conduct::Allow,
            Place::Header("Allow".into()),
            message,
        ));
    }
    match code {
        405 => {
            let message = "a 405 has to say which methods there are (RFC 9110 section 15.5.6)";
            Verdict::of(problem(
                Conduct::Allow,
                Place::Header("Allow".into()),
                message.to_owned(),
            ))
        }
        401 | 403 | 501 => Verdict::nothing(),
        _ => {
            let message = format!(
                "{code} for `{method}`, which is not documented; HTTP has 405 for that (RFC 9110 section 15.5.6)"
            );
            let severity = match reply.status.is_client_error() {
                true => Severity::Warning,
                false => Severity::Error,
            };
            Verdict::of(Problem {
                severity,
                ..problem(Conduct::MethodAnswered, Place::Method, message)
            })
        }
    }
}

/// `HEAD` has the status and the header fields of `GET` (RFC 9110 section 9.3.2).
pub(super) fn of_head(
    target: &Target<'_>,
    status: StatusCode,
    length: Option<u64>,
    exchange: &Exchange,
) -> Verdict {
    let reply = &exchange.reply;
    if reply.status != status {
        let (head, get) = (reply.status.as_u16(), status.as_u16());
        let message = format!("{head} for `HEAD`, where `GET` has {get} (RFC 9110 section 9.3.2)");
        return Verdict::of(problem(Conduct::Head, Place::Status, message));
    }
    let own = check::length(&reply.headers);
    if own == Some(0) && length.is_some_and(|length| length > 0) {
        let message = "0 for `HEAD`, where `GET` has content (RFC 9110 section 8.6)".to_owned();
        return Verdict::of(problem(
            Conduct::Head,
            Place::Header("Content-Length".into()),
            message,
        ));
    }
    Verdict {
        problems: reply_problems(target, exchange),
        outcome: Outcome::Nothing,
    }
}
