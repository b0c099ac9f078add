use super::*;
use std::fs;
use tempfile::TempDir;

struct Bed {
    home: TempDir,
}

impl Bed {
    fn new(file: &str) -> Self {
        let home = TempDir::new().unwrap();
        fs::write(home.path().join("config.toml"), file).unwrap();
        Self { home }
    }

    fn load(&self, settings: &Settings, pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let paths = Paths::within(self.home.path().to_owned());
        load(settings, &Environment::of(pairs), &paths)
    }

    fn refused(&self, pairs: &[(&str, &str)]) -> (String, Option<String>) {
        let error = self.load(&Settings::default(), pairs).unwrap_err();
        let home = self.home.path().display().to_string();
        (error.to_string().replace(&home, "HOME"), error.hint)
    }
}

#[test]
fn the_example_says_every_key_and_equals_the_defaults() {
    let example = include_str!("../../config.example.toml");
    let commented: Vec<&str> = example
        .lines()
        .filter_map(|line| line.strip_prefix("#:"))
        .map(str::trim)
        .collect();
    let expected: Vec<String> = KEYS
        .iter()
        .map(|key| format!("{} = {}", key.name, (key.show)(&Config::default())))
        .collect();
    assert_eq!(commented, expected);
    let active = example.replace("#:", "");
    let config = Bed::new(&active).load(&Settings::default(), &[]).unwrap();
    assert_eq!(
        config,
        Config {
            server_named: true,
            file: config.file.clone(),
            ..Config::default()
        }
    );
}

#[test]
fn the_later_source_wins() {
    let bed = Bed::new("theme = \"paper\"\ncolor = \"never\"\ntimeout_seconds = 5\n");
    let environment = [("FRONTDESK_COLOR", "always"), ("FRONTDESK_THEME", "mono")];
    let settings = Settings {
        theme: Some("contrast-dark".to_owned()),
        ..Settings::default()
    };
    let config = bed.load(&settings, &environment).unwrap();
    assert_eq!(config.theme, "contrast-dark");
    assert_eq!(config.color, Colour::Always);
    assert_eq!(config.timeout.as_secs(), 5);
    assert_eq!(config.glyphs, GlyphChoice::Auto);
}

#[test]
fn mistakes_say_where_they_are_and_what_helps() {
    let table = [
        (
            "\n\ntimeout_second = 3",
            "HOME/config.toml line 3: there is no key timeout_second",
            Some("did you mean timeout_seconds?"),
        ),
        (
            "color = \"red\"",
            "HOME/config.toml line 1: color must be auto, always or never, got \"red\"",
            None,
        ),
        (
            "timeout_seconds = 0",
            "HOME/config.toml line 1: timeout_seconds must be a number of seconds from 1 to 600, got \"0\"",
            None,
        ),
        (
            "server = \"ftp://x\"",
            "HOME/config.toml line 1: server must be an address such as https://desk.example.com, got \"ftp://x\"",
            None,
        ),
        (
            "theme = \"../../etc/passwd\"",
            "HOME/config.toml line 1: theme must be the name of a theme, got \"../../etc/passwd\"",
            None,
        ),
    ];
    for (file, words, hint) in table {
        let (said, hinted) = Bed::new(file).refused(&[]);
        assert_eq!((said.as_str(), hinted.as_deref()), (words, hint));
    }
    let (said, hint) = Bed::new("\ntheme = paper").refused(&[]);
    assert!(said.starts_with("HOME/config.toml line 2: "), "{said}");
    assert_eq!(hint.as_deref(), Some("texts stand in quotes"));
    let (said, _) = Bed::new("").refused(&[("FRONTDESK_GLYPHS", "emoji")]);
    assert_eq!(
        said,
        "variable FRONTDESK_GLYPHS: glyphs must be auto, unicode or ascii, got \"emoji\""
    );
}

#[test]
fn a_file_that_was_named_must_exist() {
    let (said, hint) = Bed::new("").refused(&[("FRONTDESK_CONFIG", "/nowhere/at/all.toml")]);
    assert_eq!(
        said,
        "/nowhere/at/all.toml: the file cannot be read (entity not found)"
    );
    assert!(hint.is_some());
}

#[test]
fn keys_of_ones_own_are_read_and_their_mistakes_located() {
    let bed = Bed::new("[keys.list]\n\"ctrl-t\" = \"view-mine\"\n\"x\" = false\n");
    let config = bed.load(&Settings::default(), &[]).unwrap();
    let keys = |name: &str| {
        let action = frontdesk_ui::action::Action::from_name(name).unwrap();
        config
            .keymap
            .all_keys(&[frontdesk_ui::action::Context::List], action)
    };
    assert!(keys("view-mine").contains("^t"));
    assert_eq!(keys("select"), "");
    for (file, said) in [
        (
            "[keys.list]\n\"g\" = \"top\"\n\"g i\" = \"view-mine\"\n",
            "HOME/config.toml: one of your own keys is wrong",
        ),
        (
            "[keys.list]\n\"y\" = 3\n",
            "HOME/config.toml:2:1: \"y\" must be an action's name, or false",
        ),
        (
            "[keys]\nlist = 3\n",
            "HOME/config.toml:2:1: keys.list must be a table",
        ),
    ] {
        assert_eq!(Bed::new(file).refused(&[]).0, said);
    }
}

