//! `PUT /api/conversations/{id}`.

use crate::app::App;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, Id, Input, Wrapped, data, wire};
use crate::use_cases::edit::{Changes, Mark, NewAssignee, edit};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::decide::{NewStatus, SnoozeFor};
use frontdesk_domain::{ConversationId, InboxId, Priority, Status, TeamId, Timestamp, UserId};
use frontdesk_protocol::entity::{Conversation, Data, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// What to change. What is left out stays; null clears what can be empty.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct UpdateBody {
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    priority: Option<Priority>,
    #[serde(default)]
    assignee_id: Double<UserId>,
    #[serde(default)]
    team_id: Double<TeamId>,
    #[serde(default)]
    read: Option<bool>,
    #[serde(default)]
    inbox_id: Option<InboxId>,
    #[serde(default)]
    subject: Double<String>,
    #[serde(default)]
    metadata: Double<Raw>,
    /// With `status` `snoozed`: when to wake.
    #[serde(default)]
    snoozed_until: Option<String>,
    /// With `status` `snoozed`: that the customer's answer is waited for.
    #[serde(default)]
    snoozed_until_reply: Option<bool>,
    /// With `status` `open` or `snoozed`, to take a closing back: since when the customer had waited.
    #[serde(default)]
    waiting_since: Option<String>,
}

impl Wrapped for UpdateBody {
    const KEY: &'static str = "conversation";
}

/// Makes the changes.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Input { value, repeat }: Input<UpdateBody>,
) -> Result<Json<Data<Conversation>>, ApiError> {
    let changes = value.changes()?;
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let held = app
        .act(actor, intent, move |unit, actor| {
            edit(unit, actor, id, changes).map(|held| wire::conversation(&held))
        })
        .await?;
    Ok(data(held))
}

impl UpdateBody {
    /// The changes this means.
    pub(crate) fn changes(self) -> Result<Changes, ApiError> {
        Ok(Changes {
            status: self.new_status()?,
            waiting_since: moment("waiting_since", self.waiting_since)?,
            priority: self.priority,
            assignee: match self.assignee_id.0 {
                None => NewAssignee::Keep,
                Some(None) => NewAssignee::Nobody,
                Some(Some(id)) => NewAssignee::User(id),
            },
            team: self.team_id.field(),
            reading: self
                .read
                .map(|read| if read { Mark::Read } else { Mark::Unread }),
            inbox_id: self.inbox_id,
            subject: self.subject.field(),
            metadata: wire::json_field(self.metadata.field()),
        })
    }

    /// A snooze is until a time, until the customer answers, or both; the time may also stand in
    /// `metadata.snoozed_until`, where older clients put it.
    fn new_status(&self) -> Result<Option<NewStatus>, ApiError> {
        let until = self.snoozed_until.clone();
        let until = until.or_else(|| self.until_in_metadata());
        let until = moment("snoozed_until", until)?;
        Ok(self.status.map(|status| match (status, until) {
            (Status::Open, _) => NewStatus::Open,
            (Status::Closed, _) => NewStatus::Closed,
            (Status::Spam, _) => NewStatus::Spam,
            (Status::Snoozed, None) => NewStatus::Snoozed(SnoozeFor::UntilReply),
            (Status::Snoozed, Some(until)) if self.snoozed_until_reply == Some(true) => {
                NewStatus::Snoozed(SnoozeFor::UntilReplyOr(until))
            }
            (Status::Snoozed, Some(until)) => NewStatus::Snoozed(SnoozeFor::Until(until)),
        }))
    }

    fn until_in_metadata(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Known {
            snoozed_until: Option<String>,
        }
        let raw = self.metadata.0.as_ref()?.as_ref()?;
        let known: Known = serde_json::from_str(raw.0.get()).ok()?;
        known.snoozed_until
    }
}

fn moment(field: &'static str, text: Option<String>) -> Result<Option<Timestamp>, ApiError> {
    let read = |text: String| Timestamp::parse(&text).ok_or(ApiError::invalid(field, "is invalid"));
    text.map(read).transpose()
}
