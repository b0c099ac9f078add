//! What a mail answers and whom it goes to, by the mails of its conversation.

use frontdesk_connectors::email::{Details, Mailbox, Settings, Writer};
use frontdesk_domain::mail::Mail;
use frontdesk_domain::{Customer, MailDirection};

/// The most who get a copy.
const MOST_COPIES: usize = 20;

/// Where a mail goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) to: Mailbox,
    pub(super) cc: Vec<Mailbox>,
    pub(super) subject: String,
    /// The Message-ID of what it answers.
    pub(super) answers: Option<String>,
    /// Those of the whole thread, the oldest first.
    pub(super) references: Vec<String>,
    /// What the mailbox's provider calls the thread of what it answers.
    pub(super) thread: Option<String>,
}

impl Answer {
    /// This answer as far as its writer may give it: what a program wrote goes to who asked, and to
    /// nobody else (RFC 3834).
    pub(super) fn by(self, writer: Writer) -> Self {
        match writer {
            Writer::Person => self,
            Writer::Program => Self {
                cc: Vec::new(),
                ..self
            },
        }
    }
}

/// Decides where a mail goes. `mails` are those of the conversation, the newest first.
///
/// # Errors
/// Why it goes nowhere, in words for agents.
pub(super) fn of(
    mails: &[Mail],
    customer: &Customer,
    subject: Option<&str>,
    settings: &Settings,
) -> Result<Answer, String> {
    let is_ours = |address: &str| is_ours(settings, address);
    let answered = mails.iter().find_map(|mail| {
        let details: Details = serde_json::from_str(&mail.details.0).ok()?;
        let counts = mail.direction == MailDirection::In && !details.stranger;
        counts.then_some((mail, details))
    });
    let theirs = answered
        .as_ref()
        .and_then(|(_, details)| details.answer_to());
    let theirs = theirs.filter(|it| !is_ours(&it.address)).cloned();
    let to = theirs.or_else(|| known(customer));
    let to = to.ok_or("the customer has no email address")?;
    let Some((mail, details)) = answered else {
        return Ok(Answer {
            to,
            cc: Vec::new(),
            subject: first_subject(subject, settings),
            answers: mails.first().and_then(|mail| mail.mail_id.clone()),
            references: own(mails),
            thread: None,
        });
    };
    let mut references = details.references.clone();
    references.extend(mail.mail_id.clone());
    Ok(Answer {
        cc: copies(&details, &to, is_ours),
        to,
        subject: details.subject,
        answers: mail.mail_id.clone(),
        references,
        thread: details.thread,
    })
}

/// Who gets a copy: everybody who had one. Where none of our addresses is named we had a blind copy,
/// which nobody but who wrote may hear of.
fn copies(details: &Details, to: &Mailbox, is_ours: impl Fn(&str) -> bool) -> Vec<Mailbox> {
    let named = || details.to.iter().chain(&details.cc);
    if !named().any(|it| is_ours(&it.address)) {
        return Vec::new();
    }
    let others = named().filter(|it| !is_ours(&it.address) && it.address != to.address);
    others.take(MOST_COPIES).cloned().collect()
}

fn known(customer: &Customer) -> Option<Mailbox> {
    Some(Mailbox {
        name: customer.name.clone(),
        address: customer.email.clone()?,
    })
}

/// The subject of a thread that begins here.
fn first_subject(subject: Option<&str>, settings: &Settings) -> String {
    let given = subject.map(str::trim).filter(|it| !it.is_empty());
    given.map_or_else(
        || {
            let name = settings.name.as_deref().unwrap_or(&settings.address);
            format!("A message from {name}")
        },
        str::to_owned,
    )
}

/// The Message-IDs of what we sent before, the oldest first.
fn own(mails: &[Mail]) -> Vec<String> {
    let ids = mails.iter().rev().filter_map(|mail| mail.mail_id.clone());
    ids.collect()
}

