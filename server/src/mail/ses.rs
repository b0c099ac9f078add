//! Hands a mail over to Amazon SES.

use super::post::{Tried, Went};
use crate::app::App;
use crate::lines;
use crate::outgoing::{Outgoing, OutgoingError};
use frontdesk_connectors::email::ses::{self, Ses};
use frontdesk_connectors::email::{Account, Composed, Meaning};
use frontdesk_domain::Timestamp;

/// Sends.
pub(super) async fn send(app: &App, account: &Account, amazon: &Ses, mail: &Composed) -> Tried {
    let call = ses::send(amazon, secret(account), mail, app.db.now());
    match lines::make(&app.outgoing, call).await {
        Ok(answer) => match ses::read_sent(amazon, &answer) {
            Ok(known_as) => Tried::Went(Went::Whole { known_as }),
            Err(meaning @ Meaning::Broken { .. }) => Tried::NotLetIn(meaning),
            Err(meaning) => Tried::Went(Went::Not(meaning)),
        },
        Err(error @ OutgoingError::Refused(_)) => {
            Tried::NotLetIn(Meaning::broken(error.to_string()))
        }
        Err(error @ OutgoingError::Unreachable) => {
            Tried::NotLetIn(Meaning::later(error.to_string()))
        }
        Err(error) => {
            let why = format!("Amazon did not say whether it has the mail: {error}");
            Tried::Went(Went::Unheard { why })
        }
    }
}

/// Tries out whether we may send.
///
/// # Errors
/// What is wrong.
pub(super) async fn probe(
    client: &Outgoing,
    account: &Account,
    amazon: &Ses,
    now: Timestamp,
) -> Result<String, String> {
    let call = ses::ask(amazon, secret(account), now);
    let answer = lines::make(client, call).await;
    ses::read_account(&answer.map_err(|error| error.to_string())?)
}

fn secret(account: &Account) -> &str {
    account
        .secrets
        .ses_secret_key
        .as_deref()
        .unwrap_or_default()
}
