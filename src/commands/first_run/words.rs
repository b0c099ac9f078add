//! What went wrong, in the words of the first run.

use crate::error::Error;
use crate::net::api::ApiError;
use crate::output::with_causes;
use frontdesk_ui::first_run::Problem;

/// An error as the agent reads it.
pub(super) fn of(error: &Error) -> Problem {
    let todo = match error {
        Error::Api(ApiError::Offline(_)) => {
            "Check the address, and that the server runs.".to_owned()
        }
        error => error.hint().map(|hint| sentence(&hint)).unwrap_or_default(),
    };
    Problem {
        what: sentence(&with_causes(error)),
        todo,
    }
}

/// What was said to a mail address and a password.
pub(super) fn of_sign_in(error: ApiError) -> Problem {
    match error {
        ApiError::NotAuthenticated => Problem {
            what: "This address and this password do not belong together.".to_owned(),
            todo: "Type the password again; capital letters count.".to_owned(),
        },
        error => of(&Error::Api(error)),
    }
}

/// What stands behind an address.
pub(super) fn of_server(address: &str, error: ApiError) -> Problem {
    match error {
        ApiError::NotFound
        | ApiError::Unreadable(_)
        | ApiError::Refused(_)
        | ApiError::TooLarge => Problem {
            what: format!("Something answers at {address}, and it is no Frontdesk server."),
            todo: "Check the address and its port.".to_owned(),
        },
        error => of(&Error::Api(error)),
    }
}

pub(super) fn not_an_address() -> Problem {
    Problem {
        what: "That is not the address of a server.".to_owned(),
        todo: "Try one such as https://desk.example.com, without a path.".to_owned(),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    let text: String = first.into_iter().flatten().chain(letters).collect();
    if text.ends_with('.') {
        text
    } else {
        format!("{text}.")
    }
}
