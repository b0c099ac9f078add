//! What it costs to find knowledge by what it means: a question is compared with every entry of an account,
//! on each database there is.
//!
//! `meaning_load [ENTRIES] [ROUNDS] [PARTS]`: so many entries (10,000), so many questions one after the other
//! (50), and directions of so many parts (1,536, as of OpenAI's small model).

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "this program measures, and fails where it stands"
)]

use frontdesk_ai::vector::Vector;
use frontdesk_db::queries::{knowledge, knowledge_vectors};
use frontdesk_db::{Db, DbError};
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::{AccountId, Audience, KnowledgeId, KnowledgeState};
use frontdesk_testkit::{Engine, START, TestServer, engines};
use std::io::Write as _;
use std::time::{Duration, Instant};

const MODEL: &str = "measured";

/// Entries written in one go.
const BATCH: usize = 500;

/// Entries that a draft may rest on.
const NEAR: usize = 6;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number = |usual: usize| arguments.next().map_or(usual, |it| it.parse().unwrap());
    let (entries, rounds, parts) = (number(10_000), number(50), number(1_536));
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let account_id: AccountId = desk.account_id.parse().unwrap();
        let db = server.running().db();
        let mut chance = Chance(1);
        write(db, account_id, entries, || chance.direction(parts)).await;
        let mut took = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let question = chance.direction(parts);
            let began = Instant::now();
            let found = near(db, account_id, question).await;
            took.push(began.elapsed());
            assert_eq!(found.len(), NEAR.min(entries));
        }
        say(engine, entries, parts, &mut took);
        server.stop().await;
    }
}

async fn write(
    db: &Db,
    account_id: AccountId,
    count: usize,
    mut direction: impl FnMut() -> Vector,
) {
    let mut written = 0;
    while written < count {
        let batch: Vec<(Entry, Vector)> = (written..count.min(written + BATCH))
            .map(|n| (entry(account_id, n), direction()))
            .collect();
        written += batch.len();
        let kept = db.write(account_id, move |unit| {
            for (entry, vector) in &batch {
                knowledge::insert(unit, entry)?;
                knowledge_vectors::keep(unit, entry, MODEL, vector.bytes())?;
            }
            Ok::<_, DbError>(())
        });
        kept.await.unwrap();
    }
}

fn entry(account_id: AccountId, n: usize) -> Entry {
    Entry {
        id: KnowledgeId::random(),
        account_id,
        source_id: None,
        path: None,
        title: format!("Entry {n}"),
        body: format!("What there is to know about {n}."),
        audience: Audience::Public,
        state: KnowledgeState::Active,
        conversation_id: None,
        decided_by: None,
        created_at: START,
        updated_at: START,
    }
}

/// The entries that mean nearly the same as a question, as the server looks for them.
async fn near(db: &Db, account_id: AccountId, question: Vector) -> Vec<KnowledgeId> {
    let measured = db.read(move |conn| {
        let measure = |kept: &[u8]| question.likeness(kept);
        knowledge_vectors::measured(conn, account_id, MODEL, &measure)
    });
    let mut measured = measured.await.unwrap();
    measured.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    measured.into_iter().take(NEAR).map(|(id, _)| id).collect()
}

/// Numbers that are the same in every run.
struct Chance(u64);

impl Chance {
    fn direction(&mut self, parts: usize) -> Vector {
        let parts: Vec<f32> = (0..parts).map(|_| self.part()).collect();
        Vector::of(&parts).unwrap()
    }

    /// A number from -1 to 1.
    fn part(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let byte = self.0.to_le_bytes()[3];
        f32::from(i8::from_le_bytes([byte])) / 128.0
    }
}

fn say(engine: Engine, entries: usize, parts: usize, took: &mut [Duration]) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{engine:?}: {entries} entries of {parts} parts, {} questions: p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms",
        took.len(),
        at(50),
        at(99),
        at(100),
    )
    .unwrap();
    out.flush().unwrap();
}
