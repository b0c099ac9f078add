//! The server with a certificate of its own.

use frontdesk_testkit::Shell;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use reqwest::Certificate;
use std::path::PathBuf;

/// A certificate for the loopback, and its files.
struct Pair {
    cert: PathBuf,
    key: PathBuf,
}

fn write(shell: &Shell) -> (Pair, CertifiedKey<KeyPair>) {
    let made = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let pair = Pair {
        cert: shell.folder.path().join("cert.pem"),
        key: shell.folder.path().join("key.pem"),
    };
    std::fs::write(&pair.cert, made.cert.pem()).unwrap();
    std::fs::write(&pair.key, made.signing_key.serialize_pem()).unwrap();
    (pair, made)
}

fn flags(pair: &Pair) -> Vec<String> {
    let set = |key: &str, path: &PathBuf| format!("{key}={}", path.display());
    let (cert, key) = (set("tls.cert", &pair.cert), set("tls.key", &pair.key));
    vec!["--set".to_owned(), cert, "--set".to_owned(), key]
}

/// A client that trusts this certificate alone.
fn trusting(made: &CertifiedKey<KeyPair>) -> reqwest::Client {
    drop(frontdesk_testkit::http());
    let trusted = Certificate::from_der(made.cert.der()).unwrap();
    reqwest::Client::builder()
        .tls_certs_only([trusted])
        .build()
        .unwrap()
}

async fn is_alive(client: &reqwest::Client, url: &str) -> bool {
    let answer = client.get(format!("{url}/health/live")).send().await;
    match answer {
        // Read to its end, so that the connection stays open.
        Ok(answer) => answer.status() == 200 && answer.bytes().await.is_ok(),
        Err(_) => false,
    }
}

#[tokio::test]
async fn a_certificate_is_used_and_read_again_on_sighup() {
    let shell = Shell::new();
    let (pair, first) = write(&shell);
    let flags = flags(&pair);
    let more: Vec<&str> = flags.iter().map(String::as_str).collect();
    let server = shell.serve(&more);
    assert!(server.url.starts_with("https://"), "{}", server.url);
    let standing = trusting(&first);
    assert!(is_alive(&standing, &server.url).await);
    let plain = server.url.replace("https://", "http://");
    assert!(!is_alive(&standing, &plain).await);

    std::fs::write(&pair.key, "no key").unwrap();
    server.hang_up();
    server.logged("the new certificate is not used").await;
    assert!(is_alive(&trusting(&first), &server.url).await);

    let (_, second) = write(&shell);
    server.hang_up();
    server.logged("the certificate was read again").await;
    assert!(is_alive(&trusting(&second), &server.url).await);
    assert!(!is_alive(&trusting(&first), &server.url).await);
    // The connection that stood was not cut, nor asked for another certificate.
    assert!(is_alive(&standing, &server.url).await);
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn a_pair_that_is_no_pair_is_refused() {
    let shell = Shell::new();
    let (pair, _) = write(&shell);
    let other = KeyPair::generate().unwrap().serialize_pem();
    let serve = |flags: &[String]| {
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        let said = shell.run(&[&["serve", "--listen", "127.0.0.1:0"], &flags[..]].concat());
        assert_eq!(said.code, 1);
        said.err
    };
    let alone = serve(&flags(&pair)[..2]);
    assert!(
        alone.contains("tls.cert is set and tls.key is not"),
        "{alone}"
    );
    let missing = Pair {
        cert: shell.folder.path().join("nowhere.pem"),
        key: pair.key.clone(),
    };
    let missing = serve(&flags(&missing));
    assert!(missing.contains("nowhere.pem cannot be read"), "{missing}");
    let swapped = Pair {
        cert: pair.key.clone(),
        key: pair.cert.clone(),
    };
    let swapped = serve(&flags(&swapped));
    assert!(swapped.contains("there is no certificate in"), "{swapped}");
    std::fs::write(&pair.key, other).unwrap();
    let unlike = serve(&flags(&pair));
    assert!(
        unlike.contains("is not the key of the certificate"),
        "{unlike}"
    );
}
