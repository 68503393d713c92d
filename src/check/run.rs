//! The whole of it: kind after kind of requests, to one operation after the other.

mod attempt;
mod begin;
mod learn;

use std::{collections::VecDeque, sync::Arc, time::SystemTime};

use http::Method;

use super::{
    Kind, Options, Tally,
    case::Progressing,
    plan::{self, Basis},
    session::Session,
    trial::{Target, Trial},
};
use crate::{
    Api, Violation,
    client::{Client, ClientError},
    contract::{In, Operation},
    description::{FindingCode, Severity},
    report::{Blame, Problem, Run, Suite},
};

/// How many requests are sent to make one that failed simpler.
const MAX_SHRINKING: usize = 30;

/// What was found of a provider.
#[derive(Debug)]
pub struct Checked {
    /// The problems, by operation.
    pub run: Run,
    /// How many requests there were, and how many had the right reply.
    pub tally: Tally,
    /// How many operations were seen to serve a request.
    pub served: usize,
    /// How many requests were sent.
    pub sent: usize,
    /// Why it ended before everything was tried.
    pub ended: Option<String>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is tried, by its name.
    pub kind: &'static str,
    /// To which operation.
    pub operation: Arc<str>,
    /// How many operations had this kind before.
    pub done: usize,
    /// Of how many.
    pub operations: usize,
    /// How many requests were sent.
    pub sent: usize,
    /// How many problems were found.
    pub problems: usize,
}

