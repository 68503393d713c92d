//! EchoSistema: errors in Laravel's words, and a conversation of the caller and one participant.
//!
//! The vendor's page shows one validation error, word for word a message of Laravel's own, and lists
//! 400 and 401 without a body. `{"message":"Unauthenticated."}` stands on other pages of its documents.
//! The messages of all other rules are those that come with Laravel 10 and later, and a message alone
//! is what Laravel sends for every other fault: inferred from the framework, not documented.

use serde_json::json;

use super::{
    constant,
    field::{messages, steps, wanted_type},
    models::echosistema::types::{
        Conversation, ConversationResponse, CreateConversationRequest, ErrorMessage, FieldErrors,
        Participant, Pivot, Uuid, ValidationError,
    },
};
use crate::{
    contract::{Manner, Refused, TypedReply},
    exchange::{Cause, Rule, Violation},
};

pub(super) fn manner() -> Manner {
    Manner {
        refusal: Some(refusal),
        replies: vec![TypedReply::new(create_conversation)],
        ..Manner::default()
    }
}

fn refusal(refused: &Refused<'_>) -> Option<Vec<u8>> {
    let body = match refused.cause {
        Cause::Content => {
            let ValidationError { message, errors } = validation_error(refused);
            // In the order of the vendor's page; the type has the order of the alphabet.
            serde_json::to_vec(&json!({"message": message, "errors": errors}))
        }
        Cause::Credentials => error_message("Unauthenticated."),
        Cause::Path | Cause::Method => error_message(&refused.gravest().next()?.message),
        Cause::MediaType | Cause::Syntax => {
            let fault = refused.gravest().next()?;
            error_message(&format!("{}: {}", fault.place, fault.message))
        }
        // Laravel's answer is JSON whatever a client accepts, and preferences are no matter of the API's.
        Cause::Size | Cause::NotAcceptable | Cause::Preference | Cause::Description => return None,
    };
    body.ok()
}

fn error_message(message: &str) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&ErrorMessage {
        message: message.to_owned(),
    })
}

fn validation_error(refused: &Refused<'_>) -> ValidationError {
    let errors = messages(refused, |violation| {
        let (field, rule) = blamed(violation);
        let message = sentence(&field, rule);
        (field, message)
    });
    let first = errors.values().flatten().next();
    let first = first.map_or("The given data was invalid.", String::as_str);
    let message = match errors.values().map(Vec::len).sum::<usize>() {
        0 | 1 => first.to_owned(),
        2 => format!("{first} (and 1 more error)"),
        all => format!("{first} (and {} more errors)", all - 1),
    };
    ValidationError {
        errors: FieldErrors(errors),
        message,
    }
}

/// The field that is blamed, its name in dotted notation, and for which rule.
fn blamed(violation: &Violation) -> (String, &Rule) {
    match (steps(&violation.place).join("."), &violation.rule) {
        // To Laravel a body that is missing, or no object, is input without any field.
        (name, Rule::Required | Rule::Type(_)) if name.is_empty() => {
            ("participant_uuid".to_owned(), &Rule::Required)
        }
        (name, rule) if name.is_empty() => ("body".to_owned(), rule),
        (name, rule) => (name, rule),
    }
}

fn sentence(field: &str, rule: &Rule) -> String {
    let name = field.replace('_', " ");
    let says = match rule {
        Rule::Enum(_) => return format!("The selected {name} is invalid."),
        Rule::Required => "is required".to_owned(),
        Rule::Type(types) => format!("must be {}", type_in_words(wanted_type(types))),
        Rule::Format(format) => format_in_words(format).to_owned(),
        // The one pattern of the description is that of `Uuid`.
        Rule::Pattern(_) if field.ends_with("uuid") => format_in_words("uuid").to_owned(),
        Rule::Pattern(_) => "format is invalid".to_owned(),
        Rule::Bound(keyword, bound) => bound_in_words(keyword, bound),
        _ => "is invalid".to_owned(),
    };
    format!("The {name} field {says}.")
}

fn type_in_words(name: &str) -> &str {
    match name {
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "true or false",
        // PHP has arrays for both.
        "array" | "object" => "an array",
        _ => "a string",
    }
}

fn format_in_words(format: &str) -> &'static str {
    match format {
        "uuid" => "must be a valid UUID",
        "email" => "must be a valid email address",
        "uri" => "must be a valid URL",
        "date" | "date-time" => "must be a valid date",
        _ => "format is invalid",
    }
}

fn bound_in_words(keyword: &str, bound: &str) -> String {
    match keyword {
        "minLength" => format!("must be at least {bound} characters"),
        "maxLength" => format!("must not be greater than {bound} characters"),
        "minimum" => format!("must be at least {bound}"),
        "maximum" => format!("must not be greater than {bound}"),
        "exclusiveMinimum" => format!("must be greater than {bound}"),
        "exclusiveMaximum" => format!("must be less than {bound}"),
        "minItems" => format!("must have at least {bound} items"),
        "maxItems" => format!("must not have more than {bound} items"),
        "multipleOf" => format!("must be a multiple of {bound}"),
        _ => "is invalid".to_owned(),
    }
}

/// What the page says of every new conversation, with the people of its example.
fn create_conversation(request: CreateConversationRequest) -> ConversationResponse {
    let caller = Uuid("7c531b4a-1c34-4ba6-7b0c-4db6a12c5d16".to_owned());
    ConversationResponse {
        message: "Conversation created successfully".to_owned(),
        data: Conversation {
            uuid: Uuid("9b732d6a-2e56-4db8-9b2e-6fd8c14e7f28".to_owned()),
            taggable_type: request.taggable_type,
            taggable_id: request.taggable_id,
            last_message_text: None,
            last_message_at: None,
            is_archived: false,
            created_at: constant(CREATED),
            updated_at: constant(CREATED),
            participants: vec![
                participant(caller, "John Smith", "john@example.com", 10),
                participant(
                    request.participant_uuid,
                    "Mary Johnson",
                    "mary@example.com",
                    11,
                ),
            ],
        },
    }
}

