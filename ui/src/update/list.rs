//! The list: moving in it, pages of it, and news about what stands in it.

use super::{Effects, thread};
use crate::effect::{Effect, From, LoadPage};
use crate::model::list::List;
use crate::model::{Model, Size};
use crate::msg::Page;
use crate::view::layout;
use frontdesk_inbox::Row;
use frontdesk_inbox::kept::Grouping;
use frontdesk_inbox::view::Marks;
use frontdesk_protocol::id::ConversationId;

/// How many conversations are loaded at once; a few screens.
const PAGE: usize = 150;
/// How near to an end of the window the next page is asked for.
const NEAR: usize = 50;
/// Over this many rows the far end of the window is let go.
const MOST: usize = 600;

/// Moves the cursor, and loads more where the window ends.
pub(super) fn step(model: &mut Model, by: isize) -> Effects {
    let list = &mut model.list;
    let Some(last) = list.rows.len().checked_sub(1) else {
        return Vec::new();
    };
    let top = list.top;
    let at = list.at().unwrap_or(0).saturating_add_signed(by).min(last);
    let cursor = put_cursor(model, at);
    if by.unsigned_abs() == 1 && model.list.top != top {
        turn_over(model, by);
    }
    let mut effects = more(model);
    if cursor == Cursor::Moved {
        effects.extend(thread::show_at_rest(model));
    }
    effects
}

/// Moves the list on by half a screen, as the cursor went over its edge: so the next keys move the
/// cursor alone, where each would move every row.
fn turn_over(model: &mut Model, by: isize) {
    let visible = layout::of(model).list_rows(model);
    let further = isize::try_from(visible / 2).unwrap_or(0) * by.signum();
    model.list.top = model.list.top.saturating_add_signed(further);
    keep_in_sight(model);
}

/// Puts the cursor on a loaded row, and shows its thread.
pub(super) fn select_at(model: &mut Model, at: usize) -> Effects {
    let cursor = put_cursor(model, at);
    let mut effects = more(model);
    if cursor == Cursor::Moved {
        effects.extend(thread::show(model));
    }
    effects
}

/// Whether the cursor stands on another conversation than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Moved,
    Stayed,
}

fn put_cursor(model: &mut Model, at: usize) -> Cursor {
    let before = model.list.selected;
    model.list.selected = model.list.rows.get(at).map(Row::id);
    if model.list.selected.is_none() || model.list.selected == before {
        keep_in_sight(model);
        return Cursor::Stayed;
    }
    drop_lingering(model);
    keep_in_sight(model);
    Cursor::Moved
}

/// Lets go of rows that left the view, now that the cursor is elsewhere.
fn drop_lingering(model: &mut Model) {
    let (selected, open) = (model.list.selected, model.open);
    let list = &mut model.list;
    let gone: Vec<ConversationId> = list
        .lingering
        .iter()
        .copied()
        .filter(|id| Some(*id) != selected && Some(*id) != open)
        .collect();
    for id in gone {
        list.lingering.remove(&id);
        remove(list, id);
    }
}

fn remove(list: &mut List, id: ConversationId) {
    list.marked.remove(&id);
    list.fresh.remove(&id);
    let Some(at) = list.rows.iter().position(|row| row.id() == id) else {
        return;
    };
    list.rows.remove(at);
    if at < list.top {
        list.top -= 1;
    }
}

/// Scrolls so that the cursor is on the screen, with a row of air where there is room.
pub(super) fn keep_in_sight(model: &mut Model) {
    let visible = layout::of(model).list_rows(model);
    let list = &mut model.list;
    let Some(at) = list.at() else {
        list.top = 0;
        return;
    };
    let air = usize::from(visible > 4);
    let last_top = list.rows.len().saturating_sub(visible);
    let lowest = (at + air + 1).saturating_sub(visible);
    let highest = at.saturating_sub(air);
    list.top = list.top.clamp(lowest.min(highest), highest).min(last_top);
}

