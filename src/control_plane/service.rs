//! The AWS services that operations belong to, and the names that their clients give them.
//!
//! Two services may have an operation of one name: `apigatewayv2` has a `CreateStage` of its own. So nothing finds an
//! operation by its bare name: a table is asked for a service and a name, or for a stored name. Nothing here knows what an
//! operation does.

use super::members::OperationRow;
use std::borrow::Cow;

/// An AWS service.
#[derive(Debug)]
pub struct Service {
    /// The AWS CLI's name of it, which is also boto3's.
    pub cli_name: &'static str,
    /// The first line of its page of help.
    pub title: &'static str,
    /// The beginning of its hostname, before the region.
    pub host_prefix: &'static str,
    /// The package of its client in AWS's SDK for JavaScript.
    pub sdk_package: &'static str,
    /// The class of that client.
    pub sdk_client: &'static str,
    /// The source that CloudTrail gives its events.
    pub event_source: &'static str,
    /// The mark before the stored names of its operations; empty for the service whose names were stored before there was
    /// another one. A stored mark never changes.
    pub stored_mark: &'static str,
}

static API_GATEWAY: Service = Service {
    cli_name: "apigateway",
    title: "Amazon API Gateway, version 2015-07-09: REST APIs.",
    host_prefix: "apigateway",
    sdk_package: "@aws-sdk/client-api-gateway",
    sdk_client: "APIGatewayClient",
    event_source: "apigateway.amazonaws.com",
    stored_mark: "",
};

impl Service {
    /// REST APIs.
    pub const API_GATEWAY: &'static Self = &API_GATEWAY;

    /// Returns its hostname in a region.
    pub fn host(&self, region: &str) -> String {
        format!("{}.{region}.amazonaws.com", self.host_prefix)
    }
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.cli_name == other.cli_name
    }
}

impl Eq for Service {}

/// The services of the table.
pub static SERVICES: [&Service; 1] = [Service::API_GATEWAY];

/// Services that AWS has and Stagecraft has not: the AWS CLI's name, and the beginning of their paths.
pub(crate) const LEFT_OUT_SERVICES: [(&str, &str); 1] = [("apigatewayv2", "v2/")];

/// An operation's name with its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationName {
    /// The service.
    pub service: &'static Service,
    /// AWS's name of the operation, such as `CreateDeployment`.
    pub name: &'static str,
}

impl OperationName {
    /// Returns the name by which logs, links and files keep the operation: the bare one for REST APIs, `service:Name` for
    /// any other service.
    pub fn stored(self) -> Cow<'static, str> {
        match self.service.stored_mark {
            "" => self.name.into(),
            mark => format!("{mark}:{}", self.name).into(),
        }
    }
}

/// The reason why a stored name stands for no operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnknownName {
    /// No service here has this mark.
    Service(String),
    /// The service has no such operation.
    Operation(String),
}

/// Finds the place of an operation in a table.
pub(super) fn position(table: &[&OperationRow], service: &Service, name: &str) -> Option<usize> {
    table.iter().position(|row| row.service == service && row.name == name)
}

/// Finds the operation of a service that the AWS CLI calls so.
pub(crate) fn find_cli(
    table: &[&'static OperationRow],
    service: &Service,
    cli_name: &str,
) -> Option<&'static OperationRow> {
    of_service(table, service).find(|row| row.cli_name() == cli_name)
}

/// Returns the operations of a service.
pub(crate) fn of_service<'a>(
    table: &'a [&'static OperationRow],
    service: &'a Service,
) -> impl Iterator<Item = &'static OperationRow> + 'a {
    table.iter().copied().filter(move |row| row.service == service)
}

