//! The pages for browsers: what they are allowed, how they are kept, and that nothing else is there.

use frontdesk_server::config::{Sites, Widget};
use frontdesk_testkit::{Engine, TestServer};
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH};
use reqwest::{Response, StatusCode};

async fn fetch(server: &TestServer, path: &str) -> Response {
    let url = format!("{}{path}", server.url);
    server.http.get(url).send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn the_chat_may_be_framed_and_runs_its_own_script_only() {
    let server = TestServer::start(Engine::Sqlite).await;
    let page = fetch(&server, "/chat?token=whoever").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(!page.headers().contains_key("x-frame-options"));
    assert_eq!(header(&page, "x-content-type-options"), "nosniff");
    let policy = header(&page, "content-security-policy").to_owned();
    assert!(
        policy.contains("default-src 'none'; script-src 'self'"),
        "{policy}"
    );
    assert!(policy.contains("trusted-types 'none'"), "{policy}");
    for loose in ["unsafe", "frame-ancestors", "*"] {
        assert!(!policy.contains(loose), "{policy}");
    }
    let html = page.text().await.unwrap();
    assert!(!html.contains("{{") && !html.contains("style="), "{html}");
    server.stop().await;
}

#[tokio::test]
async fn sites_that_are_named_may_frame_the_chat_and_no_others() {
    let widget = Widget {
        sites: Sites::of(&["https://shop.example.com", "https://*.example.org"]).unwrap(),
    };
    let server = TestServer::start_with(Engine::Sqlite, |config| config.widget = widget).await;
    let page = fetch(&server, "/chat").await;
    let policy = header(&page, "content-security-policy");
    assert!(
        policy.ends_with("frame-ancestors 'self' https://shop.example.com https://*.example.org"),
        "{policy}"
    );
    server.stop().await;
}

#[tokio::test]
async fn what_the_page_is_made_of_is_kept_for_good() {
    let server = TestServer::start(Engine::Sqlite).await;
    let html = fetch(&server, "/chat").await.text().await.unwrap();
    let named: Vec<_> = html
        .split('"')
        .filter(|text| text.starts_with("/chat/"))
        .collect();
    assert_eq!(named.len(), 2, "{html}");
    for path in named {
        let file = fetch(&server, path).await;
        assert_eq!(file.status(), StatusCode::OK, "{path}");
        assert_eq!(
            file.headers()[CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
    }
    let gone = fetch(&server, "/chat/chat.0000000000000000.js").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    server.stop().await;
}

#[tokio::test]
async fn a_file_is_compressed_for_who_takes_it_and_sent_once() {
    let server = TestServer::start(Engine::Sqlite).await;
    let url = format!("{}/widget.js", server.url);
    let ask = || server.http.get(&url);
    let brotli = ask()
        .header(ACCEPT_ENCODING, "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(brotli.headers()[CONTENT_ENCODING], "br");
    let tag = brotli.headers()[ETAG].clone();
    let plain = ask()
        .header(ACCEPT_ENCODING, "identity")
        .send()
        .await
        .unwrap();
    assert!(!plain.headers().contains_key(CONTENT_ENCODING));
    let known = ask()
        .header(ACCEPT_ENCODING, "br")
        .header(IF_NONE_MATCH, tag)
        .send()
        .await
        .unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert!(known.bytes().await.unwrap().is_empty());
    server.stop().await;
}

#[tokio::test]
async fn the_root_says_what_runs_here() {
    let server = TestServer::start(Engine::Sqlite).await;
    let page = fetch(&server, "/").await;
    let policy = header(&page, "content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(page.text().await.unwrap().contains("Frontdesk server"));
    for path in ["/index.html", "/docs", "/chat/", "/widget/chat.html"] {
        assert_eq!(
            fetch(&server, path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    server.stop().await;
}
