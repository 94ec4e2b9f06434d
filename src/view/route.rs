//! The selection, as the URL's fragment: `#/{api}/stages/dev`. A hash works on any static host and any sub-path.

use crate::{
    entities::{HttpMethod, RestApi},
    text::percent,
};
use std::fmt;

/// A tab of the method editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MethodTab {
    /// The demands of the method on a request, and its authorization.
    Method,
    /// The integration that answers it.
    #[default]
    Integration,
    /// Its answers: integration responses and method responses.
    Responses,
    /// One run of it.
    Test,
}

impl MethodTab {
    /// All tabs, in order.
    pub const ALL: [Self; 4] = [Self::Method, Self::Integration, Self::Responses, Self::Test];

    /// Returns the part of the fragment.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Integration => "integration",
            Self::Responses => "responses",
            Self::Test => "test",
        }
    }
}

/// A tab under a stage's cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StageTab {
    /// The URLs that it exposes.
    #[default]
    Urls,
    /// Its variables.
    Variables,
    /// The deployments that it can point at.
    History,
    /// Its canary.
    Canary,
    /// The changes that a deployment would bring.
    Changes,
}

impl StageTab {
    /// All tabs, in order.
    pub const ALL: [Self; 5] = [Self::Urls, Self::Variables, Self::History, Self::Canary, Self::Changes];

    /// Returns the part of the fragment.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Urls => "urls",
            Self::Variables => "variables",
            Self::History => "history",
            Self::Canary => "canary",
            Self::Changes => "changes",
        }
    }
}

/// A screen that is reached from "More".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The authorizers of the API.
    Authorizers,
    /// The answers that the gateway gives by itself.
    GatewayResponses,
    /// The models of the API.
    Models,
    /// The request validators of the API.
    Validators,
    /// The documentation of the API.
    Documentation,
    /// Custom domain names of the account.
    DomainNames,
    /// API keys of the account.
    ApiKeys,
    /// Usage plans of the account.
    UsagePlans,
    /// Client certificates of the account.
    ClientCertificates,
    /// VPC links of the account.
    VpcLinks,
    /// Settings of the account in the region.
    Account,
}

impl Page {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 11] = [
        Self::Authorizers,
        Self::GatewayResponses,
        Self::Models,
        Self::Validators,
        Self::Documentation,
        Self::DomainNames,
        Self::ApiKeys,
        Self::UsagePlans,
        Self::ClientCertificates,
        Self::VpcLinks,
        Self::Account,
    ];

    /// Returns the part of the fragment.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Authorizers => "authorizers",
            Self::GatewayResponses => "gateway-responses",
            Self::Models => "models",
            Self::Validators => "validators",
            Self::Documentation => "documentation",
            Self::DomainNames => "domains",
            Self::ApiKeys => "keys",
            Self::UsagePlans => "plans",
            Self::ClientCertificates => "certificates",
            Self::VpcLinks => "vpc-links",
            Self::Account => "account",
        }
    }
}

/// The place that the editor shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The resource tree with nothing selected.
    #[default]
    Resources,
    /// A resource.
    Resource(String),
    /// A method of a resource.
    Method(String, HttpMethod, MethodTab),
    /// The stages with nothing selected.
    Stages,
    /// A stage.
    Stage(String, StageTab),
    /// The deployments with nothing selected.
    Deployments,
    /// A deployment.
    Deployment(String),
    /// The API's settings, and the workspace's.
    Settings,
    /// Two versions side by side, as `history::compare` names them.
    Compare(String, String),
    /// The list of all other screens.
    More,
    /// One of those, and what is selected on it: an id, a name, a domain.
    Page(Page, Option<String>),
}

/// The request of a URL's fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The workbench.
    Workbench {
        /// The API; `None` takes the first.
        api: Option<String>,
        /// The place that the editor shows.
        place: Place,
    },
    /// A link that somebody shared: its payload.
    Shared(String),
    /// The map alone, from a link.
    Embed {
        /// The link's payload.
        payload: String,
        /// Options after `?`: `urls`, `call`, `edit`, and `light` or `dark`.
        options: Vec<String>,
    },
}

impl Default for Route {
    fn default() -> Self {
        Self::Workbench { api: None, place: Place::default() }
    }
}

