//! What comes back from outside. An answer that nobody waits for any more is let go.

use super::{Asking, FirstRun, Problem, Server, SignInField, Step, Wish};

pub(super) fn server(run: &mut FirstRun, answer: Result<Server, Problem>) -> Vec<Wish> {
    if run.asking != Asking::Server {
        return Vec::new();
    }
    run.asking = Asking::Nobody;
    match answer {
        Ok(server) => {
            run.checked = Some(server);
            run.step = Step::SignIn;
        }
        Err(problem) => run.problem = Some(problem),
    }
    Vec::new()
}

pub(super) fn signed_in(run: &mut FirstRun, answer: Result<String, Problem>) -> Vec<Wish> {
    if run.asking != Asking::SignIn {
        return Vec::new();
    }
    run.asking = Asking::Nobody;
    run.password.field().clear();
    match answer {
        Ok(email) => {
            run.signed = Some(email);
            run.step = Step::Look;
        }
        Err(problem) => {
            run.at = SignInField::Password;
            run.problem = Some(problem);
        }
    }
    Vec::new()
}

pub(super) fn kept(run: &mut FirstRun, answer: Result<(), Problem>) -> Vec<Wish> {
    if run.asking != Asking::Keep {
        return Vec::new();
    }
    run.asking = Asking::Nobody;
    match answer {
        Ok(()) => run.step = Step::Sync,
        Err(problem) => run.problem = Some(problem),
    }
    Vec::new()
}
