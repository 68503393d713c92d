//! Libredesk: errors in the server's envelope, tokens of its own form, and a new conversation.
//!
//! The document types no error and names no status for a faulty request. Envelope, statuses and
//! messages are read in the server's source (abhinavxd/libredesk at 948ffd8, v2.7.0, and
//! zerodha/fastglue v1.8.0). Where the two differ, the document is kept: no credentials are a 401,
//! where the server says 403, and a reply has the documented members only.

use std::borrow::Cow;

use http::StatusCode;
use serde::Serialize;

use super::{
    constant,
    field::is_field,
    models::libredesk::types::{
        Contact, Conversation, ConversationLastMessageSender, ConversationResponse,
        CreateConversationRequest, CreateConversationRequestInitiator as Initiator,
    },
};
use crate::{
    contract::{CredentialForm, Manner, Refused, TypedReply},
    exchange::{Cause, Place, Rule, Violation},
};

pub(super) fn manner() -> Manner {
    Manner {
        status: Some(status),
        refusal: Some(refusal),
        credential_forms: &[CredentialForm {
            scheme: "tokenAuth",
            written: "token <key>:<secret>",
            fits: is_token,
        }],
        replies: vec![TypedReply::new(create_conversation)],
        ..Manner::default()
    }
}

/// The server has one status for all faults of a body.
fn status(cause: Cause) -> Option<StatusCode> {
    (cause == Cause::Content).then_some(StatusCode::BAD_REQUEST)
}

/// `token key:secret`: in small letters, split at the first colon, with neither half empty.
fn is_token(value: &str) -> bool {
    value
        .strip_prefix("token ")
        .and_then(|pair| pair.trim_matches(' ').split_once(':'))
        .is_some_and(|(key, secret)| !key.is_empty() && !secret.is_empty())
}

/// The server's envelope of an error, its members in the server's order.
#[derive(Serialize)]
struct Envelope<'a> {
    status: &'static str,
    message: Cow<'a, str>,
    data: Option<()>,
    error_type: &'static str,
}

fn refusal(refused: &Refused<'_>) -> Option<Vec<u8>> {
    let (message, error_type) = match refused.cause {
        Cause::Path => ("Route not found".into(), "GeneralException"),
        Cause::Method => ("Request method not allowed".into(), "GeneralException"),
        Cause::Credentials => ("Invalid or expired session".into(), "GeneralException"),
        Cause::Syntax | Cause::Content => (first_fault(refused)?, "InputException"),
        // The server reads forms and XML as well, and always answers in JSON.
        Cause::MediaType
        | Cause::Size
        | Cause::NotAcceptable
        | Cause::Preference
        | Cause::Description => return None,
    };
    let envelope = Envelope {
        status: "error",
        message,
        data: None,
        error_type,
    };
    serde_json::to_vec(&envelope).ok()
}

/// The one fault that the server reports, since it stops at the first.
fn first_fault<'a>(refused: &Refused<'a>) -> Option<Cow<'a, str>> {
    // It reads the whole body, types and all, before it looks at a field.
    if refused.gravest().any(is_unreadable) {
        return Some("Error parsing request".into());
    }
    let is_missing = |name: &&str| {
        let mut faults = refused.gravest();
        faults.any(|fault| fault.rule == Rule::Required && is_field(&fault.place, name))
    };
    if let Some(name) = CHECKED_IN_ORDER.into_iter().find(is_missing) {
        return Some(format!("`{name}` Required").into());
    }
    let fault = refused.gravest().next()?;
    let is_of = |name| is_field(&fault.place, name);
    Some(match &fault.rule {
        Rule::Format(_) if is_of("contact_email") => "Invalid email address".into(),
        Rule::Required | Rule::Enum(_) if is_of("initiator") => "Something went wrong".into(),
        // The server has no other rule: this one comes from a changed description.
        _ => Cow::Borrowed(&fault.message),
    })
}

const CHECKED_IN_ORDER: [&str; 4] = ["inbox_id", "content", "contact_email", "first_name"];

