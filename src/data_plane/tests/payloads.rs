//! Text and bytes: the tables of `contentHandling`, and MOCK integrations of APIs with binary media types.

use crate::{
    data_plane::{
        Payload, PayloadFault, Request, explain,
        fixture::{World, answering, templates, with_headers},
        payload::{is_binary, of_request, of_response},
    },
    entities::{ContentHandling, Integration},
    fixtures,
};
use std::rc::Rc;

const PNG: &[&str] = &["image/png"];
const DECODED: &[u8] = b"\x1f\x8b\xff";
const ENCODED: &str = "H4v/";
const TWICE: &str = "SDR2Lw==";
const TO_TEXT: Option<ContentHandling> = Some(ContentHandling::ConvertToText);
const TO_BINARY: Option<ContentHandling> = Some(ContentHandling::ConvertToBinary);

fn types(types: &[&str]) -> Vec<String> {
    types.iter().map(|media_type| (*media_type).to_owned()).collect()
}

fn text(text: &str) -> Payload {
    Payload::Text(text.into())
}

fn bytes(bytes: &[u8]) -> Payload {
    Payload::Bytes(bytes.into())
}

#[test]
fn a_binary_media_type_is_named_or_of_a_family_or_anything() {
    // Recorded, but for `*/*`.
    for (known, media_type, expected) in [
        (&[][..], Some("image/png"), false),
        (PNG, Some("image/png"), true),
        (PNG, Some("Image/PNG; q=1"), true),
        (PNG, Some("image/jpg"), false),
        (PNG, Some("image/*"), false),
        (PNG, Some("*/*"), false),
        (PNG, None, false),
        (&["application/*"], Some("application/whatever"), true),
        (&["application/*"], Some("application/*"), true),
        (&["application/*"], Some("application"), false),
        (&["application/*"], Some("image/png"), false),
        (&["*/test"], Some("random/test"), false),
        (&["*/test"], Some("*/test"), false),
        (&["*/*"], Some("*/*"), true),
        (&["image/png", "*/*"], Some("text/plain"), true),
        (&["*/*"], None, true),
    ] {
        assert_eq!(is_binary(&types(known), media_type), expected, "{known:?} {media_type:?}");
    }
}

#[test]
fn a_request_is_converted_as_documented() {
    for (known, content_type, handling, body, expected) in [
        (&[][..], "image/png", None, ENCODED, Ok(text(ENCODED))),
        (&[], "image/png", TO_TEXT, ENCODED, Ok(text(ENCODED))),
        (&[], "image/png", TO_BINARY, ENCODED, Ok(bytes(DECODED))),
        (&[], "text/plain", TO_BINARY, "this is a text", Err(PayloadFault::NoBase64)),
        (PNG, "text/plain", None, ENCODED, Ok(text(ENCODED))),
        (PNG, "text/plain", TO_TEXT, ENCODED, Ok(text(ENCODED))),
        (PNG, "text/plain", TO_BINARY, ENCODED, Ok(bytes(DECODED))),
        (PNG, "image/png", None, ENCODED, Ok(bytes(ENCODED.as_bytes()))),
        (PNG, "image/png", TO_BINARY, ENCODED, Ok(bytes(ENCODED.as_bytes()))),
        (PNG, "image/png", TO_TEXT, ENCODED, Ok(text(TWICE))),
    ] {
        let request = with_headers("PUT /dev/x", &[&format!("Content-Type: {content_type}")]);
        let converted = of_request(&request, body.into(), &types(known), handling);
        assert_eq!(converted, expected, "{known:?} {content_type} {handling:?}");
    }
}

