use super::*;
use frontdesk_domain::{AccountId, SubscriptionId};

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

fn subscription(failures: i64, since: Option<Timestamp>) -> Subscription {
    Subscription {
        id: SubscriptionId::random(),
        account_id: AccountId::random(),
        webhook_url: "https://a.test/hook".to_owned(),
        verified: true,
        scope: None,
        failures,
        failing_since: since,
        disabled_at: None,
        disabled_reason: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

fn answered(status: u16) -> Result {
    asked(status, None)
}

fn asked(status: u16, seconds: Option<u64>) -> Result {
    Result {
        answer: Ok(Answer {
            status,
            retry_after: seconds.map(Duration::from_secs),
            head: String::new(),
        }),
        took: Duration::ZERO,
    }
}

fn in_a_row(failures: i64) -> Streak {
    Streak {
        failures,
        since: Some(NOW),
    }
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn only_a_two_hundred_is_good() {
    for (status, good) in [
        (200, true),
        (204, true),
        (299, true),
        (301, false),
        (404, false),
        (500, false),
    ] {
        assert_eq!(answered(status).is_good(), good, "{status}");
        assert_eq!(answered(status).error().is_none(), good, "{status}");
    }
}

#[test]
fn one_good_answer_ends_a_streak() {
    let bad = subscription(7, Some(NOW));
    let clean = Streak {
        failures: 0,
        since: None,
    };
    assert_eq!(streak(&bad, &answered(204), NOW), clean);
    let later = after(NOW, secs(60));
    assert_eq!(streak(&bad, &answered(500), later), in_a_row(8));
    assert_eq!(
        streak(&subscription(0, None), &answered(500), NOW),
        in_a_row(1)
    );
}

#[test]
fn the_receiver_is_left_alone_longer_each_time_and_as_long_as_it_asks() {
    let pause = |failures, said: &Result| fate(1, &in_a_row(failures), said, 0.5).pause;
    assert_eq!(pause(1, &answered(500)), secs(5));
    assert_eq!(pause(4, &answered(500)), secs(40));
    assert_eq!(pause(1, &asked(429, Some(300))), secs(300));
    assert_eq!(pause(4, &asked(429, Some(1))), secs(40));
    assert_eq!(pause(1, &asked(503, Some(u64::MAX / 2))), MOST_PATIENCE);
}

#[test]
fn a_call_that_fails_thrice_steps_aside_for_those_behind_it() {
    let aside = |attempts| fate(attempts, &in_a_row(attempts), &answered(500), 0.5).aside;
    assert_eq!(
        [aside(1), aside(2), aside(3), aside(4)],
        [None, None, Some(secs(20)), Some(secs(40))]
    );
}

#[test]
fn a_call_is_given_up_only_when_others_went_well() {
    let state = |attempts, failures| fate(attempts, &in_a_row(failures), &answered(500), 0.5).state;
    assert_eq!(state(12, 1), CallState::Failed);
    assert_eq!(state(11, 1), CallState::Pending);
    assert_eq!(
        state(12, 12),
        CallState::Pending,
        "nothing went well since its first try"
    );
    assert_eq!(state(12, 40), CallState::Pending);
    let good = fate(30, &in_a_row(0), &answered(200), 0.5);
    assert_eq!(good.state, CallState::Delivered);
}

#[test]
fn a_webhook_is_switched_off_after_many_failures_over_a_day() {
    let day_later = after(NOW, secs(24 * 3600));
    assert!(in_a_row(20).is_over(day_later));
    assert!(!in_a_row(19).is_over(day_later));
    assert!(!in_a_row(500).is_over(after(NOW, secs(24 * 3600 - 1))));
    assert!(!in_a_row(500).is_over(after(NOW, Duration::ZERO)));
}

#[test]
fn times_that_are_over_are_no_wait() {
    assert_eq!(between(NOW, after(NOW, secs(3))), secs(3));
    assert_eq!(between(after(NOW, secs(3)), NOW), Duration::ZERO);
}
