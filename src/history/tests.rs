//! The log: steps, undo, redo, restore and replay.

use super::{Act, Asked, Record, ReplayError, RestoredBy, Sender, Session, summary};
use crate::{
    control_plane::{
        Command, OperationName, PatchOperation, Service, canaries, deployments::CreateDeployment,
        deployments::DeleteDeployment, resources::CreateResource, stages::UpdateStage,
    },
    entities::{Edition, Timestamp, Workspace},
    env::Env,
    sample,
};
use std::rc::Rc;

fn session() -> Session {
    sample::session(Env::new(7, Timestamp(1_700_000_000_000))).expect("BUG: the sample")
}

fn api(session: &Session) -> String {
    session.present().rest_apis.keys().next().map(ToString::to_string).unwrap_or_default()
}

fn deploy(session: &Session, stage: &str) -> Command {
    CreateDeployment::new(api(session), Some(stage.into())).into()
}

fn records(session: &Session) -> Vec<Record> {
    session.entries().iter().map(|entry| entry.record.clone()).collect()
}

fn replayed(session: &Session) -> Session {
    Session::replay(Env::new(99, Timestamp(0)), records(session)).expect("a log that was made here replays")
}

#[test]
fn what_a_workspace_begins_with_cannot_be_undone() {
    let mut session = session();
    assert!(!session.undo());
    assert_eq!(session.present().rest_apis.len(), 1);
}

#[test]
fn undo_takes_back_a_deployment_and_its_stage_and_redo_brings_the_same_ids() {
    let mut session = session();
    let before = session.present().clone();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let after = session.present().clone();
    assert!(session.undo());
    assert_eq!(*session.present(), before);
    assert!(session.redo());
    assert_eq!(*session.present(), after);
    assert!(!session.redo());
}

#[test]
fn a_new_step_ends_redo_and_loses_nothing_of_the_log() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    session.undo();
    session.execute(deploy(&session, "prod")).expect("deploys");
    assert_eq!(session.redo_target(), None);
    let acts = session.entries().iter().rev().take(3).map(|op| matches!(op.record.act, Act::Restored { .. }));
    assert_eq!(acts.collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn several_undos_walk_back_and_as_many_redos_forward() {
    let mut session = session();
    let mut states = vec![session.present().clone()];
    for stage in ["a", "b", "c"] {
        session.execute(deploy(&session, stage)).expect("deploys");
        states.push(session.present().clone());
    }
    for expected in states[..3].iter().rev() {
        assert!(session.undo());
        assert_eq!(session.present(), expected);
    }
    for expected in &states[1..] {
        assert!(session.redo());
        assert_eq!(session.present(), expected);
    }
}

#[test]
fn restoring_a_moment_can_be_undone_and_restoring_the_present_is_nothing() {
    let mut session = session();
    let start = session.entries().len();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let deployed = session.present().clone();
    assert!(session.restore(start));
    assert!(session.present().rest_apis.values().all(|api| api.stages.is_empty()));
    assert!(!session.restore(start));
    assert!(session.undo());
    assert_eq!(*session.present(), deployed);
}

#[test]
fn a_fork_is_the_log_up_to_a_moment_and_the_session_stays() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    session.undo();
    session.execute(deploy(&session, "prod")).expect("deploys");
    let (all, length) = (records(&session), session.entries().len());
    for moment in 0..=length + 1 {
        let mut fork = session.fork(Env::new(8, Timestamp(0)), moment);
        let kept = moment.min(length);
        assert_eq!(records(&fork), all[..kept]);
        assert_eq!(fork.present(), session.at(kept));
        let again = Session::replay(Env::new(9, Timestamp(0)), records(&fork)).expect("it replays");
        assert_eq!((fork.undo_target(), fork.redo_target()), (again.undo_target(), again.redo_target()));
        fork.undo();
    }
    assert_eq!(records(&session), all);
}

#[test]
fn refused_requests_are_kept_beside_the_log_so_many_of_them() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let (before, length) = (session.present().clone(), session.entries().len());
    let missing: Command = DeleteDeployment { rest_api_id: api(&session), deployment_id: "nope".into() }.into();
    for _ in 0..150 {
        session.execute(missing.clone()).expect_err("there is no such deployment");
    }
    session.set_sender(Sender::Script);
    let step = session.transact(|transaction| {
        transaction.execute(deploy_of(transaction.present(), "prod"))?;
        transaction.execute(missing.clone())
    });
    assert!(step.is_err());
    let kept = session.refused();
    let last = kept.last().expect("a refusal");
    let numbers: Vec<u64> = kept.iter().map(|refusal| refusal.number - kept[0].number).collect();
    assert_eq!(numbers, (0..100).collect::<Vec<u64>>());
    assert_eq!((kept[0].sender, last.sender, last.moment), (Sender::Page, Sender::Script, length));
    assert_eq!((last.name(), &*last.error.code, last.error.status), ("DeleteDeployment", "NotFoundException", 404));
    assert_eq!((session.present(), session.entries().len()), (&before, length));
    assert!(replayed(&session).refused().is_empty());
    session.undo();
    assert_eq!(session.refused().len(), 100, "undo takes nothing of them back");
    let fork = |moment| session.fork(Env::new(8, Timestamp(0)), moment).refused().len();
    assert_eq!((fork(length - 1), fork(length)), (0, 100));
}

