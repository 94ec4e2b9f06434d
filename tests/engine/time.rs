//! Looking back, forks, stored forms, comparisons and parts as scripts, for sessions of every operation by chance. That undo,
//! redo, restore and replay are exact stands in `everything`.

use super::{chance::Chance, script::Account, script::contents, script::part_of};
use stagecraft::{
    control_plane::{Command, OPERATIONS},
    dialects::cli::{Failure, Problem, Shell},
    entities::Timestamp,
    env::Env,
    history::{
        Record, Session,
        compare::{Comparison, Content, Version},
        diff::ChangeKind,
    },
    persist::journal,
};

fn env(seed: u64) -> Env {
    Env::new(seed, Timestamp(1_700_000_000_000))
}

fn act(chance: &mut Chance, session: &mut Session) {
    match chance.below(30) {
        0 | 1 => {
            session.undo();
        }
        2 => {
            session.redo();
        }
        3 => {
            let moment = chance.below(session.entries().len() + 1);
            session.restore(moment);
        }
        _ => {
            let row = if session.present().rest_apis.is_empty() { "CreateRestApi" } else { chance.operation().name };
            let row = OPERATIONS.iter().find(|found| found.name == row).expect("BUG: a row");
            if let Some(command) = chance.request(&session.present().clone(), row) {
                let _ = session.execute(command);
            }
        }
    }
}

fn tick(session: &mut Session) {
    let now = session.env.now();
    session.env.set_now(Timestamp(now.0 + 1000));
}

fn by_chance(seed: u64, length: usize) -> (Chance, Session) {
    let (mut chance, mut session) = (Chance::new(seed), Session::new(env(seed)));
    for _ in 0..length {
        tick(&mut session);
        act(&mut chance, &mut session);
    }
    (chance, session)
}

fn records(session: &Session) -> Vec<Record> {
    session.entries().iter().map(|entry| entry.record.clone()).collect()
}

/// Compares all moments, and what can be taken back and done again.
fn check_same(seed: u64, a: &Session, b: &Session) {
    assert_eq!(records(a), records(b), "run {seed}");
    for moment in 0..=a.entries().len() {
        assert_eq!(a.at(moment), b.at(moment), "run {seed}: moment {moment}");
        assert_eq!(a.is_present(moment), b.is_present(moment), "run {seed}: moment {moment}");
    }
    assert_eq!((a.undo_target(), a.redo_target()), (b.undo_target(), b.redo_target()), "run {seed}");
}

#[test]
fn a_fork_is_its_moment_and_what_is_done_in_it_stays_in_it() {
    for seed in 0..12 {
        let (mut chance, session) = by_chance(seed, 200);
        let whole = session.clone();
        for _ in 0..4 {
            let moment = chance.below(session.entries().len() + 1);
            let mut fork = session.fork(env(seed + 1), moment);
            assert_eq!(fork.present(), session.at(moment), "run {seed}: moment {moment}");
            let replayed = Session::replay(env(seed + 2), records(&fork)).unwrap_or_else(|e| panic!("{e}"));
            check_same(seed, &fork, &replayed);
            for _ in 0..40 {
                act(&mut chance, &mut fork);
            }
            let replayed = Session::replay(env(seed + 3), records(&fork)).unwrap_or_else(|e| panic!("{e}"));
            check_same(seed, &fork, &replayed);
            assert_eq!(records(&fork)[..moment], records(&session)[..moment], "run {seed}");
        }
        check_same(seed, &session, &whole);
    }
}

#[test]
fn what_is_stored_is_restored_as_it_was_and_goes_on_alike() {
    for seed in 0..12 {
        let (mut chance, mut session) = by_chance(seed, 150);
        let entries = journal::entries(&session, 0);
        let restored = journal::restore(env(seed + 1), entries.iter().map(String::as_str));
        assert_eq!(restored.fault, None, "run {seed}");
        let mut other = restored.session;
        check_same(seed, &session, &other);
        // Another tab follows.
        let first = session.entries().len();
        for _ in 0..50 {
            tick(&mut session);
            act(&mut chance, &mut session);
        }
        let entries = journal::entries(&session, first);
        journal::extend(&mut other, entries.iter().map(String::as_str)).unwrap_or_else(|e| panic!("run {seed}: {e}"));
        check_same(seed, &session, &other);
    }
}

