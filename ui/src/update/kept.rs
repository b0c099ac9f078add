//! Views that are kept under a name: going to one, keeping a search as one, and how many stand in
//! each.

use super::{Effects, goto, picker};
use crate::effect::Effect;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::kept::{Asked, Counted, Grouping, KeptView, NewView, Whose};
use frontdesk_inbox::{Directory, View};
use frontdesk_protocol::id::ViewId;

/// How long after a change they are counted again, so that a flood of news is counted once.
const COUNT_AFTER_SECONDS: i64 = 3;

/// Every view there is.
pub(super) fn open(model: &mut Model) -> Effects {
    let built_in = View::ALL.into_iter().map(|view| item(model, view));
    let kept = model.kept.views.iter();
    let kept = kept.map(|it| {
        let shown = item(model, View::Kept(it.id));
        shown.under(heading(it.whose)).found_by(&it.query)
    });
    let items = built_in.chain(kept).collect();
    picker::push(model, Picker::new(Purpose::Views, "Go to", items));
    count(model)
}

fn item(model: &Model, view: View) -> Item {
    let detail = match (view, model.count(view)) {
        (View::Closed | View::Spam, _) | (_, None) => String::new(),
        (_, Some(count)) => count.to_string(),
    };
    Item {
        is_on: view == model.list.view,
        ..Item::new(&model.title(view), Choice::View(view)).with_detail(&detail)
    }
}

/// What stands above those that are somebody's.
pub(super) const fn heading(whose: Whose) -> &'static str {
    match whose {
        Whose::Configuration => "Of your configuration",
        Whose::Own => "Yours",
        Whose::Team(_) => "Of your teams",
        Whose::Everybody => "Everybody's",
    }
}

/// Views may be others now.
pub(super) fn told(model: &mut Model, directory: Directory) -> Effects {
    model.directory = directory;
    let title = model.title(model.list.view);
    let before: Vec<ViewId> = model.kept.views.iter().map(|it| it.id).collect();
    model.kept.take(&model.directory);
    let is_gone =
        matches!(model.list.view, View::Kept(_)) && model.kept.get(model.list.view).is_none();
    if is_gone {
        let words = format!("The view {title} is gone; here is the inbox.");
        model.toasts.say(Level::Plain, words, model.now);
        return goto::view(model, View::Inbox);
    }
    let is_new = model.kept.views.iter().any(|it| !before.contains(&it.id));
    if is_new { count(model) } else { Vec::new() }
}

/// Asks how many stand in each.
fn count(model: &mut Model) -> Effects {
    model.kept.due = None;
    if model.kept.views.is_empty() {
        return Vec::new();
    }
    let views = model.kept.views.iter();
    let asked = views.map(|it| (it.id, it.query.clone())).collect();
    vec![Effect::CountKept(asked)]
}

/// Something changed, and they may have other numbers.
pub(super) fn count_soon(model: &mut Model) {
    if !model.kept.views.is_empty() || is_asked_again(model) {
        let due = model.now.plus_seconds(COUNT_AFTER_SECONDS);
        model.kept.due.get_or_insert(due);
    }
}

/// Counts them when it is time, and asks the one on the screen again.
pub(super) fn count_in_time(model: &mut Model) -> Effects {
    if model.kept.due.is_none_or(|due| due > model.now) {
        return Vec::new();
    }
    let mut effects = count(model);
    if is_asked_again(model) && !model.list.is_loading {
        effects.extend(goto::reload(model));
    }
    effects
}

/// The numbers have come.
pub(super) fn counted(model: &mut Model, counts: Vec<(ViewId, Counted)>) -> Effects {
    model.kept.counts.extend(counts);
    let kept = model.kept.views.iter().map(|it| View::Kept(it.id));
    let shown: Vec<(View, String)> = kept.map(|view| (view, item(model, view).detail)).collect();
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Views) {
        for item in &mut front.items {
            let of = shown
                .iter()
                .find(|(view, _)| item.choice == Choice::View(*view));
            if let Some((_, detail)) = of {
                item.detail.clone_from(detail);
            }
        }
    }
    Vec::new()
}

