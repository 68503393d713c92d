//! A server for one API, inside the test that uses it.

use std::{
    num::NonZeroUsize,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use http::Method;

use super::{Session, broken::Broken, load};
use crate::{
    Api, Exchange, Source,
    contract::{TypedReply, TypedRequest},
    journal::Journal,
    server::{Config, Mount, Running, Server, is_session_name},
};

/// The most exchanges that a fake keeps: more than a test makes, and an end to its memory.
const MAX_EXCHANGES: usize = 10_000;

/// The most bytes of them together.
const MAX_BYTES: usize = 256 << 20;

/// A server for one API on a free port of this machine, which stops when it is dropped.
///
/// It answers as `mynah serve` does and keeps what it saw. It runs on a thread of its own and needs
/// no runtime: a test may be asynchronous or not, and a `LazyLock<Fake>` may serve a whole file of
/// tests.
///
/// ```
/// use mynah::testing::Fake;
///
/// let fake = Fake::start("qoolife");
/// assert!(fake.url().starts_with("http://127.0.0.1:"));
/// fake.assert_no_violations();
/// ```
#[derive(Debug)]
#[must_use = "a fake stops when it is dropped"]
pub struct Fake {
    url: String,
    mount: Mount,
    /// Held while a stub is added: of two at the same time, neither may be lost.
    stubbing: Mutex<()>,
    journal: Arc<Journal>,
    _running: Running,
}

impl Fake {
    /// A fake of a built-in API, such as `libredesk`.
    ///
    /// # Panics
    /// No built-in API has the name; those that there are are listed.
    #[track_caller]
    pub fn start(name: &str) -> Self {
        Self::of(load::built_in(name))
    }

    /// A fake of the API that a file describes. A relative path begins at the package's folder,
    /// where cargo runs tests.
    ///
    /// # Panics
    /// The file cannot be read, or the description has faults; each is listed with its place.
    #[track_caller]
    pub fn from_file(path: impl AsRef<Path>) -> Self {
        Self::of(load::file(path.as_ref()))
    }

    /// A fake of the API that a text describes.
    ///
    /// # Panics
    /// The description has faults; each is listed with its place.
    #[track_caller]
    pub fn from_source(source: Source) -> Self {
        Self::of(load::source(source))
    }

    /// A fake of a compiled API.
    ///
    /// # Panics
    /// The system has no port or thread to give.
    #[track_caller]
    pub fn of(api: impl Into<Arc<Api>>) -> Self {
        let mount = Mount::new("", api.into());
        let journal = Arc::new(Journal::bounded(MAX_EXCHANGES, MAX_BYTES));
        let config = Config {
            port: 0,
            threads: NonZeroUsize::MIN,
            journal: Some(Arc::clone(&journal)),
            ..Config::default()
        };
        match Server::bind(config, vec![mount.clone()]).and_then(Server::start) {
            Ok(running) => Self {
                url: format!("http://{}", running.addr()),
                mount,
                stubbing: Mutex::default(),
                journal,
                _running: running,
            },
            Err(error) => panic!("the fake of `{}` cannot start: {error}", mount.api().name()),
        }
    }

    /// Where the fake is reached, without a `/` at the end: `http://127.0.0.1:49152`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The API as it is served now, with its stubs.
    pub fn api(&self) -> Arc<Api> {
        self.mount.api()
    }

    /// Replaces the documented success of an operation by a function, from the next request on.
    ///
    /// The types are generated from the description: where it changes, a stub that no longer fits
    /// does not compile. Which operation is meant follows from the request type. A request that
    /// leaves the contract is refused as before and does not get here. A later stub for the same
    /// operation wins. A reply that leaves the contract, in what types cannot say, becomes a 500
    /// that names the fault; a panic becomes one too.
    ///
    /// ```
    /// use mynah::{testing::Fake, vendors::models::libredesk::types};
    ///
    /// let fake = Fake::start("libredesk");
    /// fake.reply(|_: types::CreateConversationRequest| types::ConversationResponse {
    ///     data: None,
    ///     status: Some("success".to_owned()),
    /// });
    /// ```
    ///
    /// # Panics
    /// The request type belongs to another API, or to an operation that this API does not have.
    #[track_caller]
    pub fn reply<R: TypedRequest>(&self, reply: impl Fn(R) -> R::Reply + Send + Sync + 'static) {
        let _one_at_a_time = self.stubbing.lock().unwrap_or_else(PoisonError::into_inner);
        let api = self.mount.api();
        assert_has::<R>(&api);
        let stub = TypedReply::new(reply);
        self.mount.replace(Arc::new(api.with_stub(stub)));
    }

    /// The generated client of the API, with the credentials that the documented request has in
    /// its header fields. For one without any, use the client's own `new` with [`Fake::url`].
    ///
    /// ```
    /// use mynah::{testing::Fake, vendors::models::libredesk};
    ///
    /// let fake = Fake::start("libredesk");
    /// let client: libredesk::Client = fake.client();
    /// ```
    ///
    /// # Panics
    /// The client is that of another API.
    #[cfg(feature = "client")]
    #[track_caller]
    pub fn client<C: crate::vendors::TypedClient>(&self) -> C {
        let api = self.mount.api();
        assert!(
            C::API == &**api.name(),
            "this client is for `{}`, and this fake is of `{}`",
            C::API,
            api.name()
        );
        C::at(self.url(), super::client::http_client(&api))
    }

    /// A session of this name: a base URL of its own, by which its requests are told apart. The same name
    /// is the same session.
    ///
    /// # Panics
    /// The name is none: 1 to 64 letters, digits and `-`, `.`, `_`, `~`.
    #[track_caller]
    pub fn session(&self, name: &str) -> Session<'_> {
        assert!(
            is_session_name(name),
            "`{name}` is no name of a session: 1 to 64 letters, digits and - . _ ~ make one"
        );
        Session::of(self, name)
    }

    /// What was exchanged since the start or the last [`Fake::forget`], in order.
    ///
    /// An exchange is here before its reply can be read. Of very many, the last 10,000.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.journal.exchanges()
    }

    /// Forgets what was exchanged so far, such as between two phases of a test. Stubs stay.
    pub fn forget(&self) {
        self.journal.clear();
    }

    /// Passes when every request kept to the contract.
    ///
    /// # Panics
    /// At least one did not: each is shown with all that is wrong with it, where the description
    /// says so, and the reply. Also when so much was exchanged that nobody can tell any more.
    #[track_caller]
    pub fn assert_no_violations(&self) {
        let exchanges = self.journal.exchanges();
        let api = self.mount.api();
        if let Some(broken) = Broken::find(api.name(), &exchanges, self.journal.dropped()) {
            panic!("{broken}");
        }
    }

    /// Where its exchanges are.
    pub(super) fn journal(&self) -> &Journal {
        &self.journal
    }
}

/// Panics unless an API has the operation that a request type belongs to.
#[track_caller]
fn assert_has<R: TypedRequest>(api: &Api) {
    assert!(
        R::API == &**api.name(),
        "this stub is for `{}` ({} {}), and this fake is of `{}`",
        R::API,
        R::METHOD,
        R::PATH,
        api.name()
    );
    let operation = Method::from_bytes(R::METHOD.as_bytes())
        .ok()
        .and_then(|method| api.operation(&method, R::PATH));
    assert!(
        operation.is_some(),
        "this stub is for {} {}, which this description of `{}` does not have",
        R::METHOD,
        R::PATH,
        api.name()
    );
}
