//! Programs that run the server and do something to it.

use std::path::Path;

/// What `strace` counts as making something durable.
const SYNCS: &str = "fdatasync,fsync";

/// Lets the n-th sync of the server not happen: it is killed there, or told that it failed.
pub(crate) fn at_sync(number: u64, what: &str) -> Vec<String> {
    let trace = format!("trace={SYNCS}");
    let inject = format!("inject={SYNCS}:{what}:when={number}");
    strace(&["-o", "/dev/null", "-e", &trace, "-e", &inject])
}

/// Kills the server at the n-th thing it says to another: a query, or a line of its log.
pub(crate) fn at_word(number: u64) -> Vec<String> {
    let inject = format!("inject=sendto:signal=KILL:when={number}");
    strace(&["-o", "/dev/null", "-e", "trace=sendto", "-e", &inject])
}

/// `strace` as a grandchild of the server, so that the server's process is the one we started.
pub(crate) fn strace(more: &[&str]) -> Vec<String> {
    let mut words = vec!["/usr/bin/strace", "-D", "-f", "-qq"];
    words.extend(more);
    words.into_iter().map(str::to_owned).collect()
}

/// Gives the server a limit of its own, such as `--nofile=256`.
pub(crate) fn limited(limit: &str) -> Vec<String> {
    vec!["/usr/bin/prlimit".to_owned(), limit.to_owned()]
}

/// Lets the server read the time in this file. What only counts on is left alone.
pub(crate) fn at_time_in(file: &Path) -> Vec<String> {
    vec![
        "/usr/bin/env".to_owned(),
        format!("LD_PRELOAD={}", faketime().display()),
        format!("FAKETIME_TIMESTAMP_FILE={}", file.display()),
        "FAKETIME_NO_CACHE=1".to_owned(),
        "FAKETIME_DONT_FAKE_MONOTONIC=1".to_owned(),
    ]
}

/// Debian puts the library into a folder of the machine's kind.
fn faketime() -> std::path::PathBuf {
    let kinds = std::fs::read_dir("/usr/lib").unwrap();
    kinds
        .map(|kind| kind.unwrap().path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.exists())
        .expect("libfaketime is installed")
}

/// The words as they are passed on.
pub(crate) fn words(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}