#[test]
fn an_answer_is_converted_as_recorded() {
    let unreadable = "\u{1f}\u{fffd}\u{fffd}";
    let wrong = || Err(PayloadFault::NoBase64);
    // What the caller accepts, what the backend says, and the payload, once for base64 and once for other bytes.
    for (known, accept, of_backend, handling, encoded, raw) in [
        (&[][..], "image/png", "image/png", None, Ok(text(ENCODED)), Ok(text(unreadable))),
        (&[], "image/png", "image/png", TO_TEXT, Ok(text(ENCODED)), Ok(text(unreadable))),
        (&[], "image/png", "image/png", TO_BINARY, Ok(bytes(DECODED)), wrong()),
        (PNG, "image/png", "binary/octet-stream", None, Ok(bytes(DECODED)), wrong()),
        (PNG, "image/png, */*", "binary/octet-stream", None, Ok(bytes(DECODED)), wrong()),
        (PNG, "*/*, image/png", "binary/octet-stream", None, Ok(text(ENCODED)), Ok(text(unreadable))),
        (PNG, "image/png", "image/png", None, Ok(bytes(ENCODED.as_bytes())), Ok(bytes(DECODED))),
        (PNG, "text/plain", "binary/octet-stream", None, Ok(text(ENCODED)), Ok(text(unreadable))),
        (PNG, "text/plain", "image/png", None, Ok(text(TWICE)), Ok(text(ENCODED))),
        (PNG, "image/png", "binary/octet-stream", TO_TEXT, Ok(text(ENCODED)), Ok(text(unreadable))),
        (PNG, "image/png", "image/png", TO_TEXT, Ok(text(TWICE)), Ok(text(ENCODED))),
        (PNG, "text/plain", "image/png", TO_TEXT, Ok(text(TWICE)), Ok(text(ENCODED))),
        (PNG, "text/plain", "binary/octet-stream", TO_BINARY, Ok(bytes(DECODED)), wrong()),
        (PNG, "image/png", "image/png", TO_BINARY, Ok(bytes(ENCODED.as_bytes())), Ok(bytes(DECODED))),
        (PNG, "text/plain", "image/png", TO_BINARY, Ok(bytes(ENCODED.as_bytes())), Ok(bytes(DECODED))),
    ] {
        let request = with_headers("GET /dev/x", &[&format!("Accept: {accept}")]);
        let convert = |body: &[u8]| of_response(&request, bytes(body), Some(of_backend), &types(known), handling);
        let what = format!("{known:?} {accept} {of_backend} {handling:?}");
        assert_eq!(convert(ENCODED.as_bytes()), encoded, "{what}");
        assert_eq!(convert(DECODED), raw, "{what}");
    }
}