fn is_unreadable(fault: &Violation) -> bool {
    let is_whole = matches!(&fault.place, Place::Body(pointer) if pointer.is_empty());
    is_whole || matches!(fault.rule, Rule::Syntax | Rule::Type(_))
}

/// The first state of a conversation, with the values of the document's own examples where it has any.
fn create_conversation(request: CreateConversationRequest) -> ConversationResponse {
    let created = constant(CREATED);
    let (sender, waiting_since) = match request.initiator {
        Initiator::Agent => (ConversationLastMessageSender::Agent, None),
        // A contact waits for the first reply.
        Initiator::Contact => (ConversationLastMessageSender::Contact, Some(created)),
    };
    // The server trims and lower-cases an address before it looks for its contact.
    let email = request.contact_email.trim().to_lowercase();
    let contact = Contact {
        id: Some(CONTACT),
        created_at: Some(created),
        updated_at: Some(created),
        first_name: Some(request.first_name),
        last_name: Some(request.last_name.unwrap_or_default()),
        email: Some(email),
        type_: Some("contact".to_owned()),
        availability_status: Some("offline".to_owned()),
        enabled: Some(true),
        ..Contact::default()
    };
    let conversation = Conversation {
        id: Some(51),
        created_at: Some(created),
        updated_at: Some(created),
        uuid: Some(constant("7d692b95-73dc-4f53-9343-6ed47a3db903")),
        contact_id: Some(CONTACT),
        inbox_id: Some(request.inbox_id),
        reference_number: Some("150".to_owned()),
        status: Some("Open".to_owned()),
        status_id: Some(1),
        assigned_user_id: request.agent_id,
        assigned_team_id: request.team_id,
        waiting_since,
        // The server adds a reference number to it, in a format that is a setting.
        subject: Some(request.subject.unwrap_or_default()),
        inbox_mail: Some("support@example.com".to_owned()),
        inbox_name: Some("Support Inbox".to_owned()),
        inbox_channel: Some("email".to_owned()),
        custom_attributes: request.custom_attributes,
        last_message_at: Some(created),
        last_message: Some(request.content),
        last_message_sender: Some(sender),
        contact: Some(contact),
        // Null or empty in a new conversation; the generated type leaves such members out.
        ..Conversation::default()
    };
    ConversationResponse {
        status: Some("success".to_owned()),
        data: Some(conversation),
    }
}

