//! The things that can stand between tags: markup, lists of it, and whatever has a text.

use super::Filling;
use yew::{AttrValue, Children, Html, virtual_dom::VText};

/// Anything that can stand between tags.
pub trait Child {
    /// Returns the filling for the hole that it stands in.
    fn filling(self) -> Filling;
}

impl Child for Html {
    fn filling(self) -> Filling {
        Filling::Node(self)
    }
}

impl Child for Option<Html> {
    fn filling(self) -> Filling {
        Filling::Node(self.unwrap_or_default())
    }
}

impl Child for Vec<Html> {
    fn filling(self) -> Filling {
        Filling::Nodes(self)
    }
}

impl Child for Children {
    fn filling(self) -> Filling {
        Filling::Nodes(self.into_iter().collect())
    }
}

/// Makes children out of what becomes a text.
macro_rules! texts {
    ($($kind:ty: $text:ident => $make:expr;)*) => {$(
        impl Child for $kind {
            fn filling(self) -> Filling {
                let $text = self;
                text($make)
            }
        }
    )*};
}

texts! {
    &str: text => AttrValue::from(text.to_owned());
    String: text => AttrValue::from(text);
    &String: text => AttrValue::from(text.clone());
    AttrValue: text => text;
    &AttrValue: text => text.clone();
    usize: number => AttrValue::from(number.to_string());
    u16: number => AttrValue::from(number.to_string());
    u32: number => AttrValue::from(number.to_string());
    u64: number => AttrValue::from(number.to_string());
}

fn text(text: AttrValue) -> Filling {
    Filling::Node(VText::new(text).into())
}

/// Returns a child by itself as markup.
pub fn whole(child: impl Child) -> Html {
    match child.filling() {
        Filling::Node(node) => node,
        Filling::Nodes(nodes) => nodes.into_iter().collect(),
        _ => Html::default(),
    }
}
