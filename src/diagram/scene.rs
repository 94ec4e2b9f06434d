//! The diagram as a value: nodes and edges made of a few primitives, each with the classes and the hue that draw it.
//!
//! Coordinates are whole pixels; `Scene::view_box` shifts them by half a pixel so that hairlines fall on the grid. Whoever draws a
//! Scene needs no measuring and no decision: classes are those of `static/map.css`, `--h` is the hue of a snapshot.

use super::{
    facts::{Facts, StageFact},
    outside::DomainFact,
    text::Style,
};
use crate::entities::{DeploymentId, StageName};
use std::rc::Rc;

/// The thing that a node stands for, and that selecting it selects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeRef {
    /// The API as it stands in the editor.
    WorkingCopy,
    /// The place that the next deployment will take; activating it deploys.
    Next,
    /// A snapshot.
    Deployment(DeploymentId),
    /// The deployments that are not drawn one by one; activating it unfolds or folds them.
    Fold,
    /// A stage.
    Stage(StageName),
    /// The invoke URL of a stage.
    Url {
        /// The stage.
        stage: StageName,
    },
    /// A URL of a stage at a custom domain name.
    Domain {
        /// The stage.
        stage: StageName,
        /// The key of the domain name.
        domain: Rc<str>,
        /// The key of its mapping.
        base_path: Rc<str>,
    },
}

impl NodeRef {
    /// Returns the node of a stage's URL at a custom domain name.
    pub(super) fn of(stage: &StageFact, domain: &DomainFact) -> Self {
        let (stage, domain, base_path) = (stage.name.clone(), Rc::clone(&domain.domain), Rc::clone(&domain.base_path));
        Self::Domain { stage, domain, base_path }
    }

    /// Returns an id for the drawn element, unique in a Scene.
    pub fn dom_id(&self) -> String {
        match self {
            Self::WorkingCopy => "map-working-copy".into(),
            Self::Next => "map-next".into(),
            Self::Deployment(id) => format!("map-deployment-{id}"),
            Self::Fold => "map-fold".into(),
            Self::Stage(name) => format!("map-stage-{name}"),
            Self::Url { stage } => format!("map-url-{stage}"),
            Self::Domain { stage, domain, base_path } => format!("map-domain-{domain}/{base_path}/{stage}"),
        }
    }

    /// Returns the class that says which kind of node it is.
    pub fn class(&self) -> &'static str {
        match self {
            Self::WorkingCopy => "m-working-copy",
            Self::Next => "m-next",
            Self::Deployment(_) => "m-deployment",
            Self::Fold => "m-fold",
            Self::Stage(_) => "m-stage",
            Self::Url { .. } | Self::Domain { .. } => "m-url",
        }
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// The width.
    pub w: i32,
    /// The height.
    pub h: i32,
}

impl Rect {
    /// Returns the right edge.
    pub fn right(self) -> i32 {
        self.x + self.w
    }

    /// Returns the lower edge.
    pub fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// Returns it somewhere else: so far to the right and down.
    pub fn moved(self, (right, down): (i32, i32)) -> Self {
        Self { x: self.x + right, y: self.y + down, ..self }
    }

    /// Returns its upper left corner, and the same rectangle with that corner at 0, 0.
    pub fn lifted(self) -> ((i32, i32), Self) {
        ((self.x, self.y), Self { x: 0, y: 0, ..self })
    }

    /// Returns the middle of its height.
    pub fn middle(self) -> i32 {
        self.y + self.h / 2
    }

    /// Tells whether two rectangles share any area.
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// The colour of a piece of text, by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Plain.
    Ink,
    /// Of second rank.
    Soft,
    /// Of third rank.
    Quiet,
    /// In the colour of the snapshot.
    Snapshot,
    /// Something to act on.
    Warn,
    /// All is well.
    Good,
}

impl Tone {
    /// Returns its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ink => "m-ink",
            Self::Soft => "m-soft",
            Self::Quiet => "m-quiet",
            Self::Snapshot => "m-snap-ink",
            Self::Warn => "m-warn",
            Self::Good => "m-good",
        }
    }
}