#[test]
fn of_a_long_refused_request_its_beginning_is_kept() {
    let id = |name| OperationName { service: Service::API_GATEWAY, name };
    let message = Asked::message(Some(id("CreateRestApi")), "POST", &"/é".repeat(9_000), &"é".repeat(20_000));
    assert!(
        matches!(message, Asked::Message { path, body, .. } if (path.chars().count(), body.chars().count()) == (10_000, 10_000))
    );
    let mut session = session();
    let long: Command = DeleteDeployment { rest_api_id: api(&session), deployment_id: "x".repeat(100_000) }.into();
    session.execute(long).expect_err("there is no such deployment");
    let kept = session.refused().last().expect("it is kept");
    assert_eq!(kept.operation(), Some(id("DeleteDeployment")));
    assert!(matches!(&kept.asked, Asked::Message { path, .. } if path.len() == 10_000));
}

#[test]
fn refusals_of_other_pages_come_among_ones_own() {
    let (mut here, mut there) = (session(), session());
    let missing = |session: &Session| DeleteDeployment { rest_api_id: api(session), deployment_id: "nope".into() };
    let refuse = |session: &mut Session, time| {
        session.env.set_now(Timestamp(time));
        let request = missing(session);
        session.execute(request).expect_err("there is no such deployment");
    };
    (1..4).for_each(|at| refuse(&mut there, at * 1_000));
    (0..3).for_each(|at| refuse(&mut here, at * 1_000 + 500));
    let of = |page: &Session| page.refused().iter().map(|refusal| (**refusal).clone()).collect::<Vec<_>>();
    here.take_refused(of(&there));
    here.take_refused(of(&there));
    let times: Vec<i64> = here.refused().iter().map(|refusal| refusal.time.0).collect();
    assert_eq!(times, [500, 1_000, 1_500, 2_000, 2_500, 3_000]);
    // What is new comes after all of them, whatever the clock says.
    refuse(&mut here, 700);
    assert_eq!(here.refused().last().map(|refusal| refusal.time), Some(Timestamp(700)));
    (0..200).for_each(|_| refuse(&mut there, 9_000));
    here.take_refused(of(&there));
    assert_eq!((here.refused().len(), here.refused()[0].time), (100, Timestamp(9_000)));
}

fn deploy_of(workspace: &Workspace, stage: &str) -> Command {
    let api = workspace.rest_apis.keys().next().map(ToString::to_string).unwrap_or_default();
    CreateDeployment::new(api, Some(stage.into())).into()
}

#[test]
fn a_step_is_all_or_nothing() {
    let mut session = session();
    let before = (session.present().clone(), session.entries().len());
    let api_id = api(&session);
    let root = session.present().api(&api_id).map(|api| api.config.root_id().to_string()).unwrap_or_default();
    let child =
        |part: &str| CreateResource { rest_api_id: api_id.clone(), parent_id: root.clone(), path_part: part.into() };
    let refused = session.transact(|transaction| {
        transaction.execute(child("orders"))?;
        transaction.execute(child("users"))
    });
    assert!(refused.is_err());
    assert_eq!((session.present().clone(), session.entries().len()), before);
}

#[test]
fn a_refused_command_leaves_no_entry() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let length = session.entries().len();
    let id = session.present().rest_apis.values().next().and_then(|api| api.deployments.keys().next().cloned());
    let refused = session.execute(DeleteDeployment {
        rest_api_id: api(&session),
        deployment_id: id.map(|id| id.to_string()).unwrap_or_default(),
    });
    let error = refused.expect_err("a deployment in use stays");
    assert_eq!(error.to_string(), "Active stages pointing to this deployment must be moved or deleted");
    assert!(error.hint().is_some_and(|hint| hint.contains("dev")));
    assert_eq!(session.entries().len(), length);
}

