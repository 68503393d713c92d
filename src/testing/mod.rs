//! Fakes inside a test: started by a line, stopped when dropped, on a free port of this machine.
//!
//! ```
//! use mynah::{testing::Fake, vendors::models::libredesk::types};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! // Inside a `#[tokio::test]`:
//! let fake = Fake::start("libredesk");
//! fake.reply(|request: types::CreateConversationRequest| types::ConversationResponse {
//!     data: Some(types::Conversation { subject: request.subject, ..Default::default() }),
//!     status: Some("success".to_owned()),
//! });
//!
//! // The code under test gets `fake.url()` for the address of the real API.
//! let response = reqwest::Client::new()
//!     .post(format!("{}/api/v1/conversations", fake.url()))
//!     .basic_auth("key", Some("secret"))
//!     .json(&serde_json::json!({
//!         "inbox_id": 1,
//!         "contact_email": "ada@example.com",
//!         "first_name": "Ada",
//!         "content": "Hello",
//!         "initiator": "contact",
//!     }))
//!     .send()
//!     .await
//!     .unwrap();
//!
//! assert_eq!(response.status(), 200);
//! assert_eq!(fake.exchanges().len(), 1);
//! fake.assert_no_violations();
//! # }
//! ```
//!
//! With the cargo feature `client`, `fake.client()` is the generated client of the API, and the
//! request above becomes `client.handle_create_conversation().body(...).send().await`.
//!
//! What goes wrong here panics with a sentence, which is what a test wants.

mod broken;
#[cfg(feature = "client")]
mod client;
mod fake;
mod load;
mod session;

pub use fake::Fake;
pub use session::Session;
