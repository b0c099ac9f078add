//! Fills a desk with a corpus and says how long everything takes.
//!
//!     cargo run --release -p frontdesk-store --example fill -- CORPUS FOLDER [CONVERSATIONS]
//!
//! CORPUS is what `corpus.py` of the measuring tools writes; FOLDER is filled anew when it holds
//! no desk, else only measured.

mod clock;
mod corpus;
mod work;

use clock::{Times, now};
use frontdesk_store::Desk;
use frontdesk_store::desk::{Names, Rest};
use std::error::Error;
use std::io::{self, Write as _};
use std::path::Path;

/// How many conversations come at a time, about as the server sends them.
const BATCH: usize = 250;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(corpus), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: fill CORPUS FOLDER [CONVERSATIONS]".into());
    };
    let most = arguments.next().map_or(Ok(usize::MAX), |it| it.parse())?;
    let account = corpus::read(Path::new(&corpus), most)?;
    let folder = Path::new(&folder);
    if !folder.join("desk.db").exists() {
        fill(folder, &account)?;
    }
    let begun = now();
    let mut desk = Desk::open(folder)?.desk;
    say(&format!("open: {:?}", begun.elapsed()))?;
    work::lists(&desk)?.tell("page of 50")?;
    work::threads(&desk, &account)?.tell("thread of 50")?;
    work::events(&mut desk, &account)?.tell("one event")?;
    work::commands(&mut desk, &account)?.tell("enqueue")?;
    work::searches(&desk)
}

fn fill(folder: &Path, account: &corpus::Account) -> Result<(), Box<dyn Error>> {
    let mut desk = Desk::open(folder)?.desk;
    let begun = now();
    let mut batches = Times::default();
    desk.begin_snapshot(account.seq, &account.directory)?;
    let mut after_open = None;
    for batch in account.conversations.chunks(BATCH) {
        batches.time(|| desk.add(batch))?;
        let is_open = batch.iter().all(|it| it.closed_at.is_none());
        if !is_open && after_open.is_none() {
            after_open = Some(begun.elapsed());
        }
    }
    desk.finish_snapshot(Names::All)?;
    let took = begun.elapsed();
    let messages: usize = account
        .conversations
        .iter()
        .map(|it| it.messages.len())
        .sum();
    say(&format!(
        "filled {} conversations, {messages} messages in {took:?}: {:.0} messages/s; what is open after {after_open:?}",
        account.conversations.len(),
        messages as f64 / took.as_secs_f64(),
    ))?;
    batches.tell("batch of the fill")?;
    let begun = now();
    let mut rests = Times::default();
    while rests.time(|| desk.rest())? == Rest::More {}
    say(&format!("all rests: {:?}", begun.elapsed()))?;
    rests.tell("rest")?;
    let size = std::fs::metadata(folder.join("desk.db"))?.len();
    say(&format!("desk.db: {} MiB", size >> 20))
}

fn say(line: &str) -> Result<(), Box<dyn Error>> {
    Ok(writeln!(io::stdout(), "{line}")?)
}
