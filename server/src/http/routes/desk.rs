//! Routes for the daily work: conversations and messages.

use crate::http::handlers::conversations::{
    self, Count, ListQuery, RelatedQuery, StartBody, UnreadCounts, UpdateBody,
};
use crate::http::handlers::messages::{self, MessageChanges, MessageQuery, NewMessage};
use crate::http::route::Access::{Agent, Anyone};
use crate::http::route::{Route, delete, get, patch, post, put};
use frontdesk_domain::policy::Permission::{DeleteForGood, ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{
    Conversation, ConversationFull, CursorPage, Data, Message, MessagePlain,
};

pub(super) fn routes() -> Vec<Route> {
    [
        conversation_routes(),
        conversation_extra_routes(),
        message_routes(),
    ]
    .concat()
}

fn conversation_routes() -> Vec<Route> {
    vec![
        get("/api/conversations", Agent(ReadDesk), conversations::index)
            .about("Lists conversations, the latest activity first.")
            .public_api()
            .query::<ListQuery>()
            .answers::<CursorPage<ConversationFull>>(200),
        post("/api/conversations", Anyone, conversations::start)
            .about("Starts a conversation, as a visitor or as an agent.")
            .public_api()
            .takes_plain::<StartBody>()
            .answers::<Data<Conversation>>(201),
        get(
            "/api/conversations/count",
            Agent(ReadDesk),
            conversations::count,
        )
        .about("Counts conversations.")
        .query::<ListQuery>()
        .answers::<Data<Count>>(200),
        get(
            "/api/conversations/unread",
            Agent(ReadDesk),
            conversations::unread,
        )
        .about("Counts unread conversations by kind and inbox.")
        .answers::<Data<UnreadCounts>>(200),
        get(
            "/api/conversations/{id}",
            Agent(ReadDesk),
            conversations::show,
        )
        .about("A conversation with its messages, oldest first.")
        .public_api()
        .answers::<Data<ConversationFull>>(200),
        put(
            "/api/conversations/{id}",
            Agent(WorkConversations),
            conversations::update,
        )
        .about("Changes a conversation; what is left out stays.")
        .public_api()
        .takes::<UpdateBody>()
        .answers::<Data<Conversation>>(200),
        patch(
            "/api/conversations/{id}",
            Agent(WorkConversations),
            conversations::update,
        )
        .about("Changes a conversation; what is left out stays.")
        .public_api()
        .takes::<UpdateBody>()
        .answers::<Data<Conversation>>(200),
        delete(
            "/api/conversations/{id}",
            Agent(DeleteForGood),
            conversations::delete,
        )
        .about("Deletes a conversation with its messages.")
        .public_api()
        .answers_empty(204),
    ]
}

/// What else can be asked of one conversation.
fn conversation_extra_routes() -> Vec<Route> {
    vec![
        post(
            "/api/conversations/{id}/archive",
            Agent(WorkConversations),
            conversations::archive,
        )
        .about("Takes a conversation out of every list.")
        .answers::<Data<Conversation>>(200),
        get(
            "/api/conversations/{id}/previous",
            Agent(ReadDesk),
            conversations::previous,
        )
        .about("The customer's conversation before this one.")
        .answers::<Data<Option<ConversationFull>>>(200),
        get(
            "/api/conversations/{id}/related",
            Agent(ReadDesk),
            conversations::related,
        )
        .about("Other conversations of the customer, with one message each.")
        .query::<RelatedQuery>()
        .answers::<Data<Vec<ConversationFull>>>(200),
    ]
}

fn message_routes() -> Vec<Route> {
    vec![
        get("/api/messages", Agent(ReadDesk), messages::index)
            .about("Lists messages, newest first.")
            .public_api()
            .query::<MessageQuery>()
            .answers::<Data<Vec<MessagePlain>>>(200),
        post("/api/messages", Agent(WorkConversations), messages::create)
            .about("Stores a reply, a note, or what a customer said elsewhere.")
            .public_api()
            .takes::<NewMessage>()
            .answers::<Data<Message>>(201),
        get("/api/messages/count", Agent(ReadDesk), messages::count)
            .about("Counts messages.")
            .query::<MessageQuery>()
            .answers::<Data<Count>>(200),
        get("/api/messages/{id}", Agent(ReadDesk), messages::show)
            .about("A message.")
            .public_api()
            .answers::<Data<Message>>(200),
        put(
            "/api/messages/{id}",
            Agent(WorkConversations),
            messages::update,
        )
        .about("Corrects a message.")
        .public_api()
        .takes::<MessageChanges>()
        .answers::<Data<Message>>(200),
        patch(
            "/api/messages/{id}",
            Agent(WorkConversations),
            messages::update,
        )
        .about("Corrects a message.")
        .public_api()
        .takes::<MessageChanges>()
        .answers::<Data<Message>>(200),
        delete("/api/messages/{id}", Agent(DeleteForGood), messages::delete)
            .about("Deletes a message.")
            .public_api()
            .answers_empty(204),
    ]
}
