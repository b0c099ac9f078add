//! Customers, as agents see them: lists, one with what hangs on it, labels, and who may not see
//! what.

use crate::office::{colleague, customer, keys};
use frontdesk_domain::{Role, Visibility};
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};

/// The names on a page, in order.
fn names(page: &Value) -> Vec<&str> {
    let rows = page["data"].as_array().unwrap();
    rows.iter().map(|it| it["name"].as_str().unwrap()).collect()
}

async fn found(desk: &Desk, query: &str) -> Vec<String> {
    let page = desk.get(&format!("/api/customers?{query}")).await.is(200);
    names(&page).into_iter().map(str::to_owned).collect()
}

/// Something of the desk, by its id.
async fn made(desk: &Desk, path: &str, body: Value) -> String {
    desk.post(path, body).await.data(201)["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

const CUSTOMER: &[&str] = &[
    "account_id",
    "blocked_at",
    "browser",
    "company_id",
    "created_at",
    "current_url",
    "email",
    "external_id",
    "first_seen",
    "host",
    "id",
    "ip",
    "last_seen_at",
    "metadata",
    "name",
    "object",
    "os",
    "pathname",
    "phone",
    "profile_photo_url",
    "time_zone",
    "title",
    "updated_at",
    "verified",
];

#[tokio::test]
async fn customers_are_listed_by_pages_and_filters() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for name in ["Ada", "Grace", "Joan"] {
            customer(&server, &desk, name).await;
        }
        let (grace, conversation) = desk.visitor("Hedy", "Hello").await;
        let newer = desk.writes_first(&grace, "Again").await;
        assert_ne!(conversation, newer);

        let page = desk.get("/api/customers?page_size=3").await.is(200);
        assert_eq!(
            [
                &page["page_number"],
                &page["page_size"],
                &page["total_pages"],
                &page["total_entries"]
            ],
            [&json!(1), &json!(3), &json!(2), &json!(4)]
        );
        let hedy = &page["data"][0];
        assert_eq!(hedy["conversations"][0]["id"], newer);
        assert_eq!(hedy["conversations"].as_array().unwrap().len(), 1);
        assert_eq!(page["data"][1]["conversations"], json!([]));
        let mut expected = CUSTOMER.to_vec();
        expected.push("conversations");
        expected.sort_unstable();
        assert_eq!(keys(hedy), expected);
        assert_eq!(found(&desk, "page=2&limit=3").await, ["Ada"]);

        assert_eq!(found(&desk, "q=gra").await, ["Grace"]);
        assert_eq!(found(&desk, "email=ada@mail.test").await, ["Ada"]);
        assert_eq!(
            found(&desk, "name=Joan&include_anonymous=false").await,
            ["Joan"]
        );
        let tag = made(&desk, "/api/tags", json!({ "tag": { "name": "Red" } })).await;
        let put_on = format!("/api/customers/{grace}/tags");
        desk.post(&put_on, json!({ "tag_id": tag })).await.is(200);
        assert_eq!(found(&desk, &format!("tag_id={tag}")).await, ["Hedy"]);
        assert_eq!(found(&desk, &format!("tag_ids[]={tag}")).await, ["Hedy"]);
        desk.get("/api/customers?company_id=7").await.is(422);
        desk.get("/api/v1/customers").await.is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_table_for_spreadsheets_holds_no_formulas() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        customer(&server, &desk, "=cmd|'/c calc'!A0").await;
        let response = desk
            .http
            .get(format!("{}/api/customers?format=csv", desk.url))
            .header("authorization", &desk.token)
            .send()
            .await
            .unwrap();
        assert_eq!(
            response.headers()["content-type"],
            "text/csv; charset=utf-8"
        );
        let table = response.text().await.unwrap();
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert!(lines[0].starts_with("id,name,email,created_at"));
        assert!(lines[1].contains(",'=cmd|'/c calc'!A0,"), "{table}");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_customer_is_shown_with_what_is_asked_for() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (id, conversation) = desk.visitor("Grace", "Hello").await;
        desk.reply(&conversation, "Hi").await;
        let one = format!("/api/customers/{id}");
        let shown = desk.get(&one).await.data(200);
        assert_eq!(
            (&shown["company"], &shown["tags"]),
            (&Value::Null, &json!([]))
        );
        assert_eq!(shown.get("conversations"), None);

        let company = made(
            &desk,
            "/api/companies",
            json!({ "company": { "name": "Navy" } }),
        )
        .await;
        let change = json!({ "customer": {
            "company_id": company, "external_id": 7, "metadata": { "plan": "gold" }, "phone": null,
        } });
        let changed = desk.put(&one, change).await.data(200);
        assert_eq!(changed["company"]["name"], "Navy");
        assert_eq!(changed["external_id"], "7");
        let issue = made(&desk, "/api/issues", json!({ "issue": { "title": "Bug" } })).await;
        desk.post(&format!("{one}/issues"), json!({ "issue_id": issue }))
            .await
            .is(200);
        made(
            &desk,
            "/api/notes",
            json!({ "note": { "body": "Tea", "customer_id": id } }),
        )
        .await;

        let query = "expand[]=messages&expand[]=conversations&expand[]=notes&expand[]=issues";
        let full = desk.get(&format!("{one}?{query}")).await.data(200);
        let mut expected = CUSTOMER.to_vec();
        expected.extend(["messages", "conversations", "notes", "issues"]);
        expected.sort_unstable();
        assert_eq!(keys(&full), expected);
        assert_eq!(full["messages"][0]["body"], "Hello");
        assert_eq!(full["messages"].as_array().unwrap().len(), 1);
        assert_eq!(full["conversations"][0]["id"], conversation);
        assert_eq!(full["notes"][0]["body"], "Tea");
        assert_eq!(full["issues"][0]["title"], "Bug");
        assert_eq!(found(&desk, &format!("issue_id={issue}")).await, ["Grace"]);
        assert_eq!(
            found(&desk, &format!("company_id={company}")).await,
            ["Grace"]
        );
        assert_eq!(found(&desk, "q=plan:gold").await, ["Grace"]);
        desk.delete(&format!("{one}/issues/{issue}")).await.is(200);
        assert_eq!(
            found(&desk, &format!("issue_id={issue}")).await,
            Vec::<String>::new()
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn changes_are_checked_and_told_of() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = customer(&server, &desk, "Grace").await;
        let one = format!("/api/customers/{id}");
        for (field, value, problem) in [
            (
                "name",
                json!("x".repeat(256)),
                "should be at most 255 character(s)",
            ),
            ("email", json!(["a"]), "is invalid"),
            ("metadata", json!("text"), "is invalid"),
            ("company_id", json!(id), "does not exist"),
        ] {
            let answer = desk
                .put(&one, json!({ "customer": { field: value } }))
                .await
                .is(422);
            assert_eq!(answer["error"]["errors"][field][0], problem);
        }
        desk.put(&one, json!({})).await.is(400);
        let before = desk.events().await.len();
        desk.put(&one, json!({ "customer": { "name": "Hopper" } }))
            .await
            .is(200);
        let events = desk.events().await;
        let told = &events[before];
        assert_eq!(
            (&told["kind"], &told["customer"]["name"]),
            (&json!("customer.updated"), &json!("Hopper"))
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn an_attached_issue_is_pushed_to_who_looks_at_the_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = customer(&server, &desk, "Grace").await;
        let issue = made(&desk, "/api/issues", json!({ "issue": { "title": "Bug" } })).await;
        let topic = format!("issue:lobby:{id}");
        let mut socket = desk.socket().await;
        assert_eq!(socket.join(&topic, json!({})).await["status"], "ok");
        let attach = format!("/api/customers/{id}/issues");
        desk.post(&attach, json!({ "issue_id": issue }))
            .await
            .is(200);
        let told = socket.event(&topic, "issue:created").await;
        assert_eq!(
            (&told["id"], &told["object"]),
            (&json!(issue), &json!("issue"))
        );
        drop(socket);
        server.stop().await;
    }
}

#[tokio::test]
async fn another_company_neither_sees_nor_labels_a_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (ours, theirs) = (server.company("Acme").await, server.company("Other").await);
        let id = customer(&server, &ours, "Grace").await;
        let one = format!("/api/customers/{id}");
        theirs.get(&one).await.is(404);
        theirs
            .put(&one, json!({ "customer": { "name": "Mine" } }))
            .await
            .is(404);
        theirs.delete(&one).await.is(404);
        assert_eq!(found(&theirs, "").await, Vec::<String>::new());

        let own = format!("/api/customers/{}", customer(&server, &theirs, "Ada").await);
        let company = made(
            &ours,
            "/api/companies",
            json!({ "company": { "name": "Navy" } }),
        )
        .await;
        let tag = made(&ours, "/api/tags", json!({ "tag": { "name": "Red" } })).await;
        let issue = made(&ours, "/api/issues", json!({ "issue": { "title": "Bug" } })).await;
        let named = json!({ "customer": { "company_id": company } });
        let answer = theirs.put(&own, named).await.is(422);
        assert_eq!(answer["error"]["errors"]["company_id"][0], "does not exist");
        for (path, field, named) in [("tags", "tag_id", &tag), ("issues", "issue_id", &issue)] {
            let answer = theirs
                .post(&format!("{own}/{path}"), json!({ field: named }))
                .await;
            assert_eq!(
                answer.is(422)["error"]["errors"][field][0],
                "does not exist"
            );
            theirs
                .post(&format!("{one}/{path}"), json!({ field: named }))
                .await
                .is(404);
            theirs
                .delete(&format!("{own}/{path}/{named}"))
                .await
                .is(404);
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn a_restricted_view_holds_for_what_hangs_on_a_customer() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (id, hidden) = desk.visitor("Grace", "Secret").await;
        // The reply makes it the admin's.
        desk.reply(&hidden, "Mine").await;
        let open = desk.writes_first(&id, "Anybody?").await;
        desk.reply(&hidden, "Later than the other one").await;
        let narrow = colleague(&server, &desk, Role::Member, Visibility::OwnAndUnassigned).await;

        let page = narrow.get("/api/customers").await.is(200);
        assert_eq!(page["data"][0]["conversations"][0]["id"], open);
        let one = format!("/api/customers/{id}");
        let query = "expand[]=messages&expand[]=conversations";
        let shown = narrow.get(&format!("{one}?{query}")).await.data(200);
        assert_eq!(shown["conversations"].as_array().unwrap().len(), 1);
        assert_eq!(shown["messages"].as_array().unwrap().len(), 1);
        assert_eq!(shown["messages"][0]["body"], "Anybody?");
        narrow.delete(&one).await.is(401);
        desk.delete(&one).await.is(204);
        desk.get(&format!("/api/conversations/{open}"))
            .await
            .is(404);
        let kinds: Vec<_> = desk
            .events()
            .await
            .iter()
            .map(|it| it["kind"].clone())
            .collect();
        assert!(kinds.ends_with(&[
            json!("conversation.deleted"),
            json!("conversation.deleted"),
            json!("customer.deleted"),
        ]));
        server.stop().await;
    }
}

#[tokio::test]
async fn viewers_only_look_at_customers() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = customer(&server, &desk, "Grace").await;
        let viewer = colleague(&server, &desk, Role::Viewer, Visibility::All).await;
        let one = format!("/api/customers/{id}");
        viewer.get(&one).await.is(200);
        viewer
            .put(&one, json!({ "customer": { "name": "V" } }))
            .await
            .is(401);
        viewer.delete(&one).await.is(401);
        viewer
            .post(&format!("{one}/tags"), json!({ "tag_id": id }))
            .await
            .is(401);
        server.stop().await;
    }
}

