//! The title of the terminal's window.

use crate::model::Model;
use crate::text_safe;
use frontdesk_inbox::View;

/// How many conversations are open, and of whom.
#[must_use]
pub fn title(model: &Model) -> String {
    let open = model.counts.of(View::Inbox);
    let company = text_safe::line(&model.directory.company);
    let company: String = company.chars().take(40).collect();
    let count = if open == 0 {
        String::new()
    } else {
        format!("({open}) ")
    };
    if company.is_empty() {
        format!("{count}frontdesk")
    } else {
        format!("{count}{company} · frontdesk")
    }
}
