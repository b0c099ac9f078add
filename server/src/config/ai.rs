//! The model that drafts replies: where it is, what it is called with, and how much of it there may be.

use super::folder::is_exposed;
use super::key::{Key, key};
use super::money::{Money, Prices};
use super::quantity::parse_duration;
use super::value::{Raw, Setting, Wrong, quoted};
use crate::vault::Secret;
use frontdesk_domain::AiTask;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ai {
    /// Where the service is; empty for `OpenAI` where there is a key, and for no model where there is none.
    pub base_url: String,
    pub key: ModelKey,
    /// The model for drafts, and for every task that has none of its own.
    pub model: String,
    pub rewrite_model: String,
    pub summary_model: String,
    pub suggest_model: String,
    /// The model that says what texts mean; empty for none.
    pub embed_model: String,
    pub max_tokens: usize,
    pub temperature: Temperature,
    pub timeout: Patience,
    pub retries: Count,
    /// How many questions are out at once.
    pub at_once: usize,
    /// The most tokens an account uses in a month; 0 for no limit.
    pub monthly_tokens: Count,
    /// The most money an account spends in a month; nothing for no limit.
    pub monthly_cost: Money,
    pub prices: Prices,
    /// What the prices are in.
    pub currency: String,
}

/// The service that is meant where only a key is given.
const OPENAI: &str = "https://api.openai.com/v1";

impl Ai {
    /// Where the service is, where there is one.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        match (self.base_url.trim_end_matches('/'), &self.key) {
            ("", ModelKey::Unset) => None,
            ("", _) => Some(OPENAI),
            (url, _) => Some(url),
        }
    }

    /// The model that says what texts mean, where there is one. One that writes cannot.
    #[must_use]
    pub fn embeds(&self) -> Option<&str> {
        let name = self.embed_model.trim();
        (!name.is_empty()).then_some(name)
    }

    /// The model for a task that writes.
    #[must_use]
    pub fn model_for(&self, task: AiTask) -> &str {
        let own = match task {
            AiTask::Draft | AiTask::Embed => "",
            AiTask::Rewrite => &self.rewrite_model,
            AiTask::Summary => &self.summary_model,
            AiTask::Suggest => &self.suggest_model,
        };
        if own.is_empty() { &self.model } else { own }
    }
}

impl Default for Ai {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            key: ModelKey::Unset,
            model: "gpt-4o-mini".to_owned(),
            rewrite_model: String::new(),
            summary_model: String::new(),
            suggest_model: String::new(),
            embed_model: String::new(),
            max_tokens: 500,
            temperature: Temperature(70),
            timeout: Patience(Duration::from_secs(30)),
            retries: Count(2),
            at_once: 8,
            monthly_tokens: Count(0),
            monthly_cost: Money(0),
            prices: Prices::default(),
            currency: "USD".to_owned(),
        }
    }
}

/// The key of the service. It shows itself to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelKey {
    Unset,
    /// A file; a relative path starts in the data folder.
    File(PathBuf),
    Given(Secret),
}

/// Why the key of the service cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelKeyError {
    #[error("the key of the model cannot be read from {}", path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("others can read the key of the model in {}\n  hint: chmod 600 it", .0.display())]
    Exposed(PathBuf),
}

impl ModelKey {
    /// The key itself, where there is one.
    ///
    /// # Errors
    /// When its file cannot be read, or can be read by others.
    pub(crate) fn read(&self, data: &Path) -> Result<Option<Secret>, ModelKeyError> {
        let path = match self {
            Self::Unset => return Ok(None),
            Self::Given(secret) => return Ok(Some(secret.clone())),
            Self::File(path) => data.join(path),
        };
        let looked = File::open(&path).and_then(|file| {
            let exposed = is_exposed(&file)?;
            Ok((exposed, io::read_to_string(file)?))
        });
        match looked {
            Ok((false, text)) => Ok(Some(Secret::new(text.trim()))),
            Ok((true, _)) => Err(ModelKeyError::Exposed(path)),
            Err(source) => Err(ModelKeyError::Unreadable { path, source }),
        }
    }
}

impl Setting for ModelKey {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"file:PATH\" or the key itself";
        // What was written may be the secret, so it is not quoted back.
        let text = raw.text(expected).map_err(|_| Wrong {
            expected: expected.to_owned(),
            got: "something else".to_owned(),
        })?;
        Ok(match text.strip_prefix("file:") {
            _ if text.is_empty() => Self::Unset,
            Some(path) => Self::File(PathBuf::from(path)),
            None => Self::Given(Secret::new(text)),
        })
    }

    fn show(&self) -> String {
        match self {
            Self::Unset => quoted(""),
            Self::File(path) => quoted(format_args!("file:{}", path.display())),
            Self::Given(_) => quoted("…"),
        }
    }
}

