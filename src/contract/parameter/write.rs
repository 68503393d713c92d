//! A value written as a parameter has it (OpenAPI 3.1.1, "Style Examples").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{In, Parameter, Style};
use crate::contract::bracketed::{below, fields, text};

/// What may stand unescaped in a path segment or a query value (RFC 3986 section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as it stands in a path or a query.
pub(in crate::contract) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The text of a value where its parameter stands: what takes the place of `{name}` in a path, the
/// pairs of a query between `&`, the value of a header field, or the pairs of a `Cookie` field.
pub(in crate::contract) fn write(parameter: &Parameter, value: &Value) -> String {
    let writer = Writer { parameter };
    match parameter.style {
        Style::Json => writer.named(&writer.escape(&value.to_string())),
        Style::Xml => {
            let xml = parameter.xml.as_deref();
            let written = xml.and_then(|xml| xml.write_element(value).ok());
            writer.named(&writer.escape(&written.unwrap_or_else(|| text(value))))
        }
        Style::Text => writer.named(&writer.escape(&text(value))),
        Style::UrlEncoded => writer.form(value),
        Style::DeepObject => writer.pairs(&below(&parameter.name, value)),
        _ => match value {
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| writer.item(item)).collect();
                writer.array(&items)
            }
            Value::Object(members) => {
                let escaped = |(name, value): (&String, &Value)| {
                    (writer.escape(name), writer.escape(&text(value)))
                };
                let members: Vec<(String, String)> = members.iter().map(escaped).collect();
                writer.object(&members)
            }
            scalar => writer.list(&writer.escape(&text(scalar))),
        },
    }
}

struct Writer<'a> {
    parameter: &'a Parameter,
}

