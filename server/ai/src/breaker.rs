//! Whether a model's service is asked now. After failures in a row it is left alone for a while; then one
//! question tries it out, and everything else waits for what becomes of that one.

use std::time::Duration;

/// Failures in a row after which a service is taken for down.
const TOO_MANY: u32 = 4;

const SHORTEST_REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_secs(300);

/// What is known of a service. Times are microseconds of whatever clock the caller has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Breaker {
    /// Failures in a row.
    failures: u32,
    /// Until when nobody asks.
    rests_until: Option<i64>,
    /// A question is out that tries the service.
    probing: bool,
}

/// Whether a question may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It may.
    Go,
    /// It may, and decides for all others.
    Probe,
    /// Another question tries the service out just now.
    Wait,
    /// Nobody asks before this time.
    Rests(i64),
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The service answered, if only to refuse this question.
    Answer,
    /// Nothing, or that it is down.
    Nothing,
    /// The question was given up before there was an answer.
    Dropped,
}

impl Breaker {
    /// Whether a question may go now.
    pub fn enter(&mut self, now: i64) -> Entry {
        match self.rests_until {
            None => Entry::Go,
            Some(until) if now < until => Entry::Rests(until),
            Some(_) if self.probing => Entry::Wait,
            Some(_) => {
                self.probing = true;
                Entry::Probe
            }
        }
    }

    /// Takes in what came of a question that went.
    pub fn heard(&mut self, heard: Heard, now: i64) {
        self.probing = false;
        match heard {
            Heard::Answer => *self = Self::default(),
            Heard::Dropped => {}
            // Questions that went before it was taken for down prolong nothing.
            Heard::Nothing if self.rests(now) => {}
            Heard::Nothing => {
                self.failures = self.failures.saturating_add(1);
                if let Some(doublings) = self.failures.checked_sub(TOO_MANY) {
                    let rest = SHORTEST_REST * 2_u32.pow(doublings.min(8));
                    let rest = rest.min(LONGEST_REST).as_micros();
                    let rest = i64::try_from(rest).unwrap_or(i64::MAX);
                    self.rests_until = Some(now.saturating_add(rest));
                }
            }
        }
    }

    /// Whether the service is left alone now.
    #[must_use]
    pub fn rests(&self, now: i64) -> bool {
        self.rests_until.is_some_and(|until| now < until)
    }

    /// Whether it was taken for down and has not answered since.
    #[must_use]
    pub const fn is_down(&self) -> bool {
        self.rests_until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    fn failed(breaker: &mut Breaker, times: u32, now: i64) {
        for _ in 0..times {
            assert_eq!(breaker.enter(now), Entry::Go);
            breaker.heard(Heard::Nothing, now);
        }
    }

    #[test]
    fn failures_in_a_row_close_it_and_an_answer_between_them_does_not() {
        let mut breaker = Breaker::default();
        failed(&mut breaker, TOO_MANY - 1, 0);
        breaker.heard(Heard::Answer, 0);
        failed(&mut breaker, TOO_MANY, 0);
        assert_eq!(breaker.enter(1), Entry::Rests(15 * SECOND));
        assert!(breaker.rests(1) && breaker.is_down());
    }

    #[test]
    fn one_question_tries_it_out_and_decides_for_the_others() {
        let mut breaker = Breaker::default();
        failed(&mut breaker, TOO_MANY, 0);
        let later = 15 * SECOND;
        assert!(!breaker.rests(later));
        assert_eq!(breaker.enter(later), Entry::Probe);
        assert_eq!(breaker.enter(later), Entry::Wait);
        breaker.heard(Heard::Nothing, later);
        assert_eq!(breaker.enter(later), Entry::Rests(45 * SECOND), "longer");
        assert_eq!(breaker.enter(45 * SECOND), Entry::Probe);
        breaker.heard(Heard::Dropped, 45 * SECOND);
        assert_eq!(
            breaker.enter(45 * SECOND),
            Entry::Probe,
            "who gave up says nothing"
        );
        breaker.heard(Heard::Answer, 46 * SECOND);
        assert_eq!(breaker, Breaker::default());
    }

    #[test]
    fn late_failures_of_earlier_questions_prolong_nothing_and_a_rest_ends() {
        let mut breaker = Breaker::default();
        failed(&mut breaker, TOO_MANY, 0);
        for _ in 0..50 {
            breaker.heard(Heard::Nothing, SECOND);
        }
        assert_eq!(breaker.enter(SECOND), Entry::Rests(15 * SECOND));
        let mut now = 15 * SECOND;
        for _ in 0..20 {
            assert_eq!(breaker.enter(now), Entry::Probe);
            breaker.heard(Heard::Nothing, now);
            let Entry::Rests(until) = breaker.enter(now) else {
                panic!("it rests");
            };
            assert!(until - now <= 300 * SECOND);
            now = until;
        }
    }
}
