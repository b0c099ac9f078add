//! PostgreSQL that takes encrypted connections only, and a second server that comes to it.

use crate::cluster::Cluster;
use frontdesk_testkit::Shell;
use frontdesk_testkit::load::{Place, Writer, ledger};
use rcgen::generate_simple_self_signed;

#[tokio::test]
async fn a_database_is_spoken_to_in_tls_and_has_to_be_the_one_that_is_trusted() {
    let made = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let other = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let cluster = Cluster::encrypted(&made.cert.pem(), &made.signing_key.serialize_pem());
    let url = cluster.url().await;
    let trusted = cluster.file("trusted.pem", &made.cert.pem());
    let stranger = cluster.file("stranger.pem", &other.cert.pem());
    for (query, why) in [
        (String::new(), "no encryption"),
        ("?sslmode=require".to_owned(), "ertificate"),
        (
            format!("?sslmode=verify-full&sslrootcert={stranger}"),
            "ertificate",
        ),
        (
            "?sslmode=require&sslrootcert=/nowhere.pem".to_owned(),
            "/nowhere.pem",
        ),
    ] {
        let refused = Shell::new().init(&["--database", &format!("{url}{query}")]);
        assert_ne!(refused.code, 0, "{query}");
        assert!(refused.err.contains(why), "{query}: {}", refused.err);
    }
    let url = format!("{url}?sslmode=verify-full&sslrootcert={trusted}");
    let mut place = Place::on_postgres(Shell::new(), &url);
    place.start();
    place.sign_in().await;
    let threads = place.threads(1).await;
    let mut writers = Writer::patient_crew(&threads);
    for writer in &mut writers {
        writer.insist(&place.desk, 3).await;
    }
    ledger::check(&place.desk, &threads, &writers).await;
    // A backup goes the same way.
    let (shell, _) = place.beside();
    let backup = shell.folder.path().join("backup.tar");
    shell.ok(&["--database", &url, "backup", backup.to_str().unwrap()]);
    place.stop_and_check();
}

#[tokio::test]
async fn a_second_server_is_refused_and_the_next_one_is_let_in() {
    let cluster = Cluster::new();
    let mut place = cluster.place().await;
    place.start();
    place.sign_in().await;
    place.threads(1).await;
    let url = cluster.url().await;
    let second = Shell::new().serve_under(&[], &["--database", &url]);
    let said = second.unwrap_err();
    assert!(said.contains("another server works on"), "{said}");
    // Commands beside it are no servers.
    let (shell, _) = place.beside();
    shell.ok(&["--database", &url, "user", "list"]);
    place.kill();
    place.start();
    place.stop_and_check();
}
