//! Suggests how a conversation is to be sorted: tags, team, priority and how the customer sounds. A model
//! says it where there is one; else earlier conversations about the same do, and the customer's own words.

use super::written::told;
use super::{NoText, budget};
use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::{ai as cases, load};
use frontdesk_ai::classify::{self, Choices, Guess, Suggestions};
use frontdesk_ai::hide::Hidden;
use frontdesk_ai::prompt::Said;
use frontdesk_ai::rank::{self, Candidate};
use frontdesk_ai::{mood, words};
use frontdesk_db::Conn;
use frontdesk_db::queries::{ai_runs, conversations, customers, precedents, tags, teams};
use frontdesk_domain::account::Team;
use frontdesk_domain::ai::{self, Run};
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{
    Actor, AiOutcome, AiRunId, AiTask, Conversation, ConversationId, Message, TagId, TeamId,
    Timestamp,
};
use std::collections::HashMap;
use std::hash::Hash;
use tokio::sync::watch;

/// What is suggested.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sorted {
    /// The model that said so, or that nobody was asked.
    pub(crate) by: String,
    pub(crate) tags: Vec<Guess<Tag>>,
    pub(crate) team: Option<Guess<Team>>,
    pub(crate) priority: Option<Guess<String>>,
    pub(crate) sentiment: Option<Guess<String>>,
    /// Why the model did not say it.
    pub(crate) trouble: Option<String>,
}

/// All that it is said from.
struct Seen {
    conversation: Conversation,
    thread: Vec<Message>,
    tags: Vec<Tag>,
    teams: Vec<Team>,
    name: Option<String>,
    alike: Alike,
    exhausted: Option<&'static str>,
}

/// How much speaks for which tag and team in conversations about the same, from 0 to 1.
#[derive(Default)]
struct Alike {
    tags: HashMap<TagId, f64>,
    teams: HashMap<TeamId, f64>,
}

/// How many earlier conversations have a say.
const VOICES: usize = 12;

/// Fewer than this many say nothing.
const QUORUM: usize = 2;

/// What fewer speak for is not suggested.
const FLOOR: f64 = 0.4;

/// Tags that are suggested at most.
const TAGS: usize = 3;

/// How many words of a question are looked for in earlier ones.
const WORDS: usize = 8;

/// Says how a conversation is to be sorted. Nothing is changed by it.
pub(crate) async fn sort(app: &App, actor: Actor, id: ConversationId) -> Outcome<Sorted> {
    let (settings, began_at) = (app.config.ai.clone(), app.db.now());
    let seen = app
        .db
        .read(move |conn| {
            let mut seen = look(conn, &actor, id)?;
            seen.exhausted = budget::exhausted(conn, &settings, actor.account_id, began_at)?;
            Ok::<_, Failure>(seen)
        })
        .await?;
    let Some(model) = &app.model else {
        return Ok(by_words(&seen, None));
    };
    if let Some(why) = seen.exhausted {
        return Ok(by_words(&seen, Some(why.to_owned())));
    }
    let choices = Choices {
        tags: seen.tags.iter().map(|it| it.name.clone()).collect(),
        teams: seen.teams.iter().map(|it| it.name.clone()).collect(),
    };
    let mut hidden = Hidden::knowing(seen.name.as_deref());
    let thread: Vec<Said> = told(&seen.thread, &mut hidden);
    let messages = classify::messages(&choices, &thread);
    let heard = watch::Sender::new(String::new());
    let answered = model.ask(AiTask::Suggest, &messages, &heard).await;
    let name = model.name(AiTask::Suggest);
    let mut run = begun(&seen.conversation, name, began_at);
    run.prompt_hash = Some(super::hash(&messages));
    run.took_ms = app.db.now().0.saturating_sub(began_at.0).max(0) / 1_000;
    let sorted = match answered {
        Ok(completion) => {
            (run.tokens_in, run.tokens_out) = (completion.tokens_in, completion.tokens_out);
            run.cost = app
                .config
                .ai
                .prices
                .cost(name, run.tokens_in, run.tokens_out);
            match classify::read(&completion.text, &choices) {
                Some(said) => chosen(&seen, said, name),
                None => {
                    run.outcome = AiOutcome::Nothing;
                    by_words(&seen, Some("The model said something else.".to_owned()))
                }
            }
        }
        Err(NoText { why, .. }) => {
            run.outcome = AiOutcome::Failed;
            by_words(&seen, Some(why))
        }
    };
    run.reason.clone_from(&sorted.trouble);
    let account_id = run.account_id;
    app.db
        .write(account_id, move |unit| {
            ai_runs::insert(unit, &run).map_err(Failure::from)
        })
        .await?;
    Ok(sorted)
}

