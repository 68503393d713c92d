//! One API, ready to be served.

use std::sync::Arc;

use http::Method;

use super::{
    callback::Webhook,
    compile::{self, Compiled},
    direction::Direction,
    example_place::{self, InputExample},
    expected::{self, ExpectedReply},
    manner::{Manner, TypedReply},
    model::Model,
    operation::Operation,
    outgoing::Outgoing,
    parameter::Parameter,
    reader::Reader,
    review::{self, Depth},
    routes::Routes,
    schema::pointer_of,
    secret::Secrets,
    settings::{Settings, Strictness},
};
use crate::description::{Description, Finding, Location};

/// One description compiled for serving. Immutable, and cheap to clone.
#[derive(Clone)]
pub struct Api {
    compiled: Arc<Compiled>,
    manner: Arc<Manner>,
    settings: Settings,
    stubs: Vec<TypedReply>,
}

impl Api {
    /// Compiles a description: every route, every schema and every documented reply.
    ///
    /// # Errors
    /// Every fault at once, when one of them would make an answer wrong. Nothing fails open: a schema
    /// that does not compile is a fault here, never a check that is skipped later.
    ///
    /// ```
    /// use mynah::{Api, Description, Source};
    ///
    /// let text = r#"
    /// openapi: 3.0.3
    /// info: {title: Pets, version: '1'}
    /// paths:
    ///   /pets:
    ///     get:
    ///       responses: {'200': {description: all, content: {application/json: {example: []}}}}
    /// "#;
    /// let api = Api::compile(Description::load(Source::new("pets.yaml", text)).unwrap()).unwrap();
    /// let request = http::Request::get("/pets").body("".into()).unwrap();
    /// assert_eq!(mynah::answer(&api, request.into()).reply.body, "[]");
    /// ```
    pub fn compile(description: Description) -> Result<Self, Vec<Finding>> {
        Self::compile_with(description, Manner::default(), &[])
    }

    /// Compiles a description that has faults: an operation that a fault touches is answered with
    /// 501 and says why, and all faults are among [`Api::warnings`], as the errors that they are.
    ///
    /// ```
    /// use mynah::{Api, Description, Source};
    ///
    /// let text = r#"
    /// openapi: 3.0.3
    /// info: {title: Pets, version: '1'}
    /// paths:
    ///   /good: {get: {responses: {'204': {description: Fine}}}}
    ///   /bad: {get: {responses: {}}}
    /// "#;
    /// let description = Description::load(Source::new("pets.yaml", text)).unwrap();
    /// let api = Api::compile_leniently(description, Default::default(), &[]);
    /// let status = |path| {
    ///     let request = http::Request::get(path).body("".into()).unwrap();
    ///     mynah::answer(&api, request.into()).reply.status
    /// };
    /// assert_eq!((status("/good").as_u16(), status("/bad").as_u16()), (204, 501));
    /// ```
    pub fn compile_leniently(description: Description, manner: Manner, models: &[Model]) -> Self {
        Self {
            compiled: Arc::new(compile::leniently(description, &manner, models)),
            manner: Arc::new(manner),
            settings: Settings::default(),
            stubs: Vec::new(),
        }
    }

    /// The same for an API with generated types and a manner of its own: each documented example
    /// is also read as its generated type.
    ///
    /// # Errors
    /// As [`Api::compile`].
    pub fn compile_with(
        description: Description,
        manner: Manner,
        models: &[Model],
    ) -> Result<Self, Vec<Finding>> {
        let compiled = compile::compile(description, &manner, models)?;
        Ok(Self {
            compiled: Arc::new(compiled),
            manner: Arc::new(manner),
            settings: Settings::default(),
            stubs: Vec::new(),
        })
    }

    /// The same API with a typed reply in the place of a documented one. A later one for the same
    /// operation wins.
    #[must_use]
    pub fn with_stub(&self, stub: TypedReply) -> Self {
        let mut api = self.clone();
        api.stubs.insert(0, stub);
        api
    }

    /// The same API as whoever serves it wants it.
    #[must_use]
    pub fn with_settings(&self, settings: Settings) -> Self {
        Self {
            settings,
            ..self.clone()
        }
    }

    /// The same API, in which query parameters and bodies that are not described are violations.
    #[must_use]
    pub fn strict(&self) -> Self {
        self.with_settings(Settings {
            strictness: Strictness::Strict,
            ..self.settings
        })
    }

    /// The API's short name: the document's file name without its ending.
    pub fn name(&self) -> &Arc<str> {
        &self.compiled.name
    }

    /// `info.title`.
    pub fn title(&self) -> &str {
        self.compiled.description.root()["info"]["title"]
            .as_str()
            .unwrap_or(self.name())
    }

    /// The operations, in the document's order.
    pub fn operations(&self) -> &[Operation] {
        &self.compiled.operations
    }

