//! An invoke URL with its parts told apart.

use super::hue_style;
use yew::{AttrValue, Html, Properties, component, html};

/// The props of [`UrlText`].
#[derive(Debug, PartialEq, Properties)]
pub struct UrlTextProps {
    /// `https://`.
    #[prop_or("https://".into())]
    pub protocol: AttrValue,
    /// The hostname.
    pub host: AttrValue,
    /// The stage, without slash.
    pub stage: AttrValue,
    /// The resource path, with its slash; may be empty.
    #[prop_or_default]
    pub path: AttrValue,
    /// The number of the deployment that answers, for the colour.
    #[prop_or_default]
    pub number: Option<u32>,
}

/// A URL whose protocol, hostname, stage and resource path look different. As text it is just the URL.
#[component]
pub fn UrlText(props: &UrlTextProps) -> Html {
    let class = if props.number.is_some() { "url-text snap" } else { "url-text" };
    // A break may come after each part, so that a narrow screen breaks a URL where it makes sense.
    html! {
        <span {class} style={props.number.map(hue_style)}>
            <span class="u-p">{ &props.protocol }</span><span class="u-h">{ &props.host }</span><wbr />
            <span class="u-s">{ format!("/{}", props.stage) }</span><wbr /><span class="u-r">{ &props.path }</span>
        </span>
    }
}
