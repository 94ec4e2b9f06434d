//! A request as the steps in API Gateway's console that send it.
//!
//! The console's labels are those of its current form, as documented in the developer guide's procedures; a label that the
//! guide does not name is assumed, and so is that a thing has no place there. The only dialect that knows operations by name.

mod given;
mod stage;
mod table;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod words;

use crate::{control_plane::Command, entities::Workspace};
use given::Given;
use table::STEPS;

/// Returns the steps; `before` gives ids their names.
pub fn print(command: &Command, before: &Workspace) -> Vec<String> {
    let input = command.input();
    let given = Given { input: &input, before };
    let name = &*command.row().id().stored();
    let steps = match (name, STEPS.iter().find(|(operation, _)| *operation == name)) {
        ("CreateDeployment", _) => stage::deploy(&given),
        ("UpdateStage", _) => stage::update(&given),
        (_, Some((_, lines))) => given.fill(lines),
        (_, None) => vec![look(command)],
    };
    std::iter::once(given.entrance()).chain(steps).collect()
}

/// Returns where the console shows what a request asks for that only reads.
fn look(command: &Command) -> String {
    let uri = command.row().uri;
    let page = PAGES.iter().find(|(part, _)| uri.contains(part)).map_or("the list of APIs", |(_, page)| *page);
    format!("Go to {page}: it is shown there.")
}

/// Parts of URIs, and the pages of the console that they belong to; the first that fits.
const PAGES: [(&str, &str); 20] = [
    ("/requestvalidators", "Resources, and there to the tab Method request of a method"),
    ("/integration", "Resources, and there to the method's tabs Integration request and Integration response"),
    ("/methods", "Resources, and there to the method's tabs Method request and Method response"),
    ("/resources", "Resources"),
    ("/models", "Models"),
    ("/authorizers", "Authorizers"),
    ("/gatewayresponses", "Gateway responses"),
    ("/documentation", "Documentation"),
    ("/deployments", "Stages, and there to the tab Deployment history of a stage"),
    ("/stages", "Stages"),
    ("/basepathmappings", "Custom domain names, and there to the tab API mappings"),
    ("/domainnames", "Custom domain names"),
    ("/usage", "Usage plans"),
    ("/apikeys", "API keys"),
    ("/clientcertificates", "Client certificates"),
    ("/vpclinks", "VPC links"),
    ("/account", "Settings"),
    ("/tags", "the page of what has the tags"),
    ("/restapis/{restapi_id}", "API settings"),
    ("/restapis", "APIs"),
];
