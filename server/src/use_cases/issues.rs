//! Issues: work that customers wait for.

use crate::failure::Outcome;
use crate::use_cases::nouns::{Noun, Rows};
use crate::use_cases::{fields, load};
use frontdesk_db::Unit;
use frontdesk_db::queries::issues;
use frontdesk_domain::decide::Field;
use frontdesk_domain::issue::Issue;
use frontdesk_domain::{Actor, EntityKind, IssueId, IssueState, Refusal, Timestamp, UserId};

/// What is said about an issue.
#[derive(Debug, Clone, Default)]
pub(crate) struct IssueFields {
    pub(crate) title: Option<String>,
    pub(crate) body: Field<String>,
    pub(crate) state: Option<IssueState>,
    pub(crate) github_issue_url: Field<String>,
    pub(crate) assignee_id: Field<UserId>,
}

impl Noun for Issue {
    type Id = IssueId;
    type Fields = IssueFields;

    const KIND: EntityKind = EntityKind::Issue;
    const ROWS: Rows<Self> = Rows {
        by_id: issues::by_id,
        insert: issues::insert,
        update: issues::update,
        delete: issues::delete,
    };

    fn id(&self) -> IssueId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: IssueFields) -> Outcome<Self> {
        fields::required("title", fields.title.as_ref())?;
        let mut issue = Self {
            id: IssueId::random(),
            account_id: actor.account_id,
            title: String::new(),
            body: None,
            state: IssueState::Unstarted,
            github_issue_url: None,
            creator_id: actor.user_id().ok_or(Refusal::Forbidden)?,
            assignee_id: None,
            closed_at: None,
            created_at: unit.now(),
            updated_at: unit.now(),
        };
        issue.set(unit, actor, fields)?;
        Ok(issue)
    }

    fn set(&mut self, unit: &mut Unit<'_>, actor: &Actor, fields: IssueFields) -> Outcome<()> {
        if let Some(title) = fields.title {
            self.title = fields::line("title", &title)?;
        }
        fields::set_prose(&mut self.body, "body", fields.body)?;
        fields::set_prose(
            &mut self.github_issue_url,
            "github_issue_url",
            fields.github_issue_url,
        )?;
        if let Field::Set(id) = fields.assignee_id {
            load::user(unit.conn(), actor, id, "assignee_id")?;
        }
        fields::set_plain(&mut self.assignee_id, fields.assignee_id);
        if let Some(state) = fields.state {
            self.closed_at = closed_at(self, state, unit.now());
            self.state = state;
        }
        self.updated_at = unit.now();
        Ok(())
    }
}

/// When the issue was settled, once it is in this state: done and closed ones are.
fn closed_at(issue: &Issue, state: IssueState, now: Timestamp) -> Option<Timestamp> {
    match state {
        IssueState::Done | IssueState::Closed => issue.closed_at.or(Some(now)),
        IssueState::Unstarted | IssueState::InProgress | IssueState::InReview => None,
    }
}
