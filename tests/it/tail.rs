//! Following the account.

use crate::bed::{Bed, command};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, ChildStdout};

/// A running `tail`.
pub(crate) struct Tail {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
}

impl Tail {
    /// Runs it.
    pub(crate) fn start(bed: &Bed, args: &[&str]) -> Self {
        let args = [&["tail"], args].concat();
        let mut child = command(bed.home.path(), &args).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let err = BufReader::new(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// Waits for something said beside the results.
    fn wait_until_said(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(
                self.err.read_line(&mut line).unwrap() > 0,
                "it ended before {words:?}"
            );
        }
    }

    /// The next line of results.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended");
        line
    }

    fn event(&mut self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Kills it, and gives the number of the last event it had printed beyond those read.
    fn end(mut self) -> Option<i64> {
        self.child.kill().unwrap();
        let lines: Vec<String> = self.out.by_ref().lines().map(Result::unwrap).collect();
        let mut events = lines
            .iter()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        events.next_back().and_then(|event| event["seq"].as_i64())
    }

    /// Waits for the event that brought a message.
    fn event_with(&mut self, body: &str) -> Value {
        loop {
            let event = self.event();
            if event["message"]["body"] == body {
                return event;
            }
        }
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn open_one(bed: &Bed) -> String {
    let listed: Vec<Value> = serde_json::from_str(&bed.out(&["ls", "--json", "-n", "1"])).unwrap();
    listed[0]["number"].to_string()
}

#[test]
fn what_happens_is_printed_as_it_happens() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    let mut tail = Tail::start(&bed, &[]);
    tail.wait_until_said("Connected");
    bed.out(&["reply", &number, "It left this morning."]);
    let mut line = tail.line();
    while !line.contains("It left this morning.") {
        line = tail.line();
    }
    assert!(line.contains(&format!("#{number}")), "{line}");
    assert!(line.contains("Maya"), "{line}");
}

#[test]
fn a_restart_goes_on_where_it_was() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    let mut tail = Tail::start(&bed, &["--json"]);
    tail.wait_until_said("Connected");
    bed.out(&["reply", &number, "one"]);
    let one = tail.event_with("one");
    let last = tail.end().unwrap_or(one["seq"].as_i64().unwrap());
    for text in ["two", "three"] {
        bed.out(&["reply", &number, text]);
    }
    let mut tail = Tail::start(&bed, &["--json"]);
    // Killed between printing and remembering, it may repeat its last event, and skips none.
    let next = tail.event();
    assert!(
        next["seq"].as_i64().unwrap() <= last + 1,
        "{next} after {last}"
    );
    if next["message"]["body"] != "two" {
        tail.event_with("two");
    }
    tail.event_with("three");
}

#[test]
fn everything_since_the_beginning_comes_in_order_without_gaps() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    let mut tail = Tail::start(&bed, &["--json", "--after", "0"]);
    bed.out(&["reply", &number, "the end"]);
    let mut expected = 1;
    loop {
        let event = tail.event();
        assert_eq!(event["seq"], expected);
        if event["message"]["body"] == "the end" {
            break;
        }
        expected += 1;
    }
    assert!(expected > 200, "more than one page came");
}

#[test]
fn a_server_that_goes_away_is_waited_for() {
    let mut bed = Bed::signed_in();
    let number = open_one(&bed);
    let mut tail = Tail::start(&bed, &["--json"]);
    tail.wait_until_said("Connected");
    bed.stop_server();
    tail.wait_until_said("Offline");
    bed.start_server();
    bed.out(&["reply", &number, "We are back."]);
    tail.event_with("We are back.");
}

#[test]
fn a_cursor_the_server_does_not_know_starts_over_from_now() {
    let bed = Bed::signed_in();
    let number = open_one(&bed);
    let mut tail = Tail::start(&bed, &["--json", "--after", "99999999"]);
    tail.wait_until_said("going on from now");
    tail.wait_until_said("Connected");
    bed.out(&["reply", &number, "still here"]);
    tail.event_with("still here");
    // The next run begins there too, and not in a future that never was.
    drop(tail);
    let mut tail = Tail::start(&bed, &["--json"]);
    bed.out(&["reply", &number, "and here"]);
    tail.event_with("and here");
}
