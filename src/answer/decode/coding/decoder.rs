//! One coding each. None gives out more than its limit and one byte.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::CodingError;

/// The window that a zstd decoder on the web has at most (RFC 9659).
const ZSTD_WINDOW: usize = 8 << 20;

const BUFFER: usize = 4096;

type Decoded = Result<Vec<u8>, CodingError>;

/// RFC 1952; several members are one content.
pub(super) fn gzip(body: &[u8], limit: usize) -> Decoded {
    read(MultiGzDecoder::new(body), limit)
}

/// RFC 1950. Some clients leave out its frame and send RFC 1951 alone (RFC 9110 section 8.4.1.2).
pub(super) fn deflate(body: &[u8], limit: usize) -> Decoded {
    let mut rest = body;
    let decoded = match has_zlib_frame(body) {
        true => read(ZlibDecoder::new(&mut rest), limit)?,
        false => read(DeflateDecoder::new(&mut rest), limit)?,
    };
    nothing_after(rest, decoded)
}

/// RFC 7932.
pub(super) fn brotli(body: &[u8], limit: usize) -> Decoded {
    read(brotli_decompressor::Decompressor::new(body, BUFFER), limit)
}

/// RFC 8878; several frames are one content.
pub(super) fn zstd(mut body: &[u8], limit: usize) -> Decoded {
    let mut decoded = Vec::new();
    loop {
        let window = ZSTD_WINDOW.max(limit) as u64;
        let mut decoder = StreamingDecoder::new_with_max_window_size(&mut body, window)
            .map_err(|error| CodingError::Broken(error.to_string()))?;
        let frame = read(&mut decoder, limit - decoded.len())?;
        let stated = decoder.decoder.get_checksum_from_data();
        if stated.is_some() && stated != decoder.decoder.get_calculated_checksum() {
            return Err(CodingError::Broken("the checksum is another".to_owned()));
        }
        decoded.extend(frame);
        if body.is_empty() {
            return Ok(decoded);
        }
    }
}

fn read(decoder: impl Read, limit: usize) -> Decoded {
    let mut decoded = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    decoder
        .take(most)
        .read_to_end(&mut decoded)
        .map_err(|error| CodingError::Broken(error.to_string()))?;
    match decoded.len() > limit {
        true => Err(CodingError::TooLong),
        false => Ok(decoded),
    }
}

/// RFC 1950 section 2.2: the method is deflate, and the first two bytes are a multiple of 31.
fn has_zlib_frame(body: &[u8]) -> bool {
    match body {
        [method, flags, ..] => {
            method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0
        }
        _ => false,
    }
}

fn nothing_after(rest: &[u8], decoded: Vec<u8>) -> Decoded {
    match rest.is_empty() {
        true => Ok(decoded),
        false => Err(CodingError::Broken(format!(
            "{} bytes follow its end",
            rest.len()
        ))),
    }
}
