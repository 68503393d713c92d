//! The line between parts (RFC 2046 section 5.1.1).

use super::Part;
use crate::exchange::MediaType;

/// What a boundary is called that nobody named; a number follows where that stands in a part.
const NAME: &str = "mynah-part";

/// The boundary of some parts: the documented one, else one that stands in none of them.
///
/// # Errors
/// The documented one stands in a part, in words.
pub(super) fn of_parts(media_type: &MediaType, parts: &[Part]) -> Result<String, String> {
    let is_free = |boundary: &str| parts.iter().all(|part| !part.contains(boundary));
    if let Some(documented) = media_type.parameter("boundary") {
        return match is_free(documented) {
            true => Ok(documented.to_owned()),
            false => Err(format!(
                "the documented boundary `{documented}` stands in one of the parts"
            )),
        };
    }
    let numbered = (2_u64..).map(|number| format!("{NAME}-{number}"));
    let mut all = std::iter::once(NAME.to_owned()).chain(numbered);
    // Each part ends, so some number stands in none of them.
    Ok(all.find(|it| is_free(it)).unwrap_or_default())
}

/// The boundary that a text is written with that is a body by itself; `None` where it is none.
pub(in crate::contract::reply) fn of_text(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(|line| line.trim_end_matches([' ', '\t']));
    let boundary = lines.find_map(|line| line.strip_prefix("--"))?;
    let boundary = boundary.strip_suffix("--").unwrap_or(boundary);
    let last = format!("--{boundary}--");
    let mut ends = text.lines().map(|line| line.trim_end_matches([' ', '\t']));
    (!boundary.is_empty() && ends.any(|line| line == last)).then_some(boundary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(body: &str) -> Part {
        let mut part = Part::named("a", None);
        part.body = body.into();
        part
    }

    #[test]
    fn a_boundary_stands_in_no_part() {
        let free = MediaType::parse("multipart/form-data").unwrap();
        let named = MediaType::parse("multipart/form-data; boundary=x").unwrap();
        for (media_type, bodies, want) in [
            (&free, &["a"][..], Ok("mynah-part")),
            (&free, &["a\r\n--mynah-part", "b"], Ok("mynah-part-2")),
            (&free, &["mynah-part-2", "mynah-part"], Ok("mynah-part-3")),
            (&named, &["a"], Ok("x")),
            (&named, &["axa"], Err(())),
        ] {
            let parts: Vec<Part> = bodies.iter().map(|body| part(body)).collect();
            let boundary = of_parts(media_type, &parts);
            assert_eq!(boundary.as_deref().map_err(|_| ()), want, "{bodies:?}");
        }
    }

    #[test]
    fn the_boundary_of_a_text_is_its_first_line() {
        for (text, want) in [
            ("--x\r\n\r\na\r\n--x--", Some("x")),
            ("before\n--a b\n\na\n--a b--\n", Some("a b")),
            ("--x--", Some("x")),
            ("--x\n\na", None),
            ("a", None),
            ("", None),
            ("--\n----", None),
        ] {
            assert_eq!(of_text(text), want, "{text:?}");
        }
    }
}
