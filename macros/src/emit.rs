//! The code for a tree of markup: a template, and a call for each hole in it. The signs of templates are those that
//! `src/ui/markup/template.rs` reads.

use crate::parse::{Attribute, Node, Problem, Value};
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

/// Begins an element; its name follows.
const OPEN: &str = "\u{1}";
/// Begins an attribute; its name follows, and its value after [`VALUE`].
const ATTRIBUTE: &str = "\u{2}";
const VALUE: &str = "\u{3}";
/// Begins an attribute whose value is in a hole; its name follows.
const HOLE: &str = "\u{4}";
/// Stands for a hole that is no attribute: a key, a reference, a listener, the state of a field.
const SPECIAL: &str = "\u{5}";
/// Ends an element.
const CLOSE: &str = "\u{6}";
/// Begins a text.
const TEXT: &str = "\u{7}";
/// Stands for a hole that is a child.
const CHILD: &str = "\u{8}";

/// Attributes that are there or not (HTML's boolean attributes, those that the page uses).
const BOOLEAN: [&str; 11] = [
    "autofocus",
    "disabled",
    "hidden",
    "inert",
    "multiple",
    "novalidate",
    "open",
    "readonly",
    "required",
    "reversed",
    "selected",
];

/// Returns an expression of `Html`.
pub(crate) fn markup(nodes: Vec<Node>) -> TokenStream {
    let only = <[Node; 1]>::try_from(nodes).map_or_else(fragment, |[only]| only);
    match only {
        Node::Element { name, children, .. } if name.is_empty() && children.is_empty() => {
            quote! { ::yew::Html::default() }
        }
        other => whole(other),
    }
}

