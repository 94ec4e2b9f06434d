//! The renderings that Apache Velocity 1.7 itself made of 660 templates, written by hand and at random.
//!
//! Each line of the file is `[template, output]`, the output `null` where Velocity refuses the template or throws. It
//! ran with the variables of [`scope`](super::scope) (without `$json`), with `directive.set.null.allowed`, and with a
//! handler that inserts null references as empty text, as API Gateway does.

use super::scope;
use crate::vtl::{Limits, Template};

#[test]
fn templates_render_as_velocity_1_7_renders_them() {
    let mut rows = 0;
    for line in include_str!("velocity-1.7.jsonl").lines() {
        let (template, expected): (String, Option<String>) = serde_json::from_str(line).expect("a row is a pair");
        let rendered =
            Template::parse(&template).ok().and_then(|parsed| parsed.render(&scope(), &Limits::default()).ok());
        assert_eq!(rendered, expected, "{template}");
        rows += 1;
    }
    assert_eq!(rows, 660);
}
