//! A line that is cut at random in the middle of a busy day. At the end the copy is what the
//! server has, and what was done is done once.

use super::{Customer, Server, note, open, rounds};
use crate::bed::Bed;
use crate::window::wait_until;
use frontdesk_inbox::{Queued, View};
use frontdesk_protocol::entity::{ConversationFull, Message};
use frontdesk_store::Desk;
use serde_json::json;

/// The first of the days, and how far their seeds are apart.
const SEED: u64 = 11;
const APART: u64 = 4_700;
/// How many days every run has.
const DAYS: u64 = 2;
const STEPS: usize = 40;

/// Numbers that look random and come again.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}

/// Something happens on the desk, past the program.
fn happen(server: &Server<'_>, customers: &[Customer], random: &mut Random, step: usize) {
    let customer = &customers[random.below(customers.len())];
    match random.below(5) {
        0 | 1 => server.writes(customer, &format!("News {step}")),
        2 => server.changes(customer, &json!({ "status": "closed" })),
        3 => server.changes(
            customer,
            &json!({ "status": "open", "priority": "priority" }),
        ),
        _ => server.changes(
            customer,
            &json!({ "read": true, "priority": "not_priority" }),
        ),
    }
}

/// Something happens to the line.
fn disturb(bed: &Bed, random: &mut Random) {
    let line = bed.line();
    match random.below(6) {
        0 => line.cut(),
        1 => line.reset(),
        2 => line.cut_after(random.below(3_000)),
        3 => {
            line.half();
            line.resume();
        }
        4 => line.slice(1 + random.below(3)),
        _ => line.resume(),
    }
}

#[test]
fn after_random_cuts_the_copy_is_what_the_server_has() {
    for day in 0..rounds(DAYS) {
        let seed = SEED + day * APART;
        let bed = Bed::behind_a_line();
        let server = Server::of(&bed);
        let mut random = Random(seed);
        let names = (0..6).map(|n| format!("Customer {n}"));
        let customers: Vec<Customer> = names.map(|name| server.customer(&name)).collect();
        let mut window = open(bed.home.path());
        window.find("Customer 0");
        let mut notes = Vec::new();
        for step in 0..STEPS {
            disturb(&bed, &mut random);
            happen(&server, &customers, &mut random, step);
            if random.below(4) == 0 {
                let words = format!("Note {step}");
                note(&mut window, &words);
                notes.push(words);
            }
        }
        bed.line().resume();
        server.changes(&customers[0], &json!({ "status": "open" }));
        let end = format!("The end of seed {seed}");
        server.writes(&customers[0], &end);
        window.wait_for(&end);
        window.wait_for("● live");
        server.wait_written(
            &customers[0],
            &notes.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        wait_until(
            || format!("the answers to {:?}", waiting(&bed)),
            || waiting(&bed).is_empty(),
        );
        window.leave();
        // What the server said while the program left comes at the next start.
        open(bed.home.path()).leave();
        assert_same(&bed, &server, seed);
    }
}

/// What the program still wants to send, or has no answer to.
fn waiting(bed: &Bed) -> Vec<Queued> {
    copy(bed).waiting()
}

/// The program's own copy of the desk, as its files have it now.
fn copy(bed: &Bed) -> Desk {
    let folder = bed.home.path().join("desks/1");
    Desk::open(&folder).unwrap().desk
}

/// Whether the program's own copy is what the server has.
fn assert_same(bed: &Bed, server: &Server<'_>, seed: u64) {
    let desk = copy(bed);
    assert_eq!(desk.waiting(), [], "seed {seed}");
    let listed = server.get("/api/v1/conversations?limit=50");
    let listed: Vec<ConversationFull> = serde_json::from_value(listed["data"].clone()).unwrap();
    assert!(listed.len() > 30);
    let mut open = 0;
    for there in listed {
        let here = desk.thread(there.id, 1_000).unwrap().unwrap();
        let conversation = &here.row.conversation;
        open += usize::from(conversation.status == frontdesk_protocol::kind::Status::Open);
        assert_eq!(
            (
                conversation.version,
                conversation.status,
                conversation.priority
            ),
            (there.version, there.status, there.priority),
            "seed {seed}, #{}",
            there.number
        );
        assert_eq!(
            (
                conversation.read,
                conversation.assignee_id,
                conversation.last_message_seq
            ),
            (there.read, there.assignee_id, there.last_message_seq),
            "seed {seed}, #{}",
            there.number
        );
        let mut messages = there.messages;
        messages.sort_by_key(|it| it.seq);
        let told = |it: &Message| (it.seq, it.body.clone());
        let here: Vec<_> = here.messages.iter().map(told).collect();
        assert_eq!(
            here,
            messages.iter().map(told).collect::<Vec<_>>(),
            "seed {seed}"
        );
    }
    assert_eq!(desk.counts().unwrap().of(View::Inbox), open, "seed {seed}");
}
