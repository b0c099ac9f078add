//! The things a macro does, as they are written: `tag billing`, `assign me`, `snooze 3d`, `done`.

use frontdesk_inbox::command::Command;
use frontdesk_inbox::snooze::Unclear;
use frontdesk_inbox::{Directory, directory, snooze};
use frontdesk_protocol::kind::Priority;
use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// One thing a macro does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Tag(String),
    Untag(String),
    /// `me`, `nobody`, a colleague's name or address, or `team:NAME`.
    Assign(String),
    /// For how long, in the words of the box that asks for it.
    Snooze(String),
    Priority,
    NoPriority,
    Done,
    Reopen,
    Read,
    Unread,
    Move(String),
}

/// Why something is no step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadStep {
    Unknown(String),
    Wants(String, &'static str),
    TooMuch(String),
}

/// Every word that a step begins with.
const VERBS: &str =
    "tag, untag, assign, snooze, priority, no-priority, done, reopen, read, unread and move";

impl std::error::Error for BadStep {}

impl fmt::Display for BadStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(f, "a macro cannot {text:?}; it can {VERBS}"),
            Self::Wants(verb, what) => write!(f, "{verb} wants to know {what}"),
            Self::TooMuch(verb) => write!(f, "nothing follows {verb}"),
        }
    }
}

impl FromStr for Step {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let text = text.trim();
        let (verb, what) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let what = what.trim();
        let named = |of: fn(String) -> Self, wants| match what {
            "" => Err(BadStep::Wants(verb.to_owned(), wants)),
            _ => Ok(of(what.to_owned())),
        };
        let alone = |step| match what {
            "" => Ok(step),
            _ => Err(BadStep::TooMuch(verb.to_owned())),
        };
        match verb {
            "tag" => named(Self::Tag, "which tag"),
            "untag" => named(Self::Untag, "which tag"),
            "assign" => named(Self::Assign, "to whom"),
            "snooze" => named(Self::Snooze, "until when"),
            "move" => named(Self::Move, "to which inbox"),
            "priority" => alone(Self::Priority),
            "no-priority" => alone(Self::NoPriority),
            "done" | "close" => alone(Self::Done),
            "reopen" => alone(Self::Reopen),
            "read" => alone(Self::Read),
            "unread" => alone(Self::Unread),
            _ => Err(BadStep::Unknown(text.to_owned())),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(name) => write!(f, "tag {name}"),
            Self::Untag(name) => write!(f, "untag {name}"),
            Self::Assign(who) => write!(f, "assign to {who}"),
            Self::Snooze(phrase) => write!(f, "snooze {phrase}"),
            Self::Priority => f.write_str("priority"),
            Self::NoPriority => f.write_str("no priority"),
            Self::Done => f.write_str("done"),
            Self::Reopen => f.write_str("reopen"),
            Self::Read => f.write_str("read"),
            Self::Unread => f.write_str("unread"),
            Self::Move(inbox) => write!(f, "move to {inbox}"),
        }
    }
}

impl Step {
    /// As it is written in a configuration.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Tag(name) => format!("tag {name}"),
            Self::Untag(name) => format!("untag {name}"),
            Self::Assign(who) => format!("assign {who}"),
            Self::Snooze(phrase) => format!("snooze {phrase}"),
            Self::Priority => "priority".to_owned(),
            Self::NoPriority => "no-priority".to_owned(),
            Self::Done => "done".to_owned(),
            Self::Reopen => "reopen".to_owned(),
            Self::Read => "read".to_owned(),
            Self::Unread => "unread".to_owned(),
            Self::Move(inbox) => format!("move {inbox}"),
        }
    }

    /// What is done to a conversation, with the names looked up now.
    ///
    /// # Errors
    /// When there is nobody and nothing of the name, or the moment is not clear: in words.
    pub fn command(
        &self,
        all: &Directory,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Command, String> {
        match self {
            Self::Tag(name) => tag(all, name).map(Command::Tag),
            Self::Untag(name) => tag(all, name).map(Command::Untag),
            Self::Assign(who) => assignee(all, who),
            Self::Snooze(phrase) => snooze::parse(phrase, now, zone)
                .map(Command::Snooze)
                .map_err(|unclear: Unclear| unclear.to_string()),
            Self::Priority => Ok(Command::Priority(Priority::High)),
            Self::NoPriority => Ok(Command::Priority(Priority::Normal)),
            Self::Done => Ok(Command::Close),
            Self::Reopen => Ok(Command::Reopen),
            Self::Read => Ok(Command::Read),
            Self::Unread => Ok(Command::Unread),
            Self::Move(name) => {
                let mut inboxes = all.inboxes.iter();
                let found = inboxes.find(|it| is_named(&it.name, name));
                let found = found.ok_or_else(|| format!("There is no inbox {name:?}."))?;
                Ok(Command::Move(found.id))
            }
        }
    }

    /// Whether the conversation leaves the agent's hands with it.
    #[must_use]
    pub fn ends_it(&self) -> bool {
        matches!(self, Self::Done | Self::Snooze(_))
    }
}

