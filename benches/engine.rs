//! Measures what the engine costs, one line per figure, beside what it may cost at most.
//!
//! Plain clocks and many repetitions: each figure is the fastest of many short batches, namely what the code costs while
//! nothing else runs on the machine; what takes longer than a slice of time is counted in time on the processor. Memory is
//! what a fresh process holds more of after tens of thousands of steps than before, as Linux counts it; a counting
//! allocator would be unsafe code, which this package forbids everywhere.

#![cfg(not(target_arch = "wasm32"))]

use stagecraft::{
    control_plane::{
        Command, PatchOperation, deployments::CreateDeployment, integration_responses::UpdateIntegrationResponse,
        resources::CreateResource,
    },
    data_plane::{Local, Request, Runtime, invoke},
    entities::{Limits, Timestamp, Workspace},
    env::Env,
    history::{Record, Session, diff},
    sample,
};
use std::{env, fs, hint::black_box, process, rc::Rc, sync::OnceLock, time::Instant};

/// Batches of one figure.
const BATCHES: usize = 400;
/// Calls in a batch.
const CALLS: u32 = 50;
/// Replays of the long log.
const REPLAYS: usize = 15;

/// Asks this program to measure memory, of the kind that follows.
const MEMORY_ARGUMENT: &str = "measure-memory";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [MEMORY_ARGUMENT, kind] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        return measure_memory(kind);
    }
    for resources in [10, 300, 10_000] {
        let mut bench = Bench::new(resources);
        let deploy = bench.deploy(Some("dev"));
        let cost = fastest(|| {
            drop(black_box(bench.workspace.execute(&deploy, &mut bench.env)));
            bench.env.take_minted();
        });
        line(&format!("deploy an API of {resources} resources"), cost / 1e3, "µs", Some(5.0));
    }
    for resources in [10, 10_000] {
        let mut bench = Bench::new(resources);
        bench.execute(bench.deploy(Some("dev")));
        let url = format!("{}/users/u1", bench.workspace.place.invoke_url(&bench.api, "dev"));
        let (mut runtime, request) = (Runtime::new(), Request::get(url));
        let mut call = || {
            let mut backends = Local::of(&bench.workspace);
            invoke(&bench.workspace, &mut runtime, &request, &mut bench.env, &mut backends)
        };
        assert_eq!(call().map(|invocation| invocation.response.status), Ok(200));
        let cost = fastest(|| drop(black_box(call())));
        line(&format!("invoke a MOCK method, {resources} resources"), cost / 1e3, "µs", Some(5.0));
    }
    drift();
    replay();
    memory();
}

/// Drift after one edit at 10,000 resources: the count on every badge, and the list.
fn drift() {
    let mut bench = Bench::new(10_000);
    bench.execute(bench.deploy(Some("dev")));
    bench.execute(bench.edit(1));
    let api = bench.workspace.api(&bench.api).expect("BUG: the API");
    let deployed = api.stages.get("dev").and_then(|stage| api.deployment_of(stage)).expect("BUG: the deployment");
    assert_eq!(diff::count(&deployed.config, &api.config), 1);
    let cost = fastest(|| assert_eq!(black_box(diff::count(&deployed.config, &api.config)), 1));
    line("drift after one edit, 10000 resources: count", cost / 1e3, "µs", None);
    let cost = fastest(|| drop(black_box(diff::diff(&deployed.config, &api.config))));
    line("drift after one edit, 10000 resources: list", cost / 1e3, "µs", None);
}

/// Replays a log of 10,000 operations, half of them edits, half deployments.
fn replay() {
    let mut session = sample::session(Env::new(1, Timestamp(0))).expect("BUG: the sample");
    let mut bench = Bench::of(session.present().clone());
    while session.entries().len() < 10_000 {
        let count = session.entries().len() as u64;
        let command = if count.is_multiple_of(2) { bench.edit(count) } else { bench.deploy(Some("dev")) };
        session.execute(command).expect("BUG: an operation of the log");
        bench.workspace = session.present().clone();
    }
    let records: Vec<Record> = session.entries().iter().map(|op| op.record.clone()).collect();
    let replay = |records: Vec<Record>| {
        let start = processor_seconds();
        let replayed = Session::replay(Env::new(2, Timestamp(0)), records).expect("BUG: a log that replays");
        let cost = (processor_seconds() - start) * 1e3;
        assert_eq!(replayed.entries().len(), 10_000);
        cost
    };
    let cost = (0..REPLAYS).map(|_| replay(records.clone())).fold(f64::INFINITY, f64::min);
    line("replay a log of 10000 operations", cost, "ms", Some(50.0));
}

/// The memory that is kept per deployment with one edit before it: of the workspace alone, and of a session with its whole history.
const MEMORY: [(&str, &str, Option<f64>); 4] = [
    ("workspace-10", "memory per deployment with one edit, 10 resources", Some(2.0)),
    ("workspace-300", "memory per deployment with one edit, 300 resources", Some(2.0)),
    ("workspace-10000", "memory per deployment with one edit, 10000 resources", Some(2.0)),
    ("session", "the same with both steps in the history", None),
];

