//! Templates that mean harm, and templates at random.

use super::{check, rendered, scope};
use crate::vtl::{Limits, MAX_TEMPLATE_BYTES, Map, RenderErrorKind, Scope, Template, Value};
use proptest::prelude::*;
use std::rc::Rc;

fn kind(template: &str, limits: &Limits) -> Option<RenderErrorKind> {
    let template = Template::parse(template).expect("the template parses");
    template.render(&scope(), limits).err().map(|error| error.kind)
}

#[test]
fn a_loop_stops_at_the_quota() {
    check("#foreach($x in [1..1001])#end", "stopped: A #foreach may run at most 1000 times. (line 1, column 1)");
    check("#foreach($x in [1..1000])#end", "");
}

#[test]
fn endless_work_runs_out_of_fuel() {
    let nested = "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end";
    assert_eq!(kind(nested, &Limits::default()), Some(RenderErrorKind::OutOfFuel));
    assert_eq!(kind("#set($x = [1..99999999999])", &Limits::default()), Some(RenderErrorKind::OutOfFuel));
    assert_eq!(
        kind("#set($x = [-9223372036854775807..9223372036854775807])", &Limits::default()),
        Some(RenderErrorKind::OutOfFuel)
    );
}

#[test]
fn texts_that_double_stop_growing() {
    let doubling = "#set($x = 'ab')#foreach($i in [1..100])#set($x = \"$x$x\")#end";
    assert!(kind(doubling, &Limits::default()).is_some());
    let adding = "#set($x = 'ab')#foreach($i in [1..100])#set($x = $x + $x)#end";
    assert!(kind(adding, &Limits::default()).is_some());
    let replacing = "#set($x = 'aaaaaaaa')#foreach($i in [1..100])#set($x = $x.replace('a', $x))#end";
    assert!(kind(replacing, &Limits::default()).is_some());
    let matching = "#set($x = 'aaaaaaaa')#foreach($i in [1..100])#set($x = $x.replaceAll('a', $x))#end";
    assert!(kind(matching, &Limits::default()).is_some());
    let lists = "#set($x = [1, 2])#foreach($i in [1..100])#set($q = $x.addAll($x))#end";
    assert_eq!(kind(lists, &Limits::default()), Some(RenderErrorKind::OutOfFuel));
}

#[test]
fn the_output_is_bounded() {
    let limits = Limits { output_bytes: 100, ..Limits::default() };
    assert_eq!(kind("#foreach($i in [1..60])ab#end", &limits), Some(RenderErrorKind::TooLarge));
    assert_eq!(kind("#foreach($i in [1..60])#set($x = \"$!x$i\")#end$x", &limits), Some(RenderErrorKind::TooLarge));
    assert_eq!(rendered("#foreach($i in [1..50])ab#end", &limits).len(), 100);
}

#[test]
fn recursion_is_bounded() {
    assert_eq!(kind("#macro(m)#m()#end#m()", &Limits::default()), Some(RenderErrorKind::TooDeep));
    assert_eq!(kind("#define($d)$d#end$d", &Limits::default()), Some(RenderErrorKind::TooDeep));
    assert_eq!(kind("#define($d)#if($d == 1)#end#end$d", &Limits::default()), Some(RenderErrorKind::TooDeep));
    let deep = format!("{}{}", "#if(true)".repeat(70), "#end".repeat(70));
    check(&deep, "refused: The template nests more than 64 levels deep. (line 1, column 572)");
    let parentheses = format!("#set($x = {}1{})$x", "(".repeat(100_000), ")".repeat(100_000));
    assert!(Template::parse(&parentheses).is_err());
    let negations = format!("#if({}true)#end", "!".repeat(100_000));
    assert!(Template::parse(&negations).is_err());
    let long_sum = format!("#set($x = 0{})$x", "+1".repeat(50_000));
    check(&long_sum, "50000");
    let long_chain = format!("$name{}", ".a".repeat(50_000));
    check(&long_chain, "");
}

#[test]
fn lists_within_lists_are_dropped_without_recursion() {
    let nested = "#set($l = [])#foreach($a in [1..1000])#foreach($b in [1..200])#set($l = [$l])#end#end";
    check(nested, "");
    let printed = format!("{nested}$l");
    assert_eq!(kind(&printed, &Limits::default()), Some(RenderErrorKind::TooDeep));
    let maps = "#set($m = {})#foreach($a in [1..1000])#foreach($b in [1..200])#set($m = {'m': $m})#end#end";
    check(maps, "");
}

