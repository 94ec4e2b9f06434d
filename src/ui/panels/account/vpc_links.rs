//! VPC links: the ways from integrations to load balancers inside a VPC.

use super::{
    super::{
        items::{Delete, Form, Item, ItemHead, Items, text_field, use_focus_on},
        resources::{EditText, Part},
    },
    kit::{ApiLink, Tags, arn, copyable, parse_tags, replace, saving, tags_field},
};
use crate::ui::markup::html;
use crate::ui::panels::words::given;
use crate::{
    control_plane::{
        ApiError, Command,
        vpc_links::{CreateVpcLink, DeleteVpcLink, UpdateVpcLink, users},
    },
    entities::{VpcLink, Workspace},
    ui::{Page, Place, Same, Store, parts::When, use_selector, use_selector_soon, use_store},
};
use yew::{Callback, Html, Properties, component};

/// The props of [`VpcLinks`].
#[derive(Debug, PartialEq, Properties)]
pub(in crate::ui::panels) struct VpcLinksProps {
    /// The one that is selected.
    pub item: Option<String>,
}

/// Draws all of them, or one.
#[component]
pub(in crate::ui::panels) fn VpcLinks(props: &VpcLinksProps) -> Html {
    use_focus_on(props.item.clone());
    match props.item.clone() {
        Some(id) => html! { <Details key={id.clone()} id={id.clone()} /> },
        None => html! { <List /> },
    }
}

#[component]
fn List() -> Html {
    let account = use_selector(|state| Same::from(&state.present().account));
    let limit = use_selector(|state| state.present().limits.vpc_links);
    let row = |link: &VpcLink| Item {
        item: link.id.to_string(),
        title: link.name.clone().into(),
        chips: vec!["Available".into()],
        foot: link.target_arns.join(", ").into(),
    };
    let rows: Vec<Item> = account.vpc_links.values().map(|link| row(link)).collect();
    html! {
        <Items
            page={Page::VpcLinks} label="VPC links" {rows} limit={limit} create="Create VPC link"
            hint="An integration with a connection of the type VPC_LINK names one, and reaches a network load balancer by it."
            empty="No VPC link yet."
        />
    }
}

fn create(store: &Store, values: Vec<String>) -> Result<(), ApiError> {
    let [name, description, target, tags] = <[String; 4]>::try_from(values).unwrap_or_default();
    let made = store.execute(CreateVpcLink {
        name: name.trim().to_owned(),
        description: given(&description),
        target_arns: given(&target).into_iter().collect(),
        tags: parse_tags(&tags)?,
    })?;
    store.close();
    store.done(format!("Successfully created VPC link {}. Here it is available at once.", name.trim()));
    store.go_to(Place::Page(Page::VpcLinks, made.text("id").map(str::to_owned)));
    Ok(())
}

/// Draws the dialog "Create VPC link".
#[component]
pub(super) fn CreateLink() -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let onsubmit = Callback::from(move |values: Vec<String>| create(&store, values));
    let example = format!(
        "arn:{}:elasticloadbalancing:{}:{}:loadbalancer/net/orders/0123456789abcdef",
        place.region.partition().as_str(),
        place.region,
        place.account_id
    );
    let fields = vec![
        text_field("name", "Name").example("orders"),
        text_field("description", "Description - optional"),
        text_field("targetArns", "Target NLB ARN")
            .example(example)
            .hint("One network load balancer; it cannot be changed later."),
        tags_field(),
    ];
    html! { <Form id="new-link" title="Create VPC link" label="Create VPC link" when={When::Now} {fields} {onsubmit} /> }
}

/// The props of what is about one link.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct LinkProps {
    /// Its id.
    pub id: String,
}

#[yew::hook]
fn use_link(id: &str) -> Option<Same<VpcLink>> {
    let id = id.to_owned();
    use_selector(move |state| state.present().account.vpc_links.get(id.as_str()).map(Same::from))
}

/// A method whose deployed integration names the link, in words.
#[derive(Clone, PartialEq)]
struct User {
    api: String,
    stage: String,
    /// The verb and the path.
    method: String,
    /// The API and the stage.
    text: String,
}

impl User {
    /// Reads `api:METHOD:resource:stage`.
    fn parse(ws: &Workspace, user: &str) -> Option<Self> {
        let mut parts = user.split(':');
        let (id, verb, resource, stage) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let api = ws.api(id)?;
        let path = api.deployment_of(api.stages.get(stage)?)?.config.path_of(resource);
        Some(Self {
            api: id.to_owned(),
            stage: stage.to_owned(),
            method: format!("{verb} {path}"),
            text: format!("{} → {stage}", api.config.settings.name),
        })
    }

    fn view(&self) -> Html {
        html! {
            <li>
                <ApiLink api={self.api.clone()} stage={self.stage.clone()} text={self.text.clone()} />
                <code>{ &self.method }</code>
            </li>
        }
    }
}

fn users_of(ws: &Workspace, id: &str) -> Vec<User> {
    users(ws, id).iter().filter_map(|user| User::parse(ws, user)).collect()
}

#[component]
fn Details(props: &LinkProps) -> Html {
    let store = use_store();
    let place = use_selector(|state| state.present().place.clone());
    let id = props.id.clone();
    let users = {
        let id = id.clone();
        use_selector_soon(move |state| users_of(state.present(), &id))
    };
    let Some(link) = use_link(&id) else {
        return html! {
            <>
                <ItemHead page={Page::VpcLinks} item={id.clone()} title="Not found" all="All VPC links" />
                <p class="muted">{ format!("There is no VPC link {id}. It may have been deleted or undone.") }</p>
            </>
        };
    };
    let set = |path: &'static str| {
        let id = id.clone();
        saving(&store, move |text| {
            UpdateVpcLink { vpc_link_id: id.clone(), patch_operations: replace(path, text) }.into()
        })
    };
    let hint = if users.is_empty() {
        "No stage answers by it. A method's integration names it as its connection."
    } else {
        "It cannot be deleted while a stage answers by it."
    };
    html! {
        <div class="settings">
            <ItemHead page={Page::VpcLinks} item={id.clone()} title={link.name.clone()} all="All VPC links" delete="Delete VPC link" />
            <dl class="facts">
                { copyable("VPC link ID", &id) }
                <dt>{ "Status" }</dt><dd>{ "Available: your VPC link is ready for use" }</dd>
                { for link.target_arns.iter().map(|arn| copyable("Target ARN", arn)) }
            </dl>
            <EditText id={format!("{id}-name")} label="Name" value={link.name.clone()} when={When::Now} save={set("/name")} />
            <EditText
                id={format!("{id}-description")} label="Description" value={link.description.clone().unwrap_or_default()} when={When::Now}
                save={set("/description")}
            />
            <Part id="link-users-title" title="Used by" {hint}>
                if !users.is_empty() { <ul class="entries">{ for users.iter().map(User::view) }</ul> }
            </Part>
            <Tags arn={arn(&place, &format!("/vpclinks/{id}"))} tags={link.tags.clone()} />
        </div>
    }
}

/// Draws the question before one goes.
#[component]
pub(super) fn DeleteLink(props: &LinkProps) -> Html {
    let Some(link) = use_link(&props.id) else { return Html::default() };
    html! {
        <Delete
            page={Page::VpcLinks} title={format!("Delete VPC link {}?", link.name)} label="Delete VPC link"
            text="No stage answers by it; an integration that names it cannot be reached once it is deployed."
            command={Command::from(DeleteVpcLink { vpc_link_id: props.id.clone() })} done={format!("Deleted VPC link {}.", link.name)}
        />
    }
}
