//! Which part of the screen is where, for every size.

pub(crate) mod beside;

use super::composer::files;
use super::notice;
use crate::model::layer::Layer;
use crate::model::settings::{Density, Shown};
use crate::model::{Model, Pane};
use beside::Panes;
use ratatui::layout::Rect;

/// The smallest screen on which there is anything but a plain sentence.
pub const SMALLEST: (u16, u16) = (40, 10);

/// From this width on the preview may stand below the list.
const PREVIEW_BELOW: u16 = 60;
/// From this width on list and thread stand beside each other.
const BESIDE: u16 = 110;
/// From this width on the customer has a pane.
pub(crate) const CONTEXT: u16 = 140;
/// Below this height there is no preview.
const PREVIEW_HEIGHT: u16 = 18;
/// Below this height there is no rule under the tabs.
const RULE_HEIGHT: u16 = 12;

const CONTEXT_WIDTH: u16 = 35;
/// Fewer cells and rows no pane gets, wherever its border is put.
const LEAST_CELLS: u16 = 30;
const LEAST_ROWS: u16 = 4;
/// From this height on panes beside each other begin with an empty row.
const AIR_HEIGHT: u16 = 24;
/// The rows of a composer that are not text.
const COMPOSER_HEAD: u16 = 2;
const COMPOSER_LEAST: u16 = 6;
/// The cells of a composer beside its text.
const COMPOSER_EDGES: u16 = 4;
/// The preview's share of the height, in parts of ten, with its rule.
const PREVIEW_TENTHS: u16 = 4;

/// Where everything is. An area of no size is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub tabs: Rect,
    pub rule: Rect,
    pub list: Rect,
    /// The rule above a preview that stands below the list.
    pub preview_head: Rect,
    /// The thread, open or previewed.
    pub thread: Rect,
    pub context: Rect,
    /// The conversations that are held beside each other.
    pub panes: Panes,
    /// The row that says whom an answer reaches, where they are.
    pub foot: Rect,
    /// The text that is being written, with its head.
    pub composer: Rect,
    /// The rule above it.
    pub composer_rule: Rect,
    /// The lines between panes.
    pub lines: [Rect; 2],
    /// One line for toasts, for what is selected and for narrowing; it lies over the last row of
    /// the middle while there is something to say.
    pub notice: Rect,
    pub footer: Rect,
    pub shape: Shape,
}

/// How list and thread share the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Too small for anything.
    TooSmall,
    /// List or thread, whichever has the focus.
    Alone,
    /// The list with a preview below.
    Below,
    /// List and thread beside each other, and the customer where there is room.
    Beside,
    /// Conversations that are held beside each other.
    SideBySide,
}

impl Layout {
    /// How many conversations the list shows at once.
    #[must_use]
    pub fn list_rows(&self, model: &Model) -> usize {
        usize::from(self.list.height / self.row_height(model)).max(1)
    }

    /// How many lines of the screen a conversation takes.
    #[must_use]
    pub fn row_height(&self, model: &Model) -> u16 {
        match (self.shape, model.settings.density) {
            (Shape::Beside, Density::Comfortable) => 2,
            _ => 1,
        }
    }

    /// How many lines of a thread are seen at once.
    #[must_use]
    pub fn thread_lines(&self) -> usize {
        usize::from(self.thread.height).max(1)
    }
}

/// The layout for the model as it is.
#[must_use]
pub fn of(model: &Model) -> Layout {
    let (width, height) = (model.size.width, model.size.height);
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return empty(Shape::TooSmall);
    }
    let rule_height = u16::from(height >= RULE_HEIGHT);
    let mut layout = empty(shape(model));
    layout.tabs = Rect::new(0, 0, width, 1);
    layout.rule = Rect::new(0, 1, width, rule_height);
    layout.footer = Rect::new(0, height - 1, width, 1);
    let top = 1 + rule_height;
    let middle = Rect::new(0, top, width, layout.footer.y - top);
    if layout.shape == Shape::SideBySide {
        beside::divide(&mut layout, model, middle);
    } else {
        divide(&mut layout, model, middle);
        make_room_for_composer(&mut layout, model);
    }
    make_room_for_notice(&mut layout, model);
    layout
}

fn empty(shape: Shape) -> Layout {
    let nothing = Rect::ZERO;
    Layout {
        tabs: nothing,
        rule: nothing,
        list: nothing,
        preview_head: nothing,
        thread: nothing,
        context: nothing,
        panes: Panes::default(),
        foot: nothing,
        composer: nothing,
        composer_rule: nothing,
        lines: [nothing; 2],
        notice: nothing,
        footer: nothing,
        shape,
    }
}