fn begun(held: &Conversation, model: &str, began_at: Timestamp) -> Run {
    Run {
        id: AiRunId::random(),
        account_id: held.account_id,
        inbox_id: held.inbox_id,
        conversation_id: Some(held.id),
        draft_id: None,
        task: AiTask::Suggest,
        model: model.to_owned(),
        prompt_hash: None,
        sources: None,
        tokens_in: 0,
        tokens_out: 0,
        cost: 0,
        outcome: AiOutcome::Ready,
        reason: None,
        began_at,
        took_ms: 0,
    }
}

fn look(conn: &mut dyn Conn, actor: &Actor, id: ConversationId) -> Outcome<Seen> {
    let conversation = load::conversation(conn, actor, id)?;
    let account_id = actor.account_id;
    let thread = cases::thread(conn, id)?;
    let alike = alike(conn, &conversation, &said(&thread))?;
    let customer = customers::by_id(conn, account_id, conversation.customer_id)?;
    Ok(Seen {
        tags: tags::of_account(conn, account_id)?,
        teams: teams::of_account(conn, account_id)?,
        name: customer.and_then(|it| it.name),
        conversation,
        thread,
        alike,
        exhausted: None,
    })
}

/// What the customer wrote.
fn said(thread: &[Message]) -> String {
    let said = thread.iter().filter(|it| it.customer_id().is_some());
    let said: Vec<&str> = said.filter_map(|it| it.body.as_deref()).collect();
    said.join("\n")
}

/// What earlier conversations of the inbox about the same were sorted as.
fn alike(conn: &mut dyn Conn, held: &Conversation, question: &str) -> Outcome<Alike> {
    let mut alike = Alike::default();
    let Some(inbox_id) = held.inbox_id else {
        return Ok(alike);
    };
    let words = words::telling(question, WORDS);
    let mut asked = precedents::asked(conn, held.account_id, inbox_id, &words, held.id)?;
    // A conversation has one voice, however much was written in it.
    let mut heard = Vec::new();
    asked.retain(|it| {
        let new = !heard.contains(&it.conversation_id);
        heard.push(it.conversation_id);
        new
    });
    let candidates: Vec<Candidate<'_>> = asked
        .iter()
        .map(|it| Candidate {
            about: "",
            text: &it.body,
        })
        .collect();
    let voices: Vec<_> = rank::best(question, &candidates)
        .into_iter()
        .take(VOICES)
        .collect();
    if voices.len() < QUORUM {
        return Ok(alike);
    }
    let all: f64 = voices.iter().map(|it| it.score).sum();
    for voice in voices {
        let (id, weight) = (asked[voice.index].conversation_id, voice.score / all);
        for tag in tags::of_conversation(conn, held.account_id, id)? {
            *alike.tags.entry(tag.id).or_default() += weight;
        }
        let team = conversations::by_id(conn, held.account_id, id)?.and_then(|it| it.team_id);
        if let Some(team) = team {
            *alike.teams.entry(team).or_default() += weight;
        }
    }
    Ok(alike)
}

fn chosen(seen: &Seen, said: Suggestions, model: &str) -> Sorted {
    let tags = said.tags.into_iter().filter_map(|it| {
        let value = seen.tags.get(it.value)?.clone();
        Some(Guess {
            value,
            confidence: it.confidence,
        })
    });
    let team = said.team.and_then(|it| {
        let value = seen.teams.get(it.value)?.clone();
        Some(Guess {
            value,
            confidence: it.confidence,
        })
    });
    Sorted {
        by: model.to_owned(),
        tags: tags.collect(),
        team,
        priority: said.priority,
        sentiment: said.sentiment,
        trouble: None,
    }
}

/// What can be said without a model.
fn by_words(seen: &Seen, trouble: Option<String>) -> Sorted {
    let question = said(&seen.thread);
    let mut tags = voted(&seen.tags, &seen.alike.tags, |it| it.id);
    tags.truncate(TAGS);
    let teams = voted(&seen.teams, &seen.alike.teams, |it| it.id);
    Sorted {
        by: ai::BUILT_IN.to_owned(),
        tags,
        team: teams.into_iter().next(),
        priority: mood::priority(&question),
        sentiment: Some(mood::sentiment(&question)),
        trouble,
    }
}

/// What enough voices speak for, the most first.
fn voted<T: Clone, Id: Eq + Hash>(
    all: &[T],
    votes: &HashMap<Id, f64>,
    id: impl Fn(&T) -> Id,
) -> Vec<Guess<T>> {
    let guesses = all.iter().filter_map(|it| {
        let confidence = *votes.get(&id(it))?;
        (confidence >= FLOOR).then(|| Guess {
            value: it.clone(),
            confidence: confidence.min(1.0),
        })
    });
    let mut guesses: Vec<Guess<T>> = guesses.collect();
    guesses.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    guesses
}
