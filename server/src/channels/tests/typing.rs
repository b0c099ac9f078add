//! Part 6.2 of the wire contract: who hears of typing.

use super::desk::{ACCOUNT, CONVERSATION, CUSTOMER, Client, Desk};
use frontdesk_domain::actor::View;
use frontdesk_protocol::id::UserId;
use serde_json::{Value, json};

const NOTHING: [Value; 0] = [];

fn topic() -> String {
    format!("conversation:{CONVERSATION}")
}

fn notification() -> String {
    format!("notification:{ACCOUNT}")
}

async fn join(client: &mut Client, topic: &str, params: Value) {
    client
        .say(&json!(["1", "1", topic, "phx_join", params]))
        .await;
}

/// A customer on the thread, an agent who sees it and one who does not; all have heard of each
/// other already.
async fn scene() -> (Desk, Client, Client, Client) {
    let desk = Desk::open();
    let mut customer = desk.visitor();
    let mut sees = desk.agent(1, View::OwnAndUnassigned { user_id: UserId(1) });
    let mut does_not = desk.agent(2, View::OwnAndUnassigned { user_id: UserId(2) });
    join(&mut customer, &topic(), json!({"customer_id": CUSTOMER})).await;
    join(&mut sees, &notification(), json!({})).await;
    join(&mut does_not, &notification(), json!({})).await;
    for client in [&customer, &sees, &does_not] {
        client.hear();
    }
    (desk, customer, sees, does_not)
}

#[tokio::test]
async fn a_customers_typing_reaches_the_agents_who_see_the_thread() {
    let (_desk, mut customer, sees, does_not) = scene().await;
    let typing = |typing: bool| json!(["1", "2", topic(), "typing", {"typing": typing}]);
    assert_eq!(customer.ask(typing(true)).await, NOTHING);
    let expected = json!({"typing": true, "type": "customer", "customer_id": CUSTOMER,
        "conversation_id": CONVERSATION});
    assert_eq!(
        sees.hear(),
        [json!([null, null, notification(), "typing", expected])]
    );
    assert_eq!(customer.ask(typing(false)).await, NOTHING);
    assert_eq!(sees.hear()[0][4]["typing"], false);
    assert_eq!(does_not.hear(), NOTHING);
    let heard = customer
        .ask(json!(["1", "2", topic(), "typing", {"typing": "x"}]))
        .await;
    assert_eq!(heard[0][4]["response"]["reason"], "invalid payload");
}

#[tokio::test]
async fn what_was_typed_and_sent_is_typed_no_more() {
    let (_desk, mut customer, sees, _does_not) = scene().await;
    customer
        .say(&json!(["1", "2", topic(), "typing", {"typing": true}]))
        .await;
    customer
        .say(&json!(["1", "3", topic(), "shout", {"body": "refuse me"}]))
        .await;
    assert_eq!(sees.hear_events(), ["typing"]);
    customer
        .say(&json!(["1", "4", topic(), "shout", {"body": "hi"}]))
        .await;
    assert_eq!(sees.hear()[0][4]["typing"], false);
}

#[tokio::test]
async fn an_agent_may_type_without_joining_the_thread() {
    let (_desk, customer, mut sees, mut does_not) = scene().await;
    let typing = json!(["1", "2", notification(), "typing",
        {"typing": true, "conversation_id": CONVERSATION}]);
    let refused = does_not.ask(typing.clone()).await;
    assert_eq!(
        refused[0][4],
        json!({"status": "error", "response": {"reason": "unauthorized"}})
    );
    assert_eq!(customer.hear(), NOTHING);
    assert_eq!(sees.ask(typing).await, NOTHING);
    let expected = json!({"typing": true, "type": "agent", "user_id": 1,
        "conversation_id": CONVERSATION});
    assert_eq!(
        customer.hear(),
        [json!([null, null, topic(), "typing", expected])]
    );
    drop(sees);
    assert_eq!(customer.hear()[0][4]["typing"], false);
}
