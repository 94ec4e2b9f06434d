//! Icons: one stroke, 16 by 16, in the colour of the text beside them.

use crate::ui::markup::html;
use yew::Html;

/// Draws an icon by name; nothing for a name that is none. It is hidden from screen readers: the text beside it speaks.
pub fn icon(name: &str) -> Html {
    let d = match name {
        "deploy" => "M8 11V3M4.5 6 8 2.5 11.5 6M3 13.5h10",
        "undo" => "M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7",
        "redo" => "M10 3l3.5 3.5L10 10M13 6.5H6.5a3.5 3.5 0 0 0 0 7H9",
        "console" => "M2 3h12v10H2zM4.5 6 7 8.3 4.5 10.5M8.5 10.5h3",
        "plus" => "M8 3v10M3 8h10",
        "minus" => "M3 8h10",
        "trash" => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9",
        "send" => "M2.5 8h10M9 4l4 4-4 4",
        "copy" => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
        "check" => "M3 8.5 6.5 12 13 4.5",
        "theme" => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
        "share" => "M8 10V2M5 4.5 8 1.5l3 3M3.5 8v5.5h9V8",
        "folder" => "M2 4h4l1.5 1.5H14v7.5H2z",
        "search" => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14",
        "keyboard" => "M1.5 4.5h13v7h-13zM4 7h.01M7 7h.01M10 7h.01M12 7h.01M5 9.5h6",
        "history" => "M2.5 8a5.5 5.5 0 1 0 1.6-3.9L2.5 5.5M2.5 2.5v3h3M8 5v3.2l2 1.3",
        "fold" => "M3 6l5 4 5-4",
        "go" => "M6 3.5 10.5 8 6 12.5",
        "close" => "M4 4l8 8M12 4l-8 8",
        "edit" => "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM9 4.7l2.3 2.3",
        "more" => "M3.5 8h.01M8 8h.01M12.5 8h.01",
        "warn" => "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h.01",
        _ => return Html::default(),
    };
    html! { <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={d} /></svg> }
}
