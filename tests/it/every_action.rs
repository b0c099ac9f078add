//! Everything an agent can ask for on the screen can be had in every other way as well: by a key,
//! from the palette, by a command and by a call. What is of the screen alone is named with its reason.

use clap::Parser as _;
use frontdesk::cli::Cli;
use frontdesk_server::http::route::{Reach, Route};
use frontdesk_server::http::routes;
use frontdesk_ui::action::{Action, Context, Group};
use frontdesk_ui::keymap::{Keymap, Preset};

/// How an action reaches beyond the screen.
enum Beyond {
    /// This command does the same, by this call.
    Verb(&'static [&'static str], &'static str),
    /// This command does the same, and the server need not hear of it.
    Here(&'static [&'static str]),
    /// There is nothing to do outside of the screen.
    Screen(Why),
}

/// Why an action is of the screen alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It moves the cursor, the focus or what stands beside what: a script names what it means.
    Moves,
    /// It changes how things are drawn: a script says `--json`.
    Draws,
    /// It works on a text that is being written: a script brings its text whole.
    Types,
    /// It works on keys and deeds that the screen remembers: a script is written down already, and takes
    /// back by the contrary command.
    Remembers,
    /// It is about the program that runs: a script ends by itself and waits for each answer.
    Runs,
}

impl Why {
    /// The groups in which an action may have this reason. What triages and writes has none of them.
    const fn groups(self) -> &'static [Group] {
        match self {
            Self::Moves => &[Group::Move, Group::Go, Group::Select, Group::Beside],
            Self::Draws => &[Group::Look, Group::Program],
            Self::Types => &[Group::Write, Group::Draft],
            Self::Remembers => &[Group::Triage, Group::Draft],
            Self::Runs => &[Group::Program, Group::Write, Group::Triage],
        }
    }

    /// How many actions have this reason; one more has to be argued for here.
    const fn count(self) -> usize {
        match self {
            Self::Moves => 29,
            Self::Draws => 7,
            Self::Types => 4,
            Self::Remembers => 8,
            Self::Runs => 6,
        }
    }
}

/// The call of every change of a conversation.
const CHANGE: &str = "PUT /api/v1/conversations/{id}";
const WRITE: &str = "POST /api/v1/messages";