#[test]
fn macros_are_read_in_the_order_of_the_file_and_keys_find_them() {
    let file = "[macros.zoom]\nnote = \"Call.\"\n[macros.ask]\nreply = \"Hi {first|there}\"\n\
                do = [\"tag refund\", \"snooze 3d\"]\n[keys.desk]\n\"ctrl-t\" = \"macro ask\"\n";
    let config = Bed::new(file).load(&Settings::default(), &[]).unwrap();
    let names: Vec<&str> = config.macros.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["zoom", "ask"]);
    assert_eq!(config.macros[1].steps.len(), 2);
    assert_eq!(config.keymap.macros().collect::<Vec<_>>(), ["ask"]);
}

#[test]
fn commands_are_words_that_no_shell_reads() {
    let file = "[commands.issue]\nrun = [\"file-issue\", \"$HOME\"]\noutput = \"pager\"\n\
                [keys.desk]\n\"ctrl-t\" = \"command issue\"\n";
    let config = Bed::new(file).load(&Settings::default(), &[]).unwrap();
    assert_eq!(config.commands[0].run, ["file-issue", "$HOME"]);
    assert_eq!(config.keymap.commands().collect::<Vec<_>>(), ["issue"]);
    let table = [
        (
            "[commands.a]\nrun = \"ls | wc\"\n",
            "HOME/config.toml:2:7: commands.a: run must be a list of texts, such as \
             [\"program\", \"argument\"]; no shell reads it",
        ),
        (
            "[commands.a]\nabout = \"x\"\n",
            "HOME/config.toml:1:11: commands.a: it runs nothing; run is missing",
        ),
        (
            "[commands.a]\nrun = [\"x\"]\noutput = \"mail\"\n",
            "HOME/config.toml:3:10: commands.a: output must be toast or pager, got mail",
        ),
        (
            "[keys.desk]\n\"ctrl-t\" = \"command none\"\n",
            "HOME/config.toml: keys are bound to the command \"none\", and there is none",
        ),
    ];
    for (file, said) in table {
        assert_eq!(Bed::new(file).refused(&[]).0, said);
    }
}

#[test]
fn views_are_searches_with_an_order_and_columns() {
    let file = "[views.storm]\nquery = \"status:open tag:storm\"\nsort = \"oldest\"\n\
                [views.inbox]\ncolumns = [\"tags\"]\n";
    let config = Bed::new(file).load(&Settings::default(), &[]).unwrap();
    let kept = config.views[0].kept.as_ref().unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.query.as_str()),
        ("storm", "status:open tag:storm")
    );
    assert!(config.views[1].kept.is_none());
    let table = [
        (
            "[views.a]\nquery = \"status:opn\"\n",
            "HOME/config.toml:2:9: views.a: ",
        ),
        (
            "[views.a]\nquery = \"x\"\nsort = \"new\"\n",
            "HOME/config.toml:3:8: views.a: sort must be one of newest, oldest, waiting_longest, \
             priority, wakes_next, got new",
        ),
        (
            "[views.a]\ncolumns = [\"tag\"]\n",
            "HOME/config.toml:2:12: views.a: there is no column tag; did you mean tags?; there is \
             assignee, tags, time",
        ),
        (
            "[views.a]\n",
            "HOME/config.toml:1:8: views.a: it says neither query nor columns",
        ),
    ];
    for (file, said) in table {
        let refused = Bed::new(file).refused(&[]).0;
        assert!(refused.starts_with(said), "{refused}");
    }
}

#[test]
fn recorded_keys_are_keys() {
    let file = "[recorded]\nstorm = \"x ctrl-s\"\n";
    let config = Bed::new(file).load(&Settings::default(), &[]).unwrap();
    assert_eq!(
        (config.recorded[0].0.as_str(), config.recorded[0].1.len()),
        ("storm", 2)
    );
    let said = "HOME/config.toml:2:9: recorded.storm: these are no keys";
    assert_eq!(Bed::new("[recorded]\nstorm = \"\"\n").refused(&[]).0, said);
}

#[test]
fn what_is_wrong_with_a_macro_is_said_where_it_stands() {
    let table = [
        (
            "[macros.a]\ndo = [\"tag x\", \"shout\"]\n",
            "HOME/config.toml:2:16: macros.a: a macro cannot \"shout\"",
        ),
        (
            "[macros.a]\nrepli = \"x\"\n",
            "HOME/config.toml:2:1: macros.a: \"repli\" is nothing a macro has; did you mean reply?",
        ),
        (
            "[macros.a]\nreply = \"x\"\nnote = \"y\"\n",
            "HOME/config.toml:1:9: macros.a: it is a reply or a note, not both",
        ),
        (
            "[macros.a]\n",
            "HOME/config.toml:1:9: macros.a: it does nothing",
        ),
        (
            "[keys.desk]\n\"ctrl-t\" = \"macro none\"\n",
            "HOME/config.toml: keys are bound to the macro \"none\", and there is none",
        ),
    ];
    for (file, expected) in table {
        let (said, hint) = Bed::new(file).refused(&[]);
        assert!(said.starts_with(expected), "{said}");
        assert!(hint.is_some());
    }
}
