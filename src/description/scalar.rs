//! What a plain YAML scalar means (YAML 1.2.2 section 10.3, the core schema).

/// A plain scalar, resolved.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    /// A number in JSON's grammar, in the source's own digits where these allow it.
    Number(String),
    String,
}

/// Resolves a plain scalar. Dates, `on`, `yes` and `.inf` are strings, since JSON has no such values.
pub(super) fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        _ => {}
    }
    match radix(text).or_else(|| decimal(text)) {
        Some(number) => Scalar::Number(number),
        None => Scalar::String,
    }
}

/// `0o17` and `0x1F`.
fn radix(text: &str) -> Option<String> {
    let (digits, radix) = match text.split_at_checked(2)? {
        ("0o", digits) => (digits, 8),
        ("0x", digits) => (digits, 16),
        _ => return None,
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix)
        .ok()
        .map(|number| number.to_string())
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, written as JSON wants it.
fn decimal(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at(at),
        None => (unsigned, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.get(1..).unwrap_or("");
    let power_digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    let is_number = digits(whole)
        && fraction.is_none_or(digits)
        && !(whole.is_empty() && fraction.is_none_or(str::is_empty))
        && digits(power_digits)
        && exponent.is_empty() == power_digits.is_empty();
    if !is_number {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    };
    let point = match fraction {
        None => String::new(),
        Some("") => ".0".to_owned(),
        Some(fraction) => format!(".{fraction}"),
    };
    Some(format!("{sign}{whole}{point}{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_yaml_1_2_says() {
        for (text, want) in [
            ("~", Scalar::Null),
            ("True", Scalar::Bool(true)),
            ("275.0", Scalar::Number("275.0".into())),
            (
                "9007199254740993",
                Scalar::Number("9007199254740993".into()),
            ),
            ("0777", Scalar::Number("777".into())),
            ("0o17", Scalar::Number("15".into())),
            ("0x1F", Scalar::Number("31".into())),
            ("+.5e3", Scalar::Number("0.5e3".into())),
            ("1.", Scalar::Number("1.0".into())),
            ("-0", Scalar::Number("-0".into())),
            ("yes", Scalar::String),
            (".inf", Scalar::String),
            (".", Scalar::String),
            ("1e", Scalar::String),
            ("1.2.3", Scalar::String),
            ("2012-10-05", Scalar::String),
            ("0x", Scalar::String),
        ] {
            assert_eq!(resolve(text), want, "{text}");
        }
    }
}
