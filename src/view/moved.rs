//! Tells whether an answer is from before: whether another deployment would answer now.

use crate::{
    data_plane::{Invocation, StageStep, Step},
    entities::Workspace,
};

/// Returns what the stage of a call has come to since, in a sentence; `None` while the call would still be answered by the
/// deployment that has answered it.
pub fn moved(ws: &Workspace, invocation: &Invocation) -> Option<String> {
    let id = invocation.api_id.as_ref()?;
    if let Some(Step::Stage(StageStep::Unknown(name))) = invocation.trace.failed() {
        let is_there = ws.api(id)?.stages.contains_key(name.as_str());
        return is_there.then(|| format!("There is a stage {name} now: this answer is from before."));
    }
    let (stage, number) = (invocation.stage.as_ref()?, invocation.deployment_number?);
    let deployment = invocation.deployment_id.as_ref()?;
    let Some((api, now)) = ws.api(id).and_then(|api| Some((api, api.stages.get(stage.as_str())?))) else {
        return Some(format!("There is no stage {stage} any more: this answer is from before."));
    };
    if now.deployment_id == *deployment || now.canary_is(deployment) {
        return None;
    }
    let active = api.deployment_of(now)?.number;
    Some(format!("{stage} points at D{active} now: this answer is from before, when D{number} gave it."))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::moved;
    use crate::{
        control_plane::{deployments::CreateDeployment, stages::DeleteStage},
        data_plane::{self, Local, Request, Runtime},
        entities::Timestamp,
        env::Env,
        sample,
    };

    #[test]
    fn an_answer_is_from_before_once_its_stage_has_moved_come_or_gone() {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let api = session.present().rest_apis.keys().next().expect("BUG: an API").to_string();
        let url = format!("{}/users", session.present().place.invoke_url(&api, "dev"));
        let call = |session: &crate::history::Session| {
            let ws = session.present().clone();
            let request = Request { method: "GET".into(), url: url.clone(), headers: Vec::new(), body: String::new() };
            let mut env = session.env.clone();
            data_plane::invoke_at_once(&ws, &mut Runtime::new(), &request, &mut env, &mut Local::of(&ws))
        };
        let deploy = |session: &mut crate::history::Session| {
            session.execute(CreateDeployment::new(api.as_str(), Some("dev".to_owned()))).expect("BUG: it deploys");
        };
        let missing = call(&session);
        assert_eq!(moved(session.present(), &missing), None);
        deploy(&mut session);
        assert_eq!(
            moved(session.present(), &missing).as_deref(),
            Some("There is a stage dev now: this answer is from before.")
        );
        let first = call(&session);
        assert_eq!(moved(session.present(), &first), None);
        deploy(&mut session);
        assert_eq!(
            moved(session.present(), &first).as_deref(),
            Some("dev points at D2 now: this answer is from before, when D1 gave it.")
        );
        session.undo();
        assert_eq!(moved(session.present(), &first), None, "it points at the first again");
        session.execute(DeleteStage { rest_api_id: api.clone(), stage_name: "dev".into() }).expect("BUG: it goes");
        assert_eq!(
            moved(session.present(), &first).as_deref(),
            Some("There is no stage dev any more: this answer is from before.")
        );
    }
}
