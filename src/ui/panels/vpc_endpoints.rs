//! The VPC endpoints that a private API or a private domain name names.

use super::{
    items::Entries,
    resources::{AddField, Part},
};
use crate::ui::markup::html;
use crate::{
    control_plane::{ApiError, PatchOperation},
    ui::parts::When,
};
use yew::{AttrValue, Callback, Html, Properties, component};

/// Where both keep them.
const PATH: &str = "/endpointConfiguration/vpcEndpointIds";
/// The member, to which an error belongs.
const MEMBER: &str = "vpcEndpointIds";

/// The props of [`VpcEndpoints`].
#[derive(Debug, PartialEq, Properties)]
pub(super) struct VpcEndpointsProps {
    /// A prefix of ids; unique on the page.
    pub(super) id: AttrValue,
    /// Their ids.
    pub(super) ids: Vec<String>,
    /// The hint about them.
    pub(super) hint: &'static str,
    /// When a change acts.
    pub(super) when: When,
    /// Sends a patch.
    pub(super) patch: Callback<PatchOperation, Result<(), ApiError>>,
}

/// Draws the list of them.
#[component]
pub(super) fn VpcEndpoints(props: &VpcEndpointsProps) -> Html {
    let field = AddField::text(MEMBER, "VPC endpoint ID", "vpce-01234567abcdef012");
    let add = props.patch.reform(|id: String| PatchOperation::add(PATH, id));
    let remove = props.patch.reform(|id: String| PatchOperation { value: Some(id), ..PatchOperation::remove(PATH) });
    html! {
        <Part id="vpc-title" title="VPC endpoint IDs" hint={format!("{} It {}.", props.hint, acts(props.when))}>
            <Entries
                id={format!("{}-vpc", props.id)} entries={props.ids.clone()} home="vpc-title" label="Add VPC endpoint" {field} {add} {remove}
            />
        </Part>
    }
}

fn acts(when: When) -> &'static str {
    match when {
        When::Now => "acts at once",
        When::NextDeployment => "acts at the next deployment",
    }
}

/// The field for them of a form that makes one: several, separated by commas.
pub(super) const LIST_HINT: &str = "Such as vpce-01234567abcdef012; several are separated by commas.";

/// Returns what stands in such a field.
pub(super) fn parse_list(text: &str) -> Option<Vec<String>> {
    let ids: Vec<String> = text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    (!ids.is_empty()).then_some(ids)
}
