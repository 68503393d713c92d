//! Everything that is served, and the one function that a request goes through.

use std::{
    net::SocketAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use http::{
    Method, Request, Response, StatusCode,
    header::{CONNECTION, HeaderValue, ORIGIN},
    request::Parts,
};
use http_body_util::Full;
use serde_json::{Map, Value};

use super::{
    Config, Limits, body::BodyError, cors, index, mount::Mounts, problem, response::response,
};
use crate::{
    Api, Reply, answer,
    journal::{Journal, Record},
    outbound::Sender,
};

/// What the threads of a server share.
#[derive(Debug)]
pub(super) struct Site {
    addr: SocketAddr,
    mounts: Mounts,
    cors: bool,
    index: bool,
    journal: Option<Arc<Journal>>,
    callbacks: Sender,
    /// What is borne from clients.
    pub(super) limits: Limits,
}

impl Site {
    /// What a server serves, and at which address.
    pub(super) fn new(config: Config, mounts: Mounts, addr: SocketAddr) -> Self {
        Self {
            addr,
            mounts,
            cors: config.cors,
            index: config.index,
            journal: config.journal,
            callbacks: Sender::new(config.callbacks, config.on_callback),
            limits: config.limits,
        }
    }

    /// Answers one request.
    ///
    /// # Errors
    /// The client is gone, or what it sent is no HTTP: the connection is to be closed.
    pub(super) fn respond(
        &self,
        head: Parts,
        body: Result<Bytes, BodyError>,
    ) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let method = head.method.clone();
        let origin = head.headers.get(ORIGIN).filter(|_| self.cors).cloned();
        let closes = body.is_err() && head.version < http::Version::HTTP_2;
        let reply = match body {
            Ok(body) => self.reply(Request::from_parts(head, body)),
            Err(BodyError::Broken(source)) => return Err(source),
            Err(BodyError::TooLong) => Arc::new(self.too_long()),
            Err(BodyError::TooSlow) => Arc::new(self.too_slow()),
        };
        let mut response = response(&reply, &method);
        if let Some(origin) = origin {
            cors::allow(response.headers_mut(), origin);
        }
        if closes {
            // What is left of the body cannot be told from a next request.
            let headers = response.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }

    /// The reply to a whole request: the server's own, or the one of the API that it is for.
    fn reply(&self, request: Request<Bytes>) -> Arc<Reply> {
        if self.cors
            && let Some(reply) = cors::preflight(&request)
        {
            return Arc::new(reply);
        }
        if request.method() == Method::CONNECT {
            let detail = "this server is no proxy and opens no tunnels";
            return Arc::new(problem::problem(StatusCode::NOT_IMPLEMENTED, detail));
        }
        let path = request.uri().path();
        let Some(mount) = self.mounts.find(path) else {
            return Arc::new(match path {
                "/" if self.index => self.index(&request),
                _ => self.unknown_mount(path),
            });
        };
        let api = mount.current();
        if self.index && path == "/" && !index::is_taken(&api) {
            return Arc::new(self.index(&request));
        }
        let request = crate::Request::from(request).below(mount.prefix());
        self.exchange(&api, request.within(self.limits.body_bytes))
    }

    /// Lets the API answer, and records the exchange before anybody can see the reply. Callbacks
    /// go their own way: nobody waits for them.
    fn exchange(&self, api: &Arc<Api>, request: crate::Request) -> Arc<Reply> {
        let at = SystemTime::now();
        // Nothing that a panic could leave half done is used again: the API does not change, and
        // the request is lost with it.
        let answered = catch_unwind(AssertUnwindSafe(|| answer(api, request)));
        let Ok(exchange) = answered else {
            return problem::panicked();
        };
        let reply = Arc::clone(&exchange.reply);
        self.callbacks.send(api, &exchange.callbacks);
        if let Some(journal) = &self.journal {
            journal.record(Record::new(Some(Arc::clone(api.name())), at, exchange));
        }
        reply
    }

    fn index(&self, request: &Request<Bytes>) -> Reply {
        index::reply(request, &self.mounts, self.addr)
    }

    fn unknown_mount(&self, path: &str) -> Reply {
        let prefixes = self
            .mounts
            .in_order()
            .into_iter()
            .map(|m| m.prefix().into());
        let mut more = Map::new();
        more.insert("mounts".to_owned(), Value::Array(prefixes.collect()));
        let detail = format!("no API is served at {path}: each has its prefix, and / lists them");
        Reply::problem(StatusCode::NOT_FOUND, &detail, more)
    }

    fn too_long(&self) -> Reply {
        let limit = self.limits.body_bytes;
        let detail = format!("the body is longer than {limit} bytes, the server's limit");
        problem::problem(StatusCode::PAYLOAD_TOO_LARGE, &detail)
    }

    fn too_slow(&self) -> Reply {
        let seconds = self.limits.body_timeout.as_secs_f64();
        let detail = format!("the body was not complete after {seconds} seconds");
        problem::problem(StatusCode::REQUEST_TIMEOUT, &detail)
    }
}
