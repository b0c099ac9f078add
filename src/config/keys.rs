//! Every setting: its key, what it may be, and what it is when nobody says anything.

use super::problem::nearest;
use super::{ConfigError, Given};
use crate::net::address::Address;
use crate::notify::Way;
use crate::secret::Secret;
use frontdesk_ui::keymap::{Keymap, Preset};
use frontdesk_ui::macros::Macro;
use frontdesk_ui::model::kept::OwnView;
use frontdesk_ui::model::settings::{AfterDone, Density, Enter, Settings, Shown};
use frontdesk_ui::own_command::OwnCommand;
use frontdesk_ui::theme::MATCHING;
use std::path::PathBuf;
use std::time::Duration;

/// How the client runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the configuration is, or would be.
    pub file: PathBuf,
    pub server: Address,
    /// Whether the server was named, and is not just the default.
    pub server_named: bool,
    pub insecure_http: bool,
    pub timeout: Duration,
    pub keep_tokens: KeepTokens,
    /// A token that stands in for a sign-in. It comes from the environment alone.
    pub token: Option<Secret>,
    /// What prints such a token; empty for nothing.
    pub token_command: String,
    /// Where that was said, for errors.
    pub token_command_place: String,
    pub theme: String,
    pub color: Colour,
    pub glyphs: GlyphChoice,
    /// Whether the inbox is lines that follow each other, and nothing is drawn.
    pub linear: bool,
    pub screen: Settings,
    /// The agent's editor; empty for the one the environment names.
    pub editor: String,
    /// What copies to the clipboard; empty for the terminal itself.
    pub clipboard: String,
    pub notices: NoticeChoice,
    pub keys_preset: Preset,
    /// The preset's keys with the agent's own.
    pub keymap: Keymap,
    /// The agent's own macros.
    pub macros: Vec<Macro>,
    /// The agent's own commands.
    pub commands: Vec<OwnCommand>,
    /// Keys that were recorded and kept.
    pub recorded: Vec<(String, Vec<frontdesk_ui::key::Key>)>,
    /// The agent's own views.
    pub views: Vec<OwnView>,
    /// How long what was closed stays in the local copy.
    pub keep_closed_days: u32,
}

/// How the desktop is told of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeChoice {
    /// As the terminal understands it best.
    Auto,
    Only(Way),
}

/// When output has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

/// Which signs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlyphChoice {
    /// What the locale can show.
    Auto,
    Unicode,
    Ascii,
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepTokens {
    /// In the system's keyring, and in a private file where there is none.
    Auto,
    Keyring,
    File,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            file: PathBuf::new(),
            server: Address::local(),
            server_named: false,
            insecure_http: false,
            timeout: Duration::from_secs(30),
            keep_tokens: KeepTokens::Auto,
            token: None,
            token_command: String::new(),
            token_command_place: String::new(),
            theme: MATCHING.to_owned(),
            color: Colour::Auto,
            glyphs: GlyphChoice::Auto,
            linear: false,
            screen: Settings::default(),
            editor: String::new(),
            clipboard: String::new(),
            notices: NoticeChoice::Auto,
            keys_preset: Preset::Vim,
            keymap: Keymap::default(),
            macros: Vec::new(),
            commands: Vec::new(),
            recorded: Vec::new(),
            views: Vec::new(),
            keep_closed_days: 365,
        }
    }
}

/// One setting.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What a value must be, for the error that says so.
    pub(super) expected: &'static str,
    /// Puts a value where it belongs; `None` when it is no such value.
    pub(super) set: fn(&mut Config, &str) -> Option<()>,
    /// The value as it stands in the example file.
    pub(super) show: fn(&Config) -> String,
}

impl Key {
    /// What holds when nobody says anything.
    pub(super) fn default(&self) -> serde_json::Value {
        let shown = (self.show)(&Config::default());
        // Quoted words, numbers, true and false are the same in TOML and in JSON.
        serde_json::from_str(&shown).unwrap_or(serde_json::Value::String(shown))
    }
}

macro_rules! keys {
    ($($name:literal: $expected:literal, $set:expr, $show:expr;)+) => {
        pub(super) const KEYS: &[Key] = &[$(Key {
            name: $name,
            expected: $expected,
            set: $set,
            show: $show,
        },)+];
    };
}

