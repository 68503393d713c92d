//! `mynah judge`: recorded exchanges against a description.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, SystemTime},
};

use http::Uri;
use serde_json::Value;

use super::{
    Exit,
    args::{FormatName, Judging},
    console::{Console, Output},
    error::CliError,
    places, recorded,
    reports::{self, write_reports},
};
use crate::{
    Api,
    exchange::Cause,
    journal::{ApiCoverage, Coverage, HarEntry, Known, Record, Secrets},
    report::{self, Case, Outcome, Run, Shortfall, Sources, Suite},
};

/// Judges what was recorded; the exit code says whether anything left the contract.
pub(super) fn judge(judging: &Judging, console: &mut Console<'_>) -> Result<Exit, CliError> {
    reports::prepare(&judging.reporting)?;
    let at = SystemTime::now();
    let choices = judging.compiling.choices();
    let api = places::one(&judging.spec, &choices, &mut console.err)?;
    let mut exchanges = of_journals(judging, &api, &mut console.err)?;
    exchanges.extend(of_archives(judging, &api, &mut console.err)?);
    say_unknown(&exchanges, &mut console.err)?;
    let judged = exchanges.iter().map(|it| judge_one(judging, &api, it));
    let judged: Vec<Arc<Record>> = judged.map(Arc::new).collect();
    let run = Run {
        at,
        suites: vec![suite(&api, &judged)],
    };
    let mut sources = Sources::default();
    let texts = api.description().sources().iter().cloned();
    texts.for_each(|source| sources.add(source));
    let out = &mut console.out;
    let reports = &judging.reporting.reports;
    // A report on standard output is for a program, which no other text may confuse.
    if reports.iter().all(|report| report.file.is_some()) {
        let format = FormatName::Text.format(out.colours);
        let text = report::render(&run, &mut sources, format);
        out.to.write_all(text.as_bytes())?;
        out.to.flush()?;
    }
    write_reports(&run, &mut sources, &judging.reporting, out)?;
    match run.passes() {
        true => Ok(Exit::Done),
        false => Ok(Exit::ContractBroken),
    }
}

/// A recorded exchange, and what of it is known.
struct Recorded {
    record: Record,
    known: Known,
}

fn judge_one(judging: &Judging, api: &Arc<Api>, recorded: &Recorded) -> Record {
    let mut judged = recorded.record.judged_by(api, recorded.known);
    if judging.no_credentials {
        let violations = &mut judged.exchange.violations;
        violations.retain(|it| it.rule.cause() != Cause::Credentials);
    }
    judged
}

fn suite(api: &Arc<Api>, records: &[Arc<Record>]) -> Suite {
    let coverage = Coverage::of(&[Arc::clone(api)]);
    records.iter().for_each(|record| coverage.record(record));
    let origin = records.first().map_or_else(String::new, |it| origin_of(it));
    let mut suite = Suite::of_records(api, &origin, records);
    suite.coverage = Some(coverage.apis().iter().map(ApiCoverage::tally).sum());
    if records.is_empty() {
        // To have judged nothing is not to have seen that all is well.
        let message = format!("nothing that was recorded is for `{}`", api.name());
        suite.cases.push(Case {
            name: "exchanges".to_owned(),
            stated: None,
            exchanges: 0,
            took: Duration::ZERO,
            outcome: Outcome::Tried(vec![Shortfall::NoRequests.problem(message)]),
        });
    }
    suite
}

/// Where a request was sent, without its path.
fn origin_of(record: &Record) -> String {
    let request = &record.exchange.request;
    let authority = request.uri.authority().map(|it| it.as_str());
    let host = authority.or_else(|| request.header(http::header::HOST));
    format!("http://{}", host.unwrap_or("localhost"))
}

/// What journals have of the API.
fn of_journals(
    judging: &Judging,
    api: &Api,
    err: &mut Output<'_>,
) -> Result<Vec<Recorded>, CliError> {
    let mut found = Vec::new();
    let mut others = BTreeSet::new();
    for path in &judging.journals {
        for (record, secrets) in recorded::journal(path, err)? {
            let known = Known {
                secrets,
                request_body: true,
                reply_body: true,
            };
            match &record.api {
                Some(name) if name == api.name() => found.push(Recorded { record, known }),
                Some(other) => {
                    others.insert(other.to_string());
                }
                // What came to no API is no matter of this one.
                None => {}
            }
        }
    }
    match found.is_empty() && !others.is_empty() {
        true => Err(CliError::OtherApis {
            api: api.name().to_string(),
            known: others.into_iter().collect(),
        }),
        false => Ok(found),
    }
}

