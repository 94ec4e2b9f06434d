//! The one door for time, chance and fresh ids, and for what traffic has used of quotas, which the control plane reads. The
//! engine reads no clock and rolls no dice of its own.

use crate::entities::{Edition, Timestamp, Usage};
use std::{collections::VecDeque, rc::Rc};

/// The letters and digits of AWS's short ids.
const ID_CHARS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// The form of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdShape {
    /// Six lower-case letters and digits: resources, deployments.
    Short,
    /// Ten lower-case letters and digits: APIs and root resources.
    Long,
    /// Thirteen lower-case letters and digits: CloudFront distributions.
    Distribution,
    /// Forty letters and digits of both cases: values of API keys.
    KeyValue,
}

impl IdShape {
    /// Returns the number of characters.
    pub fn length(self) -> usize {
        match self {
            Self::Short => 6,
            Self::Long => 10,
            Self::Distribution => 13,
            Self::KeyValue => 40,
        }
    }

    /// Tells whether a text has this shape.
    pub fn fits(self, text: &str) -> bool {
        let upper = self == Self::KeyValue;
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || upper && b.is_ascii_uppercase();
        text.len() == self.length() && text.bytes().all(fits)
    }
}

/// The fault of the ids that a replay brought along.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayFault {
    /// A command asked for more ids than were recorded.
    #[error("the recorded ids run out")]
    Missing,
    /// A recorded id has the wrong form or is taken.
    #[error("the recorded id {0:?} cannot be used")]
    Unusable(String),
    /// Ids were recorded that no command asked for.
    #[error("more ids are recorded than were asked for")]
    Left,
}

/// Time, chance and ids for one session.
#[derive(Clone, Debug)]
pub struct Env {
    now: Timestamp,
    rng: fastrand::Rng,
    recorded: Option<VecDeque<Rc<str>>>,
    edition: Edition,
    fault: Option<ReplayFault>,
    minted: Vec<Rc<str>>,
    usage: Usage,
}

impl Env {
    /// Returns an environment with its chance seeded and its clock set.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let (recorded, fault, minted, usage) = (None, None, Vec::new(), Usage::default());
        let rng = fastrand::Rng::with_seed(seed);
        Self { now, rng, recorded, edition: Edition::TODAY, fault, minted, usage }
    }

    /// Returns the time.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Sets the time: the host's clock, or a simulated one.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// Returns what API keys have used, as traffic left it last.
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// Tells what API keys have used; `data_plane::invoke` does.
    pub fn set_usage(&mut self, usage: Usage) {
        self.usage = usage;
    }

    /// Repeats a request: until `end_replay` these ids are handed out instead of fresh ones, and the rules are those of an
    /// edition.
    pub fn begin_replay(&mut self, edition: Edition, ids: impl IntoIterator<Item = Rc<str>>) {
        self.recorded = Some(ids.into_iter().collect());
        self.edition = edition;
        self.fault = None;
    }

    /// Returns the edition of the rules that hold now: today's, except while a request is repeated.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// Ends a replay.
    ///
    /// # Errors
    /// The recorded ids did not fit what was asked for.
    pub fn end_replay(&mut self) -> Result<(), ReplayFault> {
        self.edition = Edition::TODAY;
        let left = self.recorded.take().is_some_and(|ids| !ids.is_empty());
        match self.fault.take() {
            Some(fault) => Err(fault),
            None if left => Err(ReplayFault::Left),
            None => Ok(()),
        }
    }

    /// Returns a fresh id that is not taken, remembered in `take_minted`.
    pub fn mint(&mut self, shape: IdShape, taken: impl Fn(&str) -> bool) -> Rc<str> {
        let id = match self.recorded.as_mut().map(VecDeque::pop_front) {
            Some(Some(id)) if shape.fits(&id) && !taken(&id) => id,
            Some(Some(id)) => {
                self.fault = Some(ReplayFault::Unusable(id.to_string()));
                self.fresh(shape, &taken)
            }
            Some(None) => {
                self.fault = Some(ReplayFault::Missing);
                self.fresh(shape, &taken)
            }
            None => self.fresh(shape, &taken),
        };
        self.minted.push(id.clone());
        id
    }

    /// Returns the ids minted since the last call.
    pub fn take_minted(&mut self) -> Vec<Rc<str>> {
        std::mem::take(&mut self.minted)
    }

    /// Returns a random UUID, version 4, as a request id.
    pub fn uuid(&mut self) -> String {
        let (a, b) = (self.rng.u64(..), self.rng.u64(..));
        let (a, b) = ((a & !0xf000) | 0x4000, (b & (u64::MAX >> 2)) | (1 << 63));
        let bits = u128::from(a) << 64 | u128::from(b);
        let mut out = String::with_capacity(36);
        for place in 0..32 {
            if matches!(place, 8 | 12 | 16 | 20) {
                out.push('-');
            }
            let digit = (bits >> (124 - 4 * place)) & 15;
            out.push(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 16)).unwrap_or('0'));
        }
        out
    }

    /// Returns an extended request id: fifteen characters of base64 and `=`, as `x-amz-apigw-id` carries.
    pub fn extended_request_id(&mut self) -> String {
        let mut out = self.alphanumeric(15);
        out.push('=');
        out
    }

    /// Letters and digits of both cases.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        (0..length).map(|_| self.rng.alphanumeric()).collect()
    }

    /// Returns a number from 0 up to, not including, 1.
    pub fn chance(&mut self) -> f64 {
        self.rng.f64()
    }

    /// Returns the next number by chance, which stays the next: chance is as it was.
    pub fn glance(&self) -> u64 {
        self.rng.clone().u64(..)
    }

    /// Draws hexadecimal digits, as in trace ids.
    pub fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| self.rng.digit(16)).collect()
    }

    fn fresh(&mut self, shape: IdShape, taken: &impl Fn(&str) -> bool) -> Rc<str> {
        loop {
            let id: String = match shape {
                IdShape::KeyValue => self.alphanumeric(shape.length()),
                IdShape::Short | IdShape::Long | IdShape::Distribution => {
                    (0..shape.length()).map(|_| char::from(ID_CHARS[self.rng.usize(..ID_CHARS.len())])).collect()
                }
            };
            if !taken(&id) {
                return id.into();
            }
        }
    }
}
