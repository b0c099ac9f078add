//! The client against a real server on the loopback and a resolver that says what a test wants.

use super::*;
use axum::Router;
use axum::http::{Uri, header};
use axum::response::Redirect;
use axum::routing::any;
use reqwest::dns::{Addrs, Name, Resolving};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Answers every name with the same addresses, and another list from the second time on.
struct Names {
    asked: AtomicUsize,
    first: Vec<IpAddr>,
    later: Vec<IpAddr>,
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let list = match self.asked.fetch_add(1, Ordering::SeqCst) {
            0 => &self.first,
            _ => &self.later,
        };
        let found: Vec<_> = list.iter().map(|ip| SocketAddr::new(*ip, 0)).collect();
        Box::pin(async move { Ok(Box::new(found.into_iter()) as Addrs) })
    }
}

fn names(first: &[&str], later: &[&str]) -> Arc<Names> {
    let read = |list: &[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect();
    Arc::new(Names {
        asked: AtomicUsize::new(0),
        first: read(first),
        later: read(later),
    })
}

/// A client to which this one loopback address is as good as the internet.
fn client(resolver: Arc<Names>) -> Outgoing {
    let settings = Settings {
        allow: Networks::of(&["127.0.0.1"]).unwrap(),
        timeout: Duration::from_secs(5),
    };
    Outgoing::resolving_by(&settings, resolver).unwrap()
}

fn get(url: impl Into<String>) -> Call {
    Call {
        method: Method::GET,
        url: url.into(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
    }
}

/// A server that tells, redirects to its query, or goes on talking.
#[expect(clippy::disallowed_methods, reason = "the runtime of the test ends it")]
async fn target() -> SocketAddr {
    let to = |uri: Uri| async move { Redirect::temporary(uri.query().unwrap()) };
    let large = || async { vec![b'x'; LARGEST_ANSWER + 1] };
    let router = Router::new()
        .route("/ok", any(|| async { "fine" }))
        .route("/to", any(to))
        .route("/large", any(large))
        .route("/loop", any(|| async { Redirect::temporary("/loop") }))
        .route("/silent", any(std::future::pending::<()>));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(tokio::spawn(async move {
        axum::serve(listener, router).await.unwrap();
    }));
    address
}

async fn refused(client: &Outgoing, url: String) -> Refused {
    match client.send(get(url.clone())).await {
        Err(OutgoingError::Refused(refused)) => refused,
        other => panic!("{url}: {other:?}"),
    }
}

#[tokio::test]
async fn a_name_is_called_at_the_address_that_was_checked() {
    let port = target().await.port();
    // The second answer would be the metadata service; the name is asked only once.
    let resolver = names(&["127.0.0.1"], &["169.254.169.254"]);
    let client = client(Arc::clone(&resolver));
    let answer = client
        .send(get(format!("http://desk.example:{port}/ok")))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.body().await.unwrap(), "fine");
    assert_eq!(resolver.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_proxy_is_gone_by_and_hears_of_nothing_private() {
    // A proxy is asked for whole addresses, so that this server finds the path of `/ok` in them.
    let proxy = format!("http://{}", target().await);
    let by = |resolver: Arc<Names>| {
        let settings = Settings {
            allow: Networks::default(),
            timeout: Duration::from_secs(5),
        };
        Outgoing::going_by(Proxies::at(&proxy), &settings, resolver).unwrap()
    };
    let public = by(names(&["93.184.216.34"], &["93.184.216.34"]));
    let answer = public.send(get("http://desk.example/ok")).await.unwrap();
    assert_eq!(answer.body().await.unwrap(), "fine");
    let unknown = by(names(&[], &[]));
    let answer = unknown.send(get("http://desk.example/ok")).await.unwrap();
    assert_eq!(answer.status(), 200);
    let private = by(names(&["10.0.0.1"], &["10.0.0.1"]));
    for url in ["http://desk.example/ok", "http://10.0.0.1/ok"] {
        let refused = refused(&private, url.to_owned()).await;
        assert!(matches!(refused, Refused::Address(_)), "{url}");
    }
}

#[tokio::test]
async fn one_private_address_refuses_a_name() {
    for list in [
        &["10.0.0.1"][..],
        &["93.184.216.34", "192.168.0.1"],
        &["::1"],
        &["::ffff:127.0.0.2"],
    ] {
        let client = client(names(list, list));
        let refused = refused(&client, "http://desk.example/ok".to_owned()).await;
        assert!(matches!(refused, Refused::Address(_)), "{list:?}");
    }
}

#[tokio::test]
async fn every_redirect_is_judged_again() {
    let here = target().await;
    let client = client(names(&["127.0.0.1"], &["10.0.0.1"]));
    let to = |place: &str| format!("http://{here}/to?{place}");
    for (place, wanted) in [
        ("ftp://example.com/", Refused::Scheme),
        ("http://a:b@example.com/", Refused::Credentials),
    ] {
        assert_eq!(refused(&client, to(place)).await, wanted, "{place}");
    }
    for place in [
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706434/",
        "http://0x7f.0.0.2/",
        "http://[::ffff:10.0.0.1]/",
    ] {
        let refused = refused(&client, to(place)).await;
        assert!(matches!(refused, Refused::Address(_)), "{place}");
    }
    let answer = client.send(get(to("/ok"))).await.unwrap();
    assert_eq!(answer.status(), 200);
    let named = client.send(get(to("http://desk.example:1/"))).await;
    assert!(matches!(named, Err(OutgoingError::Unreachable)));
    let changed = refused(&client, to("http://other.example/")).await;
    assert!(matches!(changed, Refused::Address(_)));
}

#[tokio::test]
async fn redirects_end() {
    let here = target().await;
    let client = client(names(&[], &[]));
    let refused = refused(&client, format!("http://{here}/loop")).await;
    assert_eq!(refused, Refused::Redirects(REDIRECTS));
}

#[tokio::test]
async fn an_answer_is_read_up_to_a_limit() {
    let here = target().await;
    let client = client(names(&[], &[]));
    let answer = client.send(get(format!("http://{here}/large"))).await;
    let answer = answer.unwrap();
    assert_eq!(answer.headers()[header::CONTENT_LENGTH.as_str()], "1048577");
    assert!(matches!(
        answer.body().await,
        Err(OutgoingError::TooLarge { .. })
    ));
}

#[tokio::test]
async fn a_server_that_stays_silent_is_given_up() {
    let here = target().await;
    let settings = Settings {
        allow: Networks::of(&["127.0.0.1"]).unwrap(),
        timeout: Duration::from_millis(50),
    };
    let client = Outgoing::new(&settings).unwrap();
    let failed = client.send(get(format!("http://{here}/silent"))).await;
    let failed = failed.unwrap_err();
    assert!(matches!(failed, OutgoingError::TimedOut), "{failed:?}");
    assert!(failed.may_pass());
}

#[test]
fn what_an_admin_may_set_is_said_at_once() {
    let client = client(names(&[], &[]));
    for (url, wanted) in [
        ("nonsense", Some(Refused::Unreadable)),
        ("gopher://example.com/", Some(Refused::Scheme)),
        ("javascript:alert(1)", Some(Refused::Scheme)),
        ("https://user@example.com/", Some(Refused::Credentials)),
        ("https://:word@example.com/", Some(Refused::Credentials)),
        ("https://example.com/hook?key=1", None),
        ("http://127.0.0.1:9/", None),
    ] {
        assert_eq!(client.check(url).err(), wanted, "{url}");
    }
    for url in [
        "http://127.1.1.1/",
        "http://[fe80::1]/",
        "http://017700000002/",
    ] {
        let refused = client.check(url).unwrap_err();
        assert!(matches!(refused, Refused::Address(_)), "{url}");
    }
}

#[test]
fn a_failure_never_tells_the_address() {
    let refused = OutgoingError::from(Refused::Downgrade);
    assert!(!refused.may_pass());
    let shown = format!("{:?} {}", OutgoingError::Broken, OutgoingError::Unreachable);
    assert!(!shown.contains("http://"));
}
