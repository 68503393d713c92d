//! What an API sends by itself: callbacks of operations, and webhooks. There the API is the client.

use std::sync::Arc;

use super::{
    Comparison, Found, Reached, Site,
    paths::{Placed, items, operations},
};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule, Subject,
        pairing::{Paired, paired},
        tree::Tree,
    },
};

/// A request that the API sends: what it is called, and its operation.
type Sent<'d> = ((String, String), Placed<'d>);

impl<'d> Comparison<'_, 'd> {
    /// Compares the callbacks of an operation.
    pub(super) fn callbacks(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let (old, new) = (callbacks(self.old, old), callbacks(self.new, new));
        let rules = (ChangeRule::CallbackRemoved, ChangeRule::CallbackAdded);
        self.sent(site, "callback", rules, old, new);
    }

    /// Compares the webhooks.
    pub(super) fn webhooks(&mut self) {
        let site = Site {
            label: "".into(),
            reached: Reached::Always,
            requests: Direction::Request,
        };
        let (old, new) = (webhooks(self.old), webhooks(self.new));
        let rules = (ChangeRule::WebhookRemoved, ChangeRule::WebhookAdded);
        self.sent(&site, "webhook", rules, old, new);
    }

    fn sent(
        &mut self,
        site: &Site,
        what: &str,
        (removed, added): (ChangeRule, ChangeRule),
        old: Vec<Sent<'d>>,
        new: Vec<Sent<'d>>,
    ) {
        for Paired { key, old, new } in paired(old, new) {
            let (name, method) = key;
            let label = format!("{} {what} {name} {method}", site.label);
            let site = Site {
                label: label.trim_start().into(),
                reached: match &site.reached {
                    Reached::Operation(pointer) => Reached::Callback(Arc::clone(pointer)),
                    other => other.clone(),
                },
                requests: Direction::Reply,
            };
            let operation = |placed: &Placed<'d>| placed.operation.clone();
            let (rule, places, message) = match (&old, &new) {
                (Some(old), Some(new)) => {
                    self.operation(&site, old, new);
                    continue;
                }
                (Some(old), None) => (
                    removed,
                    (Some(operation(old)), None),
                    format!("the {what} is there no more"),
                ),
                (None, Some(new)) => (
                    added,
                    (None, Some(operation(new))),
                    format!("the {what} is new"),
                ),
                (None, None) => continue,
            };
            let places = (places.0.as_ref(), places.1.as_ref());
            let found = Found::new(rule, None, places, message);
            self.add(&site, Subject::Operation, None, vec![found], None);
        }
    }
}

fn callbacks<'d>(tree: &Tree<'d>, placed: &Placed<'d>) -> Vec<Sent<'d>> {
    let callbacks = placed
        .operation
        .get("callbacks")
        .map(|callbacks| callbacks.members());
    let mut sent = Vec::new();
    for (name, callback) in callbacks.into_iter().flatten() {
        for (expression, item) in tree.resolved(callback).members() {
            if !expression.starts_with("x-") {
                let known_as = format!("`{name}` {expression}");
                sent.extend(operations(tree, &known_as, "", &item));
            }
        }
    }
    sent
}

fn webhooks<'d>(tree: &Tree<'d>) -> Vec<Sent<'d>> {
    let items = items(tree, "webhooks").into_iter();
    items
        .flat_map(|(name, item)| operations(tree, &format!("`{name}`"), "", &item))
        .collect()
}
