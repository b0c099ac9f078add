//! Tries the model out: one small question for each model, and exactly what is wrong where it is.

use super::embed::Patience;
use super::model::Model;
use super::trouble::Trouble;
use crate::config::Config;
use crate::probe::Step;
use frontdesk_ai::prompt::Message;
use frontdesk_db::{Clock, SystemClock};
use frontdesk_domain::AiTask;
use std::sync::Arc;
use tokio::sync::watch;

/// What a model is asked.
const QUESTION: &str = "Answer with the word ready and nothing else.";

/// Tries out what is configured. Nothing of any customer is sent.
pub(crate) async fn try_out(config: &Config) -> Vec<Step> {
    let Some(service) = config.ai.service() else {
        let why = "No model is set: drafts come from canned responses and earlier answers. Set ai.key, or \
            ai.base_url for a service of your own.";
        return vec![Step::bad("service", why)];
    };
    let mut steps = vec![Step::good("service", service)];
    let model = match Model::of(config, Arc::new(SystemClock)) {
        Ok(Some(model)) => model,
        Ok(None) => return steps,
        Err(error) => {
            steps.push(Step::bad("key", error.to_string()));
            return steps;
        }
    };
    let mut asked: Vec<&str> = Vec::new();
    for task in AiTask::ALL {
        let name = model.name(*task);
        if !asked.contains(&name) {
            asked.push(name);
            steps.push(ask(&model, *task).await);
        }
    }
    if let Some(name) = model.embeds() {
        steps.push(ask_meaning(&model, name).await);
    }
    steps
}

/// Asks the model for embeddings what two words mean.
async fn ask_meaning(model: &Model, name: &str) -> Step {
    let texts = ["refund", "money back"].map(str::to_owned);
    let began = SystemClock.now();
    let asked = model.insist_on_meaning(name, &texts, Patience::AsSet);
    match asked.await {
        Ok(embedded) => {
            let took = (SystemClock.now().0 - began.0) / 1_000;
            let parts = embedded.vectors.first().map_or(0, |it| it.bytes().len());
            Step::good(
                "embeddings",
                format!(
                    "{name} answered in {parts} numbers after {took} ms, for {} tokens",
                    embedded.tokens
                ),
            )
        }
        Err(no_text) => {
            let advice = match no_text.trouble {
                // The address is right: it was asked the other questions.
                Trouble::Model | Trouble::Address => {
                    "See that the service makes embeddings, and name a model for them in ai.embed_model."
                }
                other => other.advice(),
            };
            Step::bad("embeddings", format!("{name}: {} {advice}", no_text.why))
        }
    }
}

async fn ask(model: &Model, task: AiTask) -> Step {
    let question = [Message {
        role: "user",
        content: QUESTION.to_owned(),
    }];
    let heard = watch::Sender::new(String::new());
    let (name, began) = (model.name(task).to_owned(), SystemClock.now());
    match model.insist(task, &question, &heard).await {
        Ok(completion) => {
            let took = (SystemClock.now().0 - began.0) / 1_000;
            let said: String = completion.text.trim().chars().take(40).collect();
            Step::good(
                "model",
                format!(
                    "{name} said {said:?} after {took} ms, for {} tokens in and {} out",
                    completion.tokens_in, completion.tokens_out
                ),
            )
        }
        Err(no_text) => {
            let advice = no_text.trouble.advice();
            Step::bad("model", format!("{name}: {} {advice}", no_text.why))
        }
    }
}
