//! What drafts rest on beside canned responses: knowledge by hand and from files, and what is told about
//! each inbox. What is for the company only asks before it is quoted.

use crate::ai::{draft_in, runs};
use frontdesk_server::config::{Config, Count, Networks};
use frontdesk_testkit::{Answers, Desk, ModelServer, Shell, TestServer, engines};
use serde_json::{Value, json};

async fn knows(desk: &Desk, title: &str, body: &str, audience: &str) -> Value {
    let it = json!({ "knowledge": { "title": title, "body": body, "audience": audience } });
    desk.post("/api/v1/knowledge", it).await.data(201)
}

async fn asked(desk: &Desk, text: &str) -> String {
    let (_, id) = desk.visitor("Grace Hopper", text).await;
    let path = format!("/api/v1/conversations/{id}/drafts");
    desk.post(&path, json!({})).await.data(201);
    id
}

fn with(model: &ModelServer) -> impl FnOnce(&mut Config) + use<> {
    let url = model.url.clone();
    move |config| {
        config.ai.base_url = url;
        config.ai.retries = Count(0);
    }
}

#[tokio::test]
async fn what_is_known_is_found_by_its_words_and_nobody_else_s_is() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let other = server.company("Other").await;
        knows(
            &desk,
            "Umbrellas – Storms",
            "They hold up to eighty km/h.",
            "public",
        )
        .await;
        let secret = knows(
            &other,
            "Storms",
            "Our umbrellas break in every storm.",
            "public",
        )
        .await;
        let path = format!("/api/v1/knowledge/{}", secret["id"].as_str().unwrap());
        desk.get(&path).await.is(404);
        desk.put(&path, json!({ "knowledge": { "title": "x" } }))
            .await
            .is(404);

        // Another form of the words is found too.
        let id = asked(&desk, "Does an umbrella survive storms?").await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["body"], "They hold up to eighty km/h.");
        assert_eq!(draft["sources"][0]["kind"], "knowledge");
        assert_eq!(draft["sources"][0]["title"], "Umbrellas – Storms");
        let list = desk.get("/api/v1/knowledge").await.is(200);
        assert_eq!(list["data"].as_array().unwrap().len(), 1);

        // What is changed or gone answers nothing any more.
        let mine = list["data"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/knowledge/{mine}");
        let changed = json!({ "knowledge": { "title": "Parasols", "body": "They give shade." } });
        desk.put(&path, changed).await.data(200);
        let id = asked(&desk, "Does an umbrella survive storms?").await;
        draft_in(&desk, &id, "failed").await;
        let id = asked(&desk, "Do parasols give shade?").await;
        assert_eq!(
            draft_in(&desk, &id, "ready").await["body"],
            "They give shade."
        );
        desk.delete(&path).await.is(204);
        let id = asked(&desk, "Do parasols give shade to dogs?").await;
        draft_in(&desk, &id, "failed").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn what_is_for_the_company_only_is_quoted_after_a_yes() {
    for engine in engines() {
        let model =
            ModelServer::start([Answers::Streams("Up to eighty km/h [1].".to_owned())]).await;
        let server = TestServer::start_with(engine, with(&model)).await;
        let desk = server.company("Acme").await;
        knows(
            &desk,
            "Umbrella storm tests",
            "They hold up to eighty km/h.",
            "internal",
        )
        .await;
        let id = asked(&desk, "Does the umbrella survive a storm?").await;
        let draft = draft_in(&desk, &id, "ready").await;
        assert_eq!(draft["sources"][0]["internal"], true);
        let told = model.asked()[0].body.to_string();
        assert!(told.contains(r#"\"internal\":true"#), "{told}");
        let path = format!("/api/v1/drafts/{}/approve", draft["id"].as_str().unwrap());
        let version = draft["version"].clone();
        let refused = desk
            .post(&path, json!({ "version": version }))
            .await
            .is(409);
        assert!(refused.to_string().contains("internal_ok"), "{refused}");
        let yes = json!({ "version": version, "internal_ok": true });
        let sent = desk.post(&path, yes).await.data(200);
        assert_eq!(sent["draft"]["state"], "approved");
        server.stop().await;

        // Without a model it would go out word for word: it is no draft at all.
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        knows(
            &desk,
            "Umbrella storm tests",
            "They hold up to eighty km/h.",
            "internal",
        )
        .await;
        let id = asked(&desk, "Does the umbrella survive a storm?").await;
        draft_in(&desk, &id, "failed").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn an_inbox_is_told_about_in_place_of_the_account() {
    for engine in engines() {
        let model = ModelServer::start([Answers::Streams("Yes [0].".to_owned())]).await;
        let server = TestServer::start_with(engine, with(&model)).await;
        let desk = server.company("Acme").await;
        let account =
            json!({ "business_name": "Acme", "business_description": "Sells umbrellas." });
        desk.put("/api/business_context", account).await.is(200);
        let path = format!("/api/v1/ai/contexts/{}", desk.inbox_id);
        let nothing = desk.get(&path).await.data(200);
        assert_eq!(nothing["instructions"], Value::Null);
        let told = json!({
            "context": {
                "business_name": "Acme Repairs", "faqs": [{ "q": "Open?", "a": "Daily." }],
                "scheduling_link": "https://acme.test/book",
            },
            "instructions": "Say Sie. Sign as Team Acme.",
        });
        let kept = desk.put(&path, told).await.data(200);
        assert_eq!(kept["context"]["business_name"], "Acme Repairs");
        let kept = desk
            .put(&path, json!({ "context": { "scheduling_link": null } }))
            .await
            .data(200);
        assert_eq!(kept["context"]["scheduling_link"], Value::Null);
        assert_eq!(kept["instructions"], "Say Sie. Sign as Team Acme.");
        let other = server.company("Other").await;
        other.get(&path).await.is(404);

        let id = asked(&desk, "Do you repair umbrellas?").await;
        draft_in(&desk, &id, "ready").await;
        let system = model.asked()[0].body["messages"][0]["content"].to_string();
        for words in ["Acme Repairs", "Sells umbrellas.", "Daily.", "Say Sie."] {
            assert!(system.contains(words), "{words}: {system}");
        }
        assert!(!system.contains("acme.test/book"), "{system}");
        runs(&desk, 1).await;
        server.stop().await;
    }
}

/// Serves files below `/help/`, until the test ends.
#[expect(clippy::disallowed_methods, reason = "the runtime of the test ends it")]
async fn pages(files: &'static [(&'static str, &'static str, &'static str)]) -> String {
    use axum::extract::Path;
    use axum::http::{StatusCode, header::CONTENT_TYPE};
    use axum::routing::get;
    let serve = move |Path(path): Path<String>| async move {
        let found = files.iter().find(|(name, _, _)| *name == path);
        match found {
            Some((_, kind, text)) => (StatusCode::OK, [(CONTENT_TYPE, *kind)], *text),
            None => (StatusCode::NOT_FOUND, [(CONTENT_TYPE, "text/plain")], "no"),
        }
    };
    let app = axum::Router::new().route("/help/{*path}", get(serve));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/help/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// A server that may read an address of this machine, a desk on it, and the address.
async fn reading(engine: frontdesk_testkit::Engine) -> (TestServer, Desk, String) {
    const MD: &str = "text/markdown";
    let url = pages(&[
        (
            "index.md",
            MD,
            "# Help\n- [Storms](storms.md)\n- [out](../secret.md)\n- [gone](x.html)\n",
        ),
        (
            "storms.md",
            MD,
            "# Storms\nUmbrellas hold up to eighty km/h.\n## Hail\nNot covered.\n",
        ),
        ("page.md", "text/html; charset=utf-8", "<html>"),
        ("bad.md", MD, "# Bad\n[a](gone.md)\n"),
    ])
    .await;
    let server = TestServer::start_with(engine, |config| {
        config.outgoing.allow = Networks::of(&["127.0.0.0/8"]).unwrap();
    })
    .await;
    let desk = server.company("Acme").await;
    (server, desk, url)
}

#[tokio::test]
async fn an_address_is_read_with_the_files_it_links_to() {
    for engine in engines() {
        let (server, desk, url) = reading(engine).await;
        let source = |name: &str, at: &str| json!({ "source": { "name": name, "url": format!("{url}{at}") } });
        let made = desk
            .post("/api/v1/knowledge/sources", source("Help", "index.md"))
            .await
            .data(201);
        let path = format!("/api/v1/knowledge/sources/{}", made["id"].as_str().unwrap());
        desk.post(&format!("{path}/sync"), json!({}))
            .await
            .data(200);
        // What a file says is changed in the file.
        let list = desk.get("/api/v1/knowledge").await.is(200);
        let entry = format!(
            "/api/v1/knowledge/{}",
            list["data"][0]["id"].as_str().unwrap()
        );
        desk.put(&entry, json!({ "knowledge": { "title": "x" } }))
            .await
            .is(409);
        for (at, why) in [("page.md", "page of HTML"), ("bad.md", "answers 404")] {
            let made = desk
                .post("/api/v1/knowledge/sources", source(at, at))
                .await
                .data(201);
            let path = format!("/api/v1/knowledge/sources/{}", made["id"].as_str().unwrap());
            let synced = desk
                .post(&format!("{path}/sync"), json!({}))
                .await
                .data(200);
            assert!(
                synced["trouble"].as_str().unwrap().contains(why),
                "{synced}"
            );
            assert_eq!(synced["added"], 0);
        }
        let folder = json!({ "source": { "name": "Passwords", "url": "/etc" } });
        desk.post("/api/v1/knowledge/sources", folder).await.is(422);
        let other = server.company("Other").await;
        other.delete(&path).await.is(404);
        desk.delete(&path).await.is(204);
        let left = desk.get("/api/v1/knowledge").await.is(200);
        assert!(left["data"].as_array().unwrap().is_empty(), "{left}");
        server.stop().await;
    }
}

#[test]
fn a_folder_is_imported_synced_listed_and_removed() {
    let shell = Shell::with_account();
    let folder = shell.folder.path().join("handbook");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("a.md", "# Refunds\nFive days.\n# Repairs\nTwo weeks.\n");
    write(
        "b.md",
        "---\naudience: internal\n---\n# Margins\nForty percent.\n",
    );
    let place = folder.to_str().unwrap();
    let said = shell
        .ok(&["knowledge", "import", place, "--name", "Handbook"])
        .out;
    assert!(said.contains("Handbook: 3 added"), "{said}");
    write("a.md", "# Refunds\nSix days.\n");
    let said = shell.ok(&["knowledge", "sync"]).out;
    assert!(
        said.contains("0 added, 1 changed, 1 removed, 1 as before"),
        "{said}"
    );
    let list = shell.ok(&["knowledge", "list"]).out;
    assert!(list.contains("public") && list.contains(place), "{list}");
    let id = list
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    std::fs::rename(&folder, shell.folder.path().join("moved")).unwrap();
    let gone = shell.run(&["knowledge", "sync", id]);
    assert_eq!(gone.code, 1);
    assert!(gone.out.contains("cannot be read"), "{}", gone.out);
    assert!(
        shell
            .ok(&["knowledge", "list"])
            .out
            .contains("cannot be read")
    );
    shell.ok(&["knowledge", "remove", id]);
    assert!(!shell.ok(&["knowledge", "list"]).out.contains(place));
    let wrong = shell.run(&["knowledge", "import", "/no/such/folder"]);
    assert_ne!(wrong.code, 0);
    assert!(wrong.err.contains("/no/such/folder"), "{}", wrong.err);
}
