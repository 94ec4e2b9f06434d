//! Java's methods on texts, lists, maps and numbers.

use super::check;

#[test]
fn text_methods() {
    let table = [
        ("'Hello'.length()", "5"),
        ("'Hello'.substring(1)|$t.substring(1, 3)", "ello|el"),
        ("'a😀b'.length()|$u.substring(3)|$u.indexOf('b')", "4|b|3"),
        ("'Hello'.indexOf('l')|$t.lastIndexOf('l')|$t.indexOf('z')|$t.indexOf('l', 3)", "2|3|-1|3"),
        ("'Hello'.contains('ell')|$t.startsWith('He')|$t.endsWith('x')", "true|true|false"),
        ("'Hello'.equals('Hello')|$t.equals('hello')|$t.equalsIgnoreCase('hello')", "true|false|true"),
        ("'Hello'.toLowerCase()|$t.toUpperCase()", "hello|HELLO"),
        ("' a '.trim()|", "a|"),
        ("'Hello'.replace('l', 'L')|$t.replace('', '-')", "HeLLo|-H-e-l-l-o-"),
        ("'Hello'.concat('!')|$t.charAt(1)|$t.toString()", "Hello!|e|Hello"),
        ("''.isEmpty()|$t.isEmpty()|$t.empty", "true|false|false"),
    ];
    for (methods, expected) in table {
        let (first, rest) = methods.split_once('|').unwrap_or((methods, ""));
        let (text, call) = first.rsplit_once("'.").unwrap_or((first, ""));
        let bar = if methods.contains('|') { "|" } else { "" };
        let template = format!("#set($t = 'Hello')#set($u = 'a😀b')#set($s = {text}')$s.{call}{bar}{rest}");
        check(&template, expected);
    }
}

#[test]
fn regular_expressions() {
    check(r#"#set($t = "it\'s")$t.replaceAll("\\'", "'")"#, "it's");
    check("$name.replaceAll('[aeiou]', '*')|$name.replaceFirst('[lo]', '0')", "W*rld|W0rld");
    check("$name.replaceAll('(.)o(.)', '$2o$1')", "roWld");
    check("$name.replaceAll('o', '\\$')", "W$rld");
    check("$name.matches('W.*')|$name.matches('orl')|$name.matches('(?i)world')", "true|false|true");
    check("#set($t = 'a,b,,c,,')$t.split(',')|$t.split(',').size()|$t.split(',', -1).size()", "[a, b, , c]|4|6");
    check("#set($t = 'a1b22c')$t.split('[0-9]+')|$t.split('[0-9]+', 2)", "[a, b, c]|[a, b22c]");
    check("#set($t = 'abc')$t.split('')|$t.split('x')|$empty.split(',').size()", "[a, b, c]|[abc]|1");
    check("#set($t = 'a.b')$t.split('\\.')|$t.replaceAll('\\Q.\\E', '-')", "[a, b]|a-b");
    check(
        "$name.replaceAll('(', '')",
        "stopped: The regular expression \"(\" can't be used: found open group without closing ')'. (line 1, column 7)",
    );
    check(
        "$name.replaceAll('o', '$1')",
        "stopped: The replacement names group 1, which is not there. (line 1, column 7)",
    );
}

#[test]
fn list_methods() {
    check("$list.size()|$list.isEmpty()|$list.empty|$list.contains('b')|$list.indexOf('c')", "3|false|false|true|2");
    check("$list.remove(0)|$list.remove('c')|$list.remove('z')|$list", "a|true|false|[b]");
    check("$list.set(1, 'x')|$list.subList(1, 3)|$list.add(0, 'n')|$list", "b|[x, c]||[n, a, x, c]");
    check("$list.addAll(['d', 'e'])|$list.addAll($list)|$list.size()", "true|true|10");
    check("$list.clear()|$list|$list.containsAll([])", "|[]|true");
    check("$list.get(3)", "stopped: There is no index 3 in a list of 3. (line 1, column 7)");
    check("$list[3]", "stopped: There is no index 3 in a list of 3. (line 1, column 6)");
}

#[test]
fn map_methods() {
    check("$map.size()|$map.isEmpty()|$map.containsKey('foo')|$map.containsValue(2)", "2|false|true|true");
    check("$map.keySet()|$map.values()|$map.entrySet()", "[foo, n]|[bar, 2]|[foo=bar, n=2]");
    check("$map.remove('foo')|$map|$map.get('foo')", "bar|{n=2}|");
    check("$map.putAll({'x': 1})|$map.putIfAbsent('x', 2)|$map.getOrDefault('y', 3)|$map", "|1|3|{foo=bar, n=2, x=1}");
    check("$map.keySet().contains('foo')|$map.clear()|$map", "true||{}");
    let many = "#set($m = {})#foreach($i in [1..40])#set($m[\"k$i\"] = $i)#end";
    check(&format!("{many}$m.size() $m.k1 $m.k40 $m.remove('k20') $m.k21 $m.size()"), "40 1 40 20 21 39");
}

#[test]
fn number_methods() {
    check("$one.toString()|$one.intValue()|$one.doubleValue()|$one.equals(1)|$one.equals('1')", "1|1|1.0|true|false");
    check("#set($Integer = 0)$Integer.parseInt('12')", "12");
    check("$one.parseInt('twelve')", "stopped: \"twelve\" is not a whole number. (line 1, column 6)");
}

#[test]
fn a_method_that_java_would_throw_from_stops_the_template() {
    check("a\n $name.substring(9)", "stopped: There is no part from 9 to 5 in a text of length 5. (line 2, column 8)");
    check("$name.substring(-1, 2)", "stopped: There is no part from -1 to 2 in a text of length 5. (line 1, column 7)");
    check("$name.contains($missing)", "stopped: contains was given null. (line 1, column 7)");
}
