//! Who a visitor is: claimed, signed by the site, or refused.

use crate::visitors::{create, describe};
use frontdesk_connectors::verify::sign_identity;
use frontdesk_db::queries::inboxes;
use frontdesk_domain::{AccountId, InboxId};
use frontdesk_server::use_cases::inboxes::secret_home;
use frontdesk_server::vault::Secret;
use frontdesk_testkit::{Answer, Desk, TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

const SECRET: &[u8] = b"a secret of the site";

/// Gives the desk's inbox its secret, and perhaps the duty to use it.
async fn sign_with_secret(server: &TestServer, desk: &Desk, required: Duty) {
    let account: AccountId = desk.account_id.parse().unwrap();
    let inbox: InboxId = desk.inbox_id.parse().unwrap();
    let home = secret_home(account, inbox);
    let sealed = server.running().vault().seal(&home, &Secret::new(SECRET));
    let written: Result<(), frontdesk_db::DbError> = server
        .running()
        .db()
        .write(account, move |unit| {
            inboxes::set_identity_secret(unit, account, inbox, Some(&sealed))?;
            let mut it = inboxes::by_id(unit.conn(), account, inbox)?.unwrap();
            it.identity_required = required == Duty::Required;
            inboxes::update(unit, &it)
        })
        .await;
    written.unwrap();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Duty {
    Required,
    Optional,
}

fn signed(claim: &str) -> String {
    sign_identity(SECRET, claim)
}

async fn try_create(desk: &Desk, mut fields: Value) -> Answer {
    fields["account_id"] = json!(desk.account_id);
    let body = json!({ "customer": fields });
    desk.anonymous(Method::POST, "/api/customers", Some(body))
        .await
}

async fn identify(desk: &Desk, query: &str) -> Answer {
    let path = format!(
        "/api/customers/identify?account_id={}&{query}",
        desk.account_id
    );
    desk.anonymous(Method::GET, &path, None).await
}

#[tokio::test]
async fn a_signature_finds_the_same_customer_on_every_device() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        sign_with_secret(&server, &desk, Duty::Optional).await;
        let planted = create(&desk, json!({ "external_id": "u1" })).await;
        let fields =
            json!({ "external_id": "u1", "email": "u1@x.test", "identity_hash": signed("u1") });
        let first = create(&desk, fields).await;
        assert_eq!(first["verified"], true);
        assert_ne!(first["id"], planted["id"]);
        let second = json!({ "external_id": "u1", "signature": signed("u1"), "name": "Una" });
        let second = create(&desk, second).await;
        assert_eq!(
            (&second["id"], &second["name"]),
            (&first["id"], &json!("Una"))
        );

        // Without a signature only what was never proven is found, and the other way round.
        let found = identify(&desk, "external_id=u1").await.data(200);
        assert_eq!(found["customer_id"], planted["id"]);
        let query = format!("external_id=u1&identity_hash={}", signed("u1"));
        assert_eq!(
            identify(&desk, &query).await.data(200)["customer_id"],
            first["id"]
        );
        let none = identify(&desk, "external_id=u1&email=other@x.test")
            .await
            .data(200);
        assert_eq!(none["customer_id"], Value::Null);
        let body = json!({ "account_id": desk.account_id, "external_id": "u1", "identity_hash": signed("u1") });
        let posted = desk
            .anonymous(Method::POST, "/api/customers/identify", Some(body))
            .await;
        assert_eq!(posted.data(200)["customer_id"], first["id"]);

        // Whose address is part of what another signature covered is not found by that address.
        let by_email = json!({ "email": "u1@x.test", "identity_hash": signed("u1@x.test") });
        assert_ne!(create(&desk, by_email.clone()).await["id"], first["id"]);
        let again = create(&desk, by_email.clone()).await;
        assert_eq!(create(&desk, by_email).await["id"], again["id"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_wrong_signature_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let fields = json!({ "external_id": "u1", "identity_hash": signed("u1") });
        // No secret: nothing can be right.
        try_create(&desk, fields.clone()).await.is(403);
        sign_with_secret(&server, &desk, Duty::Optional).await;
        try_create(&desk, fields).await.is(201);
        for wrong in [
            json!({ "external_id": "u2", "identity_hash": signed("u1") }),
            json!({ "external_id": "u1", "email": "u1@x.test", "identity_hash": signed("u1@x.test") }),
            json!({ "identity_hash": signed("") }),
        ] {
            let refused = try_create(&desk, wrong).await.is(403);
            assert_eq!(refused["error"]["status"], 403);
        }
        identify(&desk, "external_id=u1&identity_hash=00")
            .await
            .is(403);
        let unsigned = json!({ "external_id": "u1", "identity_hash": "" });
        assert_eq!(create(&desk, unsigned).await["verified"], false);
        server.stop().await;
    }
}

#[tokio::test]
async fn the_proven_are_renamed_with_a_signature_only() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        sign_with_secret(&server, &desk, Duty::Optional).await;
        let fields =
            json!({ "external_id": "u1", "email": "u1@x.test", "identity_hash": signed("u1") });
        let proven = create(&desk, fields).await;
        let id = &proven["id"];
        describe(&desk, id, json!({ "email": "evil@x.test" }))
            .await
            .is(403);
        describe(&desk, id, json!({ "external_id": "u9" }))
            .await
            .is(403);
        let same = json!({ "email": "u1@x.test", "external_id": "u1", "browser": "Lynx" });
        assert_eq!(describe(&desk, id, same).await.data(200)["browser"], "Lynx");
        let kept = describe(&desk, id, json!({ "email": null, "external_id": null }))
            .await
            .data(200);
        assert_eq!(
            (&kept["email"], &kept["external_id"]),
            (&json!("u1@x.test"), &json!("u1"))
        );
        let moved =
            json!({ "external_id": "u1", "email": "new@x.test", "identity_hash": signed("u1") });
        assert_eq!(
            describe(&desk, id, moved).await.data(200)["email"],
            "new@x.test"
        );

        // Somebody else signs in on the same device: the page learns who it is now.
        let other = json!({ "external_id": "u2", "identity_hash": signed("u2") });
        let other = describe(&desk, id, other).await.data(200);
        assert_ne!(&other["id"], id);
        assert_eq!(other["external_id"], "u2");
        let anonymous = create(&desk, json!({})).await;
        let claim = json!({ "external_id": "u3", "identity_hash": signed("u3") });
        let promoted = describe(&desk, &anonymous["id"], claim).await.data(200);
        assert_eq!(
            (&promoted["id"], &promoted["verified"]),
            (&anonymous["id"], &json!(true))
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn an_inbox_can_demand_signatures() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let claimed = create(&desk, json!({ "email": "ceo@x.test" })).await;
        sign_with_secret(&server, &desk, Duty::Required).await;
        try_create(&desk, json!({ "email": "ceo@x.test" }))
            .await
            .is(403);
        try_create(&desk, json!({ "external_id": "u1" }))
            .await
            .is(403);
        identify(&desk, "external_id=u1").await.is(403);
        let nobody = create(&desk, json!({ "name": "Somebody" })).await;
        describe(&desk, &nobody["id"], json!({ "email": "ceo@x.test" }))
            .await
            .is(403);
        let start = |id: &Value| json!({ "conversation": { "account_id": desk.account_id, "customer_id": id } });
        let path = "/api/conversations";
        desk.anonymous(Method::POST, path, Some(start(&claimed["id"])))
            .await
            .is(403);
        desk.anonymous(Method::POST, path, Some(start(&nobody["id"])))
            .await
            .is(201);
        let mine = json!({ "customer": { "email": "phoned@x.test" } });
        assert_eq!(
            desk.post("/api/customers", mine).await.data(201)["email"],
            "phoned@x.test"
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn a_question_without_its_keys_is_refused() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for query in [
            "email=a@b.c",
            "external_id=undefined",
            "external_id=null",
            "external_id=",
        ] {
            let refused = identify(&desk, query).await.is(422);
            assert!(refused["error"]["received"].is_array(), "{refused}");
        }
        let path =
            "/api/customers/identify?external_id=1&account_id=7d5ba9bb-f86b-4d0b-8b2a-f3b7b0f0c1de";
        desk.anonymous(Method::GET, path, None).await.is(404);
        let number = create(&desk, json!({ "external_id": 7 })).await;
        let found = identify(&desk, "external_id=7&email=&host=")
            .await
            .data(200);
        assert_eq!(found["customer_id"], number["id"]);
        server.stop().await;
    }
}
