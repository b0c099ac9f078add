//! How the program stands with the server, in words.

use crate::connections;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::painted::Line;
use crate::theme::Role;
use frontdesk_inbox::OutState;
use frontdesk_protocol::time::Timestamp;

/// Below this many seconds an action is on its way and nothing to talk about.
const ON_ITS_WAY: i64 = 2;

/// The state of the connection, how much waits for it, and whether the server's own connections fail.
pub(super) fn line(model: &Model) -> Line {
    let glyphs = model.glyphs;
    let (role, sign, words) = match &model.connection {
        Connection::Starting => (Role::Muted, glyphs.offline(), "starting".to_owned()),
        Connection::Filling { done } => {
            let words = format!("filling {}", grouped(*done));
            (Role::Muted, glyphs.viewed(), words)
        }
        Connection::CatchingUp => (Role::Muted, glyphs.viewed(), "catching up".to_owned()),
        Connection::Live => (Role::Ok, glyphs.live(), "live".to_owned()),
        Connection::Offline { since, .. } => {
            let words = format!("offline{}", lasted(*since, model.now));
            (Role::Warn, glyphs.offline(), words)
        }
        Connection::SignedOut { .. } => (Role::Danger, glyphs.failed(), "signed out".to_owned()),
    };
    let mut line = Line::new()
        .with(role, sign)
        .with(Role::Muted, format!(" {words}"));
    let queued = queued(model);
    if queued > 0 {
        line.push(Role::Muted, format!(" {} {queued} queued", glyphs.dot()));
    }
    let ill = connections::ill(model);
    if ill > 0 {
        line.push(Role::Muted, format!(" {} ", glyphs.dot()));
        line.push(Role::Danger, glyphs.failed());
        let words = match ill {
            1 => " 1 connection fails".to_owned(),
            _ => format!(" {ill} connections fail"),
        };
        line.push(Role::Muted, words);
    }
    line
}

/// How many things wait for the server. What has only just been done is not counted: with a
/// connection it is gone before a word could be read.
pub(super) fn queued(model: &Model) -> usize {
    let is_live = model.connection == Connection::Live;
    let is_old = |made: Timestamp| made.plus_seconds(ON_ITS_WAY) <= model.now;
    let waits = |it: &&frontdesk_inbox::Queued| {
        matches!(it.state, OutState::Waiting | OutState::Sending)
            && it.hold_until.is_none_or(|until| until <= model.now)
            && (!is_live || is_old(it.made_at))
    };
    model.outbox.iter().filter(waits).count()
}

/// ` 3 min`, ` 2 h`, ` 4 d`; nothing below a minute.
fn lasted(since: Timestamp, now: Timestamp) -> String {
    let minutes = now.seconds().saturating_sub(since.seconds()) / 60;
    match minutes {
        ..1 => String::new(),
        1..60 => format!(" {minutes} min"),
        60..1_440 => format!(" {} h", minutes / 60),
        _ => format!(" {} d", minutes / 1_440),
    }
}

/// A number with a comma after each three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn said(connection: Connection) -> String {
        let mut model = testing::desk(80, 24);
        model.connection = connection;
        line(&model).plain()
    }

    #[test]
    fn the_connection_is_told_in_words() {
        let since = |seconds: i64| Connection::Offline {
            since: testing::now().plus_seconds(-seconds),
            why: "no answer".to_owned(),
            again_at: testing::now(),
        };
        for (connection, words) in [
            (Connection::Live, "● live"),
            (Connection::CatchingUp, "◌ catching up"),
            (Connection::Filling { done: 12_400 }, "◌ filling 12,400"),
            (since(20), "○ offline"),
            (since(200), "○ offline 3 min"),
            (since(7_300), "○ offline 2 h"),
            (Connection::SignedOut { why: String::new() }, "! signed out"),
        ] {
            assert_eq!(said(connection), words);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