/// A whole number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub usize);

impl Setting for Count {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let number = match raw {
            Raw::Whole(number) => usize::try_from(*number).ok(),
            Raw::Text(text) => text.trim().parse().ok(),
            Raw::List(_) | Raw::Other(_) => None,
        };
        number.map(Self).ok_or_else(|| raw.wrong("a whole number"))
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

/// A time that may also be a number of seconds, as other programs write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience(pub Duration);

impl Setting for Patience {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let time = match raw {
            Raw::Whole(number) => u64::try_from(*number).ok().map(Duration::from_secs),
            Raw::Text(text) => match text.trim().parse() {
                Ok(seconds) => Some(Duration::from_secs(seconds)),
                Err(_) => parse_duration(text),
            },
            Raw::List(_) | Raw::Other(_) => None,
        };
        let some = time.filter(|time| !time.is_zero());
        some.map(Self)
            .ok_or_else(|| raw.wrong("a time, such as \"30 s\" or a number of seconds"))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

/// How freely the model writes, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Temperature(pub u16);

impl Temperature {
    /// As the service takes it.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Setting for Temperature {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let wrong = || raw.wrong("a text from \"0\" to \"2\", such as \"0.7\"");
        let Raw::Text(text) = raw else {
            return Err(wrong());
        };
        let value: f64 = text.trim().parse().map_err(|_| wrong())?;
        let hundredths = (0..=200_u16).find(|it| (f64::from(*it) / 100.0 - value).abs() < 0.005);
        hundredths.map(Self).ok_or_else(wrong)
    }

    fn show(&self) -> String {
        quoted(self.value())
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "ai.base_url",
        ai.base_url,
        "Where an OpenAI-compatible service is that drafts replies, such as\n\"http://127.0.0.1:11434/v1\". Empty: OpenAI where there is a key, and no model where there is\nnone. The variable LLM_BASE_URL sets it too."
    ),
    key!(
        "ai.key",
        ai.key,
        "The service's key: \"file:PATH\" (a relative path starts in the data folder) or the key itself.\nThe variables LLM_API_KEY and OPENAI_API_KEY set it too."
    ),
    key!(
        "ai.model",
        ai.model,
        "The model. The variable LLM_MODEL sets it too."
    ),
    key!(
        "ai.rewrite_model",
        ai.rewrite_model,
        "The model that rewrites an agent's own text; empty for ai.model."
    ),
    key!(
        "ai.summary_model",
        ai.summary_model,
        "The model that sums conversations up; empty for ai.model."
    ),
    key!(
        "ai.suggest_model",
        ai.suggest_model,
        "The model that suggests tags, priority, team and sentiment; empty for ai.model."
    ),
    key!(
        "ai.embed_model",
        ai.embed_model,
        "The model that says what knowledge and questions mean, so that texts are found that say the\nsame in other words, such as \"text-embedding-3-small\". Empty: they are found by their words\nalone."
    ),
    key!(
        "ai.max_tokens",
        ai.max_tokens,
        "The most tokens of one draft. The variable LLM_MAX_TOKENS sets it too."
    ),
    key!(
        "ai.temperature",
        ai.temperature,
        "How freely the model writes, from \"0\" to \"2\". The variable LLM_TEMPERATURE sets it too."
    ),
    key!(
        "ai.timeout",
        ai.timeout,
        "How long the service may be silent. A long answer that keeps coming is not cut off. The\nvariable LLM_TIMEOUT sets it too, in seconds."
    ),
    key!(
        "ai.retries",
        ai.retries,
        "How often the service is asked once more when it is busy or down. The variable\nLLM_MAX_RETRIES sets it too."
    ),
    key!(
        "ai.at_once",
        ai.at_once,
        "How many drafts are made at once; the others wait in order. 1 suits a model on one machine."
    ),
    key!(
        "ai.monthly_tokens",
        ai.monthly_tokens,
        "The most tokens an account may use in a calendar month (UTC); 0 for no limit."
    ),
    key!(
        "ai.monthly_cost",
        ai.monthly_cost,
        "The most money an account may spend in a calendar month (UTC), by ai.prices; \"0\" for no\nlimit."
    ),
    key!(
        "ai.prices",
        ai.prices,
        "What models cost, each as \"MODEL IN OUT\": a million tokens that go in, and a million that come\nout, such as [\"gpt-4o-mini 0.15 0.60\"]. A model without a price costs nothing."
    ),
    key!("ai.currency", ai.currency, "What the prices are in."),
];
