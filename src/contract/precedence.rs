//! Which of several faults of a request decides, and the statuses that suit it.

use std::fmt;

use http::StatusCode;

use crate::exchange::Cause;

/// Which of several faults of a request decides, and the statuses that suit it: plain data, which
/// the engine follows.
#[derive(Clone, Copy)]
pub struct Precedence {
    name: &'static str,
    /// The gravest cause has the lowest rank.
    rank: fn(Cause) -> u8,
    /// The statuses that suit a cause, the best first.
    suitable: fn(Cause) -> &'static [StatusCode],
}

impl Precedence {
    /// The order in which servers find out, and the statuses that HTTP has for it (RFC 9110
    /// section 15.5).
    pub const HTTP: Self = Self {
        name: "HTTP",
        rank: |cause| cause as u8,
        suitable: |cause| match cause {
            Cause::Path => &[StatusCode::NOT_FOUND],
            Cause::Method => &[StatusCode::METHOD_NOT_ALLOWED],
            Cause::Description => &[StatusCode::NOT_IMPLEMENTED],
            Cause::Credentials => &[StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN],
            Cause::Preference => &[StatusCode::BAD_REQUEST],
            Cause::MediaType => &[StatusCode::UNSUPPORTED_MEDIA_TYPE],
            Cause::Size => &[StatusCode::PAYLOAD_TOO_LARGE],
            Cause::Syntax => &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY],
            Cause::Content => &[StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST],
            Cause::NotAcceptable => &[StatusCode::NOT_ACCEPTABLE],
        },
    };

    /// What Prism documents ("Errors", "Request Validation" and the decision diagram of its guides):
    /// all that is wrong with a request is 422, a preference counts for valid requests only, and one
    /// for what is not documented is 404.
    pub const PRISM: Self = Self {
        name: "PRISM",
        rank: |cause| match cause {
            Cause::Path => 0,
            Cause::Method => 1,
            Cause::Description => 2,
            Cause::Credentials => 3,
            Cause::MediaType => 4,
            Cause::Size => 5,
            Cause::Syntax => 6,
            Cause::Content => 7,
            Cause::Preference => 8,
            Cause::NotAcceptable => 9,
        },
        suitable: |cause| match cause {
            Cause::Path | Cause::Preference => &[StatusCode::NOT_FOUND],
            Cause::Method => &[StatusCode::METHOD_NOT_ALLOWED],
            Cause::Description => &[StatusCode::NOT_IMPLEMENTED],
            Cause::Credentials => &[StatusCode::UNAUTHORIZED],
            Cause::MediaType => &[
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                StatusCode::UNPROCESSABLE_ENTITY,
                StatusCode::BAD_REQUEST,
            ],
            Cause::Size => &[StatusCode::PAYLOAD_TOO_LARGE],
            Cause::Syntax | Cause::Content => {
                &[StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST]
            }
            Cause::NotAcceptable => &[StatusCode::NOT_ACCEPTABLE],
        },
    };

    /// The cause that decides; `None` when there is none.
    pub fn gravest(&self, causes: impl Iterator<Item = Cause>) -> Option<Cause> {
        causes.min_by_key(|cause| (self.rank)(*cause))
    }

    /// The statuses that suit a cause, the best first; never none.
    pub fn suitable(&self, cause: Cause) -> &'static [StatusCode] {
        (self.suitable)(cause)
    }
}

impl Default for Precedence {
    fn default() -> Self {
        Self::HTTP
    }
}

impl fmt::Debug for Precedence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Precedence::{}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Cause; 10] = [
        Cause::Path,
        Cause::Method,
        Cause::Description,
        Cause::Credentials,
        Cause::Preference,
        Cause::MediaType,
        Cause::Size,
        Cause::Syntax,
        Cause::Content,
        Cause::NotAcceptable,
    ];

    #[test]
    fn each_cause_has_a_rank_of_its_own_and_a_status() {
        for precedence in [Precedence::HTTP, Precedence::PRISM] {
            let ranks: std::collections::HashSet<u8> =
                ALL.iter().map(|cause| (precedence.rank)(*cause)).collect();
            assert_eq!(ranks.len(), ALL.len(), "{precedence:?}");
            assert!(
                ALL.iter()
                    .all(|cause| !precedence.suitable(*cause).is_empty())
            );
        }
    }

    #[test]
    fn a_preference_comes_last_with_prism_but_for_the_media_type_of_the_reply() {
        let both = || [Cause::Content, Cause::Preference].into_iter();
        assert_eq!(Precedence::HTTP.gravest(both()), Some(Cause::Preference));
        assert_eq!(Precedence::PRISM.gravest(both()), Some(Cause::Content));
        assert_eq!(Precedence::PRISM.gravest([].into_iter()), None);
    }
}
