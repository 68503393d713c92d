//! Fakes as tests use them.

use mynah::{
    Source,
    contract::SampleBody,
    testing::Fake,
    vendors::models::{libredesk::types as libredesk, qoolife::types as qoolife},
};

/// Sends the documented request of a fake's only operation, with another body if one is given.
async fn post(fake: &Fake, body: Option<&str>) -> reqwest::Response {
    let api = fake.api();
    let sample = api.operations()[0].sample();
    let url = format!("{}{}", fake.url(), sample.target);
    let method = sample.method.parse().unwrap();
    let request = reqwest::Client::new().request(method, url);
    let fields = sample.headers.iter();
    let request = fields.fold(request, |request, (name, value)| {
        request.header(name, value)
    });
    let body = body.map_or_else(|| documented_body(fake), str::to_owned);
    request.body(body).send().await.unwrap()
}

/// The body of the documented request of a fake's only operation.
fn documented_body(fake: &Fake) -> String {
    match &fake.api().operations()[0].sample().body {
        Some(SampleBody::Text(text)) => text.clone(),
        None => String::new(),
        parts => panic!("no text: {parts:?}"),
    }
}

/// A reply with a subject and nothing else.
fn conversation(subject: Option<String>) -> libredesk::ConversationResponse {
    let data = libredesk::Conversation {
        subject,
        ..Default::default()
    };
    libredesk::ConversationResponse {
        data: Some(data),
        status: Some("success".to_owned()),
    }
}

#[tokio::test]
async fn the_documented_requests_keep_to_the_contract() {
    for built_in in mynah::vendors::catalogue() {
        let fake = Fake::start(built_in.name);
        assert!(
            post(&fake, None).await.status().is_success(),
            "{}",
            built_in.name
        );
        fake.assert_no_violations();
    }
}

#[tokio::test]
async fn sessions_of_one_fake_are_judged_apart() {
    let fake = Fake::start("libredesk");
    let (right, wrong) = (fake.session("right"), fake.session("wrong"));
    let sample = fake.api().operations()[0].sample().clone();
    let client = reqwest::Client::new();
    for (session, body) in [(&right, documented_body(&fake)), (&wrong, "{}".to_owned())] {
        let request = client.post(format!("{}{}", session.url(), sample.target));
        let fields = sample.headers.iter();
        let request = fields.fold(request, |request, (name, value)| {
            request.header(name, value)
        });
        request.body(body).send().await.unwrap();
    }
    right.assert_no_violations();
    assert_eq!((right.exchanges().len(), wrong.exchanges().len()), (1, 1));
    let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        wrong.assert_no_violations();
    }));
    assert!(judged.is_err());
    wrong.forget();
    wrong.assert_no_violations();
    assert_eq!(fake.exchanges().len(), 1);
}

#[test]
#[should_panic(expected = "`a b` is no name of a session")]
fn a_session_has_a_name_that_stands_in_a_path() {
    let _ = Fake::start("libredesk").session("a b");
}

#[tokio::test]
async fn what_panics_is_recorded() {
    let fake = Fake::start("libredesk");
    fake.reply(
        |_: libredesk::CreateConversationRequest| -> libredesk::ConversationResponse {
            panic!("a fault of the stub")
        },
    );
    assert_eq!(post(&fake, None).await.status(), 500);
    let exchanges = fake.exchanges();
    assert_eq!(exchanges[0].reply.status, 500);
    assert_eq!(exchanges[0].request.path(), "/api/v1/conversations");
}

#[tokio::test]
async fn exchanges_are_kept_in_order_until_they_are_forgotten() {
    let fake = Fake::start("libredesk");
    for path in ["/one", "/two"] {
        reqwest::get(format!("{}{path}", fake.url())).await.unwrap();
    }
    let paths = |fake: &Fake| {
        let exchanges = fake.exchanges().into_iter();
        exchanges
            .map(|exchange| exchange.request.path().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&fake), ["/one", "/two"]);
    fake.forget();
    assert!(fake.exchanges().is_empty());
    fake.assert_no_violations();
    reqwest::get(format!("{}/three", fake.url())).await.unwrap();
    assert_eq!(paths(&fake), ["/three"]);
}

