//! Carries out the lines of a scenario: a session for `aws` and for bare HTTP, the data plane for `curl`.

use stagecraft::{
    control_plane::{ApiError, Command, Outcome, wire},
    data_plane::{Local, OwnAnswer, Request, Runtime, Step, invoke_at_once},
    dialects::cli::{Host, HttpAnswer, HttpRequest, Unreachable},
    entities::{Place, Timestamp},
    env::Env,
    history::Session,
    sample,
    text::percent,
};

/// A workspace with its history and its traffic.
pub(crate) struct World {
    pub(crate) session: Session,
    runtime: Runtime,
}

impl World {
    /// Makes a fresh workspace in this place.
    pub(crate) fn new(is_sample: bool, place: Place) -> Self {
        let env = Env::new(7, Timestamp(1_700_000_000_000));
        let mut session = if is_sample { sample::session(env).expect("BUG: the sample") } else { Session::new(env) };
        session.move_to(place);
        Self { session, runtime: Runtime::new() }
    }

    /// Sends a request like `POST /restapis {"name": "a"}` to the control plane; the answer as curl shows it.
    pub(crate) fn send(&mut self, request: &str) -> String {
        self.tick();
        let mut words = request.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        let (verb, uri, body) = (next(), next(), next());
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let query: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), percent::decode(value))).collect();
        let done = wire::parse(verb, path, &query, body).and_then(|command| self.session.execute(command));
        let answer = wire::answer(&done);
        let headers = answer.headers.iter().map(|(name, value)| format!("{}: {value}\n", name.to_lowercase()));
        format!("HTTP/2 {}\n{}\n{}", answer.status, headers.collect::<String>(), answer.body)
    }

    /// Moves the clock on by a second.
    fn tick(&mut self) {
        let now = self.session.env.now();
        self.session.env.set_now(Timestamp(now.0 + 1000));
    }
}

impl Host for World {
    fn control(&mut self, command: Command) -> Result<Outcome, ApiError> {
        self.tick();
        self.session.execute(command)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        self.tick();
        let request = Request {
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        };
        let workspace = self.session.present().clone();
        let invocation =
            invoke_at_once(&workspace, &mut self.runtime, &request, &mut self.session.env, &mut Local::of(&workspace));
        for step in &invocation.trace.steps {
            match step {
                Step::Stagecraft(OwnAnswer::OtherHost(host)) => return Err(Unreachable::host(host)),
                Step::Stagecraft(OwnAnswer::NotEncrypted | OwnAnswer::OtherPort(_)) => {
                    let message = "Failed to connect: Connection refused".to_owned();
                    return Err(Unreachable { code: 7, message });
                }
                _ => {}
            }
        }
        let response = invocation.response;
        Ok(HttpAnswer { status: response.status, headers: response.headers, body: response.body })
    }

    fn region(&self) -> String {
        self.session.present().place.region.to_string()
    }
}
