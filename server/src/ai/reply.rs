//! Answers customers without an agent, where an inbox or a topic says so and the answer rests on a source
//! that is public. What cannot be answered that way goes to a person, and the customer is told.

use super::aim::Aim;
use super::keep::{self, Tried};
use super::look::Wanted;
use super::material::{self, Material};
use super::turn::{Next, look};
use super::{Made, budget, make};
use crate::app::App;
use crate::channels::Broadcast;
use crate::failure::{Failure, Outcome};
use frontdesk_db::queries::{ai_runs, conversations, drafts, jobs, teams};
use frontdesk_db::{Unit, write};
use frontdesk_domain::ai;
use frontdesk_domain::auto::{ANSWERED, APOLOGISED, AutoReplies, Channel, PASSED_ON};
use frontdesk_domain::decide::{self, Assign, Field, Written};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::json::Json;
use frontdesk_domain::{AccountId, Actor, AiOutcome, ConversationId, DraftState, MessageId};
use frontdesk_protocol::topic::Topic;

/// So often a customer may write while an answer is made before a person gets it.
const ROUNDS: usize = 5;

/// Answers the newest message of a conversation, where that is the program's to do.
pub(crate) async fn reply(app: &App, account_id: AccountId, id: ConversationId) -> Outcome<()> {
    for _ in 0..ROUNDS {
        let now = app.db.now();
        let looked = app.db.read(move |conn| look(conn, account_id, id, now));
        let next = looked.await?;
        match next {
            Next::Leave => break,
            Next::PassOn(settings) => {
                app.db
                    .write(account_id, move |unit| {
                        pass_on(unit, id, &settings, PASSED_ON).map(|_| ())
                    })
                    .await?;
            }
            Next::Answer(settings, wanted) => {
                if answer(app, settings, *wanted).await? == Came::Answered {
                    return Ok(());
                }
            }
        }
    }
    app.db
        .write(account_id, move |unit| {
            jobs::enqueue(unit, &jobs::suggest(account_id, id)).map_err(Failure::from)
        })
        .await
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Answered,
    /// It is to be looked again: somebody wrote, or it is a person's now.
    Otherwise,
}

async fn answer(app: &App, settings: AutoReplies, wanted: Wanted) -> Outcome<Came> {
    let account_id = wanted.conversation.account_id;
    let typing = match Channel::of(wanted.conversation.source) {
        Channel::Live => Some(Typing::begin(app, wanted.conversation.id)),
        Channel::Sent | Channel::Closed => None,
    };
    let began_at = app.db.now();
    let (asking, limits) = (wanted.clone(), app.config.ai.clone());
    let aim = Aim::of(app, &wanted).await?;
    let gathered = app.db.read(move |conn| {
        let material = material::gather(conn, &asking, aim.as_ref())?;
        let exhausted = budget::exhausted(conn, &limits, account_id, began_at)?;
        Ok::<_, Failure>((public(material), exhausted))
    });
    let (material, exhausted) = gathered.await?;
    let mut tried = make(app, &wanted, &material, exhausted).await;
    tried.began_at = began_at;
    tried.took_ms = app.db.now().0.saturating_sub(began_at.0).max(0) / 1_000;
    drop(typing);
    if tried.model != ai::BUILT_IN {
        super::tell_end(app, &wanted, &tried.made);
    }
    app.db
        .write(account_id, move |unit| {
            keep_answer(unit, &settings, &wanted, &tried)
        })
        .await
}

/// What is for the company only answers no customer by itself. Nor does what was said with the customer at
/// other times: nobody has looked whether it is the same person who asks.
fn public(mut material: Material) -> Material {
    material.texts.retain(|it| !it.source.internal);
    material.talks.clear();
    material
}

