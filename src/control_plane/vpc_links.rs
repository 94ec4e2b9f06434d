//! VpcLink: the way from integrations to a load balancer inside a VPC.

use super::{
    World,
    answer::Answer,
    checks::check_tags,
    error::{ApiError, Noun, Violation},
    members::{operation, unconstrained},
    page::page,
    patch::{PatchOperation, op_violations},
};
use crate::{
    collections::SortedMap,
    entities::{VpcLink, Workspace},
    env::IdShape,
};
use serde_json::{Value, json};
use std::rc::Rc;

operation! {
    /// Makes a VPC link. It is ready by the next request (assumed: AWS takes a few minutes).
    CreateVpcLink: "POST" "/vpclinks" => 202 {
        /// The name.
        name: String = Body "name";
        /// The description.
        description: Option<String> = Body "description";
        /// The load balancer: one ARN.
        target_arns: Vec<String> = Body "targetArns";
        /// Tags.
        tags: Option<SortedMap<String, String>> = Body "tags";
    }
}

operation! {
    /// Lists the VPC links.
    GetVpcLinks: "GET" "/vpclinks" => 200 {
        /// Where to go on.
        position: Option<String> = Query "position";
        /// Entries on a page.
        limit: Option<i64> = Query "limit";
    }
}

operation! {
    /// Shows a VPC link.
    GetVpcLink: "GET" "/vpclinks/{vpcLinkId}" => 200 {
        /// The VPC link.
        vpc_link_id: String = Uri "vpcLinkId";
    }
}

operation! {
    /// Changes the name or the description of a VPC link.
    UpdateVpcLink: "PATCH" "/vpclinks/{vpcLinkId}" => 200 {
        /// The VPC link.
        vpc_link_id: String = Uri "vpcLinkId";
        /// The operations.
        patch_operations: Vec<PatchOperation> = Body "patchOperations";
    }
}

operation! {
    /// Deletes a VPC link that no stage needs.
    DeleteVpcLink: "DELETE" "/vpclinks/{vpcLinkId}" => 202 {
        /// The VPC link.
        vpc_link_id: String = Uri "vpcLinkId";
    }
}

unconstrained!(CreateVpcLink, GetVpcLinks, GetVpcLink, DeleteVpcLink);

impl CreateVpcLink {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        check_name(&self.name)?;
        if let Some(arn) = self.target_arns.iter().find(|arn| !is_well_formed(arn)) {
            let message = format!("Invalid ARN. ARN is not well formed {arn}"); // recorded
            return Err(ApiError::invalid("targetArns", message));
        }
        if self.target_arns.len() > 1 {
            return Err(ApiError::invalid("targetArns", "More than one target arn specified for vpc link.")); // reported
        }
        if self.target_arns.is_empty() {
            return Err(ApiError::invalid("targetArns", "At least one target arn must be specified for vpc link.")); // assumed
        }
        let tags = self.tags.clone().unwrap_or_default();
        check_tags(world, &tags)?;
        let known = world.account().vpc_links.clone();
        if known.len() >= world.workspace.limits.vpc_links {
            // Number documented, sentence assumed after the one for resources.
            let message = "Maximum number of VPC links for this account has been reached. Please contact AWS if you need additional VPC links.";
            return Err(ApiError::Limit(message.into()));
        }
        let id = world.env.mint(IdShape::Short, |id| known.contains_key(id));
        let description = self.description.clone().filter(|text| !text.is_empty());
        let link = VpcLink { id, name: self.name.clone(), description, target_arns: self.target_arns.clone(), tags };
        let body = begin(&link).with("status", "PENDING").map("tags", &link.tags, false).done();
        world.account_mut().vpc_links.insert(link.id.clone(), Rc::new(link));
        Ok(body)
    }
}

impl GetVpcLinks {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let all: Vec<_> = world.account().vpc_links.values().collect();
        page(&all, self.limit, self.position.as_deref(), |link| link.id.to_string(), |link| describe(link, false))
    }
}

impl GetVpcLink {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        find(world, &self.vpc_link_id).map(|link| describe(link, true))
    }
}

impl UpdateVpcLink {
    fn check(&self) -> Vec<Violation> {
        op_violations("UpdateVpcLink", &self.patch_operations)
    }

    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let mut edited = find(world, &self.vpc_link_id)?.as_ref().clone();
        for patch in &self.patch_operations {
            if patch.path_text().starts_with("/targetArns") {
                let message = "Target arns are not allowed to be changed/added."; // reported
                return Err(ApiError::invalid("patchOperations", message));
            }
            match patch.replaces_one_of(&["/description", "/name"])? {
                "/name" => {
                    check_name(patch.text())?;
                    patch.text().clone_into(&mut edited.name);
                }
                _ => edited.description = patch.text_if_any(),
            }
        }
        let body = describe(&edited, true);
        world.account_mut().vpc_links.insert(edited.id.clone(), Rc::new(edited));
        Ok(body)
    }
}

impl DeleteVpcLink {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let id = find(world, &self.vpc_link_id)?.id.clone();
        let users = users(&world.workspace, &id);
        if !users.is_empty() {
            let list = users.join(", ");
            // Reported. Only what stages answer with counts there.
            let message = format!(
                "Cannot delete vpc link. Vpc link '{id}', is referenced in [{list}] in format of [RESTApiId:Method:Resource:Stage]."
            );
            return Err(ApiError::invalid("vpcLinkId", message));
        }
        world.account_mut().vpc_links.remove(&id);
        Ok(Value::Null)
    }
}

fn find<'w>(world: &'w World<'_>, id: &str) -> Result<&'w Rc<VpcLink>, ApiError> {
    world.account().vpc_links.get(id).ok_or(ApiError::Unknown(Noun::VpcLink))
}

fn check_name(name: &str) -> Result<(), ApiError> {
    if name.is_empty() { Err(ApiError::invalid("name", "Name cannot be empty")) } else { Ok(()) } // recorded
}

/// Tells whether an ARN is of the form `arn:{partition}:{service}:{region}:{account}:{resource}`.
fn is_well_formed(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    matches!(parts[..], ["arn", partition, service, _, _, resource]
        if !partition.is_empty() && !service.is_empty() && !resource.is_empty())
}

/// Lists the methods whose deployed integration names a link, as `api:METHOD:resource:stage`.
pub fn users(workspace: &Workspace, id: &str) -> Vec<String> {
    let mut out = Vec::new();
    for api in workspace.rest_apis.values() {
        for stage in api.stages.values() {
            let Some(deployment) = api.deployment_of(stage) else { continue };
            for (resource, method) in deployment.config.methods() {
                let connection =
                    method.integration.as_ref().and_then(|integration| integration.connection_id.as_deref());
                if connection == Some(id) {
                    out.push(format!("{}:{}:{}:{}", api.id, method.http_method, resource.id, stage.name));
                }
            }
        }
    }
    out
}

fn begin(link: &VpcLink) -> Answer {
    Answer::new()
        .with("id", &*link.id)
        .with("name", link.name.as_str())
        .maybe("description", link.description.as_deref())
        .with("targetArns", link.target_arns.clone())
}

/// Writes a link in the shape of AWS's answers. Those to Get and Update hold `tags` even when there are none (recorded).
fn describe(link: &VpcLink, always_tags: bool) -> Value {
    let mut out = begin(link).with("status", "AVAILABLE").with("statusMessage", "Your vpc link is ready for use");
    if always_tags && link.tags.is_empty() {
        out = out.with("tags", json!({}));
    }
    out.map("tags", &link.tags, false).done()
}
