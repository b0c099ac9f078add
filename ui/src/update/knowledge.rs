//! What conversations have shown, as entries of knowledge: agents propose them, admins decide, and
//! drafts rest on those that were approved.

use super::{Effects, picker, sheet};
use crate::effect::Effect;
use crate::learning;
use crate::model::Model;
use crate::model::assist::{Assist, Reviewed};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::sheet::Sheet;
use crate::msg::Level;
use crate::sources;
use crate::text_safe;
use crate::view::sheet as drawn;
use frontdesk_protocol::entity::{AiLearning, DraftSource, KnowledgeEntry};
use frontdesk_protocol::id::KnowledgeId;
use frontdesk_protocol::kind::Audience;
use ratatui::layout::Rect;

/// Proposes an entry from the current conversation.
pub(super) fn propose(model: &mut Model) -> Effects {
    let id = model.current().into_iter();
    id.map(|id| Effect::Assist(Assist::Propose(id))).collect()
}

/// It is proposed; what is known already that is alike is named.
pub(super) fn proposed(model: &mut Model, entry: &KnowledgeEntry, alike: &[String]) -> Effects {
    let quoted = |title: &str| model.glyphs.quoted(&text_safe::line(title));
    let title = quoted(&entry.title);
    let known = match alike.first() {
        Some(known) => format!(" It may be known already: {}.", quoted(known)),
        None => String::new(),
    };
    let words = format!("Proposed: {title}. Drafts rest on it once an admin approves it.{known}");
    model.toasts.say(Level::Good, words, model.now);
    Vec::new()
}

/// Lists what was proposed; the server is asked.
pub(super) fn open(model: &mut Model) -> Effects {
    let items = items(model);
    picker::push(
        model,
        Picker::new(Purpose::Proposals, "Proposed knowledge", items),
    );
    vec![Effect::Assist(Assist::Proposals)]
}

/// The server has said what waits.
pub(super) fn listed(model: &mut Model, entries: Vec<KnowledgeEntry>) -> Effects {
    model.proposals = entries;
    let items = items(model);
    let is_empty = items.is_empty();
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Proposals) {
        front.refill(items);
        if is_empty {
            model.layers.pop();
            let words = "No knowledge waits for a decision.";
            model.toasts.say(Level::Plain, words, model.now);
        }
    }
    Vec::new()
}

fn items(model: &Model) -> Vec<Item> {
    let items = model.proposals.iter().map(|it| {
        let title = text_safe::line(&it.title);
        Item::new(&title, Choice::Proposal(it.id)).with_detail(audience(it.audience))
    });
    items.collect()
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Public => "for customers",
        Audience::Internal => "for the company only",
    }
}

/// Shows one of them, with what can be done about it on top.
pub(super) fn entry(model: &mut Model, id: KnowledgeId) -> Effects {
    let Some(it) = model.proposals.iter().find(|it| it.id == id) else {
        return Vec::new();
    };
    let public = Choice::ApproveProposal(id, Audience::Public);
    let internal = Choice::ApproveProposal(id, Audience::Internal);
    let mut items = vec![
        Item::new("read it", Choice::ReadProposal(id)),
        Item::new(
            "write it otherwise, in your editor",
            Choice::WriteProposal(id),
        ),
        Item::new("approve it: customers may be told", public),
        Item::new("approve it: for the company only", internal),
        Item::new("reject it", Choice::RejectProposal(id)),
    ];
    if let Some(conversation) = it.conversation_id {
        let open = Choice::Conversation(conversation);
        items.push(Item::new("open the conversation", open));
    }
    let title = text_safe::line(&it.title).into_owned();
    picker::push(model, Picker::new(Purpose::Proposal, title, items))
}

/// Shows its text.
pub(super) fn read(model: &mut Model, id: KnowledgeId) -> Effects {
    let Some(it) = model.proposals.iter().find(|it| it.id == id) else {
        return Vec::new();
    };
    let shown = Sheet::new(&it.title)
        .text(&it.body)
        .muted(audience(it.audience));
    // What can be done about it is there again when it has been read.
    let mut effects = entry(model, id);
    effects.extend(sheet::show(model, shown));
    effects
}

/// Writes it otherwise: conversations speak of one customer, and knowledge of all.
pub(super) fn write(model: &mut Model, id: KnowledgeId) -> Effects {
    let it = model.proposals.iter().find(|it| it.id == id).into_iter();
    it.map(|it| Effect::EditKnowledge(id, format!("{}\n\n{}", it.title, it.body)))
        .collect()
}

/// It was written otherwise. Nothing is decided by that.
pub(super) fn written(model: &mut Model, id: KnowledgeId, text: Option<&str>) -> Effects {
    let there = model.proposals.iter_mut().find(|it| it.id == id);
    if let (Some(it), Some(text)) = (there, text) {
        let (title, body) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
        title
            .trim()
            .trim_start_matches('#')
            .trim()
            .clone_into(&mut it.title);
        body.trim().clone_into(&mut it.body);
    }
    entry(model, id)
}

/// An admin approves it, as it stands here.
pub(super) fn approve(model: &mut Model, id: KnowledgeId, audience: Audience) -> Effects {
    let Some(it) = model.proposals.iter().find(|it| it.id == id) else {
        return Vec::new();
    };
    let reviewed = Reviewed {
        id,
        title: it.title.clone(),
        body: it.body.clone(),
        audience,
    };
    decided(model, id);
    vec![Effect::Assist(Assist::ApproveKnowledge(Box::new(reviewed)))]
}

/// An admin rejects it.
pub(super) fn reject(model: &mut Model, id: KnowledgeId) -> Effects {
    decided(model, id);
    vec![Effect::Assist(Assist::RejectKnowledge(id))]
}

/// What is decided stands in no list any more; the server is asked again when it is opened.
fn decided(model: &mut Model, id: KnowledgeId) {
    model.proposals.retain(|it| it.id != id);
}

/// A source that was read from the server.
pub(super) fn source(model: &mut Model, source: &DraftSource, entry: &KnowledgeEntry) -> Effects {
    let shown = Sheet::new(&format!("{}  {}", source.n, source.title)).text(&entry.body);
    sheet::show(model, shown.muted(sources::kind(source)))
}

/// Asks what became of drafts.
pub(super) fn learning(_: &mut Model) -> Effects {
    vec![Effect::Assist(Assist::Learning)]
}

/// What became of drafts has come.
pub(super) fn learnt(model: &mut Model, learnt: &AiLearning) -> Effects {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let directory = &model.directory;
    let agent = |id: &str| {
        let user = id.parse().ok();
        user.map_or("somebody", |user| directory.user_name(user))
            .to_owned()
    };
    let shown = learning::sheet(learnt, agent, drawn::width(screen));
    sheet::show(model, shown)
}

#[cfg(test)]
mod tests;
