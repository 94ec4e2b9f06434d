//! The map in sentences: all of it, for those who cannot see it, and what changed between two of them.

use super::{
    facts::{CanaryFact, Facts, StageFact},
    outside::DomainFact,
    scene::Scene,
};
use crate::text::counted;

/// Returns what the map shows, a sentence each.
pub fn describe(scene: &Scene) -> Vec<String> {
    let facts = &scene.facts;
    let mut out = vec![working_copy(facts)];
    for deployment in facts.deployments.iter().filter(|d| !d.spare && d.is_idle()) {
        out.push(format!("No stage points at deployment {}.", deployment.name));
    }
    match facts.spare() {
        0 => {}
        n => out.push(format!("No stage points at {n} older deployments.")),
    }
    out.extend(facts.stages.iter().map(stage));
    if facts.stages.is_empty() {
        out.push("Nothing is callable: there is no stage.".into());
    }
    out
}

fn working_copy(facts: &Facts) -> String {
    match (facts.undeployed(), facts.deployments.first()) {
        (Some(0), Some(newest)) => {
            format!("The working copy of {} is the same as deployment {}.", facts.api, newest.name)
        }
        (Some(n), Some(_)) => format!("The working copy of {} has {} not deployed.", facts.api, counted(n, "change")),
        _ => format!("The working copy of {} was never deployed.", facts.api),
    }
}

fn stage(stage: &StageFact) -> String {
    let state = match stage.behind {
        0 => "up to date with the working copy".to_owned(),
        n => format!("{} behind the working copy", counted(n, "change")),
    };
    let canary = stage.canary.as_ref().map(|canary| format!("its {}; ", of_canary(canary))).unwrap_or_default();
    let domains: Vec<String> = stage.domains.iter().map(DomainFact::url).collect();
    let also = if domains.is_empty() { String::new() } else { format!(" It also answers at {}.", domains.join(", ")) };
    let signs: Vec<&str> = stage.signs.iter().map(|sign| sign.text.as_str()).collect();
    let has = if signs.is_empty() { String::new() } else { format!(" It has: {}.", signs.join(", ")) };
    format!(
        "Stage {} points at deployment {}, {state}; {canary}its invoke URL is {}.{also}{has}",
        stage.name, stage.deployment_name, stage.url
    )
}

/// Says of a canary: `canary D2 takes 10 % of the requests`.
pub(super) fn of_canary(canary: &CanaryFact) -> String {
    format!("canary {} takes {} of the requests", canary.name, canary.percent())
}

/// Returns what changed from one map to the next, a sentence each; nothing when only the way of drawing changed.
pub fn announce(old: &Facts, new: &Facts) -> Vec<String> {
    let mut out = Vec::new();
    for deployment in &new.deployments {
        if !old.deployments.iter().any(|d| d.id == deployment.id) {
            out.push(format!("Deployment {} was made.", deployment.name));
        }
    }
    for deployment in &old.deployments {
        if !new.deployments.iter().any(|d| d.id == deployment.id) {
            out.push(format!("Deployment {} was deleted.", deployment.name));
        }
    }
    for stage in &new.stages {
        match old.stages.iter().find(|s| s.name == stage.name) {
            None => out.push(format!("Stage {} was created and points at {}.", stage.name, stage.deployment_name)),
            Some(was) if was.deployment != stage.deployment => {
                out.push(format!("{} now points at {}.", stage.name, stage.deployment_name));
            }
            Some(_) => {}
        }
        let before = old.stages.iter().find(|s| s.name == stage.name);
        let answers = |of: &StageFact, domain: &DomainFact| of.domains.contains(domain);
        for domain in stage.domains.iter().filter(|domain| !before.is_some_and(|before| answers(before, domain))) {
            out.push(format!("{} now leads to {}.", domain.url(), stage.name));
        }
        for domain in before.iter().flat_map(|s| &s.domains).filter(|domain| !answers(stage, domain)) {
            out.push(format!("{} no longer leads to {}.", domain.url(), stage.name));
        }
        let was = before.and_then(|s| s.canary.as_ref());
        match (was, &stage.canary) {
            (was, Some(canary)) if was != Some(canary) => {
                out.push(format!(
                    "The canary of {}, {}, takes {} of its requests.",
                    stage.name,
                    canary.name,
                    canary.percent()
                ));
            }
            (Some(_), None) => out.push(format!("{} has no canary any more.", stage.name)),
            _ => {}
        }
    }
    for stage in &old.stages {
        if !new.stages.iter().any(|s| s.name == stage.name) {
            out.push(format!("Stage {} was deleted; its URL no longer answers.", stage.name));
        }
    }
    let (was, is) = (old.deployments.first(), new.deployments.first());
    match (was, is) {
        (Some(was), Some(is)) if was.id == is.id && was.behind != is.behind => out.push(working_copy(new)),
        _ => {}
    }
    out
}
