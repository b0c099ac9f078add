//! Keys of the first run: the same in every step.

use super::{Asking, FirstRun, Problem, SignInField, Step, Wish};
use crate::key::{Code, Key};
use crate::model::field::{Field, Taken};

pub(super) fn key(run: &mut FirstRun, key: Key) -> Vec<Wish> {
    match (key.ctrl, key.code) {
        (true, Code::Char('c' | 'q')) => return vec![Wish::Leave],
        (_, Code::Esc) => return back(run),
        (_, Code::Tab) if key.shift && run.at == SignInField::Email => return back(run),
        _ => {}
    }
    // While an answer is awaited nothing may change what was asked.
    if run.asking != Asking::Nobody {
        return Vec::new();
    }
    match (key.code, run.step) {
        (Code::Enter, _) => enter(run),
        (Code::Tab | Code::Down | Code::Up, Step::SignIn) => {
            run.at = match run.at {
                SignInField::Email => SignInField::Password,
                SignInField::Password => SignInField::Email,
            };
            Vec::new()
        }
        (_, Step::Look) => match run.looks.key(key) {
            Taken::Changed => vec![Wish::Show(run.looks.chosen.clone())],
            Taken::Moved | Taken::NotMine => Vec::new(),
        },
        _ => {
            if field(run).is_some_and(|field| field.key(key) == Taken::Changed) {
                run.problem = None;
            }
            Vec::new()
        }
    }
}

pub(super) fn paste(run: &mut FirstRun, text: &str) -> Vec<Wish> {
    if run.asking == Asking::Nobody
        && let Some(field) = field(run)
    {
        field.insert(text.trim());
        run.problem = None;
    }
    Vec::new()
}

/// The field that is typed into.
fn field(run: &mut FirstRun) -> Option<&mut Field> {
    match (run.step, run.at) {
        (Step::Server, _) => Some(&mut run.server),
        (Step::SignIn, SignInField::Email) => Some(&mut run.email),
        (Step::SignIn, SignInField::Password) => Some(run.password.field()),
        (Step::Look | Step::Sync, _) => None,
    }
}

/// One step back, which also stops waiting for an answer.
fn back(run: &mut FirstRun) -> Vec<Wish> {
    run.problem = None;
    if run.asking == Asking::Keep {
        return Vec::new();
    }
    if run.asking != Asking::Nobody {
        run.asking = Asking::Nobody;
        return Vec::new();
    }
    run.step = match run.step {
        Step::Server | Step::SignIn => Step::Server,
        Step::Look => Step::SignIn,
        Step::Sync => Step::Sync,
    };
    run.at = SignInField::Email;
    Vec::new()
}

fn enter(run: &mut FirstRun) -> Vec<Wish> {
    match run.step {
        Step::Server => check(run),
        Step::SignIn => sign_in(run),
        Step::Look => {
            run.asking = Asking::Keep;
            run.problem = None;
            vec![Wish::Keep(run.looks.chosen.clone())]
        }
        Step::Sync => Vec::new(),
    }
}

/// Asks what stands behind the address.
pub(super) fn check(run: &mut FirstRun) -> Vec<Wish> {
    let typed = run.server.text().trim().to_owned();
    let address = if typed.is_empty() {
        run.server = Field::of(&run.usual);
        run.usual.clone()
    } else {
        typed
    };
    run.checked = None;
    run.signed = None;
    run.problem = None;
    run.asking = Asking::Server;
    vec![Wish::Check(address)]
}

fn sign_in(run: &mut FirstRun) -> Vec<Wish> {
    let email = run.email.text().trim().to_owned();
    if email.is_empty() {
        run.at = SignInField::Email;
        run.problem = Some(Problem {
            what: "Your mail address is missing.".to_owned(),
            todo: String::new(),
        });
        return Vec::new();
    }
    if run.password.is_empty() && run.signed.as_ref() == Some(&email) {
        run.step = Step::Look;
        return Vec::new();
    }
    if run.password.is_empty() {
        // Enter after the address goes on to the password; a second one says what is missing.
        if run.at == SignInField::Password {
            run.problem = Some(Problem {
                what: "Your password is missing.".to_owned(),
                todo: String::new(),
            });
        }
        run.at = SignInField::Password;
        return Vec::new();
    }
    let Some(server) = run.checked.as_ref().map(|it| it.origin.clone()) else {
        run.step = Step::Server;
        return Vec::new();
    };
    run.problem = None;
    run.asking = Asking::SignIn;
    vec![Wish::SignIn {
        server,
        email,
        password: run.password.hidden(),
    }]
}