/// Invented, as is the time: the document has an example of neither.
const CONTACT: i64 = 1;
const CREATED: &str = "2025-01-15T10:30:00.123456Z";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::cases, *};
    use cases::{in_body, violation};

    #[test]
    fn a_refusal_is_the_envelope_with_the_first_fault() {
        let authorization = || Place::Header("Authorization".into());
        let email = || Rule::Format("email".to_owned());
        for (status, violations, message, error_type) in [
            (
                404,
                vec![violation(Place::Path, Rule::UnknownPath)],
                "Route not found",
                "GeneralException",
            ),
            (
                405,
                vec![violation(Place::Method, Rule::UnknownMethod)],
                "Request method not allowed",
                "GeneralException",
            ),
            (
                401,
                vec![violation(authorization(), Rule::CredentialMissing)],
                "Invalid or expired session",
                "GeneralException",
            ),
            (
                401,
                vec![violation(authorization(), Rule::CredentialMalformed)],
                "Invalid or expired session",
                "GeneralException",
            ),
            (
                400,
                vec![in_body("", Rule::Syntax)],
                "Error parsing request",
                "InputException",
            ),
            (
                400,
                vec![in_body("", Rule::Required)],
                "Error parsing request",
                "InputException",
            ),
            (
                400,
                vec![
                    in_body("/content", Rule::Required),
                    in_body("/inbox_id", Rule::Type("integer".to_owned())),
                ],
                "Error parsing request",
                "InputException",
            ),
            (
                400,
                vec![
                    in_body("/first_name", Rule::Required),
                    in_body("/contact_email", email()),
                    in_body("/content", Rule::Required),
                ],
                "`content` Required",
                "InputException",
            ),
            (
                400,
                vec![in_body("/contact_email", email())],
                "Invalid email address",
                "InputException",
            ),
            (
                400,
                vec![in_body("/initiator", Rule::Enum(Vec::new()))],
                "Something went wrong",
                "InputException",
            ),
            (
                400,
                vec![in_body("/initiator", Rule::Required)],
                "Something went wrong",
                "InputException",
            ),
            (
                400,
                vec![in_body("/subject", Rule::Keyword("not".into()))],
                "the body `/subject` is wrong",
                "InputException",
            ),
        ] {
            let body = cases::refusal(&manner(), status, &violations).unwrap();
            let want = format!(
                r#"{{"status":"error","message":"{message}","data":null,"error_type":"{error_type}"}}"#
            );
            assert_eq!(body, want);
        }
    }

    #[test]
    fn what_the_server_never_refuses_is_left_to_the_general_engine() {
        for (status, name, rule) in [
            (415, "Content-Type", Rule::UnsupportedMediaType),
            (406, "Accept", Rule::NotAcceptable),
            (400, "Prefer", Rule::PreferUnknown),
        ] {
            let violations = [violation(Place::Header(name.into()), rule)];
            assert_eq!(
                cases::refusal(&manner(), status, &violations),
                None,
                "{name}"
            );
        }
    }

    #[test]
    fn an_invalid_body_is_a_400() {
        for (cause, want) in [
            (Cause::Content, Some(StatusCode::BAD_REQUEST)),
            (Cause::Credentials, None),
            (Cause::Syntax, None),
        ] {
            assert_eq!(status(cause), want, "{cause}");
        }
    }

    #[test]
    fn a_token_is_a_key_and_a_secret_after_its_prefix() {
        for (value, want) in [
            ("token key:secret", true),
            ("token key:se:cret", true),
            ("token  key:secret ", true),
            ("Token key:secret", false),
            ("tokenkey:secret", false),
            ("token key", false),
            ("token key:", false),
            ("token :secret", false),
            ("Bearer key:secret", false),
            ("", false),
        ] {
            assert_eq!(is_token(value), want, "{value}");
        }
    }

    #[test]
    fn what_was_sent_comes_back_in_the_conversation_and_its_contact() {
        let reply = cases::reply(
            "libredesk",
            &json!({
                "subject": "Order A-1024",
                "content": "<p>Where is it?</p>",
                "inbox_id": 3,
                "team_id": null,
                "agent_id": 7,
                "contact_email": "Ann@Example.com",
                "first_name": "Ann",
                "external_user_id": "crm-9f3a21",
                "initiator": "contact",
                "custom_attributes": {"order_id": "A-1024", "plan": "pro"}
            }),
        );
        let created = "2025-01-15T10:30:00.123456Z";
        assert_eq!(
            reply,
            json!({
                "status": "success",
                "data": {
                    "id": 51,
                    "created_at": created,
                    "updated_at": created,
                    "uuid": "7d692b95-73dc-4f53-9343-6ed47a3db903",
                    "contact_id": 1,
                    "inbox_id": 3,
                    "reference_number": "150",
                    "status": "Open",
                    "status_id": 1,
                    "assigned_user_id": 7,
                    "waiting_since": created,
                    "subject": "Order A-1024",
                    "inbox_mail": "support@example.com",
                    "inbox_name": "Support Inbox",
                    "inbox_channel": "email",
                    "custom_attributes": {"order_id": "A-1024", "plan": "pro"},
                    "last_message_at": created,
                    "last_message": "<p>Where is it?</p>",
                    "last_message_sender": "contact",
                    "contact": {
                        "id": 1,
                        "created_at": created,
                        "updated_at": created,
                        "first_name": "Ann",
                        "last_name": "",
                        "email": "ann@example.com",
                        "type": "contact",
                        "availability_status": "offline",
                        "enabled": true
                    }
                }
            })
        );
    }

    #[test]
    fn an_agent_waits_for_no_reply() {
        let reply = cases::reply(
            "libredesk",
            &json!({"content": "Hi", "inbox_id": 1, "contact_email": "a@example.com", "first_name": "A", "initiator": "agent"}),
        );
        assert_eq!(reply["data"]["last_message_sender"], json!("agent"));
        assert_eq!(reply["data"].get("waiting_since"), None);
    }
}
