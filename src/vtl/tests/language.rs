//! References, directives, literals, operators, whitespace.

use super::check;

#[test]
fn references() {
    check("Hello $name!", "Hello World!");
    check("${name}s and $!name and $!{name}", "Worlds and World and World");
    check("$map.foo ${map.foo}s $map['foo'] $map[\"n\"]", "bar bars bar 2");
    check("$json.a.b[0] $json.a.b[-1] $json.a.b", "1 true [1,2.5,\"x\",null,true]");
    check("$list[1]$list.get(2)", "bc");
    check("$map.get(\"foo\").toUpperCase().substring(1)", "AR");
    check("$name.", "World.");
    check("$name.5 $name..", "World.5 World..");
}

#[test]
fn a_reference_to_nothing_renders_as_nothing() {
    check("[$missing][${missing.a.b}][$!missing][$missing.call()][$json.a.b[3]]", "[][][][][]");
    check("$name.nothing|$name.nothing()|$map.absent", "||");
}

#[test]
fn a_dollar_without_a_name_is_text() {
    check("$ $5 $$ $$name $! ${ $!{ $.x \"^a$\"", "$ $5 $$ $World $ ${ $!{ $.x \"^a$\"");
}

#[test]
fn a_hyphen_belongs_to_the_name() {
    check("$name-x|${name}-x", "|World-x");
    check("#set($a-b = 1)$a-b", "1");
}

