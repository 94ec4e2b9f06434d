//! "Enable CORS": what the console's form of that name does, as requests (documented). API Gateway itself has no such
//! operation.

use super::requests::{Backend, JSON, MethodAt, is_proxy};
use crate::{
    collections::{SortedMap, SortedSet},
    control_plane::{
        ApiError, PatchOperation, gateway_responses::UpdateGatewayResponse,
        integration_responses::PutIntegrationResponse, method_responses::PutMethodResponse, methods::DeleteMethod,
    },
    entities::{HttpMethod, IntegrationType, Method, Resource, StatusCode},
    history::Transaction,
};

const HEADERS: &str = "method.response.header.Access-Control-Allow-Headers";
const METHODS: &str = "method.response.header.Access-Control-Allow-Methods";
const ORIGIN: &str = "method.response.header.Access-Control-Allow-Origin";
/// The header's place in a gateway response, as a patch names it.
const GATEWAY_ORIGIN: &str = "/responseParameters/gatewayresponse.header.Access-Control-Allow-Origin";
/// The headers that the console's form allows at first (documented).
pub const USUAL_HEADERS: &str = "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token";
/// The gateway responses that the form offers.
pub const GATEWAY: [(&str, &str); 2] = [("DEFAULT_4XX", "Default 4XX"), ("DEFAULT_5XX", "Default 5XX")];

/// The values of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The gateway responses that get the header.
    pub gateway: SortedSet<&'static str>,
    /// The methods that pages may use.
    pub methods: SortedSet<HttpMethod>,
    /// The headers that they may send.
    pub headers: String,
    /// The origin that they may be from; `*` for any.
    pub origin: String,
}

/// Tells whether a method's answers come as they are from its backend.
pub fn proxied(method: &Method) -> bool {
    method.integration.as_ref().is_some_and(|integration| is_proxy(integration.kind))
}

/// Tells whether a method declares the answer that gets the header.
pub fn has_200(method: &Method) -> bool {
    StatusCode::parse("200").is_some_and(|status| method.responses.contains_key(&status))
}

/// Sends the requests.
///
/// # Errors
/// The first refusal.
pub fn enable(
    transaction: &mut Transaction<'_>,
    api: &str,
    resource: &Resource,
    wanted: &Wanted,
) -> Result<(), ApiError> {
    let at = |verb| MethodAt { api: api.to_owned(), resource: resource.id.to_string(), verb };
    let text = |text: &str| format!("'{}'", text.trim());
    let origin = text(&wanted.origin);
    let options = at(HttpMethod::Options);
    let (rest_api_id, resource_id, http_method) = options.key();
    if resource.methods.contains_key(&HttpMethod::Options) {
        transaction.execute(DeleteMethod {
            rest_api_id: rest_api_id.clone(),
            resource_id: resource_id.clone(),
            http_method: http_method.clone(),
        })?;
    }
    transaction.execute(options.put_method(&[]))?;
    let place = transaction.present().place.clone();
    transaction.execute(Backend::new(IntegrationType::Mock, HttpMethod::Options).request(&options, &place))?;
    let declared = [HEADERS, METHODS, ORIGIN].map(|header| (header.to_owned(), false));
    transaction.execute(PutMethodResponse {
        rest_api_id: rest_api_id.clone(),
        resource_id: resource_id.clone(),
        http_method: http_method.clone(),
        status_code: "200".into(),
        response_parameters: Some(declared.into_iter().collect()),
        response_models: Some(SortedMap::from([(JSON.to_owned(), "Empty".to_owned())])),
    })?;
    let mut verbs: Vec<&str> =
        wanted.methods.iter().filter(|verb| resource.methods.contains_key(verb)).map(|verb| verb.as_str()).collect();
    verbs.push("OPTIONS");
    let mapped = [(HEADERS, text(&wanted.headers)), (METHODS, text(&verbs.join(","))), (ORIGIN, origin.clone())];
    transaction.execute(PutIntegrationResponse {
        rest_api_id,
        resource_id,
        http_method,
        status_code: "200".into(),
        response_parameters: Some(mapped.into_iter().map(|(header, value)| (header.to_owned(), value)).collect()),
        ..PutIntegrationResponse::default()
    })?;
    for verb in wanted.methods.iter() {
        if let Some(method) = resource.methods.get(verb) {
            allow(transaction, &at(*verb), method, &origin)?;
        }
    }
    for kind in wanted.gateway.iter() {
        let patch_operations = vec![PatchOperation::add(GATEWAY_ORIGIN, origin.as_str())];
        let (rest_api_id, response_type) = (api.to_owned(), (*kind).to_owned());
        transaction.execute(UpdateGatewayResponse { rest_api_id, response_type, patch_operations })?;
    }
    Ok(())
}

