//! The small shared things on the wire.

use super::{raw, utc};
use frontdesk_connectors::twilio;
use frontdesk_domain as domain;
use frontdesk_protocol::entity::{
    CannedResponse, Company, CustomerLine, CustomerNote, Issue, Team, UserSettings,
};
use frontdesk_protocol::id::UserId;
use frontdesk_protocol::time::RowStamp;

/// How a customer is reached in a conversation that comes from there.
pub(crate) fn customer_line(it: &domain::line::Line, source: domain::Source) -> CustomerLine {
    let closes = it.heard_at.map(twilio::window_closes);
    CustomerLine {
        conversation_id: it.conversation_id,
        ours: it.ours.clone(),
        theirs: it.theirs.clone(),
        stopped_at: utc(it.stopped_at),
        open_until: utc(closes.filter(|_| source == domain::Source::Whatsapp)),
    }
}

/// A canned response.
pub(crate) fn canned_response(it: &domain::canned::CannedResponse) -> CannedResponse {
    CannedResponse {
        id: it.id,
        name: it.name.clone(),
        content: it.content.clone(),
    }
}

/// A note, without the people it names.
pub(crate) fn note(it: &domain::note::Note) -> CustomerNote {
    CustomerNote {
        id: it.id,
        body: it.body.clone(),
        content_type: it.content_type.clone(),
        customer_id: it.customer_id,
        author_id: it.author_id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
        author: None,
        customer: None,
    }
}

/// An issue.
pub(crate) fn issue(it: &domain::issue::Issue) -> Issue {
    Issue {
        id: it.id,
        title: it.title.clone(),
        body: it.body.clone(),
        state: it.state,
        github_issue_url: it.github_issue_url.clone(),
        closed_at: utc(it.closed_at),
        account_id: it.account_id,
        creator_id: it.creator_id,
        assignee_id: it.assignee_id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// A company.
pub(crate) fn company(it: &domain::company::Company) -> Company {
    Company {
        id: it.id,
        name: it.name.clone(),
        external_id: it.external_id.clone(),
        website_url: it.website_url.clone(),
        description: it.description.clone(),
        logo_image_url: it.logo_image_url.clone(),
        industry: it.industry.clone(),
        slack_channel_id: it.slack_channel_id.clone(),
        slack_channel_name: it.slack_channel_name.clone(),
        slack_team_id: it.slack_team_id.clone(),
        slack_team_name: it.slack_team_name.clone(),
        metadata: raw(it.metadata.as_ref()),
        account_id: it.account_id,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// A team with who is in it.
pub(crate) fn team(it: &domain::account::Team, user_ids: Vec<UserId>) -> Team {
    Team {
        id: it.id,
        name: it.name.clone(),
        account_id: it.account_id,
        user_ids,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// What a user wants to be told of.
pub(crate) fn user_settings(it: &domain::settings::UserSettings) -> UserSettings {
    UserSettings {
        id: it.id,
        user_id: it.user_id,
        email_alert_on_new_message: it.email_alert_on_new_message,
        email_alert_on_new_conversation: it.email_alert_on_new_conversation,
        expo_push_token: it.expo_push_token.clone(),
        signature: it.signature.clone(),
    }
}
