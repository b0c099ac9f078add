//! Themes by name: the agent's own files first, then those that are part of the program.

use crate::config::Paths;
use frontdesk_ui::theme::{
    BUILTIN, DEFAULT, Depth, Ground, MATCHING, Theme, ThemeFile, Warning, builtin, load,
};
use std::fs;
use std::path::{Path, PathBuf};

/// Where themes come from, and how many colours are left of them.
#[derive(Debug, Clone)]
pub struct Themes {
    folder: PathBuf,
    /// Nothing when no style is to be written at all.
    depth: Option<Depth>,
    /// What is known of the terminal's own ground.
    ground: Option<Ground>,
}

impl Themes {
    /// The themes of this user for output of this depth.
    #[must_use]
    pub fn new(paths: &Paths, depth: Option<Depth>, ground: Option<Ground>) -> Self {
        Self {
            folder: paths.themes_folder(),
            depth,
            ground,
        }
    }

    /// The folder of the agent's own files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many colours there are.
    #[must_use]
    pub fn depth(&self) -> Option<Depth> {
        self.depth
    }

    /// The theme of this name, and what in its files was passed over, each with its place.
    #[must_use]
    pub fn read(&self, name: &str) -> (Theme, Vec<String>) {
        let Some(depth) = self.depth else {
            return (Theme::plain(), Vec::new());
        };
        let name = if name == MATCHING {
            self.matching(depth)
        } else {
            name
        };
        let mut problems = Vec::new();
        let chain = self.chain(name, &mut problems);
        let (theme, missing) = Theme::resolve(&chain, depth);
        problems.extend(missing.iter().map(|it| format!("theme {name}: {it}")));
        (theme, problems)
    }

    /// The terminal said what its ground is like.
    pub fn stand_on(&mut self, ground: Ground) {
        self.ground = Some(ground);
    }

    /// The full theme for the terminal's ground. Where that is not known, or there are too few
    /// colours for one, it is the terminal's own.
    fn matching(&self, depth: Depth) -> &'static str {
        match self.ground {
            Some(ground) if depth >= Depth::TwoHundredFiftySix => ground.theme(),
            _ => DEFAULT,
        }
    }

    /// The names of all themes: the one that follows the terminal, those of the program, then the agent's own in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let builtin = BUILTIN.iter().map(|(name, _)| *name);
        let mut names: Vec<String> = std::iter::once(MATCHING)
            .chain(builtin)
            .map(str::to_owned)
            .collect();
        // Without the folder there are none.
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut own: Vec<String> = files
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|it| it == "toml"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .filter(|name| !names.contains(name))
            .collect();
        own.sort();
        names.append(&mut own);
        names
    }

    /// The theme with this name and those it inherits from. The default one ends every chain.
    fn chain(&self, name: &str, problems: &mut Vec<String>) -> Vec<ThemeFile> {
        let mut names: Vec<String> = Vec::new();
        let mut files = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            let path = self.folder.join(format!("{name}.toml"));
            let mut passed_over = |warning: &Warning, path: Option<&Path>| {
                let place = path.map_or_else(
                    || format!("theme {name}: "),
                    |path| format!("{}, ", path.display()),
                );
                problems.push(format!("{place}{warning}"));
            };
            if names.contains(&name) {
                passed_over(&Warning::circle(&name), None);
                break;
            }
            let own = fs::read_to_string(&path).ok();
            let Some(text) = own.as_deref().or_else(|| builtin(&name)) else {
                passed_over(&Warning::unknown_theme(&name), None);
                break;
            };
            let (file, mistakes) = load::parse(text);
            for mistake in &mistakes {
                passed_over(mistake, own.is_some().then_some(path.as_path()));
            }
            next.clone_from(&file.inherits);
            names.push(name);
            files.push(file);
        }
        files.extend(builtin(DEFAULT).map(|text| load::parse(text).0));
        files
    }
}
