//! The presences of one topic, and what has changed since the last diff.

use super::PhxRef;
use frontdesk_domain::actor::View;
use frontdesk_domain::scope::Scope;
use frontdesk_protocol::id::ConversationId;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Of what a meta tells, which decides who may know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    /// Of somebody whom everyone on the topic may know.
    Openly,
    /// Of the customer of a conversation, or of an agent who looks at it, for the agents who see
    /// it where it is.
    Of(ConversationId, Scope),
}

impl Tells {
    fn is_for(self, view: &View) -> bool {
        match self {
            Self::Openly => true,
            Self::Of(_, scope) => scope.is_in(view),
        }
    }
}

/// One meta as JSON, with its mark.
#[derive(Debug, Clone)]
pub(super) struct Meta {
    phx_ref: PhxRef,
    tells: Tells,
    json: Box<str>,
}

impl Meta {
    pub(super) fn new(phx_ref: PhxRef, tells: Tells, json: Box<str>) -> Self {
        Self {
            phx_ref,
            tells,
            json,
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Room {
    present: HashMap<Box<str>, Vec<Meta>>,
    /// Whose metas tell of a conversation, once for each meta.
    told_of: HashMap<ConversationId, Vec<Box<str>>>,
    changes: Diff,
    flush_planned: bool,
    /// The state as JSON, while nothing changes.
    state: Option<String>,
}

/// Metas with their keys, in the order they came or went.
type Changes = Vec<(Box<str>, Meta)>;

/// Which metas of a conversation are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those whose place was not known yet.
    Unplaced,
    All,
}

impl Room {
    pub(super) fn join(&mut self, key: &str, meta: Meta) {
        self.state = None;
        self.changes.joins.push((key.into(), meta.clone()));
        if let Tells::Of(conversation, _) = meta.tells {
            let keys = self.told_of.entry(conversation).or_default();
            keys.reserve_exact(1);
            keys.push(key.into());
        }
        let metas = self.present.entry(key.into()).or_default();
        metas.reserve_exact(1);
        metas.push(meta);
    }

    /// Takes a meta away and says of what it told.
    pub(super) fn leave(&mut self, key: &str, phx_ref: PhxRef) -> Option<Tells> {
        let Entry::Occupied(mut entry) = self.present.entry(key.into()) else {
            return None;
        };
        let index = entry
            .get()
            .iter()
            .position(|known| known.phx_ref == phx_ref)?;
        let meta = entry.get_mut().remove(index);
        if entry.get().is_empty() {
            entry.remove();
        }
        self.state = None;
        let tells = meta.tells;
        if let Tells::Of(conversation, _) = tells {
            self.tells_no_more(conversation, key);
        }
        // Somebody who came and went between two diffs was never there.
        let joins = &mut self.changes.joins;
        match joins.iter().position(|(_, known)| known.phx_ref == phx_ref) {
            Some(index) => drop(joins.remove(index)),
            None => self.changes.leaves.push((key.into(), meta)),
        }
        Some(tells)
    }

    fn tells_no_more(&mut self, conversation: ConversationId, key: &str) {
        let Entry::Occupied(mut told) = self.told_of.entry(conversation) else {
            return;
        };
        if let Some(at) = told.get().iter().position(|known| **known == *key) {
            told.get_mut().swap_remove(at);
        }
        if told.get().is_empty() {
            told.remove();
        }
    }

    /// Notes where the conversation is that metas tell of, and says which these are.
    pub(super) fn relocate(
        &mut self,
        conversation: ConversationId,
        to: Scope,
        which: Which,
    ) -> Vec<Relocated> {
        let mut relocated = Vec::new();
        let mut keys = self.told_of.get(&conversation).cloned().unwrap_or_default();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            for meta in self.present.get_mut(&key).into_iter().flatten() {
                let Tells::Of(held, from) = meta.tells else {
                    continue;
                };
                let is_meant = which == Which::All || from == Scope::Nowhere;
                if held == conversation && is_meant && from != to {
                    meta.tells = Tells::Of(held, to);
                    relocated.push(Relocated {
                        key: key.clone(),
                        from,
                        meta: meta.clone(),
                    });
                }
            }
        }
        relocated
    }

    pub(super) fn keys(&self) -> usize {
        self.present.len()
    }

    pub(super) fn is_flush_planned(&self) -> bool {
        self.flush_planned
    }

    pub(super) fn plan_flush(&mut self) {
        self.flush_planned = true;
    }

    /// Nobody is there and nothing is left to tell.
    pub(super) fn is_over(&self) -> bool {
        self.present.is_empty() && !self.flush_planned
    }

    /// Everyone who is there, as JSON.
    pub(super) fn state(&mut self) -> &str {
        let present = &self.present;
        self.state.get_or_insert_with(|| {
            let mut out = String::with_capacity(2 + present.len() * 192);
            let metas = present
                .iter()
                .map(|(key, metas)| (&**key, metas.iter().collect()));
            write_state(&mut out, metas);
            out
        })
    }

    /// Those who are there and whom a view lets know, as JSON.
    pub(super) fn state_for(&self, view: &View) -> String {
        let mut out = String::new();
        let metas = self.present.iter().filter_map(|(key, metas)| {
            let known = metas.iter().filter(|meta| meta.tells.is_for(view));
            let known: Vec<&Meta> = known.collect();
            (!known.is_empty()).then_some((&**key, known))
        });
        write_state(&mut out, metas);
        out
    }

    /// What has changed since the last diff.
    pub(super) fn take_diff(&mut self) -> Option<Diff> {
        self.flush_planned = false;
        let mut diff = std::mem::take(&mut self.changes);
        // A stable sort brings the metas of a key together and keeps their order.
        diff.joins.sort_by(|(a, _), (b, _)| a.cmp(b));
        diff.leaves.sort_by(|(a, _), (b, _)| a.cmp(b));
        (!diff.joins.is_empty() || !diff.leaves.is_empty()).then_some(diff)
    }
}

/// Who came and who left.
#[derive(Debug, Default)]
pub(super) struct Diff {
    joins: Changes,
    leaves: Changes,
}

impl Diff {
    /// All of it, as JSON.
    pub(super) fn whole(&self) -> String {
        let (joins, leaves) = (
            grouped(&self.joins, |_| true),
            grouped(&self.leaves, |_| true),
        );
        write_diff(&joins, &leaves)
    }

