//! The map: an API, its deployments, its stages and their URLs, at custom domain names too, as a `Scene`, which the page draws and which becomes an SVG file.
//!
//! Everything here is a pure function of the API, the account and the options: no clock, no chance, no measuring of text, the same bytes on
//! every machine. It never decides what an API may do; it only shows what there is.

mod cards;
mod describe;
mod edges;
mod facts;
mod narrow;
mod near;
mod outside;
mod pen;
mod scene;
mod svg;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod text;
mod wide;
mod working_copy;

pub use describe::{announce, describe};
pub use facts::{CanaryFact, DeploymentFact, Facts, StageFact, hue};
pub use near::Path;
pub use outside::{DomainFact, Mark};
pub use scene::{Edge, EdgeKind, Emphasis, Near, Node, NodeRef, Rect, Scene, Shape, Span, Tone};
pub use text::Style;

use crate::entities::{Account, Place, RestApi};

/// How much room there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Four columns.
    #[default]
    Wide,
    /// Two columns, for 360 to 480 pixels.
    Narrow,
}

/// What a reader of the map has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much room there is.
    pub width: Width,
    /// What is selected.
    pub selected: Option<NodeRef>,
    /// Whether deployments that are old and unused are drawn one by one.
    pub unfolded: bool,
    /// Minutes east of UTC in which times are told.
    pub utc_offset_minutes: i32,
}

/// What every part of the layout looks at.
struct Look<'a> {
    api: &'a RestApi,
    place: &'a Place,
    options: &'a Options,
    facts: Facts,
}

/// What the map says about one API, without drawing it.
pub fn facts(api: &RestApi, place: &Place, account: &Account) -> Facts {
    Facts::new(api, place, account, &Options::default())
}

/// The map of one API.
pub fn scene(api: &RestApi, place: &Place, account: &Account, options: &Options) -> Scene {
    let look = Look { api, place, options, facts: Facts::new(api, place, account, options) };
    let wide::Layout { width, height, decor, edges, nodes } = match options.width {
        Width::Wide => wide::layout(&look),
        Width::Narrow => narrow::layout(&look),
    };
    let facts = look.facts;
    let title = format!("Map of {}", text::one_line(&facts.api));
    let mut scene = Scene { width, height, title, description: String::new(), decor, edges, nodes, facts };
    near::connect(&mut scene);
    near::emphasise(&mut scene, options.selected.as_ref());
    scene.description = describe(&scene).join(" ");
    scene
}

/// The map of one API as an SVG file.
pub fn render_svg(api: &RestApi, place: &Place, account: &Account, options: &Options) -> String {
    svg::write(&scene(api, place, account, options))
}

/// A Scene as an SVG file.
pub fn to_svg(scene: &Scene) -> String {
    svg::write(scene)
}
