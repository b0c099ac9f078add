//! Customers as a table for spreadsheets. What customers wrote must not become a formula there.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use frontdesk_domain::Customer;

/// The content type.
pub(crate) const MEDIA: &str = "text/csv; charset=utf-8";

const COLUMNS: [&str; 16] = [
    "id",
    "name",
    "email",
    "created_at",
    "updated_at",
    "first_seen",
    "last_seen_at",
    "phone",
    "external_id",
    "host",
    "pathname",
    "current_url",
    "browser",
    "os",
    "ip",
    "time_zone",
];

/// The whole answer.
pub(super) fn response(customers: &[Customer]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, MEDIA),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"customers.csv\"",
        ),
    ];
    (headers, table(customers)).into_response()
}

fn table(customers: &[Customer]) -> String {
    let mut table = COLUMNS.join(",");
    table.push_str("\r\n");
    for customer in customers {
        let cells = row(customer).map(|cell| cell_of(&cell.unwrap_or_default()));
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table
}

fn row(it: &Customer) -> [Option<String>; 16] {
    [
        Some(it.id.to_string()),
        it.name.clone(),
        it.email.clone(),
        Some(it.created_at.to_row_stamp()),
        Some(it.updated_at.to_row_stamp()),
        Some(it.first_seen.to_date()),
        Some(it.last_seen_at.to_utc_stamp()),
        it.phone.clone(),
        it.external_id.clone(),
        it.host.clone(),
        it.pathname.clone(),
        it.current_url.clone(),
        it.browser.clone(),
        it.os.clone(),
        it.ip.clone(),
        it.time_zone.clone(),
    ]
}

/// A text as a cell. Spreadsheets take what begins with one of these signs for a formula, so an
/// apostrophe goes before it, which they do not show.
fn cell_of(text: &str) -> String {
    let is_formula = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '|', '%'])
        || text.starts_with(['\t', '\r', '\n']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\r', '\n', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell_of;

    #[test]
    fn a_formula_becomes_a_text() {
        assert_eq!(cell_of("=1+1"), "'=1+1");
        assert_eq!(cell_of(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(cell_of("+49 30 1234"), "'+49 30 1234");
        assert_eq!(
            cell_of("=HYPERLINK(\"x\",\"y\")"),
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""
        );
    }

    #[test]
    fn a_cell_keeps_its_place() {
        assert_eq!(cell_of("Lovelace, Ada"), "\"Lovelace, Ada\"");
        assert_eq!(cell_of("a\nb"), "\"a\nb\"");
        assert_eq!(cell_of("Ada"), "Ada");
        assert_eq!(cell_of(""), "");
    }
}
