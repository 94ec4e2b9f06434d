//! Nothing of a rendering stays behind, whatever holds itself in it.

use crate::vtl::{
    Limits, Object, Template, Value,
    apigateway::{self, TemplateInput},
};
use proptest::prelude::*;
use std::rc::Rc;

/// Stands in circles as a thing that is counted.
struct Token;

impl Object for Token {
    fn property(&self, _: &str) -> Value {
        Value::Null
    }
}

/// Lends `$context.token`.
struct Lender(Rc<Token>);

impl Object for Lender {
    fn property(&self, name: &str) -> Value {
        if name == "token" { Value::Object(self.0.clone()) } else { Value::Null }
    }
}

/// Renders a template and returns how often it took the token and did not give it back, with the text or the failure.
fn kept(template: &str) -> (usize, Result<String, String>) {
    let token = Rc::new(Token);
    let input = TemplateInput {
        body: r#"{"list": [1, {"x": 2}], "map": {"y": []}}"#.into(),
        context: Value::Object(Rc::new(Lender(token.clone()))),
        ..TemplateInput::default()
    };
    let limits = Limits { fuel: 20_000, output_bytes: 100_000, ..Limits::default() };
    let rendered = Template::parse(template)
        .map_err(|error| error.to_string())
        .and_then(|template| apigateway::render(&template, &input, &limits).map_err(|error| error.to_string()));
    drop(input);
    let kept = Rc::strong_count(&token) - 1;
    (kept, rendered.map(|rendered| rendered.output))
}

#[test]
fn what_holds_itself_is_freed() {
    for template in [
        "#set($l = [$context.token])#set($q = $l.add($l))",
        "#set($l = [$context.token])#set($q = $l.add($l))#set($l = 1)",
        "#set($l = [$context.token])#set($l[0] = [$l, $context.token])",
        "#set($l = [$context.token])#set($q = $l.set(0, {'l': $l, 't': $context.token}))",
        "#set($l = [$context.token])#set($k = [$l])#set($q = $l.addAll($k))",
        "#set($m = {'t': $context.token})#set($m.m = $m)",
        "#set($m = {'t': $context.token})#set($m['m'] = $m)",
        "#set($m = {'t': $context.token})#set($q = $m.put('m', $m))",
        "#set($m = {'t': $context.token})#set($q = $m.putIfAbsent('m', [[$m]]))",
        "#set($m = {'t': $context.token})#set($n = {'m': $m})#set($q = $m.putAll($n))",
        "#set($m = {'t': $context.token})#set($m.e = $m.entrySet())",
        "#set($m = {'t': $context.token})#foreach($i in [1])#set($m.loop = $foreach)#set($foreach = $m)#foreach($j in [1])#set($m.in = $foreach)#end#end",
        "#set($b = $input.path('$'))#set($b.t = $context.token)#set($b.me = $input)",
        "#set($b = $input.path('$.list'))#set($b[0] = [$b, $context.token])",
        "#set($b = $input.path('$.map.y'))#set($q = $b.add($input.path('$')))#set($q = $b.add($context.token))",
        "#set($p = $input.params())#set($p.p = $p)#set($p.t = $context.token)",
        "#set($q = $stageVariables.put('s', [$stageVariables, $context.token]))",
        "#set($context.me = $context)#set($context.t = $context.token)",
        "#set($context.me = [$context, $context.token])",
        "#set($q = $context.put('me', {'c': $context, 't': $context.token}))",
        "#set($context.requestOverride = $context)#set($context.t = $context.token)",
        "#set($context.responseOverride.header.x = $context)#set($context.t = $context.token)",
        "#set($h = $context.responseOverride.header)#set($h.h = [$h, $context.token])",
        // Where it stops in the middle, too.
        "#set($l = [$context.token])#set($q = $l.add($l))$l",
        "#set($l = [$context.token])#set($q = $l.add($l))$util.parseJson('{')",
    ] {
        let (kept, rendered) = kept(template);
        assert_eq!(kept, 0, "{template}: {rendered:?}");
    }
}

#[test]
fn overrides_outlive_a_template_as_plain_values() {
    let template = "#set($h = $context.responseOverride.header)#set($h.one = ['a', 'b'])#set($h.self = $h)\
        #set($e = {'k': 1})#set($h.entry = $e.entrySet())#set($context.responseOverride.status = 201)";
    let template = Template::parse(template).expect("a template");
    let rendered = apigateway::render(&template, &TemplateInput::default(), &Limits::default()).expect("it renders");
    assert_eq!(rendered.overrides.response_status(), Some(201));
    let headers = rendered.overrides.response_headers();
    let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {}", value.to_json())).collect();
    assert_eq!(headers, [r#"one: ["a","b"]"#, "self: null", r#"entry: ["k=1"]"#]);
}

/// Statements that put `$a` to `$d`, the document and what API Gateway lends into each other.
fn statement() -> impl Strategy<Value = String> {
    let value = || {
        prop::sample::select(vec![
            "$a",
            "$b",
            "$c",
            "$d",
            "$input",
            "$context",
            "$stageVariables",
            "$foreach",
            "$context.token",
            "$input.path('$')",
            "$input.path('$.list')",
            "$input.params()",
            "$context.responseOverride",
            "[$a, $b]",
            "{'k': $c}",
            "$b.entrySet()",
            "$b.values()",
            "1",
        ])
    };
    let shape = prop::sample::select(vec![
        "#set($a = V)",
        "#set($b = W)",
        "#set($c = [V, W])",
        "#set($d = {'v': V, 'w': W})",
        "#set($V.k = W)",
        "#set($q = $a.add(V))",
        "#set($q = $b.put('k', V))",
        "#set($q = $b.putAll(V))",
        "#set($q = $a.addAll(V))",
        "#set($b.x = V)",
        "#set($a[0] = V)",
        "#set($context.x = V)",
        "#set($context.responseOverride.header.x = V)",
        "#foreach($i in V)#set($d.loop = $foreach)#set($q = $a.add($i))#end",
        "#set($doc = $input.path('$'))#set($doc.x = V)",
    ]);
    (shape, value(), value()).prop_map(|(shape, v, w)| {
        shape.replace("$V", if v.starts_with('$') { v } else { "$d" }).replace('V', v).replace('W', w)
    })
}

proptest! {
    #[test]
    fn nothing_stays_behind(statements in prop::collection::vec(statement(), 1..20)) {
        let template = format!("#set($a = [$context.token])#set($b = {{'t': $context.token}}){}", statements.concat());
        let (kept, rendered) = kept(&template);
        prop_assert_eq!(kept, 0, "{}: {:?}", template, rendered);
    }
}
