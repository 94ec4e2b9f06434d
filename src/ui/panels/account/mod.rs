//! Screens of what belongs to the account in the region and to no single API. It acts at once; no deployment freezes it.

mod certificates;
mod domains;
mod keys;
mod kit;
mod plans;
mod settings;
mod vpc_links;

pub(super) use certificates::Certificates;
pub(super) use domains::{Domains, access_modes, is_enhanced, security_policies};
pub(super) use keys::{Keys, name_of as key_name};
pub(super) use kit::{TagList, Tags, arn, choices, copyable, parse_tags};
pub(super) use plans::Plans;
pub(super) use settings::AccountSettings;
pub(super) use vpc_links::VpcLinks;

use crate::ui::Page;
use crate::ui::markup::html;
use yew::Html;

/// Draws the dialog that makes one more of what a screen lists.
pub(super) fn create(page: Page) -> Html {
    match page {
        Page::DomainNames => html! { <domains::CreateDomain /> },
        Page::ApiKeys => html! { <keys::CreateKey /> },
        Page::UsagePlans => html! { <plans::CreatePlan /> },
        Page::ClientCertificates => html! { <certificates::GenerateCertificate /> },
        Page::VpcLinks => html! { <vpc_links::CreateLink /> },
        _ => Html::default(),
    }
}

/// Draws the question before one of them goes.
pub(super) fn delete(page: Page, item: String) -> Html {
    match page {
        Page::DomainNames => html! { <domains::DeleteDomain name={item} /> },
        Page::ApiKeys => html! { <keys::DeleteKey id={item} /> },
        Page::UsagePlans => html! { <plans::DeletePlan id={item} /> },
        Page::ClientCertificates => html! { <certificates::DeleteCertificate id={item} /> },
        Page::VpcLinks => html! { <vpc_links::DeleteLink id={item} /> },
        _ => Html::default(),
    }
}