#[test]
fn refusals_are_beside_the_log() {
    for seed in 0..12 {
        let (_, session) = by_chance(seed, 150);
        assert!(!session.refused().is_empty(), "run {seed}");
        for refusal in session.refused() {
            assert!(refusal.moment <= session.entries().len() && !refusal.name().is_empty(), "run {seed}");
            assert!(session.at(refusal.moment).execute(&asked(refusal), &mut env(seed)).is_err(), "run {seed}");
        }
        let replayed = Session::replay(env(seed), records(&session)).unwrap_or_else(|e| panic!("{e}"));
        assert!(replayed.refused().is_empty());
    }
}

fn asked(refusal: &stagecraft::history::Refusal) -> Command {
    match &refusal.asked {
        stagecraft::history::Asked::Command(command) => command.clone(),
        stagecraft::history::Asked::Message { .. } => unreachable!("BUG: a session is asked by commands"),
    }
}

/// Returns what is added, removed and changed.
fn counts(comparison: &Comparison) -> [usize; 3] {
    let kinds = comparison.frozen.iter().map(|c| c.kind).chain(comparison.outside.iter().map(|c| c.kind));
    kinds.fold([0; 3], |mut counts, kind| {
        counts[match kind {
            ChangeKind::Added => 0,
            ChangeKind::Removed => 1,
            ChangeKind::Changed | ChangeKind::Moved => 2,
        }] += 1;
        counts
    })
}

#[test]
fn a_comparison_is_the_same_both_ways_and_empty_for_what_is_the_same() {
    for seed in 0..8 {
        let (mut chance, session) = by_chance(seed, 200);
        let shown = session.present();
        for (id, api) in &shown.rest_apis {
            let mut versions = vec![Version::WorkingCopy];
            versions.extend(api.stages.keys().map(|name| Version::Stage(name.to_string())));
            versions.extend(api.deployments.keys().map(|id| Version::Deployment(id.to_string())));
            versions.extend((0..4).map(|_| Version::Moment(chance.below(session.entries().len() + 1))));
            let sides: Vec<Content> = versions
                .iter()
                .inspect(|version| assert_eq!(Version::parse(&version.to_string()).as_ref(), Some(*version)))
                .filter_map(|version| Content::of(&session, shown, id.as_str(), version).ok())
                .collect();
            for (a, b) in sides.iter().flat_map(|a| sides.iter().map(move |b| (a, b))) {
                let (there, back) = (Comparison::between(a, b), Comparison::between(b, a));
                let ([added, removed, changed], back) = (counts(&there), counts(&back));
                assert_eq!([removed, added, changed], back, "run {seed}: {} and {}", a.name, b.name);
                assert!(a.name != b.name || there.count() == 0, "run {seed}: {}", a.name);
                assert!(!there.headline(a, b).is_empty());
            }
        }
    }
}

#[test]
fn two_parts_as_scripts_make_what_the_whole_makes() {
    let (mut made, mut asked) = (0, 0);
    for seed in 0..40 {
        // In one moment, so that the times are equal.
        let (mut chance, mut session) = (Chance::new(seed), Session::new(env(seed)));
        for _ in 0..120 {
            act(&mut chance, &mut session);
        }
        let length = session.entries().len();
        let split = chance.below(length) + 1;
        // The second part may go on from another moment than the one that the first ends at.
        let first = session.leading_to(split);
        if session.leading_to(session.range(split + 1, length).1) != first {
            continue;
        }
        let mut account = Account(Session::new(env(seed + 1000)));
        for ran in Shell::new().run(&mut account, &part_of(&session, 1, split, "")) {
            assert_eq!(ran.failure.map(|failure| failure.text()), None, "run {seed}");
        }
        let text = part_of(&session, split + 1, length, "The rest");
        let failures = Shell::new().run(&mut account, &text).into_iter().filter_map(|ran| ran.failure);
        let failures: Vec<Failure> = failures.collect();
        match &failures[..] {
            [] => {
                let (all, parts) = (contents(&session), contents(&account.0));
                let differs = all.iter().zip(&parts).find(|(a, b)| a != b);
                assert!(differs.is_none() && all.len() == parts.len(), "run {seed}: {differs:?}\n{text}");
                made += 1;
            }
            [Failure::Line(error)] if matches!(error.problem, Problem::Demanded { .. }) => asked += 1,
            other => panic!("run {seed}: {}\n{text}", other[0].text()),
        }
    }
    assert!(made >= 5 && asked >= 1, "{made} made, {asked} asked");
}