/// Every action is named here: a new one does not compile before somebody has said how it is
/// done from a script.
#[expect(clippy::too_many_lines, reason = "a table of all actions")]
fn beyond(action: Action) -> Beyond {
    use Beyond::{Here, Screen, Verb};
    match action {
        Action::Done => Verb(&["close", "12"], CHANGE),
        Action::Reopen => Verb(&["reopen", "12"], CHANGE),
        Action::Spam => Verb(&["spam", "12"], CHANGE),
        Action::Block => Verb(&["block", "12"], "PUT /api/v1/customers/{id}"),
        Action::Merge => Verb(
            &["merge", "12", "13", "--into", "11"],
            "POST /api/v1/conversations/{id}/merge",
        ),
        Action::UndoLog => Verb(
            &["merge", "--undo", "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002"],
            "POST /api/v1/merges/{id}/undo",
        ),
        Action::Link => Verb(
            &["link", "12", "--with", "11"],
            "POST /api/v1/conversations/{id}/links",
        ),
        Action::Linked => Verb(&["related", "12"], "GET /api/v1/conversations/{id}/related"),
        Action::SamePerson => Verb(
            &["same-person", "12", "--as", "Dana Whitfield", "--yes"],
            "POST /api/v1/customers/{id}/merge",
        ),
        Action::Split => Verb(
            &["split", "12", "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002"],
            "POST /api/v1/conversations/{id}/split",
        ),
        Action::Forward => Verb(
            &["forward", "12", "--to", "parts@maker.example"],
            "POST /api/v1/conversations/{id}/forward",
        ),
        Action::Status => Verb(&["close", "12"], CHANGE),
        Action::Snooze | Action::SnoozeTomorrow => {
            Verb(&["snooze", "12", "--until", "tomorrow"], CHANGE)
        }
        Action::Assign => Verb(&["assign", "12", "--to", "ada"], CHANGE),
        Action::Take => Verb(&["assign", "12", "--to", "me"], CHANGE),
        Action::Unassign => Verb(&["assign", "12", "--to", "nobody"], CHANGE),
        Action::Label => Verb(
            &["tag", "12", "--add", "vip", "--remove", "new"],
            "POST /api/v1/conversations/{id}/tags",
        ),
        Action::Priority => Verb(&["priority", "12", "--to", "normal"], CHANGE),
        Action::ToggleRead => Verb(&["unread", "12"], CHANGE),
        Action::Move => Verb(&["move", "12", "--to", "Returns"], CHANGE),
        Action::New => Verb(
            &["new", "ada@shop.example", "Hello"],
            "POST /api/v1/conversations",
        ),
        Action::InsertTemplate => Verb(
            &["reply", "12", "--template", "late", "--var", "1=Ada"],
            WRITE,
        ),
        Action::Reply | Action::Send | Action::SendNow | Action::RetryFailed => {
            Verb(&["reply", "12", "Hello"], WRITE)
        }
        Action::SendLater => Verb(
            &["reply", "12", "Hello", "--at", "tomorrow 9"],
            "POST /api/v1/scheduled_replies",
        ),
        Action::Later => Verb(&["later"], "GET /api/v1/scheduled_replies"),
        Action::Note => Verb(&["note", "12", "Hello"], WRITE),
        Action::SendAndClose => Verb(&["close", "12"], CHANGE),
        Action::SendAndSnooze => Verb(&["snooze", "12", "--until", "reply"], CHANGE),
        Action::Attach => Verb(
            &["reply", "12", "Here it is.", "--attach", "invoice.pdf"],
            "POST /api/v1/upload",
        ),
        Action::SelectAll => Verb(
            &["bulk", "status:open", "--close"],
            "POST /api/v1/bulk/runs",
        ),
        Action::Search | Action::Narrow => Verb(&["search", "refund"], "GET /api/v1/search"),
        Action::Views => Verb(&["views"], "GET /api/v1/views"),
        Action::KeepView => Verb(
            &["views", "add", "Storm", "tag:storm"],
            "POST /api/v1/views",
        ),
        Action::ChangeView => Verb(
            &["views", "rename", "Storm", "Flood"],
            "PUT /api/v1/views/{id}",
        ),
        Action::Open => Verb(&["show", "12"], "GET /api/v1/conversations/{id}"),
        Action::ViewInbox => Verb(&["ls"], "GET /api/v1/conversations"),
        Action::ViewMine => Verb(&["ls", "--mine"], "GET /api/v1/conversations"),
        Action::ViewUnassigned => Verb(&["ls", "--unassigned"], "GET /api/v1/conversations"),
        Action::ViewSnoozed => Verb(&["ls", "--status", "snoozed"], "GET /api/v1/conversations"),
        Action::ViewClosed => Verb(&["ls", "--status", "closed"], "GET /api/v1/conversations"),
        Action::ViewSpam => Verb(&["ls", "--status", "spam"], "GET /api/v1/conversations"),
        Action::ViewWaiting => Verb(&["search", "is:waiting"], "GET /api/v1/search"),
        Action::ViewDrafts | Action::NextDraft | Action::Review => {
            Verb(&["drafts", "--ids"], "GET /api/v1/drafts")
        }
        Action::ApproveDraft => Verb(
            &["drafts", "approve", "12"],
            "POST /api/v1/drafts/{id}/approve",
        ),
        Action::AskDraft => Verb(&["draft", "12"], "POST /api/v1/conversations/{id}/drafts"),
        Action::ChangeDraft => Verb(
            &["draft", "12", "--wish", "shorter"],
            "POST /api/v1/conversations/{id}/drafts",
        ),
        Action::EditDraft => Verb(
            &["drafts", "approve", "12", "--text", "Hello"],
            "PUT /api/v1/drafts/{id}",
        ),
        Action::RejectDraft => Verb(
            &["drafts", "reject", "12", "--reason", "wrong facts"],
            "POST /api/v1/drafts/{id}/reject",
        ),
        Action::Suggest => Verb(
            &["suggest", "12"],
            "POST /api/v1/conversations/{id}/suggestions",
        ),
        Action::ApplySuggestions | Action::ChooseSuggestion => Verb(
            &["tag", "12", "--add", "vip"],
            "POST /api/v1/conversations/{id}/tags",
        ),
        Action::UndoSorting => Verb(
            &["suggest", "12", "--undo"],
            "POST /api/v1/conversations/{id}/sorting/undo",
        ),
        Action::ProposeKnowledge => Verb(
            &["knowledge", "propose", "12"],
            "POST /api/v1/conversations/{id}/knowledge",
        ),
        Action::Proposals => Verb(&["knowledge"], "GET /api/v1/knowledge"),
        Action::Learning => Verb(&["learning"], "GET /api/v1/ai/learning"),
        Action::ViewMentions => Verb(&["ls", "--mentions"], "GET /api/v1/conversations"),
        Action::Story => Verb(&["show", "12", "--story"], "GET /api/v1/conversations"),
        Action::Macro => Here(&["macros", "run", "refund", "12"]),
        Action::InsertCanned => Verb(&["canned"], "GET /api/v1/canned_responses"),
        Action::Rewrite => Verb(
            &["rewrite", "12", "Hello", "--wish", "warmer"],
            "POST /api/v1/conversations/{id}/rewrite",
        ),
        Action::HandOver => Verb(
            &["hand-over", "12"],
            "POST /api/v1/conversations/{id}/hand_over",
        ),
        Action::StopDraft => Verb(
            &["draft", "12", "--stop"],
            "POST /api/v1/conversations/{id}/drafts/stop",
        ),
        Action::DraftPrompt => Verb(
            &["draft", "12", "--prompt"],
            "GET /api/v1/conversations/{id}/drafts/prompt",
        ),
        Action::DraftSources | Action::WhyDraft => {
            Verb(&["drafts", "show", "12"], "GET /api/v1/drafts")
        }
        Action::Attachments => Verb(
            &["attachments", "12", "--into", "saved"],
            "GET /api/v1/files/{id}",
        ),
        Action::Availability => Verb(&["availability", "away"], "PUT /api/v1/me/availability"),
        Action::Connections => Verb(&["connections"], "GET /api/v1/connections"),
        Action::Links | Action::CopyText | Action::CopyAddress => {
            Verb(&["show", "12", "--json"], "GET /api/v1/conversations/{id}")
        }
        Action::CopyNumber => Verb(&["ls", "--ids"], "GET /api/v1/conversations"),
        Action::SortBy => Verb(
            &["views", "add", "Storm", "tag:storm", "--sort", "oldest"],
            "POST /api/v1/views",
        ),
        Action::SwitchKind => Verb(&["note", "12", "Hello"], WRITE),
        Action::Messages | Action::CopyError => Here(&["logs"]),
        Action::Help => Here(&["man", "--into", "pages"]),
        Action::Down
        | Action::Up
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp
        | Action::Top
        | Action::Bottom
        | Action::NextConversation
        | Action::PreviousConversation
        | Action::Back
        | Action::NextPane
        | Action::PreviousPane
        | Action::NextView
        | Action::PreviousView
        | Action::ShowNew
        | Action::NextHit
        | Action::PreviousHit
        | Action::Select
        | Action::SelectRange
        | Action::ClearSelection
        | Action::Pin
        | Action::Unpin
        | Action::NextBeside
        | Action::PreviousBeside
        | Action::WidenBeside
        | Action::NarrowBeside
        | Action::EqualBeside
        | Action::TieBeside => Screen(Why::Moves),
        Action::Preview
        | Action::ContextPane
        | Action::FoldQuotes
        | Action::GroupByCustomer
        | Action::Density
        | Action::Mouse
        | Action::Redraw => Screen(Why::Draws),
        Action::Editor | Action::Detach | Action::Discard | Action::TakeSentence => {
            Screen(Why::Types)
        }
        Action::Record
        | Action::Play
        | Action::KeepKeys
        | Action::PlayKept
        | Action::Undo
        | Action::Redo
        | Action::Repeat
        | Action::DismissSuggestions => Screen(Why::Remembers),
        // A command of the agent's own is a program: a script starts it without this one.
        Action::Command
        | Action::Outbox
        | Action::Palette
        | Action::Sync
        | Action::Suspend
        | Action::Quit => Screen(Why::Runs),
    }
}