fn shape(model: &Model) -> Shape {
    let wants_preview = model.settings.preview == Shown::Yes;
    let is_beside = model.focus_beside().is_some();
    if is_beside && beside::fits(model.size.width, model.size.height) {
        return Shape::SideBySide;
    }
    let is_reading = model.open.is_some() || model.composer.is_some();
    match model.size.width {
        BESIDE.. if wants_preview || is_reading => Shape::Beside,
        PREVIEW_BELOW.. if wants_preview && !is_reading && model.size.height >= PREVIEW_HEIGHT => {
            Shape::Below
        }
        _ => Shape::Alone,
    }
}

/// The composer is the lower part of the thread: it takes what its text needs, and at most half.
fn make_room_for_composer(layout: &mut Layout, model: &Model) {
    let thread = layout.thread;
    let Some(height) = composer_height(model, thread) else {
        return;
    };
    let rule = thread.bottom() - height - 1;
    layout.thread.height = rule - thread.y;
    layout.composer_rule = Rect::new(thread.x, rule, thread.width, 1);
    layout.composer = Rect::new(thread.x, rule + 1, thread.width, height);
}

/// How many rows the composer takes of this area, if something is being written.
fn composer_height(model: &Model, area: Rect) -> Option<u16> {
    let composer = model.composer.as_ref()?;
    let width = usize::from(area.width.saturating_sub(COMPOSER_EDGES));
    let rows = composer.rows(width, usize::from(area.height));
    let rows = u16::try_from(rows + files::rows(composer)).unwrap_or(u16::MAX);
    let wanted = rows.saturating_add(COMPOSER_HEAD).max(COMPOSER_LEAST);
    let most = (area.height / 2).max(COMPOSER_LEAST);
    Some(wanted.min(most).min(area.height.saturating_sub(1)))
}

/// A notice, or the line that narrows the view, lies over the last row, above the text that is
/// being written. The list knows of it, so that the cursor is never under it.
fn make_room_for_notice(layout: &mut Layout, model: &Model) {
    let is_narrowing = matches!(model.layers.last(), Some(Layer::Narrow(_) | Layer::Find(_)));
    if !is_narrowing && !notice::is_needed(model, layout.thread) {
        return;
    }
    let bottom = if layout.composer_rule.height > 0 {
        layout.composer_rule.y
    } else {
        layout.footer.y
    };
    layout.notice = Rect::new(0, bottom - 1, layout.footer.width, 1);
    if layout.list.bottom() > layout.notice.y {
        layout.list.height = layout.list.height.saturating_sub(1).max(1);
    }
}

fn divide(layout: &mut Layout, model: &Model, middle: Rect) {
    match layout.shape {
        Shape::TooSmall | Shape::SideBySide => {}
        Shape::Alone if shows_thread(model) => layout.thread = middle,
        Shape::Alone => layout.list = middle,
        Shape::Below => {
            let usual = middle.height * PREVIEW_TENTHS / 10;
            let wanted = model.split.preview_height.unwrap_or(usual);
            let below = wanted.clamp(LEAST_ROWS, middle.height.saturating_sub(LEAST_ROWS));
            layout.list = Rect {
                height: middle.height - below,
                ..middle
            };
            layout.preview_head = Rect::new(middle.x, layout.list.bottom(), middle.width, 1);
            layout.thread = Rect::new(
                middle.x,
                layout.preview_head.bottom(),
                middle.width,
                below.saturating_sub(1),
            );
        }
        Shape::Beside => beside(layout, model, middle),
    }
}

/// Whether the thread is on the screen where there is room for one thing only.
fn shows_thread(model: &Model) -> bool {
    model.open.is_some() || model.composer.is_some() || model.pane != Pane::List
}

/// List, thread and customer, with a line and a cell of air on either side between two of them.
fn beside(layout: &mut Layout, model: &Model, middle: Rect) {
    let has_context = middle.width >= CONTEXT && model.settings.context == Shown::Yes;
    let context = if has_context { CONTEXT_WIDTH } else { 0 };
    let rest = middle.width - context;
    let usual = (rest * 46 / 100).clamp(44, 64);
    let wanted = model.split.list_width.unwrap_or(usual);
    let list = wanted.clamp(LEAST_CELLS, rest.saturating_sub(LEAST_CELLS));
    let line = |x| Rect::new(x, middle.y, 1, middle.height);
    let air = u16::from(middle.height >= AIR_HEIGHT);
    let pane = |x, width| Rect::new(x, middle.y + air, width, middle.height - air);
    layout.list = pane(0, list);
    layout.thread = pane(list + 2, rest - list - 3);
    layout.lines[0] = line(list);
    if has_context {
        layout.context = pane(rest + 2, context - 3);
        layout.lines[1] = line(rest);
    }
}
