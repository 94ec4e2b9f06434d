//! Sends the requests of forms about one method.

pub(crate) use crate::view::requests::{MethodAt, variables};
use crate::{
    control_plane::{ApiError, Command},
    entities::Method,
    ui::{State, Store},
};
use std::rc::Rc;

impl MethodAt {
    /// Returns the method, when it is there.
    pub(crate) fn find<'a>(&self, state: &'a State) -> Option<&'a Rc<Method>> {
        state.present().api(&self.api)?.config.method(&self.resource, self.verb)
    }
}

/// Sends one request as a step of its own.
pub(crate) fn send(store: &Store, command: Command) -> Result<(), ApiError> {
    store.execute(command).map(|_| ())
}

/// Sends several requests as one step: all of them or none.
pub(crate) fn send_all(store: &Store, commands: Vec<Command>) -> Result<(), ApiError> {
    store.transact(|transaction| {
        for command in commands {
            transaction.execute(command)?;
        }
        Ok(())
    })
}
