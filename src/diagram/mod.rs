//! The map: an API, its deployments, its stages and their URLs, at custom domain names too, as a `Scene`, which the page draws
//! and which becomes an SVG file.
//!
//! Everything here is a pure function of the API, the account and the options: no clock, no chance, no measuring of text, the
//! same bytes on every machine. It never decides what an API may do; it only shows what there is.

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
pub use outside::{DomainFact, SettingSign};
pub use scene::{Edge, EdgeKind, Emphasis, Near, Node, NodeRef, Rect, Scene, Shape, Span, Tone};
pub use text::Style;

use crate::entities::{Account, Place, RestApi};

/// The room that there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Four columns.
    #[default]
    Wide,
    /// Two columns, for 360 to 480 pixels.
    Narrow,
}

impl Width {
    /// Returns the width of the drawing.
    pub fn pixels(self) -> i32 {
        match self {
            Self::Wide => wide::WIDTH,
            Self::Narrow => narrow::WIDTH,
        }
    }
}

/// The choices of a reader of the map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The room that there is.
    pub width: Width,
    /// The height to which the drawing may grow in its room; it is taller only when it has to be. 0 for as low as it can be.
    pub height: i32,
    /// Tells whether nothing can be done with what is drawn: the place of the next deployment is no button then, and what is not
    /// there is told without saying what to do.
    pub look_only: bool,
    /// The selected node.
    pub selected: Option<NodeRef>,
    /// Whether deployments that are old and unused are drawn one by one.
    pub unfolded: bool,
    /// Minutes east of UTC in which times are told.
    pub utc_offset_minutes: i32,
}

/// The facts and choices that every part of the layout looks at.
struct Look<'a> {
    api: &'a RestApi,
    place: &'a Place,
    options: &'a Options,
    facts: Facts,
}

/// The use that a layout makes of the room that is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Growth {
    /// By how many percent cards and what is between them are taller.
    more: i32,
    /// The height to which the whole may grow.
    height: i32,
}

impl Growth {
    /// Cards that are taller than this would be mostly empty.
    const MOST: i32 = 60;

    /// Returns the growth by which a drawing that is at least so tall makes use of a height. What does not grow leaves it a
    /// little lower, never taller.
    fn into(height: i32, least: i32) -> Self {
        if height <= least {
            return Self::default();
        }
        Self { more: ((height - least) * 100 / least.max(1)).min(Self::MOST), height }
    }

    /// Returns a length with its growth.
    fn of(self, length: i32) -> i32 {
        length + length * self.more / 100
    }
}

/// Returns what the map says about one API, without drawing it.
pub fn facts(api: &RestApi, place: &Place, account: &Account) -> Facts {
    Facts::new(api, place, account, &Options::default())
}

/// Returns the map of one API.
pub fn scene(api: &RestApi, place: &Place, account: &Account, options: &Options) -> Scene {
    let look = Look { api, place, options, facts: Facts::new(api, place, account, options) };
    let layout = match options.width {
        Width::Wide => wide::layout,
        Width::Narrow => narrow::layout,
    };
    let least = layout(&look, Growth::default());
    let growth = Growth::into(options.height, least.height);
    let grown = if growth == Growth::default() { least } else { layout(&look, growth) };
    let wide::Layout { width, height, decor, edges, nodes } = grown;
    let facts = look.facts;
    let title = format!("Map of {}", text::one_line(&facts.api));
    let mut scene = Scene { width, height, title, description: String::new(), decor, edges, nodes, facts };
    near::connect(&mut scene, options.look_only);
    near::emphasise(&mut scene, options.selected.as_ref());
    scene.description = describe(&scene).join(" ");
    scene
}

/// Returns the map of one API as an SVG file.
pub fn render_svg(api: &RestApi, place: &Place, account: &Account, options: &Options) -> String {
    svg::write(&scene(api, place, account, options))
}

/// Returns a Scene as an SVG file.
pub fn to_svg(scene: &Scene) -> String {
    svg::write(scene)
}
