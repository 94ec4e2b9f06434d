//! A selected stage: its card "Stage details" and the tabs under it.

use super::{
    super::{
        diff_view::drift_chip,
        link::{PlaceLink, time_view},
    },
    StageFacts,
    canary::{CanaryTab, Shares},
    changes::Changes,
    history::DeploymentHistory,
    settings::{PlansOf, Settings},
    urls::Urls,
    variables::Variables,
};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::{
    history::diff,
    ui::{
        Confirm, Dialog, NextFrame, Place, StageTab, Store,
        parts::{CopyButton, EditButton, LongText, SnapChip, Tabs, UrlText, hue_style},
        use_selector, use_soon, use_store,
    },
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component};

/// The props of [`StageView`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct StageViewProps {
    /// The stage's name.
    pub(super) name: String,
}

/// Draws a stage, or a word that there is none of this name.
#[component]
pub(super) fn StageView(props: &StageViewProps) -> Html {
    let name = props.name.clone();
    let facts = use_selector(move |state| StageFacts::of(state, &name));
    match facts {
        Some(facts) => html! { <><Card facts={facts.clone()} /><NextFrame><StageTabs {facts} /></NextFrame></> },
        None => html! {
            <div class="empty">
                <h3>{ format!("There is no stage named {}", props.name) }</h3>
                <p>{ "It may have been deleted or undone. Select one of the stages above." }</p>
            </div>
        },
    }
}

/// The props of everything that is about one stage.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FactsProps {
    /// The stage.
    pub(super) facts: StageFacts,
}

/// Draws the card "Stage details".
#[component]
fn Card(props: &FactsProps) -> Html {
    let store = use_store();
    let StageFacts { host, stage, deployment, working, .. } = &props.facts;
    let name = stage.name.to_string();
    let behind = diff::count(&deployment.config, working);
    let open = |dialog: Dialog| open(&store, dialog);
    html! {
        <section class="card stage-card snap" style={hue_style(deployment.number)} aria-labelledby="stage-title">
            <header>
                <h2 id="stage-title" tabindex="-1"><span class="visually-hidden">{ "Stage details: " }</span>{ &name }</h2>
                <div class="actions">
                    <EditButton label="Edit" icon="edit" small=true onclick={open(Dialog::EditStage { stage: name.clone() })} />
                    <EditButton
                        label="Delete"
                        icon="trash"
                        small=true
                        onclick={open(Dialog::Confirm(Confirm::DeleteStage(name.clone())))}
                    />
                </div>
            </header>
            if let Some(text) = &stage.description { <LongText class="description" text={text.clone()} /> }
            <dl class="facts">
                <dt>{ "Invoke URL" }</dt>
                <dd class="with-button">
                    <UrlText host={host.clone()} stage={name.clone()} number={deployment.number} />
                    <CopyButton
                        text={format!("https://{host}/{name}")}
                        label="Copy invoke URL"
                        done="Invoke URL copied"
                        icon_only=true
                    />
                </dd>
                <dt>{ "Active deployment" }</dt>
                <dd>
                    <PlaceLink place={Place::Deployment(deployment.id.to_string())} leaves=true class="chip-link">
                        <SnapChip number={deployment.number} />
                    </PlaceLink>
                    { " " }<code>{ deployment.id.as_str() }</code>{ " · " }{ time_view(deployment.created) }
                </dd>
                if props.facts.canary.is_some() {
                    <dt>{ "Canary" }</dt>
                    <dd><Shares facts={props.facts.clone()} /></dd>
                }
                <PlansOf facts={props.facts.clone()} />
                <div class="pair"><dt>{ "Created" }</dt><dd>{ time_view(stage.created) }</dd></div>
                <div class="pair"><dt>{ "Last updated" }</dt><dd>{ time_view(stage.last_updated) }</dd></div>
            </dl>
            <NextFrame><Settings facts={props.facts.clone()} /></NextFrame>
            if behind > 0 {
                <div class="drift-row">
                    { drift_chip(behind) }
                    <EditButton
                        label={format!("Deploy to {name}")}
                        small=true
                        onclick={open(Dialog::Deploy { stage: Some(name.clone()) })}
                    />
                </div>
            }
        </section>
    }
}

/// Returns a callback that opens a dialog.
pub(super) fn open(store: &Store, dialog: Dialog) -> Callback<MouseEvent> {
    let store = store.clone();
    Callback::from(move |_: MouseEvent| store.open(dialog.clone()))
}

#[component]
fn StageTabs(props: &FactsProps) -> Html {
    let store = use_store();
    let tab = use_selector(|state| match state.place() {
        Place::Stage(_, tab) => tab,
        _ => StageTab::default(),
    });
    let shown = use_soon(tab);
    let StageFacts { stage, deployment, working, .. } = &props.facts;
    let chosen = StageTab::ALL.into_iter().position(|t| t == tab).unwrap_or(0);
    let name = stage.name.to_string();
    let onchoose = Callback::from(move |at: usize| {
        let tab = StageTab::ALL.get(at).copied().unwrap_or_default();
        store.go_to(Place::Stage(name.clone(), tab));
    });
    let behind = diff::count(&deployment.config, working);
    let changes = if behind == 0 { "Changes".to_owned() } else { format!("Changes ({behind})") };
    let tabs: Vec<AttrValue> =
        vec!["URLs".into(), "Variables".into(), "Deployment history".into(), "Canary".into(), changes.into()];
    let facts = props.facts.clone();
    let body = match shown {
        StageTab::Urls => html! { <Urls {facts} /> },
        StageTab::Variables => html! { <Variables {facts} /> },
        StageTab::History => html! { <DeploymentHistory {facts} /> },
        StageTab::Canary => html! { <CanaryTab {facts} /> },
        StageTab::Changes => html! { <Changes {facts} /> },
    };
    html! {
        <>
            <Tabs id="stage" label={format!("Stage {}, {} not deployed", stage.name, count(behind, "change"))} {tabs} {chosen} {onchoose} />
            <div class="stage-panel" role="tabpanel" id="stage-panel" aria-labelledby={format!("stage-tab-{chosen}")}>
                { body }
            </div>
        </>
    }
}
