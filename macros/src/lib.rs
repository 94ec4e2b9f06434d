//! `html!` for the page, in the grammar of Yew's own.
//!
//! Yew's macro writes code for each element, and for the life of each component: that was a quarter of the program. This
//! one writes a template, a text that `src/ui/markup/` reads, and code only for the holes in it.
//!
//! It knows less than Yew's: no tags out of expressions, no properties (`~name`), no loops but `{ for … }`. A component
//! with type parameters, such as `<ContextProvider<Store> …>`, is left to Yew.

mod emit;
mod parse;

use proc_macro::TokenStream;

/// Makes `Html` out of markup.
#[proc_macro]
pub fn html(markup: TokenStream) -> TokenStream {
    translate(markup.into()).into()
}

fn translate(markup: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    match parse::markup(markup) {
        Ok(nodes) => emit::markup(nodes),
        Err(problem) => emit::complaint(&problem),
    }
}

#[cfg(test)]
mod tests {
    use super::translate;

    /// Each row: markup, and the code that it becomes. `␁` and so on stand for the signs of templates.
    const CASES: [(&str, &str); 14] = [
        ("", ":: yew :: Html :: default ()"),
        (r#"<br />"#, r#"of ("␁br␆")"#),
        (r#"<p class="a">{ "Hello" }</p>"#, r#"of (:: std :: concat ! ("␁p␂class␃" , "a" , "␇" , "Hello" , "␆"))"#),
        (
            r#"<a aria-label="x" {href} />"#,
            r#"of (:: std :: concat ! ("␁a␂aria-label␃" , "x" , "␄href␆")) ; __markup . attribute (href)"#,
        ),
        (r#"<i>{ a }{ b }</i>"#, r#"of ("␁i␈␈␆") ; __markup . child (a) ; __markup . child (b) ;"#),
        (r#"<i>{ for list }</i>"#, r#"of ("␁i␈␆") ; __markup . each (list) ;"#),
        (r#"<b hidden={h} />"#, r#"of ("␁b␄hidden␆") ; __markup . flag (h) ;"#),
        (r#"<b hidden=true />"#, r#"of ("␁b␂hidden␃hidden␆")"#),
        (r#"<b hidden=false />"#, r#"of ("␁b␆")"#),
        (r#"<input value={v} />"#, r#"of ("␁input␅␆") ; __markup . value (v) ;"#),
        (r#"<option value={v} />"#, r#"of ("␁option␄value␆") ; __markup . attribute (v) ;"#),
        (
            r#"<b onclick={f} />"#,
            r#"of ("␁b␅␆") ; __markup . listener (:: yew :: html :: onclick :: Wrapper :: __macro_new (f)) ;"#,
        ),
        (
            r#"if a { <b /> }"#,
            r#"if a { crate :: ui :: markup :: Markup :: of ("␁b␆") . done () } else { :: yew :: Html :: default () }"#,
        ),
        (
            r#"<Tag key={k} at={1} />"#,
            r#"mounted :: < Tag > (:: yew :: props ! (< Tag as :: yew :: functional :: FunctionProvider > :: Properties { at : 1 }) , :: std :: option :: Option :: Some (:: yew :: virtual_dom :: Key :: from (k)))"#,
        ),
    ];

    #[test]
    fn markup_becomes_a_template_and_code_for_its_holes() {
        for (markup, expected) in CASES {
            let code = translate(markup.parse().expect("tokens")).to_string();
            let shown: String = code
                .replace("\\u{1}", "␁")
                .replace("\\u{2}", "␂")
                .replace("\\u{3}", "␃")
                .replace("\\u{4}", "␄")
                .replace("\\u{5}", "␅")
                .replace("\\u{6}", "␆")
                .replace("\\u{7}", "␇")
                .replace("\\u{8}", "␈");
            assert!(shown.contains(expected), "{markup}\n{shown}");
        }
    }

    #[test]
    fn what_is_not_markup_is_refused_by_the_compiler() {
        for (markup, why) in [
            ("<p>", "a closing tag is missing"),
            ("<p></b>", "this closing tag is not that of the element that is open"),
            ("</p>", "this closing tag has no opening tag"),
            ("<p class></p>", "an attribute has a value"),
            ("x", "an element, braces, `if` or text is expected here"),
            ("if a", "this `if` has no body"),
            ("<Tag<X> a={1}>", "a closing tag is missing"),
        ] {
            let code = translate(markup.parse().expect("tokens")).to_string();
            assert!(code.contains("compile_error") && code.contains(why), "{markup}\n{code}");
        }
    }
}
