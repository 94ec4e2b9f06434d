//! The colour and the name of a snapshot.

use crate::ui::markup::html;
use yew::{Html, Properties, component};

/// Returns the custom property that gives an element the colour of a deployment; use it with the class `snap`.
pub fn hue_style(number: u32) -> String {
    format!("--h:{}", crate::diagram::hue(number))
}

/// The props of [`SnapChip`].
#[derive(Debug, PartialEq, Properties)]
pub struct SnapChipProps {
    /// The deployment's number.
    pub number: u32,
    /// Words before its name, such as "answered by ".
    #[prop_or_default]
    pub before: &'static str,
}

/// Draws `D1` in its colour.
#[component]
pub fn SnapChip(props: &SnapChipProps) -> Html {
    html! {
        <span class="chip snap" style={hue_style(props.number)}>{ props.before }{ format!("D{}", props.number) }</span>
    }
}
