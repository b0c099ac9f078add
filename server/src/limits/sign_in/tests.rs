//! Waits that grow, by account and by address.

use super::*;

const START: Timestamp = Timestamp::from_seconds(1_795_000_000);

fn address(last: u8) -> Option<IpAddr> {
    Some(IpAddr::from([198, 51, 100, last]))
}

fn generous() -> Attempts {
    Attempts::new(5, 1_000_000)
}

/// Fails until it must wait, each time as soon as it may; the waits in seconds.
fn waits(attempts: &Attempts, typed: &str, from: Option<IpAddr>, count: usize) -> Vec<u64> {
    let (mut now, mut waits) = (START, Vec::new());
    while waits.len() < count {
        if let Err(wait) = attempts.begin(typed, from, now) {
            waits.push(wait.as_secs());
            now = now.plus_seconds(i64::try_from(wait.as_secs()).unwrap());
        }
    }
    waits
}

#[test]
fn the_wait_for_an_account_doubles_up_to_a_minute() {
    let waits = waits(&generous(), "ada@acme.test", None, 9);
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
}

#[test]
fn an_address_that_tries_many_accounts_waits_too() {
    let attempts = generous();
    for index in 0..20 {
        let typed = format!("{index}@acme.test");
        attempts.begin(&typed, address(1), START).unwrap();
    }
    let refused = attempts.begin("one-more@acme.test", address(1), START);
    assert!(refused.is_err());
    attempts
        .begin("one-more@acme.test", address(2), START)
        .unwrap();
}

#[test]
fn many_at_once_do_not_slip_through() {
    let attempts = generous();
    let let_in = (0..100).filter(|_| attempts.begin("ada@acme.test", None, START).is_ok());
    assert_eq!(let_in.count(), 5);
}

#[test]
fn success_forgives_the_account_and_not_the_address() {
    let attempts = generous();
    for _ in 0..4 {
        attempts.begin("ada@acme.test", address(1), START).unwrap();
    }
    let right = attempts.begin("ada@acme.test", address(1), START).unwrap();
    attempts.succeeded(&right);
    for _ in 0..5 {
        attempts.begin("ada@acme.test", address(2), START).unwrap();
    }
    let known = attempts.failed.lock()[&Whom::Address(address(1).unwrap())];
    assert_eq!(known.count, 4);
}

#[test]
fn what_is_set_aside_costs_nothing_and_forgives_nothing() {
    let attempts = generous();
    for _ in 0..5 {
        for _ in 0..10 {
            let asked = attempts.begin("ada@acme.test", address(1), START).unwrap();
            attempts.set_aside(&asked);
        }
        attempts.begin("ada@acme.test", address(1), START).unwrap();
    }
    attempts
        .begin("ada@acme.test", address(1), START)
        .unwrap_err();
}

#[test]
fn what_failed_long_ago_is_forgotten_and_a_clock_set_back_locks_nobody_out() {
    let attempts = generous();
    waits(&attempts, "ada@acme.test", None, 8);
    let later = START.plus_seconds(2 * 86_400);
    for _ in 0..5 {
        attempts.begin("ada@acme.test", None, later).unwrap();
    }
    attempts.begin("ada@acme.test", None, START).unwrap();
    attempts.begin("ada@acme.test", None, START).unwrap_err();
}

#[test]
fn attempts_from_one_address_have_a_rate_even_when_they_succeed() {
    let attempts = Attempts::new(5, 30);
    let mut let_in = 0;
    for index in 0..100 {
        let typed = format!("{index}@acme.test");
        if let Ok(factor) = attempts.begin(&typed, address(1), START) {
            attempts.succeeded(&factor);
            let_in += 1;
        }
    }
    assert_eq!(let_in, 30);
}

#[test]
fn one_attempt_of_a_streak_tells_that_it_locks_out() {
    let attempts = generous();
    let told: Vec<bool> = (0..5)
        .map(|_| attempts.begin("ada@acme.test", None, START).unwrap())
        .map(|attempt| attempt.locks_out())
        .collect();
    assert_eq!(told, [false, false, false, false, true]);
    let later = START.plus_seconds(60);
    let next = attempts.begin("ada@acme.test", None, later).unwrap();
    assert!(!next.locks_out(), "the streak was told of");
}

#[test]
fn zero_makes_nobody_wait() {
    let attempts = Attempts::new(0, 0);
    for _ in 0..1000 {
        attempts.begin("ada@acme.test", address(1), START).unwrap();
    }
}