/// Finds an operation by its stored name.
///
/// # Errors
/// The service or the operation is unknown.
pub(crate) fn find_stored(table: &[&'static OperationRow], stored: &str) -> Result<&'static OperationRow, UnknownName> {
    let (mark, name) = stored.split_once(':').unwrap_or(("", stored));
    if !table.iter().any(|row| row.service.stored_mark == mark) {
        return Err(UnknownName::Service(cut(mark)));
    }
    let row = table.iter().copied().find(|row| row.service.stored_mark == mark && row.name == name);
    row.ok_or_else(|| UnknownName::Operation(cut(name)))
}

/// Returns the beginning of a name that nobody vouches for.
fn cut(name: &str) -> String {
    name.chars().take(80).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Service, UnknownName, find_cli, find_stored, of_service, position};
    use crate::control_plane::{OPERATIONS, OperationRow};

    static OTHER: Service = Service { cli_name: "other", stored_mark: "other", ..super::API_GATEWAY };
    const CREATE_STAGE: OperationRow = OperationRow {
        service: &OTHER,
        name: "CreateStage",
        verb: "POST",
        uri: "/other/stages",
        success: 201,
        members: &[],
        answers_payload: false,
        not_modelled: &[],
    };

    /// Makes today's table with another service's `CreateStage` before it and its `GetThings` behind it.
    fn table() -> Vec<&'static OperationRow> {
        const GET_THINGS: OperationRow = OperationRow { name: "GetThings", verb: "GET", ..CREATE_STAGE };
        [&CREATE_STAGE].into_iter().chain(OPERATIONS.iter().copied()).chain([&GET_THINGS]).collect()
    }

    #[test]
    fn two_services_may_have_an_operation_of_one_name() {
        let table = table();
        for service in [Service::API_GATEWAY, &OTHER] {
            let row = table[position(&table, service, "CreateStage").expect("an operation")];
            assert_eq!((row.service, row.name), (service, "CreateStage"));
            assert_eq!(find_cli(&table, service, "create-stage").map(|row| row.uri), Some(row.uri));
            assert_eq!(find_stored(&table, &row.id().stored()).map(|row| row.uri), Ok(row.uri));
        }
        assert_eq!(position(&table, Service::API_GATEWAY, "GetThings"), None);
        assert!(find_cli(&table, Service::API_GATEWAY, "get-things").is_none());
        assert_eq!(of_service(&table, &OTHER).map(|row| row.name).collect::<Vec<_>>(), ["CreateStage", "GetThings"]);
        assert_eq!(of_service(&table, Service::API_GATEWAY).count(), OPERATIONS.len());
    }

    #[test]
    fn a_stored_name_leads_to_one_operation_for_ever() {
        let table = table();
        let stored: Vec<_> = table.iter().map(|row| row.id().stored()).collect();
        for (row, name) in table.iter().zip(&stored) {
            assert_eq!(find_stored(&table, name).map(|row| (row.service, row.name)), Ok((row.service, row.name)));
            assert_eq!(stored.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
        assert!(
            OPERATIONS.iter().all(|row| row.id().stored() == row.name),
            "names without a mark are those of REST APIs"
        );
        assert_eq!(stored[0], "other:CreateStage");
    }

    #[test]
    fn an_unknown_name_says_what_of_it_is_unknown() {
        let unknown = |stored: &str| find_stored(&table(), stored).err();
        let service = |mark: &str| Some(UnknownName::Service(mark.to_owned()));
        let operation = |name: &str| Some(UnknownName::Operation(name.to_owned()));
        assert_eq!(unknown("apigatewayv2:CreateStage"), service("apigatewayv2"));
        assert_eq!(unknown("other:CreateApi"), operation("CreateApi"));
        assert_eq!(unknown("GetThings"), operation("GetThings"));
        // The mark of REST APIs is none, not their name.
        assert_eq!(unknown("apigateway:CreateStage"), service("apigateway"));
        assert_eq!(unknown(&"é".repeat(100)), operation(&"é".repeat(80)));
        assert_eq!(unknown(&format!("{}:", "x".repeat(100))), service(&"x".repeat(80)));
    }
}
