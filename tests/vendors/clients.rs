//! The seeds once more, through the generated clients: what a user of the feature `client` gets.

use std::fmt::Debug;

use mynah::vendors::models;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    fixture::{Call, base, serve},
    pages,
};

/// A client that sends the credentials of a call with each request.
fn with_credentials_of(call: &Call) -> reqwest::Client {
    let headers = call
        .headers
        .iter()
        .filter(|(name, _)| name != "Content-Type");
    let headers: HeaderMap = headers
        .map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        })
        .collect();
    let builder = reqwest::Client::builder().default_headers(headers);
    builder.build().unwrap()
}

/// The body of a call as a generated type.
fn typed<T: DeserializeOwned>(call: &Call) -> T {
    serde_json::from_slice(&call.body).unwrap()
}

/// Holds a typed answer against the printed one, read as the same type: a type may write a date in
/// another of its forms, or leave out a null.
fn assert_typed<T: DeserializeOwned + Serialize + PartialEq + Debug>(answer: &T, printed: Value) {
    assert_eq!(answer, &serde_json::from_value::<T>(printed).unwrap());
}

#[tokio::test]
async fn qoolife_answers_its_client() {
    let (server, call) = (serve(), pages::qoolife());
    let client = with_credentials_of(&call);
    let client = models::qoolife::Client::new_with_client(&base(&server, "qoolife"), client);
    // The client sends JSON where the page prints a form.
    let body: models::qoolife::types::CreateConversationRequest = serde_json::from_value(json!({
        "conversation": {"title": "a title", "first_post_body": "Wow folks whats app", "user_id": 2}
    }))
    .unwrap();
    let answer = client
        .create_conversation()
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(answer.conversation.watchers[0].professional_roles, "Médico");
    assert_typed(&answer.into_inner(), pages::qoolife_answer());
}

#[tokio::test]
async fn socialboards_answers_its_client() {
    let (server, call) = (serve(), pages::socialboards());
    let client = with_credentials_of(&call);
    let base = base(&server, "socialboards");
    let client = models::socialboards::Client::new_with_client(&base, client);
    let body: models::socialboards::types::CreateConversationRequest = typed(&call);
    let answer = client
        .create_conversation()
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!((answer.status().as_u16(), answer.error_code), (200, -1));
    assert_typed(&answer.into_inner(), pages::socialboards_answer());
}

#[tokio::test]
async fn echosistema_answers_its_client() {
    let (server, call) = (serve(), pages::echosistema());
    let client = with_credentials_of(&call);
    let base = base(&server, "echosistema");
    let client = models::echosistema::Client::new_with_client(&base, client);
    let body: models::echosistema::types::CreateConversationRequest = typed(&call);
    let answer = client
        .create_conversation()
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    assert_eq!(
        answer.data.taggable_type.as_deref(),
        Some(r"App\Models\Order")
    );
    assert_typed(&answer.into_inner(), pages::echosistema_answer());
}

#[tokio::test]
async fn respondent_answers_its_client() {
    let (server, call) = (serve(), pages::respondent());
    let client = models::respondent::Client::new(&base(&server, "respondent"));
    let body: models::respondent::types::CreateConversationDto = typed(&call);
    let sent = client
        .conversations_controller_create()
        .x_api_key("client-id")
        .x_api_secret("client-secret")
        .body(body);
    let answer = sent.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    assert!(!answer.participants.is_empty() && !answer.uid.is_empty());
}

#[tokio::test]
async fn libredesk_answers_its_client() {
    let (server, call) = (serve(), pages::libredesk());
    let client = with_credentials_of(&call);
    let base = base(&server, "libredesk");
    let client = models::libredesk::Client::new_with_client(&base, client);
    let body: models::libredesk::types::CreateConversationRequest = typed(&call);
    let answer = client
        .handle_create_conversation()
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let conversation = answer.into_inner().data.unwrap();
    assert_eq!(conversation.id, Some(51));
    let subject = "[GitHub] A third-party GitHub Application has been added";
    assert_eq!(conversation.subject.as_deref(), Some(subject));
}

#[tokio::test]
async fn a_client_without_credentials_gets_the_typed_refusal() {
    let server = serve();
    let client = models::echosistema::Client::new(&base(&server, "echosistema"));
    let body: models::echosistema::types::CreateConversationRequest = typed(&pages::echosistema());
    let refused = client.create_conversation().body(body).send().await;
    let error = refused.expect_err("no credentials");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    let text = format!("{error:?}");
    assert!(text.contains("Unauthenticated."), "{text}");
}
