//! The browser's database: what is stored comes back, and no tab overwrites another.

use js_sys::{Array, Promise, Uint8Array};
use stagecraft::{
    entities::Timestamp,
    env::Env,
    persist::journal,
    sample,
    ui::{
        files::{self, FileProblem},
        storage::{Channel, Db, Journal, Notice, Progress, RefusedWriter, StorageError},
    },
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{File, IdbDatabase, IdbOpenDbRequest};

thread_local! {
    static DATABASES: Cell<u32> = const { Cell::new(0) };
}

/// Returns a database of a test's own.
async fn fresh() -> (String, Db) {
    let number = DATABASES.replace(DATABASES.get() + 1);
    let name = format!("test-{number}-{}", js_sys::Date::now());
    let db = Db::open_named(&name).await.expect("this browser stores");
    (name, db)
}

fn texts(items: &[&str]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

#[wasm_bindgen_test]
async fn a_session_comes_back_as_it_was_stored_operation_by_operation() {
    let (name, db) = fresh().await;
    let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("the sample");
    let id = db.create("My <b>API</b>", &journal::entries(&session, 0), &[]).await.expect("it is stored");
    let stored = session.entries().len();
    session.undo();
    session.restore(3);
    db.append(&id, stored, &journal::entries(&session, stored)).await.expect("it is stored");
    drop(db);

    let db = Db::open_named(&name).await.expect("it opens again");
    let found = db.load(&id).await.expect("it is there");
    assert_eq!((found.name.as_str(), found.stray.len()), ("My <b>API</b>", 0));
    let restored = journal::restore(Env::new(2, Timestamp(0)), found.entries.iter().map(String::as_str));
    assert_eq!(restored.fault, None);
    assert_eq!(restored.session.present(), session.present());
    assert_eq!(restored.session.entries().len(), session.entries().len());

    let row = db.list().await.expect("a list").pop().expect("a row");
    assert_eq!((row.id, row.length, row.updated), (id, found.entries.len(), Timestamp(1_700_000_000_000)));
}

#[wasm_bindgen_test]
async fn workspaces_are_listed_renamed_duplicated_and_deleted() {
    let (_, db) = fresh().await;
    assert_eq!(db.list().await, Ok(Vec::new()));
    let entry = |time: u64| format!("{{\"step\":1,\"time\":{time},\"restored\":0,\"by\":\"choice\"}}");
    let old = db.create("Old", &[entry(5_000_000_000_000)], &[]).await.expect("stored");
    let new = db.create(" New\n", &[entry(4_000_000_000_000), entry(6_000_000_000_000)], &[]).await.expect("stored");
    db.rename(&old, "Older").await.expect("renamed");
    let copy = db.duplicate(&new, "Copy").await.expect("copied");
    db.append(&copy, 2, &[entry(7_000_000_000_000)]).await.expect("stored");
    db.delete(&new).await.expect("deleted");
    db.delete(&new).await.expect("as good as deleted");

    let rows = db.list().await.expect("a list");
    let names: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.length)).collect();
    assert_eq!(names, [("Copy", 3), ("Older", 1)]);
    assert_eq!(db.load(&new).await, Err(StorageError::Gone));
    assert_eq!(db.rename(&new, "x").await, Err(StorageError::Gone));
    assert_eq!(db.load(&old).await.map(|stored| stored.entries), Ok(vec![entry(5_000_000_000_000)]));
}

