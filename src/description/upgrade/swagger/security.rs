//! `securityDefinitions` of Swagger 2.0, as the security schemes of components.

use crate::description::node::{Entry, Node};

/// Moves and raises the security definitions of a document.
pub(super) fn raise(root: &mut Node) {
    let Some(mut definitions) = root.take("securityDefinitions") else {
        return;
    };
    let place = definitions.place;
    definitions.entries_mut().iter_mut().for_each(raise_scheme);
    let components = Node::mapping(vec![("securitySchemes", definitions)], place);
    root.set("components", components);
}

/// `type: basic` is the HTTP scheme of that name.
fn raise_scheme(entry: &mut Entry) {
    let scheme = &mut entry.value;
    if scheme.text_of("type") == Some("basic") {
        let place = scheme.place;
        scheme.set("type", Node::string("http", place));
        scheme.set("scheme", Node::string("basic", place));
    }
}
