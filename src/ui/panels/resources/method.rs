//! The editor of a method: what it asks of a request, what answers it, its answers, and a test of it, a tab each.

use super::{
    integration::IntegrationPanel,
    request::RequestPanel,
    responses::ResponsesPanel,
    send::MethodAt,
    test::{TestDraft, TestPanel},
};
use crate::ui::markup::html;
use crate::ui::{
    Confirm, Dialog, MethodTab, Place,
    parts::{EditButton, Look, Tabs},
    use_selector, use_soon, use_store,
};
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, use_state};

/// The props of [`MethodEditor`].
#[derive(Debug, PartialEq, Properties)]
pub(crate) struct MethodEditorProps {
    /// The method.
    pub at: MethodAt,
}

/// Draws the editor of the selected method.
#[component]
pub(crate) fn MethodEditor(props: &MethodEditorProps) -> Html {
    let store = use_store();
    let at = props.at.clone();
    let found = {
        let at = at.clone();
        use_selector(move |state| {
            let method = at.find(state)?.clone();
            Some((method, state.present().api(&at.api)?.config.path_of(&at.resource)))
        })
    };
    let tab = use_selector(|state| match state.place() {
        Place::Method(_, _, tab) => tab,
        _ => MethodTab::default(),
    });
    let draft = use_state(TestDraft::default);
    let shown = use_soon(tab);
    let Some((method, path)) = found else { return Html::default() };
    let chosen = MethodTab::ALL.iter().position(|known| *known == tab).unwrap_or(0);
    let onchoose = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |chosen: usize| {
            let tab = MethodTab::ALL.get(chosen).copied().unwrap_or_default();
            store.go_to(Place::Method(at.resource.clone(), at.verb, tab));
        })
    };
    let delete = {
        let (store, at) = (store.clone(), at.clone());
        Callback::from(move |_: MouseEvent| {
            store.open(Dialog::Confirm(Confirm::DeleteMethod(at.resource.clone(), at.verb)));
        })
    };
    let tabs: Vec<AttrValue> = vec!["Method".into(), "Integration".into(), "Responses".into(), "Test".into()];
    let body = match shown {
        MethodTab::Method => html! { <RequestPanel {at} {method} path={path.clone()} /> },
        MethodTab::Integration => html! { <IntegrationPanel {at} {method} path={path.clone()} /> },
        MethodTab::Responses => html! { <ResponsesPanel {at} {method} /> },
        MethodTab::Test => html! { <TestPanel {at} path={path.clone()} draft={draft.clone()} /> },
    };
    html! {
        <>
            <header class="detail-head">
                <h2 id="detail-title" tabindex="-1"><span class="verb">{ props.at.verb.as_str() }</span>{ " " }<span class="mono">{ &path }</span></h2>
                <EditButton label="Delete method" icon="trash" icon_only=true look={Look::Ghost} onclick={delete} />
            </header>
            <Tabs id="method" label="Method" {tabs} {chosen} {onchoose} />
            <div class="method-panel" role="tabpanel" id="method-panel" aria-labelledby={format!("method-tab-{chosen}")} tabindex="-1">
                { body }
            </div>
        </>
    }
}