#[tokio::test]
#[should_panic(expected = "1 of 2 requests to `libredesk` leaves the contract")]
async fn a_violation_fails_the_test() {
    let fake = Fake::start("libredesk");
    post(&fake, None).await;
    post(&fake, Some("{}")).await;
    fake.assert_no_violations();
}

#[tokio::test]
async fn a_stub_replaces_the_documented_reply_from_the_next_request_on() {
    let fake = Fake::start("libredesk");
    let documented = post(&fake, None).await.text().await.unwrap();
    fake.reply(|request: libredesk::CreateConversationRequest| conversation(request.subject));
    let stubbed = post(&fake, None)
        .await
        .json::<libredesk::ConversationResponse>()
        .await
        .unwrap();
    assert_ne!(documented, serde_json::to_string(&stubbed).unwrap());
    assert!(stubbed.data.unwrap().subject.is_some());
    fake.reply(|_: libredesk::CreateConversationRequest| conversation(Some("later".to_owned())));
    let later = post(&fake, None)
        .await
        .json::<libredesk::ConversationResponse>()
        .await
        .unwrap();
    assert_eq!(later, conversation(Some("later".to_owned())));
    fake.assert_no_violations();
}

#[tokio::test]
async fn a_stub_does_not_get_a_request_that_leaves_the_contract() {
    let fake = Fake::start("libredesk");
    fake.reply(|_: libredesk::CreateConversationRequest| conversation(None));
    assert!(post(&fake, Some("{}")).await.status().is_client_error());
}

#[test]
fn a_stub_is_known_to_the_api_at_once() {
    let fake = Fake::start("libredesk");
    let is_stubbed = || fake.api().stub(&fake.api().operations()[0]).is_some();
    assert!(!is_stubbed());
    fake.reply(|_: libredesk::CreateConversationRequest| conversation(None));
    assert!(is_stubbed());
}

#[test]
#[should_panic(
    expected = "this stub is for `libredesk` (POST /api/v1/conversations), and this fake is of `qoolife`"
)]
fn a_stub_of_another_api_is_refused() {
    // Both have the same path: only the name tells them apart.
    Fake::start("qoolife").reply(|_: libredesk::CreateConversationRequest| conversation(None));
}

#[test]
#[should_panic(
    expected = "this stub is for POST /api/v1/conversations, which this description of `qoolife` does not have"
)]
fn a_stub_of_an_operation_that_is_not_there_is_refused() {
    let text = "openapi: 3.1.0\ninfo: {title: Q, version: '1'}\npaths: {}\n";
    let fake = Fake::from_source(Source::new("qoolife.yaml", text));
    fake.reply(|_: qoolife::CreateConversationRequest| unreachable!());
}

#[test]
#[should_panic(expected = "no built-in API is called `libradesk`: there are ")]
fn an_unknown_name_lists_the_known_ones() {
    let _ = Fake::start("libradesk");
}

#[tokio::test]
async fn a_file_is_faked() {
    let fake = Fake::from_file("specs/libredesk.yaml");
    assert!(post(&fake, None).await.status().is_success());
    // The name is that of the built-in API, and so its types fit.
    fake.reply(|_: libredesk::CreateConversationRequest| conversation(None));
}

#[test]
#[should_panic(expected = "the description specs/nowhere.yaml cannot be read: ")]
fn a_file_that_is_not_there_is_said_so() {
    let _ = Fake::from_file("specs/nowhere.yaml");
}

#[test]
#[should_panic(expected = "the description `pets.yaml` has faults:\npets.yaml:1:10: error[syntax]")]
fn faults_of_a_description_are_listed_with_their_places() {
    let _ = Fake::from_source(Source::new("pets.yaml", "openapi: ["));
}

