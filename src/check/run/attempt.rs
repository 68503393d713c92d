//! One request: sent, judged, counted, and made smaller where it failed.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Instant,
};

use bytes::Bytes;
use http::Request;

use super::{Checker, MAX_SHRINKING};
use crate::{
    Exchange, Violation,
    answer::judge,
    check::{
        case::is_alike,
        repeat::repeat,
        shrink::simpler,
        trial::{Aim, Trial},
        verdict::{Outcome, Verdict, verdict},
    },
    client::{ClientError, Received},
    exchange::{Place, Rule},
    report::{Blame, Problem},
};

impl Checker<'_> {
    /// Sends a request, unless it was sent before, and keeps what came of it.
    pub(super) async fn attempt(&mut self, index: usize, trial: Trial) -> Result<(), ClientError> {
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
        request: Request<Bytes>,
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

    pub(super) fn keep(&mut self, index: usize, mut problem: Problem, repeat: Option<String>) {
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
}

fn hash(request: &Request<Bytes>) -> u64 {
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

/// Where nobody can tell what the reply is, the reply is not known to be wrong, and not known to be right.
fn unanswered(error: &ClientError) -> Problem {
    let rule = match error {
        ClientError::TooLong(_) => Rule::Undecidable,
        _ => Rule::Unanswered,
    };
    let violation = Violation {
        place: Place::Reply,
        rule,
        message: error.to_string(),
        stated: None,
    };
    Problem::of_violation(&violation, Blame::Provider)
}
