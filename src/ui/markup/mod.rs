//! The page's markup: `html!` in the grammar of Yew's own, with less code behind it.
//!
//! Yew's macro writes code for each element and for the life of each component, which was a quarter of the program. The
//! macro in `macros/` writes a template instead, a text, and a call for each of its holes; here templates are read, once
//! each, and filled. What comes out is Yew's: elements, lists and components that Yew puts on the page.

mod child;
mod mounted;
mod template;

pub use child::{Child, whole};
pub use mounted::mounted;
pub use stagecraft_macros::html;

use std::rc::Rc;
use template::{Element, Part, Template};
use yew::{
    AttrValue, Children, Classes, Html, NodeRef,
    html::IntoPropValue,
    virtual_dom::{AttributeOrProperty, Key, Listener, VList, VNode, VTag, VText},
};

/// The value of one hole in a template.
pub enum Filling {
    /// A child.
    Node(Html),
    /// Children, among those that stand beside them.
    Nodes(Vec<Html>),
    /// The value of an attribute, if it is to be there.
    Attribute(Option<AttrValue>),
    /// Tells whether an attribute without a value is there.
    Flag(bool),
    /// A listener to an event.
    Listener(Option<Rc<dyn Listener>>),
    /// The key of an element.
    Key(Key),
    /// The reference by which the element is found later.
    Reference(NodeRef),
    /// The text in a field.
    Value(Option<AttrValue>),
    /// Tells whether a box is checked.
    Checked(bool),
}

/// A template whose holes are being filled, in the order in which they are written.
pub struct Markup {
    template: &'static Template,
    fillings: Vec<Filling>,
}

impl Markup {
    /// Begins to fill a template.
    pub fn of(text: &'static str) -> Self {
        let template = template::read(text);
        Self { template, fillings: Vec::with_capacity(template.holes) }
    }

    fn fill(&mut self, filling: Filling) {
        self.fillings.push(filling);
    }

    /// Fills in a child of an element, which may itself be several.
    pub fn child(&mut self, child: impl Child) {
        self.fill(child.filling());
    }

    /// Fills in children out of an iterator.
    pub fn each(&mut self, items: impl IntoIterator<Item = Html>) {
        self.fill(Filling::Nodes(items.into_iter().collect()));
    }

    /// Fills in the value of an attribute; without a value there is no attribute.
    pub fn attribute(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.fill(Filling::Attribute(value.into_prop_value()));
    }

    /// Fills in an attribute that is either there or not.
    pub fn flag(&mut self, on: bool) {
        self.fill(Filling::Flag(on));
    }

    /// Fills in classes.
    pub fn class(&mut self, classes: impl Into<Classes>) {
        self.fill(Filling::Attribute(classes.into().into_prop_value()));
    }

    /// Fills in what listens to an event.
    pub fn listener(&mut self, listener: Option<Rc<dyn Listener>>) {
        self.fill(Filling::Listener(listener));
    }

    /// Fills in the key of an element.
    pub fn key(&mut self, key: impl Into<Key>) {
        self.fill(Filling::Key(key.into()));
    }

    /// Fills in the reference to an element.
    pub fn reference(&mut self, reference: impl IntoPropValue<NodeRef>) {
        self.fill(Filling::Reference(reference.into_prop_value()));
    }

    /// Fills in the value of a field.
    pub fn value(&mut self, value: impl IntoPropValue<Option<AttrValue>>) {
        self.fill(Filling::Value(value.into_prop_value()));
    }

    /// Fills in whether a box is checked.
    pub fn checked(&mut self, checked: bool) {
        self.fill(Filling::Checked(checked));
    }

    /// Makes the markup.
    pub fn done(self) -> Html {
        let mut fillings = self.fillings.into_iter();
        let mut outer: Vec<(Tag, Vec<Html>)> = Vec::new();
        let mut nodes = Vec::new();
        for part in &self.template.parts {
            match part {
                Part::Open(element) => {
                    let tag = Tag::begin(element, &mut fillings);
                    outer.push((tag, std::mem::take(&mut nodes)));
                }
                Part::Text(text) => nodes.push(VNode::from(VText::new(AttrValue::Static(text)))),
                Part::Hole { alone } => match fillings.next() {
                    Some(Filling::Node(node)) => nodes.push(node),
                    // A list that is alone stays a list, however many are in it now.
                    Some(Filling::Nodes(several)) if *alone => nodes.push(several.into_iter().collect()),
                    Some(Filling::Nodes(several)) => nodes.extend(several),
                    _ => unreachable!("BUG: the macro fills a hole for a child with a child"),
                },
                Part::Close { alone } => {
                    let (tag, before) = outer.pop().expect("BUG: the macro closes what it has opened");
                    let inside = std::mem::replace(&mut nodes, before);
                    nodes.push(tag.end(inside, *alone));
                }
            }
        }
        nodes.pop().unwrap_or_default()
    }
}

/// An element or a fragment whose children are not there yet.
enum Tag {
    Element(VTag),
    Fragment(Option<Key>),
}

impl Tag {
    /// Makes an element with its attributes.
    fn begin(element: &'static Element, fillings: &mut impl Iterator<Item = Filling>) -> Self {
        let mut key = None;
        if element.name.is_empty() {
            for _ in &element.holes {
                if let Some(Filling::Key(given)) = fillings.next() {
                    key = Some(given);
                }
            }
            return Self::Fragment(key);
        }
        let mut tag = VTag::new(AttrValue::Static(element.name));
        let mut values = element.values();
        let mut listeners = Vec::new();
        for hole in &element.holes {
            let filling = fillings.next().expect("BUG: the macro fills each hole");
            let attribute = match filling {
                Filling::Attribute(value) => value.map(AttributeOrProperty::Attribute),
                Filling::Flag(on) => on.then_some(AttributeOrProperty::Static(element.keys[*hole])),
                Filling::Listener(listener) => {
                    listeners.push(listener);
                    continue;
                }
                Filling::Key(key) => {
                    tag.key = Some(key);
                    continue;
                }
                Filling::Reference(reference) => {
                    tag.node_ref = reference;
                    continue;
                }
                Filling::Value(value) => {
                    tag.set_value(value);
                    continue;
                }
                Filling::Checked(checked) => {
                    tag.set_checked(checked);
                    continue;
                }
                Filling::Node(_) | Filling::Nodes(_) => unreachable!("BUG: the macro fills an attribute with a value"),
            };
            values[*hole] = attribute;
        }
        tag.attributes = element.attributes(values);
        if !listeners.is_empty() {
            tag.set_listeners(listeners.into());
        }
        Self::Element(tag)
    }

    /// Puts the children in; an only child is not made into a list.
    fn end(self, mut inside: Vec<Html>, alone: bool) -> Html {
        match self {
            Self::Fragment(key) => VNode::from(VList::with_children(inside, key)),
            Self::Element(mut tag) => {
                if let Some(children) = tag.children_mut() {
                    *children = match alone {
                        true => inside.pop().unwrap_or_default(),
                        false => VNode::from(VList::with_children(inside, None)),
                    };
                }
                VNode::from(tag)
            }
        }
    }
}

/// Returns the children of a component.
pub fn children(markup: Html) -> Children {
    Children::new(vec![markup])
}
