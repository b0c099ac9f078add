//! An S3-compatible service on a free port, which ends with its test. It computes every signature anew,
//! and lets in nobody whose key or secret is another.

use frontdesk_server::config::{BucketSecret, Config, StoreKind};
use frontdesk_server::vault::Secret;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The only key it knows.
pub(crate) const KEY: Key = Key {
    name: "desk-key",
    secret: "desk secret/with+odd=letters",
};

/// A key by which a bucket is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) secret: &'static str,
}

/// A running service with a bucket `desk`.
pub(crate) struct Service {
    pub(crate) url: String,
    _program: Child,
    /// Kept open: a program that cannot say anything may end.
    _said: Lines<BufReader<ChildStdout>>,
}

impl Service {
    pub(crate) async fn start() -> Self {
        let python = std::env::var_os("FRONTDESK_S3_PYTHON")
            .expect("`cargo xtask test --only s3` says where Python with moto is");
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/s3/service.py");
        let mut program = Command::new(python)
            .args([program, KEY.name, KEY.secret, "us-east-1"])
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let url = loop {
            let line = lines.next_line().await.unwrap().unwrap();
            if let Some((_, address)) = line.split_once("listening on ") {
                break address.to_owned();
            }
        };
        Self {
            url,
            _program: program,
            _said: lines,
        }
    }

    /// Where a test looks at what is in the bucket.
    pub(crate) fn object(&self, account_id: &str, id: &str) -> String {
        format!("{}/-/desk/files/{account_id}/{id}", self.url)
    }

    /// Keeps files in the bucket, asking by this key.
    pub(crate) fn keeps(&self, config: &mut Config, key: Key) {
        config.files.store = StoreKind::S3;
        config.files.s3_endpoint.clone_from(&self.url);
        config.files.s3_bucket = "desk".to_owned();
        config.files.s3_prefix = "files/".to_owned();
        config.files.s3_access_key = key.name.to_owned();
        config.files.s3_secret_key = BucketSecret::Given(Secret::new(key.secret));
    }
}
