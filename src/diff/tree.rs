//! One of two descriptions, and the parts of it.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::Rc,
};

use serde_json::{Map, Value};

use crate::{
    Description,
    description::{join, percent_decode},
};

/// A value of a description, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Part<'d> {
    /// The JSON pointer to it.
    pub(super) pointer: Rc<str>,
    /// What stands there.
    pub(super) value: &'d Value,
}

impl<'d> Part<'d> {
    /// The member of a name; `null` is as good as none.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        Some(self.child(key, value))
    }

    fn child(&self, token: &str, value: &'d Value) -> Self {
        Self {
            pointer: join(&self.pointer, token).into(),
            value,
        }
    }

    /// The members of an object, in their order; none of anything else.
    pub(super) fn members(&self) -> Vec<(&'d str, Self)> {
        let members = self.object().into_iter().flatten();
        let members = members.filter(|(_, value)| !value.is_null());
        members
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
            .collect()
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, value)| self.child(&index.to_string(), value))
            .collect()
    }

    pub(super) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    /// The text of a member.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// Whether a member is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// Which value it is: nothing moves while two descriptions are compared.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }
}

/// One of two descriptions.
pub(super) struct Tree<'d> {
    pub(super) description: &'d Description,
    /// What references lead to, by their texts.
    targets: RefCell<HashMap<&'d str, Option<Part<'d>>>>,
}

impl<'d> Tree<'d> {
    pub(super) fn new(description: &'d Description) -> Self {
        Self {
            description,
            targets: RefCell::default(),
        }
    }

    pub(super) fn root(&self) -> Part<'d> {
        Part {
            pointer: "".into(),
            value: self.description.root(),
        }
    }

    /// What the reference of an object leads to; none where it has none, or one that leads nowhere.
    pub(super) fn target(&self, part: &Part<'d>) -> Option<Part<'d>> {
        let text = part.text("$ref")?;
        let known = self.targets.borrow().get(text).cloned();
        known.unwrap_or_else(|| {
            let found = text.strip_prefix('#').and_then(|fragment| {
                let pointer = percent_decode(fragment);
                let value = self.description.at(&pointer)?;
                Some(Part {
                    pointer: pointer.into(),
                    value,
                })
            });
            self.targets.borrow_mut().insert(text, found.clone());
            found
        })
    }

    /// An object itself, past the references to it. One that leads back to itself stays where it is.
    pub(super) fn resolved(&self, part: Part<'d>) -> Part<'d> {
        let mut seen = HashSet::new();
        let mut at = part;
        while seen.insert(at.address()) {
            match self.target(&at) {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }
}
