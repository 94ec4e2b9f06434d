//! The page's purpose, and the first steps, ticked off as they are done.

use crate::ui::markup::html;
use crate::{
    control_plane::Command,
    history::{Act, LogEntry},
    ui::{
        DrawerTab, Place, StageTab, State, Store, UiCommand,
        parts::{Button, Look, icon},
        use_selector_soon, use_store,
    },
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, component};

/// One of the first steps.
struct Step {
    title: &'static str,
    text: &'static str,
    show: &'static str,
    done: fn(&State) -> bool,
    act: fn(&Store),
}

const STEPS: [Step; 7] = [
    Step {
        title: "Deploy the API to a new stage",
        text: "A deployment freezes the working copy. A stage is a name that points at a deployment, and the first part of its URLs.",
        show: "Deploy API",
        done: |state| did(state, |command| matches!(command, Command::CreateDeployment(c) if c.stage_name.is_some())),
        act: |store| UiCommand::Deploy.run(store),
    },
    Step {
        title: "Call an invoke URL",
        text: "The answer wears the colour of the deployment that gave it, and the steps say how the URL was resolved.",
        show: "Open Request",
        done: |state| state.exchanges.iter().any(|exchange| exchange.invocation.response.status < 400),
        act: |store| store.show_drawer(DrawerTab::Request),
    },
    Step {
        title: "Change an answer, and call again",
        text: "Edit a response template of GET /users. The stage still answers as before: it points at a snapshot, not at what you edit.",
        show: "Open Resources",
        done: |state| did(state, changes_the_working_copy) && state.exchanges.len() > 1,
        act: |store| UiCommand::ShowResources.run(store),
    },
    Step {
        title: "Deploy to the same stage",
        text: "Now the stage points at the new deployment. The old one stays in the history.",
        show: "Deploy API",
        done: |state| state.api().is_some_and(|api| api.next_deployment_number > 2),
        act: |store| UiCommand::Deploy.run(store),
    },
    Step {
        title: "Promote: create prod from the same deployment",
        text: "A stage can point at any deployment. Promotion is a second name for the very snapshot that was tried.",
        show: "Create stage",
        done: |state| did(state, |command| matches!(command, Command::CreateStage(_))),
        act: |store| UiCommand::CreateStage.run(store),
    },
    Step {
        title: "Roll dev back",
        text: "In the stage's deployment history, change the active deployment. The working copy is not touched.",
        show: "Open Stages",
        done: |state| did(state, moves_a_stage),
        act: |store| {
            let stage =
                store.read(|state| state.api().and_then(|api| api.stages.keys().next().map(ToString::to_string)));
            store.show(stage.map_or(Place::Stages, |stage| Place::Stage(stage, StageTab::History)));
        },
    },
    Step {
        title: "Set a stage variable",
        text: "Use $stageVariables.name in a template. The variable belongs to the stage: its value acts at once, without a deployment.",
        show: "Open Stages",
        done: |state| state.api().is_some_and(|api| api.stages.values().any(|stage| !stage.variables.is_empty())),
        act: |store| {
            let stage =
                store.read(|state| state.api().and_then(|api| api.stages.keys().next().map(ToString::to_string)));
            store.show(stage.map_or(Place::Stages, |stage| Place::Stage(stage, StageTab::Variables)));
        },
    },
];

fn did(state: &State, is: impl Fn(&Command) -> bool) -> bool {
    let by_user = |operation: &&Rc<LogEntry>| operation.record.transaction > 0;
    state.session.entries().iter().filter(by_user).any(|operation| match &operation.record.act {
        Act::Command(command) => is(command),
        Act::Moved(_) | Act::Restored { .. } => false,
    })
}

fn changes_the_working_copy(command: &Command) -> bool {
    let name = command.name();
    ["Integration", "Method", "Resource"].iter().any(|noun| name.contains(noun))
}

fn moves_a_stage(command: &Command) -> bool {
    let Command::UpdateStage(update) = command else { return false };
    update.patch_operations.iter().any(|patch| patch.path.as_deref() == Some("/deploymentId"))
}

/// Draws the pane of a narrow screen.
#[component]
pub fn Learn() -> Html {
    html! { <section class="learn" aria-label="First steps"><div class="scroll"><FirstSteps /></div></section> }
}

/// Draws the first steps.
#[component]
pub fn FirstSteps() -> Html {
    let store = use_store();
    let done = use_selector_soon(|state| STEPS.iter().map(|step| (step.done)(state)).collect::<Vec<bool>>());
    let next = done.iter().position(|done| !done);
    let row = |(at, step): (usize, &Step)| {
        let (store, act) = (store.clone(), step.act);
        let onclick = Callback::from(move |_: MouseEvent| act(&store));
        let finished = done.get(at).copied().unwrap_or_default();
        let class = match (finished, next == Some(at)) {
            (true, _) => "done",
            (false, true) => "next",
            (false, false) => "",
        };
        let look = if next == Some(at) { Look::Primary } else { Look::Plain };
        html! {
            <li {class}>
                <span class="tick">{ if finished { icon("check") } else { html! { <>{ at + 1 }</> } } }</span>
                <div>
                    <h3>{ step.title } if finished { <span class="visually-hidden">{ " (done)" }</span> }</h3>
                    <p>{ step.text }</p>
                </div>
                <Button label={step.show} small=true {look} {onclick} />
            </li>
        }
    };
    html! {
        <div class="first-steps">
            <h2>{ "I changed my API and nothing happened" }</h2>
            <p class="muted">
                { "Because a URL answers from a snapshot, not from what you edit. Seven steps through Amazon API Gateway's deployments, stages and invoke URLs, as the real service does it; everything runs in this page." }
            </p>
            <ol>{ for STEPS.iter().enumerate().map(row) }</ol>
        </div>
    }
}
