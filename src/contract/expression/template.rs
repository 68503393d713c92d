//! Texts with runtime expressions in braces.

use super::{Expression, ExpressionError};

const UNCLOSED: &str = "its `{` has no `}`";
const UNOPENED: &str = "a `}` has no `{`";

/// A text with expressions in it, such as `{$request.query.url}/data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Literal texts and expressions, in their order.
    pub pieces: Vec<Piece>,
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is.
    Literal(String),
    /// What its value stands for.
    Expression(Expression),
}

impl Template {
    /// Reads a text: one expression that begins with `$`, or text with expressions in braces.
    ///
    /// # Errors
    /// What stands in braces is no expression, or a brace stands alone.
    ///
    /// ```
    /// use mynah::contract::Template;
    ///
    /// let template = Template::parse("{$request.query.url}/data").unwrap();
    /// assert_eq!(template.pieces.len(), 2);
    /// ```
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        if text.starts_with('$') {
            let pieces = vec![Piece::Expression(Expression::parse(text)?)];
            return Ok(Self { pieces });
        }
        let fault = |why| ExpressionError {
            text: text.to_owned(),
            why,
        };
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            pieces.extend(self::literal(literal).map_err(fault)?);
            let (expression, after) = after.split_once('}').ok_or_else(|| fault(UNCLOSED))?;
            pieces.push(Piece::Expression(Expression::parse(expression)?));
            rest = after;
        }
        pieces.extend(self::literal(rest).map_err(fault)?);
        Ok(Self { pieces })
    }
}

fn literal(text: &str) -> Result<Option<Piece>, &'static str> {
    match text {
        "" => Ok(None),
        text if text.contains('}') => Err(UNOPENED),
        text => Ok(Some(Piece::Literal(text.to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let url = || Piece::Expression(Expression::Url);
        let text = |text: &str| Piece::Literal(text.to_owned());
        for (template, want) in [
            ("", vec![]),
            ("$url", vec![url()]),
            ("{$url}", vec![url()]),
            ("http://a/b", vec![text("http://a/b")]),
            ("a{$url}b{$url}", vec![text("a"), url(), text("b"), url()]),
        ] {
            let read = Template::parse(template).map(|template| template.pieces);
            assert_eq!(read, Ok(want), "{template}");
        }
    }

    #[test]
    fn a_broken_text_is_refused() {
        for text in ["{", "a}", "{url}", "{$url", "{}", "{$url}}", "$url/data"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
