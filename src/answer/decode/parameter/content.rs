//! Parameters whose text is of a media type (OpenAPI 3.1.1, "Fixed Fields for use with `content`").

use serde_json::Value;

use super::{Fault, escape::percent_decoded, reading::Reading};
use crate::{
    answer::decode::content,
    contract::{In, Style},
};

impl Reading<'_> {
    /// The value of a text that is JSON, XML, a form, or the value itself.
    pub(super) fn content(&self, text: &str) -> Result<Value, Fault> {
        let style = self.parameter.style;
        let is_whole = self.parameter.place == In::Querystring;
        let unescape = match is_whole {
            true => percent_decoded,
            false => self.unescape,
        };
        match style {
            // A whole query that is a form has no escapes beside those of the form.
            Style::UrlEncoded if is_whole => content::form(text, self.shape),
            Style::Text => self.scalar(text),
            _ => {
                let xml = self.parameter.xml.as_deref();
                content::value(style, &unescape(text)?, self.shape, xml)
            }
        }
    }
}
