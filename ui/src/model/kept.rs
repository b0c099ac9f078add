//! Views that are kept under a name, beside those every desk has.

use super::Model;
use crate::cell;
use crate::text_safe;
use frontdesk_inbox::kept::{Counted, KeptView};
use frontdesk_inbox::{Directory, View};
use frontdesk_protocol::id::ViewId;
use frontdesk_protocol::time::Timestamp;
use std::collections::HashMap;

/// How much of a name a tab shows.
const LONGEST_TITLE: usize = 20;

/// What stands in a line of the list beside the customer and the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Assignee,
    Tags,
    Time,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Assignee, Self::Tags, Self::Time];
    /// Those of a view about which nothing was said.
    pub const USUAL: [Self; 2] = [Self::Assignee, Self::Time];

    /// The name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assignee => "assignee",
            Self::Tags => "tags",
            Self::Time => "time",
        }
    }

    /// The column of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What the configuration says of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnView {
    pub name: String,
    /// The view itself, where it is one of the configuration.
    pub kept: Option<KeptView>,
    pub columns: Option<Vec<Column>>,
}

/// All of them, and how many stand in each.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// In the order of the tabs.
    pub views: Vec<KeptView>,
    /// What the agent's configuration says.
    pub own: Vec<OwnView>,
    pub counts: HashMap<ViewId, Counted>,
    /// When they are counted again.
    pub due: Option<Timestamp>,
    /// What was searched for last, which can be kept.
    pub searched: Option<String>,
}

impl Kept {
    /// Takes the server's views in, after those of the configuration.
    pub fn take(&mut self, directory: &Directory) {
        let told = directory.views.iter().map(KeptView::from);
        let own = self.own.iter().filter_map(|it| it.kept.clone());
        self.views = own.chain(told).collect();
        // Those that are nearest come first, in the order in which they were told.
        self.views.sort_by_key(|it| it.whose.distance());
        let views = &self.views;
        self.counts
            .retain(|id, _| views.iter().any(|it| it.id == *id));
    }

    /// A view that is there.
    #[must_use]
    pub fn get(&self, view: View) -> Option<&KeptView> {
        match view {
            View::Kept(id) => self.views.iter().find(|it| it.id == id),
            _ => None,
        }
    }
}

impl Model {
    /// The views that have a tab, in their order. Spam and those who wait have one while they are
    /// looked at.
    #[must_use]
    pub fn tabs(&self) -> Vec<View> {
        let is_tab =
            |view: &View| !matches!(view, View::Spam | View::Waiting) || self.list.view == *view;
        let kept = self.kept.views.iter().map(|it| View::Kept(it.id));
        View::ALL.into_iter().filter(is_tab).chain(kept).collect()
    }

    /// What a view is called, safe to draw.
    #[must_use]
    pub fn title(&self, view: View) -> String {
        match self.kept.get(view) {
            Some(kept) => {
                let name = text_safe::line(&kept.name);
                cell::cut(&name, LONGEST_TITLE, self.glyphs.cut()).into_owned()
            }
            None => view.title().to_owned(),
        }
    }

    /// The columns of a view.
    #[must_use]
    pub fn columns(&self, view: View) -> &[Column] {
        let name = match self.kept.get(view) {
            Some(kept) => kept.name.as_str(),
            None => view.title(),
        };
        let mut own = self.kept.own.iter();
        own.find(|it| it.name.eq_ignore_ascii_case(name))
            .and_then(|it| it.columns.as_deref())
            .unwrap_or(&Column::USUAL)
    }

    /// How many stand in a view, as far as it is known.
    #[must_use]
    pub fn count(&self, view: View) -> Option<Counted> {
        match view {
            View::Kept(id) => self.kept.counts.get(&id).copied(),
            view => Some(Counted::Exactly(self.counts.of(view))),
        }
    }
}
