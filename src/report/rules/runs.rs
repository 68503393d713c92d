//! The codes of what a run as a whole falls short of.

use super::{About, Rule};
use crate::report::Shortfall;

/// The rows, and a function that does not compile when a code is missing in them.
macro_rules! rules {
    ($($shortfall:ident: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: Shortfall::$shortfall.code().into(),
                about: About::Run,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_code(shortfall: Shortfall) {
            match shortfall {
                $(Shortfall::$shortfall => {})*
            }
        }
    };
}

rules! {
    NoRequests: "An API that no request came to",
        "A run without requests proves nothing: mostly the program under test has another address. It is told the \
         address by the variables that `mynah run` sets, and a proxy (`HTTP_PROXY`) may take requests away. Where no \
         request is right, say so with `--allow-no-requests`.";
    CoverageTooLow: "Less of what is documented was exercised than is asked for",
        "Operations, parameters, media types of requests, documented replies and named examples are counted; each is \
         exercised by one exchange. Add tests for what is listed as not exercised (a documented error is asked for with \
         `Prefer: code=409`), or lower `--min-coverage`.";
    JournalOverflow: "More requests than are kept, so that nobody can tell about the first of them",
        "What fell off was not judged, and a run passes only where everything was. Run fewer tests at once, each part \
         with its own `mynah run`.";
    ExpectationUnmet: "A request that says that it breaks a rule, and does not",
        "`Mynah-Expect: required` in a request says that it is meant to break this rule, as a test of error handling \
         does; then it does not fail the run. This one keeps to the rule: correct the request, or take the header \
         field away.";
}
