//! "Deploy API": which stage is to answer from a new snapshot, and the request for it.

use crate::{
    control_plane::{ApiError, canaries::DeploymentCanarySettings, deployments::CreateDeployment},
    entities::{RestApi, Stage, StageName},
};

/// The purpose of a new snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeployTo {
    /// Nothing is chosen yet: with several stages none is more likely than another.
    Open,
    /// A stage that is made with it.
    New,
    /// A stage that is there.
    Stage(String),
    /// No stage: the snapshot is only kept.
    NoStage,
}

/// The reason that a choice cannot be deployed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The fault.
    pub text: String,
    /// The way out; may be empty.
    pub hint: String,
}

impl Unfit {
    fn new(text: &str, hint: &str) -> Self {
        Self { text: text.to_owned(), hint: hint.to_owned() }
    }
}

impl From<&ApiError> for Unfit {
    fn from(error: &ApiError) -> Self {
        Self { text: error.to_string(), hint: error.hint().unwrap_or_default() }
    }
}

impl DeployTo {
    /// Returns the choice that a list begins with: the stage that was asked for, or the only one.
    pub fn at_first(api: &RestApi, asked: Option<&str>) -> Self {
        let mut names = api.stages.keys();
        match (asked.filter(|name| api.stages.contains_key(*name)), names.next(), names.next()) {
            (Some(name), ..) => Self::Stage(name.to_owned()),
            (None, None, _) => Self::New,
            (None, Some(only), None) => Self::Stage(only.to_string()),
            (None, Some(_), Some(_)) => Self::Open,
        }
    }

    /// Returns its value in the list. A stage's name has no such characters.
    pub fn value(&self) -> &str {
        match self {
            Self::Open => "",
            Self::New => "*new",
            Self::NoStage => "*none",
            Self::Stage(name) => name,
        }
    }

    /// Reads a value of the list.
    pub fn parse(value: String) -> Self {
        match value.as_str() {
            "" => Self::Open,
            "*new" => Self::New,
            "*none" => Self::NoStage,
            _ => Self::Stage(value),
        }
    }

    /// Returns the list, as values with what they are called.
    pub fn options(&self, api: &RestApi) -> Vec<(String, String)> {
        let row = |to: &Self, text: String| (to.value().to_owned(), text);
        let known = api.stages.values().map(|stage| {
            let now = api.deployment_of(stage).map(|d| d.short_name()).unwrap_or_default();
            row(&Self::Stage(stage.name.to_string()), format!("{} (now {now})", stage.name))
        });
        let open = (*self == Self::Open).then(|| row(&Self::Open, "Choose a stage".into()));
        open.into_iter()
            .chain([row(&Self::New, "New stage".into())])
            .chain(known)
            .chain([row(&Self::NoStage, "No stage".into())])
            .collect()
    }

    /// Returns what to know about the choice; may be empty.
    pub fn hint(&self, api: &RestApi) -> String {
        match self {
            Self::Stage(name) => canary(api, Some(name)).map_or_else(String::new, |canary| {
                let share = &canary.percent_traffic;
                format!(
                    "{name} has a canary: the deployment goes to the canary, which takes {share} % of the requests."
                )
            }),
            Self::NoStage => "The snapshot is kept, and cannot be called until a stage points to it.".into(),
            Self::Open | Self::New => String::new(),
        }
    }

    /// Returns the `stageName` of the request.
    ///
    /// # Errors
    /// Nothing is chosen, or the name that was typed is none, or is taken: the request would move that stage, and whoever
    /// chose a new one did not mean that.
    pub fn stage_name(&self, api: &RestApi, typed: &str) -> Result<Option<String>, Unfit> {
        match self {
            Self::Stage(name) => Ok(Some(name.clone())),
            Self::NoStage => Ok(None),
            Self::Open => Err(Unfit::new("Choose a stage first.", "")),
            Self::New if typed.is_empty() => {
                Err(Unfit::new("Enter a stage name.", "Or choose “No stage” to only take the snapshot."))
            }
            Self::New if api.stages.contains_key(typed) => {
                Err(Unfit::from(&ApiError::StageExists { name: typed.to_owned() }))
            }
            Self::New => spelling(typed).map_or_else(|| Ok(Some(typed.to_owned())), Err),
        }
    }
}

/// Returns what is wrong with a stage name while it is typed. An empty one is not scolded before "Deploy".
pub fn spelling(text: &str) -> Option<Unfit> {
    let wrong = !text.is_empty() && StageName::parse(text).is_none();
    wrong.then(|| Unfit::from(&ApiError::StageName { name: text.to_owned() }))
}

