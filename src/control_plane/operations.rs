//! The operations table and the one type that holds any request.

use super::{
    account, api_key_import, api_keys, authorizers, base_path_mappings, client_certificates, deployments,
    documentation_import, documentation_parts, documentation_versions, domain_names,
    error::ApiError,
    gateway_responses, integration_responses, integrations,
    members::{Members, Operation, OperationRow, Reader, Request, Writer},
    method_responses, methods, models, request_validators, resources, rest_apis,
    service::{OperationName, Service, position},
    stages, tags, test_invoke, usage, usage_plan_keys, usage_plans, vpc_links,
};
use std::{mem::discriminant, rc::Rc};

macro_rules! commands {
    ($($module:ident::$name:ident),+ $(,)?) => {
        /// One control-plane request: an AWS operation with its members.
        #[derive(Clone, Debug)]
        pub enum Command {
            $(
                #[doc = concat!("`", stringify!($name), "`.")]
                $name(Rc<$module::$name>)
            ),+
        }

        $(impl From<$module::$name> for Command {
            fn from(request: $module::$name) -> Self {
                Self::$name(Rc::new(request))
            }
        })+

        /// Every operation.
        pub static OPERATIONS: &[&OperationRow] = &[$(&<$module::$name as Operation>::ROW),+];

        /// The readers of the operations, in the order of the table.
        static READERS: &[fn(&mut Reader<'_>) -> Command] =
            &[$(|reader| Command::from(<$module::$name as Operation>::read(reader))),+];

        impl Command {
            /// Returns the row of its operation.
            pub fn row(&self) -> &'static OperationRow {
                match self { $(Self::$name(_) => &<$module::$name as Operation>::ROW),+ }
            }

            /// Returns the request, whichever it is.
            pub(super) fn request(&self) -> &dyn Request {
                match self { $(Self::$name(request) => &**request),+ }
            }
        }
    };
}

commands! {
    rest_apis::CreateRestApi,
    rest_apis::GetRestApis,
    rest_apis::GetRestApi,
    rest_apis::UpdateRestApi,
    rest_apis::DeleteRestApi,
    resources::CreateResource,
    resources::GetResources,
    resources::GetResource,
    resources::UpdateResource,
    resources::DeleteResource,
    methods::PutMethod,
    methods::GetMethod,
    methods::UpdateMethod,
    methods::DeleteMethod,
    method_responses::PutMethodResponse,
    method_responses::GetMethodResponse,
    method_responses::UpdateMethodResponse,
    method_responses::DeleteMethodResponse,
    integrations::PutIntegration,
    integrations::GetIntegration,
    integrations::UpdateIntegration,
    integrations::DeleteIntegration,
    integration_responses::PutIntegrationResponse,
    integration_responses::GetIntegrationResponse,
    integration_responses::UpdateIntegrationResponse,
    integration_responses::DeleteIntegrationResponse,
    models::CreateModel,
    models::GetModels,
    models::GetModel,
    models::GetModelTemplate,
    models::UpdateModel,
    models::DeleteModel,
    request_validators::CreateRequestValidator,
    request_validators::GetRequestValidators,
    request_validators::GetRequestValidator,
    request_validators::UpdateRequestValidator,
    request_validators::DeleteRequestValidator,
    authorizers::CreateAuthorizer,
    authorizers::GetAuthorizers,
    authorizers::GetAuthorizer,
    authorizers::UpdateAuthorizer,
    authorizers::DeleteAuthorizer,
    documentation_parts::CreateDocumentationPart,
    documentation_parts::GetDocumentationParts,
    documentation_parts::GetDocumentationPart,
    documentation_parts::UpdateDocumentationPart,
    documentation_parts::DeleteDocumentationPart,
    documentation_import::ImportDocumentationParts,
    documentation_versions::CreateDocumentationVersion,
    documentation_versions::GetDocumentationVersions,
    documentation_versions::GetDocumentationVersion,
    documentation_versions::UpdateDocumentationVersion,
    documentation_versions::DeleteDocumentationVersion,
    vpc_links::CreateVpcLink,
    vpc_links::GetVpcLinks,
    vpc_links::GetVpcLink,
    vpc_links::UpdateVpcLink,
    vpc_links::DeleteVpcLink,
    test_invoke::TestInvokeMethod,
    test_invoke::TestInvokeAuthorizer,
    gateway_responses::PutGatewayResponse,
    gateway_responses::GetGatewayResponses,
    gateway_responses::GetGatewayResponse,
    gateway_responses::UpdateGatewayResponse,
    gateway_responses::DeleteGatewayResponse,
    deployments::CreateDeployment,
    deployments::GetDeployments,
    deployments::GetDeployment,
    deployments::UpdateDeployment,
    deployments::DeleteDeployment,
    stages::CreateStage,
    stages::GetStages,
    stages::GetStage,
    stages::UpdateStage,
    stages::DeleteStage,
    domain_names::CreateDomainName,
    domain_names::GetDomainNames,
    domain_names::GetDomainName,
    domain_names::UpdateDomainName,
    domain_names::DeleteDomainName,
    base_path_mappings::CreateBasePathMapping,
    base_path_mappings::GetBasePathMappings,
    base_path_mappings::GetBasePathMapping,
    base_path_mappings::UpdateBasePathMapping,
    base_path_mappings::DeleteBasePathMapping,
    stages::FlushStageCache,
    stages::FlushStageAuthorizersCache,
    client_certificates::GenerateClientCertificate,
    client_certificates::GetClientCertificates,
    client_certificates::GetClientCertificate,
    client_certificates::UpdateClientCertificate,
    client_certificates::DeleteClientCertificate,
    // Before CreateApiKey, whose URI is the same but for the query.
    api_key_import::ImportApiKeys,
    api_keys::CreateApiKey,
    api_keys::GetApiKeys,
    api_keys::GetApiKey,
    api_keys::UpdateApiKey,
    api_keys::DeleteApiKey,
    usage_plans::CreateUsagePlan,
    usage_plans::GetUsagePlans,
    usage_plans::GetUsagePlan,
    usage_plans::UpdateUsagePlan,
    usage_plans::DeleteUsagePlan,
    usage_plan_keys::CreateUsagePlanKey,
    usage_plan_keys::GetUsagePlanKeys,
    usage_plan_keys::GetUsagePlanKey,
    usage_plan_keys::DeleteUsagePlanKey,
    usage::GetUsage,
    usage::UpdateUsage,
    account::GetAccount,
    account::UpdateAccount,
    tags::TagResource,
    tags::UntagResource,
    tags::GetTags,
}

/// An operation that AWS has and Stagecraft has not yet.
pub(crate) struct LeftOut {
    /// Its name.
    pub(crate) id: OperationName,
    /// The HTTP method.
    pub(crate) verb: &'static str,
    /// The URI.
    pub(crate) uri: &'static str,
}

const fn left_out(name: &'static str, verb: &'static str, uri: &'static str) -> LeftOut {
    LeftOut { id: OperationName { service: Service::API_GATEWAY, name }, verb, uri }
}

/// The operations that are left out.
pub(crate) static LEFT_OUT: [LeftOut; 10] = [
    left_out("ImportRestApi", "POST", "/restapis?mode=import"),
    left_out("PutRestApi", "PUT", "/restapis/{restApiId}"),
    left_out("GetExport", "GET", "/restapis/{restApiId}/stages/{stageName}/exports/{exportType}"),
    left_out("GetSdk", "GET", "/restapis/{restApiId}/stages/{stageName}/sdks/{sdkType}"),
    left_out("GetSdkTypes", "GET", "/sdktypes"),
    left_out("GetSdkType", "GET", "/sdktypes/{id}"),
    left_out("CreateDomainNameAccessAssociation", "POST", "/domainnameaccessassociations"),
    left_out("GetDomainNameAccessAssociations", "GET", "/domainnameaccessassociations"),
    left_out("DeleteDomainNameAccessAssociation", "DELETE", "/domainnameaccessassociations/{arn}"),
    left_out("RejectDomainNameAccessAssociation", "POST", "/rejectdomainnameaccessassociations"),
];

/// Compares two requests by how they are written, which takes less code than to compare each operation's members.
impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other) && self.input() == other.input()
    }
}

