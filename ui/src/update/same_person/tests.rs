use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, id, now, press, screen, typed};
use crate::update::update;
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::Related;
use frontdesk_protocol::id::CustomerId;
use serde_json::json;
use uuid::Uuid;

const OTHER: CustomerId = CustomerId(Uuid::from_u128(2_000));

fn related(verified: bool) -> Msg {
    let customer = json!({
        "object": "customer", "id": OTHER, "name": "P. Raman", "email": "priya.r@example.org",
        "created_at": "2023-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        "title": "P. Raman", "account_id": Uuid::from_u128(1), "first_seen": "2023-11-20",
        "last_seen_at": "2025-11-24T14:31:00Z", "verified": verified,
    });
    let related: Related = serde_json::from_value(json!({
        "object": "related", "links": [],
        "alike": [{ "customer": customer, "reason": "the same address" }],
    }))
    .unwrap();
    Msg::Related(id(1), Box::new(related))
}

fn commands(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    queued.flatten().map(|it| it.command.clone()).collect()
}

fn asked(model: &Model) -> &crate::model::layer::Confirm {
    match model.layers.last() {
        Some(Layer::Confirm(confirm)) => confirm,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_may_be_the_same_person_is_shown_and_merged_only_on_a_yes() {
    let mut model = desk(160, 45);
    update(&mut model, now(), related(false));
    let shown = screen(&model);
    assert!(shown.contains("THE SAME PERSON?") && shown.contains("the same address"));
    press(&mut model, "g & enter");
    assert_eq!(
        asked(&model).question,
        "Are Priya Raman and P. Raman one person?"
    );
    assert!(model.outbox.is_empty());
    let effects = press(&mut model, "y");
    let into = model.list.find(id(1)).unwrap().conversation.customer_id;
    let [
        Command::MergeCustomers {
            from,
            into: stays,
            across_proof: false,
            ..
        },
    ] = commands(&effects)[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!((from, stays), (OTHER, into));
    assert!(!screen(&model).contains("THE SAME PERSON?"));
    let effects = press(&mut model, "u");
    assert!(matches!(
        commands(&effects)[..],
        [Command::PartCustomers(_)]
    ));
}

#[test]
fn a_proven_identity_is_named_before_it_is_merged() {
    let mut model = desk(160, 45);
    update(&mut model, now(), related(true));
    press(&mut model, "g & enter");
    let warnings = asked(&model).warnings.join(" ");
    assert!(warnings.contains("A signature has proven"), "{warnings}");
    let effects = press(&mut model, "y");
    assert!(matches!(
        commands(&effects)[..],
        [Command::MergeCustomers {
            across_proof: true,
            ..
        }]
    ));
}

#[test]
fn anybody_is_found_by_name() {
    let mut model = desk(80, 24);
    press(&mut model, "g &");
    assert!(screen(&model).contains("Nobody seems to be."));
    let effects = typed(&mut model, "dana");
    assert!(matches!(effects.last(), Some(Effect::FindCustomers { text, .. }) if text == "dana"));
    let generation = model.searches;
    let customers = serde_json::from_value(json!([{
        "object": "customer", "id": OTHER, "name": "Dana \u{1b}[2J", "email": "dana@shop.example",
        "created_at": "2023-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        "title": "Dana \u{1b}[2J",
    }]))
    .unwrap();
    update(
        &mut model,
        now(),
        Msg::Customers {
            generation,
            customers,
        },
    );
    press(&mut model, "enter");
    assert!(!asked(&model).question.contains('\u{1b}'));
    let effects = press(&mut model, "n");
    assert!(commands(&effects).is_empty() && model.outbox.is_empty());
}