#[test]
fn fakes_of_one_api_share_nothing() {
    let (one, two) = (Fake::start("libredesk"), Fake::start("libredesk"));
    assert_ne!(one.url(), two.url());
    one.reply(|_: libredesk::CreateConversationRequest| conversation(None));
    assert!(two.api().stub(&two.api().operations()[0]).is_none());
}

#[tokio::test]
async fn a_fake_stops_when_it_is_dropped() {
    let fake = Fake::start("libredesk");
    let url = fake.url().to_owned();
    assert!(reqwest::get(&url).await.is_ok());
    drop(fake);
    assert!(reqwest::get(&url).await.unwrap_err().is_connect());
}

#[cfg(feature = "client")]
mod client {
    use serde::de::DeserializeOwned;

    use mynah::{
        testing::Fake,
        vendors::models::{echosistema, libredesk, qoolife, respondent, socialboards},
    };

    #[tokio::test]
    async fn the_client_gets_the_stubbed_reply_as_its_type() {
        let fake = Fake::start("libredesk");
        let client: libredesk::Client = fake.client();
        fake.reply(|request: libredesk::types::CreateConversationRequest| {
            super::conversation(request.subject)
        });
        let request = libredesk::types::CreateConversationRequest::builder()
            .inbox_id(1)
            .contact_email("ada@example.com")
            .first_name("Ada")
            .content("Hello")
            .initiator(libredesk::types::CreateConversationRequestInitiator::Contact)
            .subject("A question".to_owned());
        let reply = client
            .handle_create_conversation()
            .body(request)
            .send()
            .await
            .unwrap();
        assert_eq!(*reply, super::conversation(Some("A question".to_owned())));
        fake.assert_no_violations();
    }

    /// The body of the documented request as its generated type.
    fn documented<T: DeserializeOwned>(fake: &Fake) -> T {
        serde_json::from_str(&super::documented_body(fake)).unwrap()
    }

    /// Credentials too: every API but Respondent takes them where the client has them already.
    #[tokio::test]
    async fn every_client_sends_what_its_api_takes() {
        let fake = Fake::start("echosistema");
        let client: echosistema::Client = fake.client();
        let body: echosistema::types::CreateConversationRequest = documented(&fake);
        client
            .create_conversation()
            .body(body)
            .send()
            .await
            .unwrap();
        fake.assert_no_violations();

        let fake = Fake::start("libredesk");
        let client: libredesk::Client = fake.client();
        let body: libredesk::types::CreateConversationRequest = documented(&fake);
        client
            .handle_create_conversation()
            .body(body)
            .send()
            .await
            .unwrap();
        fake.assert_no_violations();

        let fake = Fake::start("qoolife");
        let client: qoolife::Client = fake.client();
        let body: qoolife::types::CreateConversationRequest = documented(&fake);
        client
            .create_conversation()
            .body(body)
            .send()
            .await
            .unwrap();
        fake.assert_no_violations();

        let fake = Fake::start("respondent");
        let client: respondent::Client = fake.client();
        let body: respondent::types::CreateConversationDto = documented(&fake);
        let request = client.conversations_controller_create().body(body);
        request
            .x_api_key("key")
            .x_api_secret("secret")
            .send()
            .await
            .unwrap();
        fake.assert_no_violations();

        let fake = Fake::start("socialboards");
        let client: socialboards::Client = fake.client();
        let body: socialboards::types::CreateConversationRequest = documented(&fake);
        client
            .create_conversation()
            .body(body)
            .send()
            .await
            .unwrap();
        fake.assert_no_violations();
    }

    #[test]
    #[should_panic(expected = "this client is for `qoolife`, and this fake is of `libredesk`")]
    fn the_client_of_another_api_is_refused() {
        let _: qoolife::Client = Fake::start("libredesk").client();
    }
}
