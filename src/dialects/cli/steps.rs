//! Counts what the readers do, in tests only: that they take time in proportion to the text is shown without a clock.

/// Notes that so many characters were looked at.
#[inline]
pub(super) fn spend(count: usize) {
    #[cfg(all(test, not(target_arch = "wasm32")))]
    counted::add(count);
    #[cfg(not(all(test, not(target_arch = "wasm32"))))]
    let _ = count;
}

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) mod counted {
    use std::cell::Cell;

    thread_local!(static STEPS: Cell<usize> = const { Cell::new(0) });

    pub(super) fn add(count: usize) {
        STEPS.with(|steps| steps.set(steps.get() + count));
    }

    /// Returns the steps of an act.
    pub(in crate::dialects::cli) fn of(act: impl FnOnce()) -> usize {
        STEPS.with(|steps| steps.set(0));
        act();
        STEPS.with(Cell::get)
    }
}
