//! `mynah send-webhook`: a documented webhook, sent once.

use std::io::Write;

use super::{Exit, args::Sending, console::Console, error::CliError, places};
use crate::{
    Api, Violation,
    contract::Webhook,
    exchange::OutboundRequest,
    outbound::{check, send},
    reach::Reach,
};

/// Sends each request of a webhook to an address, and holds each answer against the description.
pub(super) fn send_webhook(sending: &Sending, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = sending.compiling.choices();
    let api = places::one(&sending.spec, &choices, &mut console.err)?;
    let out = &mut *console.out.to;
    let webhook = find(&api, &sending.spec, &sending.name)?;
    let mut broken = 0;
    for documented in &webhook.requests {
        let request = documented
            .to(&sending.url, api.description())
            .map_err(CliError::Unsendable)?;
        let answer = answer(&request)?;
        let violations = check(&api, documented, &answer);
        broken += violations.len();
        writeln!(out, "{} {}", request.method, request.url)?;
        writeln!(out, "answered with {}", answer.status)?;
        print(&violations, &mut *out)?;
    }
    out.flush()?;
    match broken {
        0 => Ok(Exit::Done),
        places => Err(CliError::AnswerLeavesContract { places }),
    }
}

fn print(violations: &[Violation], out: &mut dyn Write) -> Result<(), CliError> {
    for violation in violations {
        writeln!(out, "  - {violation}")?;
    }
    Ok(())
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
