//! An invoke URL with its parts told apart.

use super::hue_style;
use crate::ui::markup::html;
use yew::{AttrValue, Html, Properties, component};

/// The props of [`UrlText`].
#[derive(Debug, PartialEq, Properties)]
pub struct UrlTextProps {
    /// `https://`.
    #[prop_or("https://".into())]
    pub protocol: AttrValue,
    /// The hostname.
    pub host: AttrValue,
    /// The stage, or what a mapping has in its place, without slash; may be empty.
    pub stage: AttrValue,
    /// The resource path, with its slash; may be empty.
    #[prop_or_default]
    pub path: AttrValue,
    /// The number of the deployment that answers, for the colour.
    #[prop_or_default]
    pub number: Option<u32>,
}

/// Draws a URL whose protocol, hostname, stage and resource path look different. As text it is just the URL.
#[component]
pub fn UrlText(props: &UrlTextProps) -> Html {
    let class = if props.number.is_some() { "url-text snap" } else { "url-text" };
    // A break may come between parts and before a dot of the hostname, never at the hyphen of a region.
    let label = |(at, label): (usize, &str)| {
        let label = if at == 0 { label.to_owned() } else { format!(".{label}") };
        html! { <>if at > 0 { <wbr /> }<span class="nowrap">{ label }</span></> }
    };
    html! {
        <span {class} style={props.number.map(hue_style)}>
            <span class="u-p">{ &props.protocol }</span><span class="u-h">{ for props.host.split('.').enumerate().map(label) }</span><wbr />
            if !props.stage.is_empty() { <span class="u-s">{ format!("/{}", props.stage) }</span><wbr /> }<span class="u-r">{ &props.path }</span>
        </span>
    }
}
