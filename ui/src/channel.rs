//! What a channel is called and how its sign looks; the sign itself is among the glyphs.

use crate::theme::Role;
use frontdesk_protocol::kind::Source;

/// What people call the channel.
#[must_use]
pub const fn name(source: Source) -> &'static str {
    match source {
        Source::Email => "email",
        Source::Slack => "Slack",
        Source::Mattermost => "Mattermost",
        Source::Chat => "chat",
        Source::Sms => "SMS",
        Source::Whatsapp => "WhatsApp",
        Source::Telegram => "Telegram",
        Source::Custom => "channel",
        Source::Api => "API",
        Source::Sandbox => "sandbox",
    }
}

/// The look of its sign, the only thing on the screen with the channel's hue.
#[must_use]
pub const fn role(source: Source) -> Role {
    match source {
        Source::Email => Role::Email,
        Source::Slack | Source::Mattermost => Role::Slack,
        Source::Chat => Role::Chat,
        Source::Sms | Source::Whatsapp | Source::Telegram => Role::Sms,
        Source::Api | Source::Custom | Source::Sandbox => Role::Faint,
    }
}
