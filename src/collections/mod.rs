//! The ordered maps of the engine, and the one sort behind them.
//!
//! They stand here because of the size of the page: `std`'s B-tree costs 4 to 8 kB of wasm for each pair of types that it
//! is used with, a persistent B-tree 10 kB, a sort 6 kB. These cost a tenth of that. Nothing here knows API Gateway.

mod shared_map;
mod sorted_map;
mod sorted_set;
mod steps;

#[cfg(test)]
mod tests;

pub use shared_map::{Difference, SharedMap};
pub use sorted_map::SortedMap;
pub use sorted_set::SortedSet;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use steps::counted;

use std::cmp::Ordering;

/// Sorts, equal items in the order in which they came. For lists that are short or rarely sorted.
///
/// Only indices are sorted, and the comparison is called through a pointer, so that one copy of the sort serves all types.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted_indices(items.len(), &|a, b| compare(&items[a], &items[b]));
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| old[at].take()));
}

fn sorted_indices(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_unstable_by(|a, b| compare(*a, *b).then(a.cmp(b)));
    order
}