/// The search that could be kept now: what narrows the list, or what was searched for last.
pub(super) fn query(model: &Model) -> Option<String> {
    let list = &model.list;
    let of_view = match model.kept.get(list.view) {
        Some(kept) => Some(kept.query.clone()),
        None => list.view.query().map(str::to_owned),
    };
    match (&list.narrowed, of_view) {
        (Some(words), Some(of_view)) => Some(format!("{of_view} {words}")),
        (Some(words), None) => Some(words.clone()),
        (None, _) => model.kept.searched.clone(),
    }
}

/// Asks under which name the present search is kept.
pub(super) fn save(model: &mut Model) -> Effects {
    match query(model) {
        Some(query) => name(model, query),
        None => Vec::new(),
    }
}

/// Asks under which name a search is kept.
pub(super) fn name(model: &mut Model, query: String) -> Effects {
    let safe = text_safe::line(&query).into_owned();
    let title = format!("Keep as a view: {safe}");
    picker::push(
        model,
        Picker::new(Purpose::ViewName(query), title, Vec::new()),
    )
}

/// What it can be called: what was typed.
pub(super) fn names(query: &str, typed: &str, glyphs: Glyphs) -> Vec<Item> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let choice = Choice::ViewName {
        name: typed.to_owned(),
        query: query.to_owned(),
    };
    vec![Item::new(&format!("as {}", glyphs.quoted(typed)), choice)]
}

/// Asks for whom it is kept.
pub(super) fn scope(model: &mut Model, name: &str, query: &str) -> Effects {
    let sort = model.list.sort();
    let choice = |whose| {
        Choice::KeepView(Box::new(NewView {
            name: name.to_owned(),
            query: query.to_owned(),
            sort,
            whose,
        }))
    };
    let own = Item::new("for yourself", choice(Whose::Own));
    let teams = model.directory.teams.iter();
    let teams = teams.map(|team| {
        Item::new(
            &format!("for the team {}", team.name),
            choice(Whose::Team(Some(team.id))),
        )
    });
    let all = Item::new("for everybody", choice(Whose::Everybody));
    let items = std::iter::once(own).chain(teams).chain([all]).collect();
    let title = format!("Who sees {}", text_safe::line(name));
    picker::push(model, Picker::new(Purpose::ViewScope, title, items))
}

/// The server has it: the list goes there.
pub(super) fn saved(model: &mut Model, id: ViewId) -> Effects {
    let Some(kept) = model.kept.views.iter().find(|it| it.id == id) else {
        return Vec::new();
    };
    let words = format!("Kept as {}.", text_safe::line(&kept.name));
    model.toasts.say(Level::Good, words, model.now);
    goto::view(model, View::Kept(id))
}

/// What the list asks for where a kept view stands in it.
pub(super) fn asked(model: &Model) -> Option<Asked> {
    let list = &model.list;
    let (sort, grouping) = (list.sort(), list.grouping);
    if let Some(kept) = model.kept.get(list.view) {
        return Some(kept.asked(sort, grouping));
    }
    let query = list.view.query().filter(|_| grouping != Grouping::None)?;
    Some(Asked {
        query: query.to_owned(),
        sort,
        grouping,
    })
}

/// Whether what is new stands in the list only when it is asked again, soon after something changed.
pub(super) fn is_asked_again(model: &Model) -> bool {
    is_searched(model) || model.list.narrowed.is_some()
}

/// Whether a search says what stands in the list.
pub(super) fn is_searched(model: &Model) -> bool {
    let is_grouped = model.list.grouping != Grouping::None && model.list.view.query().is_some();
    is_grouped || model.list.view.number().is_none()
}

/// Puts all of a customer together, or not any more.
pub(super) fn group(model: &mut Model) -> Effects {
    model.list.grouping = match model.list.grouping {
        Grouping::None => Grouping::ByCustomer,
        Grouping::ByCustomer => Grouping::None,
    };
    let words = match model.list.grouping {
        Grouping::None => "Each conversation stands by itself.",
        Grouping::ByCustomer => "All of a customer stands together.",
    };
    model.toasts.say(Level::Plain, words, model.now);
    goto::reload(model)
}

/// The order a view brings along.
pub(super) fn order(model: &mut Model, view: View) {
    if let Some(sort) = model.kept.get(view).map(|it: &KeptView| it.sort) {
        model.list.sort_at_first(view, sort);
    }
}

#[cfg(test)]
mod tests;
