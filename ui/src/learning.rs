//! What became of drafts, as a table of words: the screen and the command show the same.

use crate::cell::{self, Align};
use crate::model::sheet::Sheet;
use crate::text_safe;
use frontdesk_protocol::entity::{AiLearning, DraftFate};

/// The columns beside the name, and how many cells each takes.
const COLUMNS: [(&str, usize); 7] = [
    ("sent", 6),
    ("as made", 9),
    ("rejected", 10),
    ("stale", 7),
    ("accepted", 10),
    ("changed", 9),
    ("saved", 9),
];
const LEAST_NAME: usize = 10;
const MOST_NAME: usize = 36;
const CUT: &str = "~";

/// All of it. Agents are known by ids, and `agent` says what they are called.
pub fn sheet(learnt: &AiLearning, agent: impl Fn(&str) -> String, cells: usize) -> Sheet {
    let numbers: usize = COLUMNS.iter().map(|(_, width)| width).sum();
    let name = cells.saturating_sub(numbers).clamp(LEAST_NAME, MOST_NAME);
    let since = learnt.since.0.utc().strftime("%-d %b %Y");
    let mut shown = Sheet::new("What became of drafts")
        .muted(&format!("Since {since}"))
        .text("")
        .heading(&line("", &COLUMNS.map(|(title, _)| title.to_owned()), name));
    shown = shown.text(&fate("all drafts", &learnt.total, name));
    if learnt.total.sent > 0 {
        let words = format!(
            "{} more were sent by the program itself.",
            learnt.total.sent
        );
        shown = shown.muted(&words);
    }
    let groups = [
        ("By inbox", &learnt.by_inbox),
        ("By tag", &learnt.by_topic),
        ("By agent", &learnt.by_agent),
        ("By model", &learnt.by_model),
    ];
    for (title, fates) in groups.into_iter().filter(|(_, fates)| !fates.is_empty()) {
        shown = shown.heading(title);
        for it in fates {
            let of = match title {
                "By agent" => agent(&it.of),
                _ => it.of.clone(),
            };
            shown = shown.text(&fate(&of, it, name));
        }
    }
    if !learnt.reasons.is_empty() {
        shown = shown.heading("Rejected because of");
        for it in &learnt.reasons {
            shown = shown.text(&format!("{:>4}  {}", it.count, text_safe::line(&it.reason)));
        }
    }
    shown.text("").muted(
        "Changed: how much of what was sent the agent wrote. Saved: at 200 characters a minute.",
    )
}

fn fate(of: &str, it: &DraftFate, name: usize) -> String {
    let share = |it: Option<f64>| it.map_or_else(String::new, |it| format!("{:.0}%", it * 100.0));
    let numbers = [
        it.approved.to_string(),
        it.unchanged.to_string(),
        it.rejected.to_string(),
        it.stale.to_string(),
        share(it.acceptance),
        share(it.edited),
        time(it.seconds_saved),
    ];
    line(of, &numbers, name)
}

fn line(of: &str, numbers: &[String; COLUMNS.len()], name: usize) -> String {
    let of = text_safe::line(of);
    let mut line = cell::fit(&of, name, Align::Left, CUT);
    for (text, (_, width)) in numbers.iter().zip(COLUMNS) {
        line.push_str(&cell::fit(text, width, Align::Right, CUT));
    }
    line
}

/// `42 s`, `12 min`, `3 h 5 m`.
fn time(seconds: i64) -> String {
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} m"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sheet::SheetLine;
    use serde_json::json;

    fn fate_of(of: &str) -> serde_json::Value {
        json!({
            "of": of, "approved": 120, "unchanged": 80, "sent": 0, "rejected": 20, "stale": 12,
            "acceptance": 0.857, "edited": 0.09, "seconds_saved": 11_100,
        })
    }

    fn learnt() -> AiLearning {
        let nobody = json!({
            "of": "", "approved": 0, "unchanged": 0, "sent": 3, "rejected": 0, "stale": 0,
            "acceptance": null, "edited": null, "seconds_saved": 0,
        });
        serde_json::from_value(json!({
            "since": "2025-10-25T00:00:00Z", "total": fate_of(""),
            "by_inbox": [fate_of("Shop\u{1b}[31m of a very long name, longer than there is room")],
            "by_topic": [], "by_agent": [fate_of("2")], "by_model": [nobody],
            "reasons": [{ "reason": "wrong facts", "count": 12 }],
        }))
        .unwrap()
    }

    #[test]
    fn every_line_of_the_table_fits_and_cannot_act() {
        for cells in [72, 100] {
            let sheet = sheet(&learnt(), |_| "Teemu".to_owned(), cells);
            let words: Vec<&str> = sheet.lines.iter().map(SheetLine::words).collect();
            let all = words.join("\n");
            assert!(!all.contains('\u{1b}'), "{all}");
            let table = words.iter().filter(|it| it.contains("120"));
            for line in table {
                assert!(cell::width(line) <= cells, "{line}");
                assert!(line.contains("86%") && line.ends_with("3 h 5 m"), "{line}");
            }
            assert!(
                all.contains("Teemu") && all.contains("  12  wrong facts"),
                "{all}"
            );
        }
    }

    #[test]
    fn times_are_said_shortly() {
        let table = [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3_599, "59 min"),
            (7_260, "2 h 1 m"),
        ];
        for (seconds, said) in table {
            assert_eq!(time(seconds), said);
        }
    }
}
