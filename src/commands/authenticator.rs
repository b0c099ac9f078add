//! What is said about an authenticator app and about the codes that stand in for it.

use crate::net::api::Enrolment;
use crate::output::say;
use frontdesk_ui::text_safe;

pub(super) const BEFORE_CODES: &str =
    "Your second factor is set up. If you lose the app, each of these codes signs you in once:";

pub(super) const AFTER_CODES: &str =
    "Keep them where you would keep a key. They are not shown again.";

/// Tells what the app has to know: beside the results, which may go to a file.
pub(super) fn tell(enrolment: &Enrolment) {
    say(&format!(
        "Secret:  {}",
        text_safe::line(enrolment.secret.expose())
    ));
    say(&format!(
        "Address: {}",
        text_safe::line(enrolment.url.expose())
    ));
}
