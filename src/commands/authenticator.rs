//! What is said about an authenticator app and about the codes that stand in for it.

mod picture;

use crate::net::api::Enrolment;
use crate::output::say;
use frontdesk_ui::glyph::Glyphs;
use frontdesk_ui::text_safe;
use std::io::{self, IsTerminal as _, Write as _};

pub(super) const BEFORE_CODES: &str =
    "Your second factor is set up. If you lose the app, each of these codes signs you in once:";

pub(super) const AFTER_CODES: &str =
    "Keep them where you would keep a key. They are not shown again.";

/// Tells what the app has to know, as a picture where there is a terminal that can draw one: beside
/// the results, which may go to a file.
pub(super) fn tell(enrolment: &Enrolment, glyphs: Glyphs) {
    if io::stderr().is_terminal() && glyphs == Glyphs::Unicode {
        draw(enrolment.url.expose());
    }
    say(&format!(
        "Secret:  {}",
        text_safe::line(enrolment.secret.expose())
    ));
    say(&format!(
        "Address: {}",
        text_safe::line(enrolment.url.expose())
    ));
}

fn draw(address: &str) {
    let width = terminal_size::terminal_size_of(io::stderr()).map_or(0, |(width, _)| width.0);
    for line in picture::lines(address, usize::from(width)) {
        // There is nobody left to tell when even this cannot be written.
        drop(writeln!(io::stderr(), "{line}"));
    }
}
