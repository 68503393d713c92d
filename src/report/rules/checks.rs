//! The codes of what a real provider gets wrong.

use super::{About, Rule};
use crate::report::Lapse;

/// The rows, and a function that does not compile when a code is missing in them.
macro_rules! rules {
    ($($lapse:ident: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: Lapse::$lapse.code().into(),
                about: About::Check,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_code(lapse: Lapse) {
            match lapse {
                $(Lapse::$lapse => {})*
            }
        }
    };
}

rules! {
    InvalidAccepted: "A request that breaks a rule of the description is not refused",
        "The provider takes what its description forbids: clients that rely on it break when it is mended. Check what \
         the message names in the provider, or take the rule out of the description. The curl line sends the smallest \
         request that shows it.";
    ValidRefused: "A request that keeps to the description is refused",
        "A client that does what is documented is turned away: mostly the provider has a rule that the description lacks. \
         Describe it, or take it out of the provider. Where the state of things is the reason, 409 says so, and is \
         let pass.";
    ServerError: "The provider fails",
        "A status of 500 and more says that the provider does not know how to go on: no request should bring that about, \
         whatever is wrong with it. Look into the provider's log, with the curl line.";
    CredentialsIgnored: "Credentials that are documented are not needed, or any will do",
        "The operation was served without the credentials that it documents, or with such as nobody has. If everybody \
         may call it, say `security: []`.";
    CredentialsRefused: "The credentials that were given are not taken",
        "The provider answers 401 to the credentials of the environment. See whether the variable has the right value, and \
         whether it may do what the operation does.";
    Allow: "A 405 does not say rightly which methods there are",
        "RFC 9110 section 15.5.6 asks for the header field `Allow` with the methods that the path has. It is missing, lacks \
         one that is documented, or has the one that was refused.";
    MethodAnswered: "A method that is not documented is answered as if it were",
        "HTTP has the status 405 for a method that a path does not have (RFC 9110 section 15.5.6). Describe the operation, or \
         refuse it so.";
    Head: "HEAD is not answered as GET",
        "RFC 9110 section 9.3.2: the reply to `HEAD` has the status and the header fields of that to `GET`, and no content. \
         Caches and checks of links ask so.";
    Link: "What a link of a reply leads to is not there",
        "The operation that a documented link leads to does not know the thing that the reply names; or the reply has no \
         value where the link takes it from, which is the description's to mend.";
    Unanswered: "No whole reply came",
        "The connection was closed early, what came is no HTTP, or it took longer than `--timeout`.";
    NothingServed: "Nothing that an operation does was seen",
        "All requests that keep to the contract were answered with 404 or the like: the things that they are about are not \
         there. Give an example of something that is, or document a link from the reply that names it.";
}
