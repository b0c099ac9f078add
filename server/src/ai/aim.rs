//! What a customer's question means, so that knowledge is found that answers it in other words. Where
//! nobody says it, texts are found by their words alone.

use super::budget;
use super::embed::Patience;
use super::ledger::Asked;
use super::look::Wanted;
use super::model::{NoText, Passing};
use super::trouble::Trouble;
use crate::app::App;
use crate::failure::{Failure, Outcome};
use frontdesk_ai::embedding;
use frontdesk_ai::hide::Hidden;
use frontdesk_ai::vector::Vector;
use frontdesk_db::queries::{ai_runs, customers, knowledge_vectors};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, KnowledgeId};
use std::slice;
use std::time::Duration;
use tokio::time::timeout;

/// So long a draft waits for what its question means.
const WAIT: Duration = Duration::from_secs(5);

/// So many entries are near enough.
const NEAR: usize = 6;

/// What is less alike has next to nothing in common with the question.
const FLOOR: f64 = 0.2;

/// What a question means.
#[derive(Debug, Clone)]
pub(super) struct Aim {
    model: String,
    vector: Vector,
    /// What the model was told of the question.
    pub(super) told: String,
}

impl Aim {
    /// What a conversation's question means, where a model says it. What belongs to the customer is
    /// hidden from it.
    pub(super) async fn of(app: &App, wanted: &Wanted) -> Outcome<Option<Self>> {
        let Some(model) = &app.model else {
            return Ok(None);
        };
        let Some(name) = model.embeds() else {
            return Ok(None);
        };
        let began_at = app.db.now();
        let (asking, named, settings) = (wanted.clone(), name.to_owned(), app.config.ai.clone());
        let told = app.db.read(move |conn| {
            let account_id = asking.conversation.account_id;
            let is_known = knowledge_vectors::any(conn, account_id, &named)?;
            if !is_known || budget::exhausted(conn, &settings, account_id, began_at)?.is_some() {
                return Ok(String::new());
            }
            told(conn, &asking)
        });
        let told = told.await?;
        if told.is_empty() {
            return Ok(None);
        }
        let asked = model.embed(name, slice::from_ref(&told), Patience::Once);
        let answered = timeout(WAIT, asked).await.unwrap_or_else(|_| Err(late()));
        let was_asked = !matches!(&answered, Err(no_text) if no_text.passing == Passing::Down);
        if was_asked {
            let asked = Asked {
                account_id: wanted.conversation.account_id,
                conversation: Some(&wanted.conversation),
                model: name,
                texts: slice::from_ref(&told),
                began_at,
            };
            let run = asked.line(app, &answered);
            let kept = app.db.write(run.account_id, move |unit| {
                ai_runs::insert(unit, &run).map_err(Failure::from)
            });
            kept.await?;
        }
        let vector = answered.ok().and_then(|it| it.vectors.into_iter().next());
        Ok(vector.map(|vector| Self {
            model: name.to_owned(),
            vector,
            told,
        }))
    }

    /// The entries that mean the same, the nearest first.
    pub(super) fn near(
        &self,
        conn: &mut dyn Conn,
        account_id: AccountId,
    ) -> Result<Vec<KnowledgeId>, DbError> {
        let measure = |kept: &[u8]| self.vector.likeness(kept);
        let mut found = knowledge_vectors::measured(conn, account_id, &self.model, &measure)?;
        found.retain(|(_, likeness)| *likeness >= FLOOR);
        found.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        Ok(found.into_iter().take(NEAR).map(|(id, _)| id).collect())
    }
}

/// What a model is told of a question.
fn told(conn: &mut dyn Conn, wanted: &Wanted) -> Outcome<String> {
    let held = &wanted.conversation;
    let customer = customers::by_id(conn, held.account_id, held.customer_id)?;
    let name = customer.and_then(|it| it.name);
    let mut hidden = Hidden::knowing(name.as_deref());
    Ok(embedding::cut(&hidden.hide(&wanted.question())))
}

fn late() -> NoText {
    NoText {
        why: "The model took too long to say what the question means.".to_owned(),
        passing: Passing::No,
        trouble: Trouble::Silent,
    }
}
