//! The presences of one topic, and what has changed since the last diff.

use super::PhxRef;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// One meta as JSON, with its mark.
type Meta = (PhxRef, Box<str>);

#[derive(Debug, Default)]
pub(super) struct Room {
    present: HashMap<Box<str>, Vec<Meta>>,
    joins: Changes,
    leaves: Changes,
    flush_planned: bool,
    /// The state as JSON, while nothing changes.
    state: Option<String>,
}

/// Metas with their keys, in the order they came or went.
type Changes = Vec<(Box<str>, Meta)>;

impl Room {
    pub(super) fn join(&mut self, key: &str, phx_ref: PhxRef, meta: Box<str>) {
        self.state = None;
        self.joins.push((key.into(), (phx_ref, meta.clone())));
        let metas = self.present.entry(key.into()).or_default();
        metas.reserve_exact(1);
        metas.push((phx_ref, meta));
    }

    pub(super) fn leave(&mut self, key: &str, phx_ref: PhxRef) {
        let Entry::Occupied(mut entry) = self.present.entry(key.into()) else {
            return;
        };
        let Some(index) = entry.get().iter().position(|(known, _)| *known == phx_ref) else {
            return;
        };
        let meta = entry.get_mut().remove(index);
        if entry.get().is_empty() {
            entry.remove();
        }
        self.state = None;
        // Somebody who came and went between two diffs was never there.
        match self
            .joins
            .iter()
            .position(|(_, (known, _))| *known == phx_ref)
        {
            Some(index) => drop(self.joins.remove(index)),
            None => self.leaves.push((key.into(), meta)),
        }
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
                .map(|(key, metas)| (&**key, metas.as_slice()));
            write_state(&mut out, metas);
            out
        })
    }

    /// What has changed since the last diff, as JSON.
    pub(super) fn take_diff(&mut self) -> Option<String> {
        self.flush_planned = false;
        let joins = std::mem::take(&mut self.joins);
        let leaves = std::mem::take(&mut self.leaves);
        if joins.is_empty() && leaves.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(32 + (joins.len() + leaves.len()) * 192);
        out.push_str("{\"joins\":");
        write_changes(&mut out, joins);
        out.push_str(",\"leaves\":");
        write_changes(&mut out, leaves);
        out.push('}');
        Some(out)
    }
}

fn write_changes(out: &mut String, mut changes: Changes) {
    // A stable sort brings the metas of a key together and keeps their order.
    changes.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut grouped: Vec<(Box<str>, Vec<Meta>)> = Vec::with_capacity(changes.len());
    for (key, meta) in changes {
        match grouped.last_mut() {
            Some((last, metas)) if *last == key => metas.push(meta),
            _ => grouped.push((key, vec![meta])),
        }
    }
    write_state(
        out,
        grouped
            .iter()
            .map(|(key, metas)| (&**key, metas.as_slice())),
    );
}

fn write_state<'a>(out: &mut String, state: impl Iterator<Item = (&'a str, &'a [Meta])>) {
    out.push('{');
    for (index, (key, metas)) in state.enumerate() {
        if index > 0 {
            out.push(',');
        }
        // Keys are made of ids here, which need no escapes.
        out.push('"');
        out.push_str(key);
        out.push_str("\":{\"metas\":[");
        for (index, (_, meta)) in metas.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(meta);
        }
        out.push_str("]}");
    }
    out.push('}');
}