fn tag(all: &Directory, name: &str) -> Result<frontdesk_protocol::id::TagId, String> {
    let found = all.tags.iter().find(|it| is_named(&it.name, name));
    found
        .map(|it| it.id)
        .ok_or_else(|| format!("There is no tag {name:?}."))
}

fn assignee(all: &Directory, who: &str) -> Result<Command, String> {
    match who {
        "me" => return Ok(Command::Assign(Some(all.me))),
        "nobody" | "none" => return Ok(Command::Assign(None)),
        _ => {}
    }
    if let Some(name) = who.strip_prefix("team:") {
        let found = all.teams.iter().find(|it| is_named(&it.name, name));
        let team = found.ok_or_else(|| format!("There is no team {name:?}."))?;
        return Ok(Command::AssignTeam(Some(team.id)));
    }
    let mut users = all.users.iter();
    let found = users.find(|it| is_named(directory::name_of(it), who) || is_named(&it.email, who));
    let user = found.ok_or_else(|| format!("There is no colleague {who:?}."))?;
    Ok(Command::Assign(Some(user.id)))
}

fn is_named(name: &str, wanted: &str) -> bool {
    name.trim().to_lowercase() == wanted.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ME, TEEMU, directory, now};

    fn done(text: &str) -> Result<Command, String> {
        let step: Step = text.parse().map_err(|bad: BadStep| bad.to_string())?;
        step.command(&directory(), now(), &TimeZone::UTC)
    }

    #[test]
    fn steps_are_read_and_find_what_they_name() {
        let tag = directory().tags[0].id;
        assert_eq!(done("tag Billing"), Ok(Command::Tag(tag)));
        assert_eq!(done("assign me"), Ok(Command::Assign(Some(ME))));
        assert_eq!(done("assign teemu"), Ok(Command::Assign(Some(TEEMU))));
        assert_eq!(done("assign nobody"), Ok(Command::Assign(None)));
        let team = directory().teams[0].id;
        assert_eq!(
            done("assign team:tier 2"),
            Ok(Command::AssignTeam(Some(team)))
        );
        assert!(matches!(done("snooze 3d"), Ok(Command::Snooze(_))));
        assert_eq!(done(" done "), Ok(Command::Close));
        assert_eq!(done("priority"), Ok(Command::Priority(Priority::High)));
    }

    #[test]
    fn a_step_is_read_back_as_it_is_written() {
        for text in [
            "tag refund",
            "untag new",
            "assign team:Tier 2",
            "snooze next week",
            "priority",
            "no-priority",
            "done",
            "reopen",
            "read",
            "unread",
            "move Returns",
        ] {
            let step: Step = text.parse().unwrap();
            assert_eq!(step.written(), text);
        }
    }

    #[test]
    fn what_is_none_says_why() {
        let why = |text| done(text).unwrap_err();
        assert!(why("shout").contains("a macro cannot \"shout\""));
        assert!(why("tag").contains("wants to know which tag"));
        assert!(why("done now").contains("nothing follows done"));
        assert_eq!(why("tag nope"), "There is no tag \"nope\".");
        assert_eq!(why("assign nope"), "There is no colleague \"nope\".");
        assert_eq!(why("snooze soon"), "I do not understand “soon”.");
    }
}
