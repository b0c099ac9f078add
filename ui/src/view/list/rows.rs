//! One conversation of the list, in one line or two.

use super::cells;
use super::columns::{Columns, Form, SIGNS};
use super::words;
use crate::cell::{self, Align};
use crate::channel;
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;
use crate::view::canvas::{Canvas, Ground};
use crate::view::highlight::highlighted;
use frontdesk_inbox::Row;
use frontdesk_inbox::kept::Grouping;
use ratatui::layout::Rect;
use std::ops::RangeInclusive;

/// What the rows of one list have in common.
pub(super) struct Pen<'a> {
    pub(super) model: &'a Model,
    pub(super) columns: Columns,
    /// The words the view is narrowed by, in lower case.
    pub(super) needles: Vec<String>,
    /// The first row on the screen.
    pub(super) first: usize,
    /// Where a range is being selected.
    pub(super) range: Option<RangeInclusive<usize>>,
}

/// What a row is to the agent at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It belongs to the view.
    Here,
    /// It left the view and stays until the cursor leaves it.
    Leaving,
}

impl Pen<'_> {
    /// Draws the conversation at `at` of the list.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, place: Rect, row: &Row, at: usize) {
        let is_selected = self.model.list.selected == Some(row.id());
        let ground = if is_selected {
            Ground::Selected
        } else {
            Ground::Plain
        };
        match self.columns.form {
            Form::Compact => canvas.line(place, 0, &self.compact(row, at), ground),
            Form::Comfortable => {
                canvas.line(place, 0, &self.upper(row, at), ground);
                canvas.line(place, 1, &self.lower(row), ground);
            }
        }
    }

    fn compact(&self, row: &Row, at: usize) -> Line {
        let mut line = self.signs(row, at);
        self.customer(&mut line, row, at);
        line.push(Role::Text, " ");
        self.words(&mut line, row);
        self.draft(&mut line, row);
        if self.columns.tags > 0 {
            line.push(Role::Text, " ");
            self.tags(&mut line, row);
        }
        if self.columns.assignee > 0 {
            line.push(Role::Text, " ");
            self.assignee(&mut line, row, Align::Left);
        }
        if self.columns.time > 0 {
            line.push(Role::Text, "  ");
            self.time(&mut line, row);
        }
        line
    }

    fn upper(&self, row: &Row, at: usize) -> Line {
        let mut line = self.signs(row, at);
        self.customer(&mut line, row, at);
        self.draft(&mut line, row);
        if self.columns.time > 0 {
            line.push(Role::Text, "  ");
            self.time(&mut line, row);
        }
        line
    }

    fn lower(&self, row: &Row) -> Line {
        let is_selected = self.model.list.selected == Some(row.id());
        let bar = if is_selected {
            self.model.glyphs.bar()
        } else {
            " "
        };
        let mut line = Line::new()
            .with(Role::Accent, bar)
            .with(Role::Text, " ".repeat(SIGNS - 1));
        self.words(&mut line, row);
        if self.columns.tags > 0 {
            line.push(Role::Text, "  ");
            self.tags(&mut line, row);
        }
        if self.columns.assignee > 0 {
            line.push(Role::Text, "  ");
            self.assignee(&mut line, row, Align::Right);
        }
        line
    }

    fn signs(&self, row: &Row, at: usize) -> Line {
        let (bar_role, bar) = self.bar(row, at);
        let (mark_role, mark) = cells::mark(self.model, row);
        let source = row.conversation.source;
        Line::new()
            .with(bar_role, bar)
            .with(mark_role, mark)
            .with(Role::Text, " ")
            .with(channel::role(source), self.model.glyphs.channel(source))
            .with(Role::Text, " ")
    }

    /// The first cell: what is picked out, or the cursor.
    fn bar(&self, row: &Row, at: usize) -> (Role, &'static str) {
        let list = &self.model.list;
        let is_in_range = self.range.as_ref().is_some_and(|range| range.contains(&at));
        if list.is_selected(row.id()) {
            (Role::Accent, self.model.glyphs.picked())
        } else if is_in_range && list.selected != Some(row.id()) {
            (Role::Muted, self.model.glyphs.picked())
        } else if list.selected == Some(row.id()) {
            (Role::Accent, self.model.glyphs.bar())
        } else {
            (Role::Text, " ")
        }
    }

    fn customer(&self, line: &mut Line, row: &Row, at: usize) {
        if self.goes_on(row, at) {
            let sign = format!(" {}", self.model.glyphs.branch());
            let cut = self.model.glyphs.cut();
            let fitted = cell::fit(&sign, self.columns.customer, Align::Left, cut);
            line.push(Role::Faint, fitted);
            return;
        }
        let role = match self.standing(row) {
            Standing::Leaving => Role::Muted,
            Standing::Here if row.conversation.read => Role::Text,
            Standing::Here => Role::Strong,
        };
        let name = words::safe(&row.customer);
        let pieces = highlighted(role, &name, &self.needles);
        words::push_fitted(line, pieces, self.columns.customer, self.model.glyphs);
    }

    /// Whether the row above is seen and the same customer's, in a list of groups.
    fn goes_on(&self, row: &Row, at: usize) -> bool {
        let list = &self.model.list;
        let above = at.checked_sub(1).filter(|above| *above >= self.first);
        let above = above.and_then(|above| list.rows.get(above));
        list.grouping == Grouping::ByCustomer
            && above.is_some_and(|it| it.conversation.customer_id == row.conversation.customer_id)
    }

    fn words(&self, line: &mut Line, row: &Row) {
        let pieces = words::of(self.model, row, self.standing(row), &self.needles);
        words::push_fitted(line, pieces, self.columns.words, self.model.glyphs);
    }

    fn draft(&self, line: &mut Line, row: &Row) {
        let (role, sign) = cells::draft(self.model.glyphs, row.draft);
        line.push(Role::Text, " ");
        line.push(role, sign);
    }

    fn tags(&self, line: &mut Line, row: &Row) {
        let directory = &self.model.directory;
        let tags = row.tags.iter().filter_map(|id| directory.tag(*id));
        let names: Vec<String> = tags
            .map(|tag| words::safe(&tag.name).into_owned())
            .collect();
        let cut = self.model.glyphs.cut();
        let fitted = cell::fit(&names.join(" "), self.columns.tags, Align::Left, cut);
        line.push(Role::Muted, fitted);
    }

    fn assignee(&self, line: &mut Line, row: &Row, align: Align) {
        let cells = self.columns.assignee;
        let name = cells::assignee(self.model, row, cells);
        let fitted = cell::fit(&name, cells, align, self.model.glyphs.cut());
        line.push(Role::Muted, fitted);
    }

    fn time(&self, line: &mut Line, row: &Row) {
        let time = super::when::of(self.model, row);
        let cut = self.model.glyphs.cut();
        line.push(
            Role::Muted,
            cell::fit(&time, self.columns.time, Align::Right, cut),
        );
    }

    fn standing(&self, row: &Row) -> Standing {
        if self.model.list.lingering.contains(&row.id()) {
            Standing::Leaving
        } else {
            Standing::Here
        }
    }
}
