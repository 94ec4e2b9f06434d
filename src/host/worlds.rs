//! The worlds: one workspace for each region, as on AWS, in memory; and the clock that all of them share.

use super::answer::Answer;
use crate::{
    civil_time::CivilTime,
    control_plane::wire,
    data_plane::{self, Local, Request, Runtime},
    entities::{Place, Region, Timestamp, Usage, Workspace},
    env::Env,
    sample,
};
use std::collections::BTreeMap;

/// One region's workspace, and what its traffic left behind.
struct World {
    workspace: Workspace,
    runtime: Runtime,
    /// The usage of its plans by its traffic.
    usage: Usage,
}

impl World {
    fn new(region: &Region) -> Self {
        let place = Place { region: region.clone(), ..Place::default() };
        Self { workspace: Workspace::default().moved_to(place), runtime: Runtime::new(), usage: Usage::default() }
    }
}

/// All regions. No log is kept: there is no undo here, and a program may run for weeks.
pub(super) struct Worlds {
    /// By the region's name.
    worlds: BTreeMap<String, World>,
    env: Env,
    default_region: Region,
    /// How far the clock was moved, in milliseconds.
    moved: i64,
}

impl Worlds {
    /// Makes worlds without any region in them. `seed` is for ids and for chance.
    pub(super) fn new(seed: u64, default_region: Region) -> Self {
        Self { worlds: BTreeMap::new(), env: Env::new(seed, Timestamp::default()), default_region, moved: 0 }
    }

    /// Forgets everything, and how far the clock was moved.
    pub(super) fn reset(&mut self) {
        self.worlds.clear();
        self.moved = 0;
    }

    /// Puts the API that the page opens on into the default region, in place of whatever was there.
    pub(super) fn put_sample(&mut self) {
        let env = Env::new(self.env.chance().to_bits(), self.env.now());
        let Ok(session) = sample::session(env) else { return };
        let mut world = World::new(&self.default_region);
        world.workspace = session.present().moved_to(world.workspace.place);
        self.worlds.insert(self.default_region.as_str().to_owned(), world);
    }

    /// Sets the clock by the machine's.
    pub(super) fn set_time(&mut self, machine: Timestamp) {
        self.env.set_now(Timestamp(machine.0.saturating_add(self.moved)));
    }

    /// Moves the clock forward for good; the time after it.
    pub(super) fn advance(&mut self, millis: u32) -> Timestamp {
        self.moved = self.moved.saturating_add(i64::from(millis));
        self.env.set_now(Timestamp(self.env.now().0.saturating_add(i64::from(millis))));
        self.env.now()
    }

    /// Returns the region of whoever does not say one.
    pub(super) fn default_region(&self) -> &Region {
        &self.default_region
    }

    /// Returns the region that has an API of this id.
    pub(super) fn region_of_api(&self, id: &str) -> Option<Region> {
        self.region_where(|workspace| workspace.api(id).is_some())
    }

    /// Returns the region that has a custom domain name for this host.
    pub(super) fn region_of_domain(&self, host: &str) -> Option<Region> {
        self.region_where(|workspace| workspace.account.domain_names.values().any(|domain| domain.covers(host)))
    }

    fn region_where(&self, holds: impl Fn(&Workspace) -> bool) -> Option<Region> {
        let world = self.worlds.values().find(|world| holds(&world.workspace))?;
        Some(world.workspace.place.region.clone())
    }

    /// Returns a region with its account.
    pub(super) fn place(&self, region: &Region) -> Place {
        Place { region: region.clone(), ..Place::default() }
    }

    /// Carries out a control-plane request.
    pub(super) fn control(&mut self, region: &Region, verb: &str, uri: &str, body: &[u8]) -> Answer {
        let known = self.worlds.get(region.as_str()).map(|world| (world.workspace.clone(), world.usage.clone()));
        let (before, usage) = known.unwrap_or_else(|| (World::new(region).workspace, Usage::default()));
        self.env.set_usage(usage);
        let (after, response) = wire::handle(&before, &mut self.env, verb, uri, body);
        // Nothing is replayed here.
        self.env.take_minted();
        if let Some(after) = after {
            // A region comes to be with the first thing in it.
            let world = self.worlds.entry(region.as_str().to_owned()).or_insert_with(|| World::new(region));
            world.workspace = after;
        }
        let date = CivilTime::from_epoch_ms(self.env.now().0).http_date();
        Answer::from(response)
            .with("Date", date)
            .with("x-amzn-RequestId", self.env.uuid())
            .with("x-amz-apigw-id", self.env.extended_request_id())
    }

    /// Returns the lines of all access logs, the oldest of a region first.
    pub(super) fn access_logs(&self) -> impl Iterator<Item = &data_plane::AccessLogLine> {
        self.worlds.values().flat_map(|world| world.runtime.access_log())
    }

