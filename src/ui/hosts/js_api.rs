//! `window.stagecraft`: the workbench for scripts. A lesson, a test or the browser's own console does through it what a
//! user does through the forms, and the screen, undo and saving follow. It is small and stays as it is.
//!
//! - `stagecraft.request({ method, path, query, body })` sends a control-plane request in AWS's wire format, such as
//!   `{ method: 'POST', path: '/restapis/a1b2c3d4e5/deployments', body: { stageName: 'dev' } }`, and resolves to
//!   `{ status, headers, body }`, also when AWS refuses it. `query` is an object or a text like `limit=5`; `body` is an
//!   object or JSON text. The answer's body is an object, `null` where AWS sends none, or a `Blob` where it is a file, which
//!   the header `Content-Disposition` names.
//! - `stagecraft.invoke({ method, url, headers, body })` calls an invoke URL and resolves to
//!   `{ status, headers, body, trace, deploymentId, stage, canary }`. `method` is `GET` when there is none; `headers` is an
//!   object, a `Headers` or an array of pairs; `body` is a text. In the answer `body` is a text, `headers` an object
//!   with the values of equal names joined by `, `, `trace` an array of `{ step, outcome, reason }` with the outcomes
//!   `passed`, `failed` and `skipped`; `deploymentId` and `stage` are `null` when no stage was reached; `canary` tells of a
//!   stage that has one whether it answered, and is `null` elsewhere.
//! - `stagecraft.run(text)` runs lines of `aws apigateway …` and `curl …` as the console does, where they appear, and
//!   resolves to `{ exitCode, stdout, stderr }`: 0, the AWS CLI's 252 for a line that makes no sense, its 254 for what the
//!   service refuses, or curl's own; of several commands that of the last.
//! - `stagecraft.reset()` begins an empty workspace; the one before it stays among the workspaces of this browser.
//! - `stagecraft.version` is Stagecraft's version.
//!
//! All of them return promises. A call that is made before the page shows the workspace of this visit waits for that;
//! `static/boot.js` takes those that come before the program itself. A promise is rejected only when what it was given
//! makes no sense (`TypeError`, `RangeError`), or when nothing can be changed: the view is read-only, or the page looks
//! back to an earlier moment (`Error`), or a part of the program cannot be fetched. What only reads, and calls, answer
//! from that moment then.

use crate::{
    control_plane::wire,
    data_plane,
    env::Env,
    history::{Asked, Sender, Session},
    text::percent,
    ui::core::{
        Store,
        browser::{blob, now, seed},
        later::Screens,
        state::Exchange,
    },
};
use js_sys::{Array, Error, JSON, JsString, Object, Promise, RangeError, Reflect, TypeError, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The name in `window`.
const NAME: &str = "stagecraft";
/// Characters of a text that is taken, beyond the 10 MB that API Gateway itself answers about.
const MAX_TEXT: u32 = 16 * 1024 * 1024;
/// Names in `query` and `headers`.
const MAX_PAIRS: usize = 10_000;

type Pairs = Vec<(String, String)>;

/// The object in `window`, for as long as this value lives.
pub(in crate::ui) struct JsApi {
    object: Object,
    _calls: [Closure<dyn Fn(JsValue) -> Promise>; 4],
}

impl JsApi {
    /// Puts the object into `window`, in the place of the one of `static/boot.js`, which hands its calls over.
    pub(in crate::ui) fn install(store: &Store) -> Self {
        let calls = [
            // What is asked for is read at once, as a caller may change it afterwards; it is done when nothing else is
            // being done, so that a call out of whatever handler finds the page at rest.
            call(store, request_of, |store, request| request_now(store, &request)),
            call(store, invocation_of, |store, request| Ok(invoke_now(store, request))),
            call_lines(store),
            call(store, |_| Ok(()), |store, ()| reset_now(store)),
        ];
        let object = Object::new();
        for (name, call) in ["request", "invoke", "run", "reset"].into_iter().zip(&calls) {
            put(&object, name, call.as_ref());
        }
        put(&object, "version", &env!("CARGO_PKG_VERSION").into());
        Object::freeze(&object);
        put(&js_sys::global(), NAME, &object);
        Self { object, _calls: calls }
    }
}

impl Drop for JsApi {
    fn drop(&mut self) {
        let global = js_sys::global();
        if Reflect::get(&global, &NAME.into()).is_ok_and(|there| there == JsValue::from(self.object.clone())) {
            // A page that forbids it keeps an object whose calls fail.
            let _ = Reflect::delete_property(&global, &NAME.into());
        }
    }
}

fn call<T: 'static>(
    store: &Store,
    read: fn(&JsValue) -> Result<T, JsValue>,
    act: fn(&Store, T) -> Result<JsValue, JsValue>,
) -> Closure<dyn Fn(JsValue) -> Promise> {
    let store = store.clone();
    Closure::new(move |given: JsValue| match read(&given) {
        Err(problem) => Promise::reject(&problem),
        Ok(read) => {
            let store = store.clone();
            future_to_promise(async move {
                usable(&store).await;
                act(&store, read)
            })
        }
    })
}

