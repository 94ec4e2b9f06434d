//! Answers against what was recorded: `recorded.jsonl` holds, line by line, an answer (or what a query picked of one) with its
//! table and its text as the AWS CLI 1.46.3 prints them, and as YAML by ruamel.yaml 0.17.21, which version 2 uses.

use super::{table, text, yaml};
use serde_json::Value;

#[test]
fn answers_look_as_the_aws_cli_prints_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (at, line) in include_str!("recorded.jsonl").lines().enumerate() {
        let recorded: Value = serde_json::from_str(line).expect("JSON");
        let value = &recorded["value"];
        let operation = recorded["operation"].as_str().expect("a name");
        let shown =
            [("table", table::print(operation, value)), ("text", text::print(value)), ("yaml", Ok(yaml::print(value)))];
        for (form, shown) in shown {
            count += 1;
            let expected = match &recorded[form] {
                Value::String(text) => Ok(text.trim_end_matches('\n').to_owned()),
                other => Err(other["error"].as_str().unwrap_or_default().to_owned()),
            };
            let shown = shown.map(|text| text.trim_end_matches('\n').to_owned());
            if shown != expected {
                let (expected, shown) = (words(expected), words(shown));
                wrong.push(format!("line {}, {form} of {value}\nexpected:\n{expected}\nshown:\n{shown}\n", at + 1));
            }
        }
    }
    assert!(count > 900, "{count}");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong[..wrong.len().min(6)].join("\n"));
}

fn words(shown: Result<String, String>) -> String {
    shown.unwrap_or_else(|error| format!("the error {error}"))
}
