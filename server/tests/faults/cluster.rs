//! A PostgreSQL of a test's own, which may be ended at any moment.

use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Shell, SmallDisk, eventually};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The server's programs and its data; it ends with this value.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    running: Option<Child>,
}

impl Cluster {
    pub(crate) fn new() -> Self {
        let mut cluster = Self::made();
        cluster.start();
        cluster
    }

    /// One whose data is on this disk.
    pub(crate) fn on(disk: &SmallDisk) -> Self {
        // PostgreSQL has to find its way into it.
        open(disk.path());
        let mut cluster = Self::made_in(tempfile::tempdir_in(disk.path()).unwrap());
        cluster.start();
        cluster
    }

    /// One that takes encrypted connections only, with this certificate and key.
    pub(crate) fn encrypted(certificate: &str, key: &str) -> Self {
        let mut cluster = Self::made();
        let key = cluster.file("server.key", key);
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o640);
        std::fs::set_permissions(&key, private).unwrap();
        Command::new("chgrp")
            .args(["postgres", &key])
            .status()
            .unwrap();
        let settings = format!(
            "ssl = on\nssl_cert_file = '{}'\nssl_key_file = '{key}'\n",
            cluster.file("server.pem", certificate)
        );
        let mut conf = std::fs::OpenOptions::new()
            .append(true)
            .open(cluster.data().join("postgresql.conf"))
            .unwrap();
        conf.write_all(settings.as_bytes()).unwrap();
        let doors = "hostssl all all 127.0.0.1/32 trust\n";
        std::fs::write(cluster.data().join("pg_hba.conf"), doors).unwrap();
        cluster.start();
        cluster
    }

    /// Writes a file beside the data; says where.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn made() -> Self {
        Self::made_in(tempfile::tempdir().unwrap())
    }

    fn made_in(folder: TempDir) -> Self {
        let cluster = Self {
            programs: programs(),
            folder,
            port: free_port(),
            running: None,
        };
        let data = cluster.data();
        let made = Command::new("install")
            .args(["-d", "-o", "postgres", "-m", "0700"])
            .arg(&data)
            .status();
        assert!(made.unwrap().success());
        open(cluster.folder.path());
        let made = as_postgres(&cluster.programs.join("initdb"))
            .args(["--username=frontdesk", "--auth=trust", "--locale=C.UTF-8"])
            .args(["--encoding=UTF8", "--no-instructions", "--pgdata"])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.unwrap().success());
        cluster
    }

    /// A desk on it, once it lets somebody in.
    pub(crate) async fn place(&self) -> Place {
        Place::on_postgres(Shell::new(), &self.url().await)
    }

    /// Its address, once it lets somebody in.
    pub(crate) async fn url(&self) -> String {
        eventually(async || self.log().contains("ready to accept").then_some(())).await;
        format!("postgres://frontdesk@127.0.0.1:{}/postgres", self.port)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    pub(crate) fn start(&mut self) {
        let data = self.data();
        let log = std::fs::File::create(self.folder.path().join("log")).unwrap();
        let started = as_postgres(&self.programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&data)
            .args(["-p", &self.port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .stderr(log)
            .spawn();
        self.running = Some(started.unwrap());
    }

    /// Ends it as `pg_ctl -m immediate` does: without a word to anybody, to be recovered at the
    /// next start.
    pub(crate) fn crash(&mut self) {
        if let Some(mut child) = self.running.take() {
            let pid = rustix::process::Pid::from_child(&child);
            rustix::process::kill_process(pid, rustix::process::Signal::QUIT).unwrap();
            child.wait().unwrap();
        }
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        let running = self.running.as_mut().unwrap();
        running.try_wait().unwrap().is_some()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.crash();
    }
}

/// Lets everybody into a folder.
fn open(folder: &Path) {
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder, open).unwrap();
}

/// PostgreSQL refuses to be root.
fn as_postgres(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres"])
        .args(["--clear-groups", "--"])
        .arg(program)
        .current_dir("/");
    command
}

/// The folder with the programs of the newest PostgreSQL that Debian installed.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").unwrap();
    let newest = versions
        .map(|version| version.unwrap().path())
        .max_by_key(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .parse::<u32>()
                .ok()
        });
    newest.unwrap().join("bin")
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
