//! One sentence per operation, for the history, for undo and for a screen reader.

mod account;
mod parts;
mod stage;

use super::session::{Act, RestoredBy};
use crate::{
    control_plane::Command,
    entities::{RestApi, Workspace},
};

/// Returns what an act did, as a short sentence; `before` and `after` give ids their names.
pub fn summary(act: &Act, before: &Workspace, after: &Workspace) -> String {
    match act {
        Act::Command(command) => command_summary(command, before, after),
        Act::Moved(place) => format!("Workspace moved to {} in account {}", place.region, place.account_id),
        Act::Restored { by: RestoredBy::Undo, .. } => "Undo".into(),
        Act::Restored { by: RestoredBy::Redo, .. } => "Redo".into(),
        Act::Restored { to, by: RestoredBy::Choice } => format!("Went back to moment {to}"),
    }
}

fn command_summary(command: &Command, before: &Workspace, after: &Workspace) -> String {
    let path = |api: &str, resource: &str| {
        let find = |ws: &Workspace| ws.api(api).map(|a| a.config.path_of(resource)).filter(|path| !path.is_empty());
        find(after).or_else(|| find(before)).unwrap_or_else(|| resource.to_owned())
    };
    let name = |api: &str| {
        let find = |ws: &Workspace| ws.api(api).map(|a| a.config.settings.name.clone());
        find(after).or_else(|| find(before)).unwrap_or_else(|| api.to_owned())
    };
    let short = |ws: &Workspace, api: &str, id: &str| {
        ws.api(api).and_then(|a| a.deployments.get(id)).map_or_else(|| id.to_owned(), |d| d.short_name())
    };
    match command {
        Command::CreateRestApi(c) => format!("Created the API {}", c.name),
        Command::UpdateRestApi(c) => format!("Changed settings of {}", name(&c.rest_api_id)),
        Command::DeleteRestApi(c) => format!("Deleted the API {}", name(&c.rest_api_id)),
        Command::CreateResource(c) => {
            let parent = path(&c.rest_api_id, &c.parent_id);
            format!("Created {}/{}", parent.trim_end_matches('/'), c.path_part)
        }
        Command::UpdateResource(c) => {
            let old = before.api(&c.rest_api_id).map(|a| a.config.path_of(&c.resource_id)).unwrap_or_default();
            format!("Moved {old} to {}", path(&c.rest_api_id, &c.resource_id))
        }
        Command::DeleteResource(c) => format!("Deleted {}", path(&c.rest_api_id, &c.resource_id)),
        Command::PutMethod(c) => format!("Created {} {}", c.http_method, path(&c.rest_api_id, &c.resource_id)),
        Command::UpdateMethod(c) => format!("Changed {} {}", c.http_method, path(&c.rest_api_id, &c.resource_id)),
        Command::DeleteMethod(c) => format!("Deleted {} {}", c.http_method, path(&c.rest_api_id, &c.resource_id)),
        Command::PutMethodResponse(c) => {
            response("Added method response", &c.status_code, &c.http_method, &path(&c.rest_api_id, &c.resource_id))
        }
        Command::UpdateMethodResponse(c) => {
            response("Changed method response", &c.status_code, &c.http_method, &path(&c.rest_api_id, &c.resource_id))
        }
        Command::DeleteMethodResponse(c) => {
            response("Deleted method response", &c.status_code, &c.http_method, &path(&c.rest_api_id, &c.resource_id))
        }
        Command::PutIntegration(c) => {
            let path = path(&c.rest_api_id, &c.resource_id);
            format!("Gave {} {path} a {} integration", c.http_method, c.integration_type)
        }
        Command::UpdateIntegration(c) => {
            format!("Changed the integration of {} {}", c.http_method, path(&c.rest_api_id, &c.resource_id))
        }
        Command::DeleteIntegration(c) => {
            format!("Deleted the integration of {} {}", c.http_method, path(&c.rest_api_id, &c.resource_id))
        }
        Command::PutIntegrationResponse(c) => {
            response("Set integration response", &c.status_code, &c.http_method, &path(&c.rest_api_id, &c.resource_id))
        }
        Command::UpdateIntegrationResponse(c) => response(
            "Changed integration response",
            &c.status_code,
            &c.http_method,
            &path(&c.rest_api_id, &c.resource_id),
        ),
        Command::DeleteIntegrationResponse(c) => response(
            "Deleted integration response",
            &c.status_code,
            &c.http_method,
            &path(&c.rest_api_id, &c.resource_id),
        ),
        Command::CreateDeployment(c) => {
            let made = after.api(&c.rest_api_id).map_or_else(String::new, newest);
            match c.stage_name.as_deref().filter(|stage| !stage.is_empty()) {
                Some(stage) if c.canary_settings.is_some() => format!("Deployed {made} to the canary of {stage}"),
                Some(stage) => format!("Deployed {made} to {stage}"),
                None => format!("Made {made}, on no stage"),
            }
        }
        Command::UpdateDeployment(c) => format!("Described {}", short(after, &c.rest_api_id, &c.deployment_id)),
        Command::DeleteDeployment(c) => format!("Deleted {}", short(before, &c.rest_api_id, &c.deployment_id)),
        Command::CreateStage(c) => {
            format!("Created the stage {} on {}", c.stage_name, short(after, &c.rest_api_id, &c.deployment_id))
        }
        Command::UpdateStage(c) => stage::update(c, before, after),
        Command::DeleteStage(c) => format!("Deleted the stage {}", c.stage_name),
        Command::FlushStageCache(c) => format!("Emptied the cache of {}", c.stage_name),
        Command::FlushStageAuthorizersCache(c) => format!("Emptied the authorizers' cache of {}", c.stage_name),
        other => parts::summary(other, before, after).unwrap_or_else(|| account::summary(other, before, after)),
    }
}

fn response(what: &str, status: &str, method: &str, path: &str) -> String {
    format!("{what} {status} of {method} {path}")
}

fn newest(api: &std::rc::Rc<RestApi>) -> String {
    format!("D{}", api.next_deployment_number.saturating_sub(1))
}
