//! The settings of a stage beside its pointer, folded into its card: cache, throttling, certificate, logs and tracing,
//! what single methods do otherwise, tags. Each field sends its own patch, which acts at once.

use super::{
    super::{
        account::{TagList, arn},
        link::PlaceLink,
        resources::{EditChoice, EditText, Save, Shown},
    },
    StageFacts,
    details::FactsProps,
    methods::{CacheOfAll, Overrides, levels, switch},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        PatchOperation,
        stages::{FlushStageAuthorizersCache, FlushStageCache},
    },
    entities::{ALL_METHODS, CacheClusterSize, LoggingLevel, MethodSettings},
    ui::{
        Page, Place, Store,
        parts::{EditButton, When},
        use_selector, use_store,
    },
};
use yew::{AttrValue, Callback, Children, Html, MouseEvent, Properties, component, use_state};

const BURST: &str = "/*/*/throttling/burstLimit";
const RATE: &str = "/*/*/throttling/rateLimit";
/// No limit but the account's.
const UNLIMITED: &str = "-1";

/// Sends what a field makes of its text.
fn save(store: &Store, facts: &StageFacts, patches: impl Fn(&str) -> Vec<PatchOperation> + 'static) -> Save {
    let (store, facts) = (store.clone(), facts.clone());
    Callback::from(move |text: String| facts.update(&store, patches(text.trim())))
}

fn replace(store: &Store, facts: &StageFacts, path: &'static str) -> Save {
    save(store, facts, move |text| vec![PatchOperation::replace(path, text)])
}

/// Draws the parts "Additional settings", "Logs and tracing", "Method overrides" and "Tags".
#[component]
pub(super) fn Settings(props: &FactsProps) -> Html {
    let stage = &props.facts.stage;
    let own = stage.method_settings.keys().filter(|key| &***key != ALL_METHODS).count();
    html! {
        <>
            <Fold id="additional-title" title="Additional settings"><Additional facts={props.facts.clone()} /></Fold>
            <Fold id="logs-title" title="Logs and tracing"><Logs facts={props.facts.clone()} /></Fold>
            <Fold id="overrides-title" title={counted("Method overrides", own)}><Overrides facts={props.facts.clone()} /></Fold>
            <Fold id="stage-tags-title" title={counted("Tags", stage.tags.len())}><TagsOf facts={props.facts.clone()} /></Fold>
        </>
    }
}

/// Returns `Tags`, `Tags (2)`.
fn counted(title: &str, count: usize) -> String {
    if count == 0 { title.to_owned() } else { format!("{title} ({count})") }
}

#[derive(Debug, PartialEq, Properties)]
struct FoldProps {
    /// The id of what opens it, which can take the focus when what had it is gone.
    id: &'static str,
    title: AttrValue,
    children: Children,
}

/// Draws a part that is not even made before somebody opens it: a stage's card is drawn at every click on a stage.
#[component]
fn Fold(props: &FoldProps) -> Html {
    let open = use_state(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |e: MouseEvent| {
            e.prevent_default();
            open.set(!*open);
        })
    };
    html! {
        <details class="more" open={*open}>
            <summary id={props.id} {onclick}>{ &props.title }</summary>
            if *open { { props.children.clone() } }
        </details>
    }
}

/// Draws the stage's tags.
#[component]
fn TagsOf(props: &FactsProps) -> Html {
    let facts = &props.facts;
    let place = use_selector(|state| state.present().place.clone());
    let tags = &facts.stage.tags;
    let arn = arn(&place, &format!("/restapis/{}/stages/{}", facts.api_id, facts.stage.name));
    html! { <TagList {arn} tags={tags.clone()} home="stage-tags-title" /> }
}

