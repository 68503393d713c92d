//! Query parameters whose lists and objects are written in formats of the client's own.

use serde_json::Value;

use super::{Fault, named::IsOther, reading::Reading};
use crate::{
    answer::decode::{
        fields::{Fields, Leaf},
        layout,
        pairs::Pairs,
    },
    contract::{ArrayFormat, Encodings, Formats, In, ObjectFormat, Shape, Style},
};

impl Reading<'_> {
    /// The formats that this parameter is read by; `None` when it is read as described.
    pub(super) fn formats(&self, chosen: Formats) -> Option<Formats> {
        let is_list = self.shape.array.is_some() && chosen.array.is_some();
        let is_object = self.shape.object.is_some() && chosen != Formats::default();
        let is_styled = self.parameter.place == In::Query && !self.parameter.style.is_content();
        (is_styled && (is_list || is_object)).then(|| Formats {
            array: chosen.array.or(self.array_as_described()),
            object: chosen.object.or(Some(self.object_as_described())),
        })
    }

    fn array_as_described(&self) -> Option<ArrayFormat> {
        match (self.parameter.style, self.parameter.explode) {
            (Style::SpaceDelimited, false) => Some(ArrayFormat::Space),
            (Style::PipeDelimited, false) => Some(ArrayFormat::Pipe),
            (Style::Form, false) => Some(ArrayFormat::Comma),
            _ => None,
        }
    }

    fn object_as_described(&self) -> ObjectFormat {
        match (self.parameter.style, self.parameter.explode) {
            (Style::DeepObject, _) => ObjectFormat::Brackets,
            (_, true) => ObjectFormat::Flat,
            (_, false) => ObjectFormat::FlatComma,
        }
    }

    /// The parameter from all pairs, by formats. Separators count after escapes are undone, since
    /// clients with formats of their own escape them.
    pub(super) fn formatted(
        &self,
        pairs: &Pairs<'_>,
        formats: Formats,
        is_other: IsOther<'_>,
    ) -> Result<Option<Value>, Fault> {
        let own_name = &*self.parameter.name;
        let outer = Shape {
            object: Some(vec![(own_name.to_owned(), self.shape.clone())]),
            ..Shape::default()
        };
        let is_flat = formats.object == Some(ObjectFormat::Flat);
        let is_free_form = is_flat && self.shape.is_free_form();
        let mut fields = Fields::default();
        for (name, text) in pairs.all() {
            let root = name.split(['[', '.']).next().unwrap_or(name);
            let is_property = is_flat && self.shape.property(root).is_some();
            if root == own_name || name == own_name || is_property {
                let leaf = Leaf::Text((self.unescape)(text)?.into_owned());
                layout::add(formats, &mut fields, name, leaf, &outer)?;
            } else if is_free_form && !is_other(name) {
                let leaf = Leaf::Text((self.unescape)(text)?.into_owned());
                fields.add_at(&[own_name, name], leaf).map_err(|()| {
                    format!("`{own_name}` is given both as a value and by its properties")
                })?;
            }
        }
        let Value::Object(mut members) = fields.into_value(&outer, &Encodings::default())? else {
            return Ok(None);
        };
        let value = members.remove(own_name);
        match members.keys().next() {
            Some(name) => Err(format!("the brackets of `{name}` do not match")),
            None => Ok(value),
        }
    }
}
