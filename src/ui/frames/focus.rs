//! Where the keyboard's focus goes when what had it has gone: to an element that the answer to a key or a click brings, and
//! that may be drawn some frames later than the rest.

use super::{AfterPaint, after_paint};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How many frames an element that is to have the focus may take; on a slow machine a good many.
const MAY_TAKE: u32 = 60;

/// How many frames it is watched then: what is drawn late may replace it once more.
const WATCHED: u32 = 4;

/// An element that is to have the focus.
struct Wanted {
    id: String,
    /// The element that had the focus when it was wanted. Once something else has it, the user has gone elsewhere.
    left: Option<HtmlElement>,
    /// How many more times it is looked for.
    frames: u32,
    /// When that is done the next time.
    look: Option<AfterPaint>,
}

impl Wanted {
    /// Tells whether the focus is on something that the user has chosen since.
    fn is_elsewhere(&self, here: Option<&HtmlElement>) -> bool {
        here.is_some_and(|here| here.is_connected() && here.id() != self.id && self.left.as_ref() != Some(here))
    }
}

thread_local! {
    // The page has one focus; whoever wanted it last gets it.
    static WANTED: RefCell<Option<Wanted>> = const { RefCell::new(None) };
}

/// Puts the focus on the element with an id, when there is one.
pub(crate) fn focus(id: &str) {
    try_focus(id);
}

/// Puts the focus on the element with an id; tells whether there is one.
pub(crate) fn try_focus(id: &str) -> bool {
    let element = gloo::utils::document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Puts the focus on the element with an id as soon as it is there.
pub(crate) fn focus_soon(id: impl Into<String>) {
    let wanted = Wanted { id: id.into(), left: focused(), frames: MAY_TAKE, look: Some(after_paint(look)) };
    WANTED.with(|slot| slot.replace(Some(wanted)));
}

/// Tells whether one of these elements, which has not got the focus yet, is to have it. Once the user has gone elsewhere,
/// it is not.
pub(crate) fn is_wanted(ids: &[&str]) -> bool {
    WANTED.with(|slot| {
        slot.borrow().as_ref().is_some_and(|wanted| {
            let awaits = wanted.left.is_some() || wanted.frames > WATCHED;
            awaits && ids.contains(&wanted.id.as_str()) && !wanted.is_elsewhere(focused().as_ref())
        })
    })
}

fn look() {
    let Some(mut wanted) = WANTED.with(RefCell::take) else { return };
    let here = focused();
    let on_it = here.as_ref().is_some_and(|here| here.id() == wanted.id);
    if wanted.frames == 0 || wanted.is_elsewhere(here.as_ref()) {
        return;
    }
    wanted.frames -= 1;
    // Where it has the focus already it is watched, too, but no more than that.
    if (on_it && wanted.left.is_some()) || (!on_it && try_focus(&wanted.id)) {
        wanted.frames = WATCHED;
        wanted.left = None;
    }
    wanted.look = Some(after_paint(look));
    WANTED.with(|slot| slot.replace(Some(wanted)));
}

/// Draws what has the focus, unless nothing has it.
pub(crate) fn focused() -> Option<HtmlElement> {
    let element = gloo::utils::document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}

/// Takes the focus out of a dialog that is about to go. While everything is as it was painted this costs nothing; an
/// element that goes with the focus in it makes the browser lay out the page in the middle of its changes.
pub(crate) fn release() {
    if let Some(element) = focused().filter(|element| element.closest("dialog").is_ok_and(|dialog| dialog.is_some())) {
        let _ = element.blur();
    }
}

/// Gives the focus to what had it before a dialog, unless something else has it or is to get it, or the element is gone.
/// Once the page is painted, for the same reason.
pub(crate) fn give_back(opener: Option<HtmlElement>) {
    after_paint(move || {
        let free = focused().is_none() && WANTED.with(|slot| slot.borrow().is_none());
        if let Some(opener) = opener.filter(|opener| free && opener.is_connected()) {
            let _ = opener.focus();
        }
    })
    .forget();
}
