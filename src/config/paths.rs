//! Where the program's files are.

use crate::environment::Environment;
use directories::ProjectDirs;
use std::path::PathBuf;

/// The folders of this program for this user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    data: PathBuf,
}

impl Paths {
    /// The folders the system has for such things, or `FRONTDESK_HOME` when that is set. Nothing
    /// when the user has no home at all.
    #[must_use]
    pub fn find(environment: &Environment) -> Option<Self> {
        if let Some(home) = environment.get("FRONTDESK_HOME") {
            return Some(Self::within(PathBuf::from(home)));
        }
        let dirs = ProjectDirs::from("", "", "frontdesk")?;
        Some(Self {
            config: dirs.config_dir().to_owned(),
            data: dirs.data_local_dir().to_owned(),
        })
    }

    /// Everything in one folder.
    #[must_use]
    pub fn within(home: PathBuf) -> Self {
        Self {
            config: home.clone(),
            data: home,
        }
    }

    /// The configuration file.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Themes of the user's own, a file each.
    #[must_use]
    pub fn themes_folder(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// What is remembered about servers; it can be rebuilt.
    #[must_use]
    pub fn cache_file(&self) -> PathBuf {
        self.data.join("cache.db")
    }

    /// The copy of the desk of one sign-in, and what waits to be sent.
    #[must_use]
    pub fn desk_folder(&self, sign_in: i64) -> PathBuf {
        self.data.join("desks").join(sign_in.to_string())
    }

    /// Every desk's folder.
    #[must_use]
    pub fn desks_folder(&self) -> PathBuf {
        self.data.join("desks")
    }

    /// The same for what is known by tokens that are lent, apart from every sign-in. Each server has
    /// a folder, and each user of it a desk in there.
    #[must_use]
    pub fn lent(&self, origin: &str) -> Self {
        let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
        let name: String = origin
            .chars()
            .map(|it| if fits(it) { it } else { '_' })
            .collect();
        Self {
            data: self.lent_folder().join(name),
            ..self.clone()
        }
    }

    /// Everything that is known by tokens that are lent.
    #[must_use]
    pub fn lent_folder(&self) -> PathBuf {
        self.data.join("lent")
    }

    /// What the program did.
    #[must_use]
    pub fn log_folder(&self) -> PathBuf {
        self.data.join("log")
    }

    /// Where attachments are saved.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        directories::UserDirs::new()
            .and_then(|dirs| dirs.download_dir().map(std::path::Path::to_owned))
            .unwrap_or_else(|| self.data.join("downloads"))
    }

    /// The tokens, where there is no keyring.
    #[must_use]
    pub fn tokens_file(&self) -> PathBuf {
        self.data.join("tokens.json")
    }
}
