//! The codes of violations that are Mynah's own; those of JSON Schema are beside.

use super::{About, Rule};
use crate::exchange::Rule as Broken;

/// The rows, and a function that does not compile when a rule is missing in them.
macro_rules! rules {
    ($($rule:ident $(($operand:expr))?: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: Broken::$rule$(($operand))?.code().to_owned().into(),
                about: About::Exchange,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_rule(rule: &Broken) {
            match rule {
                $(Broken::$rule { .. } => {})*
                // Their codes are keywords of JSON Schema.
                Broken::Bound(..) | Broken::Keyword(..) => {}
            }
        }
    };
}

rules! {
    UnknownPath: "A path that the description does not have",
        "No operation is described at the path of the request. Correct the path in the client: look for a base path \
         given twice or not at all, a version, a parameter that is empty. If the real API has it, describe it.";
    UnknownMethod: "A method that the description does not have at this path",
        "The path is described, but not with this method; the reply's `Allow` lists those that are. Correct the method \
         in the client, or describe the operation.";
    Undecidable: "A schema that the value cannot be held against",
        "The schema was proven to be one when the description was compiled, and still gave no validator. Nobody can tell \
         whether the request is right, so it is not let pass. The fault is the description's or Mynah's, not the \
         client's; write the schema in another way.";
    NothingToAnswer: "An operation that no valid reply can be made for",
        "No example is documented, and nothing that the schema of the reply allows was found. The fault is the \
         description's: document an example, or mend the schema.";
    Faulty: "An operation whose description has faults",
        "It is served with `--lenient` only, and answers 501. `mynah lint` names the faults; mend them.";
    CredentialMissing: "A request without credentials that the operation asks for",
        "None of the documented alternatives is complete. Send the header field, query parameter or cookie that the \
         message names. Any value of the right form will do: a fake has no users.";
    CredentialMalformed: "A credential that does not have the form of its scheme",
        "The field is there, but its value is not what the scheme asks for, such as `Bearer` followed by a token, or \
         `Basic` followed by Base64 of `user:password`. Correct how the client writes it.";
    UnsupportedMediaType: "A body of a media type that the operation does not take",
        "The `Content-Type` of the request is none of those that are documented, or it is missing. Send one of those \
         that the message lists, and a body of that kind.";
    TooLarge: "A body that is longer than the limit once its content codings are undone",
        "A small body with a content coding can be a very large one without. Send less, or raise the limit with \
         `--max-body`.";
    TooComplex: "A value that takes too many steps to hold against its schema",
        "The schema leads to itself on several ways, so that each level of the value makes it twice as much work. Send a \
         value of fewer levels, or write the schema so that one branch can be told from the others (`discriminator`).";
    TooSlow: "A body that was not complete in the time that there is for it",
        "The client began a body and did not end it: mostly a `Content-Length` that is larger than the body, or a \
         stream that is not closed. Send the whole, or give it more time with `--body-timeout`.";
    NotAcceptable: "None of the documented media types of the reply is acceptable to the client",
        "The `Accept` of the request names no media type that the operation documents. Correct `Accept`, or leave it \
         out.";
    PreferUnknown: "A preference for what is not documented",
        "`Prefer` asks for a status or an example that the operation does not document, or another header field of \
         Mynah's own has a value that there is not. The message lists what there is.";
    Undeclared: "A query parameter or a body that is not described, where only described ones may be",
        "With `--strict`, what is not described is refused: often it is a misspelt name, and the message says which was \
         probably meant. Correct the name, or describe the parameter or the body.";
    ReadOnly: "A property that the server alone sets, in a request",
        "The schema has the property as `readOnly`, and `--read-only reject` refuses such ones. Leave it out of what the \
         client sends, or take another `--read-only`.";
    Required: "Something required is missing",
        "A property, parameter, header field, cookie or body that the description requires is not there. The place in \
         the message is where it belongs. Names are case-sensitive; a value that is there under another name counts as \
         missing.";
    Syntax: "A body or parameter that cannot be read as what it is said to be",
        "The body is not JSON, not a form, not XML, as its `Content-Type` says; or a parameter is not written in the \
         style that the description gives it. The message says where reading ended.";
    Type(String::new()): "A value of another type",
        "The schema asks for another JSON type: often a number written as a string, or `null` where the property should \
         be left out. Send the type that the message names.";
    Format(String::new()): "A string that does not have the format",
        "The schema names a format, such as `date-time`, `email` or `uuid`, and the string does not have it. Mynah \
         checks formats as JSON Schema defines them.";
    Pattern(String::new()): "A string that does not match the pattern",
        "The schema has a regular expression that the string has to match. It matches anywhere in the string unless \
         it begins with `^` and ends with `$`.";
    Enum(Vec::new()): "A value that is not one of those allowed",
        "The schema lists the values (`enum`), or has the only one (`const`). Send one of those that the message \
         lists; case matters.";
    Status: "A status that is not documented",
        "A reply has a status that the operation does not document, neither by itself nor by a range such as `4XX` nor \
         by `default`. Document it, or answer with one that is.";
    Unanswered: "A server that gave no reply",
        "The server accepted no connection, broke it off, or took longer than is waited for (`--reply-timeout` of \
         the proxy, `--timeout` of a check). Start it, correct its address, or look into its own log.";
    NoContent: "Content where HTTP has none",
        "A reply with status 204, 205 or 304, or one to `HEAD`, has a body, which clients do not expect and may take for \
         the next reply. Send none.";
}
