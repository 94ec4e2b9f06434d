//! The list of stages: name, deployment by colour and name, and how far it is behind the working copy.

use super::super::{diff_view::drift_chip, link::PlaceLink};
use crate::ui::markup::html;
use crate::{
    entities::StageName,
    history::diff,
    ui::{
        Place, StageTab, State,
        parts::{CopyButton, SnapChip, UrlText, hue_style},
        use_selector,
    },
};
use yew::{Html, Properties, component};

#[derive(Clone, Debug, PartialEq)]
struct Row {
    name: StageName,
    number: u32,
    behind: usize,
}

fn rows(state: &State) -> Vec<Row> {
    let Some(api) = state.api() else { return Vec::new() };
    let row = |stage: &std::rc::Rc<crate::entities::Stage>| {
        let deployment = api.deployment_of(stage)?;
        let behind = diff::count(&deployment.config, &api.config);
        Some(Row { name: stage.name.clone(), number: deployment.number, behind })
    };
    api.stages.values().filter_map(row).collect()
}

/// The props of [`StageList`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct StageListProps {
    /// The stage whose details are shown.
    pub(super) selected: Option<String>,
}

/// Draws the stages. While none is selected, each shows its invoke URL right here.
#[component]
pub(super) fn StageList(props: &StageListProps) -> Html {
    let rows = use_selector(rows);
    let host = use_selector(|state| state.api().map(|api| state.present().place.execute_api_host(&api.id)));
    let tab = use_selector(|state| match state.place() {
        Place::Stage(_, tab) => tab,
        _ => StageTab::default(),
    });
    let row = |row: &Row| {
        let name = row.name.to_string();
        let current = props.selected.as_deref() == Some(row.name.as_str());
        let url = host.as_ref().filter(|_| props.selected.is_none());
        html! {
            <li key={name.clone()} class="snap" style={hue_style(row.number)}>
                <PlaceLink place={Place::Stage(name.clone(), tab)} {current} class="pick">
                    <b>{ &name }</b>
                    <SnapChip number={row.number} />
                    { drift_chip(row.behind) }
                </PlaceLink>
                if let Some(host) = url {
                    <div class="pick-url">
                        <UrlText host={host.clone()} stage={name.clone()} number={row.number} />
                        <CopyButton
                            text={format!("https://{host}/{name}")}
                            label={format!("Copy invoke URL of {name}")}
                            done="Invoke URL copied"
                            icon_only=true
                        />
                    </div>
                }
            </li>
        }
    };
    html! { <ul class="picks" aria-label="Stages">{ for rows.iter().map(row) }</ul> }
}
