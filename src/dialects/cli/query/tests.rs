//! Queries read and asked, as tables.

use super::{evaluate, parser};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

fn answer() -> Value {
    json!({
        "items": [
            { "id": "a1", "path": "/", "createdDate": 3, "resourceMethods": { "GET": {} } },
            { "id": "b2", "path": "/users", "createdDate": 1, "resourceMethods": { "GET": {}, "POST": {} } },
            { "id": "c3", "path": "/users/{id}", "createdDate": 2 }
        ],
        "nested": [[1, 2], [3], 4],
        "name with blanks": "x",
        "nothing": null,
        "empty": []
    })
}

fn ask(query: &str) -> String {
    match parser::parse(query) {
        Ok(expr) => evaluate::evaluate(&expr, &answer()).map_or_else(|reason| format!("! {reason}"), |v| v.to_string()),
        Err(fault) => format!("! {} at {:?} {:?}", fault.reason, fault.at, query.get(fault.at.clone()).unwrap_or("?")),
    }
}

fn check(queries: &[&str], expected: Expect) {
    let lines: Vec<String> = queries.iter().map(|query| format!("{query} → {}", ask(query))).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn values_are_picked() {
    check(
        &[
            "@.nested",
            "items[0].id",
            "items[-1].id",
            "items[9].id",
            "items[*].id",
            "items[].path",
            "items[0:2].id",
            "items[::-1].id",
            "items[?path=='/users'].id",
            "items[?path=='/users'].id | [0]",
            "items[?path=='/users'] | [0].id",
            "(items[*].id)[0]",
            "items[*].id[0]",
            "nested[]",
            "nested[][]",
            "nested[*][0]",
            "items[*].[id,path]",
            "items[*].{Id:id,Path:path} | [0]",
            "\"name with blanks\"",
            "items[0].*",
            "*.id",
            "items[*].resourceMethods.keys(@)",
            "items[?resourceMethods].id",
            "items[?!resourceMethods].id",
            "items[?createdDate>`1` && contains(path,'users')].id",
            "items[?createdDate<`2` || path=='/'].id",
            "items[?path>='/users'].id",
            "'2026-01-02T00:00:00+00:00' < '2026-01-10'",
            "`true` < `2`",
            "nested[*][?@ > `2`][]",
            "items[?resourceMethods][?id]",
            "items[*][id]",
            "items[?createdDate>'2026-01-01']",
            "contains(nested, `3`) || contains(nested[0], `2.0`)",
            "contains('a', `1`)",
            "items[?starts_with(path, '/users/')].id",
            "nothing || 'default'",
            "empty[0]",
            "missing.deeper[*].x",
            "nothing.[a,b]",
            "[items[0].id, length(items)]",
            "items[?resourceMethods.GET].id",
            "[?a]",
            "[].x",
            "`1`",
        ],
        expect![[r#"
            @.nested → [[1,2],[3],4]
            items[0].id → "a1"
            items[-1].id → "c3"
            items[9].id → null
            items[*].id → ["a1","b2","c3"]
            items[].path → ["/","/users","/users/{id}"]
            items[0:2].id → ["a1","b2"]
            items[::-1].id → ["c3","b2","a1"]
            items[?path=='/users'].id → ["b2"]
            items[?path=='/users'].id | [0] → "b2"
            items[?path=='/users'] | [0].id → "b2"
            (items[*].id)[0] → "a1"
            items[*].id[0] → []
            nested[] → [1,2,3,4]
            nested[][] → [1,2,3,4]
            nested[*][0] → [1,3]
            items[*].[id,path] → [["a1","/"],["b2","/users"],["c3","/users/{id}"]]
            items[*].{Id:id,Path:path} | [0] → {"Id":"a1","Path":"/"}
            "name with blanks" → "x"
            items[0].* → ["a1","/",3,{"GET":{}}]
            *.id → []
            items[*].resourceMethods.keys(@) → ! In function keys(), invalid type for value: None, expected one of: ['object'], received: "null"
            items[?resourceMethods].id → ["a1","b2"]
            items[?!resourceMethods].id → ["c3"]
            items[?createdDate>`1` && contains(path,'users')].id → ["c3"]
            items[?createdDate<`2` || path=='/'].id → ["a1","b2"]
            items[?path>='/users'].id → ["b2","c3"]
            '2026-01-02T00:00:00+00:00' < '2026-01-10' → true
            `true` < `2` → null
            nested[*][?@ > `2`][] → [3]
            items[?resourceMethods][?id] → []
            items[*][id] → [["a1"],["b2"],["c3"]]
            items[?createdDate>'2026-01-01'] → ! '>' not supported between instances of 'int' and 'str'
            contains(nested, `3`) || contains(nested[0], `2.0`) → true
            contains('a', `1`) → ! 'in <string>' requires string as left operand, not int
            items[?starts_with(path, '/users/')].id → ["c3"]
            nothing || 'default' → "default"
            empty[0] → null
            missing.deeper[*].x → null
            nothing.[a,b] → null
            [items[0].id, length(items)] → ["a1",3]
            items[?resourceMethods.GET].id → []
            [?a] → null
            [].x → null
            `1` → 1"#]],
    );
}

#[test]
fn functions_are_called() {
    check(
        &[
            "length(items)",
            "sort_by(items,&createdDate)[*].id",
            "sort_by(items,&path)[-1].id",
            "max_by(items,&createdDate).id",
            "min_by(items,&createdDate).id",
            "reverse(items)[0].id",
            "keys(items[1].resourceMethods)",
            "join(', ', items[*].id)",
            "to_string(items[0].createdDate)",
            "to_number('12')",
            "to_number('x')",
            "type(items)",
            "not_null(nothing, 'x')",
            "sum(items[*].createdDate)",
            "avg(items[*].createdDate)",
            "map(&id, items)",
            "merge(`{\"a\":1}`, `{\"b\":2}`)",
            "values(items[0].resourceMethods)",
            "to_array('x')",
            "ceil(`1.2`)",
            "floor(`-1.2`)",
            "abs(`-3`)",
            "sort(items[*].path)",
            "max(nested[])",
            "ends_with('abc', 'c')",
            "items[?length(path) > `5`].id",
            "length(nothing)",
            "sort(nested)",
            "sort_by(items, &resourceMethods)",
            "join('', items)",
            "sort_by(items)",
            "length()",
            "lenght(items)",
            "map(items, &id)",
            "&id",
        ],
        expect![[r#"
            length(items) → 3
            sort_by(items,&createdDate)[*].id → ["b2","c3","a1"]
            sort_by(items,&path)[-1].id → "c3"
            max_by(items,&createdDate).id → "a1"
            min_by(items,&createdDate).id → "b2"
            reverse(items)[0].id → "c3"
            keys(items[1].resourceMethods) → ["GET","POST"]
            join(', ', items[*].id) → "a1, b2, c3"
            to_string(items[0].createdDate) → "3"
            to_number('12') → 12
            to_number('x') → null
            type(items) → "array"
            not_null(nothing, 'x') → "x"
            sum(items[*].createdDate) → 6
            avg(items[*].createdDate) → 2
            map(&id, items) → ["a1","b2","c3"]
            merge(`{"a":1}`, `{"b":2}`) → {"a":1,"b":2}
            values(items[0].resourceMethods) → [{}]
            to_array('x') → ["x"]
            ceil(`1.2`) → 2
            floor(`-1.2`) → -2
            abs(`-3`) → 3
            sort(items[*].path) → ["/","/users","/users/{id}"]
            max(nested[]) → 4
            ends_with('abc', 'c') → true
            items[?length(path) > `5`].id → ["b2","c3"]
            length(nothing) → ! In function length(), invalid type for value: None, expected one of: ['string', 'array', 'object'], received: "null"
            sort(nested) → ! In function sort(), invalid type for value: [1, 2], expected one of: ['array-string', 'array-number'], received: "list"
            sort_by(items, &resourceMethods) → ! In function sort_by(), invalid type for value: {'id': 'a1', 'path': '/', 'createdDate': 3, 'resourceMethods': {'GET': {}}}, expected one of: ['string', 'number'], received: "object"
            join('', items) → ! In function join(), invalid type for value: {'id': 'a1', 'path': '/', 'createdDate': 3, 'resourceMethods': {'GET': {}}}, expected one of: ['array-string'], received: "dict"
            sort_by(items) → ! Expected 2 arguments for function sort_by(), received 1 at 0..7 "sort_by"
            length() → ! Expected 1 argument for function length(), received 0 at 0..6 "length"
            lenght(items) → ! Unknown function: lenght() at 0..6 "lenght"
            map(items, &id) → ["a1","b2","c3"]
            &id → ! a reference such as &name stands only in a function's arguments"#]],
    );
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    check(
        &[
            "",
            "items[",
            "items[*",
            "items[0",
            "items[a",
            "items.",
            ".id",
            "items..id",
            "items[?id=='x'",
            "items[?id=='x]",
            "items[*].[id",
            "items[*].{id}",
            "items id",
            "items[0] id",
            "a-b",
            "`a\"b`",
            "\"x",
            "items[1:2:0]",
            "[1,2]",
            "a ==",
            "(a",
            "a)",
            "a, b",
            "items[*]id",
            "''",
        ],
        expect![[r#"
             → ! Invalid JMESPath expression: cannot be empty. at 0..0 ""
            items[ → ! a number, a slice such as 0:2, or * is due here at 6..6 ""
            items[* → ! a closing bracket is due here at 7..7 ""
            items[0 → ! a number, a slice such as 0:2, or * is due here at 7..7 ""
            items[a → ! a number, a slice such as 0:2, or * is due here at 6..7 "a"
            items. → ! a name is due after the dot at 6..6 ""
            .id → ! a name is due here at 0..1 "."
            items..id → ! a name is due after the dot at 6..7 "."
            items[?id=='x' → ! a closing bracket is due here at 14..14 ""
            items[?id=='x] → ! the quote has no end at 11..12 "'"
            items[*].[id → ! a comma or a closing bracket is due here at 12..12 ""
            items[*].{id} → ! a colon is due here at 12..13 "}"
            items id → ! this does not go on from what is before it at 6..8 "id"
            items[0] id → ! this does not go on from what is before it at 9..11 "id"
            a-b → ! a number is due here at 1..2 "-"
            `a"b` → ! this is not JSON; a text stands in 'quotes' at 0..1 "`"
            "x → ! the double quote has no end at 0..1 "\""
            items[1:2:0] → ! slice step cannot be zero at 11..12 "]"
            [1,2] → ! a number, a slice such as 0:2, or * is due here at 2..3 ","
            a == → ! something is missing at the end at 4..4 ""
            (a → ! a closing parenthesis is due here at 2..2 ""
            a) → ! this does not go on from what is before it at 1..2 ")"
            a, b → ! this does not go on from what is before it at 1..2 ","
            items[*]id → ! this does not go on from what is before it at 8..10 "id"
            '' → """#]],
    );
    let deep = "(".repeat(100) + "a" + &")".repeat(100);
    assert!(ask(&deep).contains("deeper than"), "{}", ask(&deep));
    let long = "a.".repeat(3000) + "a";
    assert!(ask(&long).contains("more than"));
    let growing = vec!["[@,@]"; 30].join(" | ");
    assert!(ask(&growing).contains("too large"), "{}", &ask(&growing)[..40]);
}