#[test]
fn what_holds_a_value_is_dropped_and_printed_without_recursion() {
    let many = |body: &str| format!("#foreach($a in [1..1000])#foreach($b in [1..100]){body}#end#end");
    let entries = format!("#set($m = {{}}){}", many("#set($m = {'m': $m.entrySet()})"));
    check(&entries, "");
    assert_eq!(kind(&format!("{entries}$m"), &Limits::default()), Some(RenderErrorKind::TooDeep));
    let in_json = many(
        "#set($o = {'k': $m})#set($m = $json.a.b.subList(0, 0))#foreach($e in $o.entrySet())#set($q = $m.add($e))#end",
    );
    check(&in_json, "");
    assert_eq!(kind(&format!("{in_json}$m"), &Limits::default()), Some(RenderErrorKind::TooDeep));
    let alone = many("#set($o = {'k': $m})#foreach($e in $o.entrySet())#set($m = $e)#end");
    check(&alone, "");
    let loops = many("#set($foreach = $kept)#foreach($c in [1])#set($kept = $foreach)#end");
    check(&format!("{loops}$kept.parent"), "");
}

#[test]
fn a_value_that_holds_itself_prints_no_endless_text() {
    assert_eq!(kind("#set($q = $map.put('self', $map))$map", &Limits::default()), Some(RenderErrorKind::TooDeep));
    assert_eq!(kind("#set($q = $list.add($list))$list", &Limits::default()), Some(RenderErrorKind::TooDeep));
    let bushy = "#set($l = [])#foreach($i in [1..60])#set($l = [$l, $l])#end";
    assert_eq!(kind(&format!("{bushy}$l"), &Limits::default()), Some(RenderErrorKind::TooLarge));
    check(
        &format!("{bushy}#set($k = [])#foreach($i in [1..60])#set($k = [$k, $k])#end#if($l == $k)#end"),
        "stopped: The template did too much work and was stopped. (line 1, column 129)",
    );
}

#[test]
fn a_template_may_have_300_kb() {
    let template = "x".repeat(MAX_TEMPLATE_BYTES);
    assert!(Template::parse(&template).is_ok());
    assert!(Template::parse(&format!("{template}x")).is_err());
}

#[test]
fn regular_expressions_that_explode_are_stopped() {
    let heavy =
        "#set($x = \"$x\")#foreach($i in [1..1000])#set($x = \"${x}aaaaaaaaaa\")#end$x.matches('(a{1,500}){1,500}b')";
    assert!(kind(heavy, &Limits::default()).is_some());
}

#[test]
fn a_value_survives_the_way_to_json_and_back() {
    let json = serde_json::json!({"a": [1, 2.5, "x", null, {"b": true}], "c": {}});
    assert_eq!(Value::from_json(&json).to_json(), json);
}

/// Pieces that templates are made of, so that random ones get past the first character.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "$",
        "#",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "!",
        ".",
        ",",
        ":",
        "=",
        " ",
        "\n",
        "é",
        "x",
        "1",
        "-",
        "$x",
        "${x}",
        "#set($x = ",
        "#if(",
        "#else",
        "#elseif(",
        "#end",
        "#foreach($i in ",
        "[1..3]",
        "#macro(m $a)",
        "#m(",
        "#define($d)",
        "##",
        "#*",
        "*#",
        "#[[",
        "]]#",
        "$list",
        "$map",
        ".add(",
        ".put(",
        "$name",
        ".substring(",
        "==",
        "&&",
        "or ",
        "not ",
        "+",
        "/",
        "true",
        "null",
        "#break",
        "#stop",
        "#@m()",
        ".replaceAll(",
        "$foreach.index",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_rendered_or_refused(text in "\\PC{0,60}") {
        let _ = rendered(&text, &Limits::default());
    }

    #[test]
    fn any_pieces_of_templates_are_rendered_or_refused(text in pieces()) {
        let limits = Limits { fuel: 10_000, output_bytes: 10_000, ..Limits::default() };
        let _ = rendered(&text, &limits);
    }

    #[test]
    fn text_without_signs_renders_as_itself(text in "[^$#\\\\]{0,80}") {
        prop_assert_eq!(rendered(&text, &Limits::default()), text);
    }

    #[test]
    fn fuel_bounds_the_work(text in pieces(), fuel in 0_u64..60) {
        let limits = |fuel| Limits { fuel, output_bytes: 10_000, ..Limits::default() };
        if let Ok(template) = Template::parse(&text) {
            let enough = template.render(&scope(), &limits(100_000));
            match template.render(&scope(), &limits(fuel)) {
                Err(error) if error.kind == RenderErrorKind::OutOfFuel => {}
                // A step makes less than sixteen bytes, and what is left of the fuel changes nothing.
                scarce => {
                    prop_assert!(scarce.as_ref().map_or(0, String::len) as u64 <= 16 * fuel, "{:?}", scarce);
                    prop_assert_eq!(scarce, enough);
                }
            }
        }
    }
}

