//! The text of a client certificate: an X.509 certificate in PEM.
//!
//! Its form is real and other programs can read it; its key and its signature are not: there is no private key, so nothing
//! can be proven with it. Both follow from the id, so that a replay gives the same text. Names and algorithm are assumed.

use crate::{
    civil_time::CivilTime,
    entities::{ClientCertificate, Timestamp},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const NULL: u8 = 0x05;
const OBJECT_ID: u8 = 0x06;
const PRINTABLE: u8 = 0x13;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// 1.2.840.113549.1.1.11, SHA-256 with RSA.
const SHA256_WITH_RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
/// 1.2.840.113549.1.1.1, an RSA key.
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// The last arc of 2.5.4.x: country, state, locality, organisation, common name; and their texts.
const NAME: [(u8, &str); 5] =
    [(6, "US"), (8, "Washington"), (7, "Seattle"), (10, "Amazon.com, Inc."), (3, "ApiGateway")];
/// Bytes of the key's modulus and of the signature.
const KEY_BYTES: usize = 256;

/// Writes the certificate between its two lines, with a line end after the last.
pub(super) fn pem(certificate: &ClientCertificate) -> String {
    let text = STANDARD.encode(der(certificate));
    let mut out = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = more;
    }
    out.push_str("-----END CERTIFICATE-----\n");
    out
}

fn der(certificate: &ClientCertificate) -> Vec<u8> {
    let mut noise = fastrand::Rng::with_seed(seed(&certificate.id));
    let algorithm = value(SEQUENCE, &[value(OBJECT_ID, &[SHA256_WITH_RSA.to_vec()]), value(NULL, &[])]);
    let name = name();
    let validity = value(SEQUENCE, &[time(certificate.created), time(certificate.expires())]);
    let body = value(
        SEQUENCE,
        &[
            value(0xa0, &[value(INTEGER, &[vec![2]])]), // version 3
            value(INTEGER, &[positive(bytes(&mut noise, 8))]),
            algorithm.clone(),
            name.clone(),
            validity,
            name,
            public_key(&mut noise),
        ],
    );
    let signature = value(BIT_STRING, &[vec![0], bytes(&mut noise, KEY_BYTES)]);
    value(SEQUENCE, &[body, algorithm, signature])
}

/// Writes the name of the subject, who is the issuer as well: the certificate is self-signed.
fn name() -> Vec<u8> {
    let part = |(arc, text): &(u8, &str)| {
        let id = value(OBJECT_ID, &[vec![0x55, 0x04, *arc]]);
        value(SET, &[value(SEQUENCE, &[id, value(PRINTABLE, &[text.as_bytes().to_vec()])])])
    };
    value(SEQUENCE, &NAME.iter().map(part).collect::<Vec<_>>())
}

fn public_key(noise: &mut fastrand::Rng) -> Vec<u8> {
    let mut modulus = bytes(noise, KEY_BYTES);
    // As long as its name says, and odd.
    if let (Some(first), true) = (modulus.first_mut(), KEY_BYTES > 1) {
        *first |= 0x80;
    }
    if let Some(last) = modulus.last_mut() {
        *last |= 1;
    }
    let key = value(SEQUENCE, &[value(INTEGER, &[positive(modulus)]), value(INTEGER, &[vec![1, 0, 1]])]);
    let algorithm = value(SEQUENCE, &[value(OBJECT_ID, &[RSA.to_vec()]), value(NULL, &[])]);
    value(SEQUENCE, &[algorithm, value(BIT_STRING, &[vec![0], key])])
}

/// Writes a time; in the short form for the years that it was made for.
fn time(at: Timestamp) -> Vec<u8> {
    let text: String = CivilTime::from_epoch_ms(at.0).iso8601().chars().filter(char::is_ascii_digit).take(14).collect();
    let short = text.get(2..).filter(|_| ("1950".."2050").contains(&text.get(..4).unwrap_or_default()));
    match short {
        Some(short) => value(UTC_TIME, &[format!("{short}Z").into_bytes()]),
        None => value(GENERALIZED_TIME, &[format!("{text}Z").into_bytes()]),
    }
}

/// Writes a value of DER: its tag, its length, and its parts.
fn value(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let length: usize = parts.iter().map(Vec::len).sum();
    let mut out = vec![tag];
    let big = length.to_be_bytes();
    let digits: Vec<u8> = big.into_iter().skip_while(|byte| *byte == 0).collect();
    match (u8::try_from(length), u8::try_from(digits.len())) {
        (Ok(short), _) if short < 0x80 => out.push(short),
        (_, Ok(count)) => {
            out.push(0x80 | count);
            out.extend(digits);
        }
        _ => {}
    }
    out.extend(parts.iter().flatten());
    out
}

/// Writes a number so that it is not taken for a negative one.
fn positive(mut number: Vec<u8>) -> Vec<u8> {
    if number.first().is_some_and(|first| *first >= 0x80) {
        number.insert(0, 0);
    }
    number
}

fn bytes(noise: &mut fastrand::Rng, count: usize) -> Vec<u8> {
    (0..count).map(|_| noise.u8(..)).collect()
}

/// Spreads an id over a seed.
fn seed(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{collections::SortedMap, entities::ClientCertificateId};

    fn certificate(id: &str, created: i64) -> ClientCertificate {
        ClientCertificate {
            id: ClientCertificateId::new(id),
            description: None,
            created: Timestamp(created),
            tags: SortedMap::new(),
        }
    }

    /// Checks that the lengths of all nested values add up, and counts the values.
    fn walk(mut der: &[u8]) -> usize {
        let mut count = 0;
        while let [tag, length, rest @ ..] = der {
            let long = usize::from(*length & 0x7f);
            let (length, rest) = if *length < 0x80 {
                (usize::from(*length), rest)
            } else {
                (rest[..long].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), &rest[long..])
            };
            let (inner, after) = rest.split_at(length);
            count += 1 + if [SEQUENCE, SET, 0xa0].contains(tag) { walk(inner) } else { 0 };
            der = after;
        }
        assert!(der.is_empty(), "a rest of {} bytes", der.len());
        count
    }

    #[test]
    fn it_is_one_whole_value_of_der() {
        for created in [0, 1_700_000_000_000, 4_000_000_000_000] {
            assert_eq!(walk(&der(&certificate("a1b2c3", created))), 62);
        }
    }

    #[test]
    fn it_follows_from_id_and_time() {
        let text = pem(&certificate("a1b2c3", 0));
        assert_eq!(text, pem(&certificate("a1b2c3", 0)));
        assert_ne!(text, pem(&certificate("a1b2c4", 0)));
        assert_ne!(text, pem(&certificate("a1b2c3", 1000)));
        assert!(text.lines().all(|line| line.len() <= 64));
    }
}