/// Adds the header to the 200 of a method that maps its answers.
fn allow(transaction: &mut Transaction<'_>, at: &MethodAt, method: &Method, origin: &str) -> Result<(), ApiError> {
    let Some(status) = StatusCode::parse("200") else { return Ok(()) };
    let Some(declared) = method.responses.get(&status) else { return Ok(()) };
    let path = format!("/responseParameters/{ORIGIN}");
    if !declared.response_parameters.contains_key(ORIGIN) {
        transaction.execute(at.method_response(status, vec![PatchOperation::add(path.clone(), "false")]))?;
    }
    let maps = method.integration.as_ref().filter(|integration| !is_proxy(integration.kind));
    if maps.is_some_and(|integration| integration.responses.contains_key(&status)) {
        transaction.execute(at.integration_response(status, vec![PatchOperation::add(path, origin)]))?;
    }
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{USUAL_HEADERS, Wanted, enable};
    use crate::{
        collections::SortedSet,
        control_plane::deployments::CreateDeployment,
        data_plane::{self, Local, Request, Runtime},
        entities::{HttpMethod, Timestamp},
        env::Env,
        history::Session,
        sample,
    };

    /// Returns what a browser sees of `/users` on the stage `dev`: the status and the header that lets its page in.
    fn seen(session: &Session, url: &str, method: &str) -> (u16, Option<String>) {
        let ws = session.present().clone();
        let request = Request { method: method.into(), url: url.to_owned(), headers: Vec::new(), body: String::new() };
        let mut env = session.env.clone();
        let answer = data_plane::invoke_at_once(&ws, &mut Runtime::new(), &request, &mut env, &mut Local::of(&ws));
        let headers = answer.response.headers.into_iter();
        let allowed = headers.filter(|(name, _)| name.eq_ignore_ascii_case("access-control-allow-origin"));
        (answer.response.status, allowed.map(|(_, value)| value).next())
    }

    #[test]
    fn a_page_is_let_in_once_it_is_deployed_and_a_second_time_replaces_the_first() {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let api = session.present().rest_apis.keys().next().expect("BUG: an API").to_string();
        let url = format!("{}/users", session.present().place.invoke_url(&api, "dev"));
        for origin in ["*", "https://app.example.com"] {
            let config = session.present().api(&api).expect("BUG: the API").config.clone();
            let resource = config.resource_at("/users").expect("BUG: a resource");
            let wanted = Wanted {
                gateway: SortedSet::from(["DEFAULT_4XX"]),
                methods: SortedSet::from([HttpMethod::Get]),
                headers: USUAL_HEADERS.to_owned(),
                origin: format!(" {origin} "),
            };
            let before = session.entries().len();
            session
                .transact(|transaction| enable(transaction, &api, resource, &wanted))
                .expect("BUG: nothing is refused");
            assert!(session.entries().len() > before);
            session.execute(CreateDeployment::new(api.as_str(), Some("dev".to_owned()))).expect("BUG: it deploys");
            let allowed = Some(origin.to_owned());
            assert_eq!(seen(&session, &url, "OPTIONS"), (200, allowed.clone()));
            assert_eq!(seen(&session, &url, "GET"), (200, allowed.clone()));
            assert_eq!(seen(&session, &url, "POST").1, None, "nobody asked for it");
            assert_eq!(seen(&session, &url, "DELETE"), (403, allowed), "the gateway's own answers are readable, too");
        }
    }
}
