//! A report about a mail that was sent: it bounced, it waits, somebody complained. It is shown on the
//! message it speaks of, and counts only where that message is ours.

use super::quarantine::Why;
use super::{Came, Ingested, Means, Taken};
use crate::failure::Outcome;
use frontdesk_connectors::email::{Action, Recipient, Report};
use frontdesk_db::Unit;
use frontdesk_db::queries::messages::{self, outgoing};
use frontdesk_db::queries::{events, mails};
use frontdesk_domain::line::moves_on;
use frontdesk_domain::message::Delivery;
use frontdesk_domain::{AccountId, DeliveryState, EventDraft, EventKind, MailDirection, MessageId};

/// The most bytes of a reason that are shown.
const LONGEST_REASON: usize = 500;

pub(super) async fn take(means: Means<'_>, came: &Came, told: &Report) -> Outcome<Taken> {
    let account_id = came.connection.account_id;
    let told = told.clone();
    let shown = means
        .db()
        .write(account_id, move |unit| show(unit, account_id, &told))
        .await?;
    Ok(if shown {
        Taken::Done(Ingested::Reported)
    } else {
        Taken::Stuck(Why::not_ours())
    })
}

/// Shows a report on the messages it speaks of; `false` where none is ours.
pub(crate) fn show(unit: &mut Unit<'_>, account_id: AccountId, told: &Report) -> Outcome<bool> {
    let (Report::Delivery { about, .. } | Report::Complaint { about, .. }) = told;
    let Some(mail_id) = about else {
        return Ok(false);
    };
    let ours = mails::of_mail_id(unit.conn(), account_id, mail_id, MailDirection::Out)?;
    for id in &ours {
        on(unit, account_id, *id, told)?;
    }
    Ok(!ours.is_empty())
}

fn on(unit: &mut Unit<'_>, account_id: AccountId, id: MessageId, told: &Report) -> Outcome<()> {
    let Some(view) = messages::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let (known, conversation_id) = (view.message.delivery, view.message.conversation_id);
    let Some(next) = after(&known, told) else {
        return Ok(());
    };
    outgoing::set(unit, account_id, id, next.state, next.reason.as_ref())?;
    let event = EventDraft::within(EventKind::MessageUpdated, conversation_id, id.0);
    events::emit(unit, account_id, None, event)?;
    Ok(())
}

/// What a message's delivery is after a report; `None` where that changes nothing.
fn after(known: &Delivery, told: &Report) -> Option<Delivery> {
    let next = match told {
        Report::Complaint { kind, .. } => Delivery {
            state: known.state,
            reason: Some(cut(format!("the recipient complained about it ({kind})"))),
        },
        Report::Delivery { recipients, .. } => {
            let (action, recipient) = worst(recipients)?;
            let why = Some(cut(words(action, recipient)));
            match action {
                Action::Failed if moves_on(known.state, DeliveryState::Failed) => Delivery {
                    state: DeliveryState::Failed,
                    reason: why,
                },
                Action::Delivered if moves_on(known.state, DeliveryState::Delivered) => Delivery {
                    state: DeliveryState::Delivered,
                    reason: None,
                },
                Action::Delayed if moves_on(known.state, DeliveryState::Delivered) => Delivery {
                    state: known.state,
                    reason: why,
                },
                Action::Failed | Action::Delivered | Action::Delayed | Action::Unknown => {
                    return None;
                }
            }
        }
    };
    (next != *known).then_some(next)
}

/// What matters most of all that became of a mail: that somebody did not get it.
fn worst(recipients: &[Recipient]) -> Option<(Action, &Recipient)> {
    [Action::Failed, Action::Delayed, Action::Delivered]
        .into_iter()
        .find_map(|action| {
            let found = recipients.iter().find(|it| it.action == action);
            found.map(|recipient| (action, recipient))
        })
}

fn words(action: Action, recipient: &Recipient) -> String {
    let address = &recipient.address;
    let mut words = match action {
        Action::Delayed => format!("it waits on its way to {address}"),
        Action::Failed | Action::Delivered | Action::Unknown => {
            format!("it came back from {address}")
        }
    };
    let said = [&recipient.status, &recipient.reason];
    let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
    if !said.is_empty() {
        words.push_str(": ");
        words.push_str(&said.join(" "));
    }
    words
}

fn cut(mut words: String) -> String {
    words.truncate(words.floor_char_boundary(LONGEST_REASON));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(action: Action) -> Report {
        Report::Delivery {
            about: Some("1@example.com".to_owned()),
            recipients: vec![Recipient {
                address: "ada@example.com".to_owned(),
                action,
                status: Some("5.1.1".to_owned()),
                reason: Some("no such user".to_owned()),
            }],
        }
    }

    fn at(state: DeliveryState) -> Delivery {
        Delivery {
            state,
            reason: None,
        }
    }

    #[test]
    fn what_came_back_failed_with_its_reason() {
        let next = after(&at(DeliveryState::Sent), &told(Action::Failed)).unwrap();
        assert_eq!(next.state, DeliveryState::Failed);
        let reason = "it came back from ada@example.com: 5.1.1 no such user";
        assert_eq!(next.reason.as_deref(), Some(reason));
        assert_eq!(after(&next, &told(Action::Failed)), None);
        assert_eq!(after(&next, &told(Action::Delivered)), None);
    }

    #[test]
    fn a_delay_and_a_complaint_are_shown_and_are_no_failure() {
        let sent = at(DeliveryState::Sent);
        let waits = after(&sent, &told(Action::Delayed)).unwrap();
        assert_eq!(waits.state, DeliveryState::Sent);
        assert!(waits.reason.unwrap().starts_with("it waits"));
        let complaint = Report::Complaint {
            about: None,
            kind: "abuse".to_owned(),
        };
        let next = after(&sent, &complaint).unwrap();
        assert_eq!(next.state, DeliveryState::Sent);
        assert!(next.reason.unwrap().contains("abuse"));
    }

    #[test]
    fn one_recipient_who_did_not_get_it_counts_most() {
        let Report::Delivery {
            about,
            mut recipients,
        } = told(Action::Delivered)
        else {
            unreachable!("it is a report of a delivery");
        };
        recipients.push(Recipient {
            action: Action::Failed,
            ..recipients[0].clone()
        });
        let both = Report::Delivery { about, recipients };
        let next = after(&at(DeliveryState::Sent), &both).unwrap();
        assert_eq!(next.state, DeliveryState::Failed);
    }
}
