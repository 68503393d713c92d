//! The requests of one connection, as hyper hands them over.

use std::{
    error::Error,
    fmt::Debug,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http::{Request, Response, request::Parts};
use http_body_util::Full;
use hyper::{
    body::{Body, Incoming},
    service::Service,
};

use super::{
    Limits,
    body::BodyReader,
    progress::{InFlight, Progress},
    site::Site,
};

/// What a server does with a request: it answers by itself, or lets another answer.
pub(crate) trait Respond: Debug + Send + Sync + 'static {
    /// Whether the letters of header fields' names are sent on as they came, which costs time.
    const PRESERVES_CASE: bool = false;

    /// The body of a response.
    type Body: Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static;
    /// A response that is being made. An error closes the connection.
    type Responding: Future<Output = Result<Response<Self::Body>, hyper::Error>> + Send + 'static;

    /// What is borne from clients.
    fn limits(&self) -> &Limits;

    /// Responds to a request. While `in_flight` is held, the request is not the client's to hurry.
    fn respond(
        self: &Arc<Self>,
        request: Request<Incoming>,
        in_flight: InFlight,
    ) -> Self::Responding;
}

/// Answers the requests of one connection.
#[derive(Debug)]
pub(super) struct Connection<R> {
    /// What responds.
    pub(super) responder: Arc<R>,
    /// What the connection is doing.
    pub(super) progress: Arc<Progress>,
}

impl<R: Respond> Service<Request<Incoming>> for Connection<R> {
    type Response = Response<R::Body>;
    type Error = hyper::Error;
    type Future = R::Responding;

    fn call(&self, request: Request<Incoming>) -> R::Responding {
        let in_flight = self.progress.request(request.version());
        self.responder.respond(request, in_flight)
    }
}

impl Respond for Site {
    type Body = Full<Bytes>;
    type Responding = Answering;

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn respond(self: &Arc<Self>, request: Request<Incoming>, in_flight: InFlight) -> Answering {
        let (head, body) = request.into_parts();
        Answering {
            body: BodyReader::new(body, &head, &self.limits),
            site: Arc::clone(self),
            request: Some((head, in_flight)),
        }
    }
}

/// A request that is being read and then answered.
///
/// Written out rather than as an async function, which costs 6 % of a request.
#[derive(Debug)]
pub(super) struct Answering {
    site: Arc<Site>,
    body: BodyReader,
    /// Taken when the body is there.
    request: Option<(Parts, InFlight)>,
}

impl Future for Answering {
    type Output = Result<Response<Full<Bytes>>, hyper::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some((head, in_flight)) = self.request.take() else {
            // Polled again after it was ready, which no executor does.
            return Poll::Pending;
        };
        let Poll::Ready(body) = self.body.poll(in_flight.progress(), cx) else {
            self.request = Some((head, in_flight));
            return Poll::Pending;
        };
        let response = self.site.answer(head, body, in_flight.peer());
        drop(in_flight);
        Poll::Ready(response)
    }
}
