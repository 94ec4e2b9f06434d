//! Which rows of a tree are drawn: all of a small one, and of a large one those in sight with some around them. Hundreds of
//! rows would cost time at every click, whether they are seen or not.

use crate::ui::use_soon;
use std::{ops::Range, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with, use_mut_ref, use_state_eq};

/// A tree of up to so many rows is drawn as a whole, so that the browser's own search finds everything in it.
const WHOLE: usize = 60;
/// Rows that are drawn beyond those in sight, on either side; also how far one scrolls before others are drawn.
const MARGIN: usize = 6;
/// Rows that are drawn before anything was measured.
const AT_FIRST: usize = 24;

/// Rows by their first and the one after their last.
type Rows = (usize, usize);

/// Returns the rows to draw, of so many. `list` is the tree's element, in a pane that scrolls. After a jump it is those
/// in sight, and a frame later those around them, too.
#[hook]
pub(super) fn use_window(list: &NodeRef, rows: usize) -> Range<usize> {
    let window = use_state_eq(|| (0, AT_FIRST));
    // Not a state: each row that is scrolled changes it, and draws nothing.
    let sight = use_mut_ref(|| (0, AT_FIRST));
    let settled = use_soon(*window) == *window;
    let before = use_mut_ref(|| (0, AT_FIRST));
    {
        let (list, window, sight) = (list.clone(), window.setter(), Rc::clone(&sight));
        use_effect_with(rows > WHOLE, move |large| {
            let watched = large.then(|| list.cast::<HtmlElement>()).flatten().and_then(|list| {
                let pane = list.closest(".tree-pane").ok().flatten()?;
                let (measured, of) = (pane.clone(), list);
                let measure = Closure::<dyn FnMut()>::new(move || {
                    let (seen, all) = in_sight(&measured, &of);
                    sight.replace(seen);
                    window.set(all);
                });
                // It also reports once at the beginning.
                let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok()?;
                observer.observe(&pane);
                pane.add_event_listener_with_callback("scroll", measure.as_ref().unchecked_ref()).ok()?;
                Some((pane, observer, measure))
            });
            move || {
                if let Some((pane, observer, measure)) = watched {
                    observer.disconnect();
                    // It fails only for a listener that is none.
                    let _ = pane.remove_event_listener_with_callback("scroll", measure.as_ref().unchecked_ref());
                }
            }
        });
    }
    if rows <= WHOLE {
        return 0..rows;
    }
    // A branch that was closed may have left the pane beyond the end, until it reports where it stands now.
    let all = *window;
    let jumped = all.0 >= before.borrow().1 || all.1 <= before.borrow().0;
    let (first, last) = if jumped && !settled { *sight.borrow() } else { all };
    *before.borrow_mut() = (first, last);
    let first = first.min(rows.saturating_sub(last - first));
    first..last.min(rows)
}

/// Returns the rows in sight; and those with their margins, in steps, so that not every pixel of a scroll draws
/// anything.
fn in_sight(pane: &Element, list: &HtmlElement) -> (Rows, Rows) {
    let row = list.query_selector("[role=treeitem]").ok().flatten().map_or(0, |row| row.client_height()).max(1);
    let above = (pane.scroll_top() - list.offset_top()).max(0) / row;
    let rows = |count: i32| usize::try_from(count).unwrap_or_default();
    let end = rows(above + pane.client_height() / row);
    let first = (rows(above) / MARGIN * MARGIN).saturating_sub(MARGIN);
    let last = (end / MARGIN + 2) * MARGIN;
    ((rows(above), end + 2), (first, last.max(first + AT_FIRST)))
}
