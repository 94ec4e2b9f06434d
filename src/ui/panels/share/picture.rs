//! The map as a picture: one SVG file that stands alone.

use crate::ui::markup::html;
use crate::{
    diagram::{self, Options, Width},
    ui::{
        NoticeKind, Same, files,
        parts::{Button, Look, SelectField},
        use_selector, use_store,
    },
};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, MouseEvent, TargetCast, component, use_memo, use_state};

/// Draws the picture and what it shows.
#[component]
pub(super) fn Picture() -> Html {
    let store = use_store();
    let api = use_selector(|state| state.api().map(Same::from));
    let (place, account) = use_selector(|state| (state.present().place.clone(), Same::from(&state.present().account)));
    let width = use_state(Width::default);
    let unfolded = use_state(|| store.read(|state| state.unfolded));
    // Times are told in UTC, so that the file is the same wherever it is made.
    let options = Options { width: *width, unfolded: *unfolded, ..Options::default() };
    let svg = use_memo((api.clone(), place, account, options), |(api, place, account, options)| {
        api.as_ref().map(|api| AttrValue::from(diagram::render_svg(api, place, account, options)))
    });
    let (Some(api), Some(svg)) = (api, svg.as_ref().clone()) else {
        return html! { <p>{ "This workspace has no API yet, so there is no map of one." }</p> };
    };
    let name = api.config.settings.name.clone();
    let onwidth = {
        let width = width.clone();
        Callback::from(move |chosen: String| width.set(if chosen == "narrow" { Width::Narrow } else { Width::Wide }))
    };
    let onfold = {
        let unfolded = unfolded.clone();
        Callback::from(move |e: Event| unfolded.set(e.target_unchecked_into::<HtmlInputElement>().checked()))
    };
    let download = {
        let (svg, name) = (svg.clone(), files::file_name(&name, "svg"));
        Callback::from(move |_: MouseEvent| match files::download(&name, "image/svg+xml", &svg) {
            Ok(()) => store.done(format!("{name} is on its way to your downloads")),
            Err(problem) => store.notify(NoticeKind::Problem, problem.to_string(), ""),
        })
    };
    let source = format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&svg)));
    let widths =
        vec![("wide".into(), "Four columns".into()), ("narrow".into(), "Two columns, for a narrow place".into())];
    let chosen = if *width == Width::Narrow { "narrow" } else { "wide" };
    html! {
        <>
            <p>{ "One SVG file that needs nothing else. It is light or dark as its reader's system is, and its text stays text. Times in it are UTC." }</p>
            <div class="two">
                <SelectField id="picture-width" label="Form" value={chosen} options={widths} onchange={onwidth} />
                <label class="check" for="picture-unfolded">
                    <input id="picture-unfolded" type="checkbox" checked={*unfolded} onchange={onfold} />{ "Show older deployments one by one" }
                </label>
            </div>
            <div class="preview"><img src={source} alt={format!("Map of {name}")} /></div>
            <div class="foot"><Button label="Download SVG" look={Look::Primary} onclick={download} /></div>
        </>
    }
}