/// A run of text in one face and one colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Face and size.
    pub style: Style,
    /// Colour.
    pub tone: Tone,
    /// Its words; already short enough.
    pub text: String,
}

impl Span {
    /// Returns its classes: face and colour.
    pub fn classes(&self) -> String {
        join(&[self.style.class, self.tone.class()])
    }
}

/// A drawing primitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle with rounded corners.
    Rect {
        /// Its class.
        class: &'static str,
        /// Its place.
        at: Rect,
        /// The radius of its corners.
        r: i32,
    },
    /// One line of text.
    Text {
        /// The left end of the line, or the right one when `end` is set.
        x: i32,
        /// The baseline.
        y: i32,
        /// Whether the text ends at `x`.
        end: bool,
        /// The most that it takes in any common font.
        width: i32,
        /// Its runs.
        spans: Vec<Span>,
    },
    /// A line or an outline.
    Path {
        /// Its class.
        class: &'static str,
        /// SVG path data.
        d: String,
    },
    /// A dot.
    Circle {
        /// Its class.
        class: &'static str,
        /// The centre.
        x: i32,
        /// The centre.
        y: i32,
        /// The radius.
        r: i32,
    },
    /// Shapes with a tooltip, or in the colour of another snapshot.
    Group {
        /// The tooltip; may be empty.
        title: String,
        /// The hue; `None` inherits.
        hue: Option<u16>,
        /// The shapes in it.
        shapes: Vec<Self>,
    },
}

/// The attention that a node or an edge gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// As usual.
    #[default]
    None,
    /// On the path of what is selected: URL, stage, deployment.
    Related,
    /// Selected itself.
    Selected,
}

impl Emphasis {
    /// Returns its class; empty for none.
    pub fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Related => "m-related",
            Self::Selected => "m-selected",
        }
    }
}

/// The nodes that the arrow keys reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// Arrow left: along the pointers, towards the working copy.
    pub left: Option<NodeRef>,
    /// Arrow right: against the pointers, towards the URLs.
    pub right: Option<NodeRef>,
    /// Arrow up, in the same column.
    pub up: Option<NodeRef>,
    /// Arrow down, in the same column.
    pub down: Option<NodeRef>,
}

/// Something that can be selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The thing that it stands for.
    pub target: NodeRef,
    /// The hue of its snapshot; `None` for neutral ones.
    pub hue: Option<u16>,
    /// The attention that it gets.
    pub emphasis: Emphasis,
    /// The accessible name.
    pub label: String,
    /// The tooltip.
    pub title: String,
    /// The area that can be clicked.
    pub hit: Rect,
    /// The card that the node is drawn on; the ring of focus and selection goes around it.
    pub frame: Rect,
    /// The corner at which its shapes begin: they are drawn as if this were 0, 0, so that a node that has only moved is the same
    /// drawing elsewhere.
    pub origin: (i32, i32),
    /// Its shapes.
    pub shapes: Vec<Shape>,
    /// The nodes to which the arrow keys lead.
    pub near: Near,
}

impl Node {
    /// Returns all its classes: kind, colour, emphasis.
    pub fn classes(&self) -> String {
        self.classes_with(self.emphasis)
    }

    /// Returns its classes with another emphasis than the Scene's.
    pub fn classes_with(&self, emphasis: Emphasis) -> String {
        join(&["m-node", self.target.class(), if self.hue.is_some() { "m-snap" } else { "" }, emphasis.class()])
    }

    /// Returns the ring around it when it is focused or selected, with corners of 10 pixels.
    pub fn ring(&self) -> Rect {
        let Rect { x, y, w, h } = self.frame;
        Rect { x: x - 3, y: y - 3, w: w + 6, h: h + 6 }
    }
}

/// The meaning of an edge. Its path runs the way a request or a snapshot runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// From the working copy to the next deployment.
    Snapshot,
    /// From a URL to its stage.
    Serves,
    /// From a stage to the deployment that it points at.
    Pointer,
    /// From a stage to the deployment of its canary.
    Canary,
}

