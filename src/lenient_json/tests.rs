//! The forms of a mock's input, as LocalStack's unit tests list them from observing AWS.

use super::{MockInputError, mock_status_code};
use proptest::prelude::*;

#[test]
fn forms_that_aws_accepts() {
    let accepted = [
        r#"{"statusCode": 200}"#,
        "{ statusCode: 200 }",
        "{statusCode: 200}",
        "{statusCode: 200,super{ f}oo: [ba r]}",
        "{statusCode: 200, \"value\": 'goog'}",
        "{statusCode: 200, foo}: [ba r]}",
        "{statusCode: 200, foo'}: [ba r]}",
        "{statusCode: 200, }foo: [ba r]}",
        "{statusCode: 200, }foo: ''}",
        r#"{statusCode: 200, " ": " "}"#,
        r#"{statusCode: 200, "": ""}"#,
        "{'statusCode': 200, '': ''}",
        r#"{"statusCode": 200, "": ""}"#,
        r#"{"statusCode": 200 , }"#,
        r#"{"statusCode": 200 ,, }"#,
        r#"{"statusCode": 200 , null: null }"#,
        "null\n\n{\n  \"statusCode\": 200\n}\n",
        r#"{"other": {"statusCode": 500}, "statusCode": 200}"#,
        r#"{"list": [1, {"a": "}"}, 'x'], "statusCode": 200} and more"#,
        r#"{"text": "a \" quote", "statusCode": 200}"#,
    ];
    for text in accepted {
        assert_eq!(mock_status_code(text), Ok(200), "{text}");
    }
}

#[test]
fn forms_that_aws_refuses() {
    let unexpected = |found: &str| MockInputError::Unexpected { found: found.to_owned() };
    let not_an_integer = |found: &str| MockInputError::NotAnInteger { found: found.to_owned() };
    let refused = [
        ("", MockInputError::NoObject),
        ("statusCode: 200", MockInputError::NoObject),
        ("{", MockInputError::Unclosed),
        ("{}", MockInputError::NoStatusCode),
        (r#"{"statusCode": 200"#, MockInputError::Unclosed),
        (r#"{"statusCode": "200"}"#, not_an_integer("\"200\"")),
        (r#"{"statusCode": 200.5}"#, not_an_integer("200.5")),
        (r#"{"statusCode": null}"#, not_an_integer("null")),
        (r#"{"statusCode": }"#, not_an_integer("")),
        (r#"{"statuscode": 200}"#, MockInputError::NoStatusCode),
        (r#"{"statusCode': 200 }"#, MockInputError::Unclosed),
        (r#"{'statusCode": 200 }"#, MockInputError::Unclosed),
        ("{'statusCode: 200 }", MockInputError::Unclosed),
        ("{statusCode: 200, {foo: [ba r]}", unexpected("{foo: [ba r]}")),
        ("{statusCode: 200, what:{}foo: [ba r]}}", unexpected("foo: [ba r]}}")),
    ];
    for (text, error) in refused {
        assert_eq!(mock_status_code(text), Err(error), "{text}");
    }
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let text = format!("{{statusCode: 200, a: {}", "[".repeat(100_000));
    assert_eq!(mock_status_code(&text), Err(MockInputError::TooDeep));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[{}\\[\\]'\"\\\\:, aé0-9\n]{0,40}") {
        let _ = mock_status_code(&text);
        let _ = mock_status_code(&format!("{{statusCode: 200, {text}"));
    }

    #[test]
    fn what_strict_json_says_the_forgiving_reader_says_too(status in 0..=u16::MAX, key in "[a-z]{0,8}", text in "\\PC{0,20}") {
        let json = serde_json::json!({key: [text, {"n": null}], "statusCode": status}).to_string();
        prop_assert_eq!(mock_status_code(&json), Ok(status));
    }
}
