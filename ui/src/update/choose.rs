//! What follows from a choice.

use super::available::available;
use super::{
    Effects, act, assist, bulk, compose, enclose, forward, goto, hit, kept, kept_change, knowledge,
    later, link, macros, merge, outbound, own_command, picker, record, rewrite, same_person, send,
    split, story, suggest, templates, thread, triage, undo_log,
};
use crate::action::Action;
use crate::effect::Effect;
use crate::model::find::Find;
use crate::model::picker::{Choice, Picker, Purpose};
use crate::model::templates::Filling;
use crate::model::{Model, Pane};
use crate::msg::Level;
use crate::time_until;
use frontdesk_inbox::{Command, IntentId, Snooze, snooze as phrases};
use frontdesk_protocol::id::{CannedResponseId, ConversationId, TagId};
use frontdesk_protocol::search::{Search, Sign, Wish};

/// How often the palette names the keys of what was run from it.
const LESSONS: u8 = 3;

/// What becomes of the box after a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Afterwards {
    Close,
    /// It stays, where several things can be chosen in it.
    Stay,
}

/// Carries out what is chosen in the picker in front.
pub(super) fn chosen(model: &mut Model, afterwards: Afterwards) -> Effects {
    let (now, zone) = (model.now, model.zone.clone());
    let Some(front) = picker::front(model) else {
        return Vec::new();
    };
    if front.purpose == Purpose::Split {
        return split::chosen(model, afterwards);
    }
    let stays = front.purpose == Purpose::Label;
    if afterwards == Afterwards::Stay && !stays {
        return Vec::new();
    }
    if let Some(why) = front.chosen().and_then(|item| item.unavailable.clone()) {
        model.toasts.say(Level::Plain, sentence(&why), now);
        return Vec::new();
    }
    let is_typed = front.purpose.wants_time() && !front.field.text().trim().is_empty();
    let typed_time = is_typed.then(|| phrases::parse(front.field.text(), now, &zone));
    let choice = match typed_time {
        Some(Ok(snooze)) => match timed(&front.purpose, snooze) {
            Some(choice) => choice,
            None => return no_time(model),
        },
        // The box says what is not clear about it.
        Some(Err(_)) => return Vec::new(),
        None => match front.chosen() {
            Some(item) => item.choice.clone(),
            None => match typed_path(front) {
                Some(choice) => choice,
                None => return Vec::new(),
            },
        },
    };
    let purpose = front.purpose.clone();
    if matches!(
        (&purpose, &choice),
        (Purpose::TemplatePlace(_), Choice::Nothing)
    ) {
        return Vec::new();
    }
    let typed = front.field.text().to_owned();
    match (&choice, afterwards) {
        (Choice::Intent(id), _) => return picker::outbox_entry(model, *id),
        (Choice::Folder(path), _) => return enclose::enter(model, path),
        (_, Afterwards::Close) => close(model, &purpose),
        (_, Afterwards::Stay) => {}
    }
    let effects = carry_out(model, &purpose, choice);
    if purpose == Purpose::Search {
        model.threads.find = Find::of(&searched(&typed));
        model.kept.searched = Some(typed.trim().to_owned()).filter(|it| !it.is_empty());
    }
    if afterwards == Afterwards::Stay {
        let tags = picker::tags(model);
        if let Some(front) = picker::front(model) {
            front.refill(tags);
        }
    }
    effects
}

/// A path that was typed and of which nothing is known yet: whether a file is there is found out
/// when it is copied.
fn typed_path(front: &Picker) -> Option<Choice> {
    let path = front.field.text().trim();
    let is_path = front.purpose == Purpose::Path && !path.is_empty();
    is_path.then(|| Choice::Attach(vec![path.to_owned()]))
}

