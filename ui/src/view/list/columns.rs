//! How wide the columns of the list are. They depend on the room alone, never on what stands in
//! them, so that nothing moves while the list scrolls.

use crate::model::kept::Column;
use frontdesk_inbox::View;

/// The bar, the mark, the channel and the air around them.
pub(super) const SIGNS: usize = 5;
/// The draft's sign, with air before it.
const DRAFT: usize = 2;
/// At the right edge.
const AIR: usize = 1;

const SHORTEST_CUSTOMER: usize = 10;
const NARROWEST_CUSTOMER: usize = 16;
const WIDEST_CUSTOMER: usize = 36;
/// Fewer cells than this for the words, and another column gives way.
const FEWEST_WORDS: usize = 14;
const INITIALS: usize = 2;
const NAME: usize = 6;
/// From this width on there is room for colleagues' names.
const NAMES: usize = 100;
/// `59m`, and `Tue 09:00` where it says when a conversation wakes.
const AGE: usize = 3;
const TAGS: usize = 16;
const WAKES: usize = 9;

/// The widths in cells. A column of no width is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    /// Whether a conversation has one line or two.
    pub(super) form: Form,
    pub(super) customer: usize,
    pub(super) words: usize,
    pub(super) tags: usize,
    pub(super) assignee: usize,
    pub(super) time: usize,
}

/// How a conversation is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Everything on one line.
    Compact,
    /// The customer on the first line, the words on the second.
    Comfortable,
}

impl Columns {
    /// The columns of a list so many cells wide.
    pub(super) fn of(width: u16, row_height: u16, view: View, wanted: &[Column]) -> Self {
        let width = usize::from(width);
        let with = |column: Column, cells: usize| {
            if wanted.contains(&column) { cells } else { 0 }
        };
        let time = if view == View::Snoozed { WAKES } else { AGE };
        let time = with(Column::Time, time);
        let tags = with(Column::Tags, TAGS);
        if row_height > 1 {
            return Self {
                form: Form::Comfortable,
                customer: width.saturating_sub(SIGNS + DRAFT + with_air(time, 2) + AIR),
                words: width.saturating_sub(
                    SIGNS + with_air(tags, 2) + with_air(with(Column::Assignee, NAME), 2) + AIR,
                ),
                tags,
                assignee: with(Column::Assignee, NAME),
                time,
            };
        }
        let mut columns = Self {
            form: Form::Compact,
            customer: (width / 5).clamp(NARROWEST_CUSTOMER, WIDEST_CUSTOMER),
            words: 0,
            tags,
            assignee: with(
                Column::Assignee,
                if width < NAMES { INITIALS } else { NAME },
            ),
            time,
        };
        columns.give_way(width);
        columns.words = width.saturating_sub(columns.without_words());
        columns
    }

    /// Where there is little room the tags go first, then the time, then the assignee, then the
    /// customer shrinks.
    fn give_way(&mut self, width: usize) {
        let steps: [fn(&mut Self); 4] = [
            |it| it.tags = 0,
            |it| it.time = 0,
            |it| it.assignee = 0,
            |it| it.customer = SHORTEST_CUSTOMER,
        ];
        for step in steps {
            if self.without_words() + FEWEST_WORDS > width {
                step(self);
            }
        }
    }

    fn without_words(&self) -> usize {
        SIGNS
            + self.customer
            + 1
            + DRAFT
            + with_air(self.tags, 1)
            + with_air(self.assignee, 1)
            + with_air(self.time, 2)
            + AIR
    }
}

/// The cells of a column that is drawn, with the air before it.
const fn with_air(cells: usize, air: usize) -> usize {
    if cells == 0 { 0 } else { cells + air }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_list_drops_the_time_then_the_assignee_then_shortens_the_customer() {
        let table = [
            (120, 3, 6, 24),
            (80, 3, 2, 16),
            (47, 3, 2, 16),
            (46, 0, 2, 16),
            (41, 0, 0, 16),
            (38, 0, 0, 10),
        ];
        for (width, time, assignee, customer) in table {
            let columns = Columns::of(width, 1, View::Inbox, &Column::USUAL);
            let found = (columns.time, columns.assignee, columns.customer);
            assert_eq!(found, (time, assignee, customer), "{width}");
            assert!(columns.words >= FEWEST_WORDS, "{width}");
        }
    }
}
