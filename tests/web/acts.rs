//! An act of a user that changes several places is told once to all that show or keep it.

use crate::next_frame;
use stagecraft::{
    control_plane::deployments::CreateDeployment,
    entities::Timestamp,
    env::Env,
    sample,
    ui::{Dialog, Place, Route, StageTab, State, Store},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_deploy_is_one_notification() {
    let session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("the sample");
    let store = Store::new(State::new(session, Route::default()));
    let api = store.read(|state| state.api().map(|api| api.id.to_string())).expect("an API");
    let told = Rc::new(Cell::new(0));
    let seen = Rc::clone(&told);
    let _subscription = store.subscribe(move || seen.set(seen.get() + 1));

    store.open(Dialog::Deploy { stage: None });
    next_frame().await;
    assert_eq!(told.take(), 1);

    // As the button of the dialog does it.
    store.execute(CreateDeployment::new(&api, Some("dev".to_owned()))).expect("it is deployed");
    store.close();
    store.go_to(Place::Stage("dev".into(), StageTab::Urls));
    store.done("Successfully created deployment.");
    assert_eq!(told.get(), 0, "nobody is called in the middle of an act");
    assert!(store.read(|state| state.dialog.is_none()), "who asks sees what has changed");
    next_frame().await;
    assert_eq!(told.take(), 1);
    next_frame().await;
    assert_eq!(told.get(), 0);
}
