//! Makes drafts: looks whether one is called for, gathers what it may rest on, has it made, and keeps it
//! unless somebody wrote meanwhile. No transaction is open while it is made.

mod aim;
mod budget;
mod builtin;
mod door;
mod embed;
mod keep;
mod ledger;
mod look;
mod material;
mod meaning;
mod model;
mod own_text;
mod refused;
mod reply;
mod sort;
mod stops;
mod telling;
mod trial;
mod trouble;
mod turn;
mod written;

pub(crate) use budget::month;
pub(crate) use meaning::learn_meanings;
pub(crate) use model::{Model, ModelError, NoText};
pub(crate) use own_text::{Wanted as OwnWanted, Written as OwnWritten, write as write_own};
pub(crate) use reply::reply;
pub(crate) use sort::{Sorted, sort};
pub(crate) use stops::Stops;
pub(crate) use trial::try_out;

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::{ai as cases, load};
use aim::Aim;
use frontdesk_ai::completion::Completion;
use frontdesk_ai::prompt::Message;
use frontdesk_db::Conn;
use frontdesk_db::queries::drafts;
use frontdesk_domain::ai::Make;
use frontdesk_domain::{AccountId, Actor, AiTask, ConversationId, DraftState, EventSeq, ai};
use frontdesk_protocol::entity::DraftSource;
use keep::Tried;
use look::{Wanted, Wish};
use material::Material;
use model::Passing;
use telling::Telling;
use tokio::sync::watch;
use trouble::Trouble;
use written::{Question, hash, longest, speaker};

/// What was made.
#[derive(Debug, Clone)]
pub(crate) enum Made {
    Text {
        body: String,
        sources: Vec<DraftSource>,
    },
    /// There is nothing to rest a draft on.
    Nothing { why: String },
    /// The model gave no text.
    Failed(NoText),
}

/// What a model is told.
pub(crate) struct Prompt {
    pub(crate) model: String,
    pub(crate) messages: Vec<Message>,
    /// What another model is told, which says what the question means.
    pub(crate) embedded: Option<String>,
    /// SHA-256 of the messages, as in the ledger.
    pub(crate) hash: Option<String>,
}

/// What is left to do for a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Left {
    Nothing,
    /// Somebody wrote while it was made.
    Again,
    /// The model's service is down. Everything waits, in order.
    Down,
    /// It may go better later.
    Later {
        why: String,
    },
}

/// So often a customer may write while a draft is made before it is put off.
const ROUNDS: usize = 5;

/// Makes the draft of a conversation, if one is called for, and says what is left to do.
pub(crate) async fn suggest(app: &App, account_id: AccountId, id: ConversationId) -> Outcome<Left> {
    for _ in 0..ROUNDS {
        match round(app, account_id, id).await? {
            Left::Again => {}
            left => return Ok(left),
        }
    }
    Ok(Left::Later {
        why: "Somebody wrote each time before it was ready.".to_owned(),
    })
}

async fn round(app: &App, account_id: AccountId, id: ConversationId) -> Outcome<Left> {
    let looked = app
        .db
        .write(account_id, move |unit| look::look(unit, account_id, id))
        .await?;
    let Some(wanted) = looked else {
        return Ok(Left::Nothing);
    };
    let (began_at, asking) = (app.db.now(), wanted.clone());
    let settings = app.config.ai.clone();
    let aim = Aim::of(app, &wanted).await?;
    let (material, exhausted) = app
        .db
        .read(move |conn| {
            let material = material::gather(conn, &asking, aim.as_ref())?;
            let exhausted = budget::exhausted(conn, &settings, account_id, began_at)?;
            Ok::<_, Failure>((material, exhausted))
        })
        .await?;
    let mut tried = make(app, &wanted, &material, exhausted).await;
    tried.began_at = began_at;
    tried.took_ms = app.db.now().0.saturating_sub(began_at.0).max(0) / 1_000;
    if tried.waits() && wanted.make.into.is_none() {
        tell_end(app, &wanted, &tried.made);
        return Ok(Left::Down);
    }
    // Where nobody asked and no model was, nobody has heard that anything began.
    let is_heard = wanted.make.into.is_some() || tried.model != ai::BUILT_IN;
    let (kept, written) = (wanted.clone(), tried.made.clone());
    let left = app
        .db
        .write(account_id, move |unit| keep::keep(unit, &kept, &tried))
        .await?;
    // What is made again is told of as it comes.
    if is_heard && left != Left::Again {
        tell_end(app, &wanted, &written);
    }
    Ok(left)
}

/// Tells agents that nothing more is written.
fn tell_end(app: &App, wanted: &Wanted, made: &Made) {
    let telling = Telling::of(app, wanted);
    match made {
        Made::Text { body, .. } => telling.end(body.clone(), None),
        Made::Nothing { why } | Made::Failed(NoText { why, .. }) => {
            telling.end(String::new(), Some(why));
        }
    }
}

