use super::*;
use ratatui::style::{Color, Modifier, Style};

pub(crate) fn chain_of(name: &str) -> Vec<ThemeFile> {
    let mut chain = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next {
        let (file, warnings) = load::parse(builtin(&name).unwrap());
        assert_eq!(warnings, [], "{name}");
        assert!(chain.len() < BUILTIN.len(), "{name} inherits in a circle");
        next = file.inherits.clone();
        chain.push(file);
    }
    chain
}

#[test]
fn every_theme_has_every_role() {
    for (name, _) in BUILTIN {
        for depth in [
            Depth::None,
            Depth::Sixteen,
            Depth::TwoHundredFiftySix,
            Depth::True,
        ] {
            let (theme, warnings) = Theme::resolve(&chain_of(name), depth);
            assert_eq!(warnings, [], "{name}");
            for role in Role::ALL {
                let style = theme.style(*role);
                if depth == Depth::None || *name == "mono" {
                    assert!(
                        style.fg.is_none() && style.bg.is_none(),
                        "{name} {}",
                        role.name()
                    );
                }
            }
        }
    }
}

#[test]
fn what_needs_you_never_looks_like_plain_text() {
    for (name, _) in BUILTIN {
        let (theme, _) = Theme::resolve(&chain_of(name), Depth::Sixteen);
        for role in [
            Role::Danger,
            Role::Warn,
            Role::Strong,
            Role::Selection,
            Role::Muted,
        ] {
            // Sixteen colours have no grey with that much contrast.
            if role == Role::Muted && name.starts_with("contrast-") {
                continue;
            }
            assert_ne!(
                theme.style(role),
                theme.style(Role::Text),
                "{name} {}",
                role.name()
            );
        }
    }
}

#[test]
fn role_names_are_read_back() {
    for (index, role) in Role::ALL.iter().enumerate() {
        assert_eq!(Role::from_name(role.name()), Some(*role));
        assert_eq!(*role as usize, index);
    }
}

#[test]
fn a_special_theme_says_only_what_is_different() {
    let (special, warnings) = load::parse(
        "inherits = \"auto\"\n[palette]\nrose = \"#f47a88\"\n[roles]\ndanger = \"rose\"\nok = { fg = \"42\", bold = true }\n",
    );
    assert_eq!(warnings, []);
    let mut chain = vec![special];
    chain.extend(chain_of(DEFAULT));
    let (theme, warnings) = Theme::resolve(&chain, Depth::True);
    assert_eq!(warnings, []);
    assert_eq!(
        theme.style(Role::Danger).fg,
        Some(Color::Rgb(0xf4, 0x7a, 0x88))
    );
    assert_eq!(theme.style(Role::Ok).fg, Some(Color::Indexed(42)));
    assert!(theme.style(Role::Ok).add_modifier.contains(Modifier::BOLD));
    assert_eq!(theme.sgr(Role::Ok), "1;38;5;42");
}

#[test]
fn mistakes_are_warnings_with_their_line() {
    let table = [
        (
            "[roles]\nnobody = \"red\"",
            "line 2: there is no role named \"nobody\"",
        ),
        (
            "[roles]\n\ntext = \"reddish\"",
            "line 3: \"reddish\" is not a colour",
        ),
        (
            "[palette]\na = \"#12345\"",
            "line 2: \"#12345\" is not a colour",
        ),
        (
            "[rolls]\ntext = \"red\"",
            "line 1: unknown field `rolls`, expected one of `inherits`, `palette`, `roles`",
        ),
    ];
    for (text, warning) in table {
        let (_, warnings) = load::parse(text);
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(warnings, [warning]);
    }
}

#[test]
fn a_selection_that_cannot_be_shown_turns_the_row_around() {
    let selection = |name, depth| {
        Theme::resolve(&chain_of(name), depth)
            .0
            .style(Role::Selection)
    };
    for depth in [Depth::None, Depth::Sixteen] {
        for (name, _) in BUILTIN {
            assert_eq!(selection(name, depth), Style::new().reversed(), "{name}");
        }
    }
    for depth in [Depth::TwoHundredFiftySix, Depth::True] {
        let ground = Theme::resolve(&chain_of("ink"), depth)
            .0
            .style(Role::Background);
        assert_ne!(selection("ink", depth).bg, ground.bg);
        assert!(selection("ink", depth).bg.is_some());
    }
}

#[test]
fn the_default_has_an_older_name() {
    assert_eq!(builtin("default"), builtin(DEFAULT));
}
