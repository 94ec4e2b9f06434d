//! ClientCertificate: what a stage shows to a backend that asks who is calling. One belongs to the account, not to an API.

use super::{
    World,
    answer::Answer,
    certificate_text,
    checks::check_tags,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{Op, PatchOperation, op_violations},
};
use crate::{
    collections::SortedMap,
    entities::{ClientCertificate, ClientCertificateId},
    env::IdShape,
};
use serde_json::Value;
use std::rc::Rc;

operation! {
    /// Makes a certificate.
    GenerateClientCertificate: "POST" "/clientcertificates" => 201 {
        /// The description.
        description: Option<String> = Body "description";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
}

operation! {
    /// Lists the certificates.
    GetClientCertificates: "GET" "/clientcertificates" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a certificate.
    GetClientCertificate: "GET" "/clientcertificates/{clientCertificateId}" => 200 {
        /// The certificate.
        client_certificate_id: String = Uri "clientCertificateId";
    }
}

operation! {
    /// Changes a certificate's description; nothing else of it can change.
    UpdateClientCertificate: "PATCH" "/clientcertificates/{clientCertificateId}" => 200 {
        /// The certificate.
        client_certificate_id: String = Uri "clientCertificateId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a certificate that no stage shows.
    DeleteClientCertificate: "DELETE" "/clientcertificates/{clientCertificateId}" => 202 {
        /// The certificate.
        client_certificate_id: String = Uri "clientCertificateId";
    }
}

unconstrained!(GenerateClientCertificate, GetClientCertificates, GetClientCertificate, DeleteClientCertificate);

impl GenerateClientCertificate {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let known = world.workspace.account.client_certificates.clone();
        if known.len() >= world.workspace.limits.client_certificates {
            // Limit documented; the sentence assumed after the one reported for resources.
            let message = "Maximum number of client certificates for this account has been reached. Please contact AWS if you need additional client certificates.";
            return Err(ApiError::Limit(message.into()));
        }
        let id = ClientCertificateId::new(world.env.mint(IdShape::Short, |id| known.contains_key(id)));
        let description = self.description.clone().filter(|text| !text.is_empty());
        let certificate = ClientCertificate { id: id.clone(), description, created: world.env.now(), tags };
        let body = describe(&certificate);
        Rc::make_mut(&mut world.workspace.account).client_certificates.insert(id, Rc::new(certificate));
        Ok(body)
    }
}

impl GetClientCertificates {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let all: Vec<_> = world.workspace.account.client_certificates.values().collect();
        page(&all, self.limit, self.position.as_deref(), |c| c.id.to_string(), |c| describe(c))
    }
}

impl GetClientCertificate {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let found = world.workspace.account.client_certificates.get(self.client_certificate_id.as_str());
        found.map(|certificate| describe(certificate)).ok_or(UNKNOWN)
    }
}

impl UpdateClientCertificate {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateClientCertificate", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = self.client_certificate_id.as_str();
        let certificate = Rc::make_mut(&mut world.workspace.account)
            .client_certificates
            .get_mut(id)
            .map(Rc::make_mut)
            .ok_or(UNKNOWN)?;
        for patch in &self.patch_operations {
            match patch.path_text() {
                "/description" => {
                    patch.only(&[Op::Replace])?;
                    certificate.description = patch.text_if_any();
                }
                _ => return Err(patch.bad_path_of("/description")), // form recorded for other objects
            }
        }
        Ok(describe(certificate))
    }
}

impl DeleteClientCertificate {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = self.client_certificate_id.as_str();
        let apis = world.workspace.rest_apis.values();
        let stages: Vec<String> = apis
            .flat_map(|api| {
                let shown = api.stages.values().filter(|stage| stage.client_certificate_id.as_deref() == Some(id));
                shown.map(|stage| format!("{}:{}", api.id, stage.name))
            })
            .collect();
        if !stages.is_empty() {
            return Err(ApiError::ClientCertificateInUse { stages });
        }
        Rc::make_mut(&mut world.workspace.account).client_certificates.remove(id).map(|_| Value::Null).ok_or(UNKNOWN)
    }
}

/// Inferred from emulators.
const UNKNOWN: ApiError = ApiError::Unknown(Noun::ClientCertificate);

/// Writes a certificate in PEM.
pub fn pem(certificate: &ClientCertificate) -> String {
    certificate_text::pem(certificate)
}

/// Writes a certificate in the shape of AWS's answers.
fn describe(certificate: &ClientCertificate) -> Value {
    Answer::new()
        .with("clientCertificateId", certificate.id.as_str())
        .maybe("description", certificate.description.as_deref())
        .with("pemEncodedCertificate", pem(certificate))
        .with("createdDate", certificate.created.seconds())
        .with("expirationDate", certificate.expires().seconds())
        .map("tags", &certificate.tags, false)
        .done()
}
