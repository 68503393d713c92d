//! Everything that is served, and the one function that a request goes through.

use std::{
    net::{IpAddr, SocketAddr},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use http::{
    Method, Response, StatusCode,
    header::{CONNECTION, HeaderValue, ORIGIN},
    request::Parts,
};
use http_body_util::Full;
use serde_json::{Map, Value};

use super::{
    Config, Limits, addressing,
    admin::Admin,
    body::{BodyError, Unread},
    cors, index,
    mount::{Mount, Mounts},
    problem,
    recorder::{Context, Recorder},
    refused::{Refusal, panicked},
    response::response,
    session::{Session, is_admin},
};
use crate::{
    Api, Exchange, Reply, Request, answer,
    exchange::{Place, Rule},
    outbound::Sender,
};

/// What the threads of a server share.
#[derive(Debug)]
pub(super) struct Site {
    addr: SocketAddr,
    mounts: Mounts,
    cors: bool,
    index: bool,
    recorder: Recorder,
    admin: Option<Admin>,
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
            recorder: Recorder {
                journal: config.journal,
                file: config.journal_file,
            },
            admin: config.admin.map(|access| Admin::new(access, addr)),
            callbacks: Sender::new(config.callbacks, config.on_callback),
            limits: config.limits,
        }
    }

    /// Answers one request.
    ///
    /// # Errors
    /// The client is gone, or what it sent is no HTTP: the connection is to be closed.
    pub(super) fn answer(
        &self,
        head: Parts,
        body: Result<Bytes, BodyError>,
        peer: IpAddr,
    ) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let body = match body {
            Ok(body) => Ok(body),
            Err(BodyError::Unread(why)) => Err(why),
            Err(BodyError::Broken(source)) => return Err(source),
        };
        let method = head.method.clone();
        let closes = body.is_err() && head.version < http::Version::HTTP_2;
        let mut response = match &self.admin {
            // Never for pages of other origins.
            Some(admin) if is_admin(head.uri.path()) => {
                let reply = admin.reply(&head, peer, &self.recorder, &self.mounts);
                response(&reply, &method)
            }
            _ => {
                let origin = head.headers.get(ORIGIN).filter(|_| self.cors).cloned();
                let mut response = response(&self.reply(head, body), &method);
                if let Some(origin) = origin {
                    cors::allow(response.headers_mut(), origin);
                }
                response
            }
        };
        if closes {
            // What is left of the body cannot be told from a next request.
            let headers = response.headers_mut();
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }

    /// The reply to a request that is no matter of Mynah's own: the server's, or that of the API that it is
    /// for.
    fn reply(&self, head: Parts, body: Result<Bytes, Unread>) -> Arc<Reply> {
        let at = SystemTime::now();
        if self.cors
            && let Some(reply) = cors::preflight(&head)
        {
            return Arc::new(reply);
        }
        let session = match &self.admin {
            Some(_) => Session::of(&head),
            None => Session::of_field(&head),
        };
        let path = match &head.uri.path()[session.prefix..] {
            "" => "/",
            path => path,
        };
        let mount = self.mounts.find(path);
        let api = mount.map(Mount::current);
        let is_tunnel = head.method == Method::CONNECT;
        let fault = addressing::fault(&head);
        let has_index = self.index
            && fault.is_none()
            && !is_tunnel
            && path == "/"
            && api.as_ref().is_none_or(|api| !index::is_taken(api));
        if has_index && body.is_ok() && session.name.is_ok() {
            return Arc::new(index::reply(&head, &self.mounts, self.addr));
        }
        let prefix = session.prefix + mount.map_or(0, |mount| mount.prefix().len());
        let leads_to = match (fault, &session.name, &body, &api) {
            (Some((place, detail)), ..) => Err(Refusal::of_head(place, detail)),
            _ if is_tunnel => Err(Refusal::of_connect()),
            (_, Err(why), _, _) => Err(Refusal::of_session(why)),
            (_, _, Err(Unread::TooLong), _) => Err(self.too_long()),
            (_, _, Err(Unread::TooSlow), _) => Err(self.too_slow()),
            (_, _, Ok(_), None) => Err(self.unknown_mount(path)),
            (_, _, Ok(_), Some(api)) => Ok(api),
        };
        let request = Request::new(head, body.unwrap_or_default());
        let request = request.below_length(prefix).within(self.limits.body_bytes);
        let exchange = match leads_to {
            Ok(api) => answered(api, request),
            Err(refusal) => refusal.exchange(request),
        };
        let context = Context {
            at,
            session: session.name.unwrap_or_default(),
            api: api.as_deref(),
        };
        let apis = || self.mounts.in_order().into_iter().map(Mount::api).collect();
        self.recorder.record(context, exchange, apis, |exchange| {
            if let Some(api) = &api {
                // They go their own way: nobody waits for them.
                self.callbacks.send(api, &exchange.callbacks);
            }
        })
    }

    fn unknown_mount(&self, path: &str) -> Refusal {
        let mounts = self.mounts.in_order().into_iter();
        let prefixes = mounts.map(|mount| mount.prefix().into());
        let mut more = Map::new();
        more.insert("mounts".to_owned(), Value::Array(prefixes.collect()));
        let detail = format!("no API is served at {path}: each has its prefix, and / lists them");
        let reply = Reply::problem(StatusCode::NOT_FOUND, &detail, &more);
        Refusal {
            place: Place::Path,
            rule: Rule::UnknownPath,
            detail,
            reply,
        }
    }

    fn too_long(&self) -> Refusal {
        let limit = self.limits.body_bytes;
        let detail = format!("the body is longer than {limit} bytes, the server's limit");
        Refusal::of_body(StatusCode::PAYLOAD_TOO_LARGE, Rule::TooLarge, detail)
    }

    fn too_slow(&self) -> Refusal {
        let seconds = self.limits.body_timeout.as_secs_f64();
        let detail = format!("the body was not complete after {seconds} seconds");
        Refusal::of_body(StatusCode::REQUEST_TIMEOUT, Rule::TooSlow, detail)
    }
}

/// Lets the API answer.
fn answered(api: &Api, request: Request) -> Exchange {
    // Nothing that a panic could leave half done is used again: neither the API nor the request changes.
    let answered = catch_unwind(AssertUnwindSafe(|| answer::to(api, &request)));
    match answered {
        Ok(answered) => answered.exchange(request),
        Err(_) => panicked(request, problem::panicked()),
    }
}
