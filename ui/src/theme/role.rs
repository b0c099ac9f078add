//! The roles: what something on the screen is.

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What something on the screen is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role { $($(#[$doc])* $variant,)+ }

        impl Role {
            /// Every role, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in theme files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The role of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

roles! {
    /// What lies under everything, in themes that own it.
    Background = "background",
    /// What is there to be read.
    Text = "text",
    /// What stands out: a customer with something unread, a title.
    Strong = "strong",
    /// What helps: times, snippets, labels.
    Muted = "muted",
    /// Marks that carry no words.
    Faint = "faint",
    /// Lines between parts.
    Rule = "rule",
    /// Where you are.
    Accent = "accent",
    /// The row you are on.
    Selection = "selection",
    /// What can be followed.
    Link = "link",
    /// It went well.
    Ok = "ok",
    /// It will need you.
    Warn = "warn",
    /// It needs you now.
    Danger = "danger",
    /// An AI made it; nothing else has this look.
    Draft = "draft",
    /// The customer does not see it.
    Note = "note",
    /// The customer's words and name.
    Customer = "customer",
    /// What an agent wrote.
    Agent = "agent",
    /// What a program wrote.
    Bot = "bot",
    /// The number of a conversation.
    Number = "number",
    /// Nobody has read it yet.
    Unread = "unread",
    /// It is closed.
    Closed = "closed",
    /// It sleeps until later.
    Snoozed = "snoozed",
    /// The sign of mail.
    Email = "email",
    /// The sign of the chat on a web page.
    Chat = "chat",
    /// The sign of Slack and its like.
    Slack = "slack",
    /// The sign of text messages.
    Sms = "sms",
}
