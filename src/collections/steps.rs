//! Counts how many entries maps copy and move, in tests only: that something takes time in proportion is shown without a clock.

/// Counts entries that are copied or moved.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) fn spend(count: usize) {
    counted::add(count);
}

/// Counts nothing: programs do not.
#[cfg(not(all(test, not(target_arch = "wasm32"))))]
#[inline]
pub(super) const fn spend(_: usize) {}

/// The count.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod counted {
    use std::cell::Cell;

    thread_local!(static STEPS: Cell<usize> = const { Cell::new(0) });

    pub(in crate::collections) fn add(count: usize) {
        STEPS.with(|steps| steps.set(steps.get() + count));
    }

    /// Returns how many entries an act copies and moves.
    pub(crate) fn of(act: impl FnOnce()) -> usize {
        STEPS.with(|steps| steps.set(0));
        act();
        STEPS.with(Cell::get)
    }
}
