//! The resource policy of an API: who may call it.
//!
//! Documented: an explicit deny wins; without an authorizer, what is not allowed is denied; a Lambda authorizer is not asked about
//! what the policy denies. Callers are anonymous here and come over the internet: whatever a condition asks about networks and
//! principals is not there.

use super::{Call, Refusal, context::SOURCE_IP};
use crate::entities::GatewayResponseType;
use serde_json::Value;

/// The verdict of a policy on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A statement allows it, and none denies it.
    Allowed,
    /// No statement is about it.
    Silent,
    /// A statement denies it.
    Denied,
    /// A statement has a condition that is not simulated.
    Unknown(String),
}

/// Returns what a policy says about a request.
pub(super) fn judge(policy: &str, call: &Call<'_>) -> Verdict {
    judge_for(&serde_json::from_str(policy).unwrap_or_default(), call, concerns_everybody)
}

/// Returns what the policy that an authorizer gives a caller says about a request: it is about that caller, and names no principal.
pub(super) fn judge_own(policy: &Value, call: &Call<'_>) -> Verdict {
    judge_for(policy, call, |_| true)
}

fn judge_for(policy: &Value, call: &Call<'_>, concerns: fn(&Value) -> bool) -> Verdict {
    let resource = arn(call, call.place.account_id.as_str());
    let (mut allowed, mut may_deny, mut may_allow) = (false, None, None);
    for statement in list(&policy["Statement"]) {
        let denies = statement["Effect"] == "Deny";
        match applies(statement, &resource, call, concerns) {
            Ok(false) => {}
            Ok(true) if denies => return Verdict::Denied,
            Ok(true) => allowed = true,
            Err(operator) => {
                let unknown = if denies { &mut may_deny } else { &mut may_allow };
                unknown.get_or_insert(operator);
            }
        }
    }
    // What is not simulated counts only where it would decide: a denial wins, and one permission is enough.
    match (may_deny, may_allow) {
        (Some(operator), _) => Verdict::Unknown(operator),
        (None, Some(operator)) if !allowed => Verdict::Unknown(operator),
        _ if allowed => Verdict::Allowed,
        _ => Verdict::Silent,
    }
}

/// Returns the 403 in AWS's words; of the account only the last digits are told (reported).
pub(super) fn refusal(call: &Call<'_>, is_explicit: bool) -> Refusal {
    let account = call.place.account_id.as_str();
    let masked = format!("********{}", account.get(8..).unwrap_or_default());
    let end = if is_explicit { " with an explicit deny" } else { "" };
    let message = format!(
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: {}{end}",
        arn(call, &masked)
    );
    Refusal { kind: GatewayResponseType::AccessDenied, message: Some(message.into()), detail: None }
}

/// Returns the ARN of what is called.
pub(super) fn arn(call: &Call<'_>, account: &str) -> String {
    let region = &call.place.region;
    let (partition, verb) = (region.partition().as_str(), call.verb().0);
    format!("arn:{partition}:execute-api:{region}:{account}:{}/{}/{verb}{}", call.api_id, call.stage, call.path)
}

/// Tells whether a statement is about a request; the operator of a condition that is not simulated otherwise.
fn applies(statement: &Value, resource: &str, call: &Call<'_>, concerns: fn(&Value) -> bool) -> Result<bool, String> {
    let is_about = names(statement, "Action", |pattern| like(&pattern.to_lowercase(), "execute-api:invoke"))
        && names(statement, "Resource", |pattern| like(pattern, resource))
        && concerns(statement);
    if !is_about {
        return Ok(false);
    }
    let conditions = statement["Condition"].as_object().into_iter().flatten();
    for (operator, keys) in conditions {
        for (key, wanted) in keys.as_object().into_iter().flatten() {
            if !holds(operator, &value(key, call), wanted)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Tells whether a member names something, or the member `Not…` does not.
fn names(statement: &Value, member: &str, fits: impl Fn(&str) -> bool) -> bool {
    let any = |value: &Value| list(value).iter().filter_map(Value::as_str).any(&fits);
    match statement.get(format!("Not{member}")) {
        Some(others) => !any(others),
        None => any(&statement[member]),
    }
}

/// Tells whether an anonymous caller is among the principals: named ones are somebody else.
fn concerns_everybody(statement: &Value) -> bool {
    let everybody = |value: &Value| list(value).iter().any(|name| name == "*");
    let among = |principal: &Value| everybody(principal) || everybody(&principal["AWS"]);
    match statement.get("NotPrincipal") {
        Some(others) => !among(others),
        None => among(&statement["Principal"]),
    }
}

/// Returns what a condition's key is worth for a request; the names of keys do not depend on case.
fn value(key: &str, call: &Call<'_>) -> Option<String> {
    match key.to_ascii_lowercase().as_str() {
        "aws:sourceip" => Some(SOURCE_IP.to_owned()),
        "aws:securetransport" => Some("true".to_owned()),
        "aws:useragent" => call.request.header("user-agent").map(str::to_owned),
        "aws:referer" => call.request.header("referer").map(str::to_owned),
        _ => None,
    }
}

/// Tells whether a condition holds. Where the request has no such value, one that is negated or ends in `IfExists` does.
fn holds(operator: &str, value: &Option<String>, wanted: &Value) -> Result<bool, String> {
    let texts: Vec<String> =
        list(wanted).iter().map(|text| text.as_str().map_or(text.to_string(), str::to_owned)).collect();
    if operator == "Null" {
        return Ok(texts.iter().any(|text| (text == "true") == value.is_none()));
    }
    let (base, may_lack) = operator.strip_suffix("IfExists").map_or((operator, false), |base| (base, true));
    let (positive, fits): (bool, fn(&str, &str) -> bool) = match base {
        "IpAddress" => (true, within),
        "NotIpAddress" => (false, within),
        "StringEquals" | "Bool" => (true, str::eq),
        "StringNotEquals" => (false, str::eq),
        "StringEqualsIgnoreCase" => (true, str::eq_ignore_ascii_case),
        "StringNotEqualsIgnoreCase" => (false, str::eq_ignore_ascii_case),
        "StringLike" | "ArnLike" | "ArnEquals" => (true, like),
        "StringNotLike" | "ArnNotLike" | "ArnNotEquals" => (false, like),
        _ => return Err(operator.to_owned()),
    };
    Ok(match value {
        None => may_lack || !positive,
        Some(value) => texts.iter().any(|text| fits(text, value)) == positive,
    })
}

/// Tells whether an address is in a range like `192.0.2.0/24`.
fn within(range: &str, address: &str) -> bool {
    let (start, bits) = range.split_once('/').unwrap_or((range, "32"));
    let (Some(start), Some(address), Ok(bits)) = (number(start), number(address), bits.parse::<u32>()) else {
        return false;
    };
    let Some(rest) = 32_u32.checked_sub(bits) else { return false };
    let mask = u32::MAX.checked_shl(rest).unwrap_or(0);
    start & mask == address & mask
}

/// Returns an IPv4 address as a number.
fn number(address: &str) -> Option<u32> {
    let parts: Option<Vec<u8>> = address.split('.').map(|part| part.parse().ok()).collect();
    let bytes: [u8; 4] = parts?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes))
}

/// Tells whether a text fits a pattern with `*` for anything and `?` for one character.
fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star) = (0, 0, None);
    while let Some(given) = text.get(t) {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == given => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    (p, t) = (at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p.min(pattern.len())..].iter().all(|rest| *rest == '*')
}

/// Returns a list, or the one thing that stands for a list of it.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}
