//! The things that can be found by name, in the palette of commands.

use super::route::{Place, StageTab};
use crate::entities::RestApi;
use std::iter;

/// Tells whether all words of a query stand in a label, whatever their case; the query is in lower case.
pub fn matches(label: &str, query: &str) -> bool {
    let label = label.to_lowercase();
    query.split_whitespace().all(|word| label.contains(word))
}

/// Lists the stages of an API with their tabs, its deployments, resources and methods, each with what it is called.
pub fn in_api(api: &RestApi) -> impl Iterator<Item = (String, Place)> {
    let stages = api.stages.keys().flat_map(|name| {
        let tab = |tab: StageTab| Place::Stage(name.to_string(), tab);
        let tabs = [
            ("", StageTab::Urls),
            (": stage variables", StageTab::Variables),
            (": deployment history", StageTab::History),
            (": canary", StageTab::Canary),
            (": changes", StageTab::Changes),
        ];
        tabs.map(|(what, of)| (format!("Stage {name}{what}"), tab(of)))
    });
    let deployments = api.deployments_newest_first().into_iter().map(|deployment| {
        let about = deployment.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        let label = format!("Deployment {}{about}", deployment.short_name());
        (label, Place::Deployment(deployment.id.to_string()))
    });
    let resources = api.config.tree().into_iter().flat_map(|(_, resource)| {
        let path = api.config.path_of(&resource.id);
        let itself = (format!("Resource {path}"), Place::Resource(resource.id.to_string()));
        let methods = resource.methods.keys().map(move |verb| {
            let place = Place::Method(resource.id.to_string(), *verb, Default::default());
            (format!("Method {verb} {path}"), place)
        });
        iter::once(itself).chain(methods)
    });
    stages.chain(deployments).chain(resources)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{in_api, matches};
    use crate::{control_plane::deployments::CreateDeployment, entities::Timestamp, env::Env, sample};

    #[test]
    fn all_words_have_to_be_there_in_any_order() {
        for (query, found) in
            [("", true), ("dev stage", true), ("STA".to_lowercase().as_str(), true), ("stage prod", false)]
        {
            assert_eq!(matches("Stage dev: changes", query), found, "{query}");
        }
    }

    #[test]
    fn stages_come_first_then_deployments_then_each_resource_with_its_methods() {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let id = session.present().rest_apis.keys().next().expect("BUG: an API").to_string();
        let command = CreateDeployment {
            description: Some("first".into()),
            ..CreateDeployment::new(id.as_str(), Some("dev".to_owned()))
        };
        session.execute(command).expect("BUG: it deploys");
        let api = session.present().api(&id).expect("BUG: the API");
        let labels: Vec<String> = in_api(api).map(|(label, _)| label).collect();
        assert_eq!(labels[..2], ["Stage dev", "Stage dev: stage variables"]);
        assert_eq!(labels[5..9], ["Deployment D1: first", "Resource /", "Method GET /", "Resource /users"]);
    }
}
