//! Respondent: credentials in header parameters, and a conversation without messages.
//!
//! The vendor's document asks for `x-api-key` and `x-api-secret` as required header parameters beside
//! an empty `security`; its prose calls them the client's id and secret. So one that is missing is a
//! missing credential. No error is documented anywhere, neither a status nor a body, so refusals are
//! left to the general engine. Ids and times look like those of the vendor's webhook examples.

use super::{
    constant,
    models::respondent::types::{
        Conversation, ConversationMetadata, ConversationParticipant, CreateConversationDto,
        LatestMessage, MessagingUser,
    },
};
use crate::contract::{Manner, TypedReply};

pub(super) fn manner() -> Manner {
    Manner {
        credential_headers: &["x-api-key", "x-api-secret"],
        replies: vec![TypedReply::new(create_conversation)],
        ..Manner::default()
    }
}

const CREATED: &str = "2026-01-08T23:08:28.975Z";

/// A conversation of the API's owner with the participants of the request.
fn create_conversation(request: CreateConversationDto) -> Conversation {
    let users = request.participant_user_ids.into_iter().zip(0..);
    let participants = std::iter::once(researcher())
        .chain(users.map(|(user_id, index)| participant(user_id, index)))
        .collect();
    Conversation {
        created_at: CREATED.to_owned(),
        updated_at: Some(CREATED.to_owned()),
        uid: "04576ba9-2309-4f3b-82b4-2771fe737085".to_owned(),
        // Where a name comes from is not documented.
        name: "Conversation Test".to_owned(),
        deleted: false,
        locked: false,
        read: true,
        metadata: Some(ConversationMetadata {
            project_id: Some(request.project_id),
            survey_response_id: None,
            external_researcher_id: request.external_researcher_id,
            external_team_id: request.external_team_id,
            external_company_id: request.external_company_id,
        }),
        user: owner(),
        participants,
        messages: Vec::new(),
        // Invented: required by the document, though a new conversation has no message.
        latest_message: LatestMessage {
            created_at: CREATED.to_owned(),
            updated_at: None,
            uid: "5b0c7d52-6f0e-4c0b-9a53-0d1f6c1f4a10".to_owned(),
            body: String::new(),
        },
        messages_count: 0.0,
    }
}

/// The owner of the API account, whom the document calls the researcher among participants.
fn owner() -> MessagingUser {
    MessagingUser {
        uid: "b7c1f1de-52a4-4d0f-8c53-6a1f0f6f9e21".to_owned(),
        foreign_id: Some("69603934cd7d6158385a200c".to_owned()),
        first_name: "Robin".to_owned(),
        last_name: "R".to_owned(),
    }
}

fn researcher() -> ConversationParticipant {
    let owner = owner();
    ConversationParticipant {
        uid: owner.uid,
        foreign_id: owner.foreign_id,
        first_name: owner.first_name,
        last_name: owner.last_name,
        read: true,
        deleted: false,
    }
}

/// The names are invented: a request has ids only.
fn participant(user_id: String, index: u128) -> ConversationParticipant {
    let first: uuid::Uuid = constant("fe799a09-08ac-4486-8dee-4f69dc1b5153");
    ConversationParticipant {
        uid: uuid::Uuid::from_u128(first.as_u128() + index).to_string(),
        foreign_id: Some(user_id),
        first_name: format!("Participant {}", index + 1),
        last_name: "P".to_owned(),
        read: false,
        deleted: false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::cases;

    #[test]
    fn both_keys_are_credentials() {
        let api = super::super::load("respondent").unwrap().unwrap();
        let needed = &api.operations()[0].security[0].credentials;
        let credentials: Vec<&str> = needed.iter().map(|credential| &*credential.name).collect();
        assert_eq!(credentials, ["x-api-key", "x-api-secret"]);
    }

    #[test]
    fn a_conversation_has_the_researcher_and_each_participant() {
        let reply = cases::reply(
            "respondent",
            &json!({
                "projectId": "69603934cd7d6158385a2001",
                "participantUserIds": ["69603934cd7d6158385a2002", "69603934cd7d6158385a2003"],
                "externalTeamId": "team-7"
            }),
        );
        let researcher = json!({"uid": "b7c1f1de-52a4-4d0f-8c53-6a1f0f6f9e21", "foreignId": "69603934cd7d6158385a200c", "firstName": "Robin", "lastName": "R"});
        assert_eq!(
            reply,
            json!({
                "createdAt": "2026-01-08T23:08:28.975Z",
                "updatedAt": "2026-01-08T23:08:28.975Z",
                "uid": "04576ba9-2309-4f3b-82b4-2771fe737085",
                "name": "Conversation Test",
                "deleted": false,
                "locked": false,
                "read": true,
                "metadata": {"projectId": "69603934cd7d6158385a2001", "externalTeamId": "team-7"},
                "user": researcher,
                "participants": [
                    {"uid": "b7c1f1de-52a4-4d0f-8c53-6a1f0f6f9e21", "foreignId": "69603934cd7d6158385a200c", "firstName": "Robin", "lastName": "R", "read": true, "deleted": false},
                    {"uid": "fe799a09-08ac-4486-8dee-4f69dc1b5153", "foreignId": "69603934cd7d6158385a2002", "firstName": "Participant 1", "lastName": "P", "read": false, "deleted": false},
                    {"uid": "fe799a09-08ac-4486-8dee-4f69dc1b5154", "foreignId": "69603934cd7d6158385a2003", "firstName": "Participant 2", "lastName": "P", "read": false, "deleted": false}
                ],
                "messages": [],
                "latestMessage": {"createdAt": "2026-01-08T23:08:28.975Z", "uid": "5b0c7d52-6f0e-4c0b-9a53-0d1f6c1f4a10", "body": ""},
                "messagesCount": 0.0
            })
        );
    }
}