/// Returns a complaint of the compiler's.
pub(crate) fn complaint(problem: &Problem) -> TokenStream {
    let text = problem.what;
    quote_spanned! { problem.at => compile_error! { #text } }
}

fn fragment(children: Vec<Node>) -> Node {
    Node::Element { name: String::new(), attributes: Vec::new(), children }
}

/// The template, as signs and literals in turn, and the calls that fill its holes.
#[derive(Default)]
struct Made {
    texts: Vec<Literal>,
    /// Signs that no literal has followed yet.
    signs: String,
    calls: TokenStream,
}

impl Made {
    fn sign(&mut self, sign: &str, name: &str) {
        self.signs.push_str(sign);
        self.signs.push_str(name);
    }

    fn literal(&mut self, literal: Literal) {
        self.flush();
        self.texts.push(literal);
    }

    fn flush(&mut self) {
        if !self.signs.is_empty() {
            self.texts.push(Literal::string(&std::mem::take(&mut self.signs)));
        }
    }

    fn call(&mut self, method: &str, argument: impl ToTokens) {
        let method = Ident::new(method, proc_macro2::Span::call_site());
        self.calls.extend(quote! { __markup.#method(#argument); });
    }
}

/// Returns a block that fills a template.
fn template(root: Node) -> TokenStream {
    let mut made = Made::default();
    add(root, &mut made);
    made.flush();
    let (texts, calls) = (made.texts, made.calls);
    let text = match texts.as_slice() {
        [only] => quote! { #only },
        several => quote! { ::std::concat!(#(#several),*) },
    };
    if calls.is_empty() {
        return quote! { crate::ui::markup::Markup::of(#text).done() };
    }
    quote! {{
        let mut __markup = crate::ui::markup::Markup::of(#text);
        #calls
        __markup.done()
    }}
}

/// Adds a node.
fn add(node: Node, made: &mut Made) {
    match node {
        Node::Text(text) => {
            made.sign(TEXT, "");
            made.literal(text);
        }
        Node::Element { name, attributes, children } => {
            made.sign(OPEN, &name);
            for attribute in attributes {
                add_attribute(&name, attribute, made);
            }
            for child in children {
                add(child, made);
            }
            made.sign(CLOSE, "");
        }
        Node::Each(items) => {
            made.sign(CHILD, "");
            made.call("each", items);
        }
        Node::Code(code) => {
            made.sign(CHILD, "");
            made.call("child", code);
        }
        other => {
            made.sign(CHILD, "");
            made.call("child", whole(other));
        }
    }
}

/// Returns an expression of `Html` for a node by itself.
fn whole(node: Node) -> TokenStream {
    match node {
        Node::Component { path, attributes, children } => component(&path, attributes, children),
        Node::Yews(tokens) => quote! { ::yew::html! { #tokens } },
        Node::If(branches) => branch(branches),
        Node::Code(code) => quote! { crate::ui::markup::whole(#code) },
        Node::Each(items) => quote! { ::std::iter::Iterator::collect::<::yew::Html>(#items) },
        node @ (Node::Text(_) | Node::Element { .. }) => template(node),
    }
}

fn branch(branches: Vec<(TokenStream, Vec<Node>)>) -> TokenStream {
    let mut out = TokenStream::new();
    let mut complete = false;
    for (head, body) in branches {
        // An `else` without an `if` is the last.
        complete = head.clone().into_iter().count() == 1;
        let body = markup(body);
        out.extend(quote! { #head { #body } });
    }
    if !complete {
        out.extend(quote! { else { ::yew::Html::default() } });
    }
    out
}

fn add_attribute(element: &str, attribute: Attribute, made: &mut Made) {
    let Attribute { name, value, span } = attribute;
    let field = ["input", "textarea"].contains(&element);
    match (name.as_str(), value) {
        ("key", value) => special("key", value.code(), made),
        ("ref", value) => special("reference", value.code(), made),
        ("checked", value) if field => special("checked", value.code(), made),
        ("value", value) if field => special("value", value.code(), made),
        (event, value) if event.starts_with("on") => {
            let (event, value) = (Ident::new(event, span), value.code());
            special("listener", quote! { ::yew::html::#event::Wrapper::__macro_new(#value) }, made);
        }
        (name, Value::Text(text)) => {
            made.sign(ATTRIBUTE, name);
            made.sign(VALUE, "");
            made.literal(text);
        }
        ("class", Value::Code(value)) => {
            made.sign(HOLE, "class");
            made.call("class", value);
        }
        (name, Value::Code(code)) if BOOLEAN.contains(&name) => match code.to_string().as_str() {
            "true" => {
                made.sign(ATTRIBUTE, name);
                made.sign(VALUE, name);
            }
            "false" => {}
            _ => {
                made.sign(HOLE, name);
                made.call("flag", code);
            }
        },
        (name, Value::Code(code)) => {
            made.sign(HOLE, name);
            made.call("attribute", code);
        }
    }
}

fn special(method: &str, value: TokenStream, made: &mut Made) {
    made.sign(SPECIAL, "");
    made.call(method, value);
}

/// Returns the mounting of a component with its props.
fn component(path: &[TokenTree], attributes: Vec<Attribute>, children: Option<Vec<Node>>) -> TokenStream {
    let mut key = quote! { ::std::option::Option::None };
    let mut fields = Vec::new();
    for Attribute { name, value, span } in attributes {
        let value = value.code();
        if name == "key" {
            key = quote! { ::std::option::Option::Some(::yew::virtual_dom::Key::from(#value)) };
            continue;
        }
        let name = Ident::new(&name, span);
        fields.push(quote! { #name: #value });
    }
    if let Some(children) = children {
        let inside = template(fragment(children));
        fields.push(quote! { children: crate::ui::markup::children(#inside) });
    }
    let kind: TokenStream = path.iter().cloned().collect();
    quote! {
        crate::ui::markup::mounted::<#kind>(
            ::yew::props!(<#kind as ::yew::functional::FunctionProvider>::Properties { #(#fields),* }),
            #key
        )
    }
}

impl Value {
    fn code(self) -> TokenStream {
        match self {
            Self::Text(text) => text.into_token_stream(),
            Self::Code(code) => code,
        }
    }
}
