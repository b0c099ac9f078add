//! The threads people had, from `threads.txt`: a head line with channels, tag and subject, then
//! the turns of customer (`C`), agent (`A`) and internal note (`N`).

use frontdesk_domain::Source;

const TEXT: &str = include_str!("threads.txt");

/// A thread as it is written down, with slots such as `{order}` still in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) sources: Vec<Source>,
    pub(super) tag: &'static str,
    pub(super) subject: &'static str,
    pub(super) turns: Vec<Turn>,
}

/// Something somebody wrote in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Customer(&'static str),
    Agent(&'static str),
    Note(&'static str),
}

/// All threads. What is not of their form is left out; a test sees to it that nothing is.
pub(super) fn threads() -> Vec<Thread> {
    TEXT.split("\n\n").filter_map(thread).collect()
}

fn thread(block: &'static str) -> Option<Thread> {
    let mut lines = block.trim().lines();
    let mut head = lines.next()?.strip_prefix("= ")?.split(" | ");
    let sources = head.next()?.split(',').map(str::parse);
    Some(Thread {
        sources: sources.collect::<Result<_, _>>().ok()?,
        tag: head.next()?,
        subject: head.next()?,
        turns: lines.map(turn).collect::<Option<_>>()?,
    })
}

fn turn(line: &'static str) -> Option<Turn> {
    let (who, text) = line.split_once(": ")?;
    match who {
        "C" => Some(Turn::Customer(text)),
        "A" => Some(Turn::Agent(text)),
        "N" => Some(Turn::Note(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thread_is_read_and_begins_with_its_customer() {
        let read = threads();
        assert_eq!(read.len(), TEXT.matches("= ").count());
        for thread in read {
            assert!(matches!(thread.turns[0], Turn::Customer(_)), "{thread:?}");
        }
    }
}
