//! A server of all five APIs, and a client for it that is not our own code.

use std::{num::NonZeroUsize, sync::Arc};

use http::{HeaderMap, Method};
use mynah::{
    server::{Config, Mount, Running, Server},
    vendors,
};
use serde_json::Value;

/// The names of the built-in APIs.
pub const APIS: [&str; 5] = [
    "echosistema",
    "libredesk",
    "qoolife",
    "respondent",
    "socialboards",
];

/// One of them, compiled.
pub fn api(name: &str) -> mynah::Api {
    vendors::load(name)
        .expect("a built-in API")
        .expect("it compiles")
}

/// Serves all five on a free port, each below its name.
pub fn serve() -> Running {
    let config = Config {
        port: 0,
        threads: NonZeroUsize::MIN,
        ..Config::default()
    };
    let mounts = APIS.map(|name| Mount::new(format!("/{name}"), Arc::new(api(name))));
    let server = Server::bind(config, mounts.into()).unwrap();
    server.start().unwrap()
}

/// The base URL of one API on a server.
pub fn base(server: &Running, name: &str) -> String {
    format!("http://{}/{name}", server.addr())
}

/// A request as a client means it.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Path and query below the API's base URL.
    pub path: String,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A header field, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("visible ASCII"))
    }
}

/// Sends a call to the API at a base URL.
pub async fn send(client: &reqwest::Client, base: &str, call: &Call) -> Answer {
    let mut request = client.request(call.method.clone(), format!("{base}{}", call.path));
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    if !call.body.is_empty() {
        request = request.body(call.body.clone());
    }
    let response = request.send().await.expect("an answer");
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.expect("a body"),
    }
}
