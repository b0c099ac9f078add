use super::*;
use tempfile::TempDir;

fn tokens(access: &str) -> Tokens {
    Tokens {
        access: Secret::new(access.to_owned()),
        renew: Secret::new("renew".to_owned()),
    }
}

fn keeper(folder: &TempDir) -> Keeper {
    Keeper::new(KeepTokens::File, folder.path().join("deep/tokens.json"))
}

#[test]
fn tokens_are_found_under_their_own_name_only() {
    let folder = TempDir::new().unwrap();
    let keeper = keeper(&folder);
    assert_eq!(keeper.load("https://a 1").unwrap(), None);
    let place = keeper.save("https://a 1", &tokens("one")).unwrap();
    keeper.save("https://b 1", &tokens("two")).unwrap();
    assert_eq!(
        keeper.load("https://a 1").unwrap(),
        Some((tokens("one"), place.clone()))
    );
    assert_eq!(keeper.load("https://a").unwrap(), None);
    keeper
        .replace("https://a 1", &tokens("three"), &place)
        .unwrap();
    assert_eq!(
        keeper.load("https://a 1").unwrap().unwrap().0,
        tokens("three")
    );
    keeper.forget("https://a 1").unwrap();
    keeper.forget("https://a 1").unwrap();
    assert_eq!(keeper.load("https://a 1").unwrap(), None);
    assert_eq!(
        keeper.load("https://b 1").unwrap().unwrap().0,
        tokens("two")
    );
}

#[cfg(unix)]
#[test]
fn the_file_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let keeper = keeper(&folder);
    let Place::File(path) = keeper.save("a", &tokens("one")).unwrap() else {
        panic!("no file")
    };
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn a_damaged_file_is_named_and_not_overwritten() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tokens.json");
    std::fs::write(&path, "{").unwrap();
    let keeper = Keeper::new(KeepTokens::File, path.clone());
    assert!(
        keeper
            .load("a")
            .unwrap_err()
            .to_string()
            .contains("tokens.json")
    );
    assert!(keeper.save("a", &tokens("one")).is_err());
    assert_eq!(std::fs::read_to_string(path).unwrap(), "{");
}

#[test]
fn turns_are_taken_one_after_the_other() {
    let folder = TempDir::new().unwrap();
    let keeper = keeper(&folder);
    let turn = keeper.try_turn().unwrap().unwrap();
    assert!(keeper.try_turn().unwrap().is_none());
    drop(turn);
    assert!(keeper.try_turn().unwrap().is_some());
}
