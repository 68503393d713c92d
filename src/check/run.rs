//! The whole of it: kind after kind of requests, to one operation after the other.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::{Instant, SystemTime},
};

use http::Method;
use serde_json::Value;

use super::{
    Kind, Options, Tally,
    case::{Progressing, is_alike},
    chain, length,
    plan::{self, Basis, is_of_credentials},
    repeat::repeat,
    session::Session,
    shrink::simpler,
    trial::{Aim, Target, Trial},
    verdict::{self, Outcome, Verdict, verdict},
};
use crate::{
    Api, Exchange,
    answer::judge,
    client::{Client, ClientError, Received},
    contract::{In, Operation},
    exchange::{Place, Rule},
    report::{Blame, Conduct, Problem, Run, Suite},
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
    let order = checker.order();
    for (name, kind) in Kind::ALL {
        if !options.tries(kind) {
            continue;
        }
        for (done, index) in order.iter().enumerate() {
            checker.progress.kind = name;
            checker.progress.done = done;
            checker.try_kind(kind, *index).await?;
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

    /// Finds out what requests to each operation begin with, or why there are none.
    fn begin(&mut self) {
        for index in 0..self.cases.len() {
            let (basis, skipped, problems) = self.basis(index);
            let (_, case) = &mut self.cases[index];
            case.basis = basis;
            case.skipped = skipped;
            case.problems = problems;
        }
    }

    fn basis(&self, index: usize) -> (Option<Basis>, Option<String>, Vec<Problem>) {
        let (operation, _) = self.cases[index];
        let skipped = |why: String| (None, Some(why), Vec::new());
        if !operation.faults.is_empty() {
            return skipped("the description has a fault here".to_owned());
        }
        let method = operation.method();
        if !self.options.allows(method) {
            return skipped(format!("{method} may change data; --allow-unsafe sends it"));
        }
        let target = self.target(index);
        let logins = self.options.credentials.logins(operation);
        let login = logins.first().cloned().unwrap_or_default();
        let Some(basis) = Basis::of(&target, &login, self.options.seed) else {
            return skipped("nothing that keeps to the contract can be sent to it".to_owned());
        };
        if logins.is_empty() {
            let missing = self.options.credentials.missing(operation).join(" and ");
            let why = format!("it needs credentials: {missing} in the environment");
            return (Some(basis), Some(why), Vec::new());
        }
        let faults = target.faults(&basis.least).unwrap_or_default();
        let problems: Vec<Problem> = faults
            .iter()
            .filter(|fault| is_of_credentials(fault))
            .map(|fault| Problem::of_violation(fault, Blame::Client))
            .collect();
        match problems.is_empty() {
            true => (Some(basis), None, problems),
            false => (
                None,
                Some("its credentials have not their form".to_owned()),
                problems,
            ),
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

    /// What lists and makes things first, since it names them; what deletes them last.
    fn order(&self) -> Vec<usize> {
        let key = |index: &usize| {
            let (operation, _) = self.cases[*index];
            let parameters = operation.parameters.iter();
            let named = parameters.filter(|it| it.place == In::Path).count();
            (operation.method() == Method::DELETE, named)
        };
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        order.sort_by_key(key);
        order
    }

    async fn try_kind(&mut self, kind: Kind, index: usize) -> Result<(), ClientError> {
        let (operation, case) = &self.cases[index];
        self.progress.operation = Arc::clone(operation.label());
        let is_open = case.skipped.is_none() || kind == Kind::Credentials;
        let Some(basis) = case.basis.clone().filter(|_| is_open) else {
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
            // These follow what they come from.
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
                let served = self.cases[index].1.served.as_ref();
                let head = served.and_then(|(draft, status, length)| {
                    plan::as_get(&target, draft, *status, *length)
                });
                undocumented
                    .filter(|_| is_first)
                    .into_iter()
                    .chain(head)
                    .collect()
            }
        }
    }

    /// Sends a request, unless it was sent before, and keeps what came of it.
    async fn attempt(&mut self, index: usize, trial: Trial) -> Result<(), ClientError> {
        let target = self.target(index);
        let Some(request) = target.request(&trial.draft) else {
            return Ok(());
        };
        if !self.cases[index].1.sent.insert(hash(&request)) {
            return Ok(());
        }
        self.progress.sent = self.session.sent;
        (self.tell)(&self.progress);
        let began = Instant::now();
        let sent = self.session.send(&request).await;
        let (_, case) = &mut self.cases[index];
        case.took += began.elapsed();
        let received = match sent {
            Ok(received) => received,
            Err(error) if error.is_of_connecting() && self.session.sent == 1 => return Err(error),
            Err(error) => {
                let line = repeat(&self.target(index), &self.origin, &trial.draft);
                self.keep(index, unanswered(&error), line);
                return Ok(());
            }
        };
        case.exchanges += 1;
        let (exchange, verdict) = self.judged(index, &trial, request, &received);
        self.count(index, &trial.aim, verdict.outcome);
        for problem in verdict.problems {
            self.report(index, &trial, problem).await;
        }
        if verdict.outcome == Outcome::Served {
            self.learn(index, &trial, &exchange);
        }
        Ok(())
    }

    fn judged(
        &self,
        index: usize,
        trial: &Trial,
        request: http::Request<bytes::Bytes>,
        received: &Received,
    ) -> (Exchange, Verdict) {
        let target = self.target(index);
        let exchange = judge(self.api, target.held(request), received.reply.clone());
        let verdict = verdict(&target, trial, &exchange, received);
        (exchange, verdict)
    }

    fn count(&mut self, index: usize, aim: &Aim, outcome: Outcome) {
        let tally = &mut self.cases[index].1.tally;
        match aim {
            Aim::Success(_) => {
                tally.valid += 1;
                tally.served += usize::from(outcome == Outcome::Served);
            }
            Aim::Refusal(_) | Aim::Unauthorized(_) => {
                tally.invalid += 1;
                tally.refused += usize::from(outcome == Outcome::Refused);
            }
            Aim::AsDocumented | Aim::NoMethod(_) | Aim::AsGet(..) => {}
        }
    }

    /// Keeps a problem, with the simplest request that shows it.
    async fn report(&mut self, index: usize, trial: &Trial, problem: Problem) {
        if let Some(known) = self.cases[index].1.alike(&problem) {
            known.times += 1;
            return;
        }
        let (problem, simplest) = self.shrunk(index, trial, problem).await;
        let line = repeat(&self.target(index), &self.origin, &simplest.draft);
        self.keep(index, problem, line);
    }

    fn keep(&mut self, index: usize, mut problem: Problem, repeat: Option<String>) {
        let (_, case) = &mut self.cases[index];
        match case.alike(&problem) {
            Some(known) => known.times += 1,
            None => {
                problem.repeat = repeat;
                case.problems.push(problem);
                self.progress.problems += 1;
            }
        }
    }

    /// The simplest request that has the same problem, within bounds, and the problem as it shows it.
    async fn shrunk(&mut self, index: usize, trial: &Trial, problem: Problem) -> (Problem, Trial) {
        let mut simplest = (problem, trial.clone());
        let mut left = MAX_SHRINKING;
        'simpler: loop {
            for trial in simpler(&self.target(index), &simplest.1) {
                let Some(request) = self.target(index).request(&trial.draft) else {
                    continue;
                };
                if left == 0 || self.session.end().is_some() {
                    return simplest;
                }
                left -= 1;
                let Ok(received) = self.session.send(&request).await else {
                    return simplest;
                };
                let (_, verdict) = self.judged(index, &trial, request, &received);
                let mut problems = verdict.problems.into_iter();
                if let Some(same) = problems.find(|it| is_alike(it, &simplest.0)) {
                    simplest = (same, trial);
                    continue 'simpler;
                }
            }
            return simplest;
        }
    }

    /// Takes from a reply what it leads to.
    fn learn(&mut self, index: usize, trial: &Trial, exchange: &Exchange) {
        let (operation, case) = &mut self.cases[index];
        let operation = *operation;
        let status = exchange.reply.status;
        if case.served.is_none() {
            let length = length(&exchange.reply.headers);
            case.served = Some((trial.draft.clone(), status, length));
        }
        if !self.options.tries(Kind::Links) {
            return;
        }
        self.follow(index, exchange);
        if ![Method::GET, Method::POST].contains(operation.method()) {
            return;
        }
        for (other, case) in &mut self.cases {
            let named = chain::named(operation.path(), other, &exchange.reply.body);
            for (index, value) in named {
                know(case, index, value);
            }
        }
    }

    /// Follows each link of a reply once.
    fn follow(&mut self, index: usize, exchange: &Exchange) {
        let operation = self.cases[index].0;
        let Some(reply) = operation.reply(exchange.reply.status.as_u16()) else {
            return;
        };
        for link in &reply.links {
            if !self.cases[index].1.followed.insert(link.name.clone()) {
                continue;
            }
            let mut cases = self.cases.iter();
            let Some(to) = cases.position(|(it, _)| it.pointer() == link.target) else {
                continue;
            };
            let case = &self.cases[to].1;
            let Some(basis) = case.basis.as_ref().filter(|_| case.skipped.is_none()) else {
                continue;
            };
            match chain::linked(&self.target(to), basis, link, exchange) {
                Ok(trial) => self.queue.push_back((to, trial)),
                Err(why) => {
                    let message = format!("the link `{}` leads nowhere: {why}", link.name);
                    let mut problem = verdict::problem(Conduct::Link.code(), Place::Reply, message);
                    problem.stated = Some(self.api.locate(&reply.pointer));
                    self.keep(index, problem, None);
                }
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

/// Takes it that a parameter with this value names something that is there. The first that is known stays.
fn know(case: &mut Progressing, index: usize, value: Value) {
    if case.known.iter().all(|(known, _)| *known != index) {
        case.known.push((index, value));
        let known = case.known.clone();
        case.basis = case.basis.take().map(|basis| basis.about(&known));
    }
}

fn hash(request: &http::Request<bytes::Bytes>) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.method().hash(&mut hasher);
    request.uri().hash(&mut hasher);
    for (name, value) in request.headers() {
        name.hash(&mut hasher);
        value.hash(&mut hasher);
    }
    request.body().hash(&mut hasher);
    hasher.finish()
}

fn unanswered(error: &ClientError) -> Problem {
    match error {
        ClientError::TooLong(_) => {
            let rule = Rule::Undecidable;
            let code = rule.code().to_owned();
            Problem {
                code: code.into(),
                ..verdict::problem("", Place::Reply, error.to_string())
            }
        }
        _ => verdict::problem("unanswered", Place::Reply, error.to_string()),
    }
}

/// A documented example that leaves the contract itself.
fn invalid_example(api: &Api, pointer: &str, fault: &crate::Violation) -> Problem {
    use crate::description::{FindingCode, Severity};
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
