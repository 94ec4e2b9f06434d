//! Paths and methods of a version of an API, as AWS's `apiSummary` of a deployment.

use crate::entities::ApiConfig;
use std::rc::Rc;
use yew::{Html, Properties, component, html};

/// Paths that are listed; beyond it they are only counted.
const LISTED: usize = 40;

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
    let more = with_methods.len().saturating_sub(LISTED);
    html! {
        <ul class="api-summary">
            { for with_methods.iter().take(LISTED).map(|(_, resource)| html! {
                <li>
                    <code>{ config.path_of(&resource.id) }</code>
                    <span>{ for resource.methods.keys().map(|verb| html! { <span class="verb">{ verb.as_str() }</span> }) }</span>
                </li>
            }) }
            if more > 0 { <li class="muted">{ format!("and {more} more resources") }</li> }
        </ul>
    }
}

/// `1 method`, `5 methods`.
pub(super) fn methods(config: &ApiConfig) -> String {
    match config.method_count() {
        1 => "1 method".into(),
        n => format!("{n} methods"),
    }
}