/// What archives have of the API.
fn of_archives(
    judging: &Judging,
    api: &Api,
    err: &mut Output<'_>,
) -> Result<Vec<Recorded>, CliError> {
    let mut entries = Vec::new();
    for path in &judging.archives {
        entries.extend(recorded::archive(path, err)?);
    }
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let place = Place::of(judging, api, &entries)?;
    let count = entries.len();
    let kept: Vec<HarEntry> = entries
        .into_iter()
        .filter(|it| place.has(&it.url))
        .collect();
    if kept.len() < count {
        let others = count - kept.len();
        err.say(&format!(
            "{others} of {count} exchanges were sent elsewhere and are not judged"
        ))?;
    }
    Ok(kept.into_iter().map(|it| of_entry(it, &place)).collect())
}

fn of_entry(entry: HarEntry, place: &Place) -> Recorded {
    let known = Known {
        secrets: match entry.is_redacted {
            true => Secrets::Redacted,
            false => Secrets::Kept,
        },
        request_body: entry.has_request_body,
        reply_body: entry.has_reply_body,
    };
    Recorded {
        record: entry.record(&place.prefix),
        known,
    }
}

/// Says of how many exchanges a body is missing.
fn say_unknown(exchanges: &[Recorded], err: &mut Output<'_>) -> Result<(), CliError> {
    let missing = |has: fn(&Known) -> bool| exchanges.iter().filter(|it| !has(&it.known)).count();
    for (count, what) in [
        (
            missing(|known| known.request_body),
            "the body of the request",
        ),
        (missing(|known| known.reply_body), "the body of the reply"),
    ] {
        if count > 0 {
            err.say(&format!(
                "{what} was not recorded in {count} of {} exchanges, and is not judged there",
                exchanges.len()
            ))?;
        }
    }
    Ok(())
}

/// Where what is judged was sent.
struct Place {
    /// Scheme and authority.
    origins: Vec<String>,
    /// What of the path is not the API's.
    prefix: String,
}

impl Place {
    /// The address that is asked for; else the description's servers; else the one place that there is.
    fn of(judging: &Judging, api: &Api, entries: &[HarEntry]) -> Result<Self, CliError> {
        if let Some(url) = &judging.url {
            return Ok(Self {
                origins: vec![origin(url)],
                prefix: url.path().trim_end_matches('/').to_owned(),
            });
        }
        let mut there: Vec<String> = Vec::new();
        for entry in entries {
            let origin = origin(&entry.url);
            if !there.contains(&origin) {
                there.push(origin);
            }
        }
        let servers = servers(api);
        let documented: Vec<String> = there
            .iter()
            .filter(|it| servers.contains(it))
            .cloned()
            .collect();
        let origins = match (documented.is_empty(), &there[..]) {
            (false, _) => documented,
            (true, [_]) => there,
            (true, _) => return Err(CliError::OtherPlaces { known: there }),
        };
        Ok(Self {
            origins,
            prefix: String::new(),
        })
    }

    fn has(&self, url: &Uri) -> bool {
        let rest = url.path().strip_prefix(&*self.prefix);
        self.origins.contains(&origin(url))
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Scheme and authority of an address, without a port that goes without saying.
fn origin(url: &Uri) -> String {
    let scheme = url.scheme_str().unwrap_or("http").to_ascii_lowercase();
    let host = url.host().unwrap_or("").to_ascii_lowercase();
    match (url.port_u16(), &*scheme) {
        (None, _) | (Some(80), "http") | (Some(443), "https") => format!("{scheme}://{host}"),
        (Some(port), _) => format!("{scheme}://{host}:{port}"),
    }
}

/// The origins of the servers that a description documents as a whole, with the defaults of their variables.
fn servers(api: &Api) -> Vec<String> {
    let servers = api.description().root()["servers"].as_array();
    let address = |server: &Value| {
        let mut url = server["url"].as_str()?.to_owned();
        let variables = server["variables"].as_object();
        for (name, variable) in variables.into_iter().flatten() {
            let default = variable["default"].as_str().unwrap_or("");
            url = url.replace(&format!("{{{name}}}"), default);
        }
        let url: Uri = url.parse().ok()?;
        url.authority().is_some().then(|| origin(&url))
    };
    servers.into_iter().flatten().filter_map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_port_that_goes_without_saying() {
        for (url, want) in [
            ("https://API.example.com/v1", "https://api.example.com"),
            ("https://api.example.com:443/", "https://api.example.com"),
            ("http://api.example.com:80/", "http://api.example.com"),
            ("http://api.example.com:443/", "http://api.example.com:443"),
            ("http://[::1]:4010/", "http://[::1]:4010"),
        ] {
            assert_eq!(origin(&url.parse().unwrap()), want);
        }
    }
}
