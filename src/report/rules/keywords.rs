//! The codes of violations that are keywords of JSON Schema, with what there is beside them.

use super::{About, Rule};

macro_rules! rules {
    ($($keyword:literal: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: $keyword.into(),
                about: About::Exchange,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }
    };
}

rules! {
    "$ref": "A schema that refers to what there is not",
        "The value could not be held against its schema, since a reference in it leads nowhere. The fault is the \
         description's; `mynah lint` names it.";
    "additionalItems": "More items than are described",
        "The schema describes each item of the array, and allows no more. Send no more than are described.";
    "additionalProperties": "A property that is not described, where no other is allowed",
        "The schema lists the properties of the object and allows no other. Often the name is misspelt or has another \
         case (`userId` for `user_id`). Correct or remove it, or describe it.";
    "anyOf": "A value that fits none of the alternatives",
        "The schema gives alternatives, and the value has to fit at least one. The message says what each asks for; the \
         one that was meant is nearest.";
    "contains": "An array without the items that it has to contain",
        "The schema asks for a number of items of a certain kind (`contains`, `minContains`, `maxContains`). Send as \
         many.";
    "contentEncoding": "A string that does not have the encoding",
        "The schema says that the string is encoded, mostly as `base64`, and it cannot be decoded so.";
    "contentMediaType": "A string that does not have the media type",
        "The schema says what the string holds, mostly `application/json`, and it cannot be read so.";
    "exclusiveMaximum": "A number that is not less than the limit",
        "The limit itself is not allowed either. Send a smaller number.";
    "exclusiveMinimum": "A number that is not more than the limit",
        "The limit itself is not allowed either. Send a larger number.";
    "falseSchema": "A value where nothing may stand",
        "The schema at this place is `false`, which no value fits. Leave it out.";
    "maxItems": "An array with too many items",
        "Send no more items than the message allows, in several requests where need be.";
    "maxLength": "A string that is too long",
        "Lengths count characters; those of binary data, bytes. Shorten the string before it is sent.";
    "maxProperties": "An object with too many properties",
        "Send no more properties than the message allows.";
    "maximum": "A number that is too large",
        "Send no larger number than the message allows.";
    "minItems": "An array with too few items",
        "Send at least as many items as the message asks for; an empty list often has to be left out.";
    "minLength": "A string that is too short",
        "Lengths count characters; those of binary data, bytes. An empty string often has to be left out.";
    "minProperties": "An object with too few properties",
        "Send at least as many properties as the message asks for.";
    "minimum": "A number that is too small",
        "Send no smaller number than the message allows; counting often begins at 1.";
    "multipleOf": "A number that is no multiple of the one given",
        "Mostly a number with more digits after the point than are allowed. Round it before it is sent.";
    "not": "A value that the schema excludes",
        "The schema under `not` describes what the value must not be, often two properties together. Its line in the \
         description says which.";
    "oneOf": "A value that fits none of the alternatives, or more than one",
        "The value has to fit exactly one. Where it fits none, the message says what each asks for. Where it fits \
         several, leave out what belongs to the others, or set the property that tells them apart.";
    "propertyNames": "The name of a property that is not allowed",
        "The names of the object's properties have a schema themselves, such as a pattern. The message names the one \
         that breaks it.";
    "unevaluatedItems": "An item that no part of the schema describes",
        "The parts of the schema together describe the items of the array, and no other is allowed. Remove it.";
    "unevaluatedProperties": "A property that no part of the schema describes",
        "The parts of the schema (`allOf`, `oneOf` …) together describe the properties of the object, and no other is \
         allowed. Correct its name, or remove it.";
    "uniqueItems": "An array in which two items are equal",
        "The array is a set. Remove the second of the two.";
    "xml": "An XML body that is not written as its schema says",
        "An element or attribute has another name, namespace or place than the `xml` objects of the schema give it. The \
         message says what is expected.";
}

#[cfg(test)]
mod tests {
    use jsonschema::error::ValidationErrorKind as Kind;

    use super::super::{About, rules};

    /// The keywords that the validator names, and a function that does not compile when there is
    /// another.
    macro_rules! keywords {
        ($($kind:ident $keyword:literal)*) => {
            const KEYWORDS: &[&str] = &[$($keyword),*];

            fn keyword(kind: &Kind) -> &str {
                match kind {
                    $(Kind::$kind { .. } => $keyword,)*
                    Kind::Custom { keyword, .. } => keyword,
                    Kind::Referencing(_) => "$ref",
                }
            }
        };
    }

    keywords! {
        AdditionalItems "additionalItems"
        AdditionalProperties "additionalProperties"
        AnyOf "anyOf"
        BacktrackLimitExceeded "pattern"
        RegexEngineFailure "pattern"
        // Mynah's code for it: one of one.
        Constant "enum"
        Contains "contains"
        ContentEncoding "contentEncoding"
        ContentMediaType "contentMediaType"
        Enum "enum"
        ExclusiveMaximum "exclusiveMaximum"
        ExclusiveMinimum "exclusiveMinimum"
        FalseSchema "falseSchema"
        Format "format"
        FromUtf8 "contentEncoding"
        MaxItems "maxItems"
        Maximum "maximum"
        MaxLength "maxLength"
        MaxProperties "maxProperties"
        MinItems "minItems"
        Minimum "minimum"
        MinLength "minLength"
        MinProperties "minProperties"
        MultipleOf "multipleOf"
        Not "not"
        OneOfMultipleValid "oneOf"
        OneOfNotValid "oneOf"
        Pattern "pattern"
        PropertyNames "propertyNames"
        Required "required"
        Type "type"
        UnevaluatedItems "unevaluatedItems"
        UnevaluatedProperties "unevaluatedProperties"
        UniqueItems "uniqueItems"
    }

    #[test]
    fn every_keyword_has_its_row() {
        let has = |code: &str| {
            let mut rules = rules().iter();
            rules.any(|rule| rule.about == About::Exchange && rule.code == code)
        };
        for keyword in KEYWORDS.iter().chain(&["$ref", "xml"]) {
            assert!(has(keyword), "{keyword}");
        }
    }

    #[test]
    fn keywords_are_those_of_the_validator() {
        let schema = serde_json::json!({"maxLength": 1, "type": "string", "not": {"const": "ab"}});
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value = serde_json::json!("ab");
        for error in validator.iter_errors(&value) {
            assert_eq!(keyword(error.kind()), error.kind().keyword());
        }
    }
}
