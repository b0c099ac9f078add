//! Money: amounts as texts, and what models cost.

use super::value::{Raw, Setting, Wrong, quoted};

/// An amount in millionths, written as a text: `"12.50"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money(pub i64);

/// Millionths of one.
const ONE: i64 = 1_000_000;

impl Money {
    fn of(text: &str) -> Option<Self> {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || part.len() > 6 || !digits(whole) || !digits(part) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<6}").parse().ok()?;
        whole.checked_mul(ONE)?.checked_add(part).map(Self)
    }

    fn text(self) -> String {
        let text = format!("{}.{:06}", self.0 / ONE, self.0 % ONE);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Setting for Money {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "an amount as a text, such as \"12.50\"";
        let amount = match raw {
            Raw::Text(text) => Self::of(text),
            Raw::Whole(number) => number.checked_mul(ONE).filter(|it| *it >= 0).map(Self),
            Raw::List(_) | Raw::Other(_) => None,
        };
        amount.ok_or_else(|| raw.wrong(expected))
    }

    fn show(&self) -> String {
        quoted(self.text())
    }
}

/// What a model costs: a million tokens that go in, and a million that come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    pub model: String,
    pub tokens_in: Money,
    pub tokens_out: Money,
}

/// What models cost, each as `MODEL IN OUT`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices(pub Vec<Price>);

const EXPECTED: &str = "prices such as [\"gpt-4o-mini 0.15 0.60\"]: the model, and what a million tokens in \
    and out cost";

impl Prices {
    /// What a call cost, in millionths; nothing for a model without a price.
    #[must_use]
    pub fn cost(&self, model: &str, tokens_in: i64, tokens_out: i64) -> i64 {
        let Some(price) = self.0.iter().find(|it| it.model == model) else {
            return 0;
        };
        let part =
            |tokens: i64, price: Money| i128::from(tokens.max(0)).saturating_mul(price.0.into());
        let sum = part(tokens_in, price.tokens_in) + part(tokens_out, price.tokens_out);
        // Rounded up: many small calls are not free.
        let cost = (sum + i128::from(ONE - 1)) / i128::from(ONE);
        i64::try_from(cost).unwrap_or(i64::MAX)
    }
}

fn price(text: &str) -> Option<Price> {
    let mut words = text.split_whitespace();
    let price = Price {
        model: words.next()?.to_owned(),
        tokens_in: Money::of(words.next()?)?,
        tokens_out: Money::of(words.next()?)?,
    };
    words.next().is_none().then_some(price)
}

impl Setting for Prices {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let texts: Vec<&str> = match raw {
            Raw::List(texts) => texts.clone(),
            Raw::Text(text) => text.split(',').filter(|it| !it.trim().is_empty()).collect(),
            Raw::Whole(_) | Raw::Other(_) => return Err(raw.wrong(EXPECTED)),
        };
        let read = texts
            .iter()
            .map(|text| price(text).ok_or_else(|| Raw::Text(text).wrong(EXPECTED)));
        read.collect::<Result<_, _>>().map(Self)
    }

    fn show(&self) -> String {
        let texts = self.0.iter().map(|it| {
            let (paid_in, paid_out) = (it.tokens_in.text(), it.tokens_out.text());
            format!("{} {paid_in} {paid_out}", it.model)
        });
        toml::Value::from(texts.collect::<Vec<_>>()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, amount) in [
            ("0", 0),
            ("12.50", 12_500_000),
            ("0.000001", 1),
            ("7", 7 * ONE),
        ] {
            let read = Money::take(&Raw::Text(text)).unwrap();
            assert_eq!(read, Money(amount));
            assert_eq!(Money::of(&read.text()), Some(read));
        }
        for text in [
            "",
            "-1",
            "1,5",
            "1.0000001",
            "1e3",
            ".5",
            "99999999999999999999",
        ] {
            assert!(Money::take(&Raw::Text(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_call_costs_what_its_model_costs() {
        let raw = Raw::Text("gpt-4o-mini 0.15 0.60, big 2.5 10");
        let prices = Prices::take(&raw).unwrap();
        assert_eq!(prices.cost("gpt-4o-mini", 1_000_000, 1_000_000), 750_000);
        assert_eq!(prices.cost("gpt-4o-mini", 100, 20), 27);
        assert_eq!(prices.cost("big", 1, 0), 3, "rounded up");
        assert_eq!(prices.cost("llama", 1_000_000, 0), 0);
        let again = Prices::take(&Raw::List(vec!["gpt-4o-mini 0.15 0.6", "big 2.5 10"]));
        assert_eq!(again, Ok(prices));
        for text in ["big", "big 1", "big 1 2 3", "big one two"] {
            assert!(Prices::take(&Raw::List(vec![text])).is_err(), "{text}");
        }
    }
}
