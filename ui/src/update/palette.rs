//! Everything that can be done, to be found by words: palette, help, earlier messages, search.

use super::available::available;
use super::{Effects, link, own_command, picker, record, server_search};
use crate::action::{Action, Context, Group};
use crate::effect::Effect;
use crate::keymap::PICKER_KEYS;
use crate::model::Model;
use crate::model::picker::{Choice, ELSEWHERE, Item, Picker, Purpose};
use crate::msg::{Hit, Reach};
use crate::time_ago::time_ago;
use crate::time_until;
use frontdesk_inbox::directory::name_of;
use frontdesk_protocol::search::{Problem, Search};
use std::borrow::Cow;

/// Every command, views among them, and every colleague and tag.
pub(super) fn open(model: &mut Model) -> Effects {
    let contexts = model.contexts_behind();
    let mut items: Vec<Item> = Action::ALL
        .iter()
        .filter(|action| **action != Action::Palette)
        .map(|action| command(model, contexts, *action))
        .collect();
    // Where nothing has been typed, what is of use now comes first, and moving about last.
    items.sort_by_key(|item| (item.unavailable.is_some(), usefulness(&item.choice)));
    let nobody = model
        .targets()
        .is_empty()
        .then_some("no conversation is selected".into());
    items.extend(own_command::items(model));
    items.extend(record::items(model));
    items.extend(picker::colleagues(model).map(|user| {
        Item {
            unavailable: nobody.clone(),
            ..Item::new(
                &format!("assign to {}", name_of(user)),
                Choice::User(Some(user.id)),
            )
            .with_detail(user.availability.as_str())
            .found_by(&user.email)
        }
    }));
    items.extend(picker::tags(model).into_iter().map(|tag| Item {
        unavailable: nobody.clone(),
        label: format!("tag: {}", tag.label),
        ..tag
    }));
    picker::push(model, Picker::new(Purpose::Palette, "Commands", items))
}

/// What stands above the agent's own commands in help.
const OWN: &str = "Your commands";

/// How far down a command stands before anything is typed.
fn usefulness(choice: &Choice) -> usize {
    const ORDER: [Group; 9] = [
        Group::Triage,
        Group::Write,
        Group::Draft,
        Group::Go,
        Group::Select,
        Group::Look,
        Group::Beside,
        Group::Program,
        Group::Move,
    ];
    let Choice::Action(action) = choice else {
        return ORDER.len();
    };
    let group = action.group();
    let place = ORDER.iter().position(|it| *it == group);
    place.unwrap_or(ORDER.len())
}

fn command(model: &Model, contexts: &[Context], action: Action) -> Item {
    let keys = model.keymap.all_keys(contexts, action);
    let unavailable = available(model, action).err();
    let first = model.keymap.keys(contexts, action).unwrap_or_default();
    let name = action.name();
    let title = model.glyphs.words(action.title());
    let label = if name.starts_with("view-") {
        format!("go to {title}")
    } else {
        title.into_owned()
    };
    Item {
        unavailable: unavailable.map(Cow::Borrowed),
        ..Item::new(&label, Choice::Action(action))
            .with_detail(unavailable.unwrap_or(&first))
            .found_by(&format!("{name} / {keys}"))
    }
}

/// The keys that hold now, and after them those that hold elsewhere.
pub(super) fn help(model: &mut Model) -> Effects {
    let contexts = model.contexts();
    let mut here: Vec<Item> = Vec::new();
    let mut elsewhere: Vec<Item> = Vec::new();
    for action in Action::ALL {
        let keys = model.keymap.all_keys(contexts, *action);
        let title = model.glyphs.words(action.title());
        let item = Item::new(&title, Choice::Action(*action)).found_by(action.name());
        if keys.is_empty() {
            let (keys, why) = other_place(model, *action);
            elsewhere.push(Item {
                unavailable: why.map(Cow::Borrowed),
                ..item.with_detail(&keys).under(ELSEWHERE)
            });
        } else {
            here.push(Item {
                unavailable: available(model, *action).err().map(Cow::Borrowed),
                ..item.with_detail(&keys).under(action.group().title())
            });
        }
    }
    let own = own_command::items(model).map(|it| it.under(OWN));
    here.extend(own.collect::<Vec<_>>());
    here.extend(elsewhere);
    let place = contexts.first().map_or("", |context| context.place());
    let title = format!("Keys {place}");
    picker::push(model, Picker::new(Purpose::Help, title, here))
}

