//! A server that checks nothing: whatever comes, it answers with the documented success.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use mynah::Reply;
use tokio::net::TcpListener;

use crate::fixture::{APIS, api};

/// Starts it on a free port.
pub async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let replies = Arc::new(APIS.map(|name| (name, success(name))));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let replies = Arc::clone(&replies);
            let service = service_fn(move |request| answer(request, Arc::clone(&replies)));
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    addr
}

/// The documented success of an API.
fn success(name: &str) -> Arc<Reply> {
    let api = api(name);
    let content = &api.operations()[0].success().content[0];
    let example = content.first();
    Arc::clone(example.expect("a documented success").reply())
}

/// The success of the API that the path begins with.
async fn answer(
    request: Request<Incoming>,
    replies: Arc<[(&'static str, Arc<Reply>); 5]>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let _ = request.into_body().collect().await;
    let name = path.split('/').nth(1);
    let found = replies.iter().find(|(other, _)| Some(*other) == name);
    let (_, reply) = found.expect("each call names its API");
    let mut response = Response::new(Full::new(reply.body.clone()));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers.clone();
    Ok(response)
}