/// Measures each kind of memory in a process of its own, which has freed nothing before.
fn memory() {
    for (kind, name, most) in MEMORY {
        let bytes = env::current_exe().ok().and_then(|program| {
            let output = process::Command::new(program).arg(MEMORY_ARGUMENT).arg(kind).output().ok()?;
            String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok()
        });
        match bytes {
            Some(bytes) => line(name, bytes / 1e3, "kB", most),
            None => println!("{name:<60} not measured: no /proc/self/statm here"),
        }
    }
}

/// Prints the bytes per deployment with one edit.
fn measure_memory(kind: &str) {
    const STEPS: u64 = 20_000;
    let measured = if kind == "session" {
        let mut session = sample::session(Env::new(1, Timestamp(0))).expect("BUG: the sample");
        let bench = Bench::of(session.present().clone());
        let before = resident();
        for step in 0..STEPS {
            session.execute(bench.edit(step)).expect("BUG: an edit");
            session.execute(bench.deploy(None)).expect("BUG: a deployment");
        }
        before.zip(resident())
    } else {
        let resources = kind.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(10);
        let mut bench = Bench::new(resources);
        let before = resident();
        for step in 0..STEPS {
            bench.execute(bench.edit(step));
            bench.execute(bench.deploy(None));
        }
        before.zip(resident())
    };
    if let Some((before, after)) = measured {
        println!("{}", after.saturating_sub(before) as f64 / STEPS as f64);
    }
}

/// Seconds that this process was on the processor; by the wall where nobody counts them.
fn processor_seconds() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let wall = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    let counted = fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or(wall, |nanoseconds| nanoseconds / 1e9)
}

/// Bytes that the process holds in memory.
fn resident() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/statm").ok()?;
    Some(text.split(' ').nth(1)?.parse::<u64>().ok()? * 4096)
}

/// Returns what one call costs in nanoseconds.
fn fastest(mut act: impl FnMut()) -> f64 {
    let mut batch = || {
        let start = Instant::now();
        (0..CALLS).for_each(|_| act());
        start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
    };
    (0..BATCHES).map(|_| batch()).fold(f64::INFINITY, f64::min)
}

fn line(name: &str, value: f64, unit: &str, most: Option<f64>) {
    let verdict = match most {
        Some(most) if value > most => format!("  MORE THAN {most} {unit}"),
        Some(most) => format!("  (at most {most} {unit})"),
        None => String::new(),
    };
    println!("{name:<60} {value:>9.2} {unit}{verdict}");
}

/// A workspace with the sample in it, and more resources beside it.
struct Bench {
    workspace: Workspace,
    env: Env,
    api: String,
    users: String,
}

impl Bench {
    fn of(workspace: Workspace) -> Self {
        let api = workspace.rest_apis.values().next().expect("BUG: the sample's API");
        let (id, users) = (api.id.to_string(), api.config.resource_at("/users").expect("BUG: /users").id.to_string());
        Self { env: Env::new(5, Timestamp(0)), api: id, users, workspace }
    }

    fn new(resources: usize) -> Self {
        let session = sample::session(Env::new(1, Timestamp(0))).expect("BUG: the sample");
        let limits = Rc::new(Limits { resources_per_api: resources.max(300), ..Limits::default() });
        let mut bench = Self::of(Workspace { limits, ..session.present().clone() });
        let root = bench.workspace.api(&bench.api).map(|api| api.config.root_id().to_string()).unwrap_or_default();
        let mut parents = vec![root];
        for number in 3..resources {
            // A tree in which every resource has up to ten children.
            let parent = parents[(number - 3) / 10].clone();
            let path_part = format!("part{number}");
            let made = bench.execute(CreateResource { rest_api_id: bench.api.clone(), parent_id: parent, path_part });
            parents.push(made);
        }
        bench
    }

    /// Carries out a request; the id in its answer.
    fn execute(&mut self, command: impl Into<Command>) -> String {
        let (after, outcome) = self.workspace.execute(&command.into(), &mut self.env).expect("BUG: a request");
        self.env.take_minted();
        self.workspace = after;
        outcome.text("id").unwrap_or_default().to_owned()
    }

    fn deploy(&self, stage: Option<&str>) -> Command {
        CreateDeployment::new(self.api.as_str(), stage.map(str::to_owned)).into()
    }

    /// Another answer of `GET /users`.
    fn edit(&self, number: u64) -> Command {
        let body = format!("{{\"version\": {number}}}");
        UpdateIntegrationResponse {
            rest_api_id: self.api.clone(),
            resource_id: self.users.clone(),
            http_method: "GET".into(),
            status_code: "200".into(),
            patch_operations: vec![PatchOperation::replace("/responseTemplates/application~1json", body)],
        }
        .into()
    }
}
