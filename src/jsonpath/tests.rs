//! Paths: what they find, what they refuse, and that hostile ones stop.

use super::{Document, JsonPath, MAX_VISITS};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cmp::Ordering;

impl Document for Value {
    fn items(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn item(&self, place: usize) -> Option<Self> {
        self.as_array()?.get(place).cloned()
    }

    fn member(&self, name: &str) -> Option<Self> {
        self.as_object()?.get(name).cloned()
    }

    fn children(&self) -> Vec<Self> {
        match self {
            Self::Array(items) => items.clone(),
            Self::Object(members) => members.values().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn length(&self) -> Option<usize> {
        match self {
            Self::Array(items) => Some(items.len()),
            Self::Object(members) => Some(members.len()),
            Self::String(text) => Some(text.chars().count()),
            _ => None,
        }
    }

    fn list(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn number(number: usize) -> Self {
        number.into()
    }

    fn picked(&self, names: &[Box<str>]) -> Option<Self> {
        let members = self.as_object()?;
        let picked = names.iter().filter_map(|name| Some((name.to_string(), members.get(&**name)?.clone())));
        Some(Self::Object(picked.collect()))
    }

    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => one.as_f64()?.partial_cmp(&two.as_f64()?),
            (Self::String(one), Self::String(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }

    fn equals(&self, other: &Self, _: &mut usize) -> bool {
        self == other
    }

    fn literal(value: &Self) -> Self {
        value.clone()
    }
}

fn store() -> Value {
    json!({
        "store": {
            "book": [
                {"category": "reference", "author": "Rees", "price": 8.95},
                {"category": "fiction", "author": "Waugh", "price": 12.99},
                {"category": "fiction", "author": "Melville", "isbn": "0-553", "price": 8.99},
            ],
            "bicycle": {"color": "red", "price": 19.95},
        },
        "a b": {"c.d": 1, "it's": 2},
        "content-type": "text/plain",
        "limit": 10,
        "none": null,
    })
}

#[track_caller]
fn check(path: &str, expected: &str) {
    let json = store();
    let found = match JsonPath::parse(path) {
        Ok(parsed) => match parsed.find(&json, &mut { MAX_VISITS }) {
            Ok(Some(value)) => value.to_string(),
            Ok(None) => "nothing".to_owned(),
            Err(error) => format!("stopped: {error}"),
        },
        Err(error) => format!("refused: {error}"),
    };
    assert_eq!(found, expected, "{path}");
}

#[test]
fn definite_paths_find_one_value_or_nothing() {
    check("$.limit", "10");
    check("limit", "10");
    check("$['limit']", "10");
    check("$.store.bicycle", r#"{"color":"red","price":19.95}"#);
    check("$.store.book[0].author", r#""Rees""#);
    check("$.store.book[-1].author", r#""Melville""#);
    check("$['store']['book'][1]['price']", "12.99");
    check("$[\"a b\"]['c.d']", "1");
    check(r"$['a b']['it\'s']", "2");
    check("$.content-type", r#""text/plain""#);
    check("$.none", "null");
    check("$.missing", "nothing");
    check("$.store.book[9]", "nothing");
    check("$.store.book[-9]", "nothing");
    check("$.store.book.author", "nothing");
    check("$.limit.more", "nothing");
    check("$.store.book.length()", "3");
    check("$.store.length()", "2");
    check("$.content-type.length()", "10");
    check("$.limit.length()", "nothing");
    check("$.store.bicycle['price','color','x']", r#"{"price":19.95,"color":"red"}"#);
}

#[test]
fn indefinite_paths_find_a_list() {
    check("$.store.book[*].author", r#"["Rees","Waugh","Melville"]"#);
    check("$.store.bicycle.*", r#"["red",19.95]"#);
    check("$..price", "[8.95,12.99,8.99,19.95]");
    check("$..book[0].price", "[8.95]");
    check("$.store.book[0,2].author", r#"["Rees","Melville"]"#);
    check("$.store.book[1:].author", r#"["Waugh","Melville"]"#);
    check("$.store.book[:1].author", r#"["Rees"]"#);
    check("$.store.book[-2:].author", r#"["Waugh","Melville"]"#);
    check("$.store.book[0:2].author", r#"["Rees","Waugh"]"#);
    check("$.store.book[2:1].author", "[]");
    check("$.store[*].color", r#"["red"]"#);
    check("$..missing", "[]");
}

#[test]
fn filters_let_values_through() {
    check("$.store.book[?(@.category == 'fiction')].author", r#"["Waugh","Melville"]"#);
    check("$.store.book[?(@.price < 10 && @.isbn)].author", r#"["Melville"]"#);
    check("$.store.book[?(@.price < $.limit)].author", r#"["Rees","Melville"]"#);
    check("$.store.book[?(!@.isbn)].author", r#"["Rees","Waugh"]"#);
    check("$.store.book[?(@.isbn || @.price > 12)].author", r#"["Waugh","Melville"]"#);
    check("$.store.book[?(@.author != \"Rees\")].price", "[12.99,8.99]");
    // Only numbers and texts have an order.
    check("$[?(@.none <= null)]", "[]");
    check("$[?(@.store >= @.store)]", "[]");
    check("$.store.book[?((@.price >= 8.99) && (@.price <= 8.99))].author", r#"["Melville"]"#);
    check("$.store.book[?(@.author.length() == 4)].price", "[8.95]");
    check("$.store.book[?(@.price == 'x')]", "[]");
    check("$.store.bicycle[?(@.color == 'red')].price", "[19.95]");
}

#[test]
fn what_is_no_path_is_refused_with_its_place() {
    check("$.", "refused: A name is expected here. (at character 3)");
    check("$.a[", "refused: Brackets hold a name in quotes, a number, * or a filter. (at character 5)");
    check("$.a[0", "refused: This [ is not closed with ]. (at character 6)");
    check("$['a", "refused: This text is not closed with a quote. (at character 3)");
    check("$.a b", "refused: The path can't be read from here on. (at character 5)");
    check("$.a.max()", "refused: length() is the only function of paths here. (at character 10)");
    check("$[?(@.a == )]", "refused: A filter compares @ paths, numbers, and texts in quotes. (at character 12)");
    check("$[99999999999999999999]", "refused: This is not a whole number. (at character 23)");
}

#[test]
fn a_path_with_too_much_to_look_at_is_stopped() {
    let mut wide = json!([]);
    for _ in 0..60 {
        wide = json!([wide, 1, 2, 3]);
    }
    let path = JsonPath::parse("$..*..*..*..*").expect("a path");
    assert!(path.find(&wide, &mut 20_000).is_err());
}

#[test]
fn deep_filters_are_refused() {
    let nested = format!("$[?({}", "(".repeat(5_00));
    assert!(JsonPath::parse(&nested).is_err());
    let negated = format!("$[?({}@.a)]", "!".repeat(500));
    assert!(JsonPath::parse(&negated).is_err());
    let inner = format!("$[?({}", "@[?(".repeat(500));
    assert!(JsonPath::parse(&inner).is_err());
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused(path in "[$@.\\[\\]'\"*?()!&|=<>:,a0-9 é-]{0,40}") {
        let json = store();
        if let Ok(parsed) = JsonPath::parse(&path) {
            let _ = parsed.find(&json, &mut { MAX_VISITS });
        }
    }
}
