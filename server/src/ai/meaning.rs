//! Asks a model what an account's entries of knowledge mean, so that questions in other words find them.

use super::Left;
use super::budget;
use super::embed::Patience;
use super::ledger::Asked;
use super::model::{Model, Passing};
use crate::app::App;
use crate::failure::Outcome;
use frontdesk_ai::embedding::{self, Embedded};
use frontdesk_db::Unit;
use frontdesk_db::queries::{ai_runs, knowledge_vectors};
use frontdesk_domain::AccountId;
use frontdesk_domain::ai::Run;
use frontdesk_domain::knowledge::Entry;

/// So many entries are asked about at once.
const BATCH: i64 = 32;

/// So often it asks before others have their turn.
const ROUNDS: usize = 16;

/// Asks about new and changed entries, and says what is left to do.
pub(crate) async fn learn_meanings(app: &App, account_id: AccountId) -> Outcome<Left> {
    let Some(model) = &app.model else {
        return Ok(Left::Nothing);
    };
    let Some(name) = model.embeds() else {
        return Ok(Left::Nothing);
    };
    for _ in 0..ROUNDS {
        match round(app, model, name, account_id).await? {
            Left::Again if !app.tasks.stopping().is_cancelled() => {}
            left => return Ok(left),
        }
    }
    Ok(Left::Again)
}

async fn round(app: &App, model: &Model, name: &str, account_id: AccountId) -> Outcome<Left> {
    let (began_at, named, settings) = (app.db.now(), name.to_owned(), app.config.ai.clone());
    let missing = app.db.read(move |conn| {
        // Whatever waits for another month is looked for each hour.
        match budget::exhausted(conn, &settings, account_id, began_at)? {
            Some(_) => Ok(Vec::new()),
            None => knowledge_vectors::missing(conn, account_id, &named, BATCH),
        }
    });
    let missing = missing.await?;
    if missing.is_empty() {
        return Ok(Left::Nothing);
    }
    let texts: Vec<String> = missing
        .iter()
        .map(|it| embedding::text_of(&it.title, &it.body))
        .collect();
    let answered = model.embed(name, &texts, Patience::AsSet).await;
    let down = matches!(&answered, Err(no_text) if no_text.passing == Passing::Down);
    if down {
        return Ok(Left::Down);
    }
    let asked = Asked {
        account_id,
        conversation: None,
        model: name,
        texts: &texts,
        began_at,
    };
    let run = asked.line(app, &answered);
    let left = match &answered {
        Ok(_) => Left::Again,
        Err(no_text) => Left::Later {
            why: no_text.why.clone(),
        },
    };
    let kept = app.db.write(account_id, move |unit| {
        keep(unit, &run, &missing, answered.ok())
    });
    kept.await?;
    Ok(left)
}

fn keep(
    unit: &mut Unit<'_>,
    run: &Run,
    entries: &[Entry],
    embedded: Option<Embedded>,
) -> Outcome<()> {
    ai_runs::insert(unit, run)?;
    let vectors = embedded.map(|it| it.vectors).unwrap_or_default();
    for (entry, vector) in entries.iter().zip(vectors) {
        knowledge_vectors::keep(unit, entry, &run.model, vector.bytes())?;
    }
    Ok(())
}
