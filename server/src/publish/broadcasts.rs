//! From one event to its broadcasts: numbered ones for clients with a cursor, and those existing
//! clients know.

use crate::app::App;
use crate::channels::{Broadcast, Flavour, Frame, Moved, Relocation};
use crate::http::wire;
use frontdesk_db::queries::events::{Content, Event};
use frontdesk_db::queries::messages::MessageView;
use frontdesk_domain::scope::Sight;
use frontdesk_domain::{ConversationId, EventKind, TagId};
use frontdesk_protocol::entity::{Conversation, Tag};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;

/// The tags that a page of events names, as existing clients know them.
pub(super) type Tags = HashMap<TagId, Tag>;

/// Turns events into broadcasts.
pub(super) struct Announcer {
    app: App,
}

impl Announcer {
    pub(super) fn new(app: &App) -> Self {
        Self { app: app.clone() }
    }

    /// Tells everybody who is joined and may know.
    pub(super) fn announce(&self, event: &Event, tags: &Tags) {
        self.moved(event);
        let notification = format!("notification:{}", event.account_id);
        if self.app.hub.members(&notification) > 0 {
            self.numbered(event, &notification);
        }
        match (&event.kind, &event.content) {
            (EventKind::ConversationCreated, _) => self.created(event, &notification),
            (EventKind::ConversationUpdated, _) => self.updated(event, tags, &notification),
            (
                EventKind::MessageCreated,
                Content::Message {
                    view: Some(view), ..
                },
            ) => {
                self.shout(event, view, &notification);
            }
            _ => {}
        }
    }

    /// Who is in a conversation is for those who see it where it is now.
    fn moved(&self, event: &Event) {
        if event.moved_from.is_some()
            && let Some(held) = &event.conversation
            && let Some(channels) = self.app.channels()
        {
            channels.moved(&Relocation {
                account_id: held.account_id,
                conversation_id: held.id,
                to: held.place().into(),
            });
        }
    }

    /// The event under its number, for clients that keep a cursor.
    fn numbered(&self, event: &Event, topic: &str) {
        let (now, before) = wire::scopes(event);
        let told = |sight| text(&wire::seen(event, sight, &self.app.links));
        let (shown, hidden) = (told(Sight::Shown), told(Sight::Hidden));
        let moved = before.map(|from| (from, told(Sight::Left), told(Sight::Entered)));
        self.app.hub.publish(&Broadcast {
            topic,
            flavour: Some(Flavour::Numbered),
            scope: now,
            frame: numbered(&shown),
            hidden: Some(numbered(&hidden)),
            moved: moved.as_ref().map(|(from, left, entered)| Moved {
                from: *from,
                left: numbered(left),
                entered: numbered(entered),
            }),
            except: None,
        });
    }

    /// What only agents hear who see the conversation, in the form existing clients know.
    fn legacy(&self, event: &Event, topic: &str, name: &str, payload: &str) {
        self.app.hub.publish(&Broadcast {
            flavour: Some(Flavour::Legacy),
            scope: wire::scopes(event).0,
            ..Broadcast::to_all(topic, name, payload)
        });
    }

    fn created(&self, event: &Event, notification: &str) {
        let Some(conversation) = &event.conversation else {
            return;
        };
        let payload = json!({ "id": conversation.id }).to_string();
        self.legacy(event, notification, "conversation:created", &payload);
        let lobby = format!("conversation:lobby:{}", conversation.customer_id);
        self.app
            .hub
            .publish(&Broadcast::to_all(&lobby, "conversation:created", &payload));
    }

    fn updated(&self, event: &Event, tags: &Tags, notification: &str) {
        let Some(conversation) = &event.conversation else {
            return;
        };
        let payload = Updated {
            id: conversation.id,
            updates: Updates {
                conversation: wire::conversation(conversation),
                tags: event.tags.iter().filter_map(|id| tags.get(id)).collect(),
            },
        };
        let payload = text(&payload);
        self.legacy(event, notification, "conversation:updated", &payload);
        if conversation.read {
            self.read(event, conversation.id);
        }
    }

    /// Tells the visitor's page up to which number somebody has read.
    fn read(&self, event: &Event, id: ConversationId) {
        let topic = format!("conversation:{id}");
        if self.app.hub.members(&topic) == 0 {
            return;
        }
        let payload = json!({ "seq": event.seq }).to_string();
        self.app.hub.publish(&Broadcast {
            scope: wire::scopes(event).0,
            ..Broadcast::to_all(&topic, "read", &payload)
        });
    }

    fn shout(&self, event: &Event, view: &MessageView, notification: &str) {
        let shown = wire::message(view, &self.app.links);
        let payload = text(&shown);
        self.legacy(event, notification, "shout", &payload);
        if view.message.private {
            return;
        }
        let topic = format!("conversation:{}", view.message.conversation_id);
        // The writer's page finds its own copy by the text it sent, so it gets that one back.
        let echoed = view
            .message
            .original
            .clone()
            .filter(|_| view.message.customer_id().is_some());
        let payload = match echoed {
            None => payload,
            Some(original) => {
                let mut echo = shown;
                echo.body = Some(original);
                text(&echo)
            }
        };
        self.app.hub.publish(&Broadcast {
            scope: wire::scopes(event).0,
            ..Broadcast::to_all(&topic, "shout", &payload)
        });
    }
}

/// The payload of `conversation:updated`.
#[derive(Serialize)]
struct Updated<'a> {
    id: ConversationId,
    updates: Updates<'a>,
}

/// A conversation in its basic form, with its tags beside the fields.
#[derive(Serialize)]
struct Updates<'a> {
    #[serde(flatten)]
    conversation: Conversation,
    tags: Vec<&'a Tag>,
}

fn numbered(payload: &str) -> Frame<'_> {
    Frame::json("event", payload)
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("wire types are plain data and become JSON")
}
