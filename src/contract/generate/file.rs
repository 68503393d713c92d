//! The smallest files of their kinds: what is sent where a media type says which bytes there are and
//! nothing else is documented.

use bytes::Bytes;

use super::conjunction::Conjunction;
use crate::{contract::schema::Schema, description::Description};

/// The smallest file of a media type, without parameters; `None` of those that are not known.
pub(in crate::contract) fn file(media_type: &str) -> Option<Bytes> {
    let known: &'static [u8] = match media_type {
        "application/pdf" => return Some(pdf().into()),
        "image/png" => PNG,
        "image/jpeg" | "image/jpg" => JPEG,
        "image/gif" => GIF,
        "image/svg+xml" => SVG,
        "application/zip" | "application/x-zip-compressed" => ZIP,
        "application/gzip" | "application/x-gzip" => GZIP,
        "application/x-tar" => TAR,
        "application/octet-stream" => OCTETS,
        "audio/wav" | "audio/x-wav" | "audio/wave" => WAV,
        "audio/mpeg" | "audio/mp3" => MP3,
        "video/mp4" => MP4,
        "text/csv" => CSV,
        "text/html" => HTML,
        "text/markdown" => MARKDOWN,
        _ => return None,
    };
    Some(Bytes::from_static(known))
}

/// Whether a schema says no more than that there are bytes, or a text.
pub(in crate::contract) fn is_any_bytes(description: &Description, schema: &Schema) -> bool {
    let schema = description.at(&schema.pointer);
    schema.is_some_and(|schema| says_only_bytes(&Conjunction::of(description, &[schema])))
}

/// The same of schemas together.
pub(super) fn says_only_bytes(all: &Conjunction<'_>) -> bool {
    const SAY_NOTHING: [&str; 8] = [
        "$ref",
        "title",
        "description",
        "format",
        "type",
        "contentMediaType",
        "externalDocs",
        "deprecated",
    ];
    let is_text = all.types().is_none_or(|types| types == ["string"]);
    let mut formats = all.texts("format");
    let mut keywords = all.schemas.iter().flat_map(|schema| schema.keys());
    let says_nothing =
        |keyword: &String| SAY_NOTHING.contains(&keyword.as_str()) || keyword.starts_with("x-");
    !all.impossible
        && is_text
        && formats.all(|format| format == "binary")
        && keywords.all(says_nothing)
}

/// One grey pixel: IHDR, IDAT and IEND with their checksums (RFC 2083).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\xdach\0\0\0\x82\0\x81\xdaE\x08;\0\0\0\0IEND\xaeB`\x82";

/// One grey pixel as baseline JPEG: tables of one code each, and two bits of data.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xdb\0C\0\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xc4\0\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xc4\0\x14\x10\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xda\0\x08\x01\x01\0\0?\0?\xff\xd9";

/// One grey pixel (GIF89a).
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

/// An archive without entries: only the end of the central directory.
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// Nothing, compressed (RFC 1952).
const GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0";

/// An archive without entries: two empty blocks.
const TAR: &[u8] = &[0; 1024];

/// Bytes that are no text.
const OCTETS: &[u8] = b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\n\x0b\x0c\r\x0e\x0f";

/// No samples at 8 kHz, 16 bits, mono.
const WAV: &[u8] =
    b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0\x80>\0\0\x02\0\x10\0data\0\0\0\0";

/// One silent frame of MPEG-1 layer III: a header, and nothing in it.
const MP3: &[u8] = {
    const FRAME: [u8; 104] = {
        let mut frame = [0; 104];
        [frame[0], frame[1], frame[2], frame[3]] = [0xff, 0xfb, 0x10, 0xc4];
        frame
    };
    &FRAME
};

/// A film without tracks: `ftyp`, and `moov` with `mvhd` alone (ISO/IEC 14496-12).
const MP4: &[u8] = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0tmoov\0\0\0lmvhd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x03\xe8\0\0\0\0\0\x01\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0@\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01";

const CSV: &[u8] = b"id,name\r\n1,Example\r\n2,Amber\r\n";

const HTML: &[u8] =
    b"<!doctype html>\n<title>An example</title>\n<p>Hello, this is an example.</p>\n";

const MARKDOWN: &[u8] = b"# An example\n\nHello, this is an example.\n";

/// One empty page, with the offsets of its objects (ISO 32000-1 section 7.5).
fn pdf() -> String {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{} 0 obj{object}endobj\n", index + 1));
    }
    let start = text.len();
    let size = objects.len() + 1;
    text.push_str(&format!(
        "xref\n0 {size}\n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_begin_as_their_kind_does() {
        for (media_type, start) in [
            ("application/pdf", &b"%PDF-1."[..]),
            ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("image/jpeg", b"\xff\xd8\xff\xe0"),
            ("image/gif", b"GIF89a"),
            ("application/zip", b"PK\x05\x06"),
            ("application/gzip", b"\x1f\x8b\x08"),
            ("audio/wav", b"RIFF\x24\0\0\0WAVE"),
            ("audio/mpeg", b"\xff\xfb"),
            ("video/mp4", b"\0\0\0\x14ftypisom"),
        ] {
            let file = file(media_type).unwrap();
            assert!(file.starts_with(start), "{media_type}");
        }
        assert_eq!(file("application/json"), None);
    }

    #[test]
    fn the_offsets_of_a_pdf_lead_to_its_objects() {
        let text = pdf();
        let offsets = text
            .lines()
            .filter_map(|line| line.strip_suffix(" 00000 n "));
        let mut count = 0;
        for (index, offset) in offsets.enumerate() {
            let at: usize = offset.parse().unwrap();
            assert!(
                text[at..].starts_with(&format!("{} 0 obj", index + 1)),
                "{offset}"
            );
            count += 1;
        }
        assert_eq!(count, 3);
        let start = text.lines().rev().nth(1).unwrap();
        assert!(text[start.parse::<usize>().unwrap()..].starts_with("xref"));
    }
}
