//! What the references of a description may lead to.

use std::{fmt, sync::Arc};

use super::Source;

/// What the references of a description may lead to, beside files in its own folder.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Files outside of the folder that the description stands in.
    pub outside: bool,
    /// Documents on other machines, by this function. `None` refuses them.
    pub fetch: Option<Fetch>,
}

/// From a URL, `http:` or `https:` and without a fragment, to the document there. Its name is the URL
/// where it was found in the end, which its own references are relative to.
#[derive(Clone)]
pub struct Fetch(Arc<FetchFn>);

type FetchFn = dyn Fn(&str) -> Result<Source, FetchFault> + Send + Sync;

/// Why there is no document for a URL, in a sentence without the URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFault {
    /// It may not be read.
    Forbidden(String),
    /// It cannot be read.
    Failed(String),
}

impl Fetch {
    /// A function that reads documents.
    ///
    /// ```
    /// use mynah::{Description, Source, description::{Access, Fetch, FetchFault}};
    ///
    /// let fetch = Fetch::new(|url| match url {
    ///     "https://example.com/pet.yaml" => Ok(Source::new(url, "type: object")),
    ///     _ => Err(FetchFault::Failed("nothing is there".to_owned())),
    /// });
    /// let access = Access { fetch: Some(fetch), ..Access::default() };
    /// let text = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n\
    ///     components: {schemas: {Pet: {$ref: 'pet.yaml'}, Toy: {$ref: 'toy.yaml'}}}\n";
    /// let source = Source::new("https://example.com/openapi.yaml", text);
    /// let description = Description::load_from(source, access, &[]).unwrap();
    /// assert_eq!(
    ///     description.findings()[0].to_string(),
    ///     "https://example.com/openapi.yaml:4:61: error[reference-unresolved]: \
    ///      `https://example.com/toy.yaml` cannot be read: nothing is there"
    /// );
    /// ```
    pub fn new(fetch: impl Fn(&str) -> Result<Source, FetchFault> + Send + Sync + 'static) -> Self {
        Self(Arc::new(fetch))
    }

    /// The document of a name.
    pub(super) fn call(&self, url: &str) -> Result<Source, FetchFault> {
        (self.0)(url)
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetch")
    }
}