#[test]
fn escapes() {
    check(r"\$name \\$name \\\$name", r"$name \World \$name");
    check(r"\${map.foo} \$!name", "${map.foo} $!name");
    check(r"\#if($name) \\#if(true)yes#end \#end", r"#if(World) \yes #end");
    check(r#"{"a": "\"$name\"", "b": "\n"}"#, r#"{"a": "\"World\"", "b": "\n"}"#);
    check(r"\#unknown \x", r"\#unknown \x");
}

#[test]
fn comments_and_raw_text() {
    check("a ## comment $name\nb", "a b");
    check("a #* one\ntwo #if *# b", "a  b");
    check("a #** doc *#b", "a b");
    check("#[[ $name #if ]]# $name", " $name #if  World");
}

#[test]
fn hashes_that_are_text() {
    check("#fff # #1 #foo #(a) ## gone", "#fff # #1 #foo #(a) ");
    check("#hello(world) #hello( $name )", "#hello(world) #hello( $name )");
    check("\"$ref\": \"#/definitions/A\"", "\"\": \"#/definitions/A\"");
}

#[test]
fn set_assigns_variables_properties_and_indexes() {
    check("#set($x = 5)$x", "5");
    check("#set( $x = \"a\" )#set($y = $x)$y", "a");
    check("#set($map.new = 1)$map.new$map", "1{foo=bar, n=2, new=1}");
    check("#set($map[\"k\"] = 'v')$map.k", "v");
    check("#set($list[0] = 'z')$list", "[z, b, c]");
    check("#set($x = {})#set($x.y = {})#set($x.y.z = 3)$x", "{y={z=3}}");
    check("#set($name = $missing)[$name]", "[]");
    check("#set($missing.a.b = 1)[$missing]", "[]");
    check("#{set}($x = 1)$x", "1");
}

#[test]
fn lists_and_maps_are_shared() {
    check("#set($a = [1])#set($b = $a)#set($q = $b.add(2))$a", "[1, 2]");
    check("#set($a = {})#set($b = $a)#set($q = $b.put('k', 1))$a.k", "1");
    check("$map.put('x', 1)|$map.put('x', 2)|$list.add('d')", "|1|true");
}

#[test]
fn conditions() {
    check("#if(true)a#end#if(false)b#end", "a");
    check("#if($missing)a#else b#end", " b");
    check("#if(false)a#{else}b#end", "b");
    check("#if(false)a#elseif($one == 1)b#elseif(true)c#else d#end", "b");
    check("#if(false)a#elseif(false)b#else#{if}(true)c#end#end", "c");
    check("#if($empty)true#end", "true");
    check("#set($zero = 0)#if($zero)true#end#set($none = [])#if($none)true#end", "truetrue");
    check("#if(0)a#end#if(5)b#end#if('text')c#end#if([1])d#end#if(1 + 1)e#end", "");
    check("#if(!5)a#end#if($one && 'text')b#end#if($one && $name)c#end", "ac");
    check("#if($null)a#{else}b#end", "b");
    check("#if(!$missing)none#end", "none");
}

#[test]
fn loops() {
    check("#foreach($x in $list)$x#end", "abc");
    check("#foreach($x in $list)$x#if($foreach.hasNext), #end#end", "a, b, c");
    check("#foreach($x in [1..3])$foreach.index$foreach.count$velocityCount #end", "011 122 233 ");
    check("#foreach($x in $list)#if($foreach.first)<#end$x#if($foreach.last)>#end#end", "<abc>");
    check("#foreach($v in $map)$v #end", "bar 2 ");
    check("#foreach($k in $map.keySet())$k=$map.get($k);#end", "foo=bar;n=2;");
    check("#foreach($e in $map.entrySet())$e.key=$e.value $e.getKey() $e;#end", "foo=bar foo foo=bar;n=2 n n=2;");
    check("#foreach($x in $missing)a#end|#foreach($x in [])a#end|#foreach($x in 'text')a#end", "||");
    check("#foreach($x in [1, 2])#foreach($y in [1, 2])$foreach.parent.index$foreach.index #end#end", "00 01 10 11 ");
    check("#set($x = 'before')#foreach($x in [1])$x#end$x$foreach.index", "1before");
    check("#foreach($x in [1..9])#if($x == 4)#break#end$x#end.", "123.");
    check("#foreach($x in [1..3])$x#if($velocityHasNext)-#end#end", "1-2-3");
    check("a#stop b", "a");
    check("#foreach($x in [1..3])$x#stop#end", "1");
}

#[test]
fn macros_and_blocks() {
    check("#macro(greet $who)Hi $who!#end#greet('you')#greet($name)", "Hi you!Hi World!");
    check("#greet('early')#macro(greet $who)<$who>#end", "<early>");
    check("#macro(pair $a $b)$a-#end#pair(1, 2)#pair(1 2)", "");
    check("#macro(pair $a $b)${a}-$b;#end#pair(1, 2)#pair(1 2)#pair(1)", "1-2;1-2;1-;");
    check("#set($a = 'out')#macro(m $a)$a#end#m('in')$a", "inout");
    check("#macro(count $n)$n#if($n > 0)#set($m = $n - 1)#count($m)#end#end#count(3)", "3210");
    check("#macro(box)[$!bodyContent]#end#@box()in $name#end", "[in World]");
    check("#define($block)<$x>#end#set($x = 1)$block#set($x = 2)$block", "<1><2>");
    check("#define($b)text#end#if($b == 'text')same#end#set($s = \"$b!\")$s", "sametext!");
}

#[test]
fn literals() {
    check("#set($x = 'single $name ''quoted''')$x", "single $name 'quoted'");
    check("#set($x = \"double $name \"\"quoted\"\"\")$x", "double World \"quoted\"");
    check("#set($x = \"$.path #1\")$x", "$.path #1");
    check("#set($x = \"#if($one == 1)yes#end\")$x", "yes");
    check("#set($x = \"\\u0041\\n\")$x", "A\\n");
    check("#set($x = [1, 'a', true, $missing, [2], {'k': 1.5}])$x", "[1, a, true, null, [2], {k=1.5}]");
    check("#set($x = {\"a\": 1, 'b' : [1], $name : 'w'})$x $x.World", "{a=1, b=[1], World=w} w");
    check("#set($x = [3..1])$x#set($y = [-1..1])$y", "[3, 2, 1][-1, 0, 1]");
    check("#set($x = [$one..3])$x.size()", "3");
    check("#set($x = 1.0)$x|#set($x = 1.5e10)$x|#set($x = .25)$x|#set($x = -3)$x", "1.0|1.5E10|0.25|-3");
    check("#set($x = {})$x#set($x = [])$x", "{}[]");
    check("#set($x = {\n  \"a\": 1,\n  \"b\": 2\n})$x", "{a=1, b=2}");
}

#[test]
fn arithmetic_is_java_s() {
    check("#set($x = 7 / 2)$x|#set($x = -7 / 2)$x|#set($x = 7 % 3)$x", "3|-3|1");
    check("#set($x = 7 / 2.0)$x|#set($x = 1 + 2 * 3)$x|#set($x = (1 + 2) * 3)$x", "3.5|7|9");
    check("#set($x = 10 - 2 - 3)$x|#set($x = 5 - 3)$x|#set($x = $one+1)$x", "5|2|2");
    check("#set($x = 1 / 0)[$x]#set($x = 'a' * 2)[$x]", "[][]");
    check("#set($x = 'a' + 1 + 2)$x|#set($x = 1 + 2 + 'a')$x|#set($x = 'a' + $missing)$x", "a12|3a|a$missing");
}

#[test]
fn comparison_and_logic() {
    let conditions = [
        ("1 == 1.0", true),
        ("1 == '1'", true),
        ("'a' == 'a' && 'a' != 'b'", true),
        ("$missing == $null", true),
        ("$missing == ''", true),
        ("$name == $null", false),
        ("[] == $null || [] == ''", false),
        ("[1, 2] == [1, 2]", true),
        ("{'a': 1} == {'a': 1}", true),
        ("$list == $list", true),
        ("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3", true),
        ("1 lt 2 and 2 le 2 and 3 gt 2 and 3 ge 3", true),
        ("1 eq 1 and 1 ne 2", true),
        ("not false", true),
        ("false or true", true),
        ("!(true && false)", true),
        ("'b' > 'a'", false),
        ("$missing > 1", false),
        ("true == 'true'", true),
        ("false && $x.y.z || true", true),
    ];
    for (condition, expected) in conditions {
        check(&format!("#if({condition})true#{{else}}false#end"), if expected { "true" } else { "false" });
    }
}

#[test]
fn a_directive_takes_the_rest_of_its_line() {
    check("a\n#set($x = 1)\nb", "a\nb");
    check("a  #set($x = 1)  b", "a    b");
    check("a\n  #set($x = 1)  \nb", "a\n  b");
    check("$name  #set($x = 1)  b", "World  b");
    check("#if(true)\n  #set($x = 1)\n  $x\n#end", "  1\n");
    check("#if(true)  \n  a\n#end\nb", "  a\nb");
    check("  #if(true)\n  a\n  #end\nb", "    a\n  b");
    check("#if(false)\na\n#else\nb\n#end\nc", "b\nc");
    check("#foreach($x in [1, 2])\n$x\n#end\nend", "1\n2\nend");
    check("#if(true)\r\na\r\n#end\r\nb", "a\r\nb");
    check("#macro(m)\nx\n#end\n#m()\ny", "x\ny");
    check("a ## note\n  b", "a   b");
    check("a\n#* note *#\nb", "a\n\nb");
    check("#end_of", "#end_of");
}

#[test]
fn what_is_no_template_is_refused_with_its_place() {
    check("a\n  #if($x)\nb", "refused: This #if has no #end. (line 2, column 3)");
    check("#foreach($x in $y) é #end #end", "refused: This #end closes nothing. (line 1, column 27)");
    check("#else", "refused: There is no #if for this #else. (line 1, column 1)");
    check("é #set($x 5)", "refused: #set needs an = after the reference. (line 1, column 11)");
    check("#set(5 = 5)", "refused: #set needs a reference to set, such as $name. (line 1, column 6)");
    check("#if $x", "refused: #if needs parentheses: #if( … ). (line 1, column 1)");
    check("#set($x = 5", "refused: The parenthesis of this #set is not closed here. (line 1, column 12)");
    check("#set($x = 'a)", "refused: This text is not closed with a quote. (line 1, column 11)");
    check(
        "#set($x = )",
        "refused: A value is expected here: a reference, a text in quotes, a number … (line 1, column 11)",
    );
    check(
        "#foreach($x $y)a#end",
        "refused: #foreach needs the word in between the item and the list. (line 1, column 13)",
    );
    check("${name", "refused: The reference ${name… is not closed with }. (line 1, column 1)");
    check("$name[1", "refused: This [ is not closed with ]. (line 1, column 6)");
    check("$name.call(1", "refused: The arguments of call are not closed with ). (line 1, column 11)");
    check("#[[ open", "refused: This raw text is not closed with ]]#. (line 1, column 1)");
    check("#parse('x.vm')", "refused: #parse is not available in mapping templates. (line 1, column 1)");
    check("#set($x = \"ab ${c\")", "refused: The reference ${c… is not closed with }. (line 1, column 15)");
    check(
        "#set($x = 5 -3)",
        "refused: Velocity takes this minus for the number's sign. Put a blank between them. (line 1, column 13)",
    );
    check(
        "$name.substring($one + 1)",
        "refused: Velocity does not calculate here (+). #set the result to a variable first. (line 1, column 22)",
    );
    check(
        "#set($x = null)",
        "refused: Velocity has no null. A reference that nothing sets, such as $null, is null. (line 1, column 11)",
    );
    check("#macro()a#end", "refused: #macro needs a name. (line 1, column 8)");
}