fn canary<'a>(api: &'a RestApi, stage: Option<&str>) -> Option<&'a crate::entities::Canary> {
    api.stages.get(stage?).and_then(|stage: &std::rc::Rc<Stage>| stage.canary.as_deref())
}

/// Makes the request. As in AWS's console, a deployment to a stage with a canary goes to the canary, which keeps its
/// settings. The texts describe the deployment, and a stage that is new.
pub fn request(api: &RestApi, stage: Option<&str>, (description, about_stage): (&str, &str)) -> CreateDeployment {
    let is_new = stage.is_some_and(|name| !api.stages.contains_key(name));
    CreateDeployment {
        canary_settings: canary(api, stage).map(DeploymentCanarySettings::of),
        description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        stage_description: Some(about_stage.to_owned()).filter(|text| is_new && !text.is_empty()),
        ..CreateDeployment::new(api.id.as_str(), stage.map(str::to_owned))
    }
}

/// Returns what is said once it is done, in the console's words; `api` as it was before.
pub fn done(api: &RestApi, stage: Option<&str>) -> String {
    let whose = if canary(api, stage).is_some() { "the canary of " } else { "" };
    let what = match stage {
        Some(stage) => format!("This deployment is active for {whose}{stage}."),
        None => "It cannot be called until a stage points to it.".into(),
    };
    format!("Successfully created deployment for {}. {what}", api.config.settings.name)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{DeployTo, done, request};
    use crate::{
        control_plane::deployments::CreateDeployment,
        entities::{RestApi, Timestamp},
        env::Env,
        history::Session,
        sample,
    };
    use std::rc::Rc;

    /// Returns the sample, deployed to these stages.
    fn api(stages: &[&str]) -> Rc<RestApi> {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let first = |session: &Session| session.present().rest_apis.values().next().cloned().expect("BUG: an API");
        let id = first(&session).id.to_string();
        for stage in stages {
            let command = CreateDeployment::new(id.as_str(), Some((*stage).to_owned()));
            session.execute(command).expect("BUG: it deploys");
        }
        first(&session)
    }

    #[test]
    fn the_first_choice_is_what_was_asked_for_or_the_only_one() {
        let to = |name: &str| DeployTo::Stage(name.to_owned());
        for (stages, asked, chosen) in [
            (&[][..], None, DeployTo::New),
            (&[], Some("gone"), DeployTo::New),
            (&["dev"], None, to("dev")),
            (&["dev", "prod"], None, DeployTo::Open),
            (&["dev", "prod"], Some("gone"), DeployTo::Open),
            (&["dev", "prod"], Some("prod"), to("prod")),
        ] {
            assert_eq!(DeployTo::at_first(&api(stages), asked), chosen, "{stages:?} {asked:?}");
        }
    }

    #[test]
    fn the_list_offers_a_new_stage_those_that_are_there_and_none() {
        let api = api(&["dev", "prod"]);
        let texts = |chosen: &DeployTo| chosen.options(&api).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        let named = ["New stage", "dev (now D1)", "prod (now D2)", "No stage"];
        assert_eq!(texts(&DeployTo::New), named);
        assert_eq!(texts(&DeployTo::Open)[1..], named);
        for (value, _) in DeployTo::Open.options(&api) {
            assert_eq!(DeployTo::parse(value.clone()).value(), value);
        }
    }

    #[test]
    fn a_new_name_has_to_be_one_that_is_not_there() {
        let api = api(&["dev"]);
        let new = |typed: &str| DeployTo::New.stage_name(&api, typed).map_err(|unfit| unfit.text);
        assert_eq!(new("prod"), Ok(Some("prod".into())));
        assert_eq!(new("").unwrap_err(), "Enter a stage name.");
        assert_eq!(new("dev").unwrap_err(), "Stage already exists");
        assert!(new("a b").unwrap_err().contains("Stage name only allows"));
        assert_eq!(DeployTo::NoStage.stage_name(&api, "dev"), Ok(None));
        assert!(DeployTo::Open.stage_name(&api, "dev").is_err());
    }

    #[test]
    fn only_a_new_stage_is_described() {
        let api = api(&["dev"]);
        let about = |stage| request(&api, stage, ("a fix", "for tests")).stage_description;
        assert_eq!(about(Some("prod")).as_deref(), Some("for tests"));
        assert_eq!((about(Some("dev")), about(None)), (None, None));
        assert_eq!(request(&api, None, ("", "")).description, None);
        assert_eq!(
            done(&api, Some("dev")),
            "Successfully created deployment for UsersAPI. This deployment is active for dev."
        );
    }
}
