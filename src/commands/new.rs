//! `frontdesk new`: a conversation that begins here.

use super::each::{self, Outcome, Told};
use super::enclose;
use super::names;
use super::retry::patiently;
use super::send::text_of;
use crate::cli::{New, Way};
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::outbound::{Address, Outbound, Whom};
use frontdesk_protocol::entity::{CustomerFull, Data};
use frontdesk_protocol::id::CustomerId;
use frontdesk_protocol::kind::Source;
use frontdesk_ui::channel;

pub(super) async fn run(desk: &Desk, args: &New) -> Result<(), Error> {
    let text = text_of(&args.text)?;
    enclose::check(&args.attach)?;
    let mut agent = desk.agent().await?;
    let named = [args.to.clone()];
    each::run(
        &desk.output,
        &mut agent,
        &named,
        args.how,
        async |agent, who| one(agent, who, args, &text).await,
    )
    .await
}

async fn one(agent: &mut Agent, who: &str, args: &New, text: &str) -> Result<Told, Error> {
    let person = Person::named(agent, who).await?;
    let source = match args.by {
        Some(way) => source(way),
        None => person.usual_way()?,
    };
    let inbox = match &args.inbox {
        Some(name) => Some(names::inbox(agent, name).await?.0),
        None => None,
    };
    let outbound = Outbound {
        to: person.whom,
        source,
        inbox,
        subject: args.subject.clone(),
    };
    let how = format!("by {}, to {}", channel::name(source), person.name);
    if args.how.dry_run {
        return Ok(Told {
            id: None,
            number: None,
            outcome: Outcome::Would,
            what: format!("written to {how}"),
            sentence: None,
            message_id: None,
            merge_id: None,
        });
    }
    let key = match &args.once {
        Some(name) => format!("{name} new"),
        None => uuid::Uuid::new_v4().to_string(),
    };
    let files = enclose::bring(agent, &args.attach, &key).await?;
    let begin = async || agent.api.begin(&outbound, Some(text), &files, &key).await;
    let made = patiently(begin).await?;
    let number = (made.id, made.number);
    agent.store.remember_numbers(agent.sign_in.id, &[number])?;
    Ok(Told {
        id: Some(made.id),
        number: Some(made.number),
        outcome: Outcome::Done,
        what: format!("begun {how}"),
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}

/// Who is written to, as far as they are known.
struct Person {
    whom: Whom,
    name: String,
    email: bool,
    phone: bool,
}

impl Person {
    async fn named(agent: &mut Agent, who: &str) -> Result<Self, Error> {
        if let Some(address) = Address::read(who) {
            let known = agent.api.customer_at(&address).await?;
            return Ok(match known {
                Some(known) => Self::of(&known),
                None => Self {
                    name: format!("{}, who is new", address.as_str()),
                    email: matches!(address, Address::Email(_)),
                    phone: matches!(address, Address::Phone(_)),
                    whom: Whom::At(address),
                },
            });
        }
        if let Ok(id) = who.parse::<CustomerId>() {
            let path = format!("/api/v1/customers/{id}");
            let known: Data<CustomerFull> = agent.api.get(&path, &[]).await?;
            return Ok(Self::of(&known.data));
        }
        Ok(Self::of(&names::customer(agent, who).await?))
    }

    fn of(it: &CustomerFull) -> Self {
        Self {
            whom: Whom::Known(it.id),
            name: it.title.clone(),
            email: it.email.is_some(),
            phone: it.phone.is_some(),
        }
    }

    /// By what they are reached when nothing was said.
    fn usual_way(&self) -> Result<Source, Error> {
        match (self.email, self.phone) {
            (true, _) => Ok(Source::Email),
            (false, true) => Ok(Source::Sms),
            (false, false) => Err(Error::Usage(format!(
                "no address of {} is known; --by chat leaves the message where they will see it",
                self.name
            ))),
        }
    }
}

fn source(way: Way) -> Source {
    match way {
        Way::Email => Source::Email,
        Way::Sms => Source::Sms,
        Way::Whatsapp => Source::Whatsapp,
        Way::Chat => Source::Chat,
    }
}