/// `/x` by MOCK, of an API with binary media types.
fn mock(known: &[&str], change: impl FnOnce(&mut Integration)) -> World {
    let mut world = World::of_mock(|_, integration| {
        integration.request_templates = templates(&[("application/json", r#"{"statusCode": 200}"#)]);
        integration.responses = [(fixtures::ok(), Rc::new(answering(None, "")))].into();
        Rc::make_mut(integration.responses.values_mut().next().expect("BUG: a response")).response_templates.clear();
        change(integration);
    });
    Rc::make_mut(&mut world.config_mut().settings).binary_media_types = types(known);
    world.deploy("dev");
    world
}

/// Status, the reason of a failure, and what to do.
fn told(world: &mut World, request: &Request) -> String {
    let invocation = world.send(request);
    let reason = invocation.trace.failed().map(|step| format!(" | {step}")).unwrap_or_default();
    let hint = explain(&world.ws, &invocation).map(|hint| format!(" | {hint}")).unwrap_or_default();
    format!("{}{reason}{hint}", invocation.response.status)
}

/// Returns what a browser asks before it asks.
fn preflight() -> Request {
    with_headers("OPTIONS /dev/x", &["Accept: */*", "Origin: https://example.com"])
}

#[test]
fn a_preflight_by_mock_fails_until_its_body_is_converted_to_text() {
    const FAILS: &str = "500 | The body of the request is bytes here, and a template reads text only: \"Execution failed due to \
        configuration error: Unable to transform request\".";
    let mut world = mock(&["*/*"], |_| {});
    let invocation = world.send(&preflight());
    assert_eq!(invocation.response.body, r#"{"message":"Internal server error"}"#);
    assert_eq!(invocation.response.header("x-amzn-errortype"), Some("InternalServerErrorException"));
    let hint = " | The API's binary media types (*/*) make the body bytes, which no template reads: set contentHandling of the \
        integration to CONVERT_TO_TEXT and deploy to dev. A test of the method does not show this.";
    assert_eq!(told(&mut world, &preflight()), format!("{FAILS}{hint}"));
    fixtures::edit(world.config_mut(), "/x", crate::entities::HttpMethod::Any, |method| {
        let integration = method.integration.as_mut().expect("BUG: an integration");
        Rc::make_mut(integration).content_handling = TO_TEXT;
    });
    let hint = " | The working copy converts the body to text, but that is not deployed: deploy to dev.";
    assert_eq!(told(&mut world, &preflight()), format!("{FAILS}{hint}"));
    world.deploy("dev");
    assert_eq!(told(&mut world, &preflight()), "200");
    // Other types than the request's change nothing, and no type is JSON.
    assert_eq!(told(&mut mock(&["image/png"], |_| {}), &preflight()), "200");
    assert!(told(&mut mock(&["application/json"], |_| {}), &preflight()).starts_with("500 | "));
    // Without a template bytes pass.
    assert_eq!(told(&mut mock(&["*/*"], |integration| integration.request_templates.clear()), &preflight()), "200");
    let to_binary = told(&mut mock(&[], |integration| integration.content_handling = TO_BINARY), &preflight());
    let hint = " | The body is converted to bytes, which no template reads: set contentHandling of the integration to \
        CONVERT_TO_TEXT and deploy to dev.";
    assert_eq!(to_binary, format!("{FAILS}{hint}"));
    let no_base64 = Request { body: "no base64!".into(), ..preflight() };
    assert_eq!(
        told(&mut mock(&[], |integration| integration.content_handling = TO_BINARY), &no_base64),
        "500 | The body of the request is to be converted to bytes, and is not base64: \"Execution failed due to configuration \
         error: Unable to base64 decode the body\"."
    );
}

#[test]
fn a_response_template_needs_text_as_well() {
    let with_template = |handling| {
        move |integration: &mut Integration| {
            integration.content_handling = TO_TEXT;
            let mut response = answering(None, "hello");
            response.content_handling = handling;
            integration.responses = [(fixtures::ok(), Rc::new(response))].into();
        }
    };
    assert_eq!(
        told(&mut mock(&["*/*"], with_template(None)), &preflight()),
        "500 | The body of the response is bytes here, and a template reads text only: \"Execution failed due to configuration \
         error: Unable to transform response\". | The API's binary media types (*/*) make the body bytes, which no template \
         reads: set contentHandling of the integration response 200 to CONVERT_TO_TEXT and deploy to dev. A test of the method \
         does not show this."
    );
    assert_eq!(told(&mut mock(&["*/*"], with_template(TO_TEXT)), &preflight()), "200");
    // Who accepts text gets text.
    assert_eq!(told(&mut mock(&["image/png"], with_template(None)), &preflight()), "200");
    let picture = with_headers("GET /dev/x", &["Accept: image/png", "Content-Type: text/plain"]);
    assert!(told(&mut mock(&["image/png"], with_template(None)), &picture).starts_with("500 | "));
    assert!(told(&mut mock(&[], with_template(TO_BINARY)), &preflight()).starts_with("500 | "));
}

#[test]
fn a_template_sees_bytes_as_base64() {
    let mut world = mock(&["image/png"], |integration| {
        integration.content_handling = TO_TEXT;
        let template = "#set($context.responseOverride.header.seen = $input.body){\"statusCode\": 200}";
        integration.request_templates = templates(&[("image/png", template)]);
    });
    let request = Request { body: "text".into(), ..with_headers("POST /dev/x", &["Content-Type: image/png"]) };
    assert_eq!(world.send(&request).response.header("seen"), Some("dGV4dA=="));
}