/// Checks a provider, and tells of its progress before each request.
///
/// # Errors
/// The provider cannot be reached at all.
pub async fn check(
    api: &Api,
    client: Client,
    options: &Options,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Checked, ClientError> {
    let at = SystemTime::now();
    let mut checker = Checker::new(api, client, options, tell);
    checker.begin();
    for operations in checker.order() {
        for (name, kind) in Kind::ALL {
            for (done, index) in operations.iter().enumerate() {
                checker.progress.kind = name;
                checker.progress.done = done;
                checker.progress.operations = operations.len();
                checker.try_kind(kind, *index).await?;
            }
        }
    }
    Ok(checker.finish(at))
}

struct Checker<'a> {
    api: &'a Api,
    options: &'a Options,
    session: Session,
    /// The path below which the API is served.
    base: String,
    /// Scheme, host and port.
    origin: String,
    /// The operations that are wanted, each with what is known of it.
    cases: Vec<(&'a Operation, Progressing)>,
    /// What links lead to, and is to be sent next.
    queue: VecDeque<(usize, Trial)>,
    progress: Progress,
    tell: &'a mut dyn FnMut(&Progress),
}

impl<'a> Checker<'a> {
    fn new(
        api: &'a Api,
        client: Client,
        options: &'a Options,
        tell: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        let id = |operation: &Operation| {
            let documented = api.description().at(operation.pointer())?;
            documented.get("operationId")?.as_str()
        };
        let wanted = api.operations().iter();
        let wanted = wanted.filter(|operation| options.wants(operation, id(operation)));
        let cases: Vec<_> = wanted.map(|it| (it, Progressing::default())).collect();
        Self {
            api,
            options,
            base: client.upstream().base().to_owned(),
            origin: client.upstream().origin(),
            session: Session::new(client, options),
            queue: VecDeque::new(),
            progress: Progress {
                kind: "",
                operation: "".into(),
                done: 0,
                operations: cases.len(),
                sent: 0,
                problems: 0,
            },
            cases,
            tell,
        }
    }

    fn target(&self, index: usize) -> Target<'_> {
        Target {
            api: self.api,
            operation: self.cases[index].0,
            credentials: &self.options.credentials,
            base: &self.base,
        }
    }

    /// What lists and makes things first, since it names them. What deletes them comes when everything
    /// else is done.
    fn order(&self) -> [Vec<usize>; 2] {
        let named = |index: &usize| {
            let parameters = self.cases[*index].0.parameters.iter();
            parameters.filter(|it| it.place == In::Path).count()
        };
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        order.sort_by_key(named);
        let deletes = |index: &usize| self.cases[*index].0.method() == Method::DELETE;
        let (last, first) = order.into_iter().partition(deletes);
        [first, last]
    }

    async fn try_kind(&mut self, kind: Kind, index: usize) -> Result<(), ClientError> {
        let (operation, case) = &self.cases[index];
        self.progress.operation = Arc::clone(operation.label());
        let is_open = case.skipped.is_none() || kind == Kind::Credentials;
        let is_tried = is_open && self.options.tries(kind);
        let Some(basis) = case.basis.clone().filter(|_| is_tried) else {
            return Ok(());
        };
        for trial in self.trials(kind, index, &basis) {
            if self.session.end().is_some() {
                return Ok(());
            }
            self.attempt(index, trial).await?;
            while let Some((index, trial)) = self.queue.pop_front() {
                self.attempt(index, trial).await?;
            }
        }
        Ok(())
    }

    /// The requests of a kind to an operation.
    fn trials(&mut self, kind: Kind, index: usize, basis: &Basis) -> Vec<Trial> {
        let target = self.target(index);
        match kind {
            Kind::Examples => {
                let examples = plan::examples(&target, basis);
                let api = self.api;
                let (_, case) = &mut self.cases[index];
                for (pointer, fault) in examples.invalid {
                    let problem = invalid_example(api, &pointer, &fault);
                    if case.alike(&problem).is_none() {
                        case.problems.push(problem);
                    }
                }
                examples.trials
            }
            Kind::Valid => {
                let logins = self.options.credentials.logins(target.operation);
                let mut trials = plan::valid(&target, basis);
                trials.extend(plan::logins(basis, &logins));
                trials
            }
            // These follow what they come from, and `HEAD` its `GET`.
            Kind::Links => Vec::new(),
            Kind::Invalid => plan::invalid(&target, basis),
            Kind::Credentials => plan::without_credentials(&target, basis)
                .into_iter()
                .collect(),
            Kind::WrongCredentials => plan::with_wrong_credentials(&target, basis)
                .into_iter()
                .collect(),
            Kind::Methods => {
                let path = target.operation.path();
                let is_first = self.cases[..index].iter().all(|(it, _)| it.path() != path);
                let undocumented = plan::undocumented(&target, basis, self.options);
                undocumented.filter(|_| is_first).into_iter().collect()
            }
        }
    }

    fn finish(self, at: SystemTime) -> Checked {
        let tally =
            (self.cases.iter()).fold(Tally::default(), |sum, (_, case)| sum.and(case.tally));
        let served = self.cases.iter().filter(|(_, case)| case.tally.served > 0);
        let served = served.count();
        let ended = self.session.end();
        let api = self.api;
        let of = |(operation, mut case): (&Operation, Progressing)| {
            if case.exchanges == 0 && case.skipped.is_none() {
                case.skipped.clone_from(&ended);
            }
            case.into_case(operation, api.locate(operation.pointer()))
        };
        let cases = self.cases.into_iter().map(of).collect();
        let name = api.name().to_string();
        Checked {
            run: Run {
                at,
                suites: vec![Suite {
                    name,
                    cases,
                    coverage: None,
                }],
            },
            tally,
            served,
            sent: self.session.sent,
            ended,
        }
    }
}

/// A documented example that leaves the contract itself.
fn invalid_example(api: &Api, pointer: &str, fault: &Violation) -> Problem {
    let mut problem = Problem::of_violation(fault, Blame::Description);
    problem.code = FindingCode::ExampleInvalid.as_str().into();
    problem.severity = Severity::Warning;
    problem.message = format!(
        "this documented example breaks its own schema: {}",
        fault.message
    );
    problem.stated = Some(api.locate(pointer));
    problem
}
