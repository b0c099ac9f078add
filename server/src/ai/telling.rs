//! Tells the agents who see a conversation what is being written in it, while it is written. Nothing of it
//! is kept: the draft itself is an event once it is there.

use super::look::Wanted;
use super::written::Question;
use crate::app::App;
use crate::channels::{Broadcast, Flavour, Frame};
use frontdesk_protocol::draft_text::{DraftText, Writing};
use frontdesk_protocol::topic::Topic;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// The text is told at most this often.
const BETWEEN: Duration = Duration::from_millis(200);

/// It is told again after so long although nothing was added, for those who came meanwhile and as a sign
/// that it still goes on.
const AGAIN: Duration = Duration::from_secs(1);

/// Tells of one draft.
pub(super) struct Telling<'a> {
    app: &'a App,
    wanted: &'a Wanted,
}

impl<'a> Telling<'a> {
    pub(super) fn of(app: &'a App, wanted: &'a Wanted) -> Self {
        Self { app, wanted }
    }

    /// Tells what there is of the text, for as long as it is asked to.
    pub(super) async fn keep_telling(
        &self,
        question: &Question,
        mut written: watch::Receiver<String>,
    ) -> Infallible {
        loop {
            let text = question.so_far(&written.borrow_and_update());
            let has_begun = !text.is_empty();
            self.say(Writing::Going, text, None);
            // The first words are told as soon as they come.
            if has_begun {
                sleep(BETWEEN).await;
            }
            // Whether something was added or it has been a while, it is told.
            drop(timeout(AGAIN, written.changed()).await);
        }
    }

    /// Tells that nothing more is added, with the whole text, or why there is none.
    pub(super) fn end(&self, text: String, why: Option<&str>) {
        let state = match why {
            None => Writing::Done,
            Some(_) => Writing::Broken,
        };
        self.say(state, text, why);
    }

    fn say(&self, state: Writing, text: String, why: Option<&str>) {
        let held = &self.wanted.conversation;
        let told = DraftText {
            conversation_id: held.id,
            draft_id: self.wanted.make.into,
            state,
            text,
            why: why.map(ToOwned::to_owned),
        };
        let Ok(payload) = serde_json::to_string(&told) else {
            return;
        };
        let topic = Topic::Notification(held.account_id).to_string();
        self.app.hub.publish(&Broadcast {
            flavour: Some(Flavour::Numbered),
            scope: held.place().into(),
            frame: Frame::json(DraftText::EVENT, &payload),
            ..Broadcast::to_all(&topic, DraftText::EVENT, "{}")
        });
    }
}
