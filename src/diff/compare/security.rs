//! Which credentials are enough.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Comparison, Found, Reached, Section, Site, documentation::documentation, paths::Placed,
};
use crate::diff::{
    ChangeRule, Subject,
    pairing::{Paired, paired},
    text::{listed, named},
    tree::{Part, Tree},
};

/// One set of credentials that is enough: what is sent, with the scopes that it needs.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Which credentials an operation needs.
struct Needed<'d> {
    /// Where it says so; none where nothing does.
    stated: Option<Part<'d>>,
    alternatives: Vec<Alternative>,
}

impl Needed<'_> {
    /// Whether requests without credentials are served.
    fn is_open(&self) -> bool {
        self.alternatives.is_empty() || self.alternatives.iter().any(BTreeMap::is_empty)
    }
}

impl<'d> Comparison<'_, 'd> {
    /// Compares which credentials an operation needs.
    pub(super) fn security(&mut self, site: &Site, old: &Placed<'d>, new: &Placed<'d>) {
        let (old, new) = (needed(self.old, old), needed(self.new, new));
        let places = (old.stated.as_ref(), new.stated.as_ref());
        let mut found = Vec::new();
        let mut tell = |rule, message: String| {
            found.push(Found::new(rule, None, places, message));
        };
        match (old.is_open(), new.is_open()) {
            (true, true) => {}
            (true, false) => tell(
                ChangeRule::SecurityAdded,
                format!("requests need credentials now: {}", all(&new.alternatives)),
            ),
            (false, true) => tell(
                ChangeRule::SecurityRemoved,
                "requests need no credentials any more".to_owned(),
            ),
            (false, false) => {
                let refused = uncovered(&old.alternatives, &new.alternatives);
                if !refused.is_empty() {
                    let message = format!("credentials are not enough any more: {}", all(refused));
                    tell(ChangeRule::CredentialsRefused, message);
                }
                let taken = uncovered(&new.alternatives, &old.alternatives);
                if !taken.is_empty() {
                    let message = format!("credentials are enough now: {}", all(taken));
                    tell(ChangeRule::CredentialsTaken, message);
                }
            }
        }
        self.add(site, Subject::Operation, None, found, None);
    }

    /// Compares what is said of security schemes beside what is sent.
    pub(super) fn security_schemes(&mut self) {
        let schemes = |tree: &Tree<'d>| {
            let root = tree.root().get("components");
            let schemes = root.and_then(|root| root.get("securitySchemes"));
            let schemes = schemes
                .map(|schemes| schemes.members())
                .into_iter()
                .flatten();
            schemes
                .map(|(name, scheme)| (name, tree.resolved(scheme)))
                .collect::<Vec<_>>()
        };
        let mut found = Vec::new();
        for Paired { key, old, new } in paired(schemes(self.old), schemes(self.new)) {
            let (Some(old), Some(new)) = (old, new) else {
                // Whoever needs it tells.
                continue;
            };
            found.extend(documentation(&old, &new, None));
            let differs = |key: &str| old.value.get(key) != new.value.get(key);
            let unsent = [
                "flows",
                "openIdConnectUrl",
                "bearerFormat",
                "oauth2MetadataUrl",
            ];
            let sent = ["type", "in", "name", "scheme"];
            if unsent.into_iter().chain(sent).any(differs) {
                let message = format!("the security scheme {} changed", named(key));
                let places = (Some(&old), Some(&new));
                found.push(Found::new(
                    ChangeRule::SecuritySchemeChanged,
                    None,
                    places,
                    message,
                ));
            }
        }
        if !found.is_empty() {
            self.sections.push(Section {
                operation: None,
                reached: Reached::Always,
                subject: Subject::Operation.into(),
                direction: None,
                found,
                schemas: None,
            });
        }
    }
}

/// The alternatives that none of the others is enough for: each asks for something else.
fn uncovered<'a>(of: &'a [Alternative], by: &[Alternative]) -> Vec<&'a Alternative> {
    let is_enough = |given: &Alternative, asked: &Alternative| {
        asked
            .iter()
            .all(|(scheme, scopes)| given.get(scheme).is_some_and(|own| scopes.is_subset(own)))
    };
    let is_covered = |given: &Alternative| by.iter().any(|asked| is_enough(given, asked));
    of.iter().filter(|given| !is_covered(given)).collect()
}

fn all<'a>(alternatives: impl IntoIterator<Item = &'a Alternative>) -> String {
    let one = |alternative: &Alternative| {
        let credentials = alternative.iter().map(|(scheme, scopes)| {
            let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
            match scopes.is_empty() {
                true => scheme.clone(),
                false => format!("{scheme} with {}", scopes.join(" ")),
            }
        });
        named(&credentials.collect::<Vec<_>>().join(" and "))
    };
    listed(alternatives.into_iter().map(one))
}

/// What an operation needs, by itself or by the description as a whole.
fn needed<'d>(tree: &Tree<'d>, placed: &Placed<'d>) -> Needed<'d> {
    let stated = placed
        .operation
        .get("security")
        .or_else(|| tree.root().get("security"));
    let alternatives = stated.as_ref().map(Part::items).unwrap_or_default();
    let alternatives = alternatives.iter().map(|alternative| {
        let credentials = alternative.members().into_iter();
        credentials
            .map(|(name, scopes)| {
                let scopes = scopes.items().into_iter();
                let scopes = scopes.filter_map(|scope| scope.value.as_str().map(str::to_owned));
                (sent_by(tree, name), scopes.collect())
            })
            .collect()
    });
    Needed {
        alternatives: alternatives.collect(),
        stated,
    }
}

/// What is sent by a security scheme, whatever its name.
fn sent_by(tree: &Tree<'_>, name: &str) -> String {
    let schemes = tree.root().get("components");
    let schemes = schemes.and_then(|components| components.get("securitySchemes"));
    let scheme = schemes.and_then(|schemes| schemes.get(name));
    let Some(scheme) = scheme.map(|scheme| tree.resolved(scheme)) else {
        return name.to_owned();
    };
    let text = |key| scheme.text(key).unwrap_or_default();
    match text("type") {
        "apiKey" if text("in") == "header" => {
            format!("header {}", text("name").to_ascii_lowercase())
        }
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => format!("http {}", text("scheme").to_ascii_lowercase()),
        other => format!("{other} {name}"),
    }
}
