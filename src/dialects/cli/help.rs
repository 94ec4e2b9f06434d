//! Pages of help, out of the table of operations.

use super::{globals, options::OUTFILE, pages};
use crate::{
    control_plane::{Location, MemberRow, MemberType, OPERATIONS, OperationRow, SERVICES, Service, of_service},
    text::kebab,
};
use std::fmt::Write as _;

/// Writes the page about `aws`, about a service, or about an operation.
pub(super) fn help(service: Option<&Service>, operation: Option<&OperationRow>) -> String {
    match (service, operation) {
        (_, Some(row)) => about(row),
        (Some(service), None) => {
            let names: Vec<String> =
                of_service(OPERATIONS, service).map(|row| format!("  o {}", row.cli_name())).collect();
            let (name, title) = (service.cli_name, service.title);
            format!(
                "{name}()\n\n{title}\n\nAVAILABLE COMMANDS\n\n{}\n\nSee also: aws {name} COMMAND help",
                names.join("\n")
            )
        }
        (None, None) => {
            let names = SERVICES.map(|service| service.cli_name);
            format!(
                "aws()\n\nSYNOPSIS\n\n  aws [options] {} COMMAND [parameters]\n\nAVAILABLE SERVICES\n\n  o {}\n\nGLOBAL OPTIONS\n\n{}\n\nSee also: aws {} help",
                names.join("|"),
                names.join("\n  o "),
                global(),
                names[0],
            )
        }
    }
}

fn global() -> String {
    let line = |(name, takes_value): (&str, bool)| format!("  --{name}{}", if takes_value { " (string)" } else { "" });
    globals::of_any().map(line).collect::<Vec<_>>().join("\n")
}

fn about(row: &OperationRow) -> String {
    let mut out =
        format!("{}()\n\nREQUEST\n\n  {} {}\n\nSYNOPSIS\n\n  {}\n", row.cli_name(), row.verb, row.uri, row.cli_name());
    for member in row.members {
        let _ = writeln!(out, "  {}", usage(member));
    }
    if row.answers_payload {
        let _ = writeln!(out, "  <{OUTFILE}>");
    }
    out.push_str("\nOPTIONS\n\n");
    for member in row.members {
        let required = if member.required { " [required]" } else { "" };
        let place = match member.location {
            Location::Uri => "in the URI",
            Location::Query => "in the query",
            Location::Body => "in the body",
            Location::Payload => "as the body",
        };
        let _ = writeln!(out, "  --{} ({}){required}, {place}", kebab(member.name), type_name(member.member_type));
        if let MemberType::Structure(members) | MemberType::StructureList(members) = member.member_type {
            let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
            let _ = writeln!(out, "      Shorthand: {}=…", names.join("=…,"));
        }
        if member.member_type == MemberType::PatchList {
            out.push_str("      Shorthand: op=add|remove|replace|move|copy|test,path=…,value=…,from=… …\n");
        }
    }
    if row.answers_payload {
        let _ = writeln!(out, "  {OUTFILE} (string) [required], the file that the answer's body is written into");
    }
    if pages::lists(row) {
        out.push_str("  --starting-token (string), where an answer before ended: its NextToken\n");
        out.push_str("  --page-size (integer), entries that are asked for at once\n");
        out.push_str("  --max-items (integer), entries that are shown\n");
    }
    let _ = write!(out, "\nGLOBAL OPTIONS\n\n{}", global());
    out
}

fn usage(member: &MemberRow) -> String {
    let name = kebab(member.name);
    let option = match member.member_type {
        MemberType::Boolean => format!("--{name} | --no-{name}"),
        _ => format!("--{name} <value>"),
    };
    if member.required { option } else { format!("[{option}]") }
}

fn type_name(member_type: MemberType) -> &'static str {
    match member_type {
        MemberType::Text => "string",
        MemberType::Boolean => "boolean",
        MemberType::Integer => "integer",
        MemberType::Double => "double",
        MemberType::TextList | MemberType::PatchList | MemberType::StructureList(_) => "list",
        MemberType::TextMap | MemberType::TextListMap | MemberType::BooleanMap | MemberType::StructureMap(_) => "map",
        MemberType::Structure(_) => "structure",
    }
}
