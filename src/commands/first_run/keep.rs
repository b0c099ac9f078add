//! Everything that was said on the first run is written down, in one go at its end.

use super::Begun;
use crate::commands::login;
use crate::config::{self, Config, GlyphChoice};
use crate::environment::Environment;
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_ui::first_run::Look;
use frontdesk_ui::glyph::Glyphs;

/// Writes down the look and the sign-in. The sign-in comes last: as long as it is missing, the
/// first run comes again.
pub(super) fn keep(
    desk: &Desk,
    environment: &Environment,
    begun: Option<&Begun>,
    look: &Look,
) -> Result<(Desk, Agent), Error> {
    let Begun { http, session } = begun.ok_or(Error::NobodySignedIn)?;
    let config = written(desk, look)?;
    let desk = Desk::new(config, desk.paths.clone(), environment).at(http.address().clone());
    login::remember(&desk, http.address(), &mut desk.store()?, session)?;
    let agent = desk.stored()?;
    Ok((desk, agent))
}

/// The configuration with this look. Only what is different is written into the file.
fn written(desk: &Desk, look: &Look) -> Result<Config, Error> {
    let mut config = desk.config.clone();
    let mut changes = Vec::new();
    if look.theme != config.theme {
        config.theme.clone_from(&look.theme);
        changes.push(("theme", look.theme.as_str()));
    }
    if look.glyphs != desk.output.glyphs() {
        let (choice, name) = match look.glyphs {
            Glyphs::Unicode => (GlyphChoice::Unicode, "unicode"),
            Glyphs::Ascii => (GlyphChoice::Ascii, "ascii"),
        };
        config.glyphs = choice;
        changes.push(("glyphs", name));
    }
    if look.keys != config.keys_preset {
        config.keys_preset = look.keys;
        changes.push(("keys_preset", look.keys.name()));
    }
    if changes.is_empty() {
        return Ok(config);
    }
    config::remember(&config.file, &changes)?;
    config.keymap = config::keymap(&config.file, config.keys_preset)?;
    Ok(config)
}
