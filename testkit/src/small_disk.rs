//! A disk with little room, for what happens when there is none.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of its own with little room. It goes with this value.
#[derive(Debug)]
pub struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    /// A file system of this size, such as `16m`. Only root may have one.
    pub fn new(size: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={size},mode=0700");
        run(Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path()));
        Self { folder }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives so many bytes of what was taken back.
    pub fn spare(ballast: &Path, bytes: u64) {
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(ballast)
            .unwrap();
        let left = file.metadata().unwrap().len().saturating_sub(bytes);
        file.set_len(left).unwrap();
    }

    /// Takes all the room there is; it comes back when the file that is given is removed.
    #[must_use]
    pub fn fill(&self) -> PathBuf {
        let ballast = self.path().join("ballast");
        let mut file = std::fs::File::create(&ballast).unwrap();
        let piece = vec![b'x'; 4096];
        loop {
            match std::io::Write::write_all(&mut file, &piece) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::StorageFull => return ballast,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run(Command::new("umount").arg("--lazy").arg(self.path()));
    }
}

fn run(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
