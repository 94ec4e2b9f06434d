//! From a whole request to its answer: who may ask, what is asked for, and who answers it. No network here.

use super::{
    answer::{Answer, Headers},
    gate::{self, AllowedOrigin},
    target::{self, RequestTarget},
    worlds::Worlds,
};
use crate::{
    data_plane::{AccessLogLine, Request},
    entities::{Region, Timestamp},
};
use serde_json::{Value, json};

/// A request as HTTP brought it.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The verb.
    pub verb: String,
    /// The host of a URL that was sent whole, as to a proxy; else the header says it.
    pub authority: Option<String>,
    /// The path with its query, with escapes.
    pub uri: String,
    /// All headers, their names as they were written.
    pub headers: Headers,
    /// The body, as far as it was read: one byte more than AWS takes at the most.
    pub body: Vec<u8>,
}

/// The most that the clock is moved at once: the engine tells times, not ages.
const LONGEST_MOVE: u32 = u32::MAX;

/// Everything behind the network.
pub struct Front {
    worlds: Worlds,
    allowed: Vec<AllowedOrigin>,
}

impl Front {
    /// Makes a front before nothing at all.
    pub fn new(seed: u64, default_region: Region) -> Self {
        Self { worlds: Worlds::new(seed, default_region), allowed: Vec::new() }
    }

    /// Lets pages of these origins call invoke URLs.
    pub fn allowing(self, allowed: Vec<AllowedOrigin>) -> Self {
        Self { allowed, ..self }
    }

    /// Answers a request that came in at this time.
    pub fn answer(&mut self, request: Incoming, now: Timestamp) -> Answer {
        self.worlds.set_time(now);
        self.try_answer(request).unwrap_or_else(|refusal| refusal)
    }

    fn try_answer(&mut self, request: Incoming) -> Result<Answer, Answer> {
        let host = host(&request)?;
        match target::find(host, &request.uri, &self.worlds)? {
            RequestTarget::Own(path) => {
                gate::control(&request.headers)?;
                Scope::of(&request)?;
                self.own(&request.verb, path, &request.body)
            }
            RequestTarget::Control(region) => {
                gate::control(&request.headers)?;
                let signed = Scope::of(&request)?.region;
                let region = region.or(signed).unwrap_or_else(|| self.worlds.default_region().clone());
                Ok(self.worlds.control(&region, &request.verb, &request.uri, &request.body))
            }
            RequestTarget::Invoke { region, host: name, rest } => {
                gate::invoke(&request.headers, &target::host_name(host), &self.allowed)?;
                let url = format!("https://{name}{rest}");
                Ok(self.worlds.invoke(&region, &invoke_request(&request, url, name)))
            }
        }
    }

    /// Answers a request to `/_stagecraft/…`.
    fn own(&mut self, verb: &str, path: &str, body: &[u8]) -> Result<Answer, Answer> {
        match (verb, path) {
            ("GET" | "HEAD", "") => Ok(Answer::json(&json!({
                "stagecraft": env!("CARGO_PKG_VERSION"),
                "region": self.worlds.default_region().as_str(),
                "signatures": "accepted, not checked",
            }))),
            ("POST", "reset") => {
                let with_sample = with_sample(body)?;
                self.worlds.reset();
                if with_sample {
                    self.worlds.put_sample();
                }
                Ok(Answer::empty())
            }
            ("POST", "clock") => {
                let now = self.worlds.advance(millis(body)?);
                Ok(Answer::json(&json!({ "now": now.0 })))
            }
            ("GET" | "HEAD", "logs") => {
                let line = |line: &AccessLogLine| {
                    let (api, stage, destination) = (&line.api_id, &line.stage, &line.destination);
                    let (time, text) = (line.time.0, &line.text);
                    json!({ "restApiId": api, "stageName": stage, "destinationArn": destination, "timestamp": time, "message": text })
                };
                let lines: Vec<Value> = self.worlds.access_logs().map(line).collect();
                Ok(Answer::json(&json!({ "accessLogs": lines })))
            }
            (_, "" | "reset" | "clock" | "logs") => {
                let verb = if ["", "logs"].contains(&path) { "GET" } else { "POST" };
                let sentence = format!("/_stagecraft/{path} takes {verb}.");
                Err(Answer::own(405, "method-not-allowed", sentence).with("Allow", verb))
            }
            _ => {
                let sentence = "There are POST /_stagecraft/reset, POST /_stagecraft/clock and GET /_stagecraft/logs.";
                Err(Answer::own(404, "no-such-path", sentence))
            }
        }
    }
}