    /// The operation of a method and a path template.
    pub fn operation(&self, method: &Method, path: &str) -> Option<&Operation> {
        self.operations()
            .iter()
            .find(|operation| operation.method() == method && operation.path() == path)
    }

    /// The operation of a label, as [`Operation::label`] has it.
    pub fn labelled(&self, label: &Arc<str>) -> Option<&Operation> {
        let mut operations = self.operations().iter();
        // Nearly always it is the very same text.
        let is_it = |operation: &&Operation| Arc::ptr_eq(operation.label(), label);
        let same = operations.clone().find(is_it);
        same.or_else(|| operations.find(|it| it.label() == label))
    }

    /// The paths and what stands behind them.
    pub fn routes(&self) -> &Routes {
        &self.compiled.routes
    }

    /// The webhooks, in the document's order.
    pub fn webhooks(&self) -> &[Webhook] {
        &self.compiled.webhooks
    }

    /// A request that the API itself sends, by the pointer of its operation.
    pub fn outgoing(&self, pointer: &str) -> Option<&Outgoing> {
        let callbacks = self.operations().iter().flat_map(|it| &it.callbacks);
        let webhooks = self.webhooks().iter().flat_map(|it| &it.requests);
        callbacks
            .map(|callback| &callback.request)
            .chain(webhooks)
            .find(|request| request.pointer == pointer)
            .map(|request| &**request)
    }

    /// The documented examples of a parameter: its own, else those of its schema.
    pub fn examples_of(&self, parameter: &Parameter) -> Vec<InputExample> {
        let mut reader = self.reader();
        let own = example_place::of_parameter(&mut reader, &parameter.pointer).unwrap_or_default();
        let of_schema = || {
            let schema = parameter.schema.as_ref()?;
            Some(example_place::of_schema(
                &reader,
                &schema.pointer,
                &schema.pointer,
            ))
        };
        let places = match own.is_empty() {
            true => of_schema().unwrap_or_default(),
            false => own,
        };
        let description = self.description();
        places
            .iter()
            .map(|place| InputExample::of(description, place))
            .collect()
    }

    /// Reads more of the document than was compiled. What it finds wrong is known since then.
    fn reader(&self) -> Reader<'_> {
        let description = Arc::clone(&self.compiled.description);
        let schemas = self.compiled.schemas.forgotten();
        Reader::with(description, &self.manner, schemas)
    }

    /// The documented replies of an operation, as those of a real provider are held against them; read
    /// when they are first asked for.
    ///
    /// # Errors
    /// What keeps all of them from being read.
    pub fn expected<'a>(
        &self,
        operation: &'a Operation,
    ) -> Result<&'a [ExpectedReply], &'a Finding> {
        let read = || expected::read_all(&mut self.reader(), operation.pointer(), Direction::Reply);
        operation.expected.get_or_init(read).as_deref()
    }

    /// What the document leaves open about how this API refuses and replies.
    pub fn manner(&self) -> &Manner {
        &self.manner
    }

    /// What whoever serves the API chose for it.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Faults of the description that were found on the way, and leave the answers right.
    pub fn warnings(&self) -> &[Finding] {
        &self.compiled.warnings
    }

    /// Holds each documented example against its schema and its generated type, and looks for
    /// replies that nothing can be made for. A search through the whole description: all faults that
    /// it finds leave the other answers right.
    pub fn review(&self) -> Vec<Finding> {
        review::review(&self.compiled, Depth::Everything)
    }

    /// The part of [`Api::review`] that takes little time: the documented examples.
    pub fn review_examples(&self) -> Vec<Finding> {
        review::review(&self.compiled, Depth::Examples)
    }

    /// The document.
    pub fn description(&self) -> &Description {
        &self.compiled.description
    }

    /// Whether both were compiled from the same reading of a description: they differ in settings and
    /// stubs at most.
    pub fn has_description_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.compiled, &other.compiled)
    }

    /// Which parts of its messages are credentials.
    pub fn secrets(&self) -> &Secrets {
        let compiled = &self.compiled;
        let find = || Secrets::of(&compiled.description, &compiled.operations);
        compiled.secrets.get_or_init(find)
    }

    /// Where a pointer stands in the document.
    pub fn locate(&self, pointer: &str) -> Location {
        self.compiled.description.locate(pointer)
    }

    /// Where the description states a keyword, by the name that a validator has for it.
    pub(crate) fn stated(&self, keyword: &str) -> Option<Location> {
        let find = || Some(self.locate(&pointer_of(keyword)?));
        self.compiled.located.of(keyword, find)
    }

    /// The stub that replaces an operation's documented reply.
    pub fn stub(&self, operation: &Operation) -> Option<&TypedReply> {
        self.stubs
            .iter()
            .find(|stub| stub.is_for(operation.method(), operation.path()))
    }
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}
