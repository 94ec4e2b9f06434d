//! The mapping template that `GetModelTemplate` writes for a schema: sample values where the schema has values.
//!
//! The forms for an empty object and for numbers are documented, those for lists as the console writes them (reported); the
//! rest is assumed after them.

use serde_json::Value;

/// How deep a template may nest, and how often a reference is followed.
const DEPTH: usize = 12;

/// Finds the schema that a reference names.
type Resolve<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// Writes the template.
pub(super) fn write(schema: &Value, of_model: Resolve<'_>) -> String {
    let mut writer = Writer { root: schema, of_model, out: "#set($inputRoot = $input.path('$'))\n".to_owned() };
    writer.value(schema, "$inputRoot", 0, 0);
    writer.out
}

struct Writer<'a> {
    root: &'a Value,
    of_model: Resolve<'a>,
    out: String,
}

impl Writer<'_> {
    fn value(&mut self, schema: &Value, from: &str, indent: usize, depth: usize) {
        if depth > DEPTH {
            return self.out.push_str("{ }");
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let found = crate::schema::local(self.root, reference).cloned().or_else(|| (self.of_model)(reference));
            return match found {
                Some(found) => self.value(&found, from, indent, depth + 1),
                None => self.out.push_str("{ }"),
            };
        }
        let named = schema.get("type").and_then(Value::as_str);
        match named.unwrap_or(if schema.get("items").is_some() { "array" } else { "object" }) {
            "array" => self.list(schema, from, indent, depth),
            "object" => self.object(schema, from, indent, depth),
            "string" => self.out.push_str("\"foo\""),
            "number" => self.out.push_str("3.1415"),
            "integer" => self.out.push_str("42"),
            "boolean" => self.out.push_str("true"),
            _ => self.out.push_str("null"),
        }
    }

    fn object(&mut self, schema: &Value, from: &str, indent: usize, depth: usize) {
        let properties = schema.get("properties").and_then(Value::as_object).filter(|p| !p.is_empty());
        let Some(properties) = properties else { return self.out.push_str("{ }") };
        self.out.push('{');
        for (at, (name, property)) in properties.iter().enumerate() {
            self.out.push_str(if at == 0 { "\n" } else { ",\n" });
            self.out.push_str(&" ".repeat(indent + 2));
            self.out.push_str(&Value::from(name.as_str()).to_string());
            self.out.push_str(" : ");
            self.value(property, &format!("{from}.{name}"), indent + 2, depth + 1);
        }
        self.out.push('\n');
        self.out.push_str(&" ".repeat(indent));
        self.out.push('}');
    }

    fn list(&mut self, schema: &Value, from: &str, indent: usize, depth: usize) {
        self.out.push_str("[\n##TODO: Update this foreach loop to reference array from input json\n#foreach($elem in ");
        self.out.push_str(from);
        self.out.push_str(")\n ");
        self.out.push_str(&" ".repeat(indent));
        match schema.get("items") {
            Some(items) => self.value(items, "$elem", indent, depth + 1),
            None => self.out.push_str("{ }"),
        }
        self.out.push_str(" \n#if($foreach.hasNext),#end\n#end\n");
        self.out.push_str(&" ".repeat(indent));
        self.out.push(']');
    }
}