/// The subjects or numbers of a list of conversations, by status.
async fn of_status(desk: &Desk, status: &str) -> Vec<String> {
    let path = format!("/api/conversations?status={status}");
    let rows = desk.get(&path).await.data(200);
    let ids = rows.as_array().unwrap().iter();
    ids.map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_a_blocked_customer_writes_is_kept_among_the_spam() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let (mallory, first) = desk.visitor("Mallory", "Buy watches").await;
        let path = format!("/api/conversations/{first}");
        let spam = json!({ "conversation": { "status": "spam" } });
        desk.put(&path, spam).await.is(200);
        assert_eq!(of_status(&desk, "open").await, [] as [String; 0]);
        assert_eq!(of_status(&desk, "spam").await, std::slice::from_ref(&first));

        let customer = format!("/api/customers/{mallory}");
        let block = |blocked: bool| json!({ "customer": { "blocked": blocked } });
        let blocked = desk.put(&customer, block(true)).await.data(200);
        assert!(blocked["blocked_at"].is_string());
        let again = desk.put(&customer, block(true)).await.data(200);
        assert_eq!(again["blocked_at"], blocked["blocked_at"]);
        let second = desk.writes_first(&mallory, "Cheap watches").await;
        let listed = of_status(&desk, "spam").await;
        assert_eq!(listed.len(), 2);
        assert!(listed.contains(&second) && listed.contains(&first));
        assert_eq!(of_status(&desk, "open").await, [] as [String; 0]);
        let unread = desk.get("/api/conversations/unread").await.data(200);
        assert_eq!(unread["conversations"]["open"], 0);

        let welcome = desk.put(&customer, block(false)).await.data(200);
        assert!(welcome["blocked_at"].is_null());
        let open = json!({ "conversation": { "status": "open" } });
        desk.put(&path, open).await.is(200);
        let third = desk.writes_first(&mallory, "I am a person").await;
        let open = of_status(&desk, "open").await;
        assert!(open.contains(&third) && open.contains(&first) && !open.contains(&second));
        server.stop().await;
    }
}
