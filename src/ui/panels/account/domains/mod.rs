//! Custom domain names: hostnames of the author's own, and what answers below each of their base paths.

mod create;
mod details;
mod mappings;

pub(super) use create::CreateDomain;
pub(in crate::ui::panels) use create::{access_modes, is_enhanced, security_policies};
pub(super) use details::DeleteDomain;

use super::super::items::{Item, Items, use_focus_on};
use crate::ui::markup::html;
use crate::ui::panels::words::count;
use crate::ui::{Page, Same, use_selector};
use details::Details;
use yew::{AttrValue, Html, component};

/// The props of [`Domains`].
#[derive(Debug, PartialEq, yew::Properties)]
pub(in crate::ui::panels) struct DomainsProps {
    /// The one that is selected, by its key.
    pub item: Option<String>,
}

/// Draws all of them, or one.
#[component]
pub(in crate::ui::panels) fn Domains(props: &DomainsProps) -> Html {
    use_focus_on(props.item.clone());
    match props.item.clone() {
        Some(name) => html! { <Details key={name.clone()} name={name.clone()} /> },
        None => html! { <List /> },
    }
}

#[component]
fn List() -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let limit = use_selector(|state| state.present().limits.public_domain_names);
    let rows: Vec<Item> = account
        .domain_names
        .values()
        .map(|domain| {
            let mappings = match domain.mappings.len() {
                0 => "No API mapping yet: it answers 403".to_owned(),
                mappings => count(mappings, "API mapping"),
            };
            Item {
                item: domain.key().to_string(),
                title: domain.name.to_string().into(),
                chips: domain.types.iter().map(|kind| AttrValue::from(create::endpoint_word(*kind))).collect(),
                foot: mappings.into(),
            }
        })
        .collect();
    html! {
        <Items
            page={Page::DomainNames} label="Custom domain names" {rows} create="Create domain name"
            hint={format!("Hostnames of your own in the place of execute-api's, at most {limit} public ones. They act at once, without a deployment.")}
            empty="No custom domain name yet. Create one, map a base path to a stage, and call it: here no DNS is asked."
        />
    }
}
