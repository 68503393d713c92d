//! Which media type a client likes best (RFC 9110 section 12.5.1).

use http::{HeaderMap, header::ACCEPT};

use crate::exchange::{Accept, MediaType};

/// The one of several media types that a client likes best; of those that it likes as well, and where it
/// takes none, the first.
pub(super) fn best<'t>(headers: &HeaderMap, types: &[&'t str]) -> &'t str {
    let fields = headers.get_all(ACCEPT).iter();
    let fields: Vec<_> = fields.filter_map(|field| field.to_str().ok()).collect();
    let accept = Accept::parse(&fields.join(", "));
    let quality = |text: &str| MediaType::parse(text).map_or(0, |it| accept.quality(&it));
    let mut best = types[0];
    for other in types {
        if quality(other) > quality(best) {
            best = other;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_given_to_whom_it_is_all_the_same() {
        let types = ["application/json", "text/html", "text/plain"];
        for (accept, want) in [
            ("*/*", types[0]),
            ("image/png", types[0]),
            ("text/html,application/xhtml+xml,*/*;q=0.8", types[1]),
            ("text/*", types[1]),
            ("text/html;q=0.1, text/plain", types[2]),
        ] {
            let mut headers = HeaderMap::new();
            assert_eq!(best(&headers, &types), types[0]);
            headers.insert(ACCEPT, accept.parse().unwrap());
            assert_eq!(best(&headers, &types), want, "{accept}");
        }
    }
}