/// Returns the least fuel that a template needs.
fn least_fuel(template: &str, scope: &Scope) -> u64 {
    let template = Template::parse(template).expect("the template parses");
    let suffices = |fuel: u64| {
        let rendered = template.render(scope, &Limits { fuel, ..Limits::default() });
        !rendered.is_err_and(|error| error.kind == RenderErrorKind::OutOfFuel)
    };
    let (mut least, mut most) = (0, Limits::default().fuel);
    assert!(suffices(most), "{}", template.source());
    while least < most {
        let middle = (least + most) / 2;
        if suffices(middle) { most = middle } else { least = middle + 1 }
    }
    least
}

#[test]
fn each_step_costs_fuel() {
    const TIMES: u64 = 10;
    for step in [
        "x",
        "$name",
        "$!name",
        "$missing",
        "\\$name",
        "$map.foo",
        "$map.n.m",
        "$list[0]",
        "$list.size()",
        "$map.get('foo')",
        "$name.length()",
        "$one.intValue()",
        "$input",
        "#set($q = 1)",
        "#set($map.foo = 1)",
        "#set($list[0] = 1)",
        "#set($q = [1])",
        "#set($q = {'a': 1})",
        "#set($q = [1..2])",
        "#set($q = \"$one\")",
        "#set($q = 1 + 2)",
        "#set($q = $one == 1)",
        "#if($one)#end",
        "#if(!$one)#else#end",
        "#foreach($i in $list)#end",
        "#m()",
        "#unknown()",
        "$d",
    ] {
        let cost = |step: &str| {
            let known = "#macro(m)#end#define($d)#end";
            least_fuel(&format!("{known}#foreach($turn in [1..{TIMES}]){step}#end"), &scope())
        };
        let (once, twice) = (cost(step), cost(&step.repeat(2)));
        // Two texts are one; what begins with a letter would be a part of the name.
        let twice = if step == "x" { cost("x#if(true)#end") } else { twice };
        assert!(twice >= once + TIMES, "{step}: {once}, twice {twice}");
    }
}

#[test]
fn work_on_twice_as_much_costs_twice_the_fuel() {
    const SIZE: usize = 8_000;
    const LEAST: u64 = SIZE as u64 / 64;
    // All with five digits.
    let numbers = |size: usize| (10_000..).take(size).map(Value::Int);
    let scope = |size: usize| {
        let mut scope = Scope::new();
        scope.set("text", Value::text(&"a,".repeat(size)));
        scope.set("same", Value::text(&"a,".repeat(size)));
        scope.set("list", Value::list(numbers(size).collect()));
        scope.set("other", Value::list(numbers(size).collect()));
        let map: Map = numbers(size).map(|number| (number.to_text(), number)).collect();
        scope.set("map", Value::Map(Rc::new(map)));
        scope
    };
    for work in [
        "$text",
        "$text.replace('a', 'b')",
        "$text.replaceAll('a', 'b')",
        "$text.split(',').size()",
        "$text.toUpperCase()",
        "$text.trim()",
        "$text.substring(1)",
        "$text.contains('x')",
        "$text.indexOf('x')",
        "$text.concat('x')",
        "#set($q = $text + 'x')",
        "#set($q = \"$text\")",
        "#if($text == $same)#end",
        "$list.toString()",
        "$list.contains('x')",
        "$list.contains(-1)",
        "$list.indexOf(-1)",
        "$list.lastIndexOf('x')",
        "$list.remove('x')",
        "$list.remove(0)",
        "$list.add(0, 'x')",
        "$list.subList(0, $list.size()).size()",
        "#set($q = $list.addAll($other))",
        "#if($list == $other)#end",
        "$map.toString()",
        "$map.keySet().size()",
        "$map.values().size()",
        "$map.entrySet().size()",
        "$map.containsValue(-1)",
        "#set($q = $map.remove('x'))",
        "#set($q = [0..$list.size()])",
    ] {
        let base = least_fuel(work, &scope(1));
        let (one, two) = (least_fuel(work, &scope(SIZE)) - base, least_fuel(work, &scope(2 * SIZE)) - base);
        assert!(one >= LEAST, "{work}: {one} steps for {SIZE}");
        assert!((19 * one..=21 * one).contains(&(10 * two)), "{work}: {one} steps, for twice as much {two}");
    }
}
