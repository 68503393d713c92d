//! What a reply leads to: by its links, and by the things that it names.

use http::Method;
use serde_json::Value;

use super::Checker;
use crate::{
    Exchange,
    check::{Kind, case::Progressing, chain, length, plan, trial::Trial, verdict::problem},
    description::Severity,
    exchange::Place,
    report::{Blame, Conduct, Problem},
};

impl Checker<'_> {
    /// Takes from a reply what it leads to.
    pub(super) fn learn(&mut self, index: usize, trial: &Trial, exchange: &Exchange) {
        let operation = self.cases[index].0;
        if !self.cases[index].1.has_served {
            self.cases[index].1.has_served = true;
            self.ask_for_head(index, trial, exchange);
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

    /// Asks for `HEAD` what `GET` gave, as long as it is there.
    fn ask_for_head(&mut self, index: usize, trial: &Trial, exchange: &Exchange) {
        let length = length(&exchange.reply.headers);
        let target = self.target(index);
        let head = plan::as_get(&target, &trial.draft, exchange.reply.status, length);
        if let Some(head) = head.filter(|_| self.options.tries(Kind::Methods)) {
            self.queue.push_back((index, head));
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
                    let problem = Problem {
                        // The reply has all that it has to have.
                        blame: Blame::Description,
                        severity: Severity::Warning,
                        stated: Some(self.api.locate(&reply.pointer)),
                        ..problem(Conduct::Link, Place::Reply, message)
                    };
                    self.keep(index, problem, None);
                }
            }
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
