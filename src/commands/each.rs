//! One thing for each of several conversations, and a line that says what came of it.

use crate::cli::How;
use crate::error::Error;
use crate::output::{Output, say, with_causes};
use crate::sign_in::Agent;
use frontdesk_protocol::id::{ConversationId, MergeId, MessageId};
use serde::Serialize;
use std::io::{self, Read as _};

/// What stands for the standard input.
const INPUT: &str = "-";

/// What came of it for one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Done,
    /// It was so before; nothing was sent.
    AlreadySo,
    /// It was only asked what would happen.
    Would,
    /// The server does it at its time.
    Kept,
}

/// What is told of one conversation.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    /// Nothing for one that is still to begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<ConversationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<i64>,
    pub(super) outcome: Outcome,
    /// What it is afterwards: `closed`, `assigned to Tomas`.
    pub(super) what: String,
    /// What is said instead of a line.
    #[serde(skip)]
    pub(super) sentence: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<MessageId>,
    /// Under which name it can be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merge_id: Option<MergeId>,
}

/// What is told of a conversation for which it did not work.
#[derive(Debug, Serialize)]
struct Failed<'a> {
    named: &'a str,
    outcome: &'static str,
    error: String,
}

impl Told {
    fn line(&self, named: &str) -> String {
        if let Some(sentence) = self.sentence {
            return sentence.to_owned();
        }
        let what = &self.what;
        let name = self
            .number
            .map_or_else(|| named.to_owned(), |number| format!("#{number}"));
        match self.outcome {
            Outcome::Done => format!("{name} {what}"),
            Outcome::AlreadySo => format!("{name} was {what} already"),
            Outcome::Would => format!("{name} would be {what}"),
            Outcome::Kept => format!("{name} is {what}"),
        }
    }
}

/// The conversations that were named, with those from the standard input in the place of `-`,
/// each once.
pub(super) fn named(given: &[String]) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    for name in given {
        if name == INPUT {
            let mut text = String::new();
            io::stdin()
                .lock()
                .read_to_string(&mut text)
                .map_err(Error::Input)?;
            all.extend(first_words(&text));
        } else {
            all.push(name.clone());
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|name| seen.insert(name.trim_start_matches('#').to_owned()));
    Ok(all)
}

/// The first word of each line: what `ls` prints can be handed on as it is.
fn first_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
}

/// Does the work for each conversation and tells what came of it. One that fails does not keep
/// the others from being done, unless they would all fail for the same reason.
pub(super) async fn run(
    output: &Output,
    agent: &mut Agent,
    named: &[String],
    how: How,
    mut work: impl AsyncFnMut(&mut Agent, &str) -> Result<Told, Error>,
) -> Result<(), Error> {
    let mut failed = 0;
    for name in named {
        match work(agent, name).await {
            Ok(told) if how.json => output.json(&json(&told))?,
            Ok(told) => output.words(&told.line(name))?,
            Err(error) => {
                if how.json {
                    output.json(&json(&Failed {
                        named: name,
                        outcome: "failed",
                        error: with_causes(&error),
                    }))?;
                }
                if named.len() == 1 || error.is_of_all() {
                    return Err(error);
                }
                say(&format!("{name}: {}", with_causes(&error)));
                failed += 1;
            }
        }
    }
    match failed {
        0 => Ok(()),
        failed => Err(Error::SomeFailed {
            failed,
            of: named.len(),
        }),
    }
}

fn json(it: &impl Serialize) -> String {
    serde_json::to_string(it).expect("names and texts always make JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_list_name_conversations() {
        let listed = "#12 ● @ Ana Lima  Refund\n\n 7\n#12 again\n";
        let words: Vec<String> = first_words(listed).collect();
        assert_eq!(words, ["#12", "7", "#12"]);
    }

    #[test]
    fn a_conversation_is_named_once() {
        let given = ["#12", "7", "12"].map(str::to_owned);
        assert_eq!(named(&given).unwrap(), ["#12", "7"]);
    }

    #[test]
    fn a_line_says_what_was_what_is_and_what_would_be() {
        let told = |outcome, number| Told {
            id: Some(ConversationId::random()),
            number,
            outcome,
            what: "closed".to_owned(),
            sentence: None,
            message_id: None,
            merge_id: None,
        };
        let line = |outcome, number| told(outcome, number).line("6a0b");
        assert_eq!(line(Outcome::Done, Some(12)), "#12 closed");
        assert_eq!(line(Outcome::AlreadySo, Some(12)), "#12 was closed already");
        assert_eq!(line(Outcome::Would, None), "6a0b would be closed");
    }
}
