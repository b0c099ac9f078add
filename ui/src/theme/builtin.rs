//! The themes that are part of the program.

/// The theme when nothing else is said. It ends every chain.
pub const DEFAULT: &str = "auto";

/// The names and texts of the built-in themes.
pub const BUILTIN: &[(&str, &str)] = &[
    ("auto", include_str!("../../../themes/auto.toml")),
    ("ink", include_str!("../../../themes/ink.toml")),
    ("paper", include_str!("../../../themes/paper.toml")),
    (
        "contrast-dark",
        include_str!("../../../themes/contrast-dark.toml"),
    ),
    (
        "contrast-light",
        include_str!("../../../themes/contrast-light.toml"),
    ),
    ("safe-dark", include_str!("../../../themes/safe-dark.toml")),
    (
        "safe-light",
        include_str!("../../../themes/safe-light.toml"),
    ),
    ("mono", include_str!("../../../themes/mono.toml")),
];

/// The text of a built-in theme. `default` is another name for the one that is taken when
/// nothing else is said.
#[must_use]
pub fn builtin(name: &str) -> Option<&'static str> {
    let name = if name == "default" { DEFAULT } else { name };
    BUILTIN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
