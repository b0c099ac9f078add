//! Everything an agent can ask for, as one list of data. Dispatch, palette, help, which-key,
//! footer, documentation and configuration all read it, so none of them can forget one.

use std::fmt;

/// Where a key was pressed: the innermost place that has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Bindings that hold in the list and in a thread.
    Desk,
    List,
    Thread,
    /// While words to a customer or a colleague are being typed.
    Composer,
    /// A box in front: palette, snooze, assign and the like.
    Picker,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Desk,
        Self::List,
        Self::Thread,
        Self::Composer,
        Self::Picker,
    ];

    /// The name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::List => "list",
            Self::Thread => "thread",
            Self::Composer => "composer",
            Self::Picker => "picker",
        }
    }

    /// Where that is, for somebody who is elsewhere.
    #[must_use]
    pub const fn place(self) -> &'static str {
        match self {
            Self::Desk => "outside of the text",
            Self::List => "in the list",
            Self::Thread => "in a conversation",
            Self::Composer => "while writing",
            Self::Picker => "in a box",
        }
    }
}

/// Groups, as help shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    Move,
    Go,
    Triage,
    Write,
    Draft,
    Select,
    Beside,
    Look,
    Program,
}

impl Group {
    /// What help writes above the group.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go to",
            Self::Triage => "Triage",
            Self::Write => "Write",
            Self::Draft => "Drafts",
            Self::Select => "Select",
            Self::Beside => "Side by side",
            Self::Look => "View",
            Self::Program => "Program",
        }
    }
}