/// Sends what was made, unless somebody wrote or took over meanwhile.
fn keep_answer(
    unit: &mut Unit<'_>,
    settings: &AutoReplies,
    wanted: &Wanted,
    tried: &Tried,
) -> Outcome<Came> {
    let (account_id, id) = (wanted.conversation.account_id, wanted.conversation.id);
    let now = unit.now();
    let Next::Answer(_, newest) = look(unit.conn(), account_id, id, now)? else {
        return outdated(unit, wanted, tried);
    };
    if newest.make.seq > wanted.make.seq {
        return outdated(unit, wanted, tried);
    }
    match &tried.made {
        Made::Text { body, sources } => {
            let message_id = say(unit, id, body, ANSWERED, account_id)?;
            // Kept as a draft, so that what it rests on can be seen later.
            let draft = Draft {
                state: DraftState::Approved,
                body: Some(body.clone()),
                made: Some(body.clone()),
                sources: Some(keep::json(sources)?),
                origin: tried.model.clone(),
                message_id: Some(message_id),
                ..Draft::to_make(account_id, id, wanted.make.seq, unit.now())
            };
            drafts::insert(unit, &draft)?;
            crate::use_cases::draft::told(unit, &Actor::system(account_id), &draft)?;
            let run = keep::line(wanted, tried, Some(draft.id), (AiOutcome::Sent, None));
            ai_runs::insert(unit, &run)?;
            Ok(Came::Answered)
        }
        Made::Nothing { why } => {
            let outcome = (AiOutcome::Nothing, Some(why.clone()));
            ai_runs::insert(unit, &keep::line(wanted, tried, None, outcome))?;
            pass_on(unit, id, settings, PASSED_ON)
        }
        Made::Failed(no_text) => {
            let outcome = (AiOutcome::Failed, Some(no_text.why.clone()));
            ai_runs::insert(unit, &keep::line(wanted, tried, None, outcome))?;
            pass_on(unit, id, settings, APOLOGISED)
        }
    }
}

fn outdated(unit: &mut Unit<'_>, wanted: &Wanted, tried: &Tried) -> Outcome<Came> {
    let reason = Some("Somebody wrote or took over meanwhile.".to_owned());
    let run = keep::line(wanted, tried, None, (AiOutcome::Outdated, reason));
    ai_runs::insert(unit, &run)?;
    Ok(Came::Otherwise)
}

/// Tells the customer that a person takes over, and gives it to the team whose work it is.
fn pass_on(
    unit: &mut Unit<'_>,
    id: ConversationId,
    settings: &AutoReplies,
    how: &'static str,
) -> Outcome<Came> {
    let account_id = settings.account_id;
    let words = match how {
        APOLOGISED => &settings.apology,
        _ => &settings.hand_off,
    };
    say(unit, id, words, how, account_id)?;
    let team = match settings.team_id {
        Some(team_id) => teams::by_id(unit.conn(), account_id, team_id)?,
        None => None,
    };
    if let Some(team) = team
        && let Some(held) = conversations::by_id(unit.conn(), account_id, id)?
    {
        let actor = Actor::system(account_id);
        let command = Assign {
            team: Field::Set(&team),
            ..Assign::default()
        };
        let decision = decide::assign(&held, &actor, command, unit.now())?;
        write::apply(unit, &actor, decision)?;
    }
    Ok(Came::Otherwise)
}

/// Writes to the customer as the program.
fn say(
    unit: &mut Unit<'_>,
    id: ConversationId,
    words: &str,
    metadata: &str,
    account_id: AccountId,
) -> Outcome<MessageId> {
    let actor = Actor::system(account_id);
    let held = crate::use_cases::load::conversation(unit.conn(), &actor, id)?;
    let written = Written {
        metadata: Some(Json(metadata.to_owned())),
        ..Written::text(MessageId::random(), words)
    };
    let message_id = written.id;
    let decision = decide::answer_by_bot(&held, &actor, written, unit.now())?;
    write::apply(unit, &actor, decision)?;
    Ok(message_id)
}

/// Shows the customer that an answer is being written, until it is dropped.
struct Typing<'a> {
    app: &'a App,
    id: ConversationId,
}

impl<'a> Typing<'a> {
    fn begin(app: &'a App, id: ConversationId) -> Self {
        let typing = Self { app, id };
        typing.tell(r#"{"typing":true,"type":"ai"}"#);
        typing
    }

    fn tell(&self, payload: &str) {
        let topic = Topic::Conversation(self.id).to_string();
        let broadcast = Broadcast::to_all(&topic, "typing", payload);
        self.app.hub.publish(&broadcast);
    }
}

impl Drop for Typing<'_> {
    fn drop(&mut self) {
        self.tell(r#"{"typing":false,"type":"ai"}"#);
    }
}