impl Route {
    /// Returns the route to a place of an API.
    pub fn to(api: impl Into<String>, place: Place) -> Self {
        Self::Workbench { api: Some(api.into()), place }
    }
}

/// Stands for the API where a workspace has none: what belongs to the account is there all the same.
const NO_API: &str = "-";

/// Reads a fragment, with or without `#`. What makes no sense is the workbench's first screen.
pub fn parse_route(fragment: &str) -> Route {
    let fragment = fragment.trim_start_matches('#').trim_start_matches('/');
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let parts: Vec<&str> = path.split('/').collect();
    let options = || query.split('&').filter(|o| !o.is_empty()).map(|o| o.trim_end_matches("=1").to_owned()).collect();
    match parts[..] {
        ["s", payload] => Route::Shared(payload.to_owned()),
        ["embed", payload] => Route::Embed { payload: payload.to_owned(), options: options() },
        [""] => Route::default(),
        [NO_API, ref rest @ ..] => Route::Workbench { api: None, place: parse_place(rest) },
        [api, ref rest @ ..] => Route::to(api, parse_place(rest)),
        [] => Route::default(),
    }
}

fn parse_place(parts: &[&str]) -> Place {
    match *parts {
        ["resources", id] => Place::Resource(id.to_owned()),
        ["resources", id, verb, ref rest @ ..] => match HttpMethod::parse(verb) {
            Some(verb) => {
                let tab = MethodTab::ALL.into_iter().find(|tab| rest.first() == Some(&tab.slug())).unwrap_or_default();
                Place::Method(id.to_owned(), verb, tab)
            }
            None => Place::Resource(id.to_owned()),
        },
        ["stages"] => Place::Stages,
        ["stages", name, ref rest @ ..] => {
            let tab = StageTab::ALL.into_iter().find(|tab| rest.first() == Some(&tab.slug())).unwrap_or_default();
            Place::Stage(name.to_owned(), tab)
        }
        ["deployments"] => Place::Deployments,
        ["deployments", id] => Place::Deployment(id.to_owned()),
        ["settings"] => Place::Settings,
        ["compare", left, right] => Place::Compare(left.to_owned(), right.to_owned()),
        ["more"] => Place::More,
        [slug, ref rest @ ..] => match Page::ALL.into_iter().find(|page| page.slug() == slug) {
            Some(page) => Place::Page(page, rest.first().map(|item| percent::decode(item))),
            None => Place::Resources,
        },
        _ => Place::Resources,
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workbench { api: None, place: Place::Resources } => f.write_str("#/"),
            Self::Workbench { api, place } => {
                let api = api.as_deref().unwrap_or(NO_API);
                match place {
                    Place::Resources => write!(f, "#/{api}/resources"),
                    Place::Resource(id) => write!(f, "#/{api}/resources/{id}"),
                    Place::Method(id, verb, tab) => write!(f, "#/{api}/resources/{id}/{verb}/{}", tab.slug()),
                    Place::Stages => write!(f, "#/{api}/stages"),
                    Place::Stage(name, tab) => write!(f, "#/{api}/stages/{name}/{}", tab.slug()),
                    Place::Deployments => write!(f, "#/{api}/deployments"),
                    Place::Deployment(id) => write!(f, "#/{api}/deployments/{id}"),
                    Place::Settings => write!(f, "#/{api}/settings"),
                    Place::Compare(left, right) => write!(f, "#/{api}/compare/{left}/{right}"),
                    Place::More => write!(f, "#/{api}/more"),
                    Place::Page(page, None) => write!(f, "#/{api}/{}", page.slug()),
                    Place::Page(page, Some(item)) => write!(f, "#/{api}/{}/{}", page.slug(), percent::encode(item)),
                }
            }
            Self::Shared(payload) => write!(f, "#/s/{payload}"),
            Self::Embed { payload, options } if options.is_empty() => write!(f, "#/embed/{payload}"),
            Self::Embed { payload, options } => write!(f, "#/embed/{payload}?{}", options.join("&")),
        }
    }
}