const CREATED: &str = "2025-10-15T10:30:00.000000Z";

fn participant(uuid: Uuid, name: &str, email: &str, user_id: i64) -> Participant {
    Participant {
        uuid,
        name: name.to_owned(),
        email: email.to_owned(),
        pivot: Pivot {
            conversation_id: 1,
            user_id,
            unread_count: 0,
            last_read_at: None,
            joined_at: constant(CREATED),
            created_at: constant(CREATED),
            updated_at: constant(CREATED),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{super::cases, *};
    use crate::exchange::Place;
    use cases::{in_body, violation};

    #[test]
    fn invalid_fields_are_named_with_a_sentence_each() {
        for (violations, want) in [
            (
                vec![in_body("/participant_uuid", Rule::Required)],
                r#"{"message":"The participant uuid field is required.","errors":{"participant_uuid":["The participant uuid field is required."]}}"#,
            ),
            (
                vec![in_body("", Rule::Required)],
                r#"{"message":"The participant uuid field is required.","errors":{"participant_uuid":["The participant uuid field is required."]}}"#,
            ),
            (
                vec![in_body("", Rule::Type("object".to_owned()))],
                r#"{"message":"The participant uuid field is required.","errors":{"participant_uuid":["The participant uuid field is required."]}}"#,
            ),
            (
                vec![
                    in_body("/participant_uuid", Rule::Pattern("^[0-9a-f]+$".to_owned())),
                    in_body("/taggable_id", Rule::Type("integer or null".to_owned())),
                ],
                r#"{"message":"The participant uuid field must be a valid UUID. (and 1 more error)","errors":{"participant_uuid":["The participant uuid field must be a valid UUID."],"taggable_id":["The taggable id field must be an integer."]}}"#,
            ),
            (
                vec![
                    in_body("/device/os_version", Rule::Type("string".to_owned())),
                    in_body("/device/type", Rule::Enum(vec![r#""web""#.to_owned()])),
                    in_body("/emoji", Rule::Bound("maxLength".into(), "10".to_owned())),
                ],
                r#"{"message":"The device.os version field must be a string. (and 2 more errors)","errors":{"device.os_version":["The device.os version field must be a string."],"device.type":["The selected device.type is invalid."],"emoji":["The emoji field must not be greater than 10 characters."]}}"#,
            ),
        ] {
            let body = cases::refusal(&manner(), 422, &violations).unwrap();
            assert_eq!(body, want);
        }
    }

    #[test]
    fn every_other_fault_has_a_message_alone() {
        let header = || Place::Header("Authorization".into());
        for (status, violation, want) in [
            (
                401,
                violation(header(), Rule::CredentialMissing),
                Some(r#"{"message":"Unauthenticated."}"#),
            ),
            (
                401,
                violation(header(), Rule::CredentialMalformed),
                Some(r#"{"message":"Unauthenticated."}"#),
            ),
            (
                404,
                violation(Place::Path, Rule::UnknownPath),
                Some(r#"{"message":"the path is wrong"}"#),
            ),
            (
                405,
                violation(Place::Method, Rule::UnknownMethod),
                Some(r#"{"message":"the method is wrong"}"#),
            ),
            (
                400,
                in_body("", Rule::Syntax),
                Some(r#"{"message":"body: the body is wrong"}"#),
            ),
            (
                415,
                in_body("", Rule::UnsupportedMediaType),
                Some(r#"{"message":"body: the body is wrong"}"#),
            ),
            (
                406,
                violation(Place::Header("Accept".into()), Rule::NotAcceptable),
                None,
            ),
            (
                400,
                violation(Place::Header("Prefer".into()), Rule::PreferUnknown),
                None,
            ),
        ] {
            let body = cases::refusal(&manner(), status, std::slice::from_ref(&violation));
            assert_eq!(body.as_deref(), want, "{violation}");
        }
    }

    #[test]
    fn the_documented_request_gets_the_documented_reply() {
        let reply = cases::reply(
            "echosistema",
            &json!({
                "participant_uuid": "6b420a39-0b23-3a95-6a0b-3ca5900b4c05",
                "taggable_type": "App\\Models\\Order",
                "taggable_id": 123
            }),
        );
        let typed: ConversationResponse = serde_json::from_value(reply).unwrap();
        let documented = serde_json::from_value(cases::documented("echosistema")).unwrap();
        assert_eq!(typed, documented);
    }

    #[test]
    fn what_was_sent_comes_back_and_what_was_not_is_null() {
        let uuid = "0a6b3c1e-5d2f-4f7a-9b8c-1d2e3f4a5b6c";
        let reply = cases::reply("echosistema", &json!({"participant_uuid": uuid}));
        for (pointer, want) in [
            ("/data/participants/1/uuid", json!(uuid)),
            ("/data/taggable_type", json!(null)),
            ("/data/taggable_id", json!(null)),
            ("/data/last_message_at", json!(null)),
            ("/data/participants/0/pivot/conversation_id", json!(1)),
            ("/data/participants/1/pivot/conversation_id", json!(1)),
        ] {
            assert_eq!(reply.pointer(pointer), Some(&want), "{pointer}");
        }
    }
}
