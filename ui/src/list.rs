//! The conversation list as lines: fixed columns, so that the eye can run down each of them.
//!
//! Columns: number · mark · channel · customer · subject and last words · assignee · age.

use crate::cell::{self, Align};
use crate::channel;
use crate::glyph::Glyphs;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_protocol::kind::{Priority, Source, Status};

/// One conversation, as the list needs it. The texts may be anything: they are made safe here.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub number: i64,
    pub status: Status,
    pub priority: Priority,
    pub source: Source,
    pub read: bool,
    pub customer: &'a str,
    pub subject: Option<&'a str>,
    pub last_words: Option<&'a str>,
    pub assignee: Option<String>,
    pub age: String,
}

/// How wide each column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    number: usize,
    customer: usize,
    words: usize,
    assignee: usize,
    age: usize,
}

const LONGEST_CUSTOMER: usize = 28;
const SHORTEST_CUSTOMER: usize = 10;
const LONGEST_ASSIGNEE: usize = 12;
const FEWEST_WORDS: usize = 12;
/// Where there is no screen to fit into, a line still ends somewhere.
const MOST_WORDS: usize = 200;
/// The mark, the channel and the air around them.
const SIGNS: usize = 5;

impl Columns {
    /// Columns for a screen of `width` cells, or as wide as the rows need without one. Where
    /// there is little room the age goes first, then the assignee, then the customer shrinks.
    #[must_use]
    pub fn for_rows(rows: &[Row<'_>], width: Option<usize>) -> Self {
        let widest = |of: &dyn Fn(&Row<'_>) -> usize| rows.iter().map(of).max().unwrap_or(0);
        let mut columns = Self {
            number: widest(&|row| row.number.to_string().len() + 1),
            customer: widest(&|row| cell::width(&text_safe::line(row.customer)))
                .clamp(SHORTEST_CUSTOMER, LONGEST_CUSTOMER),
            words: widest(&|row| cell::width(&words(row)) + 2).min(MOST_WORDS),
            assignee: widest(&|row| {
                row.assignee
                    .as_deref()
                    .map_or(0, |name| cell::width(&text_safe::line(name)))
            })
            .min(LONGEST_ASSIGNEE),
            age: widest(&|row| row.age.len()),
        };
        let Some(width) = width else {
            return columns;
        };
        if columns.without_words() + FEWEST_WORDS > width {
            columns.age = 0;
        }
        if columns.without_words() + FEWEST_WORDS > width {
            columns.assignee = 0;
        }
        if columns.without_words() + FEWEST_WORDS > width {
            columns.customer = SHORTEST_CUSTOMER;
        }
        columns.words = width.saturating_sub(columns.without_words());
        columns
    }

    fn without_words(&self) -> usize {
        let with_air = |cells: usize| if cells == 0 { 0 } else { cells + 2 };
        self.number + SIGNS + self.customer + 2 + with_air(self.assignee) + with_air(self.age)
    }
}

/// The row as a line.
#[must_use]
pub fn line(row: &Row<'_>, columns: &Columns, glyphs: Glyphs) -> Line {
    let cut = glyphs.cut();
    let number = format!("#{}", row.number);
    let (mark_role, mark) = mark(row, glyphs);
    let name_role = if row.read { Role::Text } else { Role::Strong };
    let customer = text_safe::line(row.customer);
    let mut line = Line::new()
        .with(
            Role::Number,
            cell::fit(&number, columns.number, Align::Right, cut),
        )
        .with(Role::Text, " ")
        .with(mark_role, mark)
        .with(Role::Text, " ")
        .with(channel::role(row.source), glyphs.channel(row.source))
        .with(Role::Text, " ")
        .with(
            name_role,
            cell::fit(&customer, columns.customer, Align::Left, cut),
        )
        .with(Role::Text, "  ");
    push_words(&mut line, row, columns.words, cut);
    if columns.assignee > 0 {
        let name = row.assignee.as_deref().unwrap_or("");
        let name = cell::fit(&text_safe::line(name), columns.assignee, Align::Left, cut);
        line.push(Role::Muted, format!("  {name}"));
    }
    if columns.age > 0 {
        let age = cell::fit(&row.age, columns.age, Align::Right, cut);
        line.push(Role::Muted, format!("  {age}"));
    }
    line
}

/// One sign says the state: a colour never says it alone.
fn mark(row: &Row<'_>, glyphs: Glyphs) -> (Role, &'static str) {
    match row.status {
        Status::Closed | Status::Spam => (Role::Closed, glyphs.done()),
        Status::Snoozed => (Role::Snoozed, glyphs.snoozed()),
        Status::Open if !row.read => (Role::Unread, glyphs.unread()),
        Status::Open => (Role::Text, " "),
    }
}

fn push_words(line: &mut Line, row: &Row<'_>, cells: usize, cut: &str) {
    let urgent = row.priority == Priority::High;
    let cells = if urgent {
        cells.saturating_sub(2)
    } else {
        cells
    };
    if urgent {
        line.push(Role::Danger, "!");
        line.push(Role::Text, " ");
    }
    let fitted = cell::fit(&words(row), cells, Align::Left, cut);
    let subject = row
        .subject
        .map_or(0, |subject| text_safe::line(subject).trim().len());
    if subject > 0 && fitted.is_char_boundary(subject) && subject < fitted.len() {
        let (subject, rest) = fitted.split_at(subject);
        line.push(Role::Text, subject);
        line.push(Role::Muted, rest);
    } else {
        line.push(if subject > 0 { Role::Text } else { Role::Muted }, fitted);
    }
}

/// `subject — last words`, or the one of them that there is.
fn words(row: &Row<'_>) -> String {
    let safe = |text: Option<&str>| {
        // The list shows one line of what may be a book.
        let start: String = text.unwrap_or("").chars().take(2 * MOST_WORDS).collect();
        text_safe::line(&start).trim().to_owned()
    };
    let (subject, last) = (safe(row.subject), safe(row.last_words));
    match (subject.is_empty(), last.is_empty()) {
        (false, false) => format!("{subject} — {last}"),
        (false, true) => subject,
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> Row<'static> {
        Row {
            number: 12,
            status: Status::Open,
            priority: Priority::Normal,
            source: Source::Email,
            read: false,
            customer: "Ana Lima",
            subject: Some("Refund"),
            last_words: Some("Where is my\nmoney?"),
            assignee: Some("Alex".to_owned()),
            age: "3h".to_owned(),
        }
    }

    fn drawn(rows: &[Row<'_>], width: Option<usize>) -> Vec<String> {
        let columns = Columns::for_rows(rows, width);
        rows.iter()
            .map(|row| line(row, &columns, Glyphs::Unicode).plain())
            .collect()
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [
            row(),
            Row {
                number: 7,
                status: Status::Closed,
                priority: Priority::High,
                source: Source::Sms,
                read: true,
                customer: "山田太郎",
                subject: None,
                last_words: None,
                assignee: None,
                age: "52w".to_owned(),
            },
        ];
        assert_eq!(
            drawn(&rows, Some(70)),
            [
                "#12 ● @ Ana Lima    Refund — Where is my money?              Alex   3h",
                " #7 ✓ + 山田太郎    !                                              52w",
            ]
        );
    }

    #[test]
    fn a_narrow_screen_drops_age_then_assignee() {
        assert_eq!(
            drawn(&[row()], Some(38)),
            ["#12 ● @ Ana Lima    Refund — Wh…  Alex"]
        );
        assert_eq!(
            drawn(&[row()], Some(32)),
            ["#12 ● @ Ana Lima    Refund — Wh…"]
        );
    }

    #[test]
    fn without_a_screen_nothing_is_cut() {
        assert_eq!(
            drawn(&[row()], None),
            ["#12 ● @ Ana Lima    Refund — Where is my money?    Alex  3h"]
        );
    }

    proptest! {
        #[test]
        fn no_text_moves_a_column(customer in "\\PC{0,40}", subject in "[\\x00-\\x{ff}\\x{202a}-\\x{202e}日]{0,60}", width in 40_usize..160) {
            let hostile = Row { customer: &customer, subject: Some(&subject), ..row() };
            let columns = Columns::for_rows(std::slice::from_ref(&hostile), Some(width));
            let line = line(&hostile, &columns, Glyphs::Ascii);
            let whole: String = line.pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(cell::width(&whole), width);
            prop_assert!(!whole.chars().any(char::is_control));
        }
    }
}
