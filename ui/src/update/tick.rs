//! A moment has come that somebody waited for.

use super::{Effects, compose, kept, server_search, thread};
use crate::model::Model;

/// Lets go of what has been shown long enough, and does what was put off until now.
pub(super) fn tick(model: &mut Model) -> Effects {
    let now = model.now;
    model.toasts.pass(now);
    model.presence.pass(now);
    model.writings.pass(now);
    let mut effects = thread::show_in_time(model);
    effects.extend(thread::read_in_time(model));
    effects.extend(compose::save_in_time(model));
    effects.extend(kept::count_in_time(model));
    effects.extend(server_search::in_time(model));
    effects
}
