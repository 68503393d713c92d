//! `mynah send-webhook`: a documented webhook, sent once.

use std::{fs, io::Write};

use super::error::CliError;
use crate::{
    Api, Description, Source, Violation,
    contract::Webhook,
    exchange::OutboundRequest,
    outbound::{Reach, check, send},
    vendors,
};

/// Sends each request of a webhook to an address, and holds each answer against the description.
pub(super) fn send_webhook(
    spec: &str,
    name: &str,
    url: &str,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), CliError> {
    let api = load(spec)?;
    for warning in api.warnings() {
        writeln!(err, "mynah: {warning}")?;
    }
    let webhook = find(&api, spec, name)?;
    let mut broken = 0;
    for documented in &webhook.requests {
        let request = documented
            .to(url, api.description())
            .map_err(CliError::Unsendable)?;
        let answer = answer(&request)?;
        let violations = check(&api, documented, &answer);
        broken += violations.len();
        writeln!(out, "{} {}", request.method, request.url)?;
        writeln!(out, "answered with {}", answer.status)?;
        print(&violations, out)?;
    }
    out.flush()?;
    match broken {
        0 => Ok(()),
        places => Err(CliError::AnswerLeavesContract { places }),
    }
}

fn print(violations: &[Violation], out: &mut dyn Write) -> Result<(), CliError> {
    for violation in violations {
        writeln!(out, "  - {violation}")?;
    }
    Ok(())
}

/// A built-in API, or the one that a file describes.
fn load(spec: &str) -> Result<Api, CliError> {
    let loaded = match vendors::load(spec) {
        Some(loaded) => loaded,
        None => {
            let text = fs::read_to_string(spec).map_err(|source| CliError::Unreadable {
                file: spec.to_owned(),
                source,
            })?;
            Description::load(Source::new(spec, text))
                .map_err(|finding| vec![finding])
                .and_then(Api::compile)
        }
    };
    loaded.map_err(|findings| CliError::BadDescription {
        name: spec.to_owned(),
        findings,
    })
}

fn find<'a>(api: &'a Api, spec: &str, name: &str) -> Result<&'a Webhook, CliError> {
    let webhook = api.webhooks().iter().find(|webhook| webhook.name == name);
    match webhook {
        Some(webhook) if webhook.requests.is_empty() => Err(CliError::UnsentWebhook {
            name: name.to_owned(),
        }),
        Some(webhook) => Ok(webhook),
        None => Err(CliError::UnknownWebhook {
            name: name.to_owned(),
            spec: spec.to_owned(),
            known: api.webhooks().iter().map(|it| it.name.clone()).collect(),
        }),
    }
}

/// The answer to a request. Whoever names an address on a command line may send there.
fn answer(request: &OutboundRequest) -> Result<crate::Reply, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::Start(crate::server::StartError::System(error)))?;
    let answered = runtime.block_on(send(request, Reach::Anywhere));
    answered.map_err(|source| CliError::Unanswered {
        url: request.url.to_string(),
        source,
    })
}