impl Command {
    /// Reads a request from its members by the SDK's names. Members that the operation does not have are ignored, as AWS
    /// does.
    ///
    /// # Errors
    /// A missing member, a wrong JSON type, or something that Stagecraft does not model.
    pub fn parse(service: &Service, operation: &str, mut input: Members) -> Result<Self, ApiError> {
        let at = position(OPERATIONS, service, operation).ok_or(ApiError::UnknownOperation)?;
        let given = |member: &&&str| input.get(**member).is_some_and(|value| !value.is_null());
        if let Some(member) = OPERATIONS[at].not_modelled.iter().find(given) {
            return Err(ApiError::NotModelled(format!("the member {member} of {operation}").into()));
        }
        let mut reader = Reader::new(OPERATIONS[at], &mut input);
        let command = READERS[at](&mut reader);
        reader.finish(command)
    }

    /// Returns its members by the SDK's names: what `parse` reads.
    pub fn input(&self) -> Members {
        let mut writer = Writer::new(self.row());
        self.request().write(&mut writer);
        writer.done()
    }

    /// Returns AWS's name of the operation.
    pub fn name(&self) -> &'static str {
        self.row().name
    }

    /// Tells whether it only reads.
    pub fn is_read(&self) -> bool {
        self.row().is_read()
    }
}
