//! Stored entries and workspace files: exact round trips over random sessions, and what becomes of damaged ones.

pub(super) mod sessions;

use super::{file, journal, record, refusal};
use crate::{
    control_plane::{ApiError, Command, Members, OperationName, Service},
    entities::{AccountId, Edition, Place, Region, Timestamp},
    env::Env,
    history::{Act, Asked, Record, RestoredBy, Sender, Session},
    sample,
};
use expect_test::expect;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::rc::Rc;

fn env() -> Env {
    Env::new(5, Timestamp(0))
}

fn records(session: &Session) -> Vec<Record> {
    session.entries().iter().map(|entry| entry.record.clone()).collect()
}

fn record(act: Act) -> Record {
    Record { transaction: 3, time: Timestamp(1_700_000_000_123), edition: Edition::First, act, ids: Vec::new() }
}

fn command(name: &str, input: Value) -> Command {
    let Value::Object(input) = input else { panic!("an object") };
    Command::parse(Service::API_GATEWAY, name, input).expect("a command")
}

#[test]
fn a_stored_entry_is_one_line_in_awss_shape() {
    let deploy = command("CreateDeployment", json!({ "restApiId": "a1b2c3d4e5", "stageName": "d\nev" }));
    let place = Place {
        region: Region::parse("cn-north-1").expect("a region"),
        account_id: AccountId::parse("000000000001").expect("an account"),
    };
    let lines = [
        record::print(&Record { ids: vec![Rc::from("abc123")], ..record(Act::Command(deploy)) }),
        record::print(&Record { edition: Edition::Second, ..record(Act::Moved(place)) }),
        record::print(&record(Act::Restored { to: 2, by: RestoredBy::Undo })),
    ];
    expect![[r#"
        {"step":3,"time":1700000000123,"operation":"CreateDeployment","input":{"restApiId":"a1b2c3d4e5","stageName":"d\nev"},"ids":["abc123"]}
        {"step":3,"time":1700000000123,"edition":2,"moved":{"region":"cn-north-1","accountId":"000000000001"}}
        {"step":3,"time":1700000000123,"restored":2,"by":"undo"}"#]]
    .assert_eq(&lines.join("\n"));
    for line in lines {
        assert_eq!(record::print(&record::parse(&line).expect("it was written here")), line);
    }
}

#[test]
fn an_entry_that_cannot_be_read_says_why() {
    let with = |change: &dyn Fn(&mut Members)| {
        let mut value = json!({ "step": 1, "time": 5, "operation": "DeleteStage", "input": { "restApiId": "a", "stageName": "b" } });
        change(value.as_object_mut().expect("an object"));
        value.to_string()
    };
    let set = |name: &'static str, value: Value| {
        with(&|members| {
            members.insert(name.to_owned(), value.clone());
        })
    };
    let rows = [
        String::new(),
        "[]".into(),
        "[".repeat(10_000),
        set("v", json!(2)),
        set("v", json!("1")),
        set("edition", json!(3)),
        set("edition", json!(0)),
        set("edition", json!(2.5)),
        set("step", json!(-1)),
        set("step", json!(4_294_967_295_u32)),
        set("time", json!(9e15)),
        set("time", json!(i64::MAX)),
        set("operation", json!("ImportMoon")),
        set("operation", json!("apigatewayv2:DeleteStage")),
        set("operation", json!("apigateway:DeleteStage")),
        set("operation", json!("GetStage")),
        set("operation", json!(["DeleteStage"])),
        set("input", json!({ "restApiId": "a" })),
        set("input", json!({ "restApiId": "a", "stageName": 7 })),
        set("input", json!({ "restApiId": "a", "stageName": "b", "force": true })),
        set("ids", json!("abc")),
        set("ids", json!([1])),
        r#"{"step":1,"time":5,"moved":{"region":"mars","accountId":"123456789012"}}"#.into(),
        r#"{"step":1,"time":5,"restored":-1,"by":"undo"}"#.into(),
        r#"{"step":1,"time":5,"restored":1,"by":"magic"}"#.into(),
    ];
    let errors: Vec<String> = rows.iter().map(|row| record::parse(row).expect_err(row).to_string()).collect();
    expect![[r#"
        it is not a JSON object
        it is not a JSON object
        it is nested too deep
        a newer version of Stagecraft wrote it (version 2); reload the page to get that version
        its member "v" is missing or not valid
        a newer version of Stagecraft wrote it (edition 3 of the rules); reload the page to get that version
        its member "edition" is missing or not valid
        its member "edition" is missing or not valid
        its member "step" is missing or not valid
        its member "step" is missing or not valid
        its member "time" is missing or not valid
        its member "time" is missing or not valid
        the operation "ImportMoon" is not known to this version of Stagecraft
        the service "apigatewayv2" is not known to this version of Stagecraft
        the service "apigateway" is not known to this version of Stagecraft
        GetStage only reads and cannot be a part of a history
        its member "operation" is missing or not valid
        DeleteStage: 1 validation error detected: Value null at 'stageName' failed to satisfy constraint: Member must not be null
        DeleteStage: class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String
        DeleteStage has no member "force" in this version of Stagecraft
        its member "ids" is missing or not valid
        its member "ids" is missing or not valid
        its member "moved" is missing or not valid
        its member "operation" is missing or not valid
        its member "by" is missing or not valid"#]]
    .assert_eq(&errors.join("\n"));
}

#[test]
fn a_workspace_file_has_one_operation_a_line() {
    let session = sessions::random(&[(4, 0, 0), (13, 0, 0)]);
    let all = records(&session);
    let text = file::print("My \"API\"", &all[all.len() - 2..]);
    expect![[r#"
        {
        "format": "stagecraft.workspace",
        "version": 1,
        "name": "My \"API\"",
        "operations": [
        {"step":1,"time":1700000000000,"edition":2,"operation":"CreateDeployment","input":{"restApiId":"1izref2dep","stageName":"dev"},"ids":["r5cicw"]},
        {"step":2,"time":1700000000000,"edition":2,"restored":23,"by":"undo"}
        ]
        }
    "#]]
    .assert_eq(&text);
}

/// Files of before there were editions; add such of later ones, and never change what is there.
const GOLDEN_FILE: &str = include_str!("../../tests/golden/workspace.json");

#[test]
fn an_old_file_opens_for_ever_and_is_written_as_it_was() {
    let read = file::parse(GOLDEN_FILE).expect("a file");
    assert!(read.records.iter().all(|record| record.edition == Edition::First));
    let session = Session::replay(env(), read.records).expect("what was taken once is taken for ever");
    assert_eq!(file::print_session(&read.name, &session), GOLDEN_FILE);
    // Its last operation is one that a rule of the second edition refuses.
    let today = GOLDEN_FILE.replace("{\"step\"", "{\"edition\":2,\"step\"");
    let records = file::parse(&today).expect("a file").records;
    let number = records.len();
    let refused = Session::replay(env(), records).expect_err("today's rules");
    assert!(refused.to_string().starts_with(&format!("operation {number} (CreateModel) was refused")), "{refused}");
}

#[test]
fn a_file_that_cannot_be_imported_says_what_to_do() {
    let operation = r#"{"step":0,"time":0,"operation":"DeleteRestApi","input":{"restApiId":"a"}}"#;
    let given = |version: &str, name: &str, operations: &str| {
        format!(r#"{{"format":"stagecraft.workspace","version":{version},"name":{name},"operations":{operations}}}"#)
    };
    let rows = [
        "hello".to_owned(),
        "{\n\"format\": \"stagecraft.workspace\",\n\"version\": 1,,".to_owned(),
        "{}".into(),
        r#"{"openapi":"3.0.1"}"#.into(),
        "[".repeat(1_000_000),
        given("2", "\"a\"", "\"in a form of its own\""),
        given("0", "\"a\"", "[]"),
        given("1", "7", "[]"),
        given("1", "\"a\"", "{}"),
        given("1", "\"a\"", &format!("[{operation},{{}}]")),
        given("1", "\"a\"", &format!("[{}0]", "0,".repeat(file::MAX_RECORDS))),
        " ".repeat(file::MAX_BYTES + 1),
    ];
    let errors: Vec<String> = rows.iter().map(|row| file::parse(row).expect_err("refused").to_string()).collect();
    expect![[r#"
        This file is damaged or not a workspace file: its JSON is not valid at line 1, column 1. Export the workspace again, or repair that line.
        This file is damaged or not a workspace file: its JSON is not valid at line 3, column 14. Export the workspace again, or repair that line.
        This is not a Stagecraft workspace file. Choose a .json file that Stagecraft exported.
        This is not a Stagecraft workspace file. Choose a .json file that Stagecraft exported.
        This is not a Stagecraft workspace file. Choose a .json file that Stagecraft exported.
        A newer version of Stagecraft wrote this file (version 2; this page reads up to 1). Reload the page to get the newest version, then import it again. The file is unchanged.
        This workspace file is damaged: its member "version" is missing or not valid. Export the workspace again.
        This workspace file is damaged: its member "name" is missing or not valid. Export the workspace again.
        This workspace file is damaged: its member "operations" is missing or not valid. Export the workspace again.
        Operation 2 of this file cannot be read: its member "step" is missing or not valid.
        This file holds more than 100000 operations, the most that can be imported.
        This file is larger than 32 MB, the most that can be imported. Choose a workspace file exported from Stagecraft."#]].assert_eq(&errors.join("\n"));
    assert!(file::parse(&format!("\u{feff}{}", given("1", "\"\"", &format!("[{operation}]")))).is_ok());
}

#[test]
fn a_file_that_breaks_off_anywhere_is_refused() {
    let text = file::print_session("a", &sessions::random(&[(4, 0, 0), (13, 0, 0)]));
    for end in (0..text.trim_end().len()).filter(|end| text.is_char_boundary(*end)) {
        assert!(file::parse(&text[..end]).is_err(), "{}", &text[..end]);
    }
}

#[test]
fn a_file_cannot_use_up_the_numbers_of_steps() {
    let steps = |session: &Session| records(session).iter().map(|record| record.transaction).collect::<Vec<_>>();
    let create = |step: u32, id: &str| {
        let ids = vec![Rc::from(id.repeat(10)), Rc::from(id.repeat(9) + "0")];
        Record { transaction: step, ids, ..record(Act::Command(command("CreateRestApi", json!({ "name": "a" })))) }
    };
    let all = [create(7, "a"), create(7, "b"), create(1_000_000_000, "c")];
    let read = file::parse(&file::print("a", &all)).expect("a file");
    let mut session = Session::replay(env(), read.records).expect("a session");
    assert_eq!(steps(&session), [1, 1, 2]);
    session.execute(command("CreateRestApi", json!({ "name": "b" }))).expect("an API");
    let stored = journal::entries(&session, 0);
    assert_eq!(journal::restore(env(), stored.iter().map(String::as_str)).fault, None);
    assert!(session.undo() && session.undo() && session.undo() && !session.undo());
    let over = file::parse(&file::print("a", &[create(7, "a"), create(6, "b")])).expect("a file");
    assert!(Session::replay(env(), over.records).is_err());
}

#[test]
fn a_damaged_history_restores_up_to_the_damage_and_keeps_the_rest() {
    let session = sample::session(env()).expect("the sample");
    let good = journal::entries(&session, 0);
    let check = |change: &dyn Fn(&mut Vec<String>)| {
        let mut entries = good.clone();
        change(&mut entries);
        let restored = journal::restore(env(), entries.iter().map(String::as_str));
        let fault = restored.fault.map(|fault| (fault.is_newer(), fault.to_string()));
        let file = file::print_stored("Kept", entries, []);
        (restored.session.entries().len(), fault, file)
    };
    let (length, fault, file) = check(&|_| {});
    assert_eq!((length, fault), (good.len(), None));
    assert_eq!(file::parse(&file).map(|file| file.records), Ok(records(&session)));

    let (length, fault, file) = check(&|entries| entries[2] = "{\"st".into());
    assert_eq!(length, 2);
    assert_eq!(
        fault,
        Some((false, "operation 3 of the stored history cannot be read: it is not a JSON object".into()))
    );
    assert!(file.contains("\n\"{\\\"st\",\n") && file.contains(&good[3]));

    let (length, fault, _) = check(&|entries| drop(entries.remove(1)));
    assert_eq!(length, 1);
    assert_eq!(
        fault.map(|(_, text)| text),
        Some("the stored history cannot be repeated to its end: operation 2 (CreateResource) was refused: Invalid Resource identifier specified".into())
    );

    let (length, fault, _) = check(&|entries| entries[4] = r#"{"v":9,"what":"ever"}"#.into());
    assert_eq!((length, fault.map(|(newer, _)| newer)), (4, Some(true)));
}

#[test]
fn a_refusal_is_stored_as_one_line_and_comes_back() {
    let mut session = Session::new(Env::new(5, Timestamp(1_700_000_000_000)));
    let get = command("GetRestApi", json!({ "restApiId": "a1b\n2c" }));
    session.set_sender(Sender::Console);
    session.execute(get).expect_err("there is no such API");
    session.set_sender(Sender::Script);
    let import = OperationName { service: Service::API_GATEWAY, name: "ImportRestApi" };
    let message = Asked::message(Some(import), "POST", "/restapis", "\"");
    session.note_refused(message, &ApiError::UnknownOperation);
    let lines: Vec<String> = session.refused().iter().map(|refused| refusal::print(refused)).collect();
    let first = session.refused()[0].number;
    let plain = lines.join("\n").replace(&first.to_string(), "N").replace(&(first + 1).to_string(), "N+1");
    expect![[r#"
        {"number":N,"moment":0,"time":1700000000000,"sender":"console","operation":"GetRestApi","input":{"restApiId":"a1b\n2c"},"status":404,"code":"NotFoundException","message":"Invalid API identifier specified 123456789012:a1b\n2c","hint":"There is no API with this id in the workspace. Ids are case-sensitive."}
        {"number":N+1,"moment":0,"time":1700000000000,"sender":"script","operation":"ImportRestApi","verb":"POST","path":"/restapis","body":"\"","status":403,"code":"AccessDeniedException","message":"Unable to determine service/operation name to be authorized"}"#]]
    .assert_eq(&plain);
    let kept = |session: &Session| session.refused().iter().map(|refused| (**refused).clone()).collect::<Vec<_>>();
    assert_eq!(refusal::read(lines.iter().map(String::as_str)), kept(&session));

    let file = file::print_session("a", &session);
    assert!(file.contains("],\n\"refused\": [\n{\"number\""), "{file}");
    assert_eq!(file::parse(&file).map(|file| file.refused), Ok(kept(&session)));
}

#[test]
fn a_refusal_that_makes_no_sense_is_left_out_and_spoils_nothing() {
    let good = json!({ "number": 7, "moment": 1, "time": 5, "sender": "page", "operation": "DeleteStage",
        "input": { "restApiId": "a", "stageName": "b" }, "status": 404, "code": "NotFoundException", "message": "no" });
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed.to_string()
    };
    let bad = [
        String::new(),
        "[]".into(),
        "[".repeat(10_000),
        with("v", json!(2)),
        with("number", json!(-1)),
        with("number", json!(1_u64 << 53)),
        with("moment", json!("1")),
        with("time", json!(i64::MAX)),
        with("sender", json!("nobody")),
        with("operation", json!("ImportMoon")),
        with("input", json!({ "restApiId": "a", "force": true })),
        with("input", json!(5)),
        with("status", json!(200)),
        with("code", json!(null)),
        with("message", json!(["x"])),
    ];
    assert_eq!(refusal::parse(&with("message", json!("x".repeat(600_000)))), None);
    for entry in &bad {
        assert_eq!(refusal::parse(entry), None, "{entry}");
    }
    let (good, all) = (good.to_string(), bad.join(","));
    let entries = std::iter::once(&*good).chain(bad.iter().map(String::as_str));
    assert_eq!(refusal::read(entries).len(), 1);
    let all = all.replace(&"[".repeat(10_000), "0").trim_start_matches(',').to_owned();
    let file = format!(
        r#"{{"format":"stagecraft.workspace","version":1,"name":"a","operations":[],"refused":[{all},{good}]}}"#
    );
    assert_eq!(file::parse(&file).map(|file| file.refused.len()), Ok(1));
    assert_eq!(file::parse(&file.replace(&format!("[{all},{good}]"), "7")).map(|file| file.refused), Ok(Vec::new()));
    let many = format!("[{}]", vec![good.as_str(); 300].join(","));
    assert_eq!(file::parse(&file.replace(&format!("[{all},{good}]"), &many)).map(|file| file.refused.len()), Ok(100));
}

#[test]
fn what_another_tab_appended_continues_a_session() {
    let mut here = sample::session(env()).expect("the sample");
    let mut there = journal::restore(env(), journal::entries(&here, 0).iter().map(String::as_str)).session;
    let known = here.entries().len();
    sessions::act(&mut there, (4, 0, 0));
    sessions::act(&mut there, (13, 0, 0));
    let new = journal::entries(&there, known);
    assert_eq!(new.len(), 2);
    journal::extend(&mut here, new.iter().map(String::as_str)).expect("it continues");
    assert_eq!(here.present(), there.present());
    assert_eq!(records(&here), records(&there));
    assert!(here.redo() && there.redo());
    assert_eq!(here.present(), there.present());
    assert_eq!(journal::entries(&here, 9_999), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn stored_entries_and_files_give_back_exactly_the_session(actions in proptest::collection::vec(any::<(u8, u8, u8)>(), 0..40)) {
        let session = sessions::random(&actions);
        let entries = journal::entries(&session, 0);
        prop_assert!(entries.iter().all(|entry| !entry.contains('\n')));
        let restored = journal::restore(env(), entries.iter().map(String::as_str));
        prop_assert_eq!(restored.fault, None);
        prop_assert_eq!(records(&restored.session), records(&session));
        prop_assert_eq!(restored.session.present(), session.present());
        let file = file::parse(&file::print("a", &records(&session))).expect("it was written here");
        prop_assert_eq!(file.records, records(&session));
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in ".{0,200}") {
        drop(record::parse(&text));
        drop(file::parse(&text));
        drop(journal::restore(env(), [text.as_str()]));
    }
}