keys! {
    "server": "an address such as https://desk.example.com",
        |config, text| {
            config.server = text.parse().ok()?;
            config.server_named = true;
            Some(())
        },
        |config| format!("{:?}", config.server.origin());
    "insecure_http": "true or false",
        |config, text| text.parse().ok().map(|value| config.insecure_http = value),
        |config| config.insecure_http.to_string();
    "timeout_seconds": "a number of seconds from 1 to 600",
        |config, text| {
            let seconds = text.parse().ok().filter(|seconds| (1..=600).contains(seconds))?;
            config.timeout = Duration::from_secs(seconds);
            Some(())
        },
        |config| config.timeout.as_secs().to_string();
    "keep_tokens": "auto, keyring or file",
        |config, text| {
            let choices = [
                ("auto", KeepTokens::Auto),
                ("keyring", KeepTokens::Keyring),
                ("file", KeepTokens::File),
            ];
            choice(text, &choices).map(|value| config.keep_tokens = value)
        },
        |config| format!("{:?}", config.keep_tokens).to_lowercase().quoted();
    "token_command": "a command, with every quote closed",
        |config, text| {
            shlex::split(text)?;
            text.clone_into(&mut config.token_command);
            Some(())
        },
        |config| config.token_command.quoted();
    "theme": "the name of a theme",
        |config, text| {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let is_name = !text.is_empty() && text.chars().all(fits);
            is_name.then(|| text.clone_into(&mut config.theme))
        },
        |config| config.theme.quoted();
    "color": "auto, always or never",
        |config, text| {
            let choices =
                [("auto", Colour::Auto), ("always", Colour::Always), ("never", Colour::Never)];
            choice(text, &choices).map(|value| config.color = value)
        },
        |config| format!("{:?}", config.color).to_lowercase().quoted();
    "glyphs": "auto, unicode or ascii",
        |config, text| {
            let choices = [
                ("auto", GlyphChoice::Auto),
                ("unicode", GlyphChoice::Unicode),
                ("ascii", GlyphChoice::Ascii),
            ];
            choice(text, &choices).map(|value| config.glyphs = value)
        },
        |config| format!("{:?}", config.glyphs).to_lowercase().quoted();
    "linear": "true or false",
        |config, text| text.parse().ok().map(|value| config.linear = value),
        |config| config.linear.to_string();
    "after_done": "next, previous or list",
        |config, text| {
            let choices = [
                ("next", AfterDone::Next),
                ("previous", AfterDone::Previous),
                ("list", AfterDone::List),
            ];
            choice(text, &choices).map(|value| config.screen.after_done = value)
        },
        |config| format!("{:?}", config.screen.after_done).to_lowercase().quoted();
    "read_after_ms": "a number of milliseconds from 0 to 60000",
        |config, text| number(text, 60_000).map(|value| config.screen.read_after_ms = value),
        |config| config.screen.read_after_ms.to_string();
    "hold_seconds_email": "a number of seconds from 0 to 60",
        |config, text| number(text, 60).map(|value| config.screen.hold.email = value),
        |config| config.screen.hold.email.to_string();
    "hold_seconds_chat": "a number of seconds from 0 to 60",
        |config, text| number(text, 60).map(|value| config.screen.hold.chat = value),
        |config| config.screen.hold.chat.to_string();
    "hold_seconds_slack": "a number of seconds from 0 to 60",
        |config, text| number(text, 60).map(|value| config.screen.hold.slack = value),
        |config| config.screen.hold.slack.to_string();
    "hold_seconds_sms": "a number of seconds from 0 to 60",
        |config, text| number(text, 60).map(|value| config.screen.hold.sms = value),
        |config| config.screen.hold.sms.to_string();
    "enter": "newline or send",
        |config, text| {
            let choices = [("newline", Enter::NewLine), ("send", Enter::Sends)];
            choice(text, &choices).map(|value| config.screen.enter = value)
        },
        |config| match config.screen.enter {
            Enter::NewLine => "newline".quoted(),
            Enter::Sends => "send".quoted(),
        };
    "density": "comfortable or compact",
        |config, text| {
            let choices =
                [("comfortable", Density::Comfortable), ("compact", Density::Compact)];
            choice(text, &choices).map(|value| config.screen.density = value)
        },
        |config| format!("{:?}", config.screen.density).to_lowercase().quoted();
    "preview": "true or false",
        |config, text| shown(text).map(|value| config.screen.preview = value),
        |config| (config.screen.preview == Shown::Yes).to_string();
    "customer_pane": "true or false",
        |config, text| shown(text).map(|value| config.screen.context = value),
        |config| (config.screen.context == Shown::Yes).to_string();
    "mouse": "true or false",
        |config, text| shown(text).map(|value| config.screen.mouse = value),
        |config| (config.screen.mouse == Shown::Yes).to_string();
    "hyperlinks": "true or false",
        |config, text| shown(text).map(|value| config.screen.hyperlinks = value),
        |config| (config.screen.hyperlinks == Shown::Yes).to_string();
    "keys_preset": "vim, arrows, emacs or gmail",
        |config, text| {
            let choices = [
                ("vim", Preset::Vim),
                ("arrows", Preset::Arrows),
                ("emacs", Preset::Emacs),
                ("gmail", Preset::Gmail),
            ];
            choice(text, &choices).map(|value| config.keys_preset = value)
        },
        |config| format!("{:?}", config.keys_preset).to_lowercase().quoted();
    "which_key_delay_ms": "a number of milliseconds from 0 to 10000, or never",
        |config, text| {
            let value = match text {
                "never" => None,
                text => Some(number(text, 10_000)?),
            };
            config.screen.which_key_after_ms = value;
            Some(())
        },
        |config| match config.screen.which_key_after_ms {
            None => "never".quoted(),
            Some(ms) => ms.to_string(),
        };
    "keep_closed_days": "a number of days from 1 to 36500",
        |config, text| {
            let days = number(text, 36_500).filter(|days| *days > 0)?;
            config.keep_closed_days = days;
            Some(())
        },
        |config| config.keep_closed_days.to_string();
    "editor": "a command",
        |config, text| {
            text.clone_into(&mut config.editor);
            Some(())
        },
        |config| config.editor.quoted();
    "clipboard": "a command",
        |config, text| {
            text.clone_into(&mut config.clipboard);
            Some(())
        },
        |config| config.clipboard.quoted();
    "notices": "auto, bell, osc9, osc777 or never",
        |config, text| {
            let choices = [
                ("auto", NoticeChoice::Auto),
                ("bell", NoticeChoice::Only(Way::Bell)),
                ("osc9", NoticeChoice::Only(Way::Osc9)),
                ("osc777", NoticeChoice::Only(Way::Osc777)),
                ("never", NoticeChoice::Only(Way::Never)),
            ];
            choice(text, &choices).map(|value| config.notices = value)
        },
        |config| match config.notices {
            NoticeChoice::Auto => "auto".quoted(),
            NoticeChoice::Only(way) => format!("{way:?}").to_lowercase().quoted(),
        };
}

