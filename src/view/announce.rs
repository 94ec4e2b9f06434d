//! The announcements of changes for a screen reader.

use crate::{
    diagram,
    entities::{RestApi, Workspace},
    history::{Act, Session, summary},
};

/// Returns what was done last, in a sentence, and what the map shows differently than before: at the moment `from`, when
/// the API that is shown was `before`. `None` while nothing was done.
pub fn change(session: &Session, from: usize, before: Option<&RestApi>, after: Option<&RestApi>) -> Option<String> {
    let operation = session.entries().last()?;
    let text = summary(&operation.record.act, session.at(from), &operation.after);
    let changes = match (before, after) {
        (Some(before), Some(after)) => {
            let facts = |api: &RestApi, of: &Workspace| diagram::facts(api, &of.place, &of.account);
            diagram::announce(&facts(before, session.at(from)), &facts(after, session.present()))
        }
        _ => Vec::new(),
    };
    Some(match (changes.is_empty(), &operation.record.act) {
        (false, _) => format!("{text}. {}", changes.join(" ")),
        (true, Act::Restored { .. }) => format!("{text}."),
        (true, Act::Command(_) | Act::Moved(_)) => text,
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::change;
    use crate::{control_plane::deployments::CreateDeployment, entities::Timestamp, env::Env, sample};

    #[test]
    fn what_was_done_is_said_with_what_the_map_shows_then() {
        let mut session = sample::session(Env::new(1, Timestamp(1_700_000_000_000))).expect("BUG: the sample");
        let api = |session: &crate::history::Session| session.present().rest_apis.values().next().cloned();
        let (before, from) = (api(&session).expect("BUG: an API"), session.entries().len());
        session.execute(CreateDeployment::new(before.id.as_str(), Some("dev".to_owned()))).expect("BUG: it deploys");
        let after = api(&session);
        let said = change(&session, from, Some(&before), after.as_deref()).expect("BUG: something was done");
        assert_eq!(said, "Deployed D1 to dev. Deployment D1 was made. Stage dev was created and points at D1.");
        let alone = change(&session, from, None, None).expect("BUG: something was done");
        assert_eq!(alone, "Deployed D1 to dev");

        let from = session.entries().len();
        assert!(session.undo());
        let undone = change(&session, from, after.as_deref(), Some(&before)).expect("BUG: it was undone");
        assert!(undone.ends_with('.') && !undone.contains(".."), "{undone}");
    }
}
