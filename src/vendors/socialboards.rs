//! Socialboards: errors in the envelope of success, and a conversation without messages.
//!
//! The vendor documents the envelope, that success is `errorCode` -1, and some conditions of failure,
//! but neither a code nor a text of any error: those here are assumed. What a conversation starts
//! with is taken from the vendor's webhook for new ones: no messages, as no field of the request
//! carries any, where the page's own example has one.

use super::{
    constant,
    models::socialboards::types::{
        Conversation, ConversationResponse, CreateConversationRequest, ErrorResponse,
        QueuePositionInfo, User, UserValue,
    },
};
use crate::{
    contract::{Manner, Refused, TypedReply},
    exchange::{Cause, Place, Rule, Violation},
};

pub(super) fn manner() -> Manner {
    Manner {
        refusal: Some(refusal),
        replies: vec![TypedReply::new(create_conversation)],
        ..Manner::default()
    }
}

/// Success, as on every page of the vendor's.
const SUCCESS: i64 = -1;
/// Assumed: no code of an error is documented, and -1 it cannot be.
const FAILURE: i64 = 1;

/// A text is for people: beyond these, faults are counted only.
const MAX_NAMED: usize = 10;

fn refusal(refused: &Refused<'_>) -> Option<Vec<u8>> {
    let text = match refused.cause {
        // The customary text of the vendor's web framework; the vendor's own is not documented.
        Cause::Credentials => "Authorization has been denied for this request.".to_owned(),
        Cause::Content | Cause::Syntax => {
            let texts = refused.gravest().take(MAX_NAMED).map(error_text);
            let named = texts.collect::<Vec<_>>().join("; ");
            match refused.gravest().count().saturating_sub(MAX_NAMED) {
                0 => named,
                more => format!("{named}; and {more} more"),
            }
        }
        // What stands before the operation may not know of the envelope.
        _ => return None,
    };
    let error = ErrorResponse {
        data: None,
        error_code: FAILURE,
        error_text: Some(text),
    };
    serde_json::to_vec(&error).ok()
}

/// What is wrong and where: the envelope has no other place that could name a field.
fn error_text(violation: &Violation) -> String {
    let at_author = matches!(&violation.place, Place::Body(pointer) if pointer == "/author");
    if at_author && violation.rule == Rule::Keyword("anyOf".into()) {
        // The condition is documented, the text is assumed.
        return "The author must have an id, an email or a customIdentifier.".to_owned();
    }
    format!("{}: {}", violation.place, violation.message)
}

/// The documented answer for the author of the request.
fn create_conversation(request: CreateConversationRequest) -> ConversationResponse {
    const CREATED: &str = "2023-09-01T12:56:39.0847826+03:00";
    let conversation = Conversation {
        author: user(request.author),
        creation_time: constant(CREATED),
        feedback: None,
        fields: request.fields,
        id: 254_626,
        // Whether the request's `url` becomes this and `latestPageUrl` is not documented.
        initial_page_url: None,
        is_closed: false,
        // Inferred: the pages show both true without a bot, and say that takeover asks for a human.
        is_takeover_enabled: !request.is_bot_enabled,
        last_modified_time: constant(CREATED),
        latest_page_url: None,
        messages: Vec::new(),
        queue_position_info: QueuePositionInfo {
            position: 1403,
            wait_time: Some(15),
        },
        total_messages_count: 0,
    };
    ConversationResponse {
        data: Some(conversation),
        error_code: SUCCESS,
        error_text: None,
    }
}

