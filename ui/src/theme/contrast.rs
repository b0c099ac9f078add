//! Whether what the themes paint can be read: on their own ground, on the row the agent is on,
//! and by eyes that do not tell red from green.

use super::tests::chain_of;
use super::{BUILTIN, Depth, Role, Theme};
use ratatui::style::Color;

/// Words, and signs that carry no words.
const WORDS: f64 = 4.5;
const MARKS: f64 = 3.0;
/// Words in the themes for eyes that need more.
const MORE: f64 = 10.0;

type Rgb = [u8; 3];

fn rgb(colour: Option<Color>) -> Option<Rgb> {
    match colour {
        Some(Color::Rgb(red, green, blue)) => Some([red, green, blue]),
        _ => None,
    }
}

/// Amounts of light, as WCAG reckons them.
fn linear(colour: Rgb) -> [f64; 3] {
    colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let light = |colour| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other): (f64, f64) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The themes that own their ground, with what they paint.
fn painted() -> Vec<(&'static str, Theme)> {
    BUILTIN
        .iter()
        .map(|(name, _)| (*name, Theme::resolve(&chain_of(name), Depth::True).0))
        .filter(|(_, theme)| rgb(theme.style(Role::Background).bg).is_some())
        .collect()
}

fn grounds(theme: &Theme) -> [Rgb; 2] {
    [Role::Background, Role::Selection].map(|role| rgb(theme.style(role).bg).unwrap())
}

#[test]
fn only_these_themes_paint_a_ground() {
    let names: Vec<&str> = painted().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "ink",
            "paper",
            "contrast-dark",
            "contrast-light",
            "safe-dark",
            "safe-light"
        ]
    );
}

#[test]
fn everything_can_be_read_on_the_ground_and_on_the_selection() {
    for (name, theme) in painted() {
        for role in Role::ALL {
            let least = match role {
                // Grounds have no words, and nothing is lost with a line between panes.
                Role::Background | Role::Selection | Role::Rule => continue,
                Role::Faint => MARKS,
                _ => WORDS,
            };
            let colour = rgb(theme.style(*role).fg).unwrap();
            for ground in grounds(&theme) {
                let found = contrast(colour, ground);
                assert!(found >= least, "{name} {}: {found:.1}", role.name());
            }
        }
    }
}

#[test]
fn the_contrast_themes_have_more_of_it() {
    for (name, theme) in painted() {
        if !name.starts_with("contrast-") {
            continue;
        }
        let [ground, selection] = grounds(&theme);
        for role in Role::ALL {
            if matches!(
                role,
                Role::Background | Role::Selection | Role::Rule | Role::Faint
            ) {
                continue;
            }
            let found = contrast(rgb(theme.style(*role).fg).unwrap(), ground);
            assert!(found >= MORE, "{name} {}: {found:.1}", role.name());
        }
        for role in [Role::Text, Role::Strong, Role::Muted] {
            let found = contrast(rgb(theme.style(role).fg).unwrap(), selection);
            assert!(found >= MORE, "{name} {}: {found:.1}", role.name());
        }
    }
}

/// What red-green blind eyes see of a colour, after Viénot, Brettel and Mollon (1999).
fn without_green(colour: Rgb) -> [f64; 3] {
    let [red, green, blue] = linear(colour);
    let both = 0.292_75 * red + 0.707_25 * green;
    [both, both, 0.022_34 * (green - red) + blue]
}

#[test]
fn the_safe_themes_tell_good_from_bad_without_red_and_green() {
    for (name, theme) in painted() {
        if !name.starts_with("safe-") {
            continue;
        }
        let seen = |role| without_green(rgb(theme.style(role).fg).unwrap());
        let (good, bad) = (seen(Role::Ok), seen(Role::Danger));
        let share = |[red, _, blue]: [f64; 3]| blue / (red + blue);
        let apart = share(good) - share(bad);
        assert!(apart > 0.3, "{name}: {apart:.2}");
    }
}
