//! The things that name a thing: methods, as a rule. Shown beside it, and before it goes.

use crate::ui::markup::html;
use crate::{
    entities::{ApiConfig, Method},
    ui::{MethodTab, Place, panels::link::PlaceLink, panels::resources::Part, use_growing},
};
use yew::{AttrValue, Html, Properties, component};

/// How many are drawn at once; the others follow.
const AT_ONCE: usize = 30;

/// Something that names a thing.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels) struct Use {
    /// The thing in words: `GET /users`.
    pub text: AttrValue,
    /// In what way it names the thing.
    pub how: AttrValue,
    /// Where it is shown.
    pub place: Place,
}

/// Returns the methods that name a thing, in the order of the tree; `how` says in which ways, and on which tab.
pub(in crate::ui::panels) fn methods_where(
    config: &ApiConfig,
    how: impl Fn(&Method) -> Vec<(&'static str, MethodTab)>,
) -> Vec<Use> {
    let mut out = Vec::new();
    for (_, resource) in config.tree() {
        for (verb, method) in &resource.methods {
            for (how, tab) in how(method) {
                out.push(Use {
                    text: format!("{verb} {}", config.path_of(&resource.id)).into(),
                    how: how.into(),
                    place: Place::Method(resource.id.to_string(), *verb, tab),
                });
            }
        }
    }
    out
}

/// The props of [`Uses`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct UsesProps {
    /// The things that name it.
    pub uses: Vec<Use>,
    /// The words for none.
    #[prop_or_default]
    pub none: AttrValue,
    /// Without a heading.
    #[prop_or_default]
    pub bare: bool,
}

/// Draws what names a thing, each a way there.
#[component]
pub(in crate::ui::panels) fn Uses(props: &UsesProps) -> Html {
    let drawn = use_growing(AT_ONCE, props.uses.len());
    let row = |one: &Use| {
        html! {
            <li key={format!("{}-{}", one.text, one.how)}>
                <PlaceLink place={one.place.clone()} leaves=true class="name mono"><span>{ &one.text }</span></PlaceLink>
                if !one.how.is_empty() { <span class="chip">{ &one.how }</span> }
            </li>
        }
    };
    let list = html! { <ul class="entries">{ for props.uses.iter().take(drawn).map(row) }</ul> };
    if props.bare {
        return list;
    }
    let hint = if props.uses.is_empty() { props.none.clone() } else { AttrValue::default() };
    html! { <Part id="uses-title" title="Used by" {hint}>if !props.uses.is_empty() { { list } }</Part> }
}