/// Draws the usage plans that hold the stage, as a fact of its card.
#[component]
pub(super) fn PlansOf(props: &FactsProps) -> Html {
    let (api, stage) = (props.facts.api_id.clone(), props.facts.stage.name.clone());
    let plans = use_selector(move |state| {
        let plans = state.present().account.usage_plans.values().filter(|plan| plan.stage(&api, &stage).is_some());
        plans.map(|plan| (plan.id.to_string(), plan.name.clone())).collect::<Vec<_>>()
    });
    if plans.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <dt>{ "Usage plans" }</dt>
            <dd class="actions">
                { for plans.iter().map(|(id, name)| html! {
                    <PlaceLink place={Place::Page(Page::UsagePlans, Some(id.clone()))}><span>{ name }</span></PlaceLink>
                }) }
            </dd>
        </>
    }
}

/// Makes the stage forget what it keeps.
#[component]
fn Flush(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let (rest_api_id, stage_name) = (facts.api_id.clone(), facts.stage.name.to_string());
    let authorizers = {
        let (store, rest_api_id, stage_name) = (store.clone(), rest_api_id.clone(), stage_name.clone());
        Callback::from(move |_: MouseEvent| {
            let (rest_api_id, stage_name) = (rest_api_id.clone(), stage_name.clone());
            let done = format!("{stage_name} forgets what its authorizers answered.");
            if store.attempt(FlushStageAuthorizersCache { rest_api_id, stage_name }).is_some() {
                store.done(done);
            }
        })
    };
    let none = (!facts.stage.cache_cluster_enabled).then(|| format!("{stage_name} has no API cache"));
    let cache = Callback::from(move |_: MouseEvent| {
        let (rest_api_id, stage_name) = (rest_api_id.clone(), stage_name.clone());
        let done = format!("The cache of {stage_name} is empty.");
        if store.attempt(FlushStageCache { rest_api_id, stage_name }).is_some() {
            store.done(done);
        }
    });
    html! {
        <p class="actions field-row">
            <EditButton label="Flush API cache" small=true onclick={cache} blocked={none} />
            <EditButton label="Flush authorizer cache" small=true onclick={authorizers} />
        </p>
    }
}

/// Cache, throttling, client certificate, documentation.
#[component]
fn Additional(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let stage = &facts.stage;
    let certificates: Vec<String> = use_selector(|state| {
        state.present().account.client_certificates.keys().map(|id| id.as_str().to_owned()).collect()
    });
    let versions: Vec<String> = use_selector(|state| {
        let known = state.api().map(|api| api.documentation.versions.keys().map(ToString::to_string).collect());
        known.unwrap_or_default()
    });
    let none: (AttrValue, AttrValue) = (AttrValue::default(), "None".into());
    let listed = |texts: Vec<String>| -> Vec<(AttrValue, AttrValue)> {
        let entries = texts.into_iter().map(|text| (text.clone().into(), text.into()));
        [none.clone()].into_iter().chain(entries).collect()
    };
    let versions = listed(versions);
    let certificates = listed(certificates);
    let size = stage.cache_cluster_size.filter(|_| stage.cache_cluster_enabled).map(CacheClusterSize::as_str);
    let sizes = CacheClusterSize::ALL.map(|size| (size.into(), format!("{size} GB").into()));
    let off: (AttrValue, AttrValue) = (AttrValue::default(), "Inactive".into());
    let provision = save(&store, facts, |size| {
        let mut patches = vec![PatchOperation::replace("/cacheClusterEnabled", (!size.is_empty()).to_string())];
        if !size.is_empty() {
            patches.push(PatchOperation::replace("/cacheClusterSize", size));
        }
        patches
    });
    let all = stage.settings_of_all();
    let rate = all.map(|s| s.throttling_rate_limit).filter(|rate| rate.get() >= 0.0);
    let burst = all.map(|s| s.throttling_burst_limit).filter(|burst| *burst >= 0);
    let throttle = |path: &'static str| {
        save(&store, facts, move |text| {
            vec![PatchOperation::replace(path, if text.is_empty() { UNLIMITED } else { text })]
        })
    };
    html! {
        <>
            <EditChoice
                id={facts.dom_id("cache")} label="Provision API cache" value={size.unwrap_or_default()} when={When::Now}
                options={[off].into_iter().chain(sizes).collect::<Vec<_>>()} save={provision}
            />
            <EditChoice
                id={facts.dom_id("caching")} label="Default method-level caching" options={switch()} when={When::Now}
                value={all.is_some_and(|s| s.caching_enabled).to_string()} save={replace(&store, facts, "/*/*/caching/enabled")}
                hint="Methods are cached when both this and the API cache are active."
            />
            <CacheOfAll facts={facts.clone()} />
            <Flush facts={facts.clone()} />
            <EditText
                id={facts.dom_id("rate")} label="Rate (requests per second)" when={When::Now} mono=true
                value={rate.map(|rate| rate.to_string()).unwrap_or_default()} save={throttle(RATE)} hint="Empty: the account's limit."
            />
            <EditText
                id={facts.dom_id("burst")} label="Burst (requests)" when={When::Now} mono=true
                value={burst.map(|burst| burst.to_string()).unwrap_or_default()} save={throttle(BURST)} hint="Empty: the account's limit."
            />
            <EditChoice
                id={facts.dom_id("certificate")} label="Client certificate" options={certificates} when={When::Now}
                value={stage.client_certificate_id.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default()}
                save={replace(&store, facts, "/clientCertificateId")}
            />
            <EditChoice
                id={facts.dom_id("documentation")} label="Documentation version" options={versions} when={When::Now}
                value={stage.documentation_version.as_deref().unwrap_or_default().to_owned()}
                save={replace(&store, facts, "/documentationVersion")}
            />
            <Shown
                id={facts.dom_id("web-acl")} label="Web ACL" value="None"
                hint="AWS WAF associates one with a stage; API Gateway itself cannot set it, and there is no WAF here."
            />
        </>
    }
}

