//! One pair of schemas while it is compared.

use std::rc::Rc;

use super::{
    Context, Step, alternatives, annotations, array, assertions, bounds, discriminator,
    enumeration, format, kinds, malformed, multiple, object, view::View,
};
use crate::{
    contract::Direction,
    diff::{
        ChangeRule, Effect, Verdict,
        compare::Found,
        tree::{Part, Tree},
    },
};

/// One pair of schemas while it is compared.
pub(super) struct Both<'t, 'd> {
    pub(super) old: View<'d>,
    pub(super) new: View<'d>,
    pub(super) old_tree: &'t Tree<'d>,
    pub(super) new_tree: &'t Tree<'d>,
    pub(super) direction: Direction,
    pub(super) context: Context,
    pub(super) found: Vec<Found>,
    pub(super) children: Vec<Child<'d>>,
}

/// A pair that this one leads to: schemas that hold together, on both sides.
pub(super) struct Child<'d> {
    pub(super) step: Step,
    pub(super) old: Vec<Part<'d>>,
    pub(super) new: Vec<Part<'d>>,
    pub(super) context: Context,
}

impl<'d> Both<'_, 'd> {
    /// Compares all that the two say.
    pub(super) fn compare(&mut self) {
        match (self.old.never.is_some(), self.new.never.is_some()) {
            (true, true) => return,
            (true, false) => {
                return self.tell(ChangeRule::ValueAllowed, "", "something may stand here now");
            }
            (false, true) => {
                return self.tell(
                    ChangeRule::ValueForbidden,
                    "",
                    "nothing may stand here any more",
                );
            }
            (false, false) => {}
        }
        annotations::compare(self);
        malformed::compare(self);
        if alternatives::wrapped(self) {
            return;
        }
        let common = kinds::compare(self);
        if common == kinds::NONE {
            // Nothing else that they say is about the same values.
            return;
        }
        enumeration::compare(self);
        bounds::compare(self, common);
        if common & kinds::NUMBER != 0 {
            multiple::compare(self);
        }
        format::compare(self, common);
        if common & kinds::OBJECT != 0 {
            object::compare(self);
        }
        if common & kinds::ARRAY != 0 {
            array::compare(self);
        }
        alternatives::compare(self);
        discriminator::compare(self);
        assertions::compare(self);
    }

    /// Adds a change of a keyword.
    pub(super) fn tell(&mut self, rule: ChangeRule, keyword: &str, message: impl Into<String>) {
        let places = (self.old.place(keyword), self.new.place(keyword));
        self.tell_at(rule, places, None, message.into());
    }

    /// Adds a change of what stands at two pointers, and perhaps of a property.
    pub(super) fn tell_at(
        &mut self,
        rule: ChangeRule,
        (old, new): (Option<Rc<str>>, Option<Rc<str>>),
        member: Option<&str>,
        message: String,
    ) {
        let mut verdicts = rule.effect().verdicts(Some(self.direction));
        if self.is_uncertain(rule) {
            verdicts.client = verdicts.client.max(Verdict::Risky);
            verdicts.provider = verdicts.provider.max(Verdict::Risky);
        }
        self.found.push(Found {
            rule,
            verdicts,
            old,
            new,
            member: member.map(Into::into),
            message,
        });
    }

    /// Whether what is around the schema may turn the change round.
    fn is_uncertain(&self, rule: ChangeRule) -> bool {
        let says_nothing = rule.effect() == Effect::Harmless || rule == ChangeRule::DefaultChanged;
        match self.context {
            Context::Plain => false,
            // Who sends what was described sends nothing of an added property.
            Context::Exclusive => !says_nothing && rule != ChangeRule::PropertyAdded,
            Context::Condition => !says_nothing,
        }
    }

    /// Whether what is described in a part of the schema decides what is allowed in the whole of it.
    fn has_unevaluated(&self) -> bool {
        let is_there =
            |view: &View<'_>| view.has("unevaluatedProperties") || view.has("unevaluatedItems");
        is_there(&self.old) || is_there(&self.new)
    }

    /// Goes on with schemas that hold together for a value in this one.
    pub(super) fn child(
        &mut self,
        step: Step,
        old: impl IntoIterator<Item = Part<'d>>,
        new: impl IntoIterator<Item = Part<'d>>,
    ) {
        self.child_in(Context::Plain, step, old, new);
    }

    /// The same, where what is around it matters.
    pub(super) fn child_in(
        &mut self,
        context: Context,
        step: Step,
        old: impl IntoIterator<Item = Part<'d>>,
        new: impl IntoIterator<Item = Part<'d>>,
    ) {
        let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().collect(), new.into_iter().collect());
        let context = match step {
            Step::Same if self.has_unevaluated() => Context::Condition,
            _ => context,
        };
        let found = annotations::beside_references(old.first(), new.first(), self.direction);
        let member = match &step {
            Step::Property(name) => Some(Rc::clone(name)),
            _ => None,
        };
        self.found.extend(found.into_iter().map(|found| Found {
            member: member.clone(),
            ..found
        }));
        self.children.push(Child {
            step,
            old,
            new,
            context: context.max(self.context),
        });
    }
}
