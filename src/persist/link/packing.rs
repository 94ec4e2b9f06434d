//! Bytes of a link: deflate with a preset dictionary, ids as numbers, a checksum.

use super::LinkError;
use miniz_oxide::{
    deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params},
    inflate::{
        TINFLStatus,
        core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF},
    },
};

/// The texts that a link is likely to hold, so that they cost next to nothing. Frozen: links that exist refer to its bytes.
const DICTIONARY: &[u8] = include_bytes!("dictionary_v1.txt");

/// Bytes of the checksum.
pub(super) const CHECKSUM: usize = 2;

/// zlib's names for how the codes are made: for each block anew, or the fixed ones that need no table.
const STRATEGIES: [i32; 2] = [0, 4];

/// Deflates a text that may refer to the dictionary; the shorter of two ways.
pub(super) fn deflate(text: &str) -> Vec<u8> {
    let ways = STRATEGIES.map(|strategy| deflate_by(strategy, text));
    ways.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

fn deflate_by(strategy: i32, text: &str) -> Vec<u8> {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(10, 0, strategy));
    // After a sync flush the output stands at the boundary of a byte and of a block, while the window keeps the
    // dictionary: what follows is a stream of its own that refers back to it.
    compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let mut out = Vec::new();
    compress_to_output(&mut compressor, text.as_bytes(), TDEFLFlush::Finish, |bytes| {
        out.extend_from_slice(bytes);
        true
    });
    out
}

/// Inflates, up to `limit` bytes, and gives back what comes after the stream's end.
///
/// # Errors
/// The stream is cut off, damaged, or inflates to more.
pub(super) fn inflate(bytes: &[u8], limit: usize) -> Result<(Vec<u8>, &[u8]), LinkError> {
    let mut state = Box::<DecompressorOxide>::default();
    let mut out = DICTIONARY.to_vec();
    let (mut read, mut written) = (0, DICTIONARY.len());
    loop {
        let end = DICTIONARY.len() + limit;
        let size = (out.len() * 2).max(32 * 1024).min(end);
        if written == end {
            return Err(LinkError::TooMuch);
        }
        out.resize(size, 0);
        let input = bytes.get(read..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, given) = decompress(&mut state, input, &mut out, written, flags);
        read += taken;
        written += given;
        match status {
            TINFLStatus::Done => {
                out.truncate(written);
                out.drain(..DICTIONARY.len());
                return Ok((out, bytes.get(read..).unwrap_or_default()));
            }
            TINFLStatus::HasMoreOutput => {}
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(LinkError::CutOff),
            _ => return Err(LinkError::Damaged),
        }
    }
}

/// Ids up to this length, of lower-case letters and digits, are packed as a number in base 36.
const PACKED_LENGTH: usize = 12;

/// Bytes that hold an id of so many characters.
fn packed_size(length: usize) -> usize {
    // 36 is a little less than 2^5.17; the table is exact up to `PACKED_LENGTH`.
    const SIZES: [usize; PACKED_LENGTH + 1] = [0, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8];
    SIZES.get(length).copied().unwrap_or(length)
}

/// Appends an id.
pub(super) fn pack_id(id: &str, out: &mut Vec<u8>) {
    let number = u64::from_str_radix(id, 36).ok().filter(|_| id.len() <= PACKED_LENGTH);
    match number {
        Some(number) => out.extend(number.to_be_bytes().iter().skip(8 - packed_size(id.len()))),
        None => out.extend(id.bytes()),
    }
}

/// Takes an id of so many characters off the front. Whether it can be one is for the replay to find out.
///
/// # Errors
/// The bytes run out, or are no id.
pub(super) fn unpack_id(bytes: &mut &[u8], length: usize) -> Result<String, LinkError> {
    let (id, rest) = bytes.split_at_checked(packed_size(length)).ok_or(LinkError::CutOff)?;
    *bytes = rest;
    if length > PACKED_LENGTH {
        return String::from_utf8(id.to_vec()).map_err(|_| LinkError::Damaged);
    }
    let mut number = id.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let mut digits = vec![b'0'; length];
    for digit in digits.iter_mut().rev() {
        let value = u8::try_from(number % 36).unwrap_or_default();
        *digit = if value < 10 { b'0' + value } else { b'a' + value - 10 };
        number /= 36;
    }
    if number > 0 {
        return Err(LinkError::Damaged);
    }
    String::from_utf8(digits).map_err(|_| LinkError::Damaged)
}

/// Computes Fletcher's checksum: enough to tell a link that was changed on its way, no protection against anybody.
pub(super) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let step = |(a, b): (u16, u16), byte: &u8| {
        let a = (a + u16::from(*byte)) % 255;
        (a, (b + a) % 255)
    };
    let (a, b) = bytes.iter().fold((1, 0), step);
    [a.to_be_bytes()[1], b.to_be_bytes()[1]]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{DICTIONARY, LinkError, deflate, inflate, pack_id, unpack_id};
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        let hash = DICTIONARY.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        assert_eq!(
            (DICTIONARY.len(), hash),
            (10_082, 5_027_321_382_530_124_469),
            "links that exist would no longer open"
        );
        assert!(DICTIONARY.len() <= 16 * 1024, "deflate looks back 32 kB, and the first half should reach it all");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = deflate(&"0".repeat(3_000_000));
        assert!(bomb.len() < 20_000);
        assert_eq!(inflate(&bomb, 2_000_000).map(|(out, _)| out.len()), Err(LinkError::TooMuch));
        assert_eq!(inflate(&bomb, 3_000_001).map(|(out, _)| out.len()), Ok(3_000_000));
    }

    #[test]
    fn an_id_takes_as_few_bytes_as_its_letters_and_digits_allow() {
        for (id, size) in [("", 0), ("0", 1), ("zzzzzz", 4), ("000000", 4), ("zzzzzzzzzz", 7), ("zzzzzzzzzzzz", 8)] {
            let mut out = Vec::new();
            pack_id(id, &mut out);
            assert_eq!(out.len(), size, "{id}");
            out.push(7);
            let mut rest = out.as_slice();
            assert_eq!(unpack_id(&mut rest, id.len()), Ok(id.to_owned()));
            assert_eq!(rest, [7]);
        }
        assert_eq!(unpack_id(&mut [255_u8; 4].as_slice(), 6), Err(LinkError::Damaged));
        assert_eq!(unpack_id(&mut [1_u8; 3].as_slice(), 6), Err(LinkError::CutOff));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn deflating_with_the_dictionary_is_exact(
            pieces in proptest::collection::vec((0..DICTIONARY.len(), 0_usize..600, ".{0,12}"), 0..20),
            after in proptest::collection::vec(any::<u8>(), 0..9),
        ) {
            let mut text = String::new();
            for (from, length, own) in pieces {
                let piece = DICTIONARY.get(from..(from + length).min(DICTIONARY.len())).unwrap_or_default();
                text.push_str(&String::from_utf8_lossy(piece));
                text.push_str(&own);
            }
            let mut bytes = deflate(&text);
            bytes.extend(&after);
            let (out, rest) = inflate(&bytes, 1 << 20).expect("it was deflated here");
            prop_assert_eq!(String::from_utf8(out), Ok(text));
            prop_assert_eq!(rest, after);
        }

        #[test]
        fn ids_of_any_length_come_back(id in "[a-z0-9]{0,40}") {
            let mut out = Vec::new();
            pack_id(&id, &mut out);
            prop_assert_eq!(unpack_id(&mut out.as_slice(), id.len()), Ok(id));
        }
    }
}
