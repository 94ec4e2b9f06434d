//! One line for a person per change.

use super::{Change, ChangeKind, FieldChange, Part};

/// Values up to this length are quoted in a summary.
const SHORT: usize = 24;
/// So many changed members are named in a summary.
const NAMED: usize = 3;

impl Change {
    /// Returns the change in one line: `GET /users: response template 200 application/json changed`.
    pub fn summary(&self) -> String {
        let subject = &self.subject;
        let who = match subject.method {
            Some(verb) => format!("{verb} {}", subject.path),
            None if subject.part == Part::Settings => "API settings".into(),
            None => subject.path.clone(),
        };
        match (subject.part, self.kind) {
            (Part::Resource, _) => self.resource_summary(&who),
            (part, ChangeKind::Added) if part == Part::Method || part.is_beside() => format!("{who} added"),
            (part, ChangeKind::Removed) if part == Part::Method || part.is_beside() => format!("{who} removed"),
            (_, ChangeKind::Added) => format!("{who}: {} added", self.thing()),
            (_, ChangeKind::Removed) => format!("{who}: {} removed", self.thing()),
            (_, ChangeKind::Changed | ChangeKind::Moved) => self.member_summary(&who),
        }
    }

    fn resource_summary(&self, who: &str) -> String {
        let field = self.fields.first();
        let verbs = field.and_then(|f| f.after.as_ref().or(f.before.as_ref()));
        match (self.kind, verbs) {
            (ChangeKind::Added, Some(verbs)) => format!("{who} added with {verbs}"),
            (ChangeKind::Added, None) => format!("{who} added without methods"),
            (ChangeKind::Removed, Some(verbs)) => format!("{who} removed with {verbs}"),
            (ChangeKind::Removed, None) => format!("{who} removed"),
            _ => {
                let old = field.and_then(|f| f.before.as_deref()).unwrap_or_default();
                let parent = |path: &str| path.rfind('/').map(|at| path[..at].to_owned());
                let verb = if parent(old) == parent(who) { "renamed" } else { "moved" };
                format!("{old} {verb} to {who}")
            }
        }
    }

    fn member_summary(&self, who: &str) -> String {
        let part = self.subject.part;
        if let [field] = &self.fields[..] {
            let status = match part {
                Part::MethodResponse(status) | Part::IntegrationResponse(status) => format!(" {status}"),
                Part::Settings
                | Part::Model
                | Part::RequestValidator
                | Part::Authorizer
                | Part::GatewayResponse
                | Part::Resource
                | Part::Method
                | Part::Integration => String::new(),
            };
            let key = field.key.as_ref().map(|key| format!(" {key}")).unwrap_or_default();
            return format!("{who}: {}{status}{key} {}", label(part, field), field.verb());
        }
        let names: Vec<String> = self.fields.iter().take(NAMED).map(|f| f.label_with_key(part)).collect();
        let more = self.fields.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let thing =
            if part == Part::Settings || part.is_beside() { String::new() } else { format!(": {}", self.thing()) };
        format!("{who}{thing} changed ({}{more})", names.join(", "))
    }

    fn thing(&self) -> String {
        match self.subject.part {
            Part::Settings => "settings".into(),
            Part::Model => "model".into(),
            Part::RequestValidator => "request validator".into(),
            Part::Authorizer => "authorizer".into(),
            Part::GatewayResponse => "gateway response".into(),
            Part::Resource => "resource".into(),
            Part::Method => "method".into(),
            Part::MethodResponse(status) => format!("method response {status}"),
            Part::Integration => "integration".into(),
            Part::IntegrationResponse(status) => format!("integration response {status}"),
        }
    }
}

impl Part {
    /// Tells whether it stands beside the resources, with a name of its own.
    fn is_beside(self) -> bool {
        matches!(self, Self::Model | Self::RequestValidator | Self::Authorizer | Self::GatewayResponse)
    }
}

impl FieldChange {
    /// Returns the member's name in words: `response template` for an entry of `responseTemplates`.
    pub fn label(&self) -> String {
        let mut out = String::new();
        let mut in_capitals = false;
        for c in self.member.chars() {
            if c.is_ascii_uppercase() && !in_capitals {
                out.push(' ');
            }
            in_capitals = c.is_ascii_uppercase();
            out.push(c.to_ascii_lowercase());
        }
        if self.key.is_some() && out.ends_with('s') {
            out.pop();
        }
        let words: Vec<&str> = out.split(' ').map(|word| capitals(word).unwrap_or(word)).collect();
        words.join(" ")
    }

    fn label_with_key(&self, part: Part) -> String {
        match &self.key {
            Some(key) => format!("{} {key}", label(part, self)),
            None => label(part, self),
        }
    }

    fn verb(&self) -> String {
        let short = |text: &str| text.len() <= SHORT && !text.is_empty() && !text.contains('\n');
        match (&self.before, &self.after) {
            (None, _) if self.key.is_some() => "added".into(),
            (_, None) => "removed".into(),
            (None, Some(new)) if short(new) => format!("set to {new}"),
            (None, Some(_)) => "set".into(),
            (Some(old), Some(new)) if short(old) && short(new) => format!("changed from {old} to {new}"),
            _ => "changed".into(),
        }
    }
}

fn label(part: Part, field: &FieldChange) -> String {
    if part == Part::Integration && matches!(field.member, "type" | "requestParameters") {
        return format!("integration {}", field.label());
    }
    field.label()
}

fn capitals(word: &str) -> Option<&'static str> {
    Some(match word {
        "api" => "API",
        "arns" => "ARNs",
        "http" => "HTTP",
        "id" => "ID",
        "ids" => "IDs",
        "ip" => "IP",
        "tls" => "TLS",
        "ttl" => "TTL",
        "uri" => "URI",
        "vpc" => "VPC",
        _ => return None,
    })
}
