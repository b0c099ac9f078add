//! What the agent may do, as far as it is known before the server is asked.

use super::Model;
use crate::action::Action;
use frontdesk_protocol::kind::Role;

/// What the token allows that was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rights {
    /// Everything its user may.
    #[default]
    Whole,
    /// Reading, and nothing else.
    Reading,
}

impl Model {
    /// Whether the agent is an admin of the account.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        let user = self.directory.user(self.directory.me);
        user.is_some_and(|user| user.role == Role::Admin)
    }

    /// Why nothing may be changed by this agent, if that is so.
    #[must_use]
    pub fn may_only_read(&self) -> Option<&'static str> {
        if self.rights == Rights::Reading {
            return Some("your token is for reading only");
        }
        let me = self.directory.me;
        let mut users = self.directory.users.iter();
        let user = users.find(|user| user.id == me)?;
        (user.role == Role::Viewer).then_some("viewers read and change nothing")
    }
}

/// Whether an action changes something for others, or begins to.
pub(crate) const fn changes(action: Action) -> bool {
    matches!(
        action,
        Action::Done
            | Action::Reopen
            | Action::Status
            | Action::Snooze
            | Action::SnoozeTomorrow
            | Action::Assign
            | Action::Take
            | Action::Unassign
            | Action::Spam
            | Action::Block
            | Action::Merge
            | Action::Link
            | Action::SamePerson
            | Action::Split
            | Action::Forward
            | Action::UndoLog
            | Action::Label
            | Action::Priority
            | Action::ToggleRead
            | Action::Move
            | Action::Macro
            | Action::Undo
            | Action::Redo
            | Action::Repeat
            | Action::New
            | Action::Reply
            | Action::Note
            | Action::Send
            | Action::SendAndClose
            | Action::SendAndSnooze
            | Action::SendLater
            | Action::SendNow
            | Action::RetryFailed
            | Action::ApproveDraft
            | Action::EditDraft
            | Action::RejectDraft
            | Action::AskDraft
            | Action::ChangeDraft
            | Action::StopDraft
            | Action::ApplySuggestions
            | Action::ChooseSuggestion
            | Action::Suggest
            | Action::UndoSorting
            | Action::ProposeKnowledge
            | Action::Review
            | Action::Availability
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::Effect;
    use crate::msg::Msg;
    use crate::testing::{ME, desk, press};
    use crate::update::update;

    fn nothing_is_done(model: &mut Model, why: &str) {
        for keys in [
            "e", "r", "c", "A", "a", "i", "s", "t", "U", "p", "#", "B", "&", "=", "-", "F", "g &",
            "g U",
        ] {
            let effects = press(model, keys);
            let changes = effects.iter().any(|it| matches!(it, Effect::Enqueue(_)));
            assert!(!changes && model.composer.is_none(), "{keys}");
            assert!(model.layers.is_empty(), "{keys}");
            let said = model.toasts.shown.as_ref().unwrap();
            assert!(said.text.contains(why), "{keys}: {}", said.text);
        }
        // Looking at a conversation marks nothing.
        let later = model.now.plus_seconds(60);
        assert!(model.threads.read_at.is_none());
        assert!(update(model, later, Msg::Tick).is_empty());
        assert!(
            press(model, "enter")
                .iter()
                .all(|it| !matches!(it, Effect::Enqueue(_)))
        );
    }

    #[test]
    fn a_token_for_reading_changes_nothing() {
        let mut model = desk(80, 24);
        model.rights = Rights::Reading;
        press(&mut model, "j");
        nothing_is_done(&mut model, "your token is for reading only");
    }

    #[test]
    fn a_viewer_changes_nothing() {
        let mut model = desk(80, 24);
        let me = model.directory.users.iter_mut().find(|it| it.id == ME);
        me.unwrap().role = Role::Viewer;
        press(&mut model, "j");
        nothing_is_done(&mut model, "viewers read and change nothing");
    }
}
