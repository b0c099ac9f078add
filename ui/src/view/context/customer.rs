//! Who the customer is, and what colleagues noted about them.

use super::sheet::Sheet;
use crate::model::Model;
use crate::theme::Role;
use frontdesk_inbox::Row;
use frontdesk_protocol::entity::CustomerFull;
use frontdesk_protocol::time::Timestamp;
use jiff::tz::TimeZoneDatabase;

const NOTES: usize = 3;
const LINES_OF_A_NOTE: usize = 4;

/// Writes who it is.
pub(super) fn write(sheet: &mut Sheet, model: &Model, row: &Row, known: Option<&CustomerFull>) {
    sheet.words(Role::Strong, &row.customer);
    if row.is_blocked {
        sheet.words(Role::Danger, "blocked: goes to the spam");
    }
    let Some(it) = known else {
        return;
    };
    let is_said = |text: &&str| text.trim() != row.customer.trim();
    for text in [it.email.as_deref(), it.phone.as_deref()] {
        if let Some(text) = text.filter(is_said) {
            sheet.words(Role::Text, text);
        }
    }
    if let Some(Some(company)) = &it.company {
        sheet.words(Role::Text, &company.name);
    }
    if let Some(there) = it.time_zone.as_deref().and_then(|zone| there(zone, model)) {
        sheet.words(Role::Text, &there);
    }
    let since = format!("First seen {}", day(&it.first_seen));
    sheet.words(Role::Muted, &since);
    if it.verified {
        let sign = sheet.glyphs.done();
        sheet.words(Role::Muted, &format!("{sign} verified"));
    }
}

/// Writes what colleagues noted.
pub(super) fn write_notes(sheet: &mut Sheet, it: &CustomerFull) {
    let notes = it.notes.as_deref().unwrap_or_default();
    if notes.is_empty() {
        return;
    }
    sheet.heading("NOTES");
    for note in notes.iter().take(NOTES) {
        sheet.paragraph(Role::Text, &note.body, LINES_OF_A_NOTE);
    }
}

/// The customer's place and clock: `Helsinki, 14:32 there`. The zones are part of the program.
fn there(zone: &str, model: &Model) -> Option<String> {
    let found = TimeZoneDatabase::bundled().get(zone).ok()?;
    let moment = jiff::Timestamp::from_microsecond(model.now.0).ok()?;
    let clock = found.to_datetime(moment).strftime("%H:%M");
    let place = zone.rsplit('/').next()?.replace('_', " ");
    Some(format!("{place}, {clock} there"))
}

/// `20 Nov 2023` for `2023-11-20`; what is no date stays what it is.
fn day(date: &str) -> String {
    Timestamp::parse(&format!("{date}T00:00:00Z")).map_or_else(
        || date.to_owned(),
        |at| at.utc().strftime("%-d %b %Y").to_string(),
    )
}
