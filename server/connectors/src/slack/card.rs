//! How what is told to a team looks in Slack: text in sections, how things stand, and buttons.

use super::{asked, text};
use crate::channel::{Button, Told, Weight, Wish, Words};
use serde_json::{Value, json};

/// The most letters of a section.
const SECTION: usize = 3000;

/// A letter takes up to five when it is escaped: so many fit a section in any case.
const PIECE: usize = SECTION / 5;

/// The most sections of a message; Slack takes 50 blocks.
const MOST: usize = 40;

const CUT: &str = "… (the rest is in the desk)";

/// The text as Slack is to show it.
pub(super) fn words(it: &str, whose: Words) -> String {
    match whose {
        Words::Ours => text::marked(it),
        Words::Theirs => text::escaped(it),
    }
}

/// The blocks of a message. What has neither buttons nor a state needs none.
pub(super) fn blocks(told: &Told<'_>) -> Option<Value> {
    if told.buttons.is_empty() && told.state.is_none() {
        return None;
    }
    let title = told
        .title
        .map(|it| section(&format!("*{}*", text::escaped(it))));
    let mut blocks: Vec<Value> = title.into_iter().collect();
    let mut pieces = pieces(told.outgoing.text);
    let is_cut = pieces.len() > MOST;
    pieces.truncate(MOST);
    blocks.extend(pieces.iter().map(|it| section(&words(it, told.words))));
    if is_cut {
        blocks.push(section(CUT));
    }
    if let Some(state) = told.state {
        blocks.push(json!({ "type": "context",
            "elements": [{ "type": "mrkdwn", "text": text::escaped(state) }] }));
    }
    if !told.buttons.is_empty() {
        let buttons: Vec<Value> = told.buttons.iter().map(button).collect();
        blocks.push(json!({ "type": "actions", "elements": buttons }));
    }
    Some(Value::Array(blocks))
}

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } })
}

/// A text in parts that each fit a section, cut between lines where that is possible.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        let mut letters = line.chars().peekable();
        while letters.peek().is_some() {
            let part: String = letters.by_ref().take(PIECE).collect();
            match pieces.last_mut() {
                Some(last) if last.chars().count() + part.chars().count() <= PIECE => {
                    last.push_str(&part);
                }
                _ => pieces.push(part),
            }
        }
    }
    pieces.retain(|it| !it.trim().is_empty());
    pieces
}

fn button(it: &Button) -> Value {
    let (name, value) = match &it.wish {
        Wish::Take(id) => (asked::TAKE, id.to_string()),
        Wish::Close(id) => (asked::CLOSE, id.to_string()),
        Wish::Reopen(id) => (asked::REOPEN, id.to_string()),
        Wish::Approve(id, version) => (asked::APPROVE, format!("{id}:{version}")),
        Wish::Reject(id, version) => (asked::REJECT, format!("{id}:{version}")),
        Wish::Command(text) => ("command", text.clone()),
    };
    let mut button = json!({ "type": "button", "action_id": name, "value": value,
        "text": { "type": "plain_text", "text": it.label } });
    match it.weight {
        Weight::Plain => {}
        Weight::Likely => button["style"] = json!("primary"),
        Weight::Grave => button["style"] = json!("danger"),
    }
    button
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_lines_and_never_above_what_a_section_takes() {
        let text = format!("{}\n{}\n\nshort", "&".repeat(PIECE + 5), "é".repeat(300));
        let pieces = pieces(&text);
        assert_eq!(pieces.concat(), text);
        for piece in &pieces {
            assert!(words(piece, Words::Theirs).chars().count() <= SECTION);
        }
        assert!(pieces[1].ends_with("short"), "{pieces:?}");
    }

    proptest::proptest! {
        #[test]
        fn no_section_is_empty_or_too_long(text in "[a&<>é \n]{0,4000}") {
            for piece in pieces(&text) {
                let section = words(&piece, Words::Ours);
                proptest::prop_assert!(!section.trim().is_empty());
                proptest::prop_assert!(section.chars().count() <= SECTION);
            }
        }
    }
}
