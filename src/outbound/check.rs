//! What a receiver answered, held against what the description says that it may answer.

use super::send::MAX_ANSWER;
use crate::{Api, Reply, Violation, answer::Documented, contract::Outgoing};

/// Every way in which an answer leaves what is documented for a request that the API sent.
pub fn check(api: &Api, request: &Outgoing, answer: &Reply) -> Vec<Violation> {
    let documented = Documented {
        replies: &request.replies,
        operation: &request.pointer,
        method: &request.method,
        limit: MAX_ANSWER,
    };
    documented.check(api, answer)
}
