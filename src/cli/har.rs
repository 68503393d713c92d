//! `mynah har`: journals as an HTTP Archive.

use std::sync::Arc;

use super::{Exit, args::Archiving, console::Console, error::CliError, places, recorded};
use crate::{
    Api,
    journal::{Secrets, Shown, to_har},
};

/// Writes what journals have, one after the other, as one archive.
pub(super) fn har(archiving: &Archiving, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let apis = apis(archiving, console)?;
    let mut records = Vec::new();
    for path in &archiving.journals {
        for (record, secrets) in recorded::journal(path, &mut console.err)? {
            let is_described = |api: &Arc<Api>| Some(api.name()) == record.api.as_ref();
            let is_safe = secrets == Secrets::Redacted
                || archiving.secrets
                || (record.api.is_none() && !apis.is_empty())
                || apis.iter().any(is_described);
            if !is_safe {
                return Err(CliError::UntoldSecrets {
                    file: path.display().to_string(),
                    api: record.api.map(|api| api.to_string()),
                });
            }
            records.push((record, secrets));
        }
    }
    let shown = records.iter().map(|(record, secrets)| match secrets {
        Secrets::Kept if !archiving.secrets => Shown::without_secrets(record, &apis),
        Secrets::Kept => Shown::whole(record),
        Secrets::Redacted => Shown {
            is_redacted: true,
            ..Shown::whole(record)
        },
    });
    let shown: Vec<Shown<'_>> = shown.collect();
    let out = &mut *console.out.to;
    // The address of the server is not in a journal; clients mostly name it.
    out.write_all(&to_har(&shown, "http://localhost"))?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The descriptions by which secrets are known.
fn apis(archiving: &Archiving, console: &mut Console<'_>) -> Result<Vec<Arc<Api>>, CliError> {
    if archiving.spec.is_empty() {
        return Ok(Vec::new());
    }
    let choices = archiving.reading.choices();
    let apis = places::apis(&archiving.spec, &choices, &mut console.err)?;
    Ok(apis.into_iter().map(Arc::new).collect())
}
