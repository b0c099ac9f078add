//! How the screen looks while it is open: the theme, what the terminal says of its ground, and
//! what somebody saves in the folder of themes.

use crate::themes::Themes;
use frontdesk_ui::theme::{Depth, Ground, MATCHING, Theme};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::future::pending;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Sleep, sleep};

/// Editors write a file in several steps; it is read after the last of them.
const SETTLED: Duration = Duration::from_millis(80);

/// Whether the terminal may be asked for its ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    Allowed,
    Never,
}

/// The theme on the screen and what may change it.
#[derive(Debug)]
pub(crate) struct Looks {
    themes: Themes,
    name: String,
    asking: Asking,
    theme: Theme,
    saves: Option<Saves>,
}

/// What is saved in the folder of themes.
#[derive(Debug)]
struct Saves {
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
    saved: mpsc::Receiver<()>,
    /// When the last save will have settled.
    due: Option<Pin<Box<Sleep>>>,
}

impl Looks {
    /// The theme of this name. From here on its files are watched.
    pub(crate) fn new(themes: Themes, name: &str, asking: Asking) -> Self {
        let (theme, _) = themes.read(name);
        Self {
            saves: watch(&themes),
            themes,
            name: name.to_owned(),
            asking,
            theme,
        }
    }

    /// How everything looks now.
    pub(crate) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Whether the terminal's ground would change anything: it is to be asked then.
    pub(crate) fn wants_ground(&self) -> bool {
        self.asking == Asking::Allowed
            && self.name == MATCHING
            && self.themes.depth() >= Some(Depth::TwoHundredFiftySix)
    }

    /// The terminal said what its ground is like.
    pub(crate) fn stand_on(&mut self, ground: Ground) {
        self.themes.stand_on(ground);
        self.theme = self.themes.read(&self.name).0;
    }

    /// Waits until a theme is saved that looks different, or is wrong: then it stays as it was, and
    /// the words say what is wrong and where. It may be dropped while it waits.
    pub(crate) async fn changed(&mut self) -> Result<(), String> {
        loop {
            let Some(saves) = &mut self.saves else {
                return pending().await;
            };
            saves.next().await;
            let (theme, problems) = self.themes.read(&self.name);
            if let Some(problem) = problems.into_iter().next() {
                return Err(problem);
            }
            if theme != self.theme {
                self.theme = theme;
                return Ok(());
            }
        }
    }
}

impl Saves {
    async fn next(&mut self) {
        loop {
            tokio::select! {
                saved = self.saved.recv() => match saved {
                    Some(()) => self.due = Some(Box::pin(sleep(SETTLED))),
                    None => return pending().await,
                },
                () = settled(&mut self.due) => {
                    self.due = None;
                    return;
                }
            }
        }
    }
}

async fn settled(due: &mut Option<Pin<Box<Sleep>>>) {
    match due {
        Some(due) => due.as_mut().await,
        None => pending().await,
    }
}

/// Watches the folder: editors put another file in the place of the one they save. Without a
/// folder, and where nothing can be watched, there is nothing to hear of.
fn watch(themes: &Themes) -> Option<Saves> {
    if !themes.folder().is_dir() {
        return None;
    }
    let (tell, saved) = mpsc::channel(1);
    let told = move |event: notify::Result<notify::Event>| {
        let is_save = event.is_ok_and(|event| !event.kind.is_access());
        if is_save {
            // One that waits already says the same.
            let _ = tell.try_send(());
        }
    };
    let watched = notify::recommended_watcher(told).and_then(|mut watcher| {
        watcher.watch(themes.folder(), RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    match watched {
        Ok(watcher) => Some(Saves {
            _watcher: watcher,
            saved,
            due: None,
        }),
        Err(error) => {
            tracing::info!(%error, "themes are not read again when they are saved");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Paths;
    use frontdesk_ui::theme::Role;
    use ratatui::style::Color;
    use std::fs;

    struct Bed {
        home: tempfile::TempDir,
    }

    impl Bed {
        fn new() -> Self {
            let home = tempfile::tempdir().unwrap();
            fs::create_dir(home.path().join("themes")).unwrap();
            Self { home }
        }

        /// Saves as editors do: beside the file, and then in its place.
        fn save(&self, text: &str) {
            let beside = self.home.path().join("themes/.mine.swp");
            fs::write(&beside, text).unwrap();
            fs::rename(beside, self.home.path().join("themes/mine.toml")).unwrap();
        }

        fn looks(&self, name: &str) -> Looks {
            let paths = Paths::within(self.home.path().to_owned());
            let themes = Themes::new(&paths, Some(Depth::True), None);
            Looks::new(themes, name, Asking::Allowed)
        }
    }

    fn text_colour(looks: &Looks) -> Option<Color> {
        looks.theme().style(Role::Text).fg
    }

    #[tokio::test]
    async fn a_theme_that_is_saved_is_shown() {
        let bed = Bed::new();
        bed.save("[roles]\ntext = \"#010203\"\n");
        let mut looks = bed.looks("mine");
        assert_eq!(text_colour(&looks), Some(Color::Rgb(1, 2, 3)));
        bed.save("[roles]\ntext = \"#040506\"\n");
        assert_eq!(looks.changed().await, Ok(()));
        assert_eq!(text_colour(&looks), Some(Color::Rgb(4, 5, 6)));
    }

    #[tokio::test]
    async fn a_broken_one_is_told_with_its_place_and_changes_nothing() {
        let bed = Bed::new();
        bed.save("[roles]\ntext = \"#010203\"\n");
        let mut looks = bed.looks("mine");
        bed.save("[roles]\ntext = \"#040506\"\ndanger = \"reddish\"\n");
        let problem = looks.changed().await.unwrap_err();
        assert!(
            problem.ends_with("mine.toml, line 3: \"reddish\" is not a colour"),
            "{problem}"
        );
        assert_eq!(text_colour(&looks), Some(Color::Rgb(1, 2, 3)));
    }

    #[test]
    fn the_ground_chooses_between_dark_and_light() {
        let bed = Bed::new();
        let mut looks = bed.looks(MATCHING);
        let [auto, ink, paper] = ["auto", "ink", "paper"].map(|name| bed.looks(name));
        assert_eq!(looks.theme(), auto.theme());
        assert!(looks.wants_ground());
        looks.stand_on(Ground::Light);
        assert_eq!(looks.theme(), paper.theme());
        looks.stand_on(Ground::Dark);
        assert_eq!(looks.theme(), ink.theme());
        assert!(!ink.wants_ground() && !auto.wants_ground());
    }
}