/// Asks for the next page where the cursor comes near the end of what is loaded.
fn more(model: &mut Model) -> Effects {
    let list = &model.list;
    let Some(at) = list.at() else {
        return Vec::new();
    };
    if list.is_loading {
        return Vec::new();
    }
    let from = if list.has_after && at + NEAR >= list.rows.len() {
        list.rows.last().map(|row| From::After(row.id()))
    } else if list.has_before && at < NEAR {
        list.rows.first().map(|row| From::Before(row.id()))
    } else {
        None
    };
    from.map(|from| load(model, from)).into_iter().collect()
}

/// Asks for a part of the list. Answers to earlier questions no longer count.
pub(super) fn load(model: &mut Model, from: From) -> Effect {
    let kept = super::kept::asked(model);
    let list = &mut model.list;
    list.generation += 1;
    list.is_loading = true;
    list.loading = Some(from);
    Effect::LoadPage(LoadPage {
        generation: list.generation,
        view: list.view,
        from,
        narrowed: list.narrowed.clone(),
        kept,
        limit: PAGE,
    })
}

/// A part of the list has come.
pub(super) fn page(model: &mut Model, page: Page) -> Effects {
    let seen_at = seen_at(model);
    let list = &mut model.list;
    if page.generation != list.generation || page.view != list.view {
        return Vec::new();
    }
    list.is_loading = false;
    let known: std::collections::HashSet<ConversationId> = match list.loading {
        Some(From::After(_) | From::Before(_)) => list.rows.iter().map(Row::id).collect(),
        _ => std::collections::HashSet::new(),
    };
    let rows: Vec<Row> = page
        .rows
        .into_iter()
        .filter(|row| !known.contains(&row.id()))
        .collect();
    let loading = list.loading.take();
    let goes_on = matches!(loading, Some(From::After(_) | From::Before(_)));
    let stays = goes_on && list.at().is_some();
    match loading {
        Some(From::After(_)) => append(list, rows, page.has_after),
        Some(From::Before(_)) => prepend(list, rows, page.has_before),
        other => replace(list, rows, page.has_before, page.has_after, other),
    }
    if stays {
        // The thread under the cursor is shown already, or will be when the cursor rests.
        keep_in_sight(model);
        return more(model);
    }
    let at = model.list.at().unwrap_or(0);
    if let Some(seen_at) = seen_at {
        model.list.top = at.saturating_sub(seen_at);
    }
    let was = model.list.selected;
    let mut effects = select_at(model, at);
    if was == model.list.selected {
        effects.extend(thread::show(model));
    }
    effects
}

/// How far below the first row on the screen the cursor stands, where a list is asked again by
/// itself: it stays there.
fn seen_at(model: &Model) -> Option<usize> {
    let list = &model.list;
    let is_again = matches!(list.loading, Some(From::Around(_))) && !list.rows.is_empty();
    let at = list
        .at()
        .filter(|_| is_again && super::kept::is_asked_again(model))?;
    Some(at.saturating_sub(list.top))
}

fn append(list: &mut List, rows: Vec<Row>, has_after: bool) {
    list.rows.extend(rows);
    list.has_after = has_after;
    let over = list.rows.len().saturating_sub(MOST);
    // What the cursor stands on is never let go.
    let over = over.min(list.at().unwrap_or(0));
    if over > 0 {
        list.rows.drain(..over);
        list.has_before = true;
        list.rank = list.rank.map(|rank| rank + over);
        list.top = list.top.saturating_sub(over);
    }
}

fn prepend(list: &mut List, rows: Vec<Row>, has_before: bool) {
    let added = rows.len();
    list.rows.splice(0..0, rows);
    list.top += added;
    list.has_before = has_before;
    list.rank = if has_before {
        list.rank.map(|rank| rank.saturating_sub(added))
    } else {
        Some(0)
    };
    let keep = MOST.max(list.at().unwrap_or(0) + 1);
    if list.rows.len() > keep {
        list.rows.truncate(keep);
        list.has_after = true;
    }
}

fn replace(list: &mut List, rows: Vec<Row>, has_before: bool, has_after: bool, from: Option<From>) {
    list.rows = rows;
    (list.has_before, list.has_after) = (has_before, has_after);
    list.rank = (!has_before).then_some(0);
    list.fresh.clear();
    list.lingering.clear();
    let is_there = list.at().is_some();
    list.selected = match from {
        Some(From::Bottom) => list.rows.last().map(Row::id),
        _ if is_there => list.selected,
        _ => list.rows.first().map(Row::id),
    };
    list.top = 0;
    let ids: std::collections::BTreeSet<ConversationId> = list.rows.iter().map(Row::id).collect();
    if !has_before && !has_after {
        list.marked.retain(|id| ids.contains(id));
    }
}

