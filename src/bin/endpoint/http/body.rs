//! The body of a request, piece by piece as it comes in.

use super::{Fault, Length};
use httparse::{EMPTY_HEADER, Status, parse_chunk_size, parse_headers};

/// Bytes of a chunk's first line, or of what follows the last chunk.
const LINE_BYTES: usize = 4096;
/// Header lines after the last chunk, which nobody reads.
const TRAILERS: usize = 32;

/// A body that is being read.
#[derive(Debug)]
pub(crate) struct Body(State);

#[derive(Debug)]
enum State {
    /// So many bytes of a body that has said its length.
    Rest(u64),
    /// The line that begins a chunk.
    Size,
    /// So many bytes of a chunk.
    Chunk(u64),
    /// The end of a chunk's line.
    ChunkEnd,
    /// The lines that follow the last chunk.
    Trailers,
    /// Nothing more.
    Done,
}

/// A step through a body: its first `used` bytes are done with, and of those the last `data` are part of the body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) used: usize,
    pub(crate) data: usize,
}

impl Body {
    /// Begins to read a body.
    pub(crate) fn new(length: Length) -> Self {
        Self(match length {
            Length::Bytes(0) => State::Done,
            Length::Bytes(count) => State::Rest(count),
            Length::Chunked => State::Size,
        })
    }

    /// Tells that the next byte is no longer the body's.
    pub(crate) fn is_done(&self) -> bool {
        matches!(self.0, State::Done)
    }

    /// Reads on from the bytes that are there; `None` when more have to come first.
    ///
    /// # Errors
    /// The bytes are not in chunks as they should be.
    pub(crate) fn next(&mut self, bytes: &[u8]) -> Result<Option<Piece>, Fault> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let (piece, state) = match self.0 {
            State::Done => return Ok(None),
            State::Rest(rest) | State::Chunk(rest) => {
                let data = usize::try_from(rest).unwrap_or(usize::MAX).min(bytes.len());
                let left = rest - data as u64;
                let state = match self.0 {
                    State::Chunk(_) if left > 0 => State::Chunk(left),
                    State::Chunk(_) => State::ChunkEnd,
                    _ if left > 0 => State::Rest(left),
                    _ => State::Done,
                };
                (Piece { used: data, data }, state)
            }
            State::Size => match parse_chunk_size(bytes) {
                Ok(Status::Complete((used, size))) => {
                    (Piece { used, data: 0 }, if size > 0 { State::Chunk(size) } else { State::Trailers })
                }
                Ok(Status::Partial) if bytes.len() < LINE_BYTES => return Ok(None),
                _ => return Err(Fault::Malformed),
            },
            State::ChunkEnd => match bytes {
                [b'\r', b'\n', ..] => (Piece { used: 2, data: 0 }, State::Size),
                [b'\r'] => return Ok(None),
                _ => return Err(Fault::Malformed),
            },
            State::Trailers => match parse_headers(bytes, &mut [EMPTY_HEADER; TRAILERS]) {
                Ok(Status::Complete((used, _))) => (Piece { used, data: 0 }, State::Done),
                Ok(Status::Partial) if bytes.len() < LINE_BYTES => return Ok(None),
                _ => return Err(Fault::Malformed),
            },
        };
        self.0 = state;
        Ok(Some(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, Fault, Length};
    use proptest::prelude::*;

    /// Reads a body whose bytes come in pieces of these sizes; the body, and how many bytes were left over.
    fn read(length: Length, bytes: &[u8], sizes: &[usize]) -> Result<Option<(Vec<u8>, usize)>, Fault> {
        let (mut body, mut out, mut buffer) = (Body::new(length), Vec::new(), Vec::new());
        let (mut rest, mut sizes) = (bytes, sizes.iter().cycle());
        while !body.is_done() {
            if let Some(piece) = body.next(&buffer)? {
                assert!(piece.used > 0 && piece.data <= piece.used, "each step gets on");
                out.extend_from_slice(&buffer[piece.used - piece.data..piece.used]);
                buffer.drain(..piece.used);
                continue;
            }
            if rest.is_empty() {
                return Ok(None);
            }
            let (piece, later) = rest.split_at((*sizes.next().expect("a size")).clamp(1, rest.len()));
            buffer.extend_from_slice(piece);
            rest = later;
        }
        Ok(Some((out, buffer.len() + rest.len())))
    }

    #[test]
    fn chunks_are_put_together() {
        let well = |body: &str, left| Ok(Some((body.as_bytes().to_vec(), left)));
        let no = || Err(Fault::Malformed);
        for (bytes, expected) in [
            ("0\r\n\r\n", well("", 0)),
            ("3\r\nabc\r\n0\r\n\r\nGET", well("abc", 3)),
            ("3;a=b\r\nabc\r\n0a\r\n0123456789\r\n0\r\nA: b\r\n\r\n", well("abc0123456789", 0)),
            ("3\r\nab", Ok(None)),
            ("3\r\nabcd\r\n0\r\n\r\n", no()),
            ("zz\r\n", no()),
            ("-1\r\n", no()),
            ("11111111111111111\r\n", no()),
            ("0\r\nA : b\r\n\r\n", no()),
        ] {
            assert_eq!(read(Length::Chunked, bytes.as_bytes(), &[1000]), expected, "{bytes}");
            assert_eq!(read(Length::Chunked, bytes.as_bytes(), &[1]), expected, "{bytes} byte by byte");
        }
        let endless = format!("3;{}", "a".repeat(5000));
        assert_eq!(read(Length::Chunked, endless.as_bytes(), &[1000]), no());
        assert_eq!(read(Length::Bytes(3), b"abcGET", &[2]), well("abc", 3));
        assert_eq!(read(Length::Bytes(0), b"GET", &[2]), well("", 3));
    }

    proptest! {
        #[test]
        fn a_body_is_the_same_however_it_was_cut(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..50), 0..6),
            sizes in prop::collection::vec(1usize..20, 1..10),
        ) {
            let mut bytes: Vec<u8> = Vec::new();
            for part in &parts {
                bytes.extend_from_slice(format!("{:x}\r\n", part.len()).as_bytes());
                bytes.extend_from_slice(part);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\nrest");
            prop_assert_eq!(read(Length::Chunked, &bytes, &sizes), Ok(Some((parts.concat(), 4))));
        }

        #[test]
        fn any_bytes_end_in_an_answer(
            bytes in prop::collection::vec(prop::sample::select(b"0123aF;=\r\n :x\xff".to_vec()), 0..80),
        ) {
            let whole = read(Length::Chunked, &bytes, &[1000]);
            prop_assert_eq!(read(Length::Chunked, &bytes, &[1]), whole);
        }
    }
}