/// The user that the system finds or makes for an author.
fn user(author: UserValue) -> User {
    // The vendor ignores the identifiers of a bot.
    let identified = !author.is_bot;
    let id = author.id.filter(|_| identified);
    let email = author.email.filter(|_| identified);
    let custom_identifier = author
        .custom_identifier
        .filter(|_| identified)
        .map(|identifier| identifier.trim().to_lowercase());
    User {
        id: id.unwrap_or_else(|| constant("fc2481f6-28a4-4ca7-849a-344fd6ab1b20")),
        name: author.name.unwrap_or_default(),
        image: author.image,
        email,
        custom_identifier,
        // The only one that the vendor shows.
        status: "client".to_owned(),
        is_bot: author.is_bot,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::cases, *};
    use cases::{in_body, violation};

    #[test]
    fn errors_come_in_the_envelope() {
        let header = |name: &str| Place::Header(name.into());
        for (status, violations, want) in [
            (
                401,
                vec![violation(header("Authorization"), Rule::CredentialMissing)],
                Some(
                    r#"{"data":null,"errorCode":1,"errorText":"Authorization has been denied for this request."}"#,
                ),
            ),
            (
                400,
                vec![in_body("/author", Rule::Keyword("anyOf".into()))],
                Some(
                    r#"{"data":null,"errorCode":1,"errorText":"The author must have an id, an email or a customIdentifier."}"#,
                ),
            ),
            (
                400,
                vec![
                    in_body("/author/image", Rule::Format("uri".to_owned())),
                    in_body("/categoryId", Rule::Type("integer or null".to_owned())),
                ],
                Some(
                    r#"{"data":null,"errorCode":1,"errorText":"body `/author/image`: the body `/author/image` is wrong; body `/categoryId`: the body `/categoryId` is wrong"}"#,
                ),
            ),
            (
                400,
                vec![in_body("", Rule::Syntax)],
                Some(r#"{"data":null,"errorCode":1,"errorText":"body: the body is wrong"}"#),
            ),
            (404, vec![violation(Place::Path, Rule::UnknownPath)], None),
            (
                405,
                vec![violation(Place::Method, Rule::UnknownMethod)],
                None,
            ),
            (
                415,
                vec![violation(
                    header("Content-Type"),
                    Rule::UnsupportedMediaType,
                )],
                None,
            ),
            (
                406,
                vec![violation(header("Accept"), Rule::NotAcceptable)],
                None,
            ),
            (
                400,
                vec![violation(header("Prefer"), Rule::PreferUnknown)],
                None,
            ),
        ] {
            let body = cases::refusal(&manner(), status, &violations);
            assert_eq!(body.as_deref(), want);
        }
    }

    #[test]
    fn the_documented_request_gets_the_documented_reply_without_the_message() {
        let reply = cases::reply(
            "socialboards",
            &json!({
                "author": {"name": "John", "email": "john@dow.com"},
                "title": "Chat API Client Problems",
                "url": "https://thejohndow.com",
                "sentiment": "question",
                "categoryId": 1505
            }),
        );
        let mut documented = cases::documented("socialboards");
        documented["data"]["messages"] = json!([]);
        documented["data"]["totalMessagesCount"] = json!(0);
        let typed: ConversationResponse = serde_json::from_value(reply).unwrap();
        let documented: ConversationResponse = serde_json::from_value(documented).unwrap();
        assert_eq!(typed, documented);
    }

    #[test]
    fn an_author_is_known_by_what_was_sent() {
        let id = "0a6b3c1e-5d2f-4f7a-9b8c-1d2e3f4a5b6c";
        let documented = "fc2481f6-28a4-4ca7-849a-344fd6ab1b20";
        for (author, want) in [
            (
                json!({"name": "Ann", "customIdentifier": " CUS-12345 "}),
                json!({"customIdentifier": "cus-12345", "email": null, "id": documented, "image": null, "isBot": false, "name": "Ann", "status": "client"}),
            ),
            (
                json!({"id": id, "image": "https://example.com/a.png"}),
                json!({"email": null, "id": id, "image": "https://example.com/a.png", "isBot": false, "name": "", "status": "client"}),
            ),
            (
                json!({"isBot": true, "id": id, "email": "bot@example.com", "name": "Bot"}),
                json!({"email": null, "id": documented, "image": null, "isBot": true, "name": "Bot", "status": "client"}),
            ),
        ] {
            let reply = cases::reply("socialboards", &json!({"author": author}));
            assert_eq!(reply["data"]["author"], want);
        }
    }

    #[test]
    fn a_bot_is_not_taken_over_and_fields_come_back() {
        let reply = cases::reply(
            "socialboards",
            &json!({
                "author": {"email": "john@dow.com"},
                "isBotEnabled": true,
                "sentiment": null,
                "fields": [{"id": 42623, "value": "Oslo"}]
            }),
        );
        assert_eq!(reply["data"]["isTakeoverEnabled"], json!(false));
        assert_eq!(
            reply["data"]["fields"],
            json!([{"id": 42623, "value": "Oslo"}])
        );
    }
}
