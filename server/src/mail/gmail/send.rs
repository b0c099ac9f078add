//! Hands a mail over to Google. Where the answer is lost it is looked up whether Google has the mail.

use super::ask::{Mailbox, SHORT, Unanswered};
use crate::mail::post::{Tried, Went};
use frontdesk_connectors::email::gmail::{letter, mailbox};
use frontdesk_connectors::email::{Composed, Meaning};

/// Sends. `thread` is Google's name of the thread it answers in.
pub(in crate::mail) async fn send(
    via: &Mailbox<'_>,
    mail: &Composed,
    thread: Option<&str>,
) -> Tried {
    match via.ask(letter::send(via.google, mail, thread), SHORT).await {
        Ok(answer) => {
            let named = match letter::taken(&answer) {
                Some(id) => named(via, &id, mail).await,
                None => None,
            };
            Tried::Went(Went::Whole {
                known_as: named.into_iter().collect(),
            })
        }
        Err(Unanswered::Unasked(meaning)) => Tried::NotLetIn(meaning),
        // The thread is gone; the mail needs none.
        Err(Unanswered::Gone) if thread.is_some() => Box::pin(send(via, mail, None)).await,
        Err(Unanswered::Gone) => Tried::Went(Went::Not(Meaning::later("Google lost it"))),
        Err(Unanswered::Said(meaning @ Meaning::Later { .. })) => {
            look_up(via, mail, Went::Not(meaning)).await
        }
        Err(Unanswered::Said(meaning)) => Tried::Went(Went::Not(meaning)),
        Err(Unanswered::Unheard(why)) => {
            let why = format!("Google did not say whether it has the mail: {why}");
            look_up(via, mail, Went::Unheard { why }).await
        }
        Err(Unanswered::TooLarge) => {
            let why = "Google's answer to it is too large".to_owned();
            look_up(via, mail, Went::Unheard { why }).await
        }
    }
}

/// What came of a mail that Google perhaps has; `otherwise` where it is not there.
async fn look_up(via: &Mailbox<'_>, mail: &Composed, otherwise: Went) -> Tried {
    let call = mailbox::named(via.google, &mail.mail_id);
    let found = match via.ask(call, SHORT).await {
        Ok(answer) => mailbox::read_list(&answer).is_some_and(|page| !page.ids.is_empty()),
        // What cannot be looked up stays as it is.
        Err(_) => false,
    };
    Tried::Went(if found {
        Went::Whole {
            known_as: Vec::new(),
        }
    } else {
        otherwise
    })
}

/// The Message-ID that Google sent it under, where that is not ours.
async fn named(via: &Mailbox<'_>, id: &str, mail: &Composed) -> Option<String> {
    let call = mailbox::header(via.google, id, Some("Message-ID"));
    match via.ask(call, SHORT).await {
        Ok(answer) => {
            let header = mailbox::read_header(&answer)?;
            header.mail_id.filter(|it| *it != mail.mail_id)
        }
        Err(unanswered) => {
            let connection = via.connection.id;
            tracing::warn!(%connection, ?unanswered, "Google did not say what it calls a mail");
            None
        }
    }
}