/// Lines are run by the console, which comes with the screens.
fn call_lines(store: &Store) -> Closure<dyn Fn(JsValue) -> Promise> {
    let store = store.clone();
    Closure::new(move |given: JsValue| match line_of(&given) {
        Err(problem) => Promise::reject(&problem),
        Ok(text) => {
            let store = store.clone();
            future_to_promise(async move {
                usable(&store).await;
                run_now(screens(&store).await?, &store, &text)
            })
        }
    })
}

/// Waits for the screens.
///
/// # Errors
/// They cannot be fetched.
async fn screens(store: &Store) -> Result<&'static Screens, JsValue> {
    let arrived = Promise::new(&mut |resolve, _| {
        store.with_screens(move |_, _| {
            // The browser's own function; it takes anything.
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    // It is never rejected.
    let _ = JsFuture::from(arrived).await;
    let missing = || Error::new("Stagecraft: a part of the program could not be loaded. Check your connection.").into();
    store.screens().ok_or_else(missing)
}

/// Waits until the page shows the workspace of this visit.
async fn usable(store: &Store) {
    if store.read(|state| state.whole) {
        return;
    }
    let admitted = Promise::new(&mut |resolve, _| {
        store.with_later(move |_, _| {
            // The browser's own function; it takes anything.
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    // It is never rejected.
    let _ = JsFuture::from(admitted).await;
}

/// Tells those whose calls wait for the program that it is not there, and why.
pub(in crate::ui) fn reject_early(reason: &str) {
    put(&js_sys::global(), NAME, &reason.into());
}

// ---- what is done ----

struct WireRequest {
    method: String,
    path: String,
    query: Pairs,
    body: String,
}

fn request_now(store: &Store, request: &WireRequest) -> Result<JsValue, JsValue> {
    let parsed = wire::parse(&request.method, &request.path, &request.query, &request.body);
    if parsed.as_ref().is_ok_and(|command| !command.is_read()) {
        must_be_writable(store)?;
    }
    let answer = match parsed {
        Ok(command) => store.execute_for(Sender::Script, command),
        Err(error) => {
            let operation = wire::operation_of(&request.method, &request.path, &request.query);
            let asked = Asked::message(operation, &request.method, &request.path, &request.body);
            store.note_refused(Sender::Script, asked, &error);
            Err(error)
        }
    };
    let answer = wire::answer(&answer);
    let body = match &answer.bytes {
        Some(bytes) => blob(content_type(&answer.headers), &Uint8Array::from(&**bytes))?.into(),
        None if answer.body.is_empty() => JsValue::NULL,
        None => JSON::parse(&answer.body)?,
    };
    Ok(object([("status", answer.status.into()), ("headers", headers(&answer.headers)), ("body", body)]))
}

fn content_type(headers: &Pairs) -> &str {
    headers.iter().find(|(name, _)| name == "Content-Type").map_or("", |(_, value)| value)
}

fn invoke_now(store: &Store, request: data_plane::Request) -> JsValue {
    let exchange = store.invoke(request);
    let Exchange { invocation, .. } = &*exchange;
    let text = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from);
    let steps = invocation.trace.steps.iter().map(|step| {
        object([
            ("step", step.kind().as_str().into()),
            ("outcome", outcome(step.outcome()).into()),
            ("reason", step.reason().into()),
        ])
    });
    let trace: Array = steps.collect();
    object([
        ("status", invocation.response.status.into()),
        ("headers", headers(&invocation.response.headers)),
        ("body", invocation.response.body.as_str().into()),
        ("trace", trace.into()),
        ("deploymentId", text(invocation.deployment_id.as_ref().map(|id| id.as_str()))),
        ("canary", invocation.canary.map_or(JsValue::NULL, JsValue::from)),
        ("stage", text(invocation.stage.as_ref().map(|stage| stage.as_str()))),
    ])
}

fn run_now(screens: &Screens, store: &Store, text: &str) -> Result<JsValue, JsValue> {
    // Lines that only read answer from an earlier moment, too; the others are refused one by one.
    if store.read(|state| state.past.is_none()) {
        must_be_writable(store)?;
    }
    let entry = (screens.run_lines)(store, text);
    Ok(object([
        ("exitCode", entry.status().into()),
        ("stdout", entry.stdout().into()),
        ("stderr", entry.stderr().into()),
    ]))
}

fn reset_now(store: &Store) -> Result<JsValue, JsValue> {
    must_be_writable(store)?;
    store.replace_session(Session::new(Env::new(seed(), now())), "Empty workspace");
    Ok(JsValue::UNDEFINED)
}

fn must_be_writable(store: &Store) -> Result<(), JsValue> {
    let why = match store.read(|state| (state.read_only, state.past.is_some())) {
        (true, _) => "Stagecraft: this view is read-only.",
        (_, true) => {
            "Stagecraft shows an earlier moment of this workspace, and nothing can be changed there. Go back to now first."
        }
        (false, false) => return Ok(()),
    };
    Err(Error::new(why).into())
}

fn outcome(outcome: data_plane::Outcome) -> &'static str {
    match outcome {
        data_plane::Outcome::Passed => "passed",
        data_plane::Outcome::Failed => "failed",
        data_plane::Outcome::Skipped => "skipped",
    }
}

// ---- what is given ----

fn request_of(given: &JsValue) -> Result<WireRequest, JsValue> {
    let call = "stagecraft.request";
    let given = options(call, given, "method: 'POST', path: '/restapis', body: { name: 'MyAPI' }")?;
    let method = required(call, given, "method")?.to_ascii_uppercase();
    let path = required(call, given, "path")?;
    let (path, written) = path.split_once('?').unwrap_or((&path, ""));
    let mut query = query_text(written);
    let more = Reflect::get(given, &"query".into())?;
    match text_of(call, "query", &more)? {
        Some(text) => query.extend(query_text(text.trim_start_matches('?'))),
        None => query.extend(pairs(call, "query", &more)?),
    }
    let body = Reflect::get(given, &"body".into())?;
    let body = match text_of(call, "body", &body)? {
        Some(text) => text,
        None if is_nothing(&body) => String::new(),
        // An error here is the value's own: it refers to itself, or a getter in it throws.
        None => match text_of(call, "body", JSON::stringify(&body)?.as_ref())? {
            Some(text) => text,
            None => return Err(type_error(call, "\"body\" must be an object or JSON text")),
        },
    };
    Ok(WireRequest { method, path: path.to_owned(), query, body })
}

fn line_of(given: &JsValue) -> Result<String, JsValue> {
    let call = "stagecraft.run";
    text_of(call, "text", given)?
        .ok_or_else(|| type_error(call, "it takes a text: stagecraft.run('aws apigateway get-rest-apis')"))
}

fn invocation_of(given: &JsValue) -> Result<data_plane::Request, JsValue> {
    let call = "stagecraft.invoke";
    let given = options(call, given, "url: 'https://….execute-api.us-east-1.amazonaws.com/dev/users'")?;
    let method = optional(call, given, "method")?.unwrap_or_else(|| "GET".into());
    let url = required(call, given, "url")?;
    let headers = pairs(call, "headers", &Reflect::get(given, &"headers".into())?)?;
    let body = optional(call, given, "body")?.unwrap_or_default();
    Ok(data_plane::Request { method, url, headers, body })
}

fn options<'a>(call: &str, given: &'a JsValue, example: &str) -> Result<&'a JsValue, JsValue> {
    if given.is_object() {
        Ok(given)
    } else {
        Err(type_error(call, &format!("it takes an object: {call}({{ {example} }})")))
    }
}

fn required(call: &str, given: &JsValue, member: &str) -> Result<String, JsValue> {
    optional(call, given, member)?.ok_or_else(|| type_error(call, &format!("\"{member}\" must be a text")))
}

fn optional(call: &str, given: &JsValue, member: &str) -> Result<Option<String>, JsValue> {
    let value = Reflect::get(given, &member.into())?;
    match text_of(call, member, &value)? {
        None if !is_nothing(&value) => Err(type_error(call, &format!("\"{member}\" must be a text"))),
        text => Ok(text),
    }
}

/// Returns a text, when it is one; refused when it is longer than anything that makes sense.
fn text_of(call: &str, member: &str, value: &JsValue) -> Result<Option<String>, JsValue> {
    let Some(text) = value.dyn_ref::<JsString>() else { return Ok(None) };
    if text.length() > MAX_TEXT {
        let message = format!("{call}: \"{member}\" is longer than {MAX_TEXT} characters.");
        return Err(RangeError::new(&message).into());
    }
    Ok(Some(text.into()))
}

/// Returns names and values of an object, or of anything that yields pairs. An array as a value repeats its name.
fn pairs(call: &str, member: &str, value: &JsValue) -> Result<Pairs, JsValue> {
    if is_nothing(value) {
        return Ok(Vec::new());
    }
    let refuse = || type_error(call, &format!("\"{member}\" must be an object with texts as values"));
    if !value.is_object() {
        return Err(refuse());
    }
    let mut out = Vec::new();
    let too_many = || RangeError::new(&format!("{call}: \"{member}\" has more than {MAX_PAIRS} values."));
    let mut add = |pair: &JsValue| -> Result<(), JsValue> {
        let pair = pair.dyn_ref::<Array>().filter(|pair| pair.length() == 2).ok_or_else(refuse)?;
        let name = text_of(call, member, &pair.get(0))?.ok_or_else(refuse)?;
        let given = pair.get(1);
        let several = given.dyn_ref::<Array>();
        for at in 0..several.map_or(1, Array::length) {
            let value = several.map_or_else(|| given.clone(), |several| several.get(at));
            let simple = value.as_bool().map(|b| b.to_string()).or_else(|| value.as_f64().map(|n| n.to_string()));
            let text = text_of(call, member, &value)?.or(simple).ok_or_else(refuse)?;
            if out.len() == MAX_PAIRS {
                return Err(too_many().into());
            }
            out.push((name.clone(), text));
        }
        Ok(())
    };
    match js_sys::try_iter(value)? {
        Some(yielded) => yielded.into_iter().try_for_each(|pair| add(&pair?))?,
        None => Object::entries(value.unchecked_ref()).iter().try_for_each(|pair| add(&pair))?,
    }
    Ok(out)
}

fn query_text(text: &str) -> Pairs {
    let parts = text.split('&').filter(|part| !part.is_empty()).take(MAX_PAIRS);
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, v)| (percent::decode_form(name), percent::decode_form(v)))
        .collect()
}

fn is_nothing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn type_error(call: &str, what: &str) -> JsValue {
    TypeError::new(&format!("{call}: {what}.")).into()
}

// ---- what is answered ----

fn object<const N: usize>(members: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in &members {
        put(&object, name, value);
    }
    object.into()
}

/// Headers as an object. It has no prototype, so that no name of a header means anything to it.
fn headers(headers: &[(String, String)]) -> JsValue {
    let out = Object::create(JsValue::NULL.unchecked_ref());
    for (name, value) in headers {
        let name = JsValue::from(name.as_str());
        let before = Reflect::get(&out, &name).ok().and_then(|before| before.as_string());
        let value = before.map_or_else(|| value.clone(), |before| format!("{before}, {value}"));
        put_value(&out, &name, &value.into());
    }
    out.into()
}

fn put(object: &Object, name: &str, value: &JsValue) {
    put_value(object, &name.into(), value);
}

fn put_value(object: &Object, name: &JsValue, value: &JsValue) {
    // It fails only for an object that is frozen or watched, and these have just been made; a page that has frozen
    // `window` goes without.
    let _ = Reflect::set(object, name, value);
}
