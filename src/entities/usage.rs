//! Counts what API keys have used of their usage plans. Traffic writes it, `GetUsage` reads it; it is no part of a workspace.

use super::{Period, PlanKey, Timestamp, UsagePlan};
use crate::{
    civil_time::CivilTime,
    collections::{SharedMap, SortedMap},
};
use std::rc::Rc;

const MS_PER_DAY: i64 = 86_400_000;

/// A day, counted from 1970-01-01 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    /// Returns the day of a time.
    pub fn of(time: Timestamp) -> Self {
        Self(time.0.div_euclid(MS_PER_DAY))
    }

    /// Reads `2026-11-21`.
    pub fn parse(text: &str) -> Option<Self> {
        let time = CivilTime::parse_iso8601(&[text, "T00:00:00Z"].concat())?;
        Some(Self::of(Timestamp(time.epoch_ms())))
    }

    /// Writes the day as `2026-11-21`.
    pub fn text(self) -> String {
        let mut out = CivilTime::from_epoch_ms(self.0.saturating_mul(MS_PER_DAY)).iso8601();
        out.truncate(out.find('T').unwrap_or(out.len()));
        out
    }

    /// Returns the first day of the period that it lies in: of the calendar's month, of a week that begins on Sunday
    /// (assumed).
    pub fn first_of(self, period: Period) -> Self {
        match period {
            Period::Day => self,
            // 1970-01-01 was a Thursday.
            Period::Week => Self(self.0 - (self.0 + 4).rem_euclid(7)),
            Period::Month => {
                let day = CivilTime::from_epoch_ms(self.0.saturating_mul(MS_PER_DAY)).day_of_month();
                Self(self.0 - i64::from(day) + 1)
            }
        }
    }
}

/// The use that one key has made of one plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyUsage {
    /// Requests by day.
    pub days: SortedMap<Day, u32>,
    /// Requests since `UpdateUsage` gave the key something, and when that was.
    since_grant: Option<(Timestamp, u32)>,
}

impl KeyUsage {
    /// Counts a request.
    fn count(&mut self, now: Timestamp, key: &PlanKey) {
        let day = Day::of(now);
        let requests = self.days.get(&day).copied().unwrap_or_default();
        self.days.insert(day, requests.saturating_add(1));
        if let Some((at, _)) = key.granted {
            let before = self.since(at);
            self.since_grant = Some((at, before.saturating_add(1)));
        }
    }

    fn since(&self, grant: Timestamp) -> u32 {
        self.since_grant.filter(|(at, _)| *at == grant).map_or(0, |(_, requests)| requests)
    }

    /// Requests from one day to another.
    fn between(&self, from: Day, to: Day) -> u32 {
        let within = self.days.iter().filter(|(day, _)| (from..=to).contains(day));
        within.fold(0, |sum, (_, requests)| sum.saturating_add(*requests))
    }

    /// Returns what is left of a plan's quota on a day; `None` when the plan has none. The offset is taken off in the period in
    /// which the key joined the plan (documented).
    pub fn remaining(&self, plan: &UsagePlan, key: &PlanKey, day: Day) -> Option<u32> {
        let quota = plan.quota?;
        let first = day.first_of(quota.period);
        if let Some((at, granted)) = key.granted {
            let given = Day::of(at);
            if given <= day && given.first_of(quota.period) == first {
                return Some(granted.saturating_sub(self.since(at)));
            }
        }
        let joined = Day::of(key.since).first_of(quota.period) == first;
        let limit = quota.limit.saturating_sub(if joined { quota.offset } else { 0 });
        Some(limit.saturating_sub(self.between(first, day)))
    }
}

/// The use that keys have made of plans, by plan and key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage(SharedMap<(Rc<str>, Rc<str>), Rc<KeyUsage>>);

impl Usage {
    /// Returns what a key has used of a plan.
    pub fn of(&self, plan: &str, key: &str) -> Rc<KeyUsage> {
        self.0.get(&(plan.into(), key.into())).cloned().unwrap_or_default()
    }

    /// Counts a request of a key.
    pub fn count(&mut self, plan: &UsagePlan, key: &Rc<str>, now: Timestamp) {
        let Some(held) = plan.keys.get(key) else { return };
        let mut usage = self.of(&plan.id, key);
        Rc::make_mut(&mut usage).count(now, held);
        self.0.insert((plan.id.clone(), key.clone()), usage);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Day, KeyUsage};
    use crate::{
        collections::{SharedMap, SortedMap},
        entities::{Period, PlanKey, Quota, Timestamp, UsagePlan},
    };

    fn day(text: &str) -> Day {
        Day::parse(text).expect("BUG: a day")
    }

    #[test]
    fn periods_begin_with_the_calendar() {
        for (period, text, first) in [
            (Period::Day, "2026-11-22", "2026-11-22"),
            (Period::Week, "2026-11-22", "2026-11-22"),
            (Period::Week, "2026-11-21", "2026-11-15"),
            (Period::Week, "1969-12-31", "1969-12-28"),
            (Period::Month, "2024-02-29", "2024-02-01"),
            (Period::Month, "2026-12-01", "2026-12-01"),
        ] {
            assert_eq!(day(text).first_of(period).text(), first, "{text}");
        }
        assert_eq!(["2026-13-01", "2026-2-1", "", "2026-02-30"].map(Day::parse), [None; 4]);
    }

    #[test]
    fn a_quota_is_counted_down_per_period_and_a_grant_replaces_what_is_left() {
        let at = |text: &str| Timestamp(day(text).0 * 86_400_000 + 1);
        let mut plan = UsagePlan {
            id: "plan".into(),
            name: "Plan".into(),
            description: None,
            product_code: None,
            stages: Vec::new(),
            throttle: None,
            quota: Some(Quota { limit: 10, offset: 3, period: Period::Month }),
            keys: SharedMap::new(),
            tags: SortedMap::new(),
        };
        let mut key = PlanKey { since: at("2026-10-20"), granted: None };
        let mut usage = KeyUsage::default();
        for text in ["2026-10-21", "2026-10-22", "2026-11-01"] {
            usage.count(at(text), &key);
        }
        let left = |usage: &KeyUsage, plan: &UsagePlan, key: &PlanKey, text| usage.remaining(plan, key, day(text));
        assert_eq!(left(&usage, &plan, &key, "2026-10-21"), Some(6));
        assert_eq!(left(&usage, &plan, &key, "2026-10-31"), Some(5));
        assert_eq!(left(&usage, &plan, &key, "2026-11-30"), Some(9));
        key.granted = Some((at("2026-11-05"), 2));
        for (text, expected) in [("2026-11-06", 1), ("2026-11-07", 0), ("2026-11-08", 0)] {
            usage.count(at(text), &key);
            assert_eq!(left(&usage, &plan, &key, text), Some(expected), "{text}");
        }
        assert_eq!(left(&usage, &plan, &key, "2026-12-01"), Some(10));
        plan.quota = None;
        assert_eq!(left(&usage, &plan, &key, "2026-11-08"), None);
    }
}
