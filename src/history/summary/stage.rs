//! Tells what an `UpdateStage` did, as a sentence: from the stage before and after it, not from the patches.

use crate::{
    control_plane::stages::UpdateStage,
    entities::{Canary, RestApi, Stage, Workspace},
};
use std::rc::Rc;

/// Returns the sentence.
pub(super) fn update(command: &UpdateStage, before: &Workspace, after: &Workspace) -> String {
    let name = command.stage_name.as_str();
    let stage = |ws: &Workspace| {
        let api = ws.api(&command.rest_api_id)?;
        Some((api.clone(), api.stages.get(name)?.clone()))
    };
    let (Some((_, was)), Some((api, is))) = (stage(before), stage(after)) else {
        return format!("Changed the stage {name}");
    };
    if was.deployment_id != is.deployment_id {
        let deployment = short(&api, &is.deployment_id);
        let promoted =
            was.canary_is(&is.deployment_id) && command.patch_operations.iter().any(|patch| patch.op == "copy");
        return if promoted {
            format!("Promoted the canary of {name}: {deployment}")
        } else {
            format!("Pointed {name} at {deployment}")
        };
    }
    match (&was.canary, &is.canary) {
        (Some(_), None) => return format!("Deleted the canary of {name}"),
        (None, Some(canary)) => {
            let deployment = short(&api, &canary.deployment_id);
            return format!("Gave {name} a canary: {deployment} at {} %", canary.percent_traffic);
        }
        (Some(was), Some(is)) if was != is => return canary(name, &api, was, is),
        _ => {}
    }
    match changed(&was, &is)[..] {
        [] => format!("Changed nothing of {name}"),
        [what] => format!("Changed {what} of {name}"),
        _ => format!("Changed settings of {name}"),
    }
}

fn canary(name: &str, api: &RestApi, was: &Canary, is: &Canary) -> String {
    if was.deployment_id != is.deployment_id {
        return format!("Pointed the canary of {name} at {}", short(api, &is.deployment_id));
    }
    if was.percent_traffic != is.percent_traffic {
        return format!("Gave the canary of {name} {} % of the requests", is.percent_traffic);
    }
    format!("Changed the canary of {name}")
}

/// Returns the kinds of settings that changed.
fn changed(was: &Rc<Stage>, is: &Rc<Stage>) -> Vec<&'static str> {
    let cache =
        was.cache_cluster_enabled != is.cache_cluster_enabled || was.cache_cluster_size != is.cache_cluster_size;
    let all = [
        ("the description", was.description != is.description),
        ("variables", was.variables != is.variables),
        ("method settings", was.method_settings != is.method_settings),
        ("the cache", cache),
        ("the access log", was.access_log != is.access_log),
        ("the client certificate", was.client_certificate_id != is.client_certificate_id),
        ("the documentation", was.documentation_version != is.documentation_version),
        ("tracing", was.tracing_enabled != is.tracing_enabled),
    ];
    all.into_iter().filter_map(|(what, differs)| differs.then_some(what)).collect()
}

fn short(api: &RestApi, id: &str) -> String {
    api.deployments.get(id).map_or_else(|| id.to_owned(), |deployment| deployment.short_name())
}
