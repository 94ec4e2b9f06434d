//! The steps of each operation, a line each, in the console's words.
//!
//! `{member}` is a member as a person names it: an API by its name, a resource by its path. `{Label=member}` is a field with
//! what the request has for it, and nothing where it has none. `{*}` is what the patch operations change,
//! `{*member=Label|…}` with labels for some members. `[…]` is left out when none of its fields is given.

/// Operations and their steps; those of `CreateDeployment` and `UpdateStage` depend on the stage, and are in `stage.rs`.
pub(super) const STEPS: &[(&str, &str)] = &[
    (
        "CreateRestApi",
        "Choose Create API, and Build under REST API.\n{cloneFrom}{API name=name}{Description=description}{API endpoint type=endpointConfiguration.types}{IP address type=endpointConfiguration.ipAddressType}{VPC endpoint IDs=endpointConfiguration.vpcEndpointIds}{Security policy=securityPolicy}{Endpoint access mode=endpointAccessMode} Choose Create API.[ Then go to API settings, and choose Edit.{Binary media types=binaryMediaTypes}{Minimum body size=minimumCompressionSize}{API key source=apiKeySource}{Resource policy=policy}{Tags=tags}{Default endpoint=disableExecuteApiEndpoint} Choose Save changes.]",
    ),
    (
        "UpdateRestApi",
        "Go to API settings, and choose Edit.{*name=API name|binaryMediaTypes=Binary media types|minimumCompressionSize=Content encoding, minimum body size|apiKeySource=API key source|policy=Resource policy|endpointConfiguration=API endpoint type|disableExecuteApiEndpoint=Default endpoint, inactive} Choose Save changes.",
    ),
    ("DeleteRestApi", "In the list of APIs select {restApiId}, choose Delete, type confirm, and choose Delete."),
    (
        "CreateResource",
        "In Resources, choose Create resource. Resource path: {parentId}. Resource name: {pathPart}. Choose Create resource.",
    ),
    ("UpdateResource", "The console cannot rename or move a resource: use the CLI or an SDK."),
    ("DeleteResource", "In Resources, select {resourceId}, choose Delete, and confirm."),
    (
        "PutMethod",
        "In Resources, select {resourceId} and choose Create method. Method type: {httpMethod}. Choose an integration type; the console makes method and integration in one.\nUnder Method request settings:{Authorization=authorizationType}{Authorizer=authorizerId}{Authorization scopes=authorizationScopes}{Request validator=requestValidatorId}{API key required=apiKeyRequired}{Operation name=operationName}{Request parameters=requestParameters}{Request body=requestModels} Choose Create method.",
    ),
    (
        "UpdateMethod",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Method request choose Edit.{*} Choose Save.",
    ),
    ("DeleteMethod", "In Resources, select {httpMethod} below {resourceId}, choose Delete, and confirm."),
    (
        "PutMethodResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Method response choose Create response. HTTP status code: {statusCode}.{Header names=responseParameters}{Response body=responseModels} Choose Save.",
    ),
    (
        "UpdateMethodResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Method response choose Edit beside {statusCode}.{*} Choose Save.",
    ),
    (
        "DeleteMethodResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Method response choose Delete beside {statusCode}, and confirm.",
    ),
    (
        "PutIntegration",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Integration request choose Edit. Integration type: {integrationType}.{HTTP method=integrationHttpMethod}{Endpoint URL or function=uri}{Connection=connectionType}{VPC link=connectionId}{Execution role=credentials}{Request body passthrough=passthroughBehavior}{Content handling=contentHandling}{Integration timeout (ms)=timeoutInMillis}{Response transfer mode=responseTransferMode}{URL and header parameters=requestParameters}{Mapping templates=requestTemplates}{Cache key parameters=cacheKeyParameters} Choose Save.",
    ),
    (
        "UpdateIntegration",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Integration request choose Edit.{*uri=Endpoint URL or function} Choose Save.",
    ),
    (
        "DeleteIntegration",
        "The console cannot take a method's integration away: edit it there, or use the CLI or an SDK.",
    ),
    (
        "PutIntegrationResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Integration response choose Create response. Method response status code: {statusCode}.{HTTP status regex=selectionPattern}{Content handling=contentHandling}{Header mappings=responseParameters}{Mapping templates=responseTemplates} Choose Save.",
    ),
    (
        "UpdateIntegrationResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Integration response choose Edit beside {statusCode}.{*} Choose Save.",
    ),
    (
        "DeleteIntegrationResponse",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Integration response choose Delete beside {statusCode}, and confirm.",
    ),
    (
        "TestInvokeMethod",
        "In Resources, select {httpMethod} below {resourceId}. On the tab Test:{Path and query strings=pathWithQueryString}{Headers=headers}{Headers of several values=multiValueHeaders}{Client certificate=clientCertificateId}{Stage variables=stageVariables}{Request body=body} Choose Test.",
    ),
    (
        "CreateModel",
        "Go to Models, and choose Create model.{Name=name}{Content type=contentType}{Description=description}{Model schema=schema} Choose Create model.",
    ),
    ("UpdateModel", "Go to Models, select {modelName}, and choose Edit.{*} Choose Save changes."),
    ("DeleteModel", "Go to Models, select {modelName}, choose Delete, and confirm."),
    (
        "CreateRequestValidator",
        "The console makes a validator when a method asks for one: in Resources, on the tab Method request of the method, choose Edit. Request validator: {validates}. Choose Save.",
    ),
    ("UpdateRequestValidator", "The console cannot change or delete a request validator: use the CLI or an SDK."),
    ("DeleteRequestValidator", "The console cannot change or delete a request validator: use the CLI or an SDK."),
    (
        "CreateAuthorizer",
        "Go to Authorizers, and choose Create authorizer.{Authorizer name=name}{Authorizer type=type}{Lambda function=authorizerUri}{Lambda invoke role=authorizerCredentials}{Cognito user pools=providerARNs}{Token source or identity sources=identitySource}{Token validation=identityValidationExpression}{Authorization caching, TTL (seconds)=authorizerResultTtlInSeconds} Choose Create authorizer.",
    ),
    ("UpdateAuthorizer", "Go to Authorizers, select {authorizerId}, and choose Edit.{*} Choose Save changes."),
    ("DeleteAuthorizer", "Go to Authorizers, select {authorizerId}, choose Delete, and confirm."),
    (
        "TestInvokeAuthorizer",
        "Go to Authorizers, and choose {authorizerId}. Under Test authorizer:{Path and query strings=pathWithQueryString}{Headers=headers}{Headers of several values=multiValueHeaders}{Stage variables=stageVariables}{Context=additionalContext}{Request body=body} Choose Test authorizer.",
    ),
    (
        "PutGatewayResponse",
        "Go to Gateway responses, select {responseType}, and choose Edit.{Status code=statusCode}{Response headers=responseParameters}{Response templates=responseTemplates} Choose Save changes.",
    ),
    (
        "UpdateGatewayResponse",
        "Go to Gateway responses, select {responseType}, and choose Edit.{*} Choose Save changes.",
    ),
    ("DeleteGatewayResponse", "Go to Gateway responses, select {responseType}, choose Reset to default, and confirm."),
    (
        "CreateDocumentationPart",
        "Go to Documentation, and choose Create documentation part.{Documentation type=location.type}{Path=location.path}{Method=location.method}{Status code=location.statusCode}{Name=location.name}{Documentation=properties} Choose Create documentation part.",
    ),
    (
        "UpdateDocumentationPart",
        "Go to Documentation, select the part {documentationPartId}, and choose Edit.{*properties=Documentation} Choose Save changes.",
    ),
    (
        "DeleteDocumentationPart",
        "Go to Documentation, select the part {documentationPartId}, choose Delete, and confirm.",
    ),
    (
        "ImportDocumentationParts",
        "Go to Documentation, and choose Import.{Import mode=mode}{Fail on warnings=failOnWarnings} Choose the file, and Import.",
    ),
    (
        "CreateDocumentationVersion",
        "Go to Documentation, and choose Publish documentation.{Stage=stageName}{Version=documentationVersion}{Description=description} Choose Publish.",
    ),
    (
        "UpdateDocumentationVersion",
        "The console cannot change or delete the documentation version {documentationVersion}: use the CLI or an SDK.",
    ),
    (
        "DeleteDocumentationVersion",
        "The console cannot change or delete the documentation version {documentationVersion}: use the CLI or an SDK.",
    ),
    ("UpdateDeployment", "The console cannot change or delete a deployment by itself: use the CLI or an SDK."),
    ("DeleteDeployment", "The console cannot change or delete a deployment by itself: use the CLI or an SDK."),
    (
        "CreateStage",
        "In Stages, choose Create stage. Stage name: {stageName}. Deployment: {deploymentId}.{Description=description}{Provision API cache=cacheClusterEnabled}{Cache capacity=cacheClusterSize} Choose Create stage.\n[In Stages, select {stageName}. Under Logs and tracing choose Edit.{X-Ray tracing=tracingEnabled} Choose Save.]\n[In Stages, select {stageName}. On the tab Stage variables choose Manage variables.{Variables=variables} Choose Save.]\n[In Stages, select {stageName}. On the tab Canary choose Create canary.{Requests directed to canary (%)=canarySettings.percentTraffic}{Stage cache=canarySettings.useStageCache}{Canary stage variables=canarySettings.stageVariableOverrides} Choose Save.]\n[In Stages, select {stageName}. On the tab Documentation history choose the version.{Version=documentationVersion} Choose Save.]\n[In Stages, select {stageName}. On the tab Tags choose Manage tags.{Tags=tags} Choose Save.]",
    ),
    ("DeleteStage", "In Stages, select {stageName}, choose Stage actions, Delete stage, and type confirm."),
    ("FlushStageCache", "In Stages, select {stageName}, choose Stage actions, and Flush stage cache."),
    ("FlushStageAuthorizersCache", "In Stages, select {stageName}, choose Stage actions, and Flush authorizer cache."),
    (
        "CreateDomainName",
        "Go to Custom domain names, and choose Add domain name.{Domain name=domainName}{API endpoint type=endpointConfiguration.types}{Security policy=securityPolicy}{Endpoint access mode=endpointAccessMode}{Routing mode=routingMode}{ACM certificate=regionalCertificateArn}{ACM certificate=certificateArn}{Mutual TLS, truststore URI=mutualTlsAuthentication.truststoreUri}{Truststore version=mutualTlsAuthentication.truststoreVersion}{Ownership verification certificate=ownershipVerificationCertificateArn}{Tags=tags} Choose Add domain name.",
    ),
    (
        "UpdateDomainName",
        "Go to Custom domain names, choose {domainName}, and choose Edit.{*regionalCertificateArn=ACM certificate|certificateArn=ACM certificate} Choose Save changes.",
    ),
    ("DeleteDomainName", "Go to Custom domain names, select {domainName}, choose Delete, and confirm."),
    (
        "CreateBasePathMapping",
        "Go to Custom domain names, choose {domainName}, and on the tab API mappings choose Configure API mappings. Choose Add new mapping. API: {restApiId}.{Stage=stage} Path: {basePath}. Choose Save.",
    ),
    (
        "UpdateBasePathMapping",
        "Go to Custom domain names, choose {domainName}, and on the tab API mappings choose Configure API mappings. In the row with the path {basePath}:{*basePath=Path|restapiId=API} Choose Save.",
    ),
    (
        "DeleteBasePathMapping",
        "Go to Custom domain names, choose {domainName}, and on the tab API mappings choose Configure API mappings. Choose Remove in the row with the path {basePath}, and Save.",
    ),
    (
        "CreateApiKey",
        "Go to API keys, and choose Create API key.{Name=name}{Description=description} API key: {keyOrigin}.{Value=value}{Tags=tags} Choose Save.",
    ),
    (
        "ImportApiKeys",
        "Go to API keys, choose Actions, and Import API keys.{Fail on warnings=failOnWarnings} Choose the file, and Import.",
    ),
    ("UpdateApiKey", "Go to API keys, choose {apiKey}, and choose Edit.{*enabled=Active} Choose Save."),
    ("DeleteApiKey", "Go to API keys, select {apiKey}, choose Actions, Delete API key, and confirm."),
    (
        "CreateUsagePlan",
        "Go to Usage plans, and choose Create usage plan.{Name=name}{Description=description}{Rate=throttle.rateLimit}{Burst=throttle.burstLimit}{Quota, requests=quota.limit}{Per=quota.period}{Tags=tags} Choose Create usage plan.\n[On the tab Associated stages choose Add stage.{API and stage=apiStages} Choose Add to usage plan.]",
    ),
    (
        "UpdateUsagePlan",
        "Go to Usage plans, and choose {usagePlanId}. {planCard}{*apiStages=API and stage|throttle=Throttling|quota=Quota} Choose Save.",
    ),
    ("DeleteUsagePlan", "Go to Usage plans, and choose {usagePlanId}. Choose Delete, and confirm."),
    (
        "CreateUsagePlanKey",
        "Go to Usage plans, and choose {usagePlanId}. On the tab Associated API keys choose Add API key, Add existing key: {keyId}. Choose Add API key.",
    ),
    (
        "DeleteUsagePlanKey",
        "Go to Usage plans, and choose {usagePlanId}. On the tab Associated API keys select {keyId}, choose Remove API key, and confirm.",
    ),
    (
        "UpdateUsage",
        "Go to Usage plans, and choose {usagePlanId}. On the tab Associated API keys select {keyId}, and choose Grant usage extension.{*remaining=Remaining requests} Choose Save.",
    ),
    (
        "GetUsage",
        "Go to Usage plans, and choose {usagePlanId}. On the tab Associated API keys choose Export usage data.",
    ),
    (
        "GenerateClientCertificate",
        "Go to Client certificates, and choose Generate certificate.{Description=description}{Tags=tags}",
    ),
    (
        "UpdateClientCertificate",
        "Go to Client certificates, select {clientCertificateId}, and choose Edit.{*} Choose Save.",
    ),
    ("DeleteClientCertificate", "Go to Client certificates, select {clientCertificateId}, choose Delete, and confirm."),
    (
        "CreateVpcLink",
        "Go to VPC links, choose Create, and VPC link for REST APIs.{Name=name}{Description=description}{Target NLB=targetArns}{Tags=tags} Choose Create.",
    ),
    ("UpdateVpcLink", "Go to VPC links, select {vpcLinkId}, and choose Edit.{*} Choose Save."),
    ("DeleteVpcLink", "Go to VPC links, select {vpcLinkId}, choose Delete, and confirm."),
    (
        "UpdateAccount",
        "Go to Settings, and under Logging choose Edit.{*cloudwatchRoleArn=CloudWatch log role ARN} Choose Save changes.",
    ),
    ("TagResource", "{tagged} Choose Manage tags, and Add new tag.{Tags=tags} Choose Save."),
    ("UntagResource", "{tagged} Choose Manage tags, and Remove beside each.{Tags=tagKeys} Choose Save."),
];

/// The steps after a deployment, for what its dialog has no fields for.
pub(super) const DEPLOYED: &str = "[In Stages, select {stageName}. Under Stage details choose Edit.{Stage description=stageDescription} Choose Save.]\n[In Stages, select {stageName}. Under Stage details choose Edit, and Additional settings.{Provision API cache=cacheClusterEnabled}{Cache capacity=cacheClusterSize} Choose Save.]\n[In Stages, select {stageName}. Under Logs and tracing choose Edit.{X-Ray tracing=tracingEnabled} Choose Save.]\n[In Stages, select {stageName}. On the tab Stage variables choose Manage variables.{Variables=variables} Choose Save.]";

/// The step of a deployment that gives a stage its canary, or changes it.
pub(super) const CANARY: &str = "[In Stages, select {stageName}. On the tab Canary choose {canaryButton}.{Requests directed to canary (%)=canarySettings.percentTraffic}{Stage cache=canarySettings.useStageCache}{Canary stage variables=canarySettings.stageVariableOverrides} Choose Save.]";

/// The steps of a deployment itself.
pub(super) const DEPLOY: &str =
    "In Resources, choose Deploy API.\n{target}{Deployment description=description} Choose Deploy.";