#[wasm_bindgen_test]
async fn a_second_tab_that_writes_the_same_number_fails_and_overwrites_nothing() {
    let (name, here) = fresh().await;
    let there = Db::open_named(&name).await.expect("a second tab");
    let id = here.create("a", &texts(&["0"]), &[]).await.expect("stored");
    let (first, second) = (here.append(&id, 1, &texts(&["1", "2"])), there.append(&id, 2, &texts(&["x", "y"])));
    assert_eq!((first.await, second.await), (Ok(()), Err(StorageError::Conflict)));
    assert_eq!(there.load(&id).await.map(|stored| stored.entries), Ok(texts(&["0", "1", "2"])));
    assert_eq!(there.tail(&id, 1).await, Ok(texts(&["1", "2"])));
    assert_eq!(there.tail(&id, 3).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn nothing_is_added_to_a_workspace_that_was_deleted() {
    let (_, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    db.delete(&id).await.expect("deleted");
    assert_eq!(db.append(&id, 1, &texts(&["1"])).await, Err(StorageError::Gone));
    assert_eq!(db.tail(&id, 0).await, Ok(Vec::new()), "nothing is left behind");
    assert_eq!(db.list().await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn what_was_refused_lies_beside_the_entries_and_goes_with_the_workspace() {
    let (_, db) = fresh().await;
    let refused = |numbers: &[u64]| numbers.iter().map(|at| (*at, format!("r{at}"))).collect::<Vec<_>>();
    let id = db.create("a", &texts(&["0"]), &refused(&[5])).await.expect("stored");
    db.keep_refused(&id, &refused(&[7, 1 << 52]), 0).await.expect("stored");
    db.append(&id, 1, &texts(&["1"])).await.expect("stored");
    assert_eq!(db.refused(&id).await, Ok(refused(&[5, 7, 1 << 52])));
    // Who does not know of them never meets them.
    assert_eq!(db.load(&id).await.map(|stored| (stored.entries, stored.stray)), Ok((texts(&["0", "1"]), Vec::new())));
    assert_eq!(db.list().await.map(|rows| rows.first().map(|row| row.length)), Ok(Some(2)));

    db.keep_refused(&id, &refused(&[8]), 7).await.expect("stored");
    assert_eq!(db.refused(&id).await, Ok(refused(&[7, 8, 1 << 52])), "what is too old goes");
    let copy = db.duplicate(&id, "b").await.expect("copied");
    db.delete(&id).await.expect("deleted");
    assert_eq!((db.refused(&id).await, db.refused(&copy).await), (Ok(Vec::new()), Ok(refused(&[7, 8, 1 << 52]))));
    assert_eq!(db.keep_refused(&id, &refused(&[9]), 0).await, Err(StorageError::Gone));
    assert_eq!(db.refused(&id).await, Ok(Vec::new()), "nothing is left behind");
}

#[wasm_bindgen_test]
async fn refusals_are_placed_when_the_page_goes_away_and_a_failure_loses_none() {
    let (name, db) = fresh().await;
    let id = db.create("a", &[], &[]).await.expect("stored");
    let heard = Rc::<RefCell<Vec<Notice>>>::default();
    let log = Rc::clone(&heard);
    let _listening = Channel::open(move |notice| log.borrow_mut().push(notice));
    let writer = RefusedWriter::new(db.clone(), Channel::open(|_| {}), &*id);
    for number in 1..4 {
        writer.append(vec![(number, number.to_string())], 0);
    }
    let event = web_sys::Event::new("pagehide").expect("an event");
    web_sys::window().expect("a window").dispatch_event(&event).expect("it is sent");
    let numbers = |found: Vec<(u64, String)>| found.into_iter().map(|(number, _)| number).collect::<Vec<_>>();
    let there = Db::open_named(&name).await.expect("a later visit");
    assert_eq!(there.refused(&id).await.map(numbers), Ok(vec![1, 2, 3]));
    wait_for(|| heard.borrow().contains(&Notice::Refused { workspace: id.clone() })).await;

    // A newer page has taken the storage over.
    let newer = open_version(&name, 2).await;
    writer.append(vec![(4, "4".into())], 0);
    turn().await;
    writer.append(vec![(5, "5".into())], 0);
    turn().await;
    assert_eq!(numbers(writer.unsaved()), [4, 5]);
    newer.close();
}

#[wasm_bindgen_test]
async fn entries_after_a_gap_are_kept_apart() {
    let (_, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    db.append(&id, 2, &texts(&["2"])).await.expect("stored");
    let stored = db.load(&id).await.expect("it is there");
    assert_eq!((stored.entries, stored.stray), (texts(&["0"]), texts(&["2"])));
    assert_eq!(db.tail(&id, 1).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn a_store_of_a_newer_version_is_left_alone() {
    let (name, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    // A newer page opens: this one makes way, and says so from then on.
    let newer = open_version(&name, 2).await;
    assert_eq!(db.load(&id).await, Err(StorageError::Closed));
    assert_eq!(db.append(&id, 1, &texts(&["1"])).await, Err(StorageError::Closed));
    newer.close();
    assert_eq!(Db::open_named(&name).await.err(), Some(StorageError::Newer));
}

async fn open_version(name: &str, version: u32) -> IdbDatabase {
    let factory = web_sys::window().expect("a window").indexed_db().expect("it may").expect("there is one");
    let request: IdbOpenDbRequest = factory.open_with_u32(name, version).expect("a request");
    let opened = Promise::new(&mut |resolve, _| request.set_onsuccess(Some(&resolve)));
    JsFuture::from(opened).await.expect("it opens");
    request.result().expect("a database").unchecked_into()
}

/// Returns a journal with what it reported.
fn reporting(db: &Db, id: &str, length: usize) -> (Journal, Rc<RefCell<Vec<Progress>>>) {
    let reports = Rc::<RefCell<Vec<Progress>>>::default();
    let log = Rc::clone(&reports);
    let channel = Channel::open(|_| {});
    (Journal::new(db.clone(), channel, id, length, move |progress| log.borrow_mut().push(progress)), reports)
}

#[wasm_bindgen_test]
async fn a_journal_writes_in_order_and_says_when_everything_is_stored() {
    let (_, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    let (journal, reports) = reporting(&db, &id, 1);
    for number in 1..20 {
        journal.append(vec![number.to_string()]);
    }
    assert_eq!(journal.length(), 20);
    wait_for(|| reports.borrow().last() == Some(&Progress::Saved)).await;
    let expected: Vec<String> = (0..20).map(|number| number.to_string()).collect();
    assert_eq!(db.load(&id).await.map(|stored| stored.entries), Ok(expected));
    assert_eq!(*reports.borrow(), [Progress::Writing, Progress::Writing, Progress::Saved]);
    assert!(journal.unsaved().is_empty());
}

#[wasm_bindgen_test]
async fn a_page_that_goes_away_has_placed_everything() {
    let (name, db) = fresh().await;
    let id = db.create("a", &[], &[]).await.expect("stored");
    let (journal, _) = reporting(&db, &id, 0);
    journal.append(texts(&["0"]));
    journal.append(texts(&["1"]));
    journal.append(texts(&["2"]));
    let event = web_sys::Event::new("pagehide").expect("an event");
    web_sys::window().expect("a window").dispatch_event(&event).expect("it is sent");
    // No turn of the event loop in between: what is read now comes after what was placed.
    let there = Db::open_named(&name).await.expect("a later visit");
    assert_eq!(there.load(&id).await.map(|stored| stored.entries), Ok(texts(&["0", "1", "2"])));
    drop(journal);
}

#[wasm_bindgen_test]
async fn a_failure_is_told_once_and_what_is_not_stored_is_kept() {
    let (_, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    let (journal, reports) = reporting(&db, &id, 1);
    db.append(&id, 1, &texts(&["x"])).await.expect("another tab was faster");
    journal.append(texts(&["1"]));
    journal.append(texts(&["2"]));
    wait_for(|| matches!(reports.borrow().last(), Some(Progress::Failed(_)))).await;
    journal.append(texts(&["3"]));
    journal.flush();
    assert_eq!(*reports.borrow(), [Progress::Writing, Progress::Failed(StorageError::Conflict)]);
    assert_eq!(journal.unsaved(), texts(&["1", "2", "3"]));
    assert_eq!(db.load(&id).await.map(|stored| stored.entries), Ok(texts(&["0", "x"])));
}

#[wasm_bindgen_test]
async fn a_tab_hears_what_another_stored_and_continues_after_it() {
    let (_, db) = fresh().await;
    let id = db.create("a", &texts(&["0"]), &[]).await.expect("stored");
    let heard = Rc::<RefCell<Vec<Notice>>>::default();
    let log = Rc::clone(&heard);
    let channel = Channel::open(move |notice| log.borrow_mut().push(notice));
    let here = Journal::new(db.clone(), channel, &*id, 1, |_| {});
    let (there, _) = reporting(&db, &id, 1);
    there.append(texts(&["1", "2"]));
    let notice = Notice::Appended { workspace: id.clone(), length: 3 };
    wait_for(|| heard.borrow().contains(&notice)).await;
    let tail = db.tail(&id, here.length()).await.expect("the tail");
    assert_eq!(tail, texts(&["1", "2"]));
    here.caught_up(here.length() + tail.len());
    here.append(texts(&["3"]));
    wait_for_entries(&db, &id, 4).await;

    Channel::open(|_| {}).tell(&Notice::Listed);
    wait_for(|| heard.borrow().contains(&Notice::Listed)).await;
}

#[wasm_bindgen_test]
async fn a_chosen_file_is_read_within_bounds() {
    let file = |name: &str, bytes: &[u8]| {
        File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), name).expect("a file")
    };
    assert_eq!(files::read(&file("a.json", "{\"ü\": 1}".as_bytes()), 99).await, Ok("{\"ü\": 1}".into()));
    let large = files::read(&file("b.json", &[b'x'; 100]), 99).await;
    assert_eq!(large, Err(FileProblem::TooLarge { name: "b.json".into(), limit: 99 }));
    let bytes = files::read(&file("c.png", &[0xff, 0xfe, 0x00]), 99).await;
    assert_eq!(bytes, Err(FileProblem::NotText("c.png".into())));
}

#[wasm_bindgen_test]
async fn a_download_carries_the_name_and_the_text() {
    let seen = Rc::<RefCell<Option<(String, String)>>>::default();
    let log = Rc::clone(&seen);
    let on_click = Closure::<dyn FnMut(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        event.prevent_default();
        let link: web_sys::HtmlAnchorElement = event.target().expect("a target").unchecked_into();
        *log.borrow_mut() = Some((link.download(), link.href()));
    });
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    let handler = on_click.as_ref().unchecked_ref();
    document.add_event_listener_with_callback("click", handler).expect("it listens");
    files::download("my-api.json", "application/json", "{\"ü\": 1}").expect("it is offered");
    document.remove_event_listener_with_callback("click", handler).expect("it listened");
    let (name, url) = seen.borrow_mut().take().expect("a click on a link");
    let window = web_sys::window().expect("a window");
    let response: web_sys::Response =
        JsFuture::from(window.fetch_with_str(&url)).await.expect("it can be read").unchecked_into();
    let text = JsFuture::from(response.text().expect("a text")).await.expect("the text");
    assert_eq!((name.as_str(), text.as_string().as_deref()), ("my-api.json", Some("{\"ü\": 1}")));
}

#[wasm_bindgen_test]
fn a_file_is_named_after_what_it_holds() {
    let rows = [
        ("My API", "my-api.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("Ünï — cödé!", "ünï-cödé.json"),
        ("<>", "stagecraft.json"),
    ];
    for (name, file) in rows {
        assert_eq!(files::file_name(name, "json"), file);
    }
}

async fn wait_for_entries(db: &Db, id: &str, count: usize) {
    for _ in 0..200 {
        if db.load(id).await.is_ok_and(|stored| stored.entries.len() == count) {
            return;
        }
        turn().await;
    }
    panic!("there are never {count} entries");
}

async fn wait_for(mut done: impl FnMut() -> bool) {
    for _ in 0..600 {
        if done() {
            return;
        }
        turn().await;
    }
    panic!("it never happens");
}

/// Lets the browser do other things.
async fn turn() {
    let turn = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 5).expect("a timer");
    });
    JsFuture::from(turn).await.unwrap_or(JsValue::UNDEFINED);
}