/// What is chosen by a time that was typed.
fn timed(purpose: &Purpose, snooze: Snooze) -> Option<Choice> {
    let at = snooze.until.map(|stamp| stamp.0);
    match purpose {
        Purpose::SendLater => at.map(Choice::SendLater),
        Purpose::LaterTime(id) => at.map(|at| Choice::LaterAt(*id, at)),
        _ => Some(Choice::Snooze(snooze)),
    }
}

fn no_time(model: &mut Model) -> Effects {
    let words = "Nothing goes out when the customer replies. Say a time, such as tomorrow 9.";
    model.toasts.say(Level::Plain, words, model.now);
    Vec::new()
}

/// The words of a search without its operators, to stand out in the thread that is opened.
fn searched(typed: &str) -> String {
    let conditions = Search::parse(typed, None).conditions;
    let words = conditions.into_iter().filter_map(|it| match it.wish {
        Wish::Text(text) if it.sign == Sign::With => Some(text),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Takes the box away, and the one it came from where that has nothing more to say.
fn close(model: &mut Model, purpose: &Purpose) {
    model.layers.pop();
    if matches!(purpose, Purpose::OutboxEntry(_)) {
        model.layers.pop();
    }
}

#[expect(clippy::too_many_lines, reason = "a list of all choices")]
fn carry_out(model: &mut Model, purpose: &Purpose, choice: Choice) -> Effects {
    match choice {
        Choice::Action(action) => run(model, purpose, action),
        Choice::Snooze(snooze) => rest(model, snooze),
        Choice::User(user) => {
            let words = match user {
                Some(user) if user == model.directory.me => "assigned to you".to_owned(),
                Some(user) => format!("assigned to {}", model.directory.user_name(user)),
                None => "assigned to nobody".to_owned(),
            };
            on_targets(model, &words, &Command::Assign(user))
        }
        Choice::Team(team) => {
            let name = model.directory.team(team).map_or("a team", |it| &it.name);
            let words = format!("assigned to {name}");
            on_targets(model, &words, &Command::AssignTeam(Some(team)))
        }
        Choice::Tag(tag) => toggle_tag(model, tag),
        Choice::Inbox(inbox) => {
            let name = model
                .directory
                .inbox(inbox)
                .map_or("an inbox", |it| &it.name);
            let words = format!("moved to {name}");
            on_targets(model, &words, &Command::Move(inbox))
        }
        Choice::Reason(reason) => reject(model, reason),
        Choice::Wish(wish) => assist::wished(model, wish),
        Choice::Rewrite(wish) => rewrite::wished(model, wish),
        Choice::Source(source) => assist::open(model, &source),
        Choice::Suggestion(words, command) => suggest::chosen(model, words, *command),
        Choice::Proposal(id) => knowledge::entry(model, id),
        Choice::ReadProposal(id) => knowledge::read(model, id),
        Choice::WriteProposal(id) => knowledge::write(model, id),
        Choice::ApproveProposal(id, audience) => knowledge::approve(model, id, audience),
        Choice::RejectProposal(id) => knowledge::reject(model, id),
        Choice::Canned(id) => insert(model, purpose, id),
        Choice::Template(template) => templates::go_on(model, Filling::new(*template)),
        Choice::TemplateValue(filling) => templates::go_on(model, *filling),
        Choice::Macro(name) => macros::preview(model, &name),
        Choice::Command(name) => own_command::run(model, &name),
        Choice::MacroText(name) => match macros::text(model, &name) {
            Some(text) => put_in(model, purpose, &text),
            None => Vec::new(),
        },
        Choice::Sort(sort) => {
            model.list.set_sort(sort);
            let view = model.list.view;
            let mut effects = vec![Effect::SortBy { view, sort }];
            effects.extend(goto::reload_at_top(model));
            effects
        }
        Choice::Availability(availability) => vec![Effect::SetAvailability(availability)],
        Choice::Link(url) => vec![Effect::OpenLink(url)],
        Choice::Attachment { url, filename } => vec![Effect::SaveAttachment { url, filename }],
        Choice::Attach(paths) => enclose::attach(model, paths),
        Choice::Folder(path) => enclose::enter(model, &path),
        Choice::PasteText(text) => compose::paste(model, &text),
        Choice::Detach(id) => enclose::detached(model, id),
        Choice::Intent(id) => picker::outbox_entry(model, id),
        Choice::SendAnyway(id) => vec![Effect::SendAnyway(id)],
        Choice::SendNow(id) => vec![Effect::SendNow(id)],
        Choice::Retry(id) => vec![Effect::Retry(id)],
        Choice::Revise(id) => revise(model, id),
        Choice::Drop(id) => {
            model.outbox.retain(|it| it.id != id);
            vec![Effect::TakeBack(vec![id])]
        }
        Choice::Conversation(id) => open(model, id),
        Choice::Hit(id, message) => {
            let mut effects = open(model, id);
            effects.extend(hit::show(model, message));
            effects
        }
        Choice::ReplyIn(id) => story::reply_in(model, id),
        Choice::KeepKeys(name) => record::kept(model, name),
        Choice::Play(name) => record::named(model, &name),
        Choice::SendLater(at) => later::at(model, at),
        Choice::Later(id) => later::entry(model, id),
        Choice::LaterTime(id) => later::time(model, id),
        Choice::LaterAt(id, at) => vec![Effect::MoveLater(id, at)],
        Choice::LaterText(id) => later::text(model, id),
        Choice::LaterCancel(id) => later::cancel(model, id),
        Choice::View(view) => goto::view(model, view),
        Choice::ViewName { name, query } => kept::scope(model, &name, &query),
        Choice::KeepView(new) => vec![Effect::KeepView(*new)],
        Choice::RenameView(id) => kept_change::name(model, id),
        Choice::DeleteView(id) => kept_change::preview(model, id),
        Choice::ChangeView(id, change) => vec![Effect::ChangeView(id, change)],
        Choice::NewTo(to) => outbound::by(model, &to),
        Choice::NewBy(outbound) => outbound::about(model, outbound),
        Choice::Begin(outbound) => outbound::begin(model, outbound),
        Choice::MergeInto(into) => merge::preview(model, into),
        Choice::LinkWith(other) => link::with(model, other),
        Choice::Unlink(other) => link::unlink(model, other),
        Choice::Message(id) => split::preview(model, vec![id]),
        Choice::ForwardTo(to) => forward::words(model, &to, ""),
        Choice::Forward { to, words } => forward::preview(model, &to, &words),
        Choice::SamePerson(other) => same_person::preview(model, &other),
        Choice::TakeBack(id) => undo_log::take_back(model, id),
        Choice::Nothing => Vec::new(),
    }
}

/// Runs an action, and names its keys where it was found in the palette.
fn run(model: &mut Model, purpose: &Purpose, action: Action) -> Effects {
    let keys = model.keymap.keys(model.contexts(), action);
    let said = model.toasts.earlier.len();
    let effects = act::run(model, action, None);
    let (Some(keys), Purpose::Palette) = (keys, purpose) else {
        return effects;
    };
    if model.taught >= LESSONS || available(model, action).is_err() {
        return effects;
    }
    model.taught += 1;
    let lesson = format!("{keys} does that too.");
    match &mut model.toasts.shown {
        Some(toast) if model.toasts.earlier.len() > said => {
            toast.text = format!("{}. {lesson}", toast.text.trim_end_matches('.'));
        }
        _ => model.toasts.say(
            Level::Plain,
            format!("{}: {lesson}", name(action)),
            model.now,
        ),
    }
    effects
}

/// What an action is called at the beginning of a sentence.
pub(super) fn name(action: Action) -> String {
    capital(picker::bare_title(action))
}

/// A reason as a sentence of its own.
pub(super) fn sentence(why: &str) -> String {
    format!("{}.", capital(why))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn rest(model: &mut Model, snooze: Snooze) -> Effects {
    let words = match snooze.until {
        Some(until) => {
            let moment = time_until::moment(until.0, model.now, &model.zone);
            format!("until {moment}")
        }
        None => "until the customer replies".to_owned(),
    };
    triage::snooze(model, snooze, &words)
}

/// Does the same to everything that is selected.
fn on_targets(model: &mut Model, words: &str, command: &Command) -> Effects {
    if let Some(effects) = bulk::instead(model, words, command) {
        return effects;
    }
    let targets = model.targets();
    let title = triage::title(targets.len(), words);
    let commands = targets.into_iter().map(|id| (id, command.clone()));
    triage::act(model, title, commands.collect())
}

/// Takes a tag away where all have it; else gives it to those that do not.
fn toggle_tag(model: &mut Model, tag: TagId) -> Effects {
    let rows: Vec<_> = model
        .targets()
        .into_iter()
        .filter_map(|id| triage::known(model, id))
        .collect();
    let name = model.directory.tag(tag).map_or("a tag", |it| &it.name);
    let without: Vec<ConversationId> = rows
        .iter()
        .filter(|row| !row.tags.contains(&tag))
        .map(frontdesk_inbox::Row::id)
        .collect();
    let (targets, words, command) = if without.is_empty() {
        let all = rows.iter().map(frontdesk_inbox::Row::id).collect();
        (all, format!("no longer tagged {name}"), Command::Untag(tag))
    } else {
        (without, format!("tagged {name}"), Command::Tag(tag))
    };
    if let Some(effects) = bulk::instead(model, &words, &command) {
        return effects;
    }
    let title = triage::title(targets.len(), &words);
    let commands = targets.into_iter().map(|id| (id, command.clone()));
    triage::act(model, title, commands.collect())
}

fn reject(model: &mut Model, reason: String) -> Effects {
    let found = model.current().and_then(|id| {
        let draft = model.threads.get(id)?.draft.as_ref()?;
        Some((id, draft.id, draft.version))
    });
    let Some((id, draft, version)) = found else {
        let text = "There is no draft to reject any more.";
        model.toasts.say(Level::Plain, text, model.now);
        return Vec::new();
    };
    let title = format!("1 draft rejected: {reason}");
    let command = Command::RejectDraft {
        draft,
        version,
        reason,
    };
    triage::act(model, title, vec![(id, command)])
}

fn insert(model: &mut Model, purpose: &Purpose, id: CannedResponseId) -> Effects {
    let mut all = model.directory.canned_responses.iter();
    let Some(text) = all.find(|it| it.id == id).map(|it| it.content.clone()) else {
        return Vec::new();
    };
    let text = macros::filled_for_text(model, &text);
    put_in(model, purpose, &text)
}

/// Puts a text where the cursor is, in the place of the slash that asked for it.
fn put_in(model: &mut Model, purpose: &Purpose, text: &str) -> Effects {
    if let (Purpose::Slash, Some(composer)) = (purpose, &mut model.composer) {
        composer.area.delete_char();
    }
    compose::paste(model, text)
}

/// Takes a text back into the composer.
fn revise(model: &mut Model, id: IntentId) -> Effects {
    let Some(queued) = model.outbox.iter().find(|it| it.id == id).cloned() else {
        return Vec::new();
    };
    model.outbox.retain(|it| it.id != id);
    let mut effects = vec![Effect::TakeBack(vec![id])];
    effects.extend(send::revise(model, queued));
    effects
}

/// Opens a conversation, whether or not it stands in the list.
pub(super) fn open(model: &mut Model, id: ConversationId) -> Effects {
    if model.list.find(id).is_some() {
        model.list.selected = Some(id);
        super::list::keep_in_sight(model);
    }
    model.open = Some(id);
    model.pane = Pane::Thread;
    thread::opened(model)
}
