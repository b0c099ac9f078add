//! A few lines of an inbox, to see what a theme makes of it.

use crate::cell::{self, Align};
use crate::glyph::Glyphs;
use crate::painted::Line;
use crate::theme::Role;
use frontdesk_protocol::kind::Source;

/// The columns of a conversation beside its subject.
const NAME: usize = 17;
const BESIDE: usize = 4 + NAME + 1 + 8;

/// The lines.
pub(super) fn lines(glyphs: Glyphs, width: usize) -> Vec<Line> {
    let rail = |role, name: &str, words: &str| {
        Line::new()
            .with(role, format!(" {} {name}", glyphs.rail()))
            .with(Role::Text, format!("  {words}"))
    };
    vec![
        row(
            glyphs,
            width,
            &RowOf {
                bar: glyphs.bar(),
                mark: (Role::Unread, glyphs.unread()),
                channel: (Role::Email, Source::Email),
                name: (Role::Customer, "Dana Whitfield"),
                subject: "Invoice 10432",
                age: (Role::Danger, "!4m"),
            },
        ),
        row(
            glyphs,
            width,
            &RowOf {
                bar: " ",
                mark: (Role::Muted, glyphs.viewed()),
                channel: (Role::Slack, Source::Slack),
                name: (Role::Text, "Ola @ Fjellby"),
                subject: "webhook retries stopped",
                age: (Role::Muted, "22m"),
            },
        ),
        rail(Role::Agent, "You", "Looking it up for you now."),
        rail(Role::Note, "note", "Only colleagues read this."),
        Line::new()
            .with(
                Role::Draft,
                format!(" {} {} Draft", glyphs.draft_rail(), glyphs.draft()),
            )
            .with(Role::Text, "  Hello Dana, the VAT number is on it now."),
        Line::new()
            .with(Role::Ok, format!(" {} done", glyphs.done()))
            .with(Role::Warn, format!("   {} waits", glyphs.held()))
            .with(Role::Danger, format!("   {} not sent", glyphs.failed()))
            .with(Role::Text, "   ")
            .with(Role::Link, "https://example.com"),
    ]
}

/// What a conversation in a list has.
struct RowOf {
    bar: &'static str,
    mark: (Role, &'static str),
    channel: (Role, Source),
    name: (Role, &'static str),
    subject: &'static str,
    age: (Role, &'static str),
}

fn row(glyphs: Glyphs, width: usize, it: &RowOf) -> Line {
    let cut = glyphs.cut();
    let subject = width.min(72).saturating_sub(BESIDE);
    Line::new()
        .with(Role::Accent, it.bar)
        .with(it.mark.0, it.mark.1)
        .with(Role::Text, " ")
        .with(it.channel.0, glyphs.channel(it.channel.1))
        .with(Role::Text, " ")
        .with(it.name.0, cell::fit(it.name.1, NAME, Align::Left, cut))
        .with(Role::Text, " ")
        .with(Role::Text, cell::fit(it.subject, subject, Align::Left, cut))
        .with(it.age.0, cell::fit(it.age.1, 6, Align::Right, cut))
}
