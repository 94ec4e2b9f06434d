//! Draws the map of a workspace file as an SVG: `cargo run --bin render -- workspace.json > map.svg`.
//!
//! The picture is the very one that the page saves; nothing here draws.

use stagecraft::{
    diagram::{self, Options, Width},
    entities::{RestApi, Timestamp, Workspace},
    env::Env,
    history::Session,
    persist::file,
};
use std::{io::Write as _, process::ExitCode, rc::Rc};

const USAGE: &str = "\
Draws the map of a workspace file, as Stagecraft exports it, as an SVG.

  cargo run --bin render -- <workspace.json> [options] > map.svg

  --api <name or id>      which API, when the workspace has several
  --narrow                two columns instead of four
  --all-deployments       old deployments that no stage points to one by one, too
  --utc-offset <minutes>  tell times in a zone so many minutes east of UTC; 0 unless given";

/// The request of the command line.
#[derive(Debug, Default, PartialEq)]
struct Request {
    path: String,
    api: Option<String>,
    options: Options,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let drawn = parse(&arguments).and_then(|request| {
        let text = std::fs::read(&request.path).map_err(|error| format!("{} cannot be read: {error}", request.path))?;
        let text = String::from_utf8(text).map_err(|_| format!("{} is not a text file.", request.path))?;
        draw(&text, &request)
    });
    match drawn.and_then(|svg| std::io::stdout().write_all(svg.as_bytes()).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: &[String]) -> Result<Request, String> {
    let mut request = Request::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{argument} needs a value.\n\n{USAGE}"));
        match argument.as_str() {
            "--api" => request.api = Some(value()?.clone()),
            "--narrow" => request.options.width = Width::Narrow,
            "--all-deployments" => request.options.unfolded = true,
            "--utc-offset" => {
                let minutes = value()?.parse().ok().filter(|minutes: &i32| minutes.abs() <= 24 * 60);
                request.options.utc_offset_minutes =
                    minutes.ok_or("--utc-offset takes minutes from -1440 to 1440, such as 120.")?;
            }
            other if other.starts_with('-') => return Err(format!("There is no option {other}.\n\n{USAGE}")),
            path if request.path.is_empty() => path.clone_into(&mut request.path),
            more => return Err(format!("One file at a time; {more} is another.\n\n{USAGE}")),
        }
    }
    if request.path.is_empty() { Err(USAGE.to_owned()) } else { Ok(request) }
}

/// Returns the map of the workspace in a file's text.
fn draw(text: &str, request: &Request) -> Result<String, String> {
    let file = file::parse(text).map_err(|error| error.to_string())?;
    let session = Session::replay(Env::new(0, Timestamp(0)), file.records)
        .map_err(|error| format!("This workspace file cannot be opened: {error}."))?;
    let workspace = session.present();
    let api = choose(workspace, request.api.as_deref())?;
    Ok(diagram::render_svg(api, &workspace.place, &workspace.account, &request.options))
}

fn choose<'a>(workspace: &'a Workspace, wanted: Option<&str>) -> Result<&'a RestApi, String> {
    let fits = |api: &&Rc<RestApi>| {
        wanted.is_none_or(|wanted| api.id.as_str() == wanted || api.config.settings.name == wanted)
    };
    let found: Vec<&Rc<RestApi>> = workspace.rest_apis.values().filter(fits).collect();
    match (found.as_slice(), wanted) {
        ([api], _) => Ok(api),
        ([], None) => Err("This workspace holds no API.".into()),
        ([], Some(wanted)) => Err(format!("This workspace has no API {wanted}. It has:\n{}", names(workspace))),
        _ => Err(format!("Which one? Say --api with one of these ids:\n{}", names(workspace))),
    }
}

fn names(workspace: &Workspace) -> String {
    let lines: Vec<String> =
        workspace.rest_apis.values().map(|api| format!("  {}  {}", api.id, api.config.settings.name)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Request, draw, parse};
    use stagecraft::{
        control_plane::{Command, Service},
        diagram::{self, Options, Width},
        entities::Timestamp,
        env::Env,
        history::Session,
        persist::file,
        sample,
    };

    fn session() -> Session {
        sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("the sample")
    }

    fn text(session: &Session) -> String {
        file::print("a", session.entries().iter().map(|entry| &entry.record))
    }

    fn arguments(line: &str) -> Result<Request, String> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_picture_is_the_very_one_of_the_page() {
        let session = session();
        let workspace = session.present();
        let api = workspace.rest_apis.values().next().expect("the API");
        for line in ["w.json", "w.json --narrow --utc-offset 120 --all-deployments --api UsersAPI"] {
            let request = arguments(line).expect("a request");
            let options = Options { selected: None, ..request.options.clone() };
            let page = diagram::render_svg(api, &workspace.place, &workspace.account, &options);
            assert_eq!(draw(&text(&session), &request).as_deref(), Ok(page.as_str()), "{line}");
        }
    }

    #[test]
    fn the_command_line_says_what_it_did_not_understand() {
        let request = arguments("a.json --narrow --utc-offset -90 --api x").expect("a request");
        assert_eq!((request.path.as_str(), request.api.as_deref()), ("a.json", Some("x")));
        assert_eq!((request.options.width, request.options.utc_offset_minutes), (Width::Narrow, -90));
        let rows = [
            ("", "Draws the map"),
            ("a.json --wide", "There is no option --wide."),
            ("a.json --api", "--api needs a value."),
            ("a.json --utc-offset east", "--utc-offset takes minutes"),
            ("a.json b.json", "One file at a time; b.json"),
        ];
        for (line, problem) in rows {
            let error = arguments(line).expect_err(line);
            assert!(error.starts_with(problem), "{line}: {error}");
        }
    }

    #[test]
    fn of_several_apis_one_has_to_be_named() {
        let mut session = session();
        let input = serde_json::json!({ "name": "Other" }).as_object().cloned().unwrap_or_default();
        session
            .execute(Command::parse(Service::API_GATEWAY, "CreateRestApi", input).expect("a request"))
            .expect("it is made");
        let text = text(&session);
        let problem = |line: &str| draw(&text, &arguments(line).expect("a request")).expect_err(line);
        assert!(problem("a.json").starts_with("Which one?"));
        assert!(problem("a.json --api Third").contains("UsersAPI"));
        let other = draw(&text, &arguments("a.json --api Other").expect("a request"));
        assert!(other.is_ok_and(|svg| svg.contains("Other")));
        let empty = file::print("a", []);
        assert_eq!(draw(&empty, &arguments("a.json").expect("a request")), Err("This workspace holds no API.".into()));
        assert!(draw("{}", &arguments("a.json").expect("a request")).is_err_and(|e| e.contains("not a Stagecraft")));
    }
}