/// Returns the one host of a request.
fn host(request: &Incoming) -> Result<&str, Answer> {
    if let Some(authority) = &request.authority {
        return Ok(authority);
    }
    let mut hosts = gate::values(&request.headers, "host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => Ok(host),
        _ => Err(Answer::own(400, "bad-request", "A request has one Host header.")),
    }
}

/// Tells whether a reset's body is `{"sample": true}`; mostly it has none.
fn with_sample(body: &[u8]) -> Result<bool, Answer> {
    if body.is_empty() {
        return Ok(false);
    }
    let read = serde_json::from_slice::<Value>(body).ok();
    let wanted = read.as_ref().and_then(Value::as_object).and_then(|body| match body.get("sample") {
        None if body.is_empty() => Some(false),
        Some(sample) if body.len() == 1 => sample.as_bool(),
        _ => None,
    });
    let sentence = "The body is empty, or {\"sample\": true} for the API that the page opens on.";
    wanted.ok_or_else(|| Answer::own(400, "bad-request", sentence))
}

/// Returns the milliseconds of `{"advanceMillis": n}`.
fn millis(body: &[u8]) -> Result<u32, Answer> {
    let read: Option<Value> = serde_json::from_slice(body).ok();
    let millis = read.as_ref().and_then(|body| body.get("advanceMillis")?.as_u64()).and_then(|n| u32::try_from(n).ok());
    let sentence = format!("The body is {{\"advanceMillis\": n}} with a whole number from 0 to {LONGEST_MOVE}.");
    millis.ok_or_else(|| Answer::own(400, "bad-request", sentence))
}

fn other_service(service: &str) -> Answer {
    let service: String = service.chars().take(100).collect();
    let sentence = format!("This endpoint is Amazon API Gateway's, and the request was signed for {service:?}.");
    Answer::own(501, "other-service", sentence)
}

/// Where a signature says that its request belongs. That it is right is not checked; a request may have none.
#[derive(Default)]
struct Scope {
    region: Option<Region>,
}

impl Scope {
    /// Reads it from `Authorization: AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/apigateway/aws4_request, …`.
    fn of(request: &Incoming) -> Result<Self, Answer> {
        let read = || {
            let header = gate::values(&request.headers, "authorization").next()?;
            let (_, rest) = header.strip_prefix("AWS4-")?.split_once("Credential=")?;
            let credential = rest.split([',', ' ']).next()?;
            // An access key may hold slashes; the scope is the last four parts.
            let mut parts = credential.rsplit('/').skip(1);
            let (service, region) = (parts.next()?, parts.next()?);
            Some((service, Region::parse(region)))
        };
        match read() {
            Some(("apigateway", region)) => Ok(Self { region }),
            Some((service, _)) => Err(other_service(service)),
            None => Ok(Self::default()),
        }
    }
}

