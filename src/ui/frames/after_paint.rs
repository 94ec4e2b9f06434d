//! Drawing in two goes: what a click asked for at once, and what lies below it or inside a closed list in the frames after.
//! A click is answered within a blink however much there is to show.

use crate::ui::markup::html;
use gloo::{
    render::{AnimationFrame, request_animation_frame},
    timers::callback::Timeout,
};
use std::{cell::RefCell, rc::Rc};
use yew::{Children, Html, Properties, component, hook, use_effect_with, use_state};

/// Something that is done once the next frame has been painted, unless this is dropped before.
pub(crate) struct AfterPaint {
    _frame: Option<AnimationFrame>,
    _timer: Rc<RefCell<Option<Timeout>>>,
}

impl AfterPaint {
    /// Lets it be done whatever happens meanwhile; it ends by itself.
    #[expect(clippy::mem_forget, reason = "dropped, it would not be done")]
    pub(crate) fn forget(self) {
        std::mem::forget(self);
    }
}

pub(crate) fn after_paint(act: impl FnOnce() + 'static) -> AfterPaint {
    let timer = Rc::new(RefCell::new(None));
    // A page that is not shown has no frames.
    if gloo::utils::document().hidden() {
        timer.replace(Some(Timeout::new(0, act)));
        return AfterPaint { _frame: None, _timer: timer };
    }
    let later = Rc::clone(&timer);
    // A frame is announced before it is painted. What is due at once would be queued before what the browser itself has to
    // do after the paint, an input that is waiting for one; what is due in a moment comes after that.
    let frame = request_animation_frame(move |_| {
        later.replace(Some(Timeout::new(1, act)));
    });
    AfterPaint { _frame: Some(frame), _timer: timer }
}

/// Returns how many of so many entries are to be drawn now: at first one step, and with each frame twice as many. When
/// there are no more than one step of them, it begins anew. The entries need keys, and be all that is in their element:
/// else Yew compares them by place from the end, and would change all that are there when more follow.
#[hook]
pub(crate) fn use_growing(step: usize, all: usize) -> usize {
    let drawn = use_state(|| step);
    {
        let drawn = drawn.clone();
        use_effect_with((*drawn, *drawn < all, all <= step), move |(now, more, few)| {
            let next = now.saturating_mul(2);
            if *few && *now > step {
                drawn.set(step);
            }
            let waiting = more.then(|| after_paint(move || drawn.set(next)));
            move || drop(waiting)
        });
    }
    (*drawn).min(all)
}

/// Returns a value one frame late: what is drawn from it does not hold up the frame that answers to a click.
#[hook]
pub(crate) fn use_soon<T: PartialEq + Clone + 'static>(value: T) -> T {
    let shown = use_state(|| value.clone());
    {
        let shown = shown.clone();
        use_effect_with((value.clone(), value == *shown), move |(value, settled)| {
            let value = value.clone();
            let waiting = (!*settled).then(|| after_paint(move || shown.set(value)));
            move || drop(waiting)
        });
    }
    (*shown).clone()
}

/// The props of [`NextFrame`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct NextFrameProps {
    /// The parts that are drawn later.
    pub(crate) children: Children,
}

/// Draws what is in it one frame after everything around it.
#[component]
pub(crate) fn NextFrame(props: &NextFrameProps) -> Html {
    if use_growing(1, 2) < 2 {
        return Html::default();
    }
    html! { { props.children.clone() } }
}
