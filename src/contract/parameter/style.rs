//! How the values of parameters are written (OpenAPI 3.1.1, "Style Values").

use super::In;
use crate::{
    contract::reader::Reader,
    description::{Finding, FindingCode, join},
    exchange::MediaType,
};

/// How a value is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;p=a;p=b`
    Matrix,
    /// `p=a&p=b`, or `p=a,b` when not exploded
    Form,
    /// `p=a b`
    SpaceDelimited,
    /// `p=a|b`
    PipeDelimited,
    /// `p=a⇥b`: Swagger 2.0's `collectionFormat: tsv`
    TabDelimited,
    /// `p[k]=v`
    DeepObject,
    /// `p=a; p=b`, nothing escaped (OpenAPI 3.2)
    Cookie,
    /// A `content` parameter whose text is JSON.
    Json,
    /// A `content` parameter whose text is a form.
    UrlEncoded,
    /// A `content` parameter whose text is XML.
    Xml,
    /// A `content` parameter whose text is the value.
    Text,
}

impl Style {
    /// Whether a media type says how the text is read, and not a style.
    pub fn is_content(self) -> bool {
        matches!(self, Self::Json | Self::UrlEncoded | Self::Xml | Self::Text)
    }
}

/// How a parameter is written, whether exploded, and where its schema stands.
pub(super) struct Writing {
    pub style: Style,
    pub explode: bool,
    pub schema_at: String,
}

impl Writing {
    /// Reads `content`, or else `style` and `explode`.
    ///
    /// # Errors
    /// A style that the place has not, or a media type that is not read in a parameter.
    pub(super) fn read(reader: &mut Reader<'_>, pointer: &str, place: In) -> Result<Self, Finding> {
        if let Some((style, schema_at)) = content_of(reader, pointer)? {
            return Ok(Self {
                style,
                explode: false,
                schema_at,
            });
        }
        if place == In::Querystring {
            let message = "a parameter in `querystring` has `content`, and no `schema` of its own";
            return Err(reader.fault(FindingCode::Shape, pointer, message.to_owned()));
        }
        let schema_at = join(pointer, "schema");
        if reader.description.at(&schema_at).is_none() {
            let message =
                "neither `schema` nor `content` says which values this has: any is accepted";
            reader.warn(FindingCode::Shape, pointer, message.to_owned());
        }
        let (style, exploded) = match collection(reader, pointer) {
            Some(collection) => collection,
            None => {
                let style = style(reader, pointer, place)?;
                (style, matches!(style, Style::Form | Style::Cookie))
            }
        };
        Ok(Self {
            style,
            explode: reader.flag(pointer, "explode").unwrap_or(exploded),
            schema_at,
        })
    }
}

/// The one media type of a parameter or a header field, as a style, and where its schema stands; `None`
/// where it has no `content`.
///
/// # Errors
/// A media type that no single text can be of.
pub(in crate::contract) fn content_of(
    reader: &mut Reader<'_>,
    pointer: &str,
) -> Result<Option<(Style, String)>, Finding> {
    let content = join(pointer, "content");
    let media_types = reader.keys(&content);
    if media_types.len() > 1 {
        let message = "`content` has one media type here; the first is taken";
        reader.warn(FindingCode::Shape, &content, message.to_owned());
    }
    let Some(media_type) = media_types.first() else {
        return Ok(None);
    };
    let style = content_style(reader, &content, media_type)?;
    let schema_at = join(&join(&content, media_type), "schema");
    Ok(Some((style, schema_at)))
}

fn content_style(reader: &Reader<'_>, content: &str, media_type: &str) -> Result<Style, Finding> {
    let at = join(content, media_type);
    let Some(parsed) = MediaType::parse(media_type) else {
        let message = format!("`{media_type}` is not a media type");
        return Err(reader.fault(FindingCode::Shape, &at, message));
    };
    match parsed.essence() {
        _ if parsed.is_json() => Ok(Style::Json),
        "application/x-www-form-urlencoded" => Ok(Style::UrlEncoded),
        _ if parsed.is_xml() => Ok(Style::Xml),
        _ if parsed.kind() == "multipart" => {
            let message = format!(
                "`{media_type}` has no place here: parts are lines between boundaries, and this is one text; \
                 JSON, XML, forms and text are read"
            );
            Err(reader.fault(FindingCode::Unsupported, &at, message))
        }
        _ => Ok(Style::Text),
    }
}

/// What Swagger 2.0 said of arrays, which in places has no form in OpenAPI 3.
fn collection(reader: &Reader<'_>, pointer: &str) -> Option<(Style, bool)> {
    match reader.text(pointer, "x-collection-format")? {
        "ssv" => Some((Style::SpaceDelimited, false)),
        "tsv" => Some((Style::TabDelimited, false)),
        "pipes" => Some((Style::PipeDelimited, false)),
        _ => None,
    }
}

fn style(reader: &Reader<'_>, pointer: &str, place: In) -> Result<Style, Finding> {
    Ok(match (reader.text(pointer, "style"), place) {
        (None, In::Path | In::Header) => Style::Simple,
        (None, _) => Style::Form,
        (Some("simple"), In::Path | In::Header) => Style::Simple,
        (Some("label"), In::Path) => Style::Label,
        (Some("matrix"), In::Path) => Style::Matrix,
        (Some("form"), In::Query | In::Cookie) => Style::Form,
        (Some("spaceDelimited"), In::Query) => Style::SpaceDelimited,
        (Some("pipeDelimited"), In::Query) => Style::PipeDelimited,
        (Some("deepObject"), In::Query) => Style::DeepObject,
        (Some("cookie"), In::Cookie) => Style::Cookie,
        (Some(other), _) => {
            let message = format!("`{other}` is no style of a parameter that stands here");
            return Err(reader.fault(FindingCode::Shape, &join(pointer, "style"), message));
        }
    })
}