/// Returns the request as API Gateway would see it: its `Host` is the hostname on AWS. Of a body that is not UTF-8, the
/// other bytes are replaced, as for an API without binary media types.
fn invoke_request(request: &Incoming, url: String, host: String) -> Request {
    let mut headers = request.headers.clone();
    match headers.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("host")) {
        Some((_, value)) => *value = host,
        None => headers.insert(0, ("Host".to_owned(), host)),
    }
    let body = String::from_utf8_lossy(&request.body).into_owned();
    Request { method: request.verb.clone(), url, headers, body }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Front, Incoming};
    use crate::entities::{Region, Timestamp};
    use crate::host::Answer;
    use serde_json::Value;

    fn front() -> Front {
        Front::new(3, Region::default())
    }

    /// Returns a request like `POST /restapis?x a: b | {"name":"x"}`, to 127.0.0.1 unless a host is said.
    fn send(front: &mut Front, line: &str) -> Answer {
        let (head, body) = line.split_once(" | ").unwrap_or((line, ""));
        let mut words = head.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default().to_owned();
        let (verb, uri, headers) = (next(), next(), next());
        let pairs = headers.split("; ").filter_map(|pair| pair.split_once(": "));
        let mut headers: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        if !headers.iter().any(|(name, _)| name == "host") {
            headers.push(("host".to_owned(), "127.0.0.1:4566".to_owned()));
        }
        let body = body.as_bytes().to_vec();
        front.answer(Incoming { verb, authority: None, uri, headers, body }, Timestamp(1_700_000_000_000))
    }

    #[track_caller]
    fn check(front: &mut Front, line: &str, status: u16, part: &str) -> Value {
        let answer = send(front, line);
        assert_eq!(answer.status, status, "{line}: {}", answer.body);
        assert!(answer.body.contains(part), "{line}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// Returns an API with `GET /` that answers `hello`, deployed to `dev`; its id.
    fn deployed(front: &mut Front) -> String {
        let api = check(front, "POST /restapis | {\"name\":\"a\"}", 201, "rootResourceId");
        let (id, root) = (api["id"].as_str().expect("an id"), api["rootResourceId"].as_str().expect("an id"));
        let method = format!("/restapis/{id}/resources/{root}/methods/GET");
        for (path, body) in [
            (String::new(), r#"{"authorizationType":"NONE"}"#),
            ("/responses/200".to_owned(), "{}"),
            (
                "/integration".to_owned(),
                r#"{"type":"MOCK","requestTemplates":{"application/json":"{\"statusCode\":200}"}}"#,
            ),
            ("/integration/responses/200".to_owned(), r#"{"responseTemplates":{"application/json":"hello"}}"#),
        ] {
            check(front, &format!("PUT {method}{path} | {body}"), 201, "");
        }
        check(front, &format!("POST /restapis/{id}/deployments | {{\"stageName\":\"dev\"}}"), 201, "id");
        id.to_owned()
    }

    #[test]
    fn an_invoke_url_is_called_by_path_and_by_each_of_its_hosts() {
        let mut front = front();
        let id = deployed(&mut front);
        check(&mut front, &format!("GET /_invoke/{id}/dev"), 200, "hello");
        check(&mut front, &format!("GET /_invoke/{id}/dev/?x=1"), 200, "hello");
        check(&mut front, &format!("GET /dev host: {id}.execute-api.localhost:4566"), 200, "hello");
        check(&mut front, &format!("GET /dev host: {id}.execute-api.us-east-1.amazonaws.com"), 200, "hello");
        check(&mut front, &format!("GET /_invoke/{id}/prod"), 403, r#"{"message":"Forbidden"}"#);
        check(&mut front, &format!("GET /dev host: {id}.execute-api.eu-west-1.amazonaws.com"), 403, "Forbidden");
        check(&mut front, "GET /_invoke/nothing/dev", 403, "Forbidden");
        check(&mut front, "GET /_invoke//dev", 400, "Stagecraft");
    }

    #[test]
    fn the_region_is_the_hosts_or_the_signatures_or_the_default() {
        let mut front = front();
        let signed = |region: &str, service: &str| {
            format!(
                "authorization: AWS4-HMAC-SHA256 Credential=AK/ID/20261122/{region}/{service}/aws4_request, Signature=0"
            )
        };
        check(
            &mut front,
            &format!("POST /restapis {} | {{\"name\":\"west\"}}", signed("eu-west-1", "apigateway")),
            201,
            "",
        );
        check(&mut front, &format!("GET /restapis {}", signed("eu-west-1", "apigateway")), 200, "west");
        check(&mut front, "GET /restapis host: apigateway.eu-west-1.amazonaws.com", 200, "west");
        check(&mut front, "GET /restapis", 200, r#"{"item":[]}"#);
        check(&mut front, &format!("GET /restapis {}", signed("nowhere", "apigateway")), 200, r#"{"item":[]}"#);
        check(
            &mut front,
            &format!("GET / host: apigateway.us-east-1.amazonaws.com; {}", signed("us-east-1", "s3")),
            501,
            "s3",
        );
    }

    #[test]
    fn pages_and_unknown_hosts_are_turned_away_before_anything_is_done() {
        let mut front = front();
        check(&mut front, "POST /restapis origin: https://evil.example | {\"name\":\"a\"}", 403, "page in a browser");
        check(&mut front, "POST /restapis host: evil.example | {\"name\":\"a\"}", 421, "evil.example");
        check(&mut front, "POST /_stagecraft/reset origin: https://evil.example", 403, "page in a browser");
        check(&mut front, "GET /restapis host: 127.0.0.1; host: localhost", 400, "one Host");
        check(&mut front, "GET /restapis", 200, r#"{"item":[]}"#);
        let id = deployed(&mut front);
        let evil = format!("GET /_invoke/{id}/dev origin: https://evil.example");
        check(&mut front, &evil, 200, "hello");
        check(&mut front, &format!("{evil}; sec-fetch-site: cross-site"), 403, "--allow-origin");
        check(&mut front, &format!("{evil}; user-agent: Mozilla/5.0"), 403, "page in a browser");
        check(&mut front, &format!("GET /_invoke/{id}/dev origin: http://localhost:3000"), 200, "hello");
    }

    #[test]
    fn a_reset_empties_everything_and_the_clock_moves() {
        let mut front = front();
        deployed(&mut front);
        check(&mut front, "POST /_stagecraft/clock | {\"advanceMillis\":60000}", 200, r#"{"now":1700000060000}"#);
        check(&mut front, "POST /restapis | {\"name\":\"b\"}", 201, r#""createdDate":1700000060"#);
        check(&mut front, "POST /_stagecraft/reset", 204, "");
        check(&mut front, "GET /restapis", 200, r#"{"item":[]}"#);
        check(&mut front, "POST /_stagecraft/reset | {\"sample\":true}", 204, "");
        check(&mut front, "GET /restapis", 200, "UsersAPI");
        for body in ["sample", "[]", "{\"sample\":1}", "{\"simple\":true}", "{\"sample\":true,\"other\":1}"] {
            check(&mut front, &format!("POST /_stagecraft/reset | {body}"), 400, "body is empty");
        }
        check(&mut front, "GET /restapis", 200, "UsersAPI");
        for body in ["", "{}", "[]", "{\"advanceMillis\":-1}", "{\"advanceMillis\":1.5}", "{\"advanceMillis\":1e12}"] {
            check(&mut front, &format!("POST /_stagecraft/clock | {body}"), 400, "advanceMillis");
        }
        check(
            &mut front,
            "POST / authorization: AWS4-HMAC-SHA256 Credential=A/2/us-east-1/sts/aws4_request",
            501,
            "sts",
        );
        check(&mut front, "GET /_stagecraft/reset", 405, "takes POST");
        check(&mut front, "POST /_stagecraft/else", 404, "");
        check(&mut front, "GET /", 200, "accepted, not checked");
    }

    #[test]
    fn access_logs_can_be_read() {
        let mut front = front();
        let id = deployed(&mut front);
        let patches = r#"{"patchOperations":[{"op":"replace","path":"/accessLogSettings/destinationArn","value":"arn:aws:logs:us-east-1:123456789012:log-group:g"},{"op":"replace","path":"/accessLogSettings/format","value":"$context.requestId $context.status"}]}"#;
        check(&mut front, "GET /_stagecraft/logs", 200, r#"{"accessLogs":[]}"#);
        check(&mut front, &format!("PATCH /restapis/{id}/stages/dev | {patches}"), 200, "log-group");
        check(&mut front, &format!("GET /_invoke/{id}/dev"), 200, "hello");
        let logs = check(&mut front, "GET /_stagecraft/logs", 200, "log-group:g");
        let message = logs["accessLogs"][0]["message"].as_str().unwrap_or_default();
        assert!(message.ends_with(" 200") && message.len() == 40, "{message}");
        check(&mut front, "POST /_stagecraft/logs", 405, "takes GET");
    }

    #[test]
    fn a_path_segment_is_decoded_once() {
        let mut front = front();
        let id = deployed(&mut front);
        check(&mut front, &format!("GET /restapis/{id}/stages/%64ev"), 200, "\"stageName\":\"dev\"");
        check(&mut front, &format!("GET /restapis/{id}/stages/%2564ev"), 404, "");
        check(&mut front, &format!("GET /restapis/{id}/resources?embed=methods&limit=%31"), 200, "methodIntegration");
        let pages = "PUT /restapis | x";
        check(&mut front, pages, 403, "message");
    }
}
