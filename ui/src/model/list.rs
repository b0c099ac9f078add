//! The conversations of a view, as far as they are loaded: a window that moves over the store.

use crate::effect::From;
use frontdesk_inbox::kept::Grouping;
use frontdesk_inbox::{Row, Sort, View};
use frontdesk_protocol::id::ConversationId;
use std::collections::{BTreeSet, HashMap};

/// The list that is on the screen.
#[derive(Debug, Clone, Default)]
pub struct List {
    pub view: View,
    /// In the order of the view; what left the view while it was looked at keeps its place.
    pub rows: Vec<Row>,
    pub has_before: bool,
    pub has_after: bool,
    /// How many conversations stand before the first loaded one, as far as it is known.
    pub rank: Option<usize>,
    /// The conversation under the cursor. It follows the conversation, never the row.
    pub selected: Option<ConversationId>,
    /// The first row on the screen, as a place in `rows`.
    pub top: usize,
    pub marked: BTreeSet<ConversationId>,
    /// The search that finds all of the view, when that is selected and not only what is loaded.
    pub everything: Option<String>,
    /// Where a range began.
    pub range_from: Option<ConversationId>,
    /// What came in above and is not shown, so that the list does not jump.
    pub fresh: BTreeSet<ConversationId>,
    /// Rows that left the view and stay until the cursor leaves them.
    pub lingering: BTreeSet<ConversationId>,
    pub narrowed: Option<String>,
    /// Whether all of a customer stands together.
    pub grouping: Grouping,
    /// The question that is being answered; older answers are dropped.
    pub generation: u64,
    pub is_loading: bool,
    /// Which part is being loaded.
    pub loading: Option<From>,
    sorts: HashMap<View, Sort>,
    /// Where the cursor was in each view that was left.
    pub left_at: HashMap<View, ConversationId>,
}

impl List {
    /// Where the cursor stands among the loaded rows.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        let selected = self.selected?;
        self.rows.iter().position(|row| row.id() == selected)
    }

    /// The row under the cursor.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.at()?)
    }

    /// A loaded row.
    #[must_use]
    pub fn find(&self, id: ConversationId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id() == id)
    }

    /// Whether a conversation is selected, by itself or with everything.
    #[must_use]
    pub fn is_selected(&self, id: ConversationId) -> bool {
        self.everything.is_some() || self.marked.contains(&id)
    }

    /// Whether anything is selected.
    #[must_use]
    pub fn has_selection(&self) -> bool {
        self.everything.is_some() || !self.marked.is_empty()
    }

    /// How the view is sorted.
    #[must_use]
    pub fn sort(&self) -> Sort {
        self.sorts
            .get(&self.view)
            .copied()
            .unwrap_or(Sort::of(self.view))
    }

    /// Sorts a view that brings its own order, unless the agent has sorted it already.
    pub fn sort_at_first(&mut self, view: View, sort: Sort) {
        self.sorts.entry(view).or_insert(sort);
    }

    /// Sorts the view differently.
    pub fn set_sort(&mut self, sort: Sort) {
        self.sorts.insert(self.view, sort);
    }
}
