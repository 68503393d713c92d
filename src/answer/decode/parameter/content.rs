//! Parameters whose text is of a media type (OpenAPI 3.1.1, "Fixed Fields for use with `content`").

use serde_json::Value;

use super::{
    Fault,
    escape::{form_decoded, percent_decoded},
    reading::Reading,
};
use crate::{
    answer::decode::{
        fields::{Fields, Leaf},
        json, pairs,
    },
    contract::{Encodings, In, Style},
};

impl Reading<'_> {
    /// The value of a text that is JSON, a form, or the value itself.
    pub(super) fn content(&self, text: &str) -> Result<Value, Fault> {
        // A whole query that is a form has no escapes beside those of the form.
        let is_form = self.parameter.style == Style::UrlEncoded;
        if is_form && self.parameter.place == In::Querystring {
            return self.form(text);
        }
        let unescape = match self.parameter.place {
            In::Querystring => percent_decoded,
            _ => self.unescape,
        };
        match self.parameter.style {
            Style::Json => json::value(unescape(text)?.as_bytes())
                .map_err(|error| format!("not JSON: {error}")),
            Style::UrlEncoded => self.form(&unescape(text)?),
            _ => self.scalar(text),
        }
    }

    fn form(&self, text: &str) -> Result<Value, Fault> {
        let mut fields = Fields::default();
        for (name, value) in pairs::split(text) {
            let leaf = Leaf::Text(form_decoded(value)?.into_owned());
            fields.add(&form_decoded(name)?, leaf, self.shape)?;
        }
        Ok(fields.into_value(self.shape, &Encodings::default())?)
    }
}
