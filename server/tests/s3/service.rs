//! An S3-compatible service on a free port, which ends with its test. It knows who may come by the name
//! of the key, and does not recompute signatures.

use frontdesk_server::config::{BucketSecret, Config, StoreKind};
use frontdesk_server::vault::Secret;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The name of the only key it knows, and its secret.
pub(crate) const KEY: &str = "S3RVER";

/// A running service with a bucket `desk`.
pub(crate) struct Service {
    pub(crate) url: String,
    _program: Child,
    /// Kept open: a program that cannot say anything may end.
    _said: Lines<BufReader<ChildStdout>>,
    _folder: TempDir,
}

impl Service {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/s3");
        let mut program = Command::new("node")
            .arg(home.join("node_modules/.bin/s3rver"))
            .args(["-a", "127.0.0.1", "-p", "0", "--no-vhost-buckets"])
            .args(["--configure-bucket", "desk", "-d"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let url = loop {
            let line = lines.next_line().await.unwrap().unwrap();
            if let Some((_, address)) = line.split_once("listening on ") {
                break format!("http://{address}");
            }
        };
        Self {
            url,
            _program: program,
            _said: lines,
            _folder: folder,
        }
    }

    /// Keeps files in the bucket, asking by the key of this name.
    pub(crate) fn keeps(&self, config: &mut Config, key: &str) {
        config.files.store = StoreKind::S3;
        config.files.s3_endpoint.clone_from(&self.url);
        config.files.s3_bucket = "desk".to_owned();
        config.files.s3_prefix = "files/".to_owned();
        config.files.s3_access_key = key.to_owned();
        config.files.s3_secret_key = BucketSecret::Given(Secret::new(KEY));
    }
}
