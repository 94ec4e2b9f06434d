//! A list of things, and the head of one of them.

use crate::ui::markup::html;
use crate::ui::{
    Confirm, Dialog, Page, Place, focus_soon,
    panels::link::PlaceLink,
    parts::{EditButton, Look},
    use_growing, use_store,
};
use yew::{AttrValue, Callback, Children, Html, MouseEvent, Properties, component, hook, use_effect_with, use_mut_ref};

/// How many rows are drawn at once; the others follow.
const AT_ONCE: usize = 30;

/// The id of the title of the thing that is shown.
const TITLE: &str = "item-title";

/// Puts the focus on what is shown now, when that is something else than before: the thing, or the list's title.
#[hook]
pub(in crate::ui::panels) fn use_focus_on(item: Option<String>) {
    let drawn = use_mut_ref(|| false);
    use_effect_with(item, move |item| {
        if drawn.replace(true) {
            focus_soon(if item.is_some() { TITLE } else { "page-title" });
        }
    });
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::panels) struct Item {
    /// The name of the thing in its place.
    pub item: String,
    /// The words in the row.
    pub title: AttrValue,
    /// Short things beside it.
    pub chips: Vec<AttrValue>,
    /// A line under it.
    pub foot: AttrValue,
}

/// The props of [`Items`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct ItemsProps {
    /// The screen.
    pub page: Page,
    /// The name of the list for a screen reader.
    pub label: AttrValue,
    /// The purpose of these things.
    pub hint: AttrValue,
    /// How many there are.
    pub rows: Vec<Item>,
    /// How many there may be, when that is known.
    #[prop_or_default]
    pub limit: Option<usize>,
    /// The words on the button that makes one.
    #[prop_or_default]
    pub create: &'static str,
    /// The words in the place of an empty list.
    #[prop_or_default]
    pub empty: AttrValue,
}

/// Draws the things, each a way to itself.
#[component]
pub(in crate::ui::panels) fn Items(props: &ItemsProps) -> Html {
    let store = use_store();
    let page = props.page;
    let drawn = use_growing(AT_ONCE, props.rows.len());
    let create = Callback::from(move |_: MouseEvent| store.open(Dialog::CreateItem(page)));
    let full = props.limit.filter(|limit| props.rows.len() >= *limit);
    let blocked = full.map(|limit| format!("There are {limit} already, which is the quota"));
    let row = |row: &Item| {
        html! {
            <li key={row.item.clone()}>
                <PlaceLink place={Place::Page(page, Some(row.item.clone()))} class="pick tall">
                    <span class="row-head">
                        <b class="ellipsis">{ &row.title }</b>
                        <span class="pointing">{ for row.chips.iter().map(|chip| html! { <span class="chip">{ chip }</span> }) }</span>
                    </span>
                    if !row.foot.is_empty() { <span class="row-foot ellipsis">{ &row.foot }</span> }
                </PlaceLink>
            </li>
        }
    };
    html! {
        <>
            <div class="lead-row">
                <p class="lead">
                    { &props.hint }
                    if let Some(limit) = props.limit { { format!(" {} of {limit}.", props.rows.len()) } }
                </p>
                if !props.create.is_empty() {
                    <EditButton label={props.create} icon="plus" small=true onclick={create} {blocked} />
                }
            </div>
            if props.rows.is_empty() {
                <p class="muted">{ &props.empty }</p>
            } else {
                <ul class="picks plain" aria-label={&props.label}>{ for props.rows.iter().take(drawn).map(row) }</ul>
            }
        </>
    }
}

/// The props of [`ItemHead`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct ItemHeadProps {
    /// The screen.
    pub page: Page,
    /// The name of the thing in its place, which goes when it is deleted.
    pub item: String,
    /// The title.
    pub title: AttrValue,
    /// The way back: `All models`.
    pub all: &'static str,
    /// The words on the button that asks for its end; none when it cannot go.
    #[prop_or_default]
    pub delete: &'static str,
    /// More to do with it.
    #[prop_or_default]
    pub children: Children,
}

/// Draws the title of a thing, the way back to all of them, and the way to its end.
#[component]
pub(in crate::ui::panels) fn ItemHead(props: &ItemHeadProps) -> Html {
    let store = use_store();
    let (page, item) = (props.page, props.item.clone());
    let delete = Callback::from(move |_: MouseEvent| {
        store.open(Dialog::Confirm(Confirm::DeleteItem(page, item.clone())));
    });
    html! {
        <>
            <p class="lead"><PlaceLink place={Place::Page(page, None)}>{ "← " }{ props.all }</PlaceLink></p>
            <div class="detail-head">
                <h3 id={TITLE} tabindex="-1" class="item-title">{ &props.title }</h3>
                <div class="actions">
                    { props.children.clone() }
                    if !props.delete.is_empty() {
                        <EditButton label={props.delete} icon="trash" icon_only=true look={Look::Ghost} onclick={delete} />
                    }
                </div>
            </div>
        </>
    }
}
