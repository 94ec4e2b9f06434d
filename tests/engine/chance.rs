//! Requests of every operation by chance, most of which mean something in the workspace that they are made for: what a member
//! names is picked from what there is, by the member's name.

use serde_json::{Map, Value, json};
use stagecraft::{
    control_plane::{Command, MemberRow, MemberType, OPERATIONS, OperationRow},
    entities::{RestApi, UsagePlan, Workspace},
};

const FUNCTION: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123412341234:function:f/invocations";
const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/x";
const BALANCER: &str = "arn:aws:elasticloadbalancing:us-east-1:123412341234:loadbalancer/net/nlb/1234567890abcdef";
const POOL: &str = "arn:aws:cognito-idp:us-east-1:123412341234:userpool/us-east-1_a";

/// Chance that is repeated every time.
pub(crate) struct Chance(pub(crate) fastrand::Rng);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    /// Returns true once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn word(&mut self, choices: &[&str]) -> String {
        choices[self.below(choices.len())].to_owned()
    }

    /// Returns one of the names there are, or one that is not there.
    fn pick(&mut self, choices: Vec<String>) -> String {
        if choices.is_empty() || self.once_in(12) {
            "absent".into()
        } else {
            choices[self.below(choices.len())].clone()
        }
    }

    /// Returns an operation: those that make more often than those that take away.
    pub(crate) fn operation(&mut self) -> &'static OperationRow {
        loop {
            let row = OPERATIONS[self.below(OPERATIONS.len())];
            let rare = match row.name {
                "DeleteRestApi" => 8,
                name if name.starts_with("Delete") => 3,
                name if name.starts_with("Get") => 2,
                _ => 1,
            };
            if self.once_in(rare) {
                return row;
            }
        }
    }

    /// Returns a request of an operation; `None` when one of its members is wrong in itself.
    pub(crate) fn request(&mut self, workspace: &Workspace, row: &'static OperationRow) -> Option<Command> {
        let apis: Vec<_> = workspace.rest_apis.values().collect();
        // Mostly the one with the most in it, so that stories become long.
        let fullest = apis.iter().max_by_key(|api| (api.stages.len(), api.config.method_count()));
        let api = if self.once_in(4) { apis.get(self.below(apis.len().max(1))) } else { fullest }.copied();
        let mut maker = Maker {
            chance: self,
            workspace,
            api,
            row,
            method: None,
            resource: String::new(),
            domain: None,
            plan: None,
        };
        maker.aim();
        let mut input = Map::new();
        for member in row.members {
            let wanted = match member.name {
                "position" => maker.chance.once_in(30),
                // What most requests have no use for, and which then makes them wrong.
                "cloneFrom" | "generateDistinctId" | "authType" | "certificateName" => maker.chance.once_in(8),
                _ => member.required || !maker.chance.once_in(3),
            };
            if wanted && let Some(value) = maker.value(member) {
                input.insert(member.name.to_owned(), value);
            }
        }
        if !maker.chance.once_in(3) {
            maker.agree(&mut input);
        }
        Command::parse(row.service, row.name, input).ok()
    }
}

/// The things that one request is about.
struct Maker<'a> {
    chance: &'a mut Chance,
    workspace: &'a Workspace,
    api: Option<&'a std::rc::Rc<RestApi>>,
    row: &'static OperationRow,
    resource: String,
    method: Option<String>,
    domain: Option<(String, Option<String>)>,
    plan: Option<&'a std::rc::Rc<UsagePlan>>,
}

fn ids(keys: impl Iterator<Item = impl ToString>) -> Vec<String> {
    keys.map(|key| key.to_string()).collect()
}