/// Execution logs, metrics, X-Ray and the access log.
#[component]
fn Logs(props: &FactsProps) -> Html {
    let store = use_store();
    let facts = &props.facts;
    let (stage, log) = (&facts.stage, &facts.stage.access_log);
    let all = stage.settings_of_all();
    let is = |on: fn(&MethodSettings) -> bool| all.is_some_and(|s| on(s)).to_string();
    let level = all.and_then(|s| s.logging_level).unwrap_or(LoggingLevel::Off);
    // Neither member can be removed alone.
    let destination = save(&store, facts, |arn| match arn {
        "" => vec![PatchOperation::remove("/accessLogSettings")],
        arn => vec![PatchOperation::replace("/accessLogSettings/destinationArn", arn)],
    });
    html! {
        <>
            <EditChoice
                id={facts.dom_id("log-level")} label="CloudWatch logs" value={level.as_str()} options={levels()} when={When::Now}
                save={replace(&store, facts, "/*/*/logging/loglevel")}
            />
            <EditChoice
                id={facts.dom_id("data-trace")} label="Data tracing" value={is(|s| s.data_trace_enabled)} options={switch()}
                when={When::Now} save={replace(&store, facts, "/*/*/logging/dataTrace")} hint="Full request and response logs."
            />
            <EditChoice
                id={facts.dom_id("metrics")} label="Detailed metrics" value={is(|s| s.metrics_enabled)} options={switch()}
                when={When::Now} save={replace(&store, facts, "/*/*/metrics/enabled")}
            />
            <EditChoice
                id={facts.dom_id("tracing")} label="X-Ray tracing" value={stage.tracing_enabled.to_string()} options={switch()}
                when={When::Now} save={replace(&store, facts, "/tracingEnabled")}
            />
            <EditText
                id={facts.dom_id("log-arn")} label="Access log destination ARN" value={log.destination_arn.clone().unwrap_or_default()}
                when={When::Now} mono=true save={destination} hint="Empty: no custom access logging, and no format."
            />
            <EditText
                id={facts.dom_id("log-format")} label="Log format" value={log.format.clone().unwrap_or_default()} when={When::Now}
                mono=true save={replace(&store, facts, "/accessLogSettings/format")} placeholder="$context.requestId $context.status"
            />
        </>
    }
}