    /// Calls an invoke URL.
    pub(super) fn invoke(&mut self, region: &Region, request: &Request) -> Answer {
        let mut nothing = World::new(region);
        let world = self.worlds.get_mut(region.as_str()).unwrap_or(&mut nothing);
        let mut backends = Local::of(&world.workspace);
        let invocation =
            data_plane::invoke_at_once(&world.workspace, &mut world.runtime, request, &mut self.env, &mut backends);
        world.usage = self.env.usage().clone();
        let data_plane::Response { status, headers, body, coded } = invocation.response;
        let bytes = coded.map(|coded| coded.bytes.clone());
        Answer { status, headers, body, bytes }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Worlds;
    use crate::entities::{Region, Timestamp};
    use serde_json::{Value, json};

    fn text(value: &Value) -> String {
        value.as_str().expect("a text").to_owned()
    }

    fn region(name: &str) -> Region {
        Region::parse(name).expect("a region")
    }

    #[test]
    fn each_region_has_its_own_apis_until_all_is_forgotten() {
        let (east, west) = (Region::default(), region("eu-west-1"));
        let mut worlds = Worlds::new(1, east.clone());
        let made = worlds.control(&west, "POST", "/restapis", br#"{"name":"a"}"#);
        assert_eq!(made.status, 201);
        let id = serde_json::from_str::<serde_json::Value>(&made.body).expect("JSON")["id"].clone();
        let id = id.as_str().expect("an id").to_owned();
        let status = |worlds: &mut Worlds, region: &Region| {
            worlds.control(region, "GET", &format!("/restapis/{id}"), b"").status
        };
        assert_eq!((status(&mut worlds, &west), status(&mut worlds, &east)), (200, 404));
        assert_eq!(worlds.region_of_api(&id), Some(west.clone()));
        worlds.reset();
        assert_eq!((status(&mut worlds, &west), worlds.region_of_api(&id)), (404, None));
    }

    #[test]
    fn what_keys_have_used_is_told_whichever_region_was_called_last() {
        let (east, west) = (Region::default(), region("eu-west-1"));
        let mut worlds = Worlds::new(1, east.clone());
        worlds.set_time(Timestamp(1_700_000_000_000));
        worlds.put_sample();
        let mut send = |region: &Region, verb: &str, uri: &str, body: Value| {
            let answer = worlds.control(region, verb, uri, body.to_string().as_bytes());
            assert!(answer.status < 300, "{uri}: {}", answer.body);
            serde_json::from_str::<Value>(&answer.body).unwrap_or_default()
        };
        let api = send(&east, "GET", "/restapis", json!({}))["item"][0].clone();
        let (id, root) = (text(&api["id"]), text(&api["rootResourceId"]));
        let patches = json!([{ "op": "replace", "path": "/apiKeyRequired", "value": "true" }]);
        let method = format!("/restapis/{id}/resources/{root}/methods/GET");
        send(&east, "PATCH", &method, json!({ "patchOperations": patches }));
        send(&east, "POST", &format!("/restapis/{id}/deployments"), json!({ "stageName": "dev" }));
        let key = send(&east, "POST", "/apikeys", json!({ "enabled": true, "value": "k".repeat(20) }));
        let stages = json!([{ "apiId": id, "stage": "dev" }]);
        let plan = send(&east, "POST", "/usageplans", json!({ "name": "p", "apiStages": stages }));
        let (key, plan) = (text(&key["id"]), text(&plan["id"]));
        send(&east, "POST", &format!("/usageplans/{plan}/keys"), json!({ "keyId": key, "keyType": "API_KEY" }));
        let call = |region: &Region| {
            let url = format!("https://{id}.execute-api.{}.amazonaws.com/dev", region.as_str());
            let mut request = super::Request::get(url);
            request.headers.push(("x-api-key".into(), "k".repeat(20)));
            request
        };
        assert_eq!(worlds.invoke(&east, &call(&east)).status, 200);
        assert_eq!(worlds.invoke(&west, &call(&west)).status, 403);
        let uri = format!("/usageplans/{plan}/usage?startDate=2023-11-14&endDate=2023-11-14");
        let usage = worlds.control(&east, "GET", &uri, b"");
        assert!(usage.body.contains(&format!("{{\"{key}\":[[1,0]]}}")), "{}", usage.body);
    }

    #[test]
    fn the_clock_goes_on_from_where_it_was_moved_to() {
        let mut worlds = Worlds::new(1, Region::default());
        worlds.set_time(Timestamp(1_000));
        assert_eq!(worlds.advance(500), Timestamp(1_500));
        worlds.set_time(Timestamp(2_000));
        assert_eq!(worlds.env.now(), Timestamp(2_500));
        worlds.reset();
        worlds.set_time(Timestamp(3_000));
        assert_eq!(worlds.env.now(), Timestamp(3_000));
    }

    #[test]
    fn a_control_plane_answer_wears_the_headers_of_aws() {
        let mut worlds = Worlds::new(1, Region::default());
        let names = |answer: super::Answer| {
            let names: Vec<String> = answer.headers.into_iter().map(|(name, _)| name).collect();
            names.join(" ")
        };
        let well = worlds.control(&Region::default(), "GET", "/restapis", b"");
        assert_eq!(names(well), "Content-Type Date x-amzn-RequestId x-amz-apigw-id");
        let refused = worlds.control(&Region::default(), "GET", "/restapis/none", b"");
        assert_eq!(names(refused), "Content-Type x-amzn-ErrorType Date x-amzn-RequestId x-amz-apigw-id");
    }
}