/// Whether mail to this address comes back to us, with a token in it or not.
fn is_ours(settings: &Settings, address: &str) -> bool {
    let address = address.to_lowercase();
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let bare = format!("{}@{domain}", local.split('+').next().unwrap_or(local));
    let ours = settings.addresses();
    ours.contains(&address) || ours.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::json::Json;
    use frontdesk_domain::{AccountId, CustomerId, MessageId, Timestamp};

    fn settings() -> Settings {
        serde_json::from_str(r#"{"address": "support@acme.test", "name": "Acme"}"#).unwrap()
    }

    fn customer(email: Option<&str>) -> Customer {
        let mut it = Customer::new(CustomerId::random(), AccountId::random(), Timestamp(0));
        it.email = email.map(str::to_owned);
        it
    }

    fn at(address: &str) -> Mailbox {
        Mailbox {
            name: None,
            address: address.to_owned(),
        }
    }

    fn mail(direction: MailDirection, id: &str, details: &Details) -> Mail {
        Mail {
            message_id: MessageId::random(),
            account_id: AccountId::random(),
            connection_id: None,
            direction,
            mail_id: Some(id.to_owned()),
            theirs: String::new(),
            topic: String::new(),
            details: Json(serde_json::to_string(details).unwrap()),
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn an_answer_goes_to_who_wrote_and_copies_to_who_had_one() {
        let asked = Details {
            subject: "Parcel".to_owned(),
            from: Some(at("ada@example.com")),
            to: vec![at("support@acme.test"), at("bob@example.com")],
            cc: vec![at("Support+abc@acme.test"), at("eve@example.com")],
            references: vec!["a@x".to_owned()],
            thread: Some("t1".to_owned()),
            ..Details::default()
        };
        let stranger = Details {
            from: Some(at("mallory@evil.test")),
            stranger: true,
            ..Details::default()
        };
        let mails = [
            mail(MailDirection::In, "c@x", &stranger),
            mail(MailDirection::Out, "o@acme.test", &Details::default()),
            mail(MailDirection::In, "b@x", &asked),
        ];
        let it = of(&mails, &customer(Some("other@x.test")), None, &settings()).unwrap();
        assert_eq!(it.to, at("ada@example.com"));
        assert_eq!(it.cc, [at("bob@example.com"), at("eve@example.com")]);
        assert_eq!(it.subject, "Parcel");
        assert_eq!(it.answers.as_deref(), Some("b@x"));
        assert_eq!(it.references, ["a@x", "b@x"]);
        assert_eq!(it.thread.as_deref(), Some("t1"));
        let by_program = it.clone().by(Writer::Program);
        assert_eq!((by_program.to, by_program.cc), (it.to.clone(), Vec::new()));
        assert_eq!(it.clone().by(Writer::Person), it);
    }

    #[test]
    fn of_a_blind_copy_nobody_hears_but_who_wrote() {
        let asked = Details {
            from: Some(at("ada@example.com")),
            to: vec![at("bob@example.com")],
            cc: vec![at("eve@example.com")],
            ..Details::default()
        };
        let mails = [mail(MailDirection::In, "b@x", &asked)];
        let it = of(&mails, &customer(None), None, &settings()).unwrap();
        assert_eq!((it.to, it.cc), (at("ada@example.com"), Vec::new()));
    }

    #[test]
    fn a_thread_that_begins_here_goes_to_the_customer_and_stays_one() {
        let sent = mail(MailDirection::Out, "1@acme.test", &Details::default());
        let ada = customer(Some("ada@example.com"));
        let it = of(&[sent], &ada, Some(" "), &settings()).unwrap();
        assert_eq!(it.to, at("ada@example.com"));
        assert_eq!(it.subject, "A message from Acme");
        assert_eq!(it.references, ["1@acme.test"]);
        let nobody = of(&[], &customer(None), None, &settings());
        assert_eq!(nobody.unwrap_err(), "the customer has no email address");
    }
}
