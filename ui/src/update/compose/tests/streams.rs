//! Whatever somebody does while texts are being written, none of them is lost.

use super::{later, text, type_text};
use crate::effect::Effect;
use crate::model::composer::Composer;
use crate::model::{Model, Pane};
use crate::msg::{Msg, WrittenKind};
use crate::testing::{desk, id, press};
use crate::update::update;
use frontdesk_protocol::id::ConversationId;
use proptest::prelude::*;
use std::collections::HashMap;

/// Something somebody does while texts are being written.
#[derive(Debug, Clone)]
enum Step {
    Press(&'static str),
    Type(char),
    Paste(String),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = prop::sample::select(vec![
        "esc", "r", "c", "j", "k", "enter", "tab", "left", "right", "up", "down", "ctrl-x n", "J",
        "K", "] ", "[ ", "g d", "ctrl-x e", "z a", "g g", "G", "alt-f", "home", "end", "P", "x",
    ]);
    prop_oneof![
        4 => keys.prop_map(Step::Press),
        3 => prop::sample::select(vec!['a', 'é', '日', ' ']).prop_map(Step::Type),
        1 => "[a-z\n]{1,8}".prop_map(Step::Paste),
        1 => (0_i64..900).prop_map(Step::Wait),
    ]
}

type Texts = HashMap<(ConversationId, WrittenKind), String>;

/// What would be there after a crash: what was written to disk.
fn record(disk: &mut Texts, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::SaveText(typed) => {
                disk.insert((typed.conversation_id, typed.kind), typed.text.clone());
            }
            Effect::ForgetText {
                conversation_id,
                kind,
            } => {
                disk.remove(&(*conversation_id, *kind));
            }
            _ => {}
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn in_memory(model: &Model) -> usize {
    let ids = (1..=13).map(id);
    let aside: usize = ids
        .flat_map(|id| {
            [WrittenKind::Reply, WrittenKind::Note].map(|kind| model.aside.get(id, kind))
        })
        .flatten()
        .map(|it| letters(&it.text()))
        .sum();
    aside + letters(&text(model))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_text_is_lost(steps in prop::collection::vec(step(), 0..60)) {
        let mut model = desk(80, 24);
        let mut disk = Texts::new();
        let mut typed = 0;
        for step in steps {
            let is_writing = model.composer.as_ref().is_some_and(Composer::has_focus);
            let effects = match step {
                Step::Press(keys) => {
                    if is_writing && !keys.starts_with("ctrl") && keys.trim().len() == 1 {
                        typed += 1;
                    } else if is_writing && ["g g", "g d", "z a"].contains(&keys) {
                        typed += 2;
                    }
                    let before = in_memory(&model);
                    let effects = press(&mut model, keys);
                    if is_writing && keys == "tab" {
                        // A sentence of the draft may have come in.
                        typed += in_memory(&model).saturating_sub(before);
                    }
                    effects
                }
                Step::Type(c) => {
                    if is_writing && c != ' ' {
                        typed += 1;
                    }
                    if is_writing { type_text(&mut model, &c.to_string()) } else { Vec::new() }
                }
                Step::Paste(text) => {
                    if is_writing {
                        typed += letters(&text);
                    }
                    let now = model.now;
                    update(&mut model, now, Msg::Paste(text))
                }
                Step::Wait(millis) => later(&mut model, millis),
            };
            record(&mut disk, &effects);
            prop_assert_eq!(in_memory(&model), typed);
        }
        for _ in 0..8 {
            let effects = press(&mut model, "esc");
            record(&mut disk, &effects);
        }
        prop_assert_eq!((model.open, model.pane), (None, Pane::List), "Esc leads home");
        let on_disk: usize = disk.values().map(|text| letters(text)).sum();
        prop_assert_eq!(on_disk, typed, "what was left is on disk");
    }
}
