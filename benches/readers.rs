//! Measures what readers take for a text of some length, and for 2, 4, 8 and 16 times as much: the last column is how many times
//! as long the longest takes for each byte. That they are linear is held by tests, which count steps; this shows it by the clock.

#![cfg(not(target_arch = "wasm32"))]

use stagecraft::{
    control_plane::{ApiError, Command, Outcome},
    dialects::cli::{Host, HttpAnswer, HttpRequest, Shell, Unreachable, is_open, parse_command},
    jsonpath::JsonPath,
    lenient_json, persist,
    vtl::Template,
};
use std::{hint::black_box, time::Instant};

/// Bytes of the shortest text.
const BASE: usize = 4_000;
/// Repetitions, of which the fastest counts.
const TIMES: usize = 12;

struct Nobody;

impl Host for Nobody {
    fn control(&mut self, _: Command) -> Result<Outcome, ApiError> {
        Err(ApiError::UnknownOperation)
    }

    fn fetch(&mut self, request: &HttpRequest) -> Result<HttpAnswer, Unreachable> {
        Err(Unreachable::host(&request.url))
    }

    fn region(&self) -> String {
        "us-east-1".into()
    }
}

fn main() {
    let patch = "op=replace,path=/variables/x,value=y ";
    let update = "aws apigateway update-stage --rest-api-id a --stage-name b --patch-operations ";
    let run = |text: &str| drop(black_box(Shell::new().run(&mut Nobody, text)));
    let parse = |text: &str| drop(black_box(parse_command(text)));
    measure("lines that send a request", "", "aws apigateway get-stage --rest-api-id a --stage-name b\n", run);
    measure("lines that echo", "A=b\n", "echo \"x $A\" 'y' \\z # told\n", run);
    measure("a line with many patch operations", update, patch, parse);
    measure("the same, and one quote that is open", update, "'a b' ", |text| {
        let _ = black_box(is_open(&format!("{text}'")));
    });
    measure("a long value in shorthand", "aws apigateway create-rest-api --name a --tags a=", "b", parse);
    measure("JSON for a mock", "{\"a\": [", "{\"b\": 'c'}, ", |text| {
        drop(black_box(lenient_json::mock_status_code(text)));
    });
    measure("a template", "", "#if($a)$b.c('d')#end text\n", |text| drop(black_box(Template::parse(text))));
    measure("a path", "$", ".a['b']", |text| drop(black_box(JsonPath::parse(text))));
    measure("a file that is none", "{\"operations\": [", "{\"step\": 1}, ", |text| {
        drop(black_box(persist::file::parse(text)));
    });
}

fn measure(name: &str, before: &str, repeated: &str, read: impl Fn(&str)) {
    let cost = |bytes: usize| {
        let text = format!("{before}{}", repeated.repeat(bytes / repeated.len()));
        let once = || {
            let start = Instant::now();
            read(&text);
            start.elapsed().as_secs_f64() * 1e6
        };
        (0..TIMES).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    let costs: Vec<f64> = (0..5).map(|doublings| cost(BASE << doublings)).collect();
    let shown: Vec<String> = costs.iter().map(|cost| format!("{cost:>9.1}")).collect();
    println!("{name:<40} {} µs  × {:.2}", shown.join(" "), costs[4] / costs[0] / 16.0);
}
