//! The example desk goes on while somebody looks at it: its customers write, on all channels,
//! and drafts are proposed for them. Decided by the same rules as everything else.

use super::SeedError;
use super::extras::ORIGIN;
use super::play::carry_out;
use super::random::Random;
use super::threads::{Thread, Turn, threads};
use frontdesk_db::queries::filter::ConversationFilter;
use frontdesk_db::queries::{conversations, customers, drafts, events, inboxes, list};
use frontdesk_db::{Db, Unit};
use frontdesk_domain::account::Inbox;
use frontdesk_domain::decide::{self, FirstMessage, Start, Written};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::{
    AccountId, Actor, ChannelKind, Conversation, ConversationId, Customer, DraftId, DraftState,
    EventDraft, EventKind, MessageId, Source, Status,
};

/// From how many of the latest conversations one is picked.
const LATEST: usize = 60;
/// In how many of a hundred cases a customer begins something new.
const BEGINS: i64 = 35;

/// What customers say after an answer.
const AFTER_ANSWER: &[(&str, &str)] = &[
    (
        "Thank you, that helps! One more thing: can I still change the address on the order?",
        "Yes, as long as the parcel is in our warehouse. Send me the new address and I will change it right away.",
    ),
    (
        "Perfect, thanks so much.",
        "You are welcome! I will close this for now; just write again whenever you need us.",
    ),
    (
        "Hm, I tried that and it still does not work. What else can I do?",
        "I am sorry that did not do it. Could you tell me which browser or phone you use? Then I can look at it with our workshop.",
    ),
];

/// What customers say while they wait.
const WHILE_WAITING: &[(&str, &str)] = &[
    (
        "Hello? Is anybody there?",
        "Yes, I am here. I am sorry you had to wait; I am looking at it right now.",
    ),
    (
        "Any news on this?",
        "I have just asked our warehouse again and expect an answer within the hour. I will write as soon as I have it.",
    ),
    (
        "I found the receipt in the meantime, in case you need it.",
        "Wonderful, that makes it easier. Could you send me the number printed at the bottom of it?",
    ),
];

/// Lets one more thing happen on the desk. The same chance on the same desk does the same.
///
/// # Errors
/// When the database fails.
pub async fn happen(db: &Db, account_id: AccountId, chance: u64) -> Result<(), SeedError> {
    db.write(account_id, move |unit| {
        let mut random = Random::new(chance);
        let system = Actor::system(account_id);
        let open = ConversationFilter {
            status: Some(Status::Open),
            ..ConversationFilter::default()
        };
        let (latest, _) = list::ids(unit.conn(), &system, &open, None, LATEST)?;
        if latest.is_empty() {
            return Ok(());
        }
        let id = *random.pick(&latest);
        let Some(conversation) = conversations::by_id(unit.conn(), account_id, id)? else {
            return Ok(());
        };
        if random.percent(BEGINS) {
            begin(unit, &mut random, &conversation)
        } else {
            go_on(unit, &mut random, &conversation)
        }
    })
    .await
}

/// The customer of a conversation writes in it again.
fn go_on(unit: &mut Unit<'_>, random: &mut Random, it: &Conversation) -> Result<(), SeedError> {
    let lines = if it.waiting_since.is_some() {
        WHILE_WAITING
    } else {
        AFTER_ANSWER
    };
    let (words, answer) = *random.pick(lines);
    let customer = Actor::customer(it.account_id, it.customer_id);
    let written = Written::text(MessageId(random.id()), words);
    let decision = decide::receive(it, &customer, it.customer_id, written, unit.now())?;
    carry_out(unit, &customer, decision)?;
    propose(unit, random, it.account_id, it.id, answer)
}

/// The customer of a conversation begins another one, perhaps on another channel.
fn begin(unit: &mut Unit<'_>, random: &mut Random, other: &Conversation) -> Result<(), SeedError> {
    let account_id = other.account_id;
    let found = customers::by_id(unit.conn(), account_id, other.customer_id)?;
    let Some(customer) = found else {
        return Ok(());
    };
    let threads = threads();
    let thread = random.pick(&threads);
    let source = *random.pick(&thread.sources);
    let inbox = inbox_of(unit, account_id, source)?;
    let fill = |text: &str| filled(text, &customer);
    let Some(Turn::Customer(words)) = thread.turns.first() else {
        return Ok(());
    };
    let id = ConversationId(random.id());
    let actor = Actor::customer(account_id, customer.id);
    let command = Start {
        id,
        customer: &customer,
        inbox: inbox.as_ref(),
        source,
        subject: Some(fill(thread.subject)),
        status: None,
        metadata: None,
        first: Some(FirstMessage::ByCustomer(Written::text(
            MessageId(random.id()),
            fill(words),
        ))),
    };
    let decision = decide::start(&actor, command, unit.now())?;
    carry_out(unit, &actor, decision)?;
    match answer(thread) {
        Some(text) => propose(unit, random, account_id, id, &fill(text)),
        None => Ok(()),
    }
}

fn inbox_of(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    source: Source,
) -> Result<Option<Inbox>, SeedError> {
    let channel = match source {
        Source::Email => ChannelKind::Email,
        Source::Slack => ChannelKind::Slack,
        Source::Sms => ChannelKind::Sms,
        _ => ChannelKind::Chat,
    };
    let all = inboxes::of_account(unit.conn(), account_id)?;
    Ok(all.into_iter().find(|inbox| inbox.channel == channel))
}

/// The first answer of a thread that follows its first words at once.
fn answer(thread: &Thread) -> Option<&'static str> {
    match thread.turns.get(1) {
        Some(Turn::Agent(text)) => Some(text),
        _ => None,
    }
}

fn filled(text: &str, customer: &Customer) -> String {
    let name = customer.name.as_deref().unwrap_or("there");
    let first = name.split(' ').next().unwrap_or(name);
    text.replace("{order}", "NL-48213")
        .replace("{product}", "Fell jacket")
        .replace("{customer}", first)
        .replace("{agent}", "Maya")
        .replace(" | ", "\n\n")
}

/// Proposes an answer to what was just written.
fn propose(
    unit: &mut Unit<'_>,
    random: &mut Random,
    account_id: AccountId,
    id: ConversationId,
    answer: &str,
) -> Result<(), SeedError> {
    let Some(it) = conversations::by_id(unit.conn(), account_id, id)? else {
        return Ok(());
    };
    let draft = Draft {
        id: DraftId(random.id()),
        state: DraftState::Ready,
        body: Some(answer.to_owned()),
        made: Some(answer.to_owned()),
        origin: ORIGIN.to_owned(),
        ..Draft::to_make(account_id, id, it.last_message_seq, unit.now())
    };
    drafts::insert(unit, &draft)?;
    let told = EventDraft::within(EventKind::DraftUpdated, id, draft.id.0);
    events::emit(unit, account_id, None, told)?;
    Ok(())
}
