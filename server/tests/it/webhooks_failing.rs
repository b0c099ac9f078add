//! Receivers that fail: what is tried again, what is left alone, and what is switched off.

use crate::jobs::put_off;
use crate::office::account;
use crate::webhooks::{log, subscribed};
use frontdesk_db::queries::event_subscriptions;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::SubscriptionId;
use frontdesk_testkit::{Answered, Desk, Receiver, TestServer, engines, eventually};
use serde_json::{Value, json};

/// The first line of the log, once it is in this state.
async fn settled(desk: &Desk, id: &str, state: &str) -> Value {
    eventually(async || {
        let lines = log(desk, id).await;
        lines.first().filter(|line| line["state"] == state).cloned()
    })
    .await
}

#[tokio::test]
async fn a_call_that_failed_is_made_again_under_its_id_and_may_be_replayed() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, receiver) = (server.company("Acme").await, Receiver::start().await);
        let made = subscribed(&desk, &receiver, "").await;
        let id = made["id"].as_str().unwrap();
        receiver.answer([Answered::Status(500), Answered::Wait(600)]);
        desk.visitor("Grace", "Hello").await;
        receiver.has_got(1).await;
        put_off(&desk, 1).await;
        let line = log(&desk, id).await[0].clone();
        assert_eq!(
            (&line["status"], &line["error"]),
            (&json!(500), &json!("it answered 500"))
        );
        server.clock.advance_seconds(20);
        receiver.has_got(2).await;
        put_off(&desk, 2).await;
        assert_eq!(log(&desk, id).await[0]["status"], 429);
        server.clock.advance_seconds(600);
        let got = receiver.has_got(4).await;
        let ids: Vec<&str> = got.iter().map(|it| it.header("webhook-id")).collect();
        assert!(
            ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3],
            "{ids:?}"
        );
        let line = settled(&desk, id, "delivered").await;
        assert_eq!(
            (&line["attempts"], &line["status"]),
            (&json!(3), &json!(200))
        );

        let path = format!("/api/v1/webhook_deliveries/{}/replay", ids[0]);
        desk.post(&path, json!({})).await.data(200);
        let again = receiver.has_got(5).await;
        assert_eq!(again[4].header("webhook-id"), ids[0]);
        assert_eq!(again[4].json(), again[0].json());
        server.stop().await;
    }
}

#[tokio::test]
async fn a_dead_receiver_holds_up_nobody_else() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (acme, globex) = (server.company("Acme").await, server.company("Globex").await);
        let (dead, slow, alive) = (
            Receiver::start().await,
            Receiver::start().await,
            Receiver::start().await,
        );
        dead.answer([Answered::Status(503); 50]);
        slow.answer([Answered::Silence; 50]);
        subscribed(&acme, &dead, "").await;
        subscribed(&acme, &slow, "").await;
        subscribed(&acme, &alive, "").await;
        let other = Receiver::start().await;
        subscribed(&globex, &other, "").await;
        for n in 0..20 {
            acme.visitor("Grace", &format!("Hello {n}")).await;
        }
        globex.visitor("Ada", "Hello").await;
        // Silence lasts until the call is given up, which is long after these have come.
        assert_eq!(alive.has_got(40).await.len(), 40);
        assert_eq!(other.has_got(2).await.len(), 2);
        let texts: Vec<Value> = alive
            .got()
            .iter()
            .filter(|it| it.json()["event"] == "message:created")
            .map(|it| it.json()["payload"]["body"].clone())
            .collect();
        let wanted: Vec<Value> = (0..20).map(|n| json!(format!("Hello {n}"))).collect();
        assert_eq!(texts, wanted, "in their order");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_webhook_that_only_fails_for_a_day_is_switched_off_and_the_admins_are_told() {
    for engine in engines() {
        let server = TestServer::start_calling(engine).await;
        let (desk, receiver) = (server.company("Acme").await, Receiver::start().await);
        let made = subscribed(&desk, &receiver, "").await;
        let id = made["id"].as_str().unwrap().to_owned();
        let (account_id, subscription): (_, SubscriptionId) = (account(&desk), id.parse().unwrap());
        let db = server.running().db();
        let since = db.now();
        db.write(account_id, move |unit| {
            let found = event_subscriptions::by_id(unit.conn(), account_id, subscription)?;
            let mut held = found.unwrap();
            (held.failures, held.failing_since) = (19, Some(since));
            event_subscriptions::set_streak(unit, &held)
        })
        .await
        .map_err(|error: DbError| error)
        .unwrap();
        server.clock.advance_seconds(24 * 3600);
        receiver.answer([Answered::Status(500)]);
        let mut fresh = desk.clone();
        fresh.sign_in().await;
        fresh.visitor("Grace", "Hello").await;
        let path = format!("/api/event_subscriptions/{id}");
        let off = eventually(async || {
            let shown = fresh.get(&path).await.data(200);
            shown["disabled_at"].is_string().then_some(shown)
        })
        .await;
        assert_eq!(off["failures"], 20);
        assert!(
            off["disabled_reason"]
                .as_str()
                .unwrap()
                .contains("20 calls")
        );
        let entries = db
            .read(move |conn| queries::audit::page(conn, account_id, None, 10))
            .await
            .unwrap();
        assert_eq!(entries[0].entry.action, "event_subscription.switched_off");
        let told = fresh.events().await;
        let last = told.last().unwrap();
        assert_eq!(
            (&last["entity"], &last["entity_id"]),
            (&json!("event_subscription"), &json!(id))
        );
        assert!(
            log(&fresh, &id)
                .await
                .iter()
                .all(|line| line["state"] == "failed")
        );

        // Saving it again has the address prove itself, and all is well.
        let again = json!({ "event_subscription": {} });
        let on = fresh.put(&path, again).await.data(200);
        assert_eq!(
            (&on["disabled_at"], &on["failures"]),
            (&Value::Null, &json!(0))
        );
        fresh.visitor("Ada", "Hello").await;
        receiver.has_got(3).await;
        server.stop().await;
    }
}