/// Returns the route to what is nearest to a selection whose object has gone, in the API that is shown; links stay as
/// they are.
pub fn mended(route: &Route, api: Option<&RestApi>) -> Route {
    let Route::Workbench { place, .. } = route else { return route.clone() };
    let Some(api) = api else {
        // What belongs to the account, and the workspace's settings, need none.
        let place = match place {
            fine @ (Place::Settings | Place::More | Place::Page(..)) => fine.clone(),
            _ => Place::Resources,
        };
        return Route::Workbench { api: None, place };
    };
    let mended = match place {
        Place::Method(id, verb, _) if api.config.method(id, *verb).is_none() => match api.config.resource(id) {
            Some(_) => Place::Resource(id.clone()),
            None => Place::Resources,
        },
        Place::Resource(id) if api.config.resource(id).is_none() => Place::Resources,
        Place::Stage(name, _) if !api.stages.contains_key(name.as_str()) => Place::Stages,
        Place::Deployment(id) if !api.deployments.contains_key(id.as_str()) => Place::Deployments,
        fine => fine.clone(),
    };
    Route::to(api.id.as_str(), mended)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{MethodTab, Page, Place, Route, StageTab, mended, parse_route};
    use crate::{
        control_plane::deployments::CreateDeployment,
        entities::{HttpMethod, Timestamp},
        env::Env,
        sample,
    };

    #[test]
    fn a_fragment_comes_back_as_it_was_written() {
        for written in [
            "#/",
            "#/a1b2c3/resources",
            "#/a1b2c3/resources/r1",
            "#/a1b2c3/resources/r1/GET/test",
            "#/a1b2c3/stages/dev/history",
            "#/a1b2c3/deployments/d1",
            "#/a1b2c3/compare/D1/now",
            "#/a1b2c3/keys/a%2Fb",
            "#/-/account",
            "#/s/1AAAA",
            "#/embed/1AAAA?urls&call",
        ] {
            assert_eq!(parse_route(written).to_string(), written);
        }
    }

    #[test]
    fn what_makes_no_sense_is_the_nearest_that_does() {
        let api = |place| Route::to("a1", place);
        for (written, meant) in [
            ("", Route::default()),
            ("#nonsense", Route::to("nonsense", Place::Resources)),
            ("#/a1/nonsense/x", api(Place::Resources)),
            ("#/a1/resources/r1/FETCH", api(Place::Resource("r1".into()))),
            (
                "#/a1/resources/r1/GET/nonsense",
                api(Place::Method("r1".into(), HttpMethod::Get, MethodTab::Integration)),
            ),
            ("#/a1/stages/dev/nonsense", api(Place::Stage("dev".into(), StageTab::Urls))),
        ] {
            assert_eq!(parse_route(written), meant, "{written}");
        }
    }

    #[test]
    fn a_selection_whose_object_has_gone_moves_to_the_nearest() {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let id = session.present().rest_apis.keys().next().expect("BUG: an API").to_string();
        session.execute(CreateDeployment::new(id.as_str(), Some("dev".to_owned()))).expect("BUG: it deploys");
        let api = session.present().api(&id).expect("BUG: the API").clone();
        let users = api.config.resource_at("/users").expect("BUG: a resource").id.to_string();
        let method = |verb| Place::Method(users.clone(), verb, MethodTab::Test);
        for (place, there) in [
            (method(HttpMethod::Get), method(HttpMethod::Get)),
            (method(HttpMethod::Head), Place::Resource(users.clone())),
            (Place::Method("gone".into(), HttpMethod::Get, MethodTab::Test), Place::Resources),
            (Place::Resource("gone".into()), Place::Resources),
            (Place::Stage("dev".into(), StageTab::History), Place::Stage("dev".into(), StageTab::History)),
            (Place::Stage("gone".into(), StageTab::History), Place::Stages),
            (Place::Deployment("gone".into()), Place::Deployments),
            (Place::Page(Page::ApiKeys, Some("gone".into())), Place::Page(Page::ApiKeys, Some("gone".into()))),
        ] {
            assert_eq!(
                mended(&Route::to("another", place.clone()), Some(&api)),
                Route::to(id.as_str(), there),
                "{place:?}"
            );
        }
        let without = |place| mended(&Route::to("another", place), None);
        assert_eq!(without(Place::Stages), Route::Workbench { api: None, place: Place::Resources });
        assert_eq!(without(Place::Settings), Route::Workbench { api: None, place: Place::Settings });
        let link = Route::Shared("1AAAA".into());
        assert_eq!(mended(&link, None), link);
    }
}