impl EdgeKind {
    /// Returns its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Snapshot => "m-edge-snapshot",
            Self::Serves => "m-edge-serves",
            Self::Pointer => "m-edge-pointer",
            Self::Canary => "m-edge-canary",
        }
    }
}

/// An arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Its meaning.
    pub kind: EdgeKind,
    /// The node at which it begins.
    pub from: NodeRef,
    /// The node at which its head is.
    pub to: NodeRef,
    /// The hue of the snapshot; `None` for neutral ones.
    pub hue: Option<u16>,
    /// The attention that it gets.
    pub emphasis: Emphasis,
    /// The tooltip: `dev points at D2`.
    pub title: String,
    /// The line as SVG path data: also the way that a request's dot takes.
    pub d: String,
    /// The arrowhead as SVG path data; empty when the edge is not drawn but only travelled.
    pub head: String,
    /// The point where the line leaves its node, and where it can be grabbed.
    pub port: Option<(i32, i32)>,
    /// The words that are written on it.
    pub note: Vec<Shape>,
}

impl Edge {
    /// Returns an id for the drawn line, unique in a Scene.
    pub fn dom_id(&self) -> String {
        let what = if self.kind == EdgeKind::Canary { "canary" } else { "edge" };
        format!("{}-{what}", self.from.dom_id())
    }

    /// Returns all its classes: kind, colour, emphasis.
    pub fn classes(&self) -> String {
        self.classes_with(self.emphasis)
    }

    /// Returns its classes with another emphasis than the Scene's.
    pub fn classes_with(&self, emphasis: Emphasis) -> String {
        join(&["m-edge", self.kind.class(), if self.hue.is_some() { "m-snap" } else { "" }, emphasis.class()])
    }

    /// Tells whether it is drawn; an edge inside a card is only travelled.
    pub fn is_drawn(&self) -> bool {
        !self.head.is_empty()
    }
}

/// The diagram of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
    /// Its title: `Map of UsersAPI`.
    pub title: String,
    /// Sentences about what it shows.
    pub description: String,
    /// The shapes that cannot be selected: headings, empty places, hints. Drawn first.
    pub decor: Vec<Shape>,
    /// The arrows, drawn second.
    pub edges: Vec<Edge>,
    /// The nodes in reading order, which is the order of the Tab key. Drawn last.
    pub nodes: Vec<Node>,
    /// The facts that it shows: for sentences about it and about what changed.
    pub facts: Facts,
}

impl Scene {
    /// Returns the `viewBox`, half a pixel off so that lines of one pixel are sharp.
    pub fn view_box(&self) -> String {
        format!("-0.5 -0.5 {} {}", self.width, self.height)
    }

    /// Returns the node that stands for something.
    pub fn node(&self, target: &NodeRef) -> Option<&Node> {
        self.nodes.iter().find(|node| node.target == *target)
    }

    /// Returns the edges that a request to a stage runs along, in order: from the URL, which may be one at a custom domain name;
    /// to the stage's canary, when that took it.
    pub fn route(&self, stage: &str, url: &str, canary: bool) -> Vec<&Edge> {
        let kind = if canary { EdgeKind::Canary } else { EdgeKind::Pointer };
        let fact = self.facts.stages.iter().find(|fact| fact.name.as_str() == stage);
        let begins =
            |base: &str| url.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        let at = fact.and_then(|fact| {
            let domains = fact.domains.iter().filter(|domain| begins(&domain.url()));
            Some((fact, domains.max_by_key(|domain| domain.path.len())?))
        });
        let from = at.map(|(fact, domain)| NodeRef::of(fact, domain));
        let serves = self.edges.iter().filter(move |e| match &from {
            Some(from) => e.from == *from,
            None => matches!(&e.from, NodeRef::Url { stage: s } if s.as_str() == stage),
        });
        let points = self.edges.iter().filter(|e| matches!(&e.from, NodeRef::Stage(s) if s.as_str() == stage));
        let points = points.filter(move |e| e.kind == kind);
        serves.chain(points).collect()
    }
}

fn join(classes: &[&str]) -> String {
    let present: Vec<&str> = classes.iter().copied().filter(|class| !class.is_empty()).collect();
    present.join(" ")
}
