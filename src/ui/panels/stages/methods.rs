//! The settings of a stage by method: those of all methods as far as the cache goes, and the methods that have their own.

use super::{
    super::{
        account::choices,
        resources::{Add, AddField, EditChoice, EditText, Save},
    },
    StageFacts,
    details::FactsProps,
};
use crate::ui::markup::html;
use crate::{
    control_plane::{PatchOperation, escape},
    entities::{ALL_METHODS, CacheControlStrategy, LoggingLevel, MethodSettings},
    ui::{
        Store, focus_soon,
        parts::{Button, EditButton, Look, When},
        use_store,
    },
};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, MouseEvent, component, use_state};

/// No limit but the account's.
const UNLIMITED: &str = "-1";

/// Settings of one key, with what they are for all methods beside them.
struct Fields<'a> {
    store: &'a Store,
    facts: &'a StageFacts,
    key: &'a str,
    now: &'a MethodSettings,
    /// The settings of all methods, for a method that has its own.
    all: Option<&'a MethodSettings>,
}

/// Returns the console's words for on and off.
pub(super) fn switch() -> Vec<(AttrValue, AttrValue)> {
    choices(&[("false", "Inactive"), ("true", "Active")])
}

/// Returns the levels of execution logs.
pub(super) fn levels() -> Vec<(AttrValue, AttrValue)> {
    choices(&[("OFF", "Off"), ("ERROR", "Errors only"), ("INFO", "Errors and info logs")])
}

/// Returns what becomes of callers who may not invalidate.
fn strategies() -> Vec<(AttrValue, AttrValue)> {
    choices(&[
        ("FAIL_WITH_403", "Fail the request with 403 status code"),
        ("SUCCEED_WITH_RESPONSE_HEADER", "Ignore cache control header; Add a warning in response header"),
        ("SUCCEED_WITHOUT_RESPONSE_HEADER", "Ignore cache control header"),
    ])
}

fn on(value: bool) -> String {
    if value { "active" } else { "inactive" }.to_owned()
}

fn limit(value: f64) -> String {
    if value < 0.0 { "the account's limit".to_owned() } else { value.to_string() }
}

fn level(settings: &MethodSettings) -> LoggingLevel {
    settings.logging_level.unwrap_or(LoggingLevel::Off)
}

fn word(options: Vec<(AttrValue, AttrValue)>, value: &str) -> String {
    options.into_iter().find(|(known, _)| known == value).map(|(_, text)| text.to_string()).unwrap_or_default()
}

