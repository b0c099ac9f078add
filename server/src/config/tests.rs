//! The layers, the errors and the example.

use super::*;
use std::path::PathBuf;

/// A file that goes away with the test.
struct Written(tempfile::NamedTempFile);

fn written(text: &str) -> Written {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    Written(file)
}

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

fn flags(pairs: &[(&str, &str)]) -> Vec<(String, String, &'static str)> {
    let flag = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned(), "--set");
    pairs.iter().map(flag).collect()
}

type Pairs = &'static [(&'static str, &'static str)];

fn load_from(file: &str, environment: Pairs, given: Pairs) -> Result<Loaded, ConfigError> {
    let file = written(file);
    load(&Sources {
        file: Some(file.0.path()),
        environment: &env(environment),
        flags: &flags(given),
    })
}

#[test]
fn the_later_layer_wins() {
    let cases: &[(&str, Pairs, Pairs, Registration)] = &[
        ("", &[], &[], Registration::First),
        ("registration = \"open\"", &[], &[], Registration::Open),
        (
            "registration = \"open\"",
            &[("FRONTDESK_REGISTRATION", "closed")],
            &[],
            Registration::Closed,
        ),
        (
            "registration = \"open\"",
            &[("FRONTDESK_REGISTRATION", "closed")],
            &[("registration", "invite")],
            Registration::Invite,
        ),
    ];
    for (file, environment, given, wanted) in cases {
        let loaded = load_from(file, environment, given).unwrap();
        assert_eq!(
            loaded.config.registration, *wanted,
            "{file} {environment:?} {given:?}"
        );
    }
}

#[test]
fn the_particular_name_of_the_database_wins_over_the_platforms() {
    let both: Pairs = &[
        ("FRONTDESK_DATABASE_URL", "sqlite:ours.sqlite3"),
        ("DATABASE_URL", "postgres://localhost/theirs"),
    ];
    let ours = load_from("", both, &[]).unwrap().config;
    assert_eq!(
        ours.place(),
        Place::Sqlite(PathBuf::from("frontdesk-data/ours.sqlite3"))
    );
    let theirs = load_from("", &[("DATABASE_URL", "postgres://localhost/theirs")], &[]);
    assert!(matches!(
        theirs.unwrap().config.place(),
        Place::Postgres { writers: 8, .. }
    ));
}

#[test]
fn values_are_read_as_their_types() {
    let config = load_from(
        "data = \"/srv/desk\"\nlisten = \"[::1]:0\"\npublic_url = \"https://desk.example.com/\"\n\
         [limits]\nbody = \"2 MiB\"\nsockets = 0x10\n[sessions]\naccess = \"5 min\"\n\
         [metrics]\nserve = \"127.0.0.1:9100\"\n",
        &[("FRONTDESK_LIMITS_SOCKETS", "42")],
        &[],
    );
    let config = config.unwrap().config;
    assert_eq!(config.limits.body, ByteSize::mebibytes(2));
    assert_eq!(config.limits.sockets, 42);
    assert_eq!(config.sessions.access, Duration::from_secs(300));
    assert_eq!(
        config.metrics.serve,
        MetricsAt::Own(SocketAddr::from(([127, 0, 0, 1], 9100)))
    );
    assert_eq!(
        config.public_url.resolve("http", config.listen),
        "https://desk.example.com"
    );
    assert_eq!(
        config.place(),
        Place::Sqlite(PathBuf::from("/srv/desk/frontdesk.sqlite3"))
    );
}

#[test]
fn a_problem_says_where_and_what_and_what_to_do() {
    let cases: &[(&str, &str)] = &[
        (
            "\nlimits.bdoy = \"1 MiB\"",
            "line 2: there is no key limits.bdoy\n  hint: did you mean limits.body?",
        ),
        ("[limit]\nbody = \"1 MiB\"", "line 1: there is no key limit"),
        (
            "[limits]\nbody = \"lots\"",
            "line 2: limits.body must be a size with its unit",
        ),
        (
            "[limits]\n\nsockets = 0",
            "line 3: limits.sockets must be a whole number of at least 1, got 0",
        ),
        (
            "registration = \"any\"",
            "must be one of \"closed\" \"first\" \"invite\" \"open\", got \"any\"",
        ),
        (
            "listen = \"4000\"",
            "line 1: listen must be an address and a port",
        ),
        ("listen = 4000", "got 4000"),
        ("grace = 10", "such as \"10 s\""),
        ("grace = [10]", "got a list"),
        (
            "public_url = \"desk.example.com\"",
            "https://desk.example.com",
        ),
        ("[log]\nlevel = \"loud\"", "line 2: log.level must be"),
        ("a = \n", "line 1: "),
    ];
    for (file, wanted) in cases {
        let error = load_from(file, &[], &[]).unwrap_err().to_string();
        assert!(error.contains(wanted), "{file}: {error}");
    }
    let environment = load_from("", &[("FRONTDESK_GRACE", "soon")], &[]).unwrap_err();
    assert!(
        environment
            .to_string()
            .starts_with("variable FRONTDESK_GRACE: grace must be")
    );
    let flag = load_from("", &[], &[("regstration", "open")]).unwrap_err();
    assert!(
        flag.to_string().contains("did you mean registration?"),
        "{flag}"
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let error = load_from(
        "nothing = 1\ngrace = \"x\"",
        &[("FRONTDESK_LISTEN", "x")],
        &[],
    );
    assert_eq!(error.unwrap_err().0.len(), 3);
    let missing = Sources {
        file: Some(Path::new("/nowhere/desk.toml")),
        ..Sources::default()
    };
    let error = load(&missing).unwrap_err().to_string();
    assert!(
        error.contains("/nowhere/desk.toml: the file cannot be read"),
        "{error}"
    );
}

#[test]
fn a_mistyped_variable_is_noticed_and_a_strange_one_is_not() {
    let odd: Pairs = &[
        ("FRONTDESK_REGISTRATON", "open"),
        ("FRONTDESK_TOKEN", "canary"),
    ];
    let loaded = load_from("", odd, &[]).unwrap();
    assert_eq!(
        loaded.warnings,
        ["the variable FRONTDESK_REGISTRATON means nothing; did you mean FRONTDESK_REGISTRATION?"]
    );
}

#[test]
fn the_example_is_the_defaults() {
    assert_eq!(
        EXAMPLE,
        render_example(),
        "write it anew with: frontdesk-server config example"
    );
    let commented = load_from(EXAMPLE, &[], &[]).unwrap().config;
    assert_eq!(commented, Config::default());
    let is_setting = |line: &str| {
        let known =
            |key: &Key| line.starts_with(&format!("# {} = ", key.path.rsplit('.').next().unwrap()));
        keys().any(known)
    };
    let uncommented: Vec<&str> = EXAMPLE
        .lines()
        .map(|line| if is_setting(line) { &line[2..] } else { line })
        .collect();
    assert_eq!(
        uncommented
            .iter()
            .filter(|line| line.contains(" = ") && !line.starts_with('#'))
            .count(),
        keys().count()
    );
    let config = load_from(&uncommented.join("\n"), &[], &[]).unwrap().config;
    assert_eq!(config, Config::default());
}

#[test]
fn what_is_shown_is_what_is_read() {
    let changed = load_from(
        "",
        &[],
        &[
            ("limits.body", "3 KiB"),
            ("grace", "1500 ms"),
            ("metrics.serve", "off"),
        ],
    );
    let changed = changed.unwrap().config;
    let text: String = changed
        .lines()
        .iter()
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect();
    assert_eq!(load_from(&text, &[], &[]).unwrap().config, changed);
}
