//! Callbacks in the background, so many at once and no more.

use std::sync::Arc;

use http::HeaderValue;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    SendError,
    check::check,
    delivery::{Answered, Delivery, Listener},
    send::send,
};
use crate::{
    Api,
    exchange::{Callback, MYNAH_CALLBACK},
    reach::Reach,
};

/// How many callbacks of a server may be on their way at once.
const MOST: usize = 64;

/// Sends callbacks without anyone waiting for them.
#[derive(Debug)]
pub(crate) struct Sender {
    reach: Reach,
    listener: Option<Listener>,
    free: Arc<Semaphore>,
}

impl Sender {
    /// A sender of callbacks to what is in reach, that tells a listener what becomes of each.
    pub(crate) fn new(reach: Reach, listener: Option<Listener>) -> Self {
        Self {
            reach,
            listener,
            free: Arc::new(Semaphore::new(MOST)),
        }
    }

    /// Sends callbacks of an API, each as a task of the current runtime. Returns at once.
    pub(crate) fn send(&self, api: &Arc<Api>, callbacks: &[Callback]) {
        if self.reach == Reach::Off {
            return;
        }
        for callback in callbacks {
            let permit = Arc::clone(&self.free).try_acquire_owned().ok();
            let (api, callback) = (Arc::clone(api), callback.clone());
            let (reach, listener) = (self.reach, self.listener.clone());
            tokio::spawn(async move {
                let outcome = deliver(&api, &callback, reach, permit).await;
                if let Some(listener) = listener {
                    listener.tell(&Delivery { callback, outcome });
                }
            });
        }
    }
}

async fn deliver(
    api: &Api,
    callback: &Callback,
    reach: Reach,
    permit: Option<OwnedSemaphorePermit>,
) -> Result<Answered, SendError> {
    let request = callback.request.as_ref();
    let mut request = request
        .map_err(|why| SendError::NoRequest(why.clone()))?
        .clone();
    let Some(_on_its_way) = permit else {
        return Err(SendError::TooMany(MOST));
    };
    let mark = HeaderValue::from_str(&callback.name);
    let mark = mark.unwrap_or(HeaderValue::from_static("?1"));
    request.headers.insert(MYNAH_CALLBACK, mark);
    let reply = send(&request, reach).await?;
    let violations = api
        .outgoing(&callback.pointer)
        .map_or_else(Vec::new, |documented| check(api, documented, &reply));
    Ok(Answered { reply, violations })
}
