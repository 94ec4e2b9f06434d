//! Compressed answers. Documented: the API has a minimum size and the method's answer is at least so large, the request names
//! the coding before any other in Accept-Encoding, and the answer has no Content-Encoding yet.
//!
//! What people look at is the plain body; only its length and the header tell, and whoever puts the answer on a wire sends the
//! bytes that are here.

use super::{AnsweredBy, Call, response::Answer};
use crate::entities::ApiConfig;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use std::rc::Rc;

/// The effort of compression; AWS's is not known.
const LEVEL: u8 = 6;

/// A body as it goes over a wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// `Content-Encoding`.
    pub coding: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Returns the body of an answer as the caller wants it, when that is not as it is.
pub(super) fn coded(config: &ApiConfig, call: &Call<'_>, answer: &Answer) -> Option<Rc<Coded>> {
    let least = usize::try_from(config.settings.minimum_compression_size?).ok()?;
    let is_coded = answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-encoding"));
    if answer.by != AnsweredBy::Method || is_coded || answer.body.len() < least || answer.body.is_empty() {
        return None;
    }
    let plain = answer.body.as_bytes();
    let (coding, bytes) = match first(call.request.header("accept-encoding")?)? {
        coding if coding.eq_ignore_ascii_case("gzip") => ("gzip", gzip(plain)),
        coding if coding.eq_ignore_ascii_case("deflate") => ("deflate", compress_to_vec_zlib(plain, LEVEL)),
        _ => return None,
    };
    Some(Rc::new(Coded { coding, bytes }))
}

/// Returns the coding that a caller likes best; of equal ones the first (assumed). One that AWS does not know means none
/// (documented).
fn first(accepted: &str) -> Option<&str> {
    let mut best: Option<(&str, f32)> = None;
    for part in accepted.split(',') {
        let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |number| number.trim().parse().ok());
        let weight = weight.filter(|weight| *weight > 0.0);
        let better = weight.filter(|weight| best.is_none_or(|(_, known)| *weight > known));
        if let Some(weight) = better {
            best = Some((coding.trim(), weight));
        }
    }
    best.map(|(coding, _)| coding)
}

/// Returns a text in the form of RFC 1952: a head without a name, the deflated bytes, checksum and length.
fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(compress_to_vec(plain, LEVEL));
    out.extend(crc32(plain).to_le_bytes());
    // The length counts modulo 2^32 there; a body is far shorter.
    out.extend(u32::try_from(plain.len()).unwrap_or(u32::MAX).to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{crc32, first, gzip};

    #[test]
    fn the_coding_that_is_liked_best_is_the_one() {
        for (accepted, expected) in [
            ("gzip", Some("gzip")),
            ("gzip, deflate, br", Some("gzip")),
            ("br, gzip", Some("br")),
            ("gzip;q=0.5, deflate;q=0.8", Some("deflate")),
            ("gzip;q=0, deflate", Some("deflate")),
            ("identity", Some("identity")),
            ("gzip;q=many, deflate;q=NaN", None),
            ("", Some("")),
            ("*", Some("*")),
        ] {
            assert_eq!(first(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn gzip_has_the_checksum_of_the_rfc() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let packed = gzip(b"hello hello hello hello");
        let inner = &packed[10..packed.len() - 8];
        assert_eq!(
            miniz_oxide::inflate::decompress_to_vec(inner).ok().as_deref(),
            Some(&b"hello hello hello hello"[..])
        );
    }
}
