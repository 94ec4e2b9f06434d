//! Tags of whatever has an ARN: APIs, stages, domain names, API keys, usage plans, client certificates, VPC links.

use super::{
    World,
    checks::check_tags,
    error::{ApiError, Noun},
    members::{Members, operation, unconstrained},
};
use crate::{collections::SortedMap, entities::ApiId};
use serde_json::{Value, json};
use std::rc::Rc;

operation! {
    /// Adds tags, and gives those that are there another value.
    TagResource: "PUT" "/tags/{resource_arn}" => 204 {
        /// The ARN of the thing to tag.
        resource_arn: String = Uri "resourceArn" as "resource_arn";
        /// The tags.
        tags: SortedMap<String, String> = Body "tags";
    }
}

operation! {
    /// Takes tags away.
    UntagResource: "DELETE" "/tags/{resource_arn}" => 204 {
        /// The ARN of the thing that has them.
        resource_arn: String = Uri "resourceArn" as "resource_arn";
        /// Their keys.
        tag_keys: Vec<String> = Query "tagKeys";
    }
}

operation! {
    /// Lists tags.
    GetTags: "GET" "/tags/{resource_arn}" => 200 {
        /// The ARN of the thing that has them.
        resource_arn: String = Uri "resourceArn" as "resource_arn";
        /// Where to go on; AWS does not look at it (documented).
        position: Option<String> = Query "position";
        /// Entries on a page; AWS does not look at it (documented).
        limit: Option<i64> = Query "limit";
    }
}

unconstrained!(TagResource, UntagResource, GetTags);

impl TagResource {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let tagged = Taggable::parse(world, &self.resource_arn)?;
        let mut tags = tagged.tags(world)?.clone();
        for (key, value) in &self.tags {
            tags.insert(key.clone(), value.clone());
        }
        check_tags(world, &tags)?;
        tagged.set(world, tags);
        Ok(Value::Null)
    }
}

impl UntagResource {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let tagged = Taggable::parse(world, &self.resource_arn)?;
        let mut tags = tagged.tags(world)?.clone();
        // Assumed: a key that is not there is no fault.
        tags.retain(|key, _| !self.tag_keys.contains(key));
        tagged.set(world, tags);
        Ok(Value::Null)
    }
}

impl GetTags {
    fn execute(&self, world: &mut World<'_>) -> Result<Value, ApiError> {
        let tags = Taggable::parse(world, &self.resource_arn)?.tags(world)?;
        let tags: Members = tags.iter().map(|(key, value)| (key.clone(), value.as_str().into())).collect();
        Ok(json!({ "tags": tags }))
    }
}

/// Something that can have tags, as an ARN names it.
enum Taggable {
    Api(String),
    Stage(String, String),
    DomainName(String),
    ApiKey(String),
    UsagePlan(String),
    ClientCertificate(String),
    VpcLink(String),
}

impl Taggable {
    /// Reads `arn:aws:apigateway:{region}::/restapis/{id}`. The account is empty but for private domain names (documented);
    /// the sentence is recorded for the ARNs of integrations.
    fn parse(world: &World<'_>, arn: &str) -> Result<Self, ApiError> {
        let invalid = || ApiError::invalid("resourceArn", "Invalid ARN specified in the request");
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let place = &world.workspace.place;
        let path = match parts[..] {
            ["arn", partition, "apigateway", region, account, path]
                if partition == place.region.partition().as_str()
                    && region == place.region.as_str()
                    && ["", place.account_id.as_str()].contains(&account) =>
            {
                path.strip_prefix('/').ok_or_else(invalid)?
            }
            _ => return Err(invalid()),
        };
        let segments: Vec<&str> = path.split('/').collect();
        Ok(match segments[..] {
            ["restapis", id] => Self::Api(id.to_owned()),
            ["restapis", id, "stages", stage] => Self::Stage(id.to_owned(), stage.to_owned()),
            ["domainnames", key] => Self::DomainName(key.to_owned()),
            ["apikeys", id] => Self::ApiKey(id.to_owned()),
            ["usageplans", id] => Self::UsagePlan(id.to_owned()),
            ["clientcertificates", id] => Self::ClientCertificate(id.to_owned()),
            ["vpclinks", id] => Self::VpcLink(id.to_owned()),
            _ => return Err(invalid()),
        })
    }

    /// Returns the tags of the target, or the error of a missing target (assumed to be that of its own operations).
    fn tags<'w>(&self, world: &'w World<'_>) -> Result<&'w SortedMap<String, String>, ApiError> {
        let account = world.account();
        Ok(match self {
            Self::Api(id) => &world.api(id)?.tags,
            Self::Stage(id, stage) => {
                &world.api(id)?.stages.get(stage.as_str()).ok_or(ApiError::Unknown(Noun::Stage))?.tags
            }
            Self::DomainName(key) => {
                &account.domain_names.get(key.as_str()).ok_or(ApiError::Unknown(Noun::DomainName))?.tags
            }
            Self::ApiKey(id) => &account.api_keys.get(id.as_str()).ok_or(ApiError::Unknown(Noun::ApiKey))?.tags,
            Self::UsagePlan(id) => &super::usage_plans::find(world, id)?.tags,
            Self::VpcLink(id) => &account.vpc_links.get(id.as_str()).ok_or(ApiError::Unknown(Noun::VpcLink))?.tags,
            Self::ClientCertificate(id) => {
                let found = account.client_certificates.get(id.as_str());
                &found.ok_or(ApiError::Unknown(Noun::ClientCertificate))?.tags
            }
        })
    }

    /// Sets the tags of what `tags` has found.
    fn set(&self, world: &mut World<'_>, tags: SortedMap<String, String>) {
        let workspace = &mut world.workspace;
        if let Self::Api(id) | Self::Stage(id, _) = self {
            let Some(api) = workspace.rest_apis.get_mut(&ApiId::new(id.as_str())).map(Rc::make_mut) else { return };
            match self {
                Self::Stage(_, stage) => {
                    if let Some(stage) = api.stages.get_mut(stage.as_str()).map(Rc::make_mut) {
                        stage.tags = tags;
                    }
                }
                _ => api.tags = tags,
            }
            return;
        }
        let account = Rc::make_mut(&mut workspace.account);
        let slot = match self {
            Self::DomainName(key) => {
                account.domain_names.get_mut(key.as_str()).map(|found| &mut Rc::make_mut(found).tags)
            }
            Self::ApiKey(id) => account.api_keys.get_mut(id.as_str()).map(|found| &mut Rc::make_mut(found).tags),
            Self::UsagePlan(id) => account.usage_plans.get_mut(id.as_str()).map(|found| &mut Rc::make_mut(found).tags),
            Self::ClientCertificate(id) => {
                account.client_certificates.get_mut(id.as_str()).map(|found| &mut Rc::make_mut(found).tags)
            }
            Self::VpcLink(id) => account.vpc_links.get_mut(id.as_str()).map(|found| &mut Rc::make_mut(found).tags),
            Self::Api(_) | Self::Stage(..) => None,
        };
        if let Some(slot) = slot {
            *slot = tags;
        }
    }
}
