//! The hooks by which a component reads the store: it renders again only when the value that it selected changes.

use super::{State, Store};
use crate::ui::frames::{AfterPaint, after_paint};
use std::{cell::RefCell, ops::Deref, rc::Rc};
use yew::{hook, use_context, use_effect_with, use_force_update, use_mut_ref};

/// Returns the store of this page.
///
/// # Panics
/// Outside of `App`, which provides it.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("BUG: every component stands below App, which provides the store")
}

/// Returns a value selected from the state. `select` may use the component's props; it must cope with a state that its
/// props no longer fit, since it also runs before the parent has rendered again.
#[hook]
pub fn use_selector<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    use_value(select, Haste::Now)
}

/// Returns a selected value for what need not follow at once: the component renders again one frame later, so that the
/// frame that answers to a click is not held up by it.
#[hook]
pub fn use_selector_soon<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    use_value(select, Haste::Soon)
}

#[hook]
fn use_value<T, F>(select: F, haste: Haste) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    let store = use_store();
    let value = store.read(&select);
    let shown = value.clone();
    use_render_when(store, Rc::new(move |state| select(state) != shown), haste);
    value
}

/// Returns a selected value for what follows at once even when a dialog has just gone: the dialog itself.
#[hook]
pub fn use_selector_at_once<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    use_value(select, Haste::AtOnce)
}

/// How soon a component follows a change.
#[derive(Clone, Copy, PartialEq)]
enum Haste {
    /// In the next frame.
    AtOnce,
    /// In the next frame, or behind a dialog in the one after it. What is mounted while a dialog is open is taken for a
    /// part of it.
    Now,
    /// In the one after it.
    Soon,
}

/// Whether a state gives something else than what is shown.
type Differs = Rc<dyn Fn(&State) -> bool>;

/// Renders the component again when `differs` says so. Apart from `use_selector` because it is the same for every type
/// of value: the program then holds it once, not once for each place that selects.
#[hook]
fn use_render_when(store: Store, differs: Differs, haste: Haste) {
    let update = use_force_update();
    let latest: Rc<RefCell<Option<Differs>>> = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(differs);
    use_effect_with(store, move |store| {
        let watched = store.clone();
        let in_dialog = store.read(|state| state.dialog.is_some());
        let waiting: Rc<RefCell<Option<AfterPaint>>> = Rc::default();
        let subscription = store.subscribe(move || {
            let differs = latest.borrow().clone();
            if !differs.is_none_or(|differs| watched.read(|state| differs(state))) {
                return;
            }
            let soon = match haste {
                Haste::AtOnce => false,
                Haste::Now => !in_dialog && watched.is_behind_dialog(),
                Haste::Soon => true,
            };
            match soon {
                false => update.force_update(),
                true if waiting.borrow().is_some() => {}
                true => {
                    let (update, done) = (update.clone(), Rc::downgrade(&waiting));
                    let due = after_paint(move || {
                        if let Some(waiting) = done.upgrade() {
                            waiting.take();
                        }
                        update.force_update();
                    });
                    waiting.replace(Some(due));
                }
            }
        });
        move || drop(subscription)
    });
}

/// A shared value that is equal only to itself: comparing two is one comparison of pointers, where comparing two APIs by
/// value would visit all of both. Right for values of a `Workspace`, which change by being replaced.
#[derive(Debug)]
pub struct Same<T>(pub Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<&Rc<T>> for Same<T> {
    fn from(shared: &Rc<T>) -> Self {
        Self(Rc::clone(shared))
    }
}