impl Fields<'_> {
    fn save(&self, setting: &'static str, empty: &'static str) -> Save {
        let (store, facts, path) = (self.store.clone(), self.facts.clone(), format!("/{}/{setting}", self.key));
        Callback::from(move |text: String| {
            let text = Some(text.trim()).filter(|text| !text.is_empty()).unwrap_or(empty);
            facts.update(&store, vec![PatchOperation::replace(path.clone(), text)])
        })
    }

    /// Returns what it is for all methods, under a field of one.
    fn hint(&self, of: impl Fn(&MethodSettings) -> String, own: &str) -> String {
        self.all.map_or_else(|| own.to_owned(), |all| format!("All methods: {}.", of(all)))
    }

    fn choice(
        &self,
        (setting, label): (&'static str, &'static str),
        options: Vec<(AttrValue, AttrValue)>,
        value: String,
        hint: String,
    ) -> Html {
        html! {
            <EditChoice
                id={self.facts.dom_id(&format!("{}-{setting}", self.key))} {label} {value} {options} when={When::Now} {hint}
                save={self.save(setting, "")}
            />
        }
    }

    fn text(
        &self,
        (setting, label): (&'static str, &'static str),
        value: String,
        hint: String,
        empty: &'static str,
    ) -> Html {
        html! {
            <EditText
                id={self.facts.dom_id(&format!("{}-{setting}", self.key))} {label} {value} mono=true when={When::Now} {hint}
                save={self.save(setting, empty)}
            />
        }
    }

    fn flag(&self, setting: (&'static str, &'static str), of: fn(&MethodSettings) -> bool, hint: &str) -> Html {
        self.choice(setting, switch(), of(self.now).to_string(), self.hint(|all| on(of(all)), hint))
    }

    /// Time, encryption, and who may invalidate.
    fn cache(&self) -> Html {
        let now = self.now;
        let strategy = |s: &MethodSettings| s.unauthorized_cache_control_header_strategy.as_str();
        let require = |s: &MethodSettings| s.require_authorization_for_cache_control;
        let ttl = now.cache_ttl_in_seconds.to_string();
        html! {
            <>
                { self.text(("caching/ttlInSeconds", "Cache time-to-live (seconds)"), ttl, self.hint(|all| all.cache_ttl_in_seconds.to_string(), "0 to 3600."), "300") }
                { self.flag(("caching/dataEncrypted", "Encrypt cache data"), |s| s.cache_data_encrypted, "") }
                { self.flag(
                    ("caching/requireAuthorizationForCacheControl", "Per-key cache invalidation: require authorization"), require,
                    "Callers invalidate an entry with Cache-Control: max-age=0.",
                ) }
                if require(now) {
                    { self.choice(
                        ("caching/unauthorizedCacheControlHeaderStrategy", "Unauthorized request handling"), strategies(), strategy(now).to_owned(),
                        self.hint(|all| word(strategies(), strategy(all)), ""),
                    ) }
                }
            </>
        }
    }

    /// Draws all of a method's settings.
    fn all(&self) -> Html {
        let now = self.now;
        let shown = |number: f64| if number < 0.0 { String::new() } else { number.to_string() };
        let (rate, burst) = (
            |s: &MethodSettings| s.throttling_rate_limit.get(),
            |s: &MethodSettings| f64::from(s.throttling_burst_limit),
        );
        html! {
            <>
                { self.choice(
                    ("logging/loglevel", "CloudWatch logs"), levels(), level(now).as_str().to_owned(),
                    self.hint(|all| word(levels(), level(all).as_str()), ""),
                ) }
                { self.flag(("logging/dataTrace", "Data tracing"), |s| s.data_trace_enabled, "") }
                { self.flag(("metrics/enabled", "Detailed metrics"), |s| s.metrics_enabled, "") }
                { self.text(("throttling/rateLimit", "Rate (requests per second)"), shown(rate(now)), self.hint(|all| limit(rate(all)), ""), UNLIMITED) }
                { self.text(("throttling/burstLimit", "Burst (requests)"), shown(burst(now)), self.hint(|all| limit(burst(all)), ""), UNLIMITED) }
                { self.flag(("caching/enabled", "Method-level caching"), |s| s.caching_enabled, "") }
                { self.cache() }
            </>
        }
    }
}

/// In what a method's settings differ from those of all methods.
fn differences(own: &MethodSettings, all: &MethodSettings) -> Vec<String> {
    let mut out = Vec::new();
    let mut note = |differs: bool, text: String| {
        if differs {
            out.push(text);
        }
    };
    note(level(own) != level(all), format!("logs {}", word(levels(), level(own).as_str()).to_lowercase()));
    note(own.data_trace_enabled != all.data_trace_enabled, format!("data tracing {}", on(own.data_trace_enabled)));
    note(own.metrics_enabled != all.metrics_enabled, format!("metrics {}", on(own.metrics_enabled)));
    let (rate, burst) = (own.throttling_rate_limit, own.throttling_burst_limit);
    note(rate != all.throttling_rate_limit, format!("rate {}", limit(rate.get())));
    note(burst != all.throttling_burst_limit, format!("burst {}", limit(f64::from(burst))));
    note(own.caching_enabled != all.caching_enabled, format!("caching {}", on(own.caching_enabled)));
    note(own.cache_ttl_in_seconds != all.cache_ttl_in_seconds, format!("{} s in the cache", own.cache_ttl_in_seconds));
    note(own.cache_data_encrypted != all.cache_data_encrypted, format!("encryption {}", on(own.cache_data_encrypted)));
    let require = own.require_authorization_for_cache_control;
    note(
        require != all.require_authorization_for_cache_control,
        format!("authorization to invalidate {}", on(require)),
    );
    let strategy = |s: &MethodSettings| -> CacheControlStrategy { s.unauthorized_cache_control_header_strategy };
    note(strategy(own) != strategy(all), word(strategies(), strategy(own).as_str()).to_lowercase());
    out
}

/// Draws the cache settings of all methods beside whether anything is cached.
#[component]
pub(super) fn CacheOfAll(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let now = facts.stage.settings_of_all().cloned().unwrap_or_default();
    Fields { store: &store, facts, key: ALL_METHODS, now: &now, all: None }.cache()
}

