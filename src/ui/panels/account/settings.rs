//! "Account settings": what holds for all APIs of the account in the region.

use super::super::resources::{EditText, Part, Shown, send};
use crate::ui::markup::html;
use crate::{
    control_plane::{
        PatchOperation,
        account::{UpdateAccount, throttle},
    },
    ui::{parts::When, use_selector, use_store},
};
use yew::{Callback, Html, component};

/// Draws the role for logs, and the throttle.
#[component]
pub(crate) fn AccountSettings() -> Html {
    let store = use_store();
    let role = use_selector(|state| state.present().account.cloudwatch_role_arn.clone());
    let (burst, rate) = use_selector(|state| throttle(state.present().place.region.as_str()));
    let save = Callback::from(move |arn: String| {
        let patch = PatchOperation::replace("/cloudwatchRoleArn", arn.trim());
        send(&store, UpdateAccount { patch_operations: vec![patch] }.into())
    });
    html! {
        <>
            <Part id="logging-title" title="Logging">
                <EditText
                    id="cloudwatch-role" label="CloudWatch log role ARN" value={role.as_deref().unwrap_or_default().to_owned()}
                    when={When::Now} mono=true {save} placeholder="arn:aws:iam::123456789012:role/apigateway-logs"
                    hint="A stage can write logs only when the account has such a role. Empty: none."
                />
            </Part>
            <Part id="throttling-title" title="Throttling" hint="The quota of the account in the region. On AWS it is raised through Service Quotas.">
                <Shown id="account-rate" label="Rate" value={format!("{rate} requests per second")} />
                <Shown id="account-burst" label="Burst" value={format!("{burst} requests")} />
            </Part>
        </>
    }
}
