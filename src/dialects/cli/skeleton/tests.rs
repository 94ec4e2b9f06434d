//! Skeletons against those that the AWS CLI prints for each operation.

use super::{input, output, yaml};
use crate::control_plane::OPERATIONS;
use expect_test::{Expect, expect};
use serde_json::Value;

#[test]
fn every_skeleton_is_the_one_that_the_aws_cli_prints() {
    // An operation, what it takes, what it answers.
    let recorded: Vec<&str> = include_str!("recorded.txt").lines().collect();
    let mut wrong = Vec::new();
    for row in OPERATIONS {
        let at = recorded.iter().position(|line| *line == row.name).expect(row.name);
        let json = |at: usize| serde_json::from_str::<Value>(recorded[at]).expect("JSON");
        let (mut taken, answered) = (json(at + 1), json(at + 2));
        if let Some(members) = taken.as_object_mut() {
            members.retain(|name, _| !row.not_modelled.contains(&name.as_str()));
        }
        // Texts, so that the order counts.
        let pairs = [(taken, input(row)), (answered, output(row, "1970-01-01T00:00:00"))];
        for (expected, shown) in pairs.map(|(expected, shown)| (expected.to_string(), shown.to_string())) {
            if expected != shown {
                wrong.push(format!("{}\n  {expected}\n  {shown}", row.name));
            }
        }
    }
    assert_eq!(recorded.len(), 3 * OPERATIONS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn yaml_says_what_is_required_and_what_can_be_chosen() {
    let check = |operation: &str, expected: Expect| {
        let row = OPERATIONS.iter().find(|row| row.name == operation).expect(operation);
        expected.assert_eq(&yaml(row));
    };
    check("GetAccount", expect!["{}"]);
    // As the AWS CLI prints them, without the sentences of its documentation.
    check(
        "UpdateStage",
        expect![[r#"
        restApiId: ''  # [REQUIRED]
        stageName: '' # [REQUIRED]
        patchOperations:
        - op: add  # Valid values are: add, remove, replace, move, copy, test.
          path: ''
          value: ''
          from: ''"#]],
    );
    check(
        "CreateUsagePlan",
        expect![[r#"
        name: ''  # [REQUIRED]
        description: ''
        apiStages:
        - apiId: ''
          stage: ''
          throttle:
            KeyName:
              burstLimit: 0
              rateLimit: 0.0
        throttle:
          burstLimit: 0
          rateLimit: 0.0
        quota:
          limit: 0
          offset: 0
          period: DAY  # Valid values are: DAY, WEEK, MONTH.
        tags:
          KeyName: ''"#]],
    );
    check(
        "CreateDocumentationPart",
        expect![[r#"
        restApiId: ''  # [REQUIRED]
        location: # [REQUIRED]
          type: API  # [REQUIRED] Valid values are: API, AUTHORIZER, MODEL, RESOURCE, METHOD, PATH_PARAMETER, QUERY_PARAMETER, REQUEST_HEADER, REQUEST_BODY, RESPONSE, RESPONSE_HEADER, RESPONSE_BODY.
          path: ''
          method: ''
          statusCode: ''
          name: ''
        properties: '' # [REQUIRED]"#]],
    );
    check(
        "CreateDeployment",
        expect![[r#"
        restApiId: ''  # [REQUIRED]
        stageName: ''
        stageDescription: ''
        description: ''
        cacheClusterEnabled: true
        cacheClusterSize: '0.5' # Valid values are: 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237.
        variables:
          KeyName: ''
        canarySettings:
          percentTraffic: 0.0
          stageVariableOverrides:
            KeyName: ''
          useStageCache: true
        tracingEnabled: true"#]],
    );
    check(
        "ImportApiKeys",
        expect![[r#"
        body: !!binary ''  # [REQUIRED]
        format: csv # [REQUIRED] Valid values are: csv.
        failOnWarnings: true"#]],
    );
    check(
        "TestInvokeMethod",
        expect![[r#"
        restApiId: ''  # [REQUIRED]
        resourceId: '' # [REQUIRED]
        httpMethod: '' # [REQUIRED]
        pathWithQueryString: ''
        body: ''
        headers:
          KeyName: ''
        multiValueHeaders:
          KeyName:
          - ''
        clientCertificateId: ''
        stageVariables:
          KeyName: ''"#]],
    );
}
