//! Requests that are forwarded, and the replies that are passed back.

use std::{pin::Pin, sync::Arc, time::SystemTime};

use http::{
    HeaderValue, Method, Request, Response, StatusCode, header::TRANSFER_ENCODING, request::Parts,
};
use hyper::body::{Body, Incoming};

use super::{
    Manner, ProxyConfig, UpstreamError,
    body::{self, Sent},
    enforce::enforce,
    fields::remove_hop_by_hop,
    passing::Passing,
    tee::Tee,
};
use crate::{
    Api, Exchange, Reply,
    journal::{Journal, JournalFile, Record},
    server::{Config, InFlight, Limits, Mount, Respond},
};

/// What the threads of a proxy share.
#[derive(Debug)]
pub(super) struct Forwarder {
    /// What is held against: the API as it is described now.
    pub(super) contract: Mount,
    pub(super) limits: Limits,
    pub(super) proxy: ProxyConfig,
    journal: Option<Arc<Journal>>,
    file: Option<Arc<JournalFile>>,
}

impl Respond for Forwarder {
    /// A client that compares what it gets with what the server sends finds no other letters.
    const PRESERVES_CASE: bool = true;

    type Body = Sent;
    type Responding = Pin<Box<dyn Future<Output = Result<Response<Sent>, hyper::Error>> + Send>>;

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn respond(
        self: &Arc<Self>,
        request: Request<Incoming>,
        in_flight: InFlight,
    ) -> Self::Responding {
        let forwarder = Arc::clone(self);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            Ok(match forwarder.proxy.manner {
                _ if head.method == Method::CONNECT => no_tunnel(),
                Manner::Watch => watch(&forwarder, head, body, in_flight).await,
                Manner::Enforce => enforce(&forwarder, head, body).await,
            })
        })
    }
}

impl Forwarder {
    pub(super) fn new(server: Config, proxy: ProxyConfig, contract: Mount) -> Self {
        Self {
            contract,
            limits: server.limits,
            journal: server.journal,
            file: server.journal_file,
            proxy,
        }
    }

    /// Sends a request to the real server.
    pub(super) async fn send(
        &self,
        mut head: Parts,
        body: Sent,
    ) -> Result<Response<Incoming>, UpstreamError> {
        remove_hop_by_hop(&mut head.headers);
        if body.size_hint().exact().is_none() {
            // hyper takes a GET without this to have no body.
            let chunked = HeaderValue::from_static("chunked");
            head.headers.insert(TRANSFER_ENCODING, chunked);
        }
        let request = Request::from_parts(head, body);
        let mut reply = self
            .proxy
            .upstream
            .send(request, self.proxy.reply_timeout)
            .await?;
        remove_hop_by_hop(reply.headers_mut());
        Ok(reply)
    }

    /// Records an exchange and tells of it.
    pub(super) fn record(&self, api: &Arc<Api>, at: SystemTime, exchange: Exchange) {
        let record = Record::new(Some(Arc::clone(api.name())), at, exchange);
        if let Some(file) = &self.file {
            // The reply is the real server's and goes on all the same; the file tells of its trouble itself.
            let _ = file.append(&record, std::slice::from_ref(api));
        }
        if let Some(witness) = &self.proxy.witness {
            witness.tell(&record);
        }
        if let Some(journal) = &self.journal {
            journal.record(record);
        }
    }
}

/// Lets both bodies pass as they come.
async fn watch(
    forwarder: &Arc<Forwarder>,
    head: Parts,
    body: Incoming,
    in_flight: InFlight,
) -> Response<Sent> {
    let limit = forwarder.proxy.kept_bytes;
    let passing = Passing::begin(forwarder, &head);
    let seen = Arc::clone(&passing);
    let body = Tee::new(body, limit, move |body| seen.request_seen(body));
    match forwarder.send(head, body::streamed(body)).await {
        Ok(reply) => {
            let (head, body) = reply.into_parts();
            let (status, headers) = (head.status, head.headers.clone());
            let seen = move |body| passing.reply_seen(status, headers, body);
            let body = Tee::new(body, limit, seen).holding(in_flight);
            Response::from_parts(head, body::streamed(body))
        }
        Err(error) => {
            let reply = error.reply();
            passing.unanswered(reply.clone(), error.to_string());
            own(reply)
        }
    }
}

/// A reply of the proxy's own, as a response.
pub(super) fn own(reply: Reply) -> Response<Sent> {
    let mut response = Response::new(body::own(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

fn no_tunnel() -> Response<Sent> {
    let detail = "this proxy stands before one server and opens no tunnels";
    own(Reply::problem(StatusCode::NOT_IMPLEMENTED, detail, &()))
}
