//! What the server finds, as hits of the screen's box.

use super::Errands;
use crate::sync::SyncError;
use frontdesk_inbox::{DraftMark, LastWords, OutMark, Row, Speaker};
use frontdesk_protocol::entity::{Conversation, Customer, Message};
use frontdesk_ui::Msg;
use frontdesk_ui::msg::Hit;
use serde::Deserialize;

/// How many are asked for; more of them nobody reads.
const MOST: usize = 30;

#[derive(Deserialize)]
struct Page {
    data: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    conversation: Conversation,
    customer: Option<Customer>,
    message: Option<Message>,
    snippet: Option<Snippet>,
}

#[derive(Deserialize)]
struct Snippet {
    text: String,
}

impl Errands {
    pub(super) async fn search(&mut self, generation: u64, text: &str) -> Result<(), SyncError> {
        let query = [("q", text.to_owned()), ("limit", MOST.to_string())];
        let page: Page = self.api.get("/api/v1/search", &query).await?;
        let hits = page.data.into_iter().map(hit).collect();
        drop(
            self.news
                .send(Msg::FoundOnServer { generation, hits })
                .await,
        );
        Ok(())
    }
}

fn hit(found: Found) -> Hit {
    let at = found.conversation.last_activity_at;
    let last = found.snippet.map(|it| LastWords {
        by: Speaker::Customer,
        text: it.text,
        at: at.map_or(found.conversation.created_at.0, |at| at.0),
    });
    Hit {
        message: found.message.map(|it| it.id),
        row: Row {
            is_blocked: found
                .customer
                .as_ref()
                .is_some_and(|it| it.blocked_at.is_some()),
            customer: found.customer.map_or_else(String::new, |it| it.title),
            last,
            tags: Vec::new(),
            draft: DraftMark::None,
            is_mentioned: false,
            out: OutMark::None,
            conversation: found.conversation,
        },
    }
}