/// More of the first copy is here: an empty list asks again, one that ended may go on.
pub(super) fn filled(model: &mut Model) -> Effects {
    if model.list.rows.is_empty() && !model.list.is_loading {
        return super::goto::reload(model);
    }
    model.list.has_after = true;
    more(model)
}

/// Conversations changed: here or at the server. Nothing jumps, and what is looked at stays.
pub(super) fn changed(model: &mut Model, rows: Vec<Row>) -> Effects {
    let at_top = model.list.top == 0 && !model.list.has_before;
    let mut effects = Vec::new();
    super::kept::count_soon(model);
    for row in rows {
        let id = row.id();
        effects.extend(thread::changed(model, &row));
        let holds = stands(model, &row);
        let is_kept = Some(id) == model.list.selected || Some(id) == model.open;
        let is_in_order = model.list.grouping == Grouping::None;
        let list = &mut model.list;
        let loaded = list.rows.iter().position(|it| it.id() == id);
        match (loaded, holds) {
            (Some(at), true) => {
                list.lingering.remove(&id);
                list.rows[at] = row;
                if at_top && is_in_order {
                    settle(list, at);
                }
            }
            (Some(at), false) if is_kept => {
                list.lingering.insert(id);
                list.rows[at] = row;
            }
            (Some(_), false) => remove(list, id),
            (None, true) if at_top => insert(list, row),
            (None, true) => {
                list.fresh.insert(id);
            }
            (None, false) => {}
        }
    }
    if model.list.selected.is_none() {
        effects.extend(select_at(model, 0));
    }
    keep_in_sight(model);
    effects
}

/// Whether the row stands in the view on the screen.
fn stands(model: &Model, row: &Row) -> bool {
    let marks = Marks {
        draft: row.draft,
        is_mentioned: row.is_mentioned,
    };
    // What is new in a narrowed view is found by asking, soon.
    let is_narrowed = model.list.narrowed.is_some() && model.list.find(row.id()).is_none();
    if super::kept::is_searched(model) {
        return model.list.find(row.id()).is_some();
    }
    !is_narrowed
        && model
            .list
            .view
            .holds(&row.conversation, marks, model.directory.me)
}

/// Moves a row to where the order wants it, unless that is beyond what is loaded.
fn settle(list: &mut List, at: usize) {
    let row = list.rows.remove(at);
    insert(list, row);
}

fn insert(list: &mut List, row: Row) {
    let sort = list.sort();
    let key = sort.key(&row.conversation);
    let place = list
        .rows
        .iter()
        .position(|other| sort.key(&other.conversation) < key);
    match place {
        Some(place) => list.rows.insert(place, row),
        None if !list.has_after => list.rows.push(row),
        None => {}
    }
}

/// Conversations are gone, for good or from the agent's sight.
pub(super) fn gone(model: &mut Model, ids: &[ConversationId]) -> Effects {
    let at = model.list.at();
    let mut effects = Vec::new();
    for id in ids {
        remove(&mut model.list, *id);
        // A view that is opened again does not go back to it.
        model.list.left_at.retain(|_, left| left != id);
        model.threads.forget(*id);
        if model.open == Some(*id) {
            effects.extend(super::goto::leave_thread(model));
            model.toasts.say(
                crate::msg::Level::Plain,
                "This conversation is gone, or no longer yours to see.",
                model.now,
            );
        }
    }
    match (model.list.at(), at) {
        (None, Some(at)) => {
            let last = model.list.rows.len().saturating_sub(1);
            effects.extend(select_at(model, at.min(last)));
        }
        (None, None) => {
            // It was to be selected in a list that is still on its way.
            model.list.selected = model.list.selected.filter(|id| !ids.contains(id));
        }
        (Some(_), _) => {}
    }
    effects
}

/// The window has another size.
pub(super) fn resize(model: &mut Model, width: u16, height: u16) -> Effects {
    model.size = Size { width, height };
    keep_in_sight(model);
    thread::show(model)
}
