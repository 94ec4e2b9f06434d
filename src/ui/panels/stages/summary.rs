//! Paths and methods of a version of an API, as AWS's `apiSummary` of a deployment.

use crate::ui::markup::html;
use crate::{entities::ApiConfig, ui::parts::Button};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, use_state};

/// Paths that are listed before somebody asks for all of them.
const LISTED: usize = 12;

/// The props of [`ApiSummary`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct ApiSummaryProps {
    /// The version.
    pub(crate) config: Rc<ApiConfig>,
}

/// Paths and methods, one path a line.
#[component]
pub(crate) fn ApiSummary(props: &ApiSummaryProps) -> Html {
    let config = &props.config;
    let tree = config.tree();
    let with_methods: Vec<_> = tree.iter().filter(|(_, resource)| !resource.methods.is_empty()).collect();
    let all = use_state(|| false);
    let listed = if *all { with_methods.len() } else { LISTED };
    let more = with_methods.len().saturating_sub(listed);
    let show_all = Callback::from(move |_: MouseEvent| all.set(true));
    html! {
        <ul class="api-summary">
            { for with_methods.iter().take(listed).map(|(_, resource)| html! {
                <li>
                    <code>{ config.path_of(&resource.id) }</code>
                    <span>{ for resource.methods.keys().map(|verb| html! { <span class="verb">{ verb.as_str() }</span> }) }</span>
                </li>
            }) }
            if more > 0 {
                <li><Button label={format!("Show {more} more resources")} small=true onclick={show_all} /></li>
            }
        </ul>
    }
}

/// Returns `1 method`, `5 methods`.
pub(super) fn methods(config: &ApiConfig) -> String {
    match config.method_count() {
        1 => "1 method".into(),
        n => format!("{n} methods"),
    }
}
