//! The screens of "More" and what is on them by name, for who knows what they look for.

use super::super::{
    account::key_name,
    api_parts::{about_part, gateway_response_title, validator_name},
};
use super::{GROUPS, entry};
use crate::{
    entities::{GatewayResponseType, RestApi},
    ui::{Page, State},
};

/// Something on one of the screens.
pub(in crate::ui::panels) enum Thing {
    /// The screen itself.
    Screen(Page),
    /// One of what it lists, as its place names it.
    Item(Page, String),
    /// The dialog that makes one more.
    Create(Page),
}

/// Returns what the dialog of a screen is called; `None` where nothing is made.
fn create(page: Page) -> Option<&'static str> {
    Some(match page {
        Page::Authorizers => "Create authorizer",
        Page::Models => "Create model",
        Page::Validators => "Create request validator",
        Page::Documentation => "Create documentation part",
        Page::DomainNames => "Create domain name",
        Page::ApiKeys => "Create API key",
        Page::UsagePlans => "Create usage plan",
        Page::ClientCertificates => "Generate client certificate",
        Page::VpcLinks => "Create VPC link",
        Page::GatewayResponses | Page::Account => return None,
    })
}

/// Returns all screens and dialogs with what they are called. Those of an API only where there is one.
pub(in crate::ui::panels) fn screens(state: &State) -> impl Iterator<Item = (String, Thing)> {
    let groups = GROUPS.into_iter().skip(usize::from(state.api().is_none()));
    groups.flat_map(|(_, pages)| pages).flat_map(|page| {
        let made = create(*page).map(|label| (label.to_owned(), Thing::Create(*page)));
        [Some((format!("Go to {}", entry(*page).title), Thing::Screen(*page))), made].into_iter().flatten()
    })
}

/// Returns what the screens list, with what each is called.
pub(in crate::ui::panels) fn things(state: &State) -> impl Iterator<Item = (String, Thing)> {
    let api = state.api().map(|api| of_api(api));
    let account = &state.present().account;
    let item = |page: Page, id: &str, label: String| (label, Thing::Item(page, id.to_owned()));
    let domains = account.domain_names.values();
    let domains = domains.map(move |d| item(Page::DomainNames, &d.key(), format!("Custom domain name {}", d.name)));
    let plans = account.usage_plans.values();
    let plans = plans.map(move |plan| item(Page::UsagePlans, &plan.id, format!("Usage plan {}", plan.name)));
    let certificates = account.client_certificates.values().map(move |one| {
        let about = one.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        item(Page::ClientCertificates, &one.id, format!("Client certificate {}{about}", one.id))
    });
    let links = account.vpc_links.values();
    let links = links.map(move |link| item(Page::VpcLinks, &link.id, format!("VPC link {}", link.name)));
    let keys = account.api_keys.values();
    let keys = keys.map(move |key| item(Page::ApiKeys, &key.id, format!("API key {}", key_name(key))));
    api.into_iter().flatten().chain(domains).chain(plans).chain(certificates).chain(links).chain(keys)
}

fn of_api(api: &RestApi) -> impl Iterator<Item = (String, Thing)> {
    let item = |page: Page, id: &str, label: String| (label, Thing::Item(page, id.to_owned()));
    let parts = &api.config.parts;
    let authorizers = parts.authorizers.values();
    let authorizers =
        authorizers.map(move |one| item(Page::Authorizers, one.id.as_str(), format!("Authorizer {}", one.name)));
    let models: Vec<_> =
        api.config.models().keys().map(|name| item(Page::Models, name, format!("Model {name}"))).collect();
    let validators = parts.request_validators.values();
    let validators = validators
        .map(move |one| item(Page::Validators, one.id.as_str(), format!("Request validator {}", validator_name(one))));
    let responses = GatewayResponseType::ALL.iter().map(move |kind| {
        item(Page::GatewayResponses, kind.as_str(), format!("Gateway response {}", gateway_response_title(*kind)))
    });
    let documented = api.documentation.parts.values().map(move |part| {
        item(Page::Documentation, &part.id, format!("Documentation of {}", about_part(&part.location)))
    });
    authorizers.chain(models).chain(validators).chain(responses).chain(documented)
}
