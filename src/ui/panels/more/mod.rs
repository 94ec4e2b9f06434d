//! The screens without a tab of their own: parts of the API, and what belongs to the account. A list of the screens, and
//! their frame.

mod find;

pub(super) use find::{Thing, screens, things};

use super::{
    account::{self, AccountSettings, Certificates, Domains, Keys, Plans, VpcLinks},
    api_parts::{self, CreateModel, CreateValidator, DeleteModelDialog, DeleteValidatorDialog, Models, Validators},
    link::PlaceLink,
};
use crate::ui::markup::html;
use crate::ui::{
    Page, Place, State, UiCommand, focus_soon, focused,
    parts::{CommandButton, icon},
    use_selector,
};
use yew::{Html, Properties, component, hook, use_effect_with};

/// The words of the list about a screen.
struct Entry {
    title: &'static str,
    hint: &'static str,
    /// How many there are; nothing where that says nothing.
    count: fn(&State) -> Option<usize>,
    /// The screen, with what is selected on it.
    draw: fn(Option<String>) -> Html,
}

/// The screens of the list, in groups.
const GROUPS: [(&str, &[Page]); 2] = [
    ("This API", &[Page::Authorizers, Page::GatewayResponses, Page::Models, Page::Validators, Page::Documentation]),
    (
        "This account and region",
        &[Page::DomainNames, Page::ApiKeys, Page::UsagePlans, Page::ClientCertificates, Page::VpcLinks, Page::Account],
    ),
];

/// Returns the entry of a screen.
fn entry(page: Page) -> Entry {
    match page {
        Page::Authorizers => Entry {
            title: "Authorizers",
            hint: "Who decides whether a caller may: Lambda functions and user pools.",
            count: |state| Some(state.api()?.config.parts.authorizers.len()),
            draw: |item| html! { <api_parts::Authorizers {item} /> },
        },
        Page::Documentation => Entry {
            title: "Documentation",
            hint: "What developers should know, in parts and versions.",
            count: |state| Some(state.api()?.documentation.parts.len()),
            draw: |item| html! { <api_parts::Documentation {item} /> },
        },
        Page::GatewayResponses => Entry {
            title: "Gateway responses",
            hint: "What API Gateway answers by itself: 403, 429, 504 and the like.",
            count: |_| None,
            draw: |item| html! { <api_parts::GatewayResponses {item} /> },
        },
        Page::Models => Entry {
            title: "Models",
            hint: "What bodies look like, as JSON schemas.",
            count: |state| Some(state.api()?.config.models().len()),
            draw: |item| html! { <Models {item} /> },
        },
        Page::Validators => Entry {
            title: "Request validators",
            hint: "What is checked of a request before it goes on.",
            count: |state| Some(state.api()?.config.parts.request_validators.len()),
            draw: |item| html! { <Validators {item} /> },
        },
        Page::DomainNames => Entry {
            title: "Custom domain names",
            hint: "Hostnames of your own, and the API and stage behind each base path.",
            count: |state| Some(state.present().account.domain_names.len()),
            draw: |item| html! { <Domains {item} /> },
        },
        Page::ApiKeys => Entry {
            title: "API keys",
            hint: "What identifies callers.",
            count: |state| Some(state.present().account.api_keys.len()),
            draw: |item| html! { <Keys {item} /> },
        },
        Page::UsagePlans => Entry {
            title: "Usage plans",
            hint: "Which stages API keys open, how fast and how often.",
            count: |state| Some(state.present().account.usage_plans.len()),
            draw: |item| html! { <Plans {item} /> },
        },
        Page::ClientCertificates => Entry {
            title: "Client certificates",
            hint: "What stages show to backends that ask who is calling.",
            count: |state| Some(state.present().account.client_certificates.len()),
            draw: |item| html! { <Certificates {item} /> },
        },
        Page::VpcLinks => Entry {
            title: "VPC links",
            hint: "Ways from integrations to load balancers inside a VPC.",
            count: |state| Some(state.present().account.vpc_links.len()),
            draw: |item| html! { <VpcLinks {item} /> },
        },
        Page::Account => Entry {
            title: "Account settings",
            hint: "The role that stages log with, and the account's throttle.",
            count: |_| None,
            draw: |_| html! { <AccountSettings /> },
        },
    }
}

/// Draws the dialog that makes one more of what a screen lists.
pub(super) fn create(page: Page) -> Html {
    match page {
        Page::Authorizers => html! { <api_parts::CreateAuthorizer /> },
        Page::Documentation => html! { <api_parts::CreatePart /> },
        Page::Models => html! { <CreateModel /> },
        Page::Validators => html! { <CreateValidator /> },
        _ => account::create(page),
    }
}

/// Draws the question before one of what a screen lists goes.
pub(super) fn delete(page: Page, item: String) -> Html {
    match page {
        Page::Authorizers => html! { <api_parts::DeleteAuthorizerDialog {item} /> },
        Page::Documentation => html! { <api_parts::DeleteDocumentation {item} /> },
        Page::GatewayResponses => html! { <api_parts::ResetGatewayResponse {item} /> },
        Page::Models => html! { <DeleteModelDialog {item} /> },
        Page::Validators => html! { <DeleteValidatorDialog {item} /> },
        _ => account::delete(page, item),
    }
}

/// Puts the focus on the title of what is shown now, when the link that led here had it and is gone.
#[hook]
fn use_focus_on_title(id: &'static str) {
    use_effect_with(id, |id| {
        if focused().is_none() {
            focus_soon(*id);
        }
    });
}

/// Draws the list of screens.
#[component]
pub(crate) fn More() -> Html {
    use_focus_on_title("more-title");
    html! {
        <div class="more-list">
            <h2 id="more-title" class="visually-hidden" tabindex="-1">{ "More" }</h2>
            { for GROUPS.into_iter().map(|(title, pages)| html! {
                <section class="part">
                    <h3>{ title }</h3>
                    <ul class="picks plain">{ for pages.iter().map(|page| html! { <Row page={*page} /> }) }</ul>
                </section>
            }) }
        </div>
    }
}

#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    page: Page,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let page = props.page;
    let count = use_selector(move |state| (entry(page).count)(state));
    let entry = entry(page);
    html! {
        <li>
            <PlaceLink place={Place::Page(page, None)} class="pick tall">
                <span class="row-head">
                    <b>{ entry.title }</b>
                    if let Some(count) = count { <span class="chip">{ count }</span> }
                    <span class="pointing">{ icon("go") }</span>
                </span>
                <span class="row-foot">{ entry.hint }</span>
            </PlaceLink>
        </li>
    }
}

/// The props of [`Screen`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    /// Which one.
    pub page: Page,
    /// The selection on it.
    pub item: Option<String>,
}

/// Draws one of the screens, in its frame: the way back and its title. A screen itself begins at `h3`.
#[component]
pub(crate) fn Screen(props: &ScreenProps) -> Html {
    use_focus_on_title(if props.item.is_some() { "item-title" } else { "page-title" });
    let entry = entry(props.page);
    let missing = use_selector(|state| state.api().is_none()) && GROUPS[0].1.contains(&props.page);
    html! {
        <div class="page">
            <header class="screen-head">
                <h2 id="page-title" tabindex="-1">{ entry.title }</h2>
                <PlaceLink place={Place::More}>{ "All screens" }</PlaceLink>
            </header>
            if missing {
                <p class="part-hint">{ "This workspace has no API. " }<CommandButton command={UiCommand::CreateApi} small=true /></p>
            } else {
                { (entry.draw)(props.item.clone()) }
            }
        </div>
    }
}