    /// What a view lets know of it, as JSON.
    pub(super) fn seen_from(&self, view: &View) -> Option<String> {
        let known = |meta: &Meta| meta.tells.is_for(view);
        let (joins, leaves) = (grouped(&self.joins, known), grouped(&self.leaves, known));
        (!joins.is_empty() || !leaves.is_empty()).then(|| write_diff(&joins, &leaves))
    }
}

/// A meta whose conversation moved.
#[derive(Debug)]
pub(super) struct Relocated {
    key: Box<str>,
    from: Scope,
    meta: Meta,
}

/// What moved metas are to a view that they enter or leave, as JSON.
pub(super) fn moves_seen_from(moves: &[Relocated], view: &View) -> Option<String> {
    let (mut joins, mut leaves) = (Vec::new(), Vec::new());
    for moved in moves {
        match (moved.from.is_in(view), moved.meta.tells.is_for(view)) {
            (false, true) => joins.push((&*moved.key, vec![&moved.meta])),
            (true, false) => leaves.push((&*moved.key, vec![&moved.meta])),
            (true, true) | (false, false) => {}
        }
    }
    let (joins, leaves) = (merged(joins), merged(leaves));
    (!joins.is_empty() || !leaves.is_empty()).then(|| write_diff(&joins, &leaves))
}

/// Metas by their key, in the order of keys.
type Grouped<'a> = Vec<(&'a str, Vec<&'a Meta>)>;

fn grouped(changes: &Changes, is_told: impl Fn(&Meta) -> bool) -> Grouped<'_> {
    let told = changes.iter().filter(|(_, meta)| is_told(meta));
    merged(told.map(|(key, meta)| (&**key, vec![meta])).collect())
}

/// Brings neighbours with the same key together.
fn merged<'a>(changes: Grouped<'a>) -> Grouped<'a> {
    let mut grouped: Grouped<'a> = Vec::with_capacity(changes.len());
    for (key, metas) in changes {
        match grouped.last_mut() {
            Some((last, known)) if *last == key => known.extend(metas),
            _ => grouped.push((key, metas)),
        }
    }
    grouped
}

fn write_diff(joins: &Grouped<'_>, leaves: &Grouped<'_>) -> String {
    let mut out = String::with_capacity(32 + (joins.len() + leaves.len()) * 192);
    out.push_str("{\"joins\":");
    write_state(&mut out, joins.iter().cloned());
    out.push_str(",\"leaves\":");
    write_state(&mut out, leaves.iter().cloned());
    out.push('}');
    out
}

fn write_state<'a>(out: &mut String, state: impl Iterator<Item = (&'a str, Vec<&'a Meta>)>) {
    out.push('{');
    for (index, (key, metas)) in state.enumerate() {
        if index > 0 {
            out.push(',');
        }
        // Keys are made of ids here, which need no escapes.
        out.push('"');
        out.push_str(key);
        out.push_str("\":{\"metas\":[");
        for (index, meta) in metas.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(&meta.json);
        }
        out.push_str("]}");
    }
    out.push('}');
}
