//! What a description may not be: nothing in it that cannot be held against requests is let pass.

mod callbacks;
mod documents;
mod examples;
mod findings;
mod hostile;
mod keywords;
mod large;
mod links;
mod made;
mod references;
mod remote;
mod samples;

use mynah::{Api, Description, Finding, Source};

/// Compiles a description under the name `api.yaml`.
fn compile(text: &str) -> Result<Api, Vec<Finding>> {
    Description::load(Source::new("api.yaml", text))
        .map_err(|finding| vec![finding])
        .and_then(Api::compile)
}
