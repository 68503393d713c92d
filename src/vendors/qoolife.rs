//! Qoolife: validation errors in Rails' words, and a conversation of the caller and one recipient.
//!
//! The vendor's client reads `{"error":"invalid_resource","messages":{...}}`, and does so for status
//! 422 only; the messages are those that come with Rails, inferred. Of 401, 403 and 404 the vendor
//! lists no more than the numbers, and of malformed content nothing: its body is the same as that
//! of invalid content, because the description has no other for 422.

use super::{
    constant,
    field::{messages, steps, wanted_type},
    models::qoolife::types::{
        Conversation, ConversationResponse, CreateConversationRequest, FieldMessages,
        InvalidResourceError, Post, Watcher,
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
    if !matches!(refused.cause, Cause::Content | Cause::Syntax) {
        return None;
    }
    let error = InvalidResourceError {
        error: "invalid_resource".to_owned(),
        messages: FieldMessages(messages(refused, describe)),
    };
    serde_json::to_vec(&error).ok()
}

/// A field by its last name, and what is wrong with it.
fn describe(violation: &Violation) -> (String, String) {
    match steps(&violation.place).pop() {
        Some(field) => (field, message(&violation.rule)),
        // Rails keeps what is wrong with the whole under `base`, in sentences.
        None => ("base".to_owned(), violation.message.clone()),
    }
}

fn message(rule: &Rule) -> String {
    let text = match rule {
        Rule::Required => "can't be blank",
        Rule::Type(types) if matches!(wanted_type(types), "integer" | "number") => {
            "is not a number"
        }
        Rule::Enum(_) => "is not included in the list",
        Rule::Bound(keyword, bound) => return bound_in_words(keyword, bound),
        _ => "is invalid",
    };
    text.to_owned()
}

fn bound_in_words(keyword: &str, bound: &str) -> String {
    let characters = match bound {
        "1" => "character",
        _ => "characters",
    };
    match keyword {
        "minLength" => format!("is too short (minimum is {bound} {characters})"),
        "maxLength" => format!("is too long (maximum is {bound} {characters})"),
        "minimum" => format!("must be greater than or equal to {bound}"),
        "maximum" => format!("must be less than or equal to {bound}"),
        "exclusiveMinimum" => format!("must be greater than {bound}"),
        "exclusiveMaximum" => format!("must be less than {bound}"),
        _ => "is invalid".to_owned(),
    }
}

/// The caller of the example.
const CALLER: i64 = 1;
const CONVERSATION: i64 = 1;
const CREATED: &str = "2012-03-18T10:40:30+01:00";

/// The documented answer with the request's title, text and recipient in their places.
fn create_conversation(request: CreateConversationRequest) -> ConversationResponse {
    let sent = request.conversation;
    ConversationResponse {
        conversation: Conversation {
            id: CONVERSATION,
            user_id: sent.user_id,
            title: sent.title,
            date: constant("2012-10-05T15:35:00+02:00"),
            created_at: constant(CREATED),
            updated_at: constant(CREATED),
            type_human: "private message".to_owned(),
            // The only one that the vendor shows, though hardly that of a new conversation.
            status: "resolved".to_owned(),
            // A text and not a boolean on every page of the vendor's.
            unread: "false".to_owned(),
            last_viewed_at: constant(CREATED),
            posts: vec![Post {
                id: 1,
                user_id: CALLER,
                conversation_id: CONVERSATION,
                body: sent.first_post_body,
                created_at: constant(CREATED),
                updated_at: constant(CREATED),
            }],
            watchers: vec![
                watcher(CALLER, "Robb", "Murtin", "Médico"),
                watcher(sent.user_id, "Mutt", "Robbin", ""),
            ],
        },
    }
}

fn watcher(id: i64, first_name: &str, last_name: &str, professional_roles: &str) -> Watcher {
    Watcher {
        id,
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        about_me: "Neither thin nor fat, neither rich nor poor. Common people.".to_owned(),
        professional_roles: professional_roles.to_owned(),
        avatar: AVATAR.to_owned(),
        slug: format!("{first_name}-{last_name}").to_lowercase(),
        created_at: constant(CREATED),
        updated_at: constant(CREATED),
    }
}

const AVATAR: &str = "https://secure.gravatar.com/avatar/1422885fa18378ece1b688d22abd551f.jpg%3Fsize=48&d=https://qoolife.com/assets/icons/avatar-small.png";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::cases, *};
    use crate::exchange::Place;
    use cases::{in_body, violation};

    #[test]
    fn invalid_fields_are_named_by_their_last_name() {
        let not_an_integer = || Rule::Type("integer".to_owned());
        for (violations, want) in [
            (
                vec![in_body("/conversation/title", Rule::Required)],
                r#"{"error":"invalid_resource","messages":{"title":["can't be blank"]}}"#,
            ),
            (
                vec![
                    in_body("/conversation/user_id", not_an_integer()),
                    in_body("/conversation/first_post_body", Rule::Required),
                    in_body("/conversation/first_post_body", Rule::Required),
                ],
                r#"{"error":"invalid_resource","messages":{"first_post_body":["can't be blank"],"user_id":["is not a number"]}}"#,
            ),
            (
                vec![in_body("/conversation", Rule::Type("object".to_owned()))],
                r#"{"error":"invalid_resource","messages":{"conversation":["is invalid"]}}"#,
            ),
            (
                vec![in_body("", Rule::Required)],
                r#"{"error":"invalid_resource","messages":{"base":["the body is wrong"]}}"#,
            ),
            (
                vec![in_body("", Rule::Syntax)],
                r#"{"error":"invalid_resource","messages":{"base":["the body is wrong"]}}"#,
            ),
        ] {
            let body = cases::refusal(&manner(), 422, &violations).unwrap();
            assert_eq!(body, want);
        }
    }

    #[test]
    fn rules_are_told_in_the_words_of_rails() {
        for (rule, want) in [
            (
                Rule::Enum(vec!["1".to_owned()]),
                "is not included in the list",
            ),
            (Rule::Format("email".to_owned()), "is invalid"),
            (
                Rule::Bound("minLength".into(), "1".to_owned()),
                "is too short (minimum is 1 character)",
            ),
            (
                Rule::Bound("maxLength".into(), "80".to_owned()),
                "is too long (maximum is 80 characters)",
            ),
            (
                Rule::Bound("minimum".into(), "1".to_owned()),
                "must be greater than or equal to 1",
            ),
        ] {
            assert_eq!(message(&rule), want);
        }
    }

    #[test]
    fn no_body_is_made_where_none_is_documented() {
        let header = |name: &str| Place::Header(name.into());
        for (status, violation) in [
            (
                401,
                violation(header("Authorization"), Rule::CredentialMissing),
            ),
            (404, violation(Place::Path, Rule::UnknownPath)),
            (405, violation(Place::Method, Rule::UnknownMethod)),
            (
                415,
                violation(header("Content-Type"), Rule::UnsupportedMediaType),
            ),
            (406, violation(header("Accept"), Rule::NotAcceptable)),
            (400, violation(header("Prefer"), Rule::PreferUnknown)),
        ] {
            let body = cases::refusal(&manner(), status, std::slice::from_ref(&violation));
            assert_eq!(body, None, "{violation}");
        }
    }

    #[test]
    fn the_documented_request_gets_the_documented_reply() {
        let reply = cases::reply(
            "qoolife",
            &json!({"conversation": {"title": "a title", "first_post_body": "Wow folks whats app", "user_id": 2}}),
        );
        let typed: ConversationResponse = serde_json::from_value(reply).unwrap();
        let documented = serde_json::from_value(cases::documented("qoolife")).unwrap();
        assert_eq!(typed, documented);
    }

    #[test]
    fn what_was_sent_comes_back() {
        let reply = cases::reply(
            "qoolife",
            &json!({"conversation": {"title": "Rückfrage", "first_post_body": "Hallo", "user_id": 77}}),
        );
        for (pointer, want) in [
            ("/conversation/title", json!("Rückfrage")),
            ("/conversation/user_id", json!(77)),
            ("/conversation/posts/0/body", json!("Hallo")),
            ("/conversation/posts/0/user_id", json!(1)),
            ("/conversation/watchers/1/id", json!(77)),
            ("/conversation/unread", json!("false")),
        ] {
            assert_eq!(reply.pointer(pointer), Some(&want), "{pointer}");
        }
    }
}