impl Writer<'_> {
    fn escape(&self, text: &str) -> String {
        match (self.parameter.place, self.parameter.style) {
            (In::Header, _) | (_, Style::Cookie) => text.to_owned(),
            _ => encode(text),
        }
    }

    /// One of several values; a list in a list is written between commas (Swagger 2.0).
    fn item(&self, value: &Value) -> String {
        let inner = |items: &Vec<Value>| {
            let each: Vec<String> = items.iter().map(|item| self.item(item)).collect();
            each.join(",")
        };
        match value {
            Value::Array(items) => inner(items),
            value => self.escape(&text(value)),
        }
    }

    /// The text with the parameter's name, where names stand in the text.
    fn named(&self, text: &str) -> String {
        let name = &self.parameter.name;
        match self.parameter.place {
            In::Query => format!("{}={text}", encode(name)),
            In::Cookie => format!("{name}={text}"),
            In::Path | In::Header | In::Querystring => text.to_owned(),
        }
    }

    fn form(&self, value: &Value) -> String {
        let form = self.pairs(&fields(value));
        match self.parameter.place {
            In::Querystring => form,
            _ => self.named(&self.escape(&form)),
        }
    }

    fn pairs(&self, fields: &[(String, String)]) -> String {
        let pairs = fields
            .iter()
            .map(|(name, text)| format!("{}={}", encode(name), encode(text)));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn array(&self, items: &[String]) -> String {
        let name = &self.parameter.name;
        if !self.parameter.explode {
            return self.list(&items.join(self.delimiter()));
        }
        match self.parameter.style {
            Style::Matrix => items.iter().map(|item| format!(";{name}={item}")).collect(),
            Style::Simple => items.join(","),
            Style::Label => format!(".{}", items.join(".")),
            _ => {
                let pairs: Vec<String> = items.iter().map(|item| self.named(item)).collect();
                pairs.join(self.between_pairs())
            }
        }
    }

    fn object(&self, members: &[(String, String)]) -> String {
        let pair = |between: &'static str| {
            move |(name, value): &(String, String)| format!("{name}{between}{value}")
        };
        if !self.parameter.explode {
            let delimiter = self.delimiter();
            let pairs: Vec<String> = members.iter().map(pair(delimiter)).collect();
            return self.list(&pairs.join(delimiter));
        }
        let pairs: Vec<String> = members.iter().map(pair("=")).collect();
        match self.parameter.style {
            Style::Matrix => pairs.iter().map(|pair| format!(";{pair}")).collect(),
            Style::Label => format!(".{}", pairs.join(".")),
            Style::Simple => pairs.join(","),
            _ => pairs.join(self.between_pairs()),
        }
    }

    /// One text, with what its style puts before it.
    fn list(&self, text: &str) -> String {
        let name = &self.parameter.name;
        match self.parameter.style {
            Style::Label => format!(".{text}"),
            Style::Matrix if text.is_empty() => format!(";{name}"),
            Style::Matrix => format!(";{name}={text}"),
            _ => self.named(text),
        }
    }

    fn delimiter(&self) -> &'static str {
        let is_escaped = matches!(self.parameter.place, In::Path | In::Query);
        match (self.parameter.style, is_escaped) {
            (Style::SpaceDelimited, true) => "%20",
            (Style::SpaceDelimited, false) => " ",
            (Style::PipeDelimited, true) => "%7C",
            (Style::PipeDelimited, false) => "|",
            (Style::TabDelimited, true) => "%09",
            (Style::TabDelimited, false) => "\t",
            _ => ",",
        }
    }

    fn between_pairs(&self) -> &'static str {
        match self.parameter.place {
            In::Cookie => "; ",
            _ => "&",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::in_path::any_text, *};

    /// The table "Style Examples" of OpenAPI 3.1.1, row by row, with what 3.2 and Swagger 2.0 add:
    /// an empty text, a text, a list and an object.
    const EXAMPLES: &str = "
        Path Matrix         | ;color | ;color=blue | ;color=blue,black,brown             | ;color=R,100,G,200,B,150
        Path Matrix explode | ;color | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200;B=150
        Path Label          | .      | .blue       | .blue,black,brown                   | .R,100,G,200,B,150
        Path Label explode  | .      | .blue       | .blue.black.brown                   | .R=100.G=200.B=150
        Path Simple         |        | blue        | blue,black,brown                    | R,100,G,200,B,150
        Path Simple explode |        | blue        | blue,black,brown                    | R=100,G=200,B=150
        Query Form          | color= | color=blue  | color=blue,black,brown              | color=R,100,G,200,B,150
        Query Form explode  | color= | color=blue  | color=blue&color=black&color=brown  | R=100&G=200&B=150
        Query SpaceDelimited | color= | color=blue | color=blue%20black%20brown          | color=R%20100%20G%20200%20B%20150
        Query PipeDelimited | color= | color=blue  | color=blue%7Cblack%7Cbrown          | color=R%7C100%7CG%7C200%7CB%7C150
        Query TabDelimited  | color= | color=blue  | color=blue%09black%09brown          | color=R%09100%09G%09200%09B%09150
        Query DeepObject    | color= | color=blue  | color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
        Header Simple       |        | blue        | blue,black,brown                    | R,100,G,200,B,150
        Header Simple explode |      | blue        | blue,black,brown                    | R=100,G=200,B=150
        Cookie Cookie       | color= | color=blue  | color=blue,black,brown              | color=R,100,G,200,B,150
        Cookie Cookie explode | color= | color=blue | color=blue; color=black; color=brown | R=100; G=200; B=150
        Query Json          | color=%22%22 | color=%22blue%22 | color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D | color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D
        Querystring UrlEncoded | | | | R=100&G=200&B=150
    ";

    fn parameter(how: &str) -> Parameter {
        let places = [In::Path, In::Query, In::Querystring, In::Header, In::Cookie];
        let styles = [
            Style::Matrix,
            Style::Label,
            Style::Simple,
            Style::Form,
            Style::SpaceDelimited,
            Style::PipeDelimited,
            Style::TabDelimited,
            Style::DeepObject,
            Style::Cookie,
            Style::Json,
            Style::UrlEncoded,
        ];
        let words: Vec<&str> = how.split_whitespace().collect();
        let place = places.into_iter().find(|it| format!("{it:?}") == words[0]);
        let style = styles.into_iter().find(|it| format!("{it:?}") == words[1]);
        Parameter {
            place: place.unwrap(),
            style: style.unwrap(),
            explode: words.get(2) == Some(&"explode"),
            ..any_text("color", "")
        }
    }

    #[test]
    fn values_are_written_as_the_specification_shows() {
        let values = [
            json!(""),
            json!("blue"),
            json!(["blue", "black", "brown"]),
            json!({"R": 100, "G": 200, "B": 150}),
        ];
        for row in EXAMPLES.trim().lines() {
            let (how, want) = row.split_once('|').unwrap();
            let want: Vec<&str> = want.split('|').map(str::trim).collect();
            let written = values.each_ref().map(|value| write(&parameter(how), value));
            assert_eq!(written[..], want, "{how}");
        }
    }
}