#[test]
fn a_replay_gives_the_same_workspace_ids_times_and_undo_stack() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    session.env.set_now(Timestamp(1_700_000_100_000));
    session.execute(deploy(&session, "prod")).expect("deploys");
    session.undo();
    let mut again = replayed(&session);
    assert_eq!(again.present(), session.present());
    assert_eq!(records(&again), records(&session));
    assert!(again.redo() && session.redo());
    assert_eq!(again.present(), session.present());
}

#[test]
fn a_log_that_was_tampered_with_is_refused_with_its_place() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let good = records(&session);
    let last = good.len() - 1;
    let check = |name: &str, change: &dyn Fn(&mut Vec<Record>)| {
        let mut bad = good.clone();
        change(&mut bad);
        let error = Session::replay(Env::new(1, Timestamp(0)), bad).expect_err(name);
        (name.to_owned(), error.to_string())
    };
    let number = last + 1;
    let rows = [
        check("no id", &|log| log[last].ids.clear()),
        check("an id of another form", &|log| log[last].ids = vec![Rc::from("<script>")]),
        check("an id too many", &|log| log[last].ids.push(Rc::from("abcdef"))),
        check("a moment to come", &|log| log[last].act = Act::Restored { to: 999, by: RestoredBy::Choice }),
        check("an undo of nothing", &|log| log[last].act = Act::Restored { to: 0, by: RestoredBy::Undo }),
        check("a step that is over", &|log| log.push(Record { transaction: 0, ..log[0].clone() })),
    ];
    for (name, error) in &rows[..5] {
        assert!(error.contains(&format!("operation {number}")), "{name}: {error}");
    }
    assert_eq!(rows[5].1, ReplayError::Transaction { number: number + 1 }.to_string());
}

#[test]
fn a_change_of_a_stage_is_told_from_what_it_did() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let second = session.execute(CreateDeployment::new(api(&session), None)).expect("deploys");
    let second = second.text("id").unwrap_or_default().to_owned();
    let replace = PatchOperation::replace;
    let rows: Vec<(Vec<PatchOperation>, &str)> = vec![
        (vec![replace("/description", "x")], "Changed the description of dev"),
        (vec![replace("/variables/a", "1")], "Changed variables of dev"),
        (vec![replace("/*/*/metrics/enabled", "true")], "Changed method settings of dev"),
        (vec![replace("/cacheClusterEnabled", "true")], "Changed the cache of dev"),
        (vec![replace("/tracingEnabled", "true"), replace("/variables/b", "2")], "Changed settings of dev"),
        (vec![replace("/tracingEnabled", "true")], "Changed nothing of dev"),
        (vec![replace("/canarySettings/percentTraffic", "5")], "Gave dev a canary: D1 at 5 %"),
        (vec![replace("/canarySettings/deploymentId", second.as_str())], "Pointed the canary of dev at D2"),
        (vec![replace("/canarySettings/percentTraffic", "12.5")], "Gave the canary of dev 12.5 % of the requests"),
        (vec![replace("/canarySettings/useStageCache", "true")], "Changed the canary of dev"),
        (canaries::promotion(), "Promoted the canary of dev: D2"),
        (vec![PatchOperation::remove("/canarySettings")], "Deleted the canary of dev"),
    ];
    for (patch_operations, expected) in rows {
        let before = session.present().clone();
        let request = UpdateStage { rest_api_id: api(&session), stage_name: "dev".into(), patch_operations };
        session.execute(request.clone()).expect("it is carried out");
        assert_eq!(summary(&Act::Command(request.into()), &before, session.present()), expected);
    }
}

#[test]
fn what_was_taken_before_there_was_a_rule_is_still_read() {
    let mut session = session();
    session.execute(deploy(&session, "dev")).expect("deploys");
    let update = |path: &str, value: &str| -> Command {
        let patch_operations = vec![PatchOperation::replace(path, value)];
        UpdateStage { rest_api_id: api(&session), stage_name: "dev".into(), patch_operations }.into()
    };
    for (path, value) in
        [("/accessLogSettings/destinationArn", "arn:aws:s3:::b"), ("/users/FETCH/metrics/enabled", "true")]
    {
        let mut records = records(&session);
        let last = records.last().cloned().expect("a deployment");
        let act = Act::Command(update(path, value));
        records.push(Record { act, transaction: last.transaction + 1, ids: Vec::new(), ..last });
        let under = |edition| {
            let mut records = records.clone();
            records.iter_mut().for_each(|record| record.edition = edition);
            Session::replay(Env::new(9, Timestamp(0)), records).is_ok()
        };
        assert_eq!((under(Edition::First), under(Edition::Second)), (true, false), "{path}");
        assert!(session.clone().execute(update(path, value)).is_err(), "{path}");
    }
}
