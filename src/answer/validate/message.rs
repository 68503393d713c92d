//! What is wrong with a value, in words that say what to change.

use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use crate::exchange::Rule;

/// How much of a value is shown.
const MAX_SHOWN: usize = 60;

/// The rule that an error is about, and a sentence on it.
pub(super) fn of(error: &ValidationError<'_>) -> (Rule, String) {
    let value = shown(error.instance(), &error.instance_path().to_string());
    let length = error
        .instance()
        .as_str()
        .map_or(0, |text| text.chars().count());
    let items = error.instance().as_array().map_or(0, Vec::len);
    let members = error.instance().as_object().map_or(0, serde_json::Map::len);
    let (limit, message) = match error.kind() {
        Kind::Type { kind } => {
            let expected = types(kind);
            let found = JsonType::from(&**error.instance());
            return (
                Rule::Type(expected.clone()),
                format!("expected {expected}, found {found} {value}"),
            );
        }
        Kind::Format { format } => {
            return (
                Rule::Format(format.clone()),
                format!("{value} is not of the format `{format}`"),
            );
        }
        Kind::Pattern { pattern } => {
            return (
                Rule::Pattern(pattern.clone()),
                format!("{value} does not match `{pattern}`"),
            );
        }
        Kind::Enum { options } => {
            let options = options.as_array().map_or(&[][..], Vec::as_slice);
            return one_of(&value, options.iter());
        }
        Kind::Constant { expected_value } => {
            return one_of(&value, [&**expected_value].into_iter());
        }
        Kind::MinLength { limit } => (
            limit.to_string(),
            format!("has {length} characters; at least {limit} are needed"),
        ),
        Kind::MaxLength { limit } => (
            limit.to_string(),
            format!("has {length} characters; at most {limit} are allowed"),
        ),
        Kind::MinItems { limit } => (
            limit.to_string(),
            format!("has {items} items; at least {limit} are needed"),
        ),
        Kind::MaxItems { limit } => (
            limit.to_string(),
            format!("has {items} items; at most {limit} are allowed"),
        ),
        Kind::MinProperties { limit } => (
            limit.to_string(),
            format!("has {members} properties; at least {limit} are needed"),
        ),
        Kind::MaxProperties { limit } => (
            limit.to_string(),
            format!("has {members} properties; at most {limit} are allowed"),
        ),
        Kind::Minimum { limit } => (
            limit.to_string(),
            format!("{value} is less than {limit}, the least allowed"),
        ),
        Kind::Maximum { limit } => (
            limit.to_string(),
            format!("{value} is more than {limit}, the most allowed"),
        ),
        Kind::ExclusiveMinimum { limit } => (
            limit.to_string(),
            format!("{value} is not more than {limit}"),
        ),
        Kind::ExclusiveMaximum { limit } => (
            limit.to_string(),
            format!("{value} is not less than {limit}"),
        ),
        Kind::MultipleOf { multiple_of } => (
            multiple_of.to_string(),
            format!("{value} is not a multiple of {multiple_of}"),
        ),
        other => {
            let keyword = match other {
                Kind::FalseSchema => "false",
                other => other.keyword(),
            };
            let rule = Rule::Keyword(keyword.to_owned().into());
            return (rule, by_keyword(other, &value));
        }
    };
    (
        Rule::Bound(error.kind().keyword().to_owned().into(), limit),
        message,
    )
}

fn by_keyword(kind: &Kind, value: &str) -> String {
    match kind {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            format!(
                "{value} fits none of the {} documented alternatives",
                context.len()
            )
        }
        Kind::OneOfMultipleValid { .. } => {
            format!(
                "{value} fits more than one of the documented alternatives, and must fit one only"
            )
        }
        Kind::Not { .. } => format!("{value} is what `not` excludes"),
        Kind::FalseSchema => "nothing may stand here".to_owned(),
        Kind::UniqueItems => "two of the items are equal".to_owned(),
        Kind::Contains => {
            "too few or too many of the items are what `contains` asks for".to_owned()
        }
        Kind::PropertyNames { error } => {
            let (_, message) = of(error);
            format!("the name of a property: {message}")
        }
        Kind::AdditionalItems { limit } => format!("more than the {limit} documented items"),
        other => format!("{value} breaks `{}`", other.keyword()),
    }
}

fn one_of<'v>(value: &str, options: impl Iterator<Item = &'v Value>) -> (Rule, String) {
    let options: Vec<String> = options.map(Value::to_string).collect();
    let message = match &options[..] {
        [only] => format!("{value} is not {only}"),
        many => format!("{value} is not one of {}", many.join(", ")),
    };
    (Rule::Enum(options), message)
}

/// `integer`, or `string or null`.
fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(set) => {
            let names: Vec<String> = set.iter().map(|one| one.to_string()).collect();
            names.join(" or ")
        }
    }
}

/// A value as JSON, cut to what can be read in a line; of secrets, nothing.
fn shown(value: &Value, pointer: &str) -> String {
    let name = pointer
        .rsplit('/')
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    if ["password", "secret", "token", "api_key", "apikey"]
        .iter()
        .any(|word| name.contains(word))
    {
        return "(not shown)".to_owned();
    }
    let json = match value {
        Value::Array(_) => return "[…]".to_owned(),
        Value::Object(_) => return "{…}".to_owned(),
        scalar => scalar.to_string(),
    };
    match json.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json,
    }
}
