//! Finds the nodes that lie beside one another: for the arrow keys, and for what is emphasised together.

use super::{
    facts::StageFact,
    scene::{Edge, Emphasis, Near, NodeRef, Scene},
};
use crate::entities::DeploymentId;

/// Tells every node its neighbours: left and right along the arrows, up and down in its column. Where nothing can be done,
/// the place of the next deployment is passed over.
pub(super) fn connect(scene: &mut Scene, look_only: bool) {
    let mut near: Vec<Near> = scene.nodes.iter().map(|node| near(scene, &node.target)).collect();
    if look_only {
        let beyond = nearest_stage(scene, &NodeRef::WorkingCopy);
        for near in &mut near {
            for (side, instead) in [(&mut near.right, beyond.as_ref()), (&mut near.up, None)] {
                if *side == Some(NodeRef::Next) {
                    *side = instead.cloned();
                }
            }
        }
    }
    for (node, near) in scene.nodes.iter_mut().zip(near) {
        node.near = near;
    }
}

/// Marks what is selected and what lies on its path.
pub(super) fn emphasise(scene: &mut Scene, selected: Option<&NodeRef>) {
    let Some(selected) = selected else { return };
    let path = Path::of(scene, selected);
    for node in &mut scene.nodes {
        node.emphasis = path.node(&node.target);
    }
    for edge in &mut scene.edges {
        edge.emphasis = path.edge(edge);
    }
}

/// The selected node and the nodes on its path, for a drawing whose Scene knows of no selection: so that a selection lays
/// nothing out anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    selected: Option<NodeRef>,
    nodes: Vec<NodeRef>,
}

impl Path {
    /// Returns the path of what is selected.
    pub fn of(scene: &Scene, selected: &NodeRef) -> Self {
        Self { selected: Some(selected.clone()), nodes: path(scene, selected) }
    }

    /// Returns how much attention a node gets.
    pub fn node(&self, target: &NodeRef) -> Emphasis {
        match target {
            target if self.selected.as_ref() == Some(target) => Emphasis::Selected,
            target if self.nodes.contains(target) => Emphasis::Related,
            _ => Emphasis::None,
        }
    }

    /// Returns how much attention an edge gets.
    pub fn edge(&self, edge: &Edge) -> Emphasis {
        let on = self.nodes.contains(&edge.from) && self.nodes.contains(&edge.to);
        if on { Emphasis::Related } else { Emphasis::None }
    }
}

/// Returns everything that a request through the selected thing passes.
fn path(scene: &Scene, selected: &NodeRef) -> Vec<NodeRef> {
    match selected {
        NodeRef::WorkingCopy | NodeRef::Next => vec![NodeRef::WorkingCopy, NodeRef::Next],
        NodeRef::Fold => Vec::new(),
        NodeRef::Deployment(_) | NodeRef::Stage(_) | NodeRef::Url { .. } | NodeRef::Domain { .. } => {
            let mut nodes = Vec::new();
            for stage in &scene.facts.stages {
                let canary = stage.canary.as_ref().map(|canary| &canary.deployment);
                let wanted = |id: &DeploymentId| match selected {
                    NodeRef::Stage(name) | NodeRef::Url { stage: name } | NodeRef::Domain { stage: name, .. } => {
                        stage.name == *name
                    }
                    NodeRef::Deployment(selected) => selected == id,
                    NodeRef::WorkingCopy | NodeRef::Next | NodeRef::Fold => false,
                };
                let before = nodes.len();
                nodes.extend(
                    [&stage.deployment]
                        .into_iter()
                        .chain(canary)
                        .filter(|id| wanted(id))
                        .cloned()
                        .map(NodeRef::Deployment),
                );
                if nodes.len() > before {
                    nodes.extend([NodeRef::Url { stage: stage.name.clone() }, NodeRef::Stage(stage.name.clone())]);
                    nodes.extend(stage.domains.iter().map(|domain| NodeRef::of(stage, domain)));
                }
            }
            nodes
        }
    }
}

fn near(scene: &Scene, target: &NodeRef) -> Near {
    let (up, down) = column(scene, target);
    let (left, right) = match target {
        NodeRef::WorkingCopy => (None, Some(NodeRef::Next)),
        NodeRef::Next | NodeRef::Fold => (Some(NodeRef::WorkingCopy), nearest_stage(scene, target)),
        NodeRef::Deployment(id) => {
            let is_canary = |stage: &&StageFact| stage.canary.as_ref().is_some_and(|canary| canary.deployment == *id);
            let mut stages = scene.facts.stages.iter();
            let pointing = stages.clone().find(|stage| stage.deployment == *id).or_else(|| stages.find(is_canary));
            let stage = pointing.map(|stage| NodeRef::Stage(stage.name.clone()));
            (Some(NodeRef::WorkingCopy), stage.or_else(|| nearest_stage(scene, target)))
        }
        NodeRef::Stage(name) => {
            let fact = scene.facts.stages.iter().find(|stage| stage.name == *name);
            let deployment = fact.map(|stage| NodeRef::Deployment(stage.deployment.clone()));
            (deployment, Some(NodeRef::Url { stage: name.clone() }))
        }
        NodeRef::Url { stage } | NodeRef::Domain { stage, .. } => (Some(NodeRef::Stage(stage.clone())), None),
    };
    Near { left, right, up, down }
}

/// Returns the neighbours in the column of a node.
fn column(scene: &Scene, target: &NodeRef) -> (Option<NodeRef>, Option<NodeRef>) {
    let column = |target: &NodeRef| match target {
        NodeRef::WorkingCopy => 0,
        NodeRef::Next | NodeRef::Deployment(_) | NodeRef::Fold => 1,
        NodeRef::Stage(_) => 2,
        NodeRef::Url { .. } | NodeRef::Domain { .. } => 3,
    };
    let same: Vec<&NodeRef> = scene.nodes.iter().map(|n| &n.target).filter(|t| column(t) == column(target)).collect();
    let at = same.iter().position(|t| *t == target);
    let step = |at: Option<usize>| at.and_then(|at| same.get(at)).map(|t| (*t).clone());
    (step(at.and_then(|at| at.checked_sub(1))), step(at.map(|at| at + 1)))
}

fn nearest_stage(scene: &Scene, target: &NodeRef) -> Option<NodeRef> {
    let from = scene.node(target)?.hit.middle();
    let stages = scene.nodes.iter().filter(|node| matches!(node.target, NodeRef::Stage(_)));
    stages.min_by_key(|node| (node.hit.middle() - from).abs()).map(|node| node.target.clone())
}