/// Has the draft made, by the model where there is one.
async fn make(
    app: &App,
    wanted: &Wanted,
    material: &Material,
    exhausted: Option<&'static str>,
) -> Tried {
    let is_silent = material.texts.is_empty() && material.company.is_empty();
    let Some(model) = app.model.as_ref().filter(|_| !is_silent) else {
        let before = wanted.wish.before.as_deref();
        let longest = longest(wanted.conversation.source);
        let made = builtin::answer(&wanted.question(), before, longest, material);
        return Tried::alone(ai::BUILT_IN, made);
    };
    let name = model.name(AiTask::Draft);
    if let Some(why) = exhausted {
        let why = why.to_owned();
        return Tried::alone(name, Made::Nothing { why });
    }
    let mut question = Question::of(wanted, material);
    let mut answered = ask(app, model, wanted, &question).await;
    let is_too_long = matches!(&answered, Err(no_text) if no_text.trouble == Trouble::TooLong);
    if is_too_long {
        question = Question::of(&wanted.shorter(), &material.shorter());
        answered = ask(app, model, wanted, &question).await;
    }
    let mut tried = Tried::alone(name, Made::Nothing { why: String::new() });
    tried.prompt_hash = Some(question.hash());
    tried.made = match answered {
        Ok(completion) => {
            tried.tokens_in = completion.tokens_in;
            tried.tokens_out = completion.tokens_out;
            let prices = &app.config.ai.prices;
            tried.cost = prices.cost(name, completion.tokens_in, completion.tokens_out);
            question.judge(&completion, material)
        }
        Err(no_text) => Made::Failed(no_text),
    };
    tried
}

/// Asks the model, and tells agents meanwhile what it writes, until one of them has it stopped.
async fn ask(
    app: &App,
    model: &Model,
    wanted: &Wanted,
    question: &Question,
) -> Result<Completion, NoText> {
    let (writes, written) = watch::channel(String::new());
    let telling = Telling::of(app, wanted);
    let stop = app.stops.begin(wanted.conversation.id);
    tokio::select! {
        answered = model.ask(AiTask::Draft, &question.messages, &writes) => answered,
        never = telling.keep_telling(question, written) => match never {},
        () = stop.wanted() => Err(NoText {
            why: "It was stopped.".to_owned(),
            passing: Passing::No,
            trouble: Trouble::Answer,
        }),
    }
}

/// What a model would be told about a conversation now. Empty where there is no model.
pub(crate) async fn prompt(
    app: &App,
    actor: Actor,
    id: ConversationId,
    hint: Option<String>,
) -> Outcome<Prompt> {
    let wanted = app.db.read(move |conn| would_be(conn, &actor, id, hint));
    let wanted = wanted.await?;
    let Some(model) = &app.model else {
        return Ok(Prompt {
            model: ai::BUILT_IN.to_owned(),
            messages: Vec::new(),
            embedded: None,
            hash: None,
        });
    };
    let aim = Aim::of(app, &wanted).await?;
    let embedded = aim.as_ref().map(|it| it.told.clone());
    let question = app.db.read(move |conn| {
        let material = material::gather(conn, &wanted, aim.as_ref())?;
        Ok::<_, Failure>(Question::of(&wanted, &material))
    });
    let question = question.await?;
    Ok(Prompt {
        model: model.name(AiTask::Draft).to_owned(),
        hash: Some(question.hash()),
        messages: question.messages,
        embedded,
    })
}

/// What a draft is made from, as its conversation stands.
fn would_be(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ConversationId,
    hint: Option<String>,
) -> Outcome<Wanted> {
    let conversation = load::conversation(conn, actor, id)?;
    let thread = cases::thread(conn, id)?;
    let seq = ai::newest(&thread).map_or(EventSeq(0), |it| it.seq);
    let there = drafts::of_conversation(conn, actor.account_id, id)?;
    let asked = there.iter().find(|it| it.state == DraftState::Generating);
    let hint = hint.or_else(|| asked.and_then(|it| it.hint.clone()));
    Ok(Wanted {
        wish: Wish::about(hint, &there),
        conversation,
        thread,
        make: Make { into: None, seq },
    })
}

/// Gives up a draft that somebody waits for, and says why.
pub(crate) async fn give_up(
    app: &App,
    account_id: AccountId,
    id: ConversationId,
    why: String,
) -> Outcome<()> {
    app.db
        .write(account_id, move |unit| {
            let there = drafts::of_conversation(unit.conn(), account_id, id)?;
            for mut draft in there {
                if draft.state == DraftState::Generating {
                    draft.state = DraftState::Failed;
                    draft.reason = Some(why.clone());
                    let actor = Actor::system(account_id);
                    crate::use_cases::draft::save(unit, &actor, draft)?;
                }
            }
            Ok(())
        })
        .await
}