/// The keys of an action elsewhere, and where that is. One without keys can be run from
/// anywhere.
fn other_place(model: &Model, action: Action) -> (String, Option<&'static str>) {
    let found = Context::ALL.iter().find_map(|context| {
        let keys = model.keymap.all_keys(&[*context], action);
        (!keys.is_empty()).then_some((keys, *context))
    });
    match found {
        Some((keys, context)) => (keys, Some(context.place())),
        None => (String::new(), available(model, action).err()),
    }
}

/// The keys of the box in front.
pub(super) fn keys_here(model: &mut Model) -> Effects {
    let keys = PICKER_KEYS.iter();
    let items = keys.map(|(keys, what)| Item::new(what, Choice::Nothing).with_detail(keys));
    picker::push(
        model,
        Picker::new(Purpose::Keys, "Keys in this box", items.collect()),
    )
}

/// What was said lately, the latest first.
pub(super) fn messages(model: &mut Model) -> Effects {
    let earlier = model.toasts.earlier.iter().rev();
    let items = earlier.map(|toast| {
        let at = time_until::moment(toast.at, model.now, &model.zone);
        Item::new(&toast.text, Choice::Nothing).with_detail(&at)
    });
    let items = items.collect();
    picker::push(
        model,
        Picker::new(Purpose::Messages, "Earlier messages", items),
    )
}

/// A field in which to look for any conversation.
pub(super) fn search(model: &mut Model) -> Effects {
    picker::push(
        model,
        Picker::new(Purpose::Search, "Search everything", Vec::new()),
    )
}

/// Asks for what has the words in the field.
pub(super) fn search_for(model: &mut Model) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    let Some(front) = picker::front(model) else {
        return Vec::new();
    };
    let text = front.field.text().trim_start().to_owned();
    if text.trim().is_empty() {
        front.refill(Vec::new());
        return Vec::new();
    }
    let problems = Search::parse(&text, None).problems;
    let is_typed = |it: &&Problem| it.at.end == text.len();
    if let Some(problem) = problems.iter().find(|it| !is_typed(it)) {
        front.refill(vec![not_understood(&text, problem)]);
        return Vec::new();
    }
    // A value that is still being typed is none yet.
    let text = match problems.iter().find(is_typed) {
        Some(problem) => text[..problem.at.start].to_owned(),
        None => text,
    };
    server_search::want(model, generation, &text);
    vec![Effect::Search { generation, text }]
}

/// Asks for what fits a search that another box makes.
pub(super) fn ask(model: &mut Model, text: String) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    vec![Effect::Search { generation, text }]
}

/// What of a search is not understood, and where it stands.
fn not_understood(text: &str, problem: &Problem) -> Item {
    let place = text[..problem.at.start].chars().count() + 1;
    let typed = crate::text_safe::line(&text[problem.at.clone()]).into_owned();
    Item::new(&format!("{typed}: {problem}"), Choice::Nothing).with_detail(&format!("at {place}"))
}

/// Hits have come.
pub(super) fn found(model: &mut Model, generation: u64, hits: &[Hit], reach: Reach) -> Effects {
    if generation != model.searches {
        return Vec::new();
    }
    if picker::front(model).is_some_and(|it| it.purpose == Purpose::Link) {
        link::found(model, hits);
        return Vec::new();
    }
    let now = model.now;
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Search) {
        let hits = hits.iter().map(|it| hit(it, now));
        let end = (reach == Reach::Newest).then(|| {
            let label = "Only the newest were looked through; another word looks further.";
            Item::new(label, Choice::Nothing)
        });
        front.refill(hits.chain(end).collect());
    }
    Vec::new()
}

pub(super) fn hit(hit: &Hit, now: frontdesk_protocol::time::Timestamp) -> Item {
    let row = &hit.row;
    let it = &row.conversation;
    let words = match (&it.subject, &row.last) {
        (Some(subject), _) if !subject.trim().is_empty() => subject.as_str(),
        (_, Some(last)) => last.text.as_str(),
        _ => "",
    };
    let at = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
    Item::new(
        &format!("{}  {words}", row.customer),
        Choice::Hit(row.id(), hit.message),
    )
    .with_detail(&format!("{} {}", it.status, time_ago(at, now)))
}
