//! The hooks by which a component reads the store: it renders again only when the value that it selected changes.

use super::{State, Store};
use std::{cell::RefCell, ops::Deref, rc::Rc};
use yew::{hook, use_context, use_effect_with, use_force_update, use_mut_ref};

/// The store of this page.
///
/// # Panics
/// Outside of `App`, which provides it.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("BUG: every component stands below App, which provides the store")
}

/// A value selected from the state. `select` may use the component's props; it must cope with a state that its props no
/// longer fit, since it also runs before the parent has rendered again.
#[hook]
pub fn use_selector<T, F>(select: F) -> T
where
    T: PartialEq + Clone + 'static,
    F: Fn(&State) -> T + 'static,
{
    let store = use_store();
    let value = store.read(&select);
    let shown = value.clone();
    use_render_when(store, Rc::new(move |state| select(state) != shown));
    value
}

/// Whether a state gives something else than what is shown.
type Differs = Rc<dyn Fn(&State) -> bool>;

/// Renders the component again when `differs` says so. Apart from `use_selector` because it is the same for every type of
/// value: the program then holds it once, not once for each place that selects.
#[hook]
fn use_render_when(store: Store, differs: Differs) {
    let update = use_force_update();
    let latest: Rc<RefCell<Option<Differs>>> = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(differs);
    use_effect_with(store, move |store| {
        let watched = store.clone();
        let subscription = store.subscribe(move || {
            let differs = latest.borrow().clone();
            if differs.is_none_or(|differs| watched.read(|state| differs(state))) {
                update.force_update();
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
