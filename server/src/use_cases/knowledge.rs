//! What a company knows, kept by admins: entries written by hand, and those read from files.

use crate::failure::Outcome;
use crate::use_cases::{fields, record};
use frontdesk_ai::markdown::{self, Said};
use frontdesk_db::queries::{jobs, knowledge, knowledge_sources};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::knowledge::{Entry, Source};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{
    Actor, Audience, EntityKind, EventKind, KnowledgeId, KnowledgeSourceId, KnowledgeState,
    Refusal, Timestamp,
};
use std::collections::HashMap;

/// An account keeps no more entries than this.
const MOST: i64 = 20_000;

const FULL: Refusal =
    Refusal::Conflict("The account keeps 20000 entries of knowledge. Remove some first.");

/// What is said about an entry. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryFields {
    pub(crate) title: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) audience: Option<Audience>,
}

/// A file of knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Where it lies, from where the source begins.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// What reading a source anew has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Synced {
    pub(crate) added: usize,
    pub(crate) changed: usize,
    pub(crate) removed: usize,
    pub(crate) kept: usize,
}

/// An entry of the actor's account.
pub(crate) fn load(conn: &mut dyn Conn, actor: &Actor, id: KnowledgeId) -> Outcome<Entry> {
    allows(actor, Permission::ReadDesk)?;
    let found = knowledge::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Adds an entry by hand.
pub(crate) fn add(unit: &mut Unit<'_>, actor: &Actor, said: &EntryFields) -> Outcome<Entry> {
    allows(actor, Permission::ManageSettings)?;
    let title = fields::required("title", said.title.as_deref())?;
    let body = fields::required("body", said.body.as_deref())?;
    let entry = Entry {
        id: KnowledgeId::random(),
        account_id: actor.account_id,
        source_id: None,
        path: None,
        title: fields::line("title", title)?,
        body: fields::prose("body", body)?,
        audience: said.audience.unwrap_or(Audience::Public),
        state: KnowledgeState::Active,
        conversation_id: None,
        decided_by: actor.user_id(),
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    insert(unit, actor, &entry)?;
    ask_about(unit, actor)?;
    Ok(entry)
}

/// Keeps a new entry, where there is room.
pub(crate) fn insert(unit: &mut Unit<'_>, actor: &Actor, entry: &Entry) -> Outcome<()> {
    if knowledge::count(unit.conn(), actor.account_id)? >= MOST {
        return Err(FULL.into());
    }
    keep(unit, actor, entry)
}

fn keep(unit: &mut Unit<'_>, actor: &Actor, entry: &Entry) -> Outcome<()> {
    knowledge::insert(unit, entry)?;
    told(unit, actor, EventKind::EntityChanged, entry.id)
}

/// Changes an entry. What is read from a file is changed in the file.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: KnowledgeId,
    said: &EntryFields,
) -> Outcome<Entry> {
    allows(actor, Permission::ManageSettings)?;
    let mut entry = load(unit.conn(), actor, id)?;
    if entry.source_id.is_some() {
        let why = "It is read from a file. Change the file and sync its source.";
        return Err(Refusal::Conflict(why).into());
    }
    if let Some(title) = &said.title {
        entry.title = fields::line("title", title)?;
    }
    if let Some(body) = &said.body {
        entry.body = fields::prose("body", body)?;
    }
    entry.audience = said.audience.unwrap_or(entry.audience);
    save(unit, actor, entry)
}

/// Keeps a changed entry.
pub(crate) fn save(unit: &mut Unit<'_>, actor: &Actor, mut entry: Entry) -> Outcome<Entry> {
    entry.updated_at = unit.now();
    if !knowledge::update(unit, &entry)? {
        return Err(Refusal::NotFound.into());
    }
    told(unit, actor, EventKind::EntityChanged, entry.id)?;
    ask_about(unit, actor)?;
    Ok(entry)
}

/// Has a model asked what new and changed entries mean, where there is one that says it.
fn ask_about(unit: &mut Unit<'_>, actor: &Actor) -> Outcome<()> {
    Ok(jobs::enqueue(unit, &jobs::embed(actor.account_id))?)
}

/// Removes an entry.
pub(crate) fn remove(unit: &mut Unit<'_>, actor: &Actor, id: KnowledgeId) -> Outcome<()> {
    allows(actor, Permission::ManageSettings)?;
    let entry = load(unit.conn(), actor, id)?;
    if entry.source_id.is_some() {
        let why = "It is read from a file and would come back. Remove the file or its source.";
        return Err(Refusal::Conflict(why).into());
    }
    knowledge::delete(unit, actor.account_id, id)?;
    told(unit, actor, EventKind::EntityDeleted, id)
}

/// Has texts read from a folder or an address.
pub(crate) fn add_source(
    unit: &mut Unit<'_>,
    actor: &Actor,
    name: &str,
    place: &str,
    audience: Audience,
) -> Outcome<Source> {
    allows(actor, Permission::ManageSettings)?;
    let there = knowledge_sources::of_account(unit.conn(), actor.account_id)?;
    if there.iter().any(|it| it.place == place) {
        return Err(Refusal::Conflict("Knowledge is read from there already.").into());
    }
    let source = Source {
        id: KnowledgeSourceId::random(),
        account_id: actor.account_id,
        name: fields::line("name", name)?,
        place: place.to_owned(),
        audience,
        synced_at: None,
        trouble: None,
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    knowledge_sources::insert(unit, &source)?;
    let subject = format!("knowledge_source:{}", source.id);
    record::audited(
        unit,
        actor,
        "knowledge_source.created",
        subject,
        Some(source.place.clone()),
    )?;
    Ok(source)
}

/// A source of the actor's account.
pub(crate) fn source(conn: &mut dyn Conn, actor: &Actor, id: KnowledgeSourceId) -> Outcome<Source> {
    allows(actor, Permission::ManageSettings)?;
    let found = knowledge_sources::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Removes a source with all that was read from it.
pub(crate) fn remove_source(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: KnowledgeSourceId,
) -> Outcome<()> {
    let source = source(unit.conn(), actor, id)?;
    for entry in knowledge::of_source(unit.conn(), actor.account_id, id)? {
        told(unit, actor, EventKind::EntityDeleted, entry.id)?;
    }
    knowledge_sources::delete(unit, actor.account_id, id)?;
    let subject = format!("knowledge_source:{id}");
    record::audited(
        unit,
        actor,
        "knowledge_source.deleted",
        subject,
        Some(source.place),
    )?;
    Ok(())
}

/// Puts what a source's files say now in place of what they said.
pub(crate) fn put(
    unit: &mut Unit<'_>,
    actor: &Actor,
    source: &Source,
    files: &[File],
) -> Outcome<Synced> {
    let mut synced = Synced::default();
    let now = unit.now();
    let wanted: Vec<Entry> = files
        .iter()
        .flat_map(|file| entries(source, file, now))
        .collect();
    let held = knowledge::count(unit.conn(), actor.account_id)?;
    let there = knowledge::of_source(unit.conn(), actor.account_id, source.id)?;
    let mut there: HashMap<String, Entry> = there
        .into_iter()
        .filter_map(|it| Some((it.path.clone()?, it)))
        .collect();
    let others = held - i64::try_from(there.len()).unwrap_or(held);
    if others + i64::try_from(wanted.len()).unwrap_or(MOST) > MOST {
        return Err(FULL.into());
    }
    for wanted in wanted {
        let Some(mut known) = wanted.path.as_ref().and_then(|path| there.remove(path)) else {
            keep(unit, actor, &wanted)?;
            synced.added += 1;
            continue;
        };
        if known.body == wanted.body && known.audience == wanted.audience {
            synced.kept += 1;
            continue;
        }
        known.body = wanted.body;
        known.audience = wanted.audience;
        save(unit, actor, known)?;
        synced.changed += 1;
    }
    for gone in there.into_values() {
        knowledge::delete(unit, actor.account_id, gone.id)?;
        told(unit, actor, EventKind::EntityDeleted, gone.id)?;
        synced.removed += 1;
    }
    knowledge_sources::was_read(unit, actor.account_id, source.id, Ok(now))?;
    ask_about(unit, actor)?;
    Ok(synced)
}

/// The entries of a file.
fn entries(source: &Source, file: &File, now: Timestamp) -> Vec<Entry> {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let page = markdown::page(name, &file.text);
    let audience = match page.audience {
        Said::Nothing => source.audience,
        Said::Public => Audience::Public,
        Said::Internal => Audience::Internal,
    };
    let entry = |section: markdown::Section| Entry {
        id: KnowledgeId::random(),
        account_id: source.account_id,
        source_id: Some(source.id),
        path: Some(format!("{}#{}#{}", file.path, section.title, section.part)),
        title: frontdesk_domain::text::clean_line(&section.title).text,
        body: frontdesk_domain::text::clean_body(&section.text).text,
        audience,
        state: KnowledgeState::Active,
        conversation_id: None,
        decided_by: None,
        created_at: now,
        updated_at: now,
    };
    page.sections.into_iter().map(entry).collect()
}

fn told(unit: &mut Unit<'_>, actor: &Actor, what: EventKind, id: KnowledgeId) -> Outcome<()> {
    Ok(record::told(unit, actor, what, EntityKind::Knowledge, &id)?)
}