macro_rules! actions {
    ($($variant:ident, $name:literal, $group:ident, $title:literal;)+) => {
        /// Something an agent can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($variant,)+ }

        impl Action {
            /// All of them, in the order help shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in configuration and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The group help shows it in.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)+ }
            }

            /// What it does, in a few words. One that ends in … asks something first.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// The action of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

actions! {
    Down, "down", Move, "next line or conversation";
    Up, "up", Move, "previous line or conversation";
    HalfPageDown, "half-page-down", Move, "half a page down";
    HalfPageUp, "half-page-up", Move, "half a page up";
    PageDown, "page-down", Move, "a page down";
    PageUp, "page-up", Move, "a page up";
    Top, "top", Move, "to the top";
    Bottom, "bottom", Move, "to the end";
    NextConversation, "next-conversation", Move, "next conversation";
    PreviousConversation, "previous-conversation", Move, "previous conversation";
    Open, "open", Move, "open";
    Back, "back", Move, "back";
    NextPane, "next-pane", Move, "next pane";
    PreviousPane, "previous-pane", Move, "previous pane";

    NextView, "next-view", Go, "next view";
    PreviousView, "previous-view", Go, "previous view";
    ViewInbox, "view-inbox", Go, "inbox";
    ViewMine, "view-mine", Go, "mine";
    ViewUnassigned, "view-unassigned", Go, "unassigned";
    ViewDrafts, "view-drafts", Go, "drafts";
    ViewSnoozed, "view-snoozed", Go, "snoozed";
    ViewMentions, "view-mentions", Go, "mentions";
    ViewClosed, "view-closed", Go, "closed";
    ViewSpam, "view-spam", Go, "spam";
    ViewWaiting, "view-waiting", Go, "who waits, the longest first";
    Views, "views", Go, "any view…";
    KeepView, "keep-view", Go, "keep this search as a view…";
    ChangeView, "change-view", Go, "rename or delete this view…";
    Story, "story", Go, "the customer's whole story";
    ShowNew, "show-new", Go, "show what came in";
    Narrow, "narrow", Go, "narrow this view, or find in the thread…";
    Search, "search", Go, "search everything…";
    NextHit, "next-hit", Go, "next hit";
    PreviousHit, "previous-hit", Go, "previous hit";

    Done, "done", Triage, "done (close), next";
    Reopen, "reopen", Triage, "reopen";
    Status, "status", Triage, "status…";
    Snooze, "snooze", Triage, "snooze…";
    SnoozeTomorrow, "snooze-tomorrow", Triage, "snooze to tomorrow morning";
    Assign, "assign", Triage, "assign…";
    Take, "take", Triage, "assign to me";
    Unassign, "unassign", Triage, "assign to nobody";
    Spam, "spam", Triage, "spam, or not spam";
    Block, "block", Triage, "block the customer, or not";
    Merge, "merge", Triage, "merge conversations…";
    Link, "link", Triage, "link with another conversation…";
    SamePerson, "same-person", Triage, "the same person as…";
    Split, "split", Triage, "split messages off…";
    Label, "label", Triage, "tags…";
    Priority, "priority", Triage, "priority on or off";
    ToggleRead, "toggle-read", Triage, "read or unread";
    Move, "move", Triage, "move to another inbox…";
    Macro, "macro", Triage, "macro…";
    Command, "command", Triage, "command of your own…";
    Record, "record", Triage, "record keys, or end it";
    Play, "play", Triage, "play the recorded keys";
    KeepKeys, "keep-keys", Triage, "keep the recorded keys under a name…";
    PlayKept, "play-kept", Triage, "play kept keys…";
    Undo, "undo", Triage, "undo";
    Redo, "redo", Triage, "redo";
    UndoLog, "undo-log", Triage, "what was done, to take it back…";
    Repeat, "repeat", Triage, "do the last thing again";

    New, "new", Write, "new conversation…";
    Forward, "forward", Write, "forward to somebody else…";
    Reply, "reply", Write, "reply";
    Note, "note", Write, "internal note";
    Send, "send", Write, "send";
    SendAndClose, "send-and-close", Write, "send and close";
    SendAndSnooze, "send-and-snooze", Write, "send and snooze until a reply";
    SendLater, "send-later", Write, "send later…";
    SendNow, "send-now", Write, "send now, without waiting";
    Editor, "editor", Write, "write in $EDITOR";
    Attach, "attach", Write, "attach a file…";
    Detach, "detach", Write, "take an attached file off";
    SwitchKind, "switch-kind", Write, "reply or note";
    InsertCanned, "insert-canned", Write, "canned reply…";
    InsertTemplate, "insert-template", Write, "template…";
    Rewrite, "rewrite", Write, "have the text written otherwise…";
    Discard, "discard", Write, "throw the text away";
    RetryFailed, "retry-failed", Write, "send again what failed";
    Later, "later", Write, "what goes out later…";
    Outbox, "outbox", Write, "what is on its way…";

    ApproveDraft, "approve-draft", Draft, "approve the draft and send";
    EditDraft, "edit-draft", Draft, "edit the draft";
    RejectDraft, "reject-draft", Draft, "reject the draft…";
    AskDraft, "ask-draft", Draft, "have a reply drafted";
    ChangeDraft, "change-draft", Draft, "have the draft written otherwise…";
    StopDraft, "stop-draft", Draft, "stop the draft that is being written";
    DraftSources, "draft-sources", Draft, "what the draft rests on…";
    WhyDraft, "why-draft", Draft, "why this draft";
    DraftPrompt, "draft-prompt", Draft, "what a model is told about this";
    TakeSentence, "take-sentence", Draft, "take the draft's next sentence";
    Suggest, "suggest", Draft, "have tags, team and priority suggested";
    ApplySuggestions, "apply-suggestions", Draft, "do all that is suggested";
    ChooseSuggestion, "choose-suggestion", Draft, "do a part of what is suggested…";
    DismissSuggestions, "dismiss-suggestions", Draft, "dismiss what is suggested";
    UndoSorting, "undo-sorting", Draft, "take back how it was sorted by itself";
    ProposeKnowledge, "propose-knowledge", Draft, "propose knowledge from this conversation";
    Proposals, "proposals", Draft, "knowledge that was proposed…";
    Learning, "learning", Draft, "what became of drafts";
    HandOver, "hand-over", Draft, "have a hand-over note written";
    NextDraft, "next-draft", Draft, "next ready draft";
    Review, "review", Draft, "decide one draft after the other";

    Select, "select", Select, "select";
    SelectRange, "select-range", Select, "select a range";
    SelectAll, "select-all", Select, "select all in this view";
    ClearSelection, "clear-selection", Select, "select none";

    Pin, "pin", Beside, "hold beside the others";
    Unpin, "unpin", Beside, "take out of the side by side";
    NextBeside, "next-beside", Beside, "the next one beside";
    PreviousBeside, "previous-beside", Beside, "the one before beside";
    WidenBeside, "widen-beside", Beside, "more room for this one";
    NarrowBeside, "narrow-beside", Beside, "less room for this one";
    EqualBeside, "equal-beside", Beside, "the same room for all";
    TieBeside, "tie-beside", Beside, "scroll together by time, or not";

    Preview, "preview", Look, "preview on or off";
    ContextPane, "context-pane", Look, "customer pane on or off";
    FoldQuotes, "fold-quotes", Look, "fold or show quotes";
    Linked, "linked", Look, "linked conversations…";
    Links, "links", Look, "links…";
    Attachments, "attachments", Look, "attachments…";
    SortBy, "sort-by", Look, "sort this view…";
    GroupByCustomer, "group-by-customer", Look, "all of a customer together, or not";
    Density, "density", Look, "one or two lines a row";
    Mouse, "mouse", Look, "mouse on or off";
    Redraw, "redraw", Look, "draw everything again";

    CopyText, "copy-text", Program, "copy the text";
    CopyNumber, "copy-number", Program, "copy the number of the conversation";
    CopyAddress, "copy-address", Program, "copy the customer's address";
    CopyError, "copy-error", Program, "copy the last error";
    Palette, "palette", Program, "all commands…";
    Help, "help", Program, "keys…";
    Messages, "messages", Program, "earlier messages…";
    Availability, "availability", Program, "online, away or offline…";
    Connections, "connections", Program, "mailboxes and other connections";
    Sync, "sync", Program, "sync now";
    Suspend, "suspend", Program, "suspend";
    Quit, "quit", Program, "quit";
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_differ() {
        for action in Action::ALL {
            assert_eq!(Action::from_name(action.name()), Some(*action));
            assert!(!action.title().is_empty());
        }
    }
}
