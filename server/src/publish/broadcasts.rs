//! From one event to its broadcasts: numbered ones for clients with a cursor, and those existing
//! clients know.

use crate::app::App;
use crate::channels::{Broadcast, Flavour, Frame, Hub, Scope};
use crate::http::wire::{self, Links};
use frontdesk_db::queries::events::{Content, Event};
use frontdesk_db::queries::messages::MessageView;
use frontdesk_domain::actor::View;
use frontdesk_domain::{ConversationId, EventKind, TagId};
use frontdesk_protocol::entity::{Conversation, Tag};
use frontdesk_protocol::frame::Payload;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;

/// The tags that a page of events names, as existing clients know them.
pub(super) type Tags = HashMap<TagId, Tag>;

/// Turns events into broadcasts.
pub(super) struct Announcer {
    hub: Arc<Hub>,
    links: Links,
}

impl Announcer {
    pub(super) fn new(app: &App) -> Self {
        Self {
            hub: Arc::clone(&app.hub),
            links: app.links.clone(),
        }
    }

    /// Tells everybody who is joined and may know.
    pub(super) fn announce(&self, event: &Event, tags: &Tags) {
        let notification = format!("notification:{}", event.account_id);
        if self.hub.members(&notification) > 0 {
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

    /// The event under its number, for clients that keep a cursor.
    fn numbered(&self, event: &Event, topic: &str) {
        let frame = text(&wire::event(event, &View::All, &self.links));
        let hidden = text(&wire::unseen(event));
        self.hub.publish(&Broadcast {
            topic,
            flavour: Some(Flavour::Numbered),
            scope: scope(event),
            frame: Frame {
                event: "event",
                payload: Payload::Json(&frame),
            },
            hidden: Some(Frame {
                event: "event",
                payload: Payload::Json(&hidden),
            }),
            except: None,
        });
    }

    /// What only agents hear who see the conversation, in the form existing clients know.
    fn legacy(&self, event: &Event, topic: &str, name: &str, payload: &str) {
        self.hub.publish(&Broadcast {
            topic,
            flavour: Some(Flavour::Legacy),
            scope: scope(event),
            frame: Frame {
                event: name,
                payload: Payload::Json(payload),
            },
            hidden: None,
            except: None,
        });
    }

    fn created(&self, event: &Event, notification: &str) {
        let Some(conversation) = &event.conversation else {
            return;
        };
        let payload = json!({ "id": conversation.id }).to_string();
        self.legacy(event, notification, "conversation:created", &payload);
        let lobby = format!("conversation:lobby:{}", conversation.customer_id);
        self.hub
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
    }

    fn shout(&self, event: &Event, view: &MessageView, notification: &str) {
        let shown = wire::message(view, &self.links);
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
        match echoed {
            None => self
                .hub
                .publish(&Broadcast::to_all(&topic, "shout", &payload)),
            Some(original) => {
                let mut echo = shown;
                echo.body = Some(original);
                self.hub
                    .publish(&Broadcast::to_all(&topic, "shout", &text(&echo)));
            }
        }
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

fn scope(event: &Event) -> Scope {
    match &event.conversation {
        None => Scope::Account,
        Some(held) => Scope::Conversation {
            inbox: held.inbox_id,
            assignee: held.assignee_id,
        },
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("wire types are plain data and become JSON")
}
