//! Knowledge from conversations, and what became of drafts, on the screen.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::{Answer, Assist, Reviewed};
use crate::msg::Msg;
use crate::testing::{desk, id, press, screen, thread};
use crate::update::update;
use frontdesk_protocol::entity::{AiLearning, KnowledgeEntry};
use frontdesk_protocol::id::KnowledgeId;
use frontdesk_protocol::kind::Audience;
use serde_json::json;
use uuid::Uuid;

fn entry() -> KnowledgeEntry {
    serde_json::from_value(json!({
        "id": Uuid::from_u128(90), "source_id": null, "path": null,
        "title": "Does the umbrella survive a storm?", "body": "Yes [name 1], up to eighty km/h.",
        "audience": "public", "state": "proposed", "conversation_id": id(1), "decided_by": null,
        "created_at": "2025-11-24T14:31:52Z", "updated_at": "2025-11-24T14:31:52Z",
    }))
    .unwrap()
}

fn answered(model: &mut Model, answer: Answer) {
    let now = model.now;
    update(model, now, Msg::Answered(Box::new(answer)));
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |toast| &toast.text)
}

const ENTRY: KnowledgeId = KnowledgeId(Uuid::from_u128(90));

#[test]
fn a_conversation_proposes_knowledge() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "d k");
    assert!(effects.contains(&Effect::Assist(Assist::Propose(id(1)))));
    let known = vec!["Umbrellas".to_owned()];
    answered(&mut model, Answer::Proposed(entry(), known));
    assert_eq!(
        said(&model),
        "Proposed: “Does the umbrella survive a storm?”. Drafts rest on it once an admin approves it. \
         It may be known already: “Umbrellas”."
    );
}

#[test]
fn what_was_proposed_is_read_written_otherwise_and_approved_as_it_was_read() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "g K");
    assert!(effects.contains(&Effect::Assist(Assist::Proposals)));
    answered(&mut model, Answer::Proposals(vec![entry()]));
    press(&mut model, "enter enter");
    assert!(
        screen(&model).contains("Yes [name 1], up to eighty km/h."),
        "{}",
        screen(&model)
    );
    press(&mut model, "esc");
    let effects = press(&mut model, "w r i t e enter");
    let text = "Does the umbrella survive a storm?\n\nYes [name 1], up to eighty km/h.";
    assert!(effects.contains(&Effect::EditKnowledge(ENTRY, text.to_owned())));
    let now = model.now;
    let written = "# Umbrellas in storms\n\nThey hold up to eighty km/h.\n";
    update(
        &mut model,
        now,
        Msg::KnowledgeWritten(ENTRY, Some(written.to_owned())),
    );
    let effects = press(&mut model, "c o m p a n y enter");
    let reviewed = Reviewed {
        id: ENTRY,
        title: "Umbrellas in storms".to_owned(),
        body: "They hold up to eighty km/h.".to_owned(),
        audience: Audience::Internal,
    };
    let wanted = Effect::Assist(Assist::ApproveKnowledge(Box::new(reviewed)));
    assert_eq!(effects, [wanted]);
    assert!(model.proposals.is_empty());
}

#[test]
fn what_was_proposed_is_turned_down() {
    let mut model = desk(80, 24);
    press(&mut model, "g K");
    answered(&mut model, Answer::Proposals(vec![entry()]));
    press(&mut model, "enter");
    let effects = press(&mut model, "r e j e c t enter");
    assert_eq!(effects, [Effect::Assist(Assist::RejectKnowledge(ENTRY))]);
    press(&mut model, "g K");
    answered(&mut model, Answer::Proposals(Vec::new()));
    assert!(model.layers.is_empty());
    assert_eq!(said(&model), "No knowledge waits for a decision.");
}

#[test]
fn knowledge_that_a_draft_rests_on_is_opened() {
    let mut model = desk(80, 24);
    let mut it = thread();
    let source =
        json!([{ "n": 1, "kind": "knowledge", "id": Uuid::from_u128(90), "title": "Umbrellas" }]);
    it.draft.as_mut().unwrap().sources = serde_json::from_value(source).unwrap();
    let now = model.now;
    update(&mut model, now, Msg::Thread(Box::new(it.clone())));
    let effects = press(&mut model, "d s enter");
    let source = it.draft.unwrap().named_sources().remove(0);
    assert_eq!(
        effects,
        [Effect::Assist(Assist::Source(Box::new(source.clone())))]
    );
    answered(&mut model, Answer::Source(source, entry()));
    assert!(
        screen(&model).contains("up to eighty km/h."),
        "{}",
        screen(&model)
    );
}

#[test]
fn what_became_of_drafts_is_shown_as_a_table() {
    for (width, height) in [(80, 24), (160, 45)] {
        let mut model = desk(width, height);
        let effects = press(&mut model, "g L");
        assert!(effects.contains(&Effect::Assist(Assist::Learning)));
        let fate = json!({
            "of": "2", "approved": 120, "unchanged": 80, "sent": 0, "rejected": 20, "stale": 12,
            "acceptance": 0.857, "edited": 0.09, "seconds_saved": 11_100,
        });
        let learnt: AiLearning = serde_json::from_value(json!({
            "since": "2025-10-25T00:00:00Z", "total": fate, "by_inbox": [], "by_topic": [],
            "by_agent": [fate], "by_model": [], "reasons": [{ "reason": "wrong facts", "count": 12 }],
        }))
        .unwrap();
        answered(&mut model, Answer::Learnt(learnt));
        let shown = screen(&model);
        for words in ["Since 25 Oct 2025", "Teemu", "86%", "3 h 5 m"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }
}
