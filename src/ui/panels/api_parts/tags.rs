//! The tags of an API, on the screen of its settings.

use super::{
    super::account::{Tags, arn},
    use_api,
};
use crate::ui::markup::html;
use crate::ui::use_selector;
use yew::{Html, component};

/// Key and value, a line each.
#[component]
pub(in crate::ui::panels) fn ApiTags() -> Html {
    let place = use_selector(|state| state.present().place.clone());
    let Some(api) = use_api() else { return Html::default() };
    html! { <Tags arn={arn(&place, &format!("/restapis/{}", api.id))} tags={api.tags.clone()} /> }
}
