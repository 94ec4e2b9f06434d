//! Two versions of the API side by side: the working copy, deployments, stages, moments. Which two stands in the address.

use super::{
    diff_view::{DiffView, Titles, sides, sign},
    stages::option_text,
};
use crate::ui::markup::html;
use crate::{
    history::{
        Session,
        compare::{Comparison, Content, OutsideChange, Version},
    },
    ui::{
        NextFrame, Place, Same, State,
        parts::{Button, SelectField},
        past, use_growing, use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, use_memo};

/// Moments that are offered, the newest first.
const MOMENTS: usize = 200;
/// Changes of what acts at once that are listed.
const LISTED: usize = 100;

/// Returns the comparison that somebody who looks at something asks for: it with the working copy.
pub(in crate::ui) fn of_selected(state: &State) -> Place {
    let api = state.api();
    let left = match state.place() {
        Place::Deployment(id) => Version::Deployment(id),
        Place::Stage(name, _) => Version::Stage(name),
        _ => match api.and_then(|api| api.deployments_newest_first().first().map(|d| d.id.to_string())) {
            Some(newest) => Version::Deployment(newest),
            None => Version::WorkingCopy,
        },
    };
    Place::Compare(left.to_string(), Version::WorkingCopy.to_string())
}

/// Draws the screen.
#[component]
pub(super) fn Compare() -> Html {
    let store = use_store();
    let place = use_selector(|state| match state.place() {
        Place::Compare(left, right) => Some((left, right)),
        _ => None,
    });
    // All that the choices are made of.
    let of = use_selector(|state| {
        (state.api().map(Same::from), state.session.entries().len(), state.past.as_ref().map(|past| past.moment))
    });
    // Before anybody has opened a list.
    let moments = if use_growing(1, 2) < 2 { 0 } else { MOMENTS };
    let Some((left, right)) = place else { return Html::default() };
    let Some(_) = &of.0 else {
        return html! { <p class="note">{ "There is no API to compare." }</p> };
    };
    let options = store.read(|state| options(state, [&left, &right], moments));
    let go = |swap: fn(String, &(String, String)) -> (String, String)| {
        let (store, both) = (store.clone(), (left.clone(), right.clone()));
        Callback::from(move |chosen: String| {
            let (left, right) = swap(chosen, &both);
            store.go_to(Place::Compare(left, right));
        })
    };
    let swap = go(|_, (left, right)| (right.clone(), left.clone()));
    let swap = swap.reform(|_: MouseEvent| String::new());
    html! {
        <section class="compare" aria-labelledby="compare-title">
            <header class="screen-head">
                <h2 id="compare-title" tabindex="-1">{ "Compare" }</h2>
                <Button label="Swap" small=true title="The other way round" onclick={swap} />
            </header>
            <div class="compare-pick">
                <SelectField id="compare-left" label="From" value={left.clone()} options={options.clone()} onchange={go(|chosen, (_, right)| (chosen, right.clone()))} />
                <SelectField id="compare-right" label="To" value={right.clone()} {options} onchange={go(|chosen, (left, _)| (left.clone(), chosen))} />
            </div>
            <NextFrame><Outcome {left} {right} of={Of(of.0, of.1, of.2)} /></NextFrame>
        </section>
    }
}

/// The values that a comparison depends on beside its two sides.
#[derive(Clone, Debug, PartialEq)]
struct Of(Option<Same<crate::entities::RestApi>>, usize, Option<usize>);

#[derive(Debug, PartialEq, Properties)]
struct OutcomeProps {
    left: String,
    right: String,
    of: Of,
}

type Compared = std::result::Result<(Content, Content, Comparison), String>;

/// Draws the summary in one line, and below it each change.
#[component]
fn Outcome(props: &OutcomeProps) -> Html {
    let store = use_store();
    let compared = {
        let store = store.clone();
        let key = (props.left.clone(), props.right.clone(), props.of.clone());
        use_memo(key, move |(left, right, _)| store.read(|state| compare(state, left, right)))
    };
    let (before, after, comparison) = match &*compared {
        Ok(compared) => compared,
        Err(why) => return html! { <p class="note" role="status">{ why }{ " Choose another version." }</p> },
    };
    let titles = Titles(before.name.clone().into(), after.name.clone().into());
    let outside = comparison.outside.iter().take(LISTED).map(|change| outside(change, &titles));
    let more = comparison.outside.len().saturating_sub(LISTED);
    html! {
        <>
            <p class="lead" role="status">{ comparison.headline(before, after) }</p>
            if !comparison.frozen.is_empty() {
                <h3>{ "Frozen by a deployment" }</h3>
                <DiffView before={before.config.clone()} after={after.config.clone()} same="" titles={titles.clone()} />
            }
            if !comparison.outside.is_empty() {
                <h3>{ "Outside snapshots: acts at once" }</h3>
                <div class="diff">
                    <ul>{ for outside }</ul>
                    if more > 0 { <p class="muted">{ format!("and {more} more") }</p> }
                </div>
            }
        </>
    }
}

fn compare(state: &State, left: &str, right: &str) -> Compared {
    let side = |text: &str| {
        let version = Version::parse(text).ok_or_else(|| format!("“{text}” names no version."))?;
        let api = state.api().map(|api| api.id.to_string()).unwrap_or_default();
        Content::of(&state.session, state.present(), &api, &version)
    };
    let (before, after) = (side(left)?, side(right)?);
    let comparison = Comparison::between(&before, &after);
    Ok((before, after, comparison))
}

/// Draws a thing that acts at once, with its members.
fn outside(change: &OutsideChange, titles: &Titles) -> Html {
    let (sign, class) = sign(change.kind);
    let fields =
        change.fields.iter().map(|field| sides((&field.before, &field.after), Some(field.member.clone()), titles));
    html! {
        <li class="diff-group">
            <div class={classes!("diff-change", class)}>
                <span class="sign" aria-hidden="true">{ sign }</span>
                <div><p>{ &change.name }{ " " }{ class }</p>{ for fields }</div>
            </div>
        </li>
    }
}

/// Returns what can be chosen, and what is chosen even if it is not there.
fn options(state: &State, chosen: [&String; 2], moments: usize) -> Vec<(AttrValue, AttrValue)> {
    let mut out: Vec<(AttrValue, AttrValue)> = Vec::new();
    let mut add = |version: Version, text: AttrValue| out.push((version.to_string().into(), text));
    add(Version::WorkingCopy, "Working copy".into());
    if let Some(api) = state.api() {
        for stage in api.stages.values() {
            let points = api.deployment_of(stage).map(|d| format!(" · {}", d.short_name())).unwrap_or_default();
            add(Version::Stage(stage.name.to_string()), format!("Stage {}{points}", stage.name).into());
        }
        for deployment in api.deployments_newest_first() {
            add(Version::Deployment(deployment.id.to_string()), option_text(deployment));
        }
    }
    let length = state.session.entries().len();
    for moment in (0..=length).rev().take(moments) {
        add(Version::Moment(moment), moment_text(&state.session, moment).into());
    }
    for text in chosen {
        if !out.iter().any(|(value, _)| value.as_str() == text) {
            let told = match Version::parse(text) {
                Some(Version::Moment(moment)) if moment <= length => moment_text(&state.session, moment),
                _ => format!("{text} (not there)"),
            };
            out.push((text.clone().into(), told.into()));
        }
    }
    out
}

fn moment_text(session: &Session, moment: usize) -> String {
    let now = if moment == session.entries().len() { " (now)" } else { "" };
    format!("Moment {moment}{now} · {}", past::sentence(session, moment).0)
}
