//! The maps against `std`'s, over long runs of changes.

use super::{Difference, SharedMap, SortedMap, sort_by};
use std::{collections::BTreeMap, rc::Rc};

/// Changes in an order without pattern: a key, and the value to set or nothing to take the key out.
fn changes(seed: u64, count: usize, keys: u64) -> Vec<(u64, Option<u64>)> {
    let mut rng = fastrand::Rng::with_seed(seed);
    (0..count).map(|_| (rng.u64(0..keys), (rng.u8(0..3) > 0).then(|| rng.u64(0..4)))).collect()
}

fn shared(entries: &BTreeMap<u64, u64>) -> SharedMap<u64, u64> {
    let mut map = SharedMap::new();
    for (key, value) in entries {
        map.insert(*key, *value);
    }
    map
}

#[test]
fn a_shared_map_does_what_a_map_does_and_leaves_its_versions_alone() {
    let (mut naive, mut map) = (BTreeMap::new(), SharedMap::new());
    let mut versions = Vec::new();
    for (key, value) in changes(1, 3_000, 400) {
        match value {
            Some(value) => assert_eq!(map.insert(key, value), naive.insert(key, value)),
            None => assert_eq!(map.remove(&key), naive.remove(&key)),
        }
        assert_eq!((map.get(&key), map.len()), (naive.get(&key), naive.len()));
        if key % 16 == 0 {
            versions.push((naive.clone(), map.clone()));
        }
    }
    for (naive, map) in versions {
        assert!(map.iter().eq(naive.iter()));
        assert!(map.from(&200).eq(naive.range(200..)));
    }
}

#[test]
fn a_shared_map_stays_shallow_in_whatever_order_it_grows() {
    for step in [1, 7_919] {
        let mut map = SharedMap::new();
        for at in 0..10_000_u64 {
            map.insert(at * step % 10_007, ());
        }
        assert!(map.height() <= 19, "{}", map.height());
        for at in 0..9_000_u64 {
            map.remove(&(at * step % 10_007));
        }
        assert!(map.height() <= 14, "{}", map.height());
    }
}

#[test]
fn differences_are_those_of_the_entries() {
    let mut naive = BTreeMap::new();
    let mut older = (naive.clone(), SharedMap::new());
    let mut map = SharedMap::new();
    for (at, (key, value)) in changes(2, 4_000, 300).into_iter().enumerate() {
        match value {
            Some(value) => {
                naive.insert(key, value);
                map.insert(key, value);
            }
            None => {
                naive.remove(&key);
                map.remove(&key);
            }
        }
        if at % 37 == 0 {
            let keys: std::collections::BTreeSet<u64> = older.0.keys().chain(naive.keys()).copied().collect();
            let expected = keys.iter().filter_map(|key| match (older.0.get_key_value(key), naive.get(key)) {
                (Some((key, old)), None) => Some(Difference::Removed(key, old)),
                (Some((key, old)), Some(new)) if old != new => Some(Difference::Changed(key, old, new)),
                (None, Some(new)) => Some(Difference::Added(key, new)),
                _ => None,
            });
            assert!(older.1.diff(&map).eq(expected));
            assert_eq!(older.1 == map, older.0 == naive);
            assert_eq!(map, shared(&naive), "equal, whatever the shape of the trees");
            older = (naive.clone(), map.clone());
        }
    }
}

#[test]
fn what_two_versions_share_is_not_visited() {
    /// Counts how often it is compared.
    #[derive(Clone)]
    struct Counted(u64, Rc<std::cell::Cell<usize>>);
    impl PartialEq for Counted {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }
    let compared = Rc::new(std::cell::Cell::new(0));
    let mut map = SharedMap::new();
    for key in 0..10_000_u64 {
        map.insert(key, Counted(key, compared.clone()));
    }
    let before = map.clone();
    map.insert(5_001, Counted(0, compared.clone()));
    map.insert(20_000, Counted(0, compared.clone()));
    map.remove(&17);
    assert_eq!(before.diff(&map).count(), 3);
    assert!(compared.get() < 100, "{} entries were compared", compared.get());
}

#[test]
fn a_look_up_that_fails_copies_nothing() {
    let map: SharedMap<u8, Rc<u8>> = SharedMap::unit(1, Rc::new(1));
    let mut copy = map.clone();
    assert_eq!(copy.get_mut(&2), None);
    assert_eq!(copy.remove(&2), None);
    assert_eq!(copy.get(&1).map(Rc::strong_count), Some(1), "the node is still shared");
}

#[test]
fn a_sorted_map_does_what_a_map_does() {
    let (mut naive, mut map) = (BTreeMap::new(), SortedMap::new());
    for (key, value) in changes(3, 2_000, 100) {
        match value {
            Some(value) => assert_eq!(map.insert(key, value), naive.insert(key, value)),
            None => assert_eq!(map.remove(&key), naive.remove(&key)),
        }
        assert_eq!(map.get(&key), naive.get(&key));
        assert!(map.iter().eq(naive.iter()));
    }
    let last_wins: Vec<(u64, usize)> =
        changes(4, 500, 90).into_iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
    let naive: BTreeMap<u64, usize> = last_wins.iter().copied().collect();
    let map: SortedMap<u64, usize> = last_wins.into_iter().collect();
    assert!(map.iter().eq(naive.iter()));
}

#[test]
fn equal_items_stay_in_their_order() {
    let mut items: Vec<(u64, usize)> =
        changes(5, 300, 20).into_iter().enumerate().map(|(at, (key, _))| (key, at)).collect();
    let mut expected = items.clone();
    expected.sort_by_key(|item| item.0);
    sort_by(&mut items, |a, b| a.0.cmp(&b.0));
    assert_eq!(items, expected);
}
