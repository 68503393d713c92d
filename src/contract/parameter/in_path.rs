//! Path parameters against the names in the path template (OpenAPI 3.1.1, "Path Templating").

use super::{In, Parameter, Style};
use crate::{contract::reader::Reader, description::FindingCode};

/// The parameters, those in the path being the ones that its template names. What is missing on one
/// side is a warning: the template decides which parameters a request has.
pub(in crate::contract) fn fitted_to(
    names: &[String],
    reader: &mut Reader<'_>,
    mut parameters: Vec<Parameter>,
    operation: &str,
) -> Vec<Parameter> {
    parameters.retain(|parameter| {
        let has_place =
            parameter.place != In::Path || names.iter().any(|name| **name == *parameter.name);
        if !has_place {
            let message = format!(
                "the path has no `{{{}}}`: no request has this parameter",
                parameter.name
            );
            reader.warn(FindingCode::Shape, &parameter.pointer, message);
        }
        has_place
    });
    for name in names {
        let is_it = |other: &Parameter| other.place == In::Path && *other.name == *name;
        if !parameters.iter().any(is_it) {
            let message = format!("no path parameter `{name}` is described: any text is accepted");
            reader.warn(FindingCode::Shape, operation, message);
            parameters.push(any_text(name, operation));
        }
    }
    parameters
}

/// The parameter of a name that stands in a path template and nowhere else: any text.
pub(super) fn any_text(name: &str, pointer: &str) -> Parameter {
    Parameter {
        name: name.into(),
        place: In::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        allow_reserved: false,
        schema: None,
        xml: None,
        pointer: pointer.to_owned(),
        example: None,
    }
}
