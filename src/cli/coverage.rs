//! `mynah coverage`: what of descriptions journals exercised.

use std::sync::Arc;

use super::{Exit, args::Counting, console::Console, error::CliError, places, recorded};
use crate::{
    Api,
    journal::{ApiCoverage, Coverage, Tally},
    report::render_coverage,
};

/// Counts what journals have, all together, and writes it; the exit code says whether it is enough.
pub(super) fn coverage(counting: &Counting, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let choices = counting.compiling.choices();
    let apis = places::apis(&counting.names, &choices, &mut console.err)?;
    let apis: Vec<Arc<Api>> = apis.into_iter().map(Arc::new).collect();
    let coverage = Coverage::of(&apis);
    for path in &counting.journals {
        let records = recorded::journal(path, &mut console.err)?;
        records
            .iter()
            .for_each(|(record, _)| coverage.record(record));
    }
    let out = &mut *console.out.to;
    let text = render_coverage(&coverage, counting.format.format());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    let tally: Tally = coverage.apis().iter().map(ApiCoverage::tally).sum();
    match counting.min_coverage {
        Some(wanted) if tally.ratio() * 100.0 < wanted => {
            Err(CliError::TooLittleCovered { tally, wanted })
        }
        _ => Ok(Exit::Done),
    }
}