/// A route as who comes with a key of their own calls it.
fn below_v1(route: &Route) -> String {
    let path = match route.reach {
        Reach::PublicApi => route.path.replacen("/api/", "/api/v1/", 1),
        Reach::Plain => route.path.to_owned(),
    };
    format!("{} {path}", route.method)
}

#[test]
fn every_action_has_a_key() {
    for preset in Preset::ALL {
        let (keymap, problems) = Keymap::build(preset, &[]);
        assert!(problems.is_empty());
        for action in Action::ALL {
            let keys = keymap.all_keys(&Context::ALL, *action);
            assert!(!keys.is_empty(), "{action} has no key in {}", preset.name());
        }
    }
}

/// Whether the program takes these words as a command.
fn parses(action: Action, words: &[&str]) {
    let words = std::iter::once("frontdesk").chain(words.iter().copied());
    let parsed = Cli::try_parse_from(words);
    assert!(parsed.is_ok(), "{action}: {}", parsed.unwrap_err());
}

#[test]
fn every_action_has_a_command_and_a_call_or_a_reason_for_none() {
    let calls: Vec<String> = routes::all().iter().map(below_v1).collect();
    let mut reasons: Vec<(Why, Vec<Action>)> = Vec::new();
    for action in Action::ALL {
        match beyond(*action) {
            Beyond::Verb(words, call) => {
                parses(*action, words);
                assert!(
                    calls.iter().any(|it| it == call),
                    "{action}: there is no {call}"
                );
            }
            Beyond::Here(words) => parses(*action, words),
            Beyond::Screen(why) => {
                let group = action.group();
                assert!(
                    why.groups().contains(&group),
                    "{action}: {why:?}, {group:?}"
                );
                match reasons.iter_mut().find(|(it, _)| *it == why) {
                    Some((_, actions)) => actions.push(*action),
                    None => reasons.push((why, vec![*action])),
                }
            }
        }
    }
    for (why, actions) in reasons {
        assert_eq!(actions.len(), why.count(), "{why:?}: {actions:?}");
    }
}
