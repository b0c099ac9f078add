//! The tabs: the views with how much stands in each, whose desk it is, and how it stands with
//! the server. The rule under them is heavy below the view that is shown.

use super::canvas::{Canvas, Ground};
use super::layout::Layout;
use super::status;
use crate::cell;
use crate::model::Model;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::View;
use frontdesk_inbox::kept::Counted;
use ratatui::layout::Rect;

/// Cells between two tabs.
const GAP: u16 = 3;
/// Cells between the tabs and what stands at the right.
const LEAST_AIR: u16 = 2;
/// How many tabs stay when room is needed for the company's name.
const MORE_THAN_COMPANY: usize = 5;
const LONGEST_NAME: usize = 24;

/// A tab on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tab {
    view: View,
    x: u16,
    width: u16,
}

/// The view whose tab stands at this column.
pub(crate) fn at(model: &Model, column: u16) -> Option<View> {
    let (tabs, _) = arranged(model);
    tabs.iter()
        .find(|tab| (tab.x..tab.x + tab.width).contains(&column))
        .map(|tab| tab.view)
}

/// Draws the tabs and the rule under them.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let (tabs, right) = arranged(model);
    canvas.rule(layout.rule, 0, Role::Rule, model.glyphs.rule());
    for tab in tabs {
        let is_current = tab.view == model.list.view;
        let place = Rect::new(tab.x, layout.tabs.y, tab.width, 1);
        let line = label(model, tab.view, is_current);
        canvas.line(place, 0, &line, Ground::Plain);
        if is_current && layout.rule.height > 0 {
            let under = Rect::new(tab.x, layout.rule.y, tab.width, 1);
            canvas.rule(under, 0, Role::Accent, model.glyphs.heavy_rule());
        }
    }
    let inside = Rect::new(0, layout.tabs.y, layout.tabs.width - 1, 1);
    canvas.line_right(inside, 0, &right);
}

fn label(model: &Model, view: View, is_current: bool) -> Line {
    let count = count(model, view);
    let title_role = match count {
        _ if is_current => Role::Accent,
        Some(count) if count.number() == 0 => Role::Muted,
        _ => Role::Text,
    };
    let mut line = Line::new().with(title_role, model.title(view));
    if let Some(count) = count {
        let role = if is_current {
            Role::Accent
        } else {
            Role::Muted
        };
        line.push(role, format!(" {count}"));
    }
    line
}

/// How many stand in the view. What is closed or spam is no work, and not counted.
fn count(model: &Model, view: View) -> Option<Counted> {
    model
        .count(view)
        .filter(|_| !matches!(view, View::Closed | View::Spam))
}

/// The tabs that fit, and what stands at the right of them.
///
/// The agent's name goes first, then the last tabs, then the company, then further tabs; the
/// current one and the state of the connection stay.
fn arranged(model: &Model) -> (Vec<Tab>, Line) {
    let width = model.size.width;
    let rights = [
        right(model, Whose::Agents),
        right(model, Whose::Companys),
        right(model, Whose::Nobodys),
    ];
    let mut views = model.tabs();
    loop {
        let (tabs, end) = placed(model, &views);
        let fits = |right: &&Line| {
            let right = u16::try_from(right.width()).unwrap_or(u16::MAX);
            end.saturating_add(LEAST_AIR + 1).saturating_add(right) <= width
        };
        let choices = match views.len() {
            MORE_THAN_COMPANY.. if views.len() > MORE_THAN_COMPANY => &rights[..2],
            _ => &rights[1..],
        };
        if let Some(right) = choices.iter().find(fits) {
            return (tabs, right.clone());
        }
        let dropped = views.iter().rposition(|view| *view != model.list.view);
        match dropped {
            Some(at) => drop(views.remove(at)),
            None => return (tabs, rights[2].clone()),
        }
    }
}

fn placed(model: &Model, views: &[View]) -> (Vec<Tab>, u16) {
    let mut x = 1;
    let mut tabs = Vec::with_capacity(views.len());
    for view in views {
        let is_current = *view == model.list.view;
        let width = label(model, *view, is_current).width();
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        tabs.push(Tab {
            view: *view,
            x,
            width,
        });
        x = x.saturating_add(width).saturating_add(GAP);
    }
    (tabs, x.saturating_sub(GAP))
}

/// Whose desk it is, as far as there is room to say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Agents,
    Companys,
    Nobodys,
}

fn right(model: &Model, whose: Whose) -> Line {
    let directory = &model.directory;
    let cut = model.glyphs.cut();
    let company = text_safe::line(&directory.company);
    let mut line = Line::new();
    if whose != Whose::Nobodys {
        line.push(Role::Muted, cell::cut(&company, LONGEST_NAME, cut));
    }
    if whose == Whose::Agents
        && let Some(me) = directory.user(directory.me)
    {
        let name = text_safe::line(frontdesk_inbox::directory::name_of(me));
        let name = cell::cut(&name, LONGEST_NAME, cut);
        line.push(Role::Muted, format!(" {} {name}", model.glyphs.dot()));
    }
    if !line.pieces.is_empty() {
        line.push(Role::Text, "  ");
    }
    line.append(status::line(model));
    line
}
