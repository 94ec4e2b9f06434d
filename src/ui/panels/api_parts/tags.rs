//! The tags of an API, on the screen of its settings.

use super::{
    super::resources::{Add, AddField, Mappings, Part, send},
    use_api,
};
use crate::{
    collections::SortedMap,
    control_plane::{
        ApiError,
        tags::{TagResource, UntagResource},
    },
    ui::{parts::When, use_selector, use_store},
};
use yew::{Callback, Html, component, html};

/// Key and value, a line each.
#[component]
pub(in crate::ui::panels) fn Tags() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let limit = use_selector(|state| state.present().limits.tags);
    let Some(api) = use_api() else { return Html::default() };
    let (partition, region) = (place.region.partition().as_str(), &place.region);
    let arn = format!("arn:{partition}:apigateway:{region}::/restapis/{}", api.id);
    let save = {
        let (store, arn) = (store.clone(), arn.clone());
        Callback::from(move |(key, value): (String, String)| -> Result<(), ApiError> {
            let tags: SortedMap<String, String> = [(key, value.trim().to_owned())].into_iter().collect();
            send(&store, TagResource { resource_arn: arn.clone(), tags }.into())
        })
    };
    let remove = Callback::from(move |key: String| -> Result<(), ApiError> {
        send(&store, UntagResource { resource_arn: arn.clone(), tag_keys: vec![key] }.into())
    });
    let add = save.reform(|values: Vec<String>| {
        let text = |at: usize| values.get(at).map(|text| text.trim().to_owned()).unwrap_or_default();
        (text(0), text(1))
    });
    let fields = vec![AddField::text("key", "Key", "team"), AddField::text("tags", "Value", "payments")];
    html! {
        <Part
            id="tags-title" title="Tags"
            hint={format!("{} of {limit}. A key has up to 128 characters, a value up to 256. Acts at once.", api.tags.len())}
        >
            <Mappings
                id={format!("{}-tag", api.id)} entries={api.tags.clone()} cut="" home="tags-title" when={When::Now} {save} {remove}
            />
            <Add id={format!("{}-add-tag", api.id)} label="Add tag" {fields} {add} />
        </Part>
    }
}
