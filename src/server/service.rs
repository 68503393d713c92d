//! The requests of one connection, as hyper hands them over.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{Request, Response, request::Parts};
use http_body_util::Full;
use hyper::{body::Incoming, service::Service};

use super::{
    body::BodyReader,
    progress::{InFlight, Progress},
    site::Site,
};

/// Answers the requests of one connection.
///
/// Written out rather than as an async function, which costs 6 % of a request.
#[derive(Debug)]
pub(super) struct Connection {
    /// What is served.
    pub(super) site: Arc<Site>,
    /// What the connection is doing.
    pub(super) progress: Arc<Progress>,
}

impl Service<Request<Incoming>> for Connection {
    type Response = Response<Full<Bytes>>;
    type Error = hyper::Error;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let in_flight = self.progress.request(request.version());
        let (head, body) = request.into_parts();
        Answering {
            body: BodyReader::new(body, &head, &self.site.limits),
            site: Arc::clone(&self.site),
            head: Some(head),
            in_flight: Some(in_flight),
        }
    }
}

/// A request that is being read and then answered.
#[derive(Debug)]
pub(super) struct Answering {
    site: Arc<Site>,
    head: Option<Parts>,
    body: BodyReader,
    in_flight: Option<InFlight>,
}

impl Future for Answering {
    type Output = Result<Response<Full<Bytes>>, hyper::Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let body = ready!(self.body.poll(cx));
        let (Some(head), Some(in_flight)) = (self.head.take(), self.in_flight.take()) else {
            // Polled again after it was ready, which no executor does.
            return Poll::Pending;
        };
        let response = self.site.respond(head, body, in_flight.peer());
        drop(in_flight);
        Poll::Ready(response)
    }
}
