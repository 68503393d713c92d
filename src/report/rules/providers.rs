//! The codes of what a provider does wrong when it is tested.

use super::{About, Rule};
use crate::report::Conduct;

/// The rows, and a function that does not compile when a code is missing in them.
macro_rules! rules {
    ($($conduct:ident: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: Conduct::$conduct.code().into(),
                about: About::Provider,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_code(conduct: Conduct) {
            match conduct {
                $(Conduct::$conduct => {})*
            }
        }
    };
}

rules! {
    ServerError: "A failure of the provider",
        "The provider answered with a 5xx, which no request should bring about. Repeat the request that is shown, and \
         look into the provider's log.";
    ValidRefused: "A request that keeps to the contract is refused",
        "The description allows the request, and the provider does not serve it. Either the provider is stricter than \
         its description, which should then say so (`required`, `pattern`, `enum`, a bound), or it refuses by mistake.";
    InvalidAccepted: "A request that leaves the contract is served",
        "The description forbids the request for the rule that is named, and the provider serves it. Validate it there, \
         or take the rule out of the description.";
    CredentialsIgnored: "A request is served without the credentials that are needed",
        "The description asks for credentials, and the provider serves a request that has none, or some that nobody \
         has. Check them there; or, where the operation is open to everyone, say `security: []`.";
    CredentialsRefused: "The credentials that were given are refused",
        "A 401 came for a request with the credentials of the environment, so nothing else of the operation can be \
         tested. Set `MYNAH_CREDENTIAL_NAME` for the security scheme NAME to credentials that are right.";
    MethodAnswered: "A method that is not documented is answered as if it were",
        "HTTP has the status 405 for a method that a path does not have (RFC 9110 section 15.5.6). Document the \
         operation, or refuse it so.";
    Head: "`HEAD` is not answered as `GET` is",
        "`HEAD` has the status and the header fields of `GET`, without the content (RFC 9110 section 9.3.2). Most \
         frameworks do this by themselves; correct what stands in the way.";
    Allow: "`Allow` does not list the methods that there are",
        "A 405 has an `Allow` field that lists the methods of the path (RFC 9110 section 15.5.6), which are those that \
         the description has. Add what is missing, to the field or to the description.";
    Link: "A link of a reply does not lead where it is said to",
        "The description links the reply to another operation, and the request that this makes is not served, or \
         cannot be made from the reply. Correct the link's parameters, or what the provider does with them.";
    NothingServed: "No request to an operation that keeps to the contract was served",
        "What the requests are about is not there, such as an item of the id that was made up, so the operation is not \
         tested. Document an example of what is there, or a link that leads there.";
}
