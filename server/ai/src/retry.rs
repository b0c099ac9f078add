//! Whether a model's service is asked once more, and when, as its own clients do it.

use std::time::Duration;

/// A service that wants more patience than this is not waited for.
const LONGEST: Duration = Duration::from_secs(120);

/// What a service answered in place of a reply.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refusal<'a> {
    /// No status: no answer came.
    pub status: Option<u16>,
    /// `x-should-retry`.
    pub should_retry: Option<&'a str>,
    /// `retry-after-ms`.
    pub after_ms: Option<&'a str>,
    /// `retry-after`, in seconds.
    pub after: Option<&'a str>,
    /// The code in the error's body.
    pub code: Option<&'a str>,
}

/// How long to wait before the next try; nothing says that there is none. `jitter` is from 0 to 1.
#[must_use]
pub fn wait(refusal: &Refusal<'_>, tries: u32, jitter: f64) -> Option<Duration> {
    // Whoever has no credit left has none in a minute either.
    if refusal.code == Some("insufficient_quota") {
        return None;
    }
    let passing = match (refusal.should_retry, refusal.status) {
        (Some("true"), _) | (_, None) => true,
        (Some("false"), _) => false,
        (_, Some(status)) => matches!(status, 408 | 409 | 429 | 500..),
    };
    if !passing {
        return None;
    }
    let asked = refusal.after_ms.and_then(|it| seconds(it, 0.001));
    let asked = asked.or_else(|| refusal.after.and_then(|it| seconds(it, 1.0)));
    match asked {
        Some(wait) => (wait <= LONGEST).then_some(wait),
        None => {
            let backoff = 0.5 * f64::from(1_u32 << tries.min(4));
            let wait = backoff.min(8.0) * 0.25_f64.mul_add(-jitter.clamp(0.0, 1.0), 1.0);
            Some(Duration::from_secs_f64(wait))
        }
    }
}

fn seconds(text: &str, unit: f64) -> Option<Duration> {
    let number: f64 = text.trim().parse().ok()?;
    Duration::try_from_secs_f64(number * unit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(status: u16) -> Refusal<'static> {
        Refusal {
            status: Some(status),
            ..Refusal::default()
        }
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        for status in [408, 409, 429, 500, 503] {
            let wait = wait(&after(status), 1, 0.0);
            assert_eq!(wait, Some(Duration::from_secs(1)), "{status}");
        }
        for status in [400, 401, 403, 404, 422] {
            assert_eq!(wait(&after(status), 1, 0.0), None, "{status}");
        }
        assert_eq!(
            wait(&Refusal::default(), 0, 1.0),
            Some(Duration::from_millis(375))
        );
        let broke = Refusal {
            code: Some("insufficient_quota"),
            ..after(429)
        };
        assert_eq!(wait(&broke, 0, 0.0), None);
    }

    #[test]
    fn the_service_says_when() {
        let said = Refusal {
            after: Some("7"),
            ..after(429)
        };
        assert_eq!(wait(&said, 0, 0.0), Some(Duration::from_secs(7)));
        let finer = Refusal {
            after_ms: Some("250"),
            ..said
        };
        assert_eq!(wait(&finer, 0, 0.0), Some(Duration::from_millis(250)));
        let long = Refusal {
            after: Some("3600"),
            ..after(503)
        };
        assert_eq!(wait(&long, 0, 0.0), None);
        let never = Refusal {
            should_retry: Some("false"),
            ..after(503)
        };
        assert_eq!(wait(&never, 0, 0.0), None);
        let odd = Refusal {
            after: Some("-1"),
            ..after(429)
        };
        assert!(wait(&odd, 60, 0.0).is_some_and(|it| it <= Duration::from_secs(8)));
    }
}
