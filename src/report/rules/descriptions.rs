//! The codes of findings.

use super::{About, Rule};
use crate::description::FindingCode;

/// The rows, and a function that does not compile when a code is missing in them.
macro_rules! rules {
    ($($code:ident: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: FindingCode::$code.as_str().into(),
                about: About::Description,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_code(code: FindingCode) {
            match code {
                $(FindingCode::$code => {})*
            }
        }
    };
}

rules! {
    Unreadable: "A file cannot be read",
        "The file is not there, may not be read, or is not text in UTF-8. Correct its name or its permissions, or \
         save it as UTF-8.";
    Syntax: "The text is neither YAML nor JSON",
        "The file cannot be read as YAML, of which JSON is a part, so nothing is known of what it describes. \
         The place is where reading ended; the mistake is there or shortly before: a bracket or quote that \
         is not closed, a tab in the indentation, a `: ` in a text without quotes.";
    DuplicateKey: "A key stands twice in one mapping",
        "Which of the two is meant, nobody can tell, and tools differ in which they take. Remove one, or \
         rename it. Both places are named.";
    Version: "Not an OpenAPI description of a version that is read",
        "The document has to say at its top which version it is written in, such as `openapi: 3.1.0`. A file \
         that is a part of a description, and not one by itself, is named by the description and not on the \
         command line.";
    ReferenceUnresolved: "A `$ref` that leads nowhere, or to what cannot stand there",
        "What the reference stands for is not known, so nothing could be held against it. Correct it, or add \
         what it names: one object of the kind that the place needs, and not the reference itself. A document that cannot be read over HTTP is told with its address and the \
         reason. In a reference, `/` within a name is written `~1` and `~` is written `~0`.";
    ReferenceForbidden: "A `$ref` that leads to where nothing may be read",
        "References are followed to files in the folder of the description and below it. One that leads out \
         of it reads what its author chooses on your machine, so it has to be allowed: `--allow-outside`. One \
         to a document on another machine has to be allowed by `--allow-remote`, and is read from public \
         addresses only, unless the option says `=loopback` or `=anywhere`. What is on other machines leads \
         to no file of this one.";
    Shape: "A part does not have the shape that OpenAPI gives it",
        "A member that is required is missing, or has a value of another kind than the specification asks \
         for. What stands there cannot be served, since it is not known what it means.";
    Schema: "A schema that is none, or that does not compile",
        "A schema that cannot be applied would let every value pass. The value at the place is not one that \
         JSON Schema has: a type that there is not, a bound that is no number, a pattern that is no regular \
         expression.";
    ExampleInvalid: "A documented example breaks its own schema",
        "The example is served as it stands, and a client that checks it will refuse it. One of the two is \
         wrong: mend the example, or the schema.";
    ExampleUntyped: "A documented example does not fit its generated type",
        "The type is generated from the schema when Mynah is built, and a client made from it could not read \
         the example. Mend the example, or the schema.";
    Expression: "A runtime expression that is none",
        "Callbacks and links name parts of an exchange by expressions such as `$request.body#/url` or \
         `{$request.query.url}`. One that cannot be read names nothing, so the callback is not sent and the \
         link leads nowhere; the operation itself is answered all the same.";
    OverlayWithoutTarget: "An action of an overlay changes nothing",
        "The JSONPath of the action's `target` selects nothing in the description, as the overlays before it \
         left it. Perhaps the description has changed since; correct the path, or remove the action.";
    NothingToAnswer: "Nothing valid can be made from a schema",
        "There is no documented example, and no finite valid value was found: the schema contradicts itself, \
         or requires itself without an end. Document an example, or mend the schema. An operation without \
         any response has this code too: document one.";
    Unsupported: "Something that OpenAPI allows and Mynah does not do yet",
        "It cannot be checked, and what cannot be checked is not served: it would let everything pass. Where \
         the description can be written in another way, do so for now.";
}