/// Returns `~1users/GET` as it is read: `GET /users`.
fn shown(key: &str) -> String {
    let (resource, verb) = key.rsplit_once('/').unwrap_or(("", key));
    let path = resource.replace("~1", "/").replace("~0", "~");
    format!("{verb} /{}", path.trim_start_matches('/'))
}

/// Returns the methods of the stage that follow the settings of all methods, by key.
fn free(facts: &StageFacts) -> Vec<(AttrValue, AttrValue)> {
    let mut out: Vec<(AttrValue, AttrValue)> = Vec::new();
    for deployment in [Some(&facts.deployment), facts.canary.as_ref()].into_iter().flatten() {
        for (_, resource) in deployment.config.tree() {
            let path = deployment.config.path_of(&resource.id);
            for verb in resource.methods.keys() {
                let key = AttrValue::from(format!("{}/{verb}", escape(&path)));
                let known = out.iter().any(|(known, _)| *known == key);
                if !known && facts.stage.own_settings_of(&path, verb.as_str()).is_none() {
                    out.push((key, format!("{verb} {path}").into()));
                }
            }
        }
    }
    out
}

/// Draws the methods that have settings of their own, and the form for one more.
#[component]
pub(super) fn Overrides(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let edited = use_state(|| None::<String>);
    let all: Rc<MethodSettings> = facts.stage.settings_of_all().cloned().unwrap_or_default();
    let free = free(facts);
    let own: Vec<(&Rc<str>, &Rc<MethodSettings>)> =
        facts.stage.method_settings.iter().filter(|(key, _)| &***key != ALL_METHODS).collect();
    let add = {
        let (store, facts, all, edited) = (store.clone(), facts.clone(), all.clone(), edited.clone());
        Callback::from(move |values: Vec<String>| {
            let key = values.into_iter().next().unwrap_or_default();
            // The first patch of a method writes all of its settings down; this one changes none.
            let same = PatchOperation::replace(format!("/{key}/metrics/enabled"), all.metrics_enabled.to_string());
            facts.update(&store, vec![same])?;
            edited.set(Some(key));
            Ok(())
        })
    };
    let row = |(key, settings): &(&Rc<str>, &Rc<MethodSettings>)| {
        let (key, name) = (key.to_string(), shown(key));
        let open = edited.as_deref() == Some(key.as_str());
        let toggle = {
            let (edited, key) = (edited.clone(), key.clone());
            Callback::from(move |_: MouseEvent| edited.set((!open).then(|| key.clone())))
        };
        let remove = {
            let (store, facts, key, name) = (store.clone(), facts.clone(), key.clone(), name.clone());
            Callback::from(move |_: MouseEvent| {
                match facts.update(&store, vec![PatchOperation::remove(format!("/{key}"))]) {
                    Ok(()) => {
                        store.done(format!("{name} follows the settings of all methods again."));
                        focus_soon("overrides-title");
                    }
                    Err(refused) => store.refuse(&refused),
                }
            })
        };
        let differs = differences(settings, &all);
        let fields = Fields { store: &store, facts, key: &key, now: settings, all: Some(&all) };
        html! {
            <li key={key.clone()} class="url-group">
                <div class="with-button">
                    <code>{ &name }</code>
                    <span class="actions">
                        <Button label={if open { "Done" } else { "Edit" }} small=true title={format!("Edit the settings of {name}")} onclick={toggle} />
                        <EditButton label={format!("Remove override of {name}")} icon="trash" icon_only=true small=true look={Look::Ghost} onclick={remove} />
                    </span>
                </div>
                <p class="lead">{ if differs.is_empty() { "The same as all methods now; it stays as it is when these change.".to_owned() } else { differs.join(", ") } }</p>
                if open { { fields.all() } }
            </li>
        }
    };
    html! {
        <>
            <p class="part-hint">{ "A method follows the settings of all methods until it has its own. Its first own setting writes all of them down as they stand." }</p>
            if !own.is_empty() { <ul class="url-list">{ for own.iter().map(row) }</ul> }
            if !free.is_empty() {
                <Add id={facts.dom_id("override")} label="Override a method" fields={vec![AddField::choice_of("method", "Method", free)]} {add} submit="Override" />
            }
        </>
    }
}