impl Maker<'_> {
    /// Chooses a resource with one of its methods, and a domain name, so that members of one request agree.
    fn aim(&mut self) {
        let resources: Vec<_> = self.api.into_iter().flat_map(|api| api.config.resources().values()).collect();
        let wanted =
            |method: &stagecraft::entities::Method| method.integration.is_none() || self.row.name != "PutIntegration";
        let with_methods: Vec<_> =
            resources.iter().filter(|resource| resource.methods.values().any(|method| wanted(method))).collect();
        let resource = if !with_methods.is_empty() && self.row.name != "PutMethod" {
            Some(*with_methods[self.chance.below(with_methods.len())])
        } else if resources.is_empty() {
            None
        } else {
            Some(resources[self.chance.below(resources.len())])
        };
        self.resource = resource.map_or_else(|| "absent".into(), |resource| resource.id.to_string());
        let methods = resource.map(|resource| ids(resource.methods.keys().map(|verb| verb.as_str())));
        self.method = methods.filter(|methods| !methods.is_empty()).map(|methods| self.chance.pick(methods));
        let domains: Vec<_> = self.workspace.account.domain_names.values().collect();
        if !domains.is_empty() {
            let mapped =
                domains.iter().find(|domain| !domain.mappings.is_empty() && !self.row.name.starts_with("Create"));
            let domain = mapped.copied().unwrap_or(domains[self.chance.below(domains.len())]);
            self.domain = Some((domain.name.to_string(), domain.id.as_ref().map(ToString::to_string)));
        }
        let plans: Vec<_> = self.workspace.account.usage_plans.values().collect();
        let mut with_keys = plans.iter().filter(|plan| !plan.keys.is_empty() && self.row.name != "CreateUsagePlanKey");
        self.plan = with_keys.next_back().or(plans.last()).copied();
    }

    /// Gives members that only together mean something values that do.
    fn agree(&mut self, input: &mut Map<String, Value>) {
        let mut set = |members: Value| {
            for (name, value) in members.as_object().into_iter().flatten() {
                if value.is_null() {
                    input.remove(name)
                } else {
                    input.insert(name.clone(), value.clone())
                };
            }
        };
        match self.row.name {
            "CreateAuthorizer" if self.chance.0.bool() => set(json!({
                "type": "COGNITO_USER_POOLS", "providerARNs": [POOL], "authorizerUri": null, "authorizerCredentials": null,
                "identitySource": "method.request.header.Authorization", "authorizerResultTtlInSeconds": 300, "authType": null,
            })),
            "CreateAuthorizer" => set(json!({
                "type": "TOKEN", "providerARNs": null, "authorizerUri": FUNCTION, "authorizerCredentials": null,
                "identitySource": "method.request.header.Authorization", "authorizerResultTtlInSeconds": 300, "authType": null,
                "identityValidationExpression": null,
            })),
            "CreateDomainName" => {
                for (name, value) in std::mem::take(input) {
                    if ["domainName", "tags"].contains(&name.as_str()) {
                        input.insert(name, value);
                    }
                }
                let kind = self.chance.word(&["EDGE", "REGIONAL", "PRIVATE"]);
                let certificate = if kind == "REGIONAL" { "regionalCertificateArn" } else { "certificateArn" };
                input.insert(certificate.into(), CERTIFICATE.into());
                input.insert("endpointConfiguration".into(), json!({ "types": [kind] }));
            }
            "PutMethod" => set(json!({
                "authorizationType": "NONE", "authorizerId": null, "authorizationScopes": null, "requestModels": null,
                "requestParameters": null,
            })),
            "PutIntegration" => set(json!({
                "type": "MOCK", "integrationHttpMethod": null, "uri": null, "connectionType": null, "connectionId": null,
                "requestParameters": null, "cacheKeyParameters": null, "contentHandling": null, "tlsConfig": null,
                "credentials": null, "timeoutInMillis": null,
            })),
            "CreateUsagePlanKey" => set(json!({ "keyType": "API_KEY" })),
            "CreateUsagePlan" if self.api.is_none_or(|api| api.stages.is_empty()) => {
                set(json!({ "quota": { "limit": 5, "period": "DAY" }, "apiStages": null }));
            }
            "CreateUsagePlan" => set(json!({ "quota": { "limit": 5, "period": "DAY" } })),
            "CreateApiKey" => set(json!({ "stageKeys": null, "value": null, "generateDistinctId": null })),
            "CreateBasePathMapping" => set(json!({ "stage": null })),
            "CreateDeployment" => set(json!({ "canarySettings": null, "cacheClusterSize": null, "variables": null })),
            _ => {}
        }
    }

    fn value(&mut self, member: &MemberRow) -> Option<Value> {
        if self.chance.once_in(60) {
            return self.strange(member.member_type);
        }
        Some(match member.member_type {
            MemberType::PatchList => self.patches(),
            MemberType::Boolean => self.chance.0.bool().into(),
            MemberType::Integer => [0, 1, 25, 300, 29_000, -1][self.chance.below(6)].into(),
            MemberType::Double => [0.0, 10.0, 99.5, 101.0][self.chance.below(4)].into(),
            MemberType::Text => self.text(member.name)?.into(),
            MemberType::TextList => self.list(member.name).into(),
            MemberType::TextMap | MemberType::BooleanMap | MemberType::TextListMap => self.map(member),
            MemberType::Structure(_) | MemberType::StructureList(_) | MemberType::StructureMap(_) => {
                self.structure(member.name)
            }
        })
    }

    /// Returns a value that nobody means.
    fn strange(&mut self, member_type: MemberType) -> Option<Value> {
        let text = || ["", "../..", "a b'c\"\n", "--x", "{ünïcode}", "%2F%00", "a,b=c"];
        match member_type {
            MemberType::Text => Some(self.chance.word(&text()).into()),
            MemberType::Integer => Some(json!(i64::MAX)),
            MemberType::TextList => Some(json!(text())),
            MemberType::TextMap => Some(json!({ self.chance.word(&text()): self.chance.word(&text()) })),
            MemberType::PatchList => Some(json!([])),
            _ => None,
        }
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let (account, row) = (&self.workspace.account, self.row.name);
        let of_api = |of: &dyn Fn(&RestApi) -> Vec<String>| self.api.map(|api| of(api)).unwrap_or_default();
        let chosen = match name {
            "restApiId" | "cloneFrom" => of_api(&|api| vec![api.id.to_string()]),
            "resourceId" => vec![self.resource.clone()],
            "parentId" => of_api(&|api| ids(api.config.resources().keys())),
            "deploymentId" => of_api(&|api| ids(api.deployments.keys())),
            "stageName" | "stage" if row == "CreateStage" || row == "CreateDeployment" => {
                vec![self.chance.word(&["dev", "prod", "beta", "test", "s5", "no/pe"])]
            }
            "stageName" | "stage" => of_api(&|api| ids(api.stages.keys())),
            "authorizerId" => of_api(&|api| ids(api.config.parts.authorizers.keys())),
            "requestValidatorId" => of_api(&|api| ids(api.config.parts.request_validators.keys())),
            "modelName" => of_api(&|api| ids(api.config.models().keys())),
            "documentationPartId" => of_api(&|api| ids(api.documentation.parts.keys())),
            "documentationVersion" if row.starts_with("Create") && !row.contains("Stage") => {
                vec![self.chance.word(&["1", "2", "3", "4", "5", "6"])]
            }
            "documentationVersion" => of_api(&|api| ids(api.documentation.versions.keys())),
            "clientCertificateId" => ids(account.client_certificates.keys()),
            "vpcLinkId" | "connectionId" => ids(account.vpc_links.keys()),
            "keyId" if row != "CreateUsagePlanKey" => ids(self.plan.into_iter().flat_map(|plan| plan.keys.keys())),
            "apiKey" | "keyId" => ids(account.api_keys.keys()),
            "usagePlanId" => self.plan.iter().map(|plan| plan.id.to_string()).collect(),
            "resourceArn" => return Some(self.arn()),
            "httpMethod" if row == "PutMethod" => vec![self.chance.word(&["GET", "POST", "ANY", "DELETE", "get"])],
            "httpMethod" => self.method.clone().into_iter().collect(),
            "domainName" if row == "CreateDomainName" => {
                let names = ["a.example.com", "b.example.com", "*.example.com", "p.example.org", "UPPER.example.com"];
                vec![self.chance.word(&names)]
            }
            "domainName" => self.domain.iter().map(|(name, _)| name.clone()).collect(),
            "domainNameId" => return self.domain.clone()?.1,
            "basePath" if row == "CreateBasePathMapping" => vec![self.chance.word(&["", "v1", "v2", "v3", "a/b"])],
            "basePath" => {
                let domains = account.domain_names.values();
                let named =
                    domains.filter(|domain| self.domain.as_ref().is_some_and(|(name, _)| *name == *domain.name));
                named.flat_map(|domain| ids(domain.mappings.keys())).collect()
            }
            name => return Some(self.own(name)),
        };
        Some(self.chance.pick(chosen))
    }

    /// Returns a text that names nothing else.
    fn own(&mut self, name: &str) -> String {
        let verb = ["GET", "POST", "ANY"];
        let choices: &[&str] = match (name, self.row.name) {
            ("name", "CreateModel") => &["Pet", "Pets", "Cat", "Dog", "no name"],
            ("name", _) => &["n1", "n2", "n3", "n4", "n5", ""],
            ("pathPart", _) => &["a", "b", "users", "{id}", "{proxy+}", "c", "d", "{"],
            ("statusCode", _) => &["200", "200", "404", "500", "99"],
            ("authorizationType", _) => &["NONE", "NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS", "x"],
            ("integrationHttpMethod", _) => &verb,
            ("type", "CreateAuthorizer") => &["TOKEN", "REQUEST", "COGNITO_USER_POOLS", "x"],
            ("type", "PutIntegration") => &["MOCK", "MOCK", "HTTP", "HTTP_PROXY", "AWS_PROXY", "AWS", "x"],
            ("type", _) => &["API", "METHOD", "RESOURCE", "MODEL"],
            ("uri", _) => &["https://example.com/x", FUNCTION, "ftp://x"],
            ("authorizerUri", _) => &[FUNCTION, FUNCTION, "x"],
            ("identitySource", _) => &["method.request.header.Authorization", "method.request.querystring.q", "x"],
            ("connectionType", _) => &["INTERNET", "VPC_LINK", "x"],
            ("passthroughBehavior", _) => &["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES", "x"],
            ("contentHandling", _) => &["CONVERT_TO_TEXT", "CONVERT_TO_BINARY", "x"],
            ("responseType", _) => &["DEFAULT_4XX", "DEFAULT_5XX", "THROTTLED", "UNAUTHORIZED", "x"],
            ("contentType", _) => &["application/json", "application/json", "text/plain"],
            ("schema", _) => &["{\"type\": \"object\"}", "{}", "{\"type\": 1}", "<xml/>"],
            ("properties", _) => &["{\"description\": \"x\"}", "[]"],
            ("apiKeySource", _) => &["HEADER", "AUTHORIZER", "x"],
            ("cacheClusterSize", _) => &["0.5", "1.6", "7"],
            ("keyType", _) => &["API_KEY", "API_KEY", "x"],
            ("value", _) => &["value-of-twenty-chars", "another-of-twenty-chars", "short"],
            ("format", _) => &["csv", "csv", "xml"],
            ("mode", _) => &["merge", "overwrite", "x"],
            ("startDate" | "endDate", _) => &["2023-11-14", "2023-11-15", "x"],
            ("resourceOwner", _) => &["SELF", "OTHER_ACCOUNTS", "x"],
            ("locationStatus", _) => &["DOCUMENTED", "UNDOCUMENTED"],
            ("body", "ImportApiKeys") => {
                &["Name,Key\na,abcdefghijklmnopqrst\n", "Name,Key,Enabled\nb,bbcdefghijklmnopqrst,true\n", "x"]
            }
            ("body", "ImportDocumentationParts") => &[
                "{\"x-amazon-apigateway-documentation\": {\"documentationParts\": [{\"location\": {\"type\": \"API\"}, \"properties\": {\"a\": 1}}]}}",
                "x",
            ],
            ("certificateArn" | "regionalCertificateArn", _) => &[CERTIFICATE, CERTIFICATE, "x"],
            ("securityPolicy", _) => &["TLS_1_2", "TLS_1_0", "x"],
            ("endpointAccessMode", _) => &["BASIC", "x"],
            ("routingMode", _) => &["BASE_PATH_MAPPING_ONLY", "x"],
            ("policy", _) => &["{}", "x"],
            ("position", _) => &["x", ""],
            ("pathWithQueryString", _) => &["/users", "/a?x=y", "/"],
            ("selectionPattern", _) => &["", "2\\d{2}", "("],
            _ => &["x", "y", ""],
        };
        self.chance.word(choices)
    }

    fn arn(&mut self) -> String {
        let account = &self.workspace.account;
        let mut paths: Vec<String> = Vec::new();
        if let Some(api) = self.api {
            paths.push(format!("/restapis/{}", api.id));
            paths.extend(api.stages.keys().map(|stage| format!("/restapis/{}/stages/{stage}", api.id)));
        }
        paths.extend(account.api_keys.keys().map(|id| format!("/apikeys/{id}")));
        paths.extend(account.usage_plans.keys().map(|id| format!("/usageplans/{id}")));
        paths.extend(account.client_certificates.keys().map(|id| format!("/clientcertificates/{id}")));
        let path = self.chance.pick(paths);
        format!("arn:aws:apigateway:us-east-1::{path}")
    }

    fn list(&mut self, name: &str) -> Vec<String> {
        let choices: &[&str] = match name {
            "providerARNs" => &[POOL, POOL, "x"],
            "targetArns" => &[BALANCER, BALANCER, "x"],
            "embed" => &["apisummary", "methods", "x"],
            "tagKeys" => &["k", "l"],
            "binaryMediaTypes" => &["image/png", "*/*", "-"],
            _ => &["method.request.querystring.q", "x"],
        };
        vec![self.chance.word(choices)]
    }

    fn map(&mut self, member: &MemberRow) -> Value {
        let pair = |name: &str, value: Value| json!({ name: value });
        match (member.name, member.member_type) {
            ("requestParameters", MemberType::BooleanMap) => {
                pair(&self.chance.word(&["method.request.querystring.q", "method.request.header.h", "x"]), true.into())
            }
            ("responseParameters", MemberType::BooleanMap) => pair("method.response.header.h", true.into()),
            ("requestParameters", _) => {
                let value = self.chance.word(&["'a'", "method.request.querystring.q", "x"]);
                pair("integration.request.header.h", value.into())
            }
            ("responseParameters", _) => {
                let name = self.chance.word(&["method.response.header.h", "gatewayresponse.header.h"]);
                pair(&name, self.chance.word(&["'a'", "integration.response.header.x", "x"]).into())
            }
            ("requestModels" | "responseModels", _) => {
                let models = self.api.map(|api| ids(api.config.models().keys())).unwrap_or_default();
                pair("application/json", self.chance.pick(models).into())
            }
            ("requestTemplates" | "responseTemplates", _) => {
                let template = self.chance.word(&["{\"statusCode\": 200}", "$context.stage", "", "#if("]);
                pair("application/json", template.into())
            }
            (_, MemberType::TextListMap) => pair("h", json!(["a", "b"])),
            _ => pair(
                &self.chance.word(&["k", "l", "x", "k", "l", "x", "aws:x"]),
                self.chance.word(&["1", "2", ""]).into(),
            ),
        }
    }

    fn structure(&mut self, name: &str) -> Value {
        let stage = self.api.and_then(|api| api.stages.keys().next()).map_or("absent".into(), ToString::to_string);
        let api = self.api.map_or("absent".into(), |api| api.id.to_string());
        match name {
            "canarySettings" => {
                let percent = [0.0, 12.5, 100.0, 101.0][self.chance.below(4)];
                let mut canary = json!({ "percentTraffic": percent });
                if self.row.name == "CreateStage" {
                    canary["deploymentId"] = self.text("deploymentId").into();
                }
                canary
            }
            "endpointConfiguration" => json!({ "types": [self.chance.word(&["REGIONAL", "EDGE", "PRIVATE", "x"])] }),
            "location" => {
                let mut location = json!({ "type": self.chance.word(&["API", "METHOD", "RESOURCE", "MODEL", "x"]) });
                if self.chance.0.bool() {
                    location["path"] = self.chance.word(&["/", "/users"]).into();
                }
                location
            }
            "throttle" => json!({ "rateLimit": 10.0, "burstLimit": self.chance.below(9) }),
            "quota" => json!({ "limit": self.chance.below(9), "period": self.chance.word(&["DAY", "MONTH", "x"]) }),
            "apiStages" => json!([{ "apiId": api, "stage": stage }]),
            "stageKeys" => json!([{ "restApiId": api, "stageName": stage }]),
            "tlsConfig" => json!({ "insecureSkipVerification": self.chance.0.bool() }),
            _ => json!({ "truststoreUri": "s3://bucket/key" }),
        }
    }

    /// Returns one patch operation, sometimes two.
    fn patches(&mut self) -> Value {
        let count = 1 + usize::from(self.chance.once_in(4));
        (0..count).map(|_| self.patch()).collect()
    }

    fn patch(&mut self) -> Value {
        let deployment = self.text("deploymentId").unwrap_or_default();
        let stage = self.text("stageName").unwrap_or_default();
        let resource = self.text("parentId").unwrap_or_default();
        let certificate = self.text("clientCertificateId").unwrap_or_default();
        let api = self.api.map_or("absent".into(), |api| api.id.to_string());
        let held = format!("{api}:{stage}");
        let patches: &[(&str, &str, &str)] = match self.row.name {
            "UpdateRestApi" => &[
                ("replace", "/name", "new"),
                ("replace", "/description", ""),
                ("add", "/binaryMediaTypes/image~1png", ""),
                ("replace", "/minimumCompressionSize", "10"),
                ("replace", "/apiKeySource", "AUTHORIZER"),
                ("replace", "/disableExecuteApiEndpoint", "true"),
            ],
            "UpdateResource" => &[("replace", "/pathPart", "moved"), ("replace", "/parentId", &resource)],
            "UpdateMethod" => &[
                ("replace", "/authorizationType", "NONE"),
                ("replace", "/apiKeyRequired", "true"),
                ("replace", "/apiKeyRequired", "false"),
                ("add", "/requestParameters/method.request.header.z", "true"),
            ],
            "UpdateMethodResponse" => &[
                ("add", "/responseParameters/method.response.header.z", "false"),
                ("add", "/responseModels/text~1plain", "Empty"),
            ],
            "UpdateIntegration" => &[
                ("replace", "/timeoutInMillis", "500"),
                ("add", "/requestTemplates/application~1json", "{\"statusCode\": 404}"),
                ("replace", "/passthroughBehavior", "NEVER"),
            ],
            "UpdateIntegrationResponse" => &[
                ("replace", "/selectionPattern", "5\\d{2}"),
                ("add", "/responseTemplates/application~1json", "changed"),
            ],
            "UpdateModel" => &[("replace", "/description", "d"), ("replace", "/schema", "{}")],
            "UpdateRequestValidator" => &[("replace", "/name", "v"), ("replace", "/validateRequestBody", "true")],
            "UpdateAuthorizer" => &[("replace", "/name", "other"), ("replace", "/authorizerResultTtlInSeconds", "60")],
            "UpdateGatewayResponse" => {
                &[("replace", "/statusCode", "444"), ("add", "/responseTemplates/application~1json", "{}")]
            }
            "UpdateDocumentationPart" => &[("replace", "/properties", "{\"b\": 2}"), ("replace", "/properties", "x")],
            "UpdateStage" => &[
                ("replace", "/description", "d"),
                ("replace", "/variables/x", "1"),
                ("remove", "/variables/x", ""),
                ("replace", "/deploymentId", &deployment),
                ("replace", "/canarySettings/deploymentId", &deployment),
                ("replace", "/canarySettings/percentTraffic", "50.0"),
                ("remove", "/canarySettings", ""),
                ("replace", "/*/*/throttling/rateLimit", "5"),
                ("replace", "/*/*/caching/enabled", "true"),
                ("replace", "/cacheClusterEnabled", "true"),
                ("replace", "/clientCertificateId", &certificate),
                ("replace", "/tracingEnabled", "true"),
                ("replace", "/accessLogSettings/format", "$context.requestId"),
                ("replace", "/documentationVersion", "1"),
            ],
            "UpdateDomainName" => &[
                ("replace", "/securityPolicy", "TLS_1_2"),
                ("replace", "/certificateArn", CERTIFICATE),
                ("replace", "/regionalCertificateArn", CERTIFICATE),
            ],
            "UpdateBasePathMapping" => {
                &[("replace", "/basePath", "v9"), ("replace", "/stage", &stage), ("replace", "/restapiId", &api)]
            }
            "UpdateApiKey" => &[("replace", "/enabled", "true"), ("replace", "/name", "renamed")],
            "UpdateUsagePlan" => &[
                ("replace", "/name", "p"),
                ("replace", "/throttle/rateLimit", "3"),
                ("add", "/apiStages", &held),
                ("remove", "/apiStages", &held),
                ("replace", "/quota/limit", "7"),
            ],
            "UpdateUsage" => &[("replace", "/remaining", "3"), ("replace", "/remaining", "x")],
            "UpdateAccount" => &[
                ("replace", "/cloudwatchRoleArn", "arn:aws:iam::123456789012:role/logs"),
                ("add", "/features", "UsagePlans"),
            ],
            "UpdateVpcLink" => &[("replace", "/name", "l"), ("replace", "/description", "d")],
            _ => &[("replace", "/description", "d")],
        };
        let (op, path, value) = match self.chance.once_in(8) {
            true => ("replace", "/nothing", "x"),
            false => patches[self.chance.below(patches.len())],
        };
        match op {
            "remove" if value.is_empty() => json!({ "op": op, "path": path }),
            _ => json!({ "op": op, "path": path, "value": value }),
        }
    }
}
