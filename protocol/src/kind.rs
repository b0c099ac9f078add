//! The closed lists of the wire. Each knows its text; a reader that meets a text it does not
//! know says so, and the client keeps such a value as text instead of failing.

/// The text was not one of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is invalid")]
pub struct UnknownKind;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order they were written down.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text on the wire and in the databases.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownKind;

            fn from_str(text: &str) -> Result<Self, UnknownKind> {
                match text { $($text => Ok(Self::$variant),)+ _ => Err(UnknownKind) }
            }
        }
    )+};
}

kinds! {
    /// Where a conversation or a message came from.
    Source {
        Chat = "chat",
        Email = "email",
        Slack = "slack",
        Sms = "sms",
        Whatsapp = "whatsapp",
        Telegram = "telegram",
        /// A channel that others made.
        Custom = "custom",
        Mattermost = "mattermost",
        Api = "api",
        Sandbox = "sandbox",
    }

    /// What kind of door an inbox is.
    ChannelKind {
        Chat = "chat",
        Email = "email",
        Slack = "slack",
        Sms = "sms",
        Api = "api",
    }

    /// The state of a conversation.
    Status {
        Open = "open",
        Closed = "closed",
        /// Out of the open list until its time comes or the customer writes.
        Snoozed = "snoozed",
        /// Nobody wants to read it: in a list of its own, and out of all others.
        Spam = "spam",
    }

    /// Whether a conversation comes first.
    Priority {
        Normal = "not_priority",
        High = "priority",
    }

    /// What an entry of a thread is.
    MessageKind {
        Reply = "reply",
        /// Internal; it never reaches a customer.
        Note = "note",
        Bot = "bot",
        /// A line the system wrote, such as "merged from #12". Internal.
        System = "system",
    }

    /// How far a message has come on its way out.
    DeliveryState {
        Queued = "queued",
        /// It is being handed over just now.
        Sending = "sending",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        Failed = "failed",
        /// It may have been sent; nobody can say.
        Unknown = "unknown",
    }

    /// What a user may do. `user` is the name older clients know a member by.
    Role {
        Admin = "admin",
        Member = "user",
        Viewer = "viewer",
    }

    /// Which conversations a member sees.
    Visibility {
        All = "all",
        OwnInboxes = "own_inboxes",
        OwnAndUnassigned = "own_and_unassigned",
    }

    /// Whether a user takes work now.
    Availability {
        Online = "online",
        Away = "away",
        Offline = "offline",
    }

    /// How a customer is recognised.
    IdentityKind {
        Email = "email",
        Phone = "phone",
        Chat = "chat",
        Slack = "slack",
        External = "external",
    }

    /// The life of an AI draft.
    DraftState {
        Generating = "generating",
        Ready = "ready",
        Edited = "edited",
        Stale = "stale",
        Approved = "approved",
        Rejected = "rejected",
        Failed = "failed",
    }

    /// Who begins a draft in an inbox.
    AiMode {
        /// Nobody.
        Off = "off",
        /// An agent asks for each.
        Request = "request",
        /// The server, when a customer has written; an agent approves.
        Draft = "draft",
        /// The server, which also answers by itself where it may; see the inbox's replies.
        Auto = "auto",
    }

    /// What a model is asked for.
    AiTask {
        Draft = "draft",
        Rewrite = "rewrite",
        Summary = "summary",
        Suggest = "suggest",
        /// What a text means, so that others that mean the same are found.
        Embed = "embed",
    }

    /// For whom a text is that replies may rest on.
    Audience {
        Public = "public",
        /// The company alone. It is quoted only after an agent said yes.
        Internal = "internal",
    }

    /// Whether replies may rest on a text.
    KnowledgeState {
        Active = "active",
        /// Somebody has to approve it first.
        Proposed = "proposed",
        Rejected = "rejected",
    }

    /// What came of a run that was to make a draft.
    AiOutcome {
        Ready = "ready",
        /// It went to the customer by itself.
        Sent = "sent",
        /// Nothing that answers was found.
        Nothing = "nothing",
        /// Somebody wrote meanwhile.
        Outdated = "outdated",
        Failed = "failed",
    }

    /// The state of an issue.
    IssueState {
        Unstarted = "unstarted",
        InProgress = "in_progress",
        InReview = "in_review",
        Done = "done",
        Closed = "closed",
    }

    /// What a personal API key may do.
    KeyScope {
        Read = "read",
        Write = "write",
        Admin = "admin",
    }

    /// Where a job stands in its queue.
    JobState {
        Ready = "ready",
        Running = "running",
        /// It failed for good and is kept for somebody to look at.
        Dead = "dead",
    }

    /// What outgoing webhooks are told of, by the names existing receivers know.
    WebhookEvent {
        MessageCreated = "message:created",
        ConversationCreated = "conversation:created",
        ConversationUpdated = "conversation:updated",
    }

    /// How far a webhook's call has come.
    CallState {
        Pending = "pending",
        Delivered = "delivered",
        Failed = "failed",
        /// There was nothing left to tell.
        Skipped = "skipped",
    }

    /// What brings an agent's notifications to a phone or a program.
    PushService {
        Ntfy = "ntfy",
        Gotify = "gotify",
        Webhook = "webhook",
    }

    /// Which way a mail went.
    MailDirection {
        In = "in",
        Out = "out",
    }

    /// What brought a mail.
    MailWay {
        Imap = "imap",
        /// A program on the server's own machine.
        Pipe = "pipe",
        /// A provider's request.
        Hook = "hook",
        Gmail = "gmail",
    }

    /// Why a mail waits for somebody to look at it.
    QuarantineReason {
        Unreadable = "unreadable",
        TooLarge = "too_large",
        NoSender = "no_sender",
        /// It claims to come from one of our own addresses.
        Loop = "loop",
        /// It reports on a mail that is not ours.
        UnmatchedReport = "unmatched_report",
        /// Its files find no room.
        NoRoom = "no_room",
    }

    /// What erasing does to conversations.
    Erasing {
        Delete = "delete",
        /// They stay, without texts and names.
        Anonymise = "anonymise",
    }

    /// In which order a view stands.
    ViewSort {
        /// The latest activity first.
        Newest = "newest",
        Oldest = "oldest",
        /// Who waits for an answer the longest first, then the others by activity.
        WaitingLongest = "waiting_longest",
        /// Priority first, then by activity.
        Priority = "priority",
        /// What wakes next first.
        WakesNext = "wakes_next",
    }

    /// Who sees a view.
    ViewScope {
        /// Whoever made it.
        Own = "own",
        Team = "team",
        /// Everybody in the account.
        Shared = "shared",
    }

    /// How far a bulk run has come.
    BulkState {
        /// The conversations it is about are being written down.
        Choosing = "choosing",
        Running = "running",
        Done = "done",
        Cancelled = "cancelled",
    }

    /// What became of one conversation of a bulk run.
    BulkOutcome {
        Waiting = "waiting",
        Done = "done",
        /// It was as asked for already.
        Skipped = "skipped",
        Failed = "failed",
    }

    /// What an event tells. Clients skip the ones they do not know.
    EventKind {
        ConversationCreated = "conversation.created",
        ConversationUpdated = "conversation.updated",
        ConversationDeleted = "conversation.deleted",
        MessageCreated = "message.created",
        MessageUpdated = "message.updated",
        MessageDeleted = "message.deleted",
        CustomerCreated = "customer.created",
        CustomerUpdated = "customer.updated",
        CustomerDeleted = "customer.deleted",
        DraftUpdated = "draft.updated",
        /// A small shared thing changed: a tag, a user, an inbox, a canned response.
        EntityChanged = "entity.changed",
        EntityDeleted = "entity.deleted",
        /// It happened, and the reader may not see it. Only its number counts.
        Hidden = "hidden",
    }

    /// The small shared things an `entity.*` event can be about.
    EntityKind {
        Account = "account",
        User = "user",
        Team = "team",
        Inbox = "inbox",
        Tag = "tag",
        Note = "note",
        Company = "company",
        CannedResponse = "canned_response",
        Issue = "issue",
        WidgetSettings = "widget_settings",
        BusinessContext = "business_context",
        EventSubscription = "event_subscription",
        ForwardingAddress = "forwarding_address",
        BrowserSession = "browser_session",
        File = "file",
        Connection = "connection",
        BulkRun = "bulk_run",
        View = "view",
        Knowledge = "knowledge",
        ScheduledReply = "scheduled_reply",
    }

    /// How it is with a reply that goes out by the clock.
    ScheduledState {
        /// It goes out at its time.
        Waiting = "waiting",
        /// It does not go out by itself: the customer was faster, or something else is in its way.
        Held = "held",
    }

    /// How a connection to a provider or a mailbox is.
    ConnectionState {
        /// Nobody has tried it yet.
        Untested = "untested",
        Working = "working",
        Failing = "failing",
        /// Its credentials are refused: somebody has to give new ones.
        Refused = "refused",
        /// Its provider lets this server in no more until its owner signs in there again.
        Unauthorized = "unauthorized",
        /// An admin switched it off.
        Off = "off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_text() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        for source in Source::ALL {
            let json = serde_json::to_string(source).expect("serialize");
            assert_eq!(json, format!("\"{source}\""));
        }
        assert_eq!("pending".parse::<Status>(), Err(UnknownKind));
    }

    #[test]
    fn every_kind_of_event_is_documented() {
        let page = include_str!("../../docs/PROTOCOL.md");
        for kind in EventKind::ALL {
            assert!(page.contains(&format!("`{kind}`")), "{kind}");
        }
    }
}