/// Puts one given value into the configuration.
pub(super) fn set(config: &mut Config, given: &Given) -> Result<(), ConfigError> {
    let (place, line) = (given.origin.to_string(), given.origin.line());
    let Some(key) = KEYS.iter().find(|key| key.name == given.key) else {
        return Err(ConfigError {
            place,
            line,
            what: format!("there is no key {}", given.key),
            hint: nearest(&given.key, KEYS.iter().map(|key| key.name)),
        });
    };
    (key.set)(config, &given.text).ok_or_else(|| ConfigError {
        place,
        line,
        what: format!(
            "{} must be {}, got {:?}",
            key.name, key.expected, given.text
        ),
        hint: None,
    })
}

/// The words that are values, where what is expected names them.
pub(super) fn words(key: &Key) -> Vec<String> {
    let listed = key.expected.replace(" or ", ", ");
    let mut config = Config::default();
    listed
        .split(", ")
        .map(str::trim)
        .filter(|word| !word.contains(' ') && (key.set)(&mut config, word).is_some())
        .map(str::to_owned)
        .collect()
}

fn choice<T: Copy>(text: &str, choices: &[(&str, T)]) -> Option<T> {
    choices
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
}

/// A number up to `most`.
fn number<T: TryFrom<u32>>(text: &str, most: u32) -> Option<T> {
    let value: u32 = text.parse().ok()?;
    (value <= most).then(|| T::try_from(value).ok())?
}

fn shown(text: &str) -> Option<Shown> {
    choice(text, &[("true", Shown::Yes), ("false", Shown::No)])
}

trait Quoted {
    fn quoted(&self) -> String;
}

impl Quoted for str {
    fn quoted(&self) -> String {
        format!("{self:?}")
    }
}
