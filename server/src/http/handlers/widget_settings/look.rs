//! The fields of a widget's look. They end up on other companies' pages, so what would act there
//! is refused.

use crate::http::handlers::lenient::{filled, lenient_id, line};
use crate::http::input::Double;
use crate::http::{ApiError, FieldErrors, Wrapped};
use crate::use_cases::widget::Look;
use frontdesk_domain::InboxId;
use frontdesk_domain::decide::Field;
use frontdesk_domain::text::clean_body;
use schemars::JsonSchema;
use serde::Deserialize;

/// The most characters of a text that visitors read.
const LONGEST_TEXT: usize = 5_000;

/// The most characters of an address.
const LONGEST_ADDRESS: usize = 2_000;

/// The changes to a widget's look. What is left out stays.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct LookFields {
    /// The primary inbox when left out.
    #[serde(deserialize_with = "lenient_id")]
    pub(super) inbox_id: Option<InboxId>,
    title: Double<String>,
    subtitle: Double<String>,
    /// Hex, with or without `#`.
    color: Double<String>,
    greeting: Double<String>,
    away_message: Double<String>,
    new_message_placeholder: Double<String>,
    email_input_placeholder: Double<String>,
    new_messages_notification_text: Double<String>,
    show_agent_availability: Option<bool>,
    agent_available_text: Double<String>,
    agent_unavailable_text: Double<String>,
    require_email_upfront: Option<bool>,
    is_open_by_default: Option<bool>,
    is_branding_hidden: Option<bool>,
    custom_icon_url: Double<String>,
    iframe_url_override: Double<String>,
    /// `outlined` or `filled`.
    icon_variant: Option<String>,
    base_url: Double<String>,
}

impl Wrapped for LookFields {
    const KEY: &'static str = "widget_settings";
}

impl LookFields {
    /// The changes, when all of them can be made.
    pub(super) fn read(self) -> Result<Look, ApiError> {
        let mut check = Check::default();
        let look = Look {
            title: check.text("title", self.title),
            subtitle: check.text("subtitle", self.subtitle),
            color: check.color(self.color),
            greeting: check.text("greeting", self.greeting),
            away_message: check.text("away_message", self.away_message),
            new_message_placeholder: check
                .text("new_message_placeholder", self.new_message_placeholder),
            email_input_placeholder: check
                .text("email_input_placeholder", self.email_input_placeholder),
            new_messages_notification_text: check.text(
                "new_messages_notification_text",
                self.new_messages_notification_text,
            ),
            show_agent_availability: self.show_agent_availability,
            agent_available_text: check.text("agent_available_text", self.agent_available_text),
            agent_unavailable_text: check
                .text("agent_unavailable_text", self.agent_unavailable_text),
            require_email_upfront: self.require_email_upfront,
            is_open_by_default: self.is_open_by_default,
            is_branding_hidden: self.is_branding_hidden,
            custom_icon_url: check.address("custom_icon_url", self.custom_icon_url),
            iframe_url_override: check.address("iframe_url_override", self.iframe_url_override),
            icon_variant: check.variant(self.icon_variant),
            base_url: check.address("base_url", self.base_url),
        };
        if check.0.is_empty() {
            Ok(look)
        } else {
            Err(ApiError::Invalid(check.0))
        }
    }
}

/// Reads fields and collects what is wrong with them.
#[derive(Debug, Default)]
struct Check(FieldErrors);

impl Check {
    fn text(&mut self, name: &str, value: Double<String>) -> Field<String> {
        let field = filled(value, |text| {
            let text = clean_body(&text).text;
            (!text.trim().is_empty()).then_some(text)
        });
        self.bounded(name, &field, LONGEST_TEXT);
        field
    }

    fn address(&mut self, name: &str, value: Double<String>) -> Field<String> {
        let field = line(value);
        self.bounded(name, &field, LONGEST_ADDRESS);
        if let Field::Set(text) = &field
            && !(text.starts_with("https://") || text.starts_with("http://"))
        {
            self.0.add(name, "is invalid");
        }
        field
    }

    fn color(&mut self, value: Double<String>) -> Field<String> {
        let field = line(value);
        if let Field::Set(text) = &field {
            let digits = text.strip_prefix('#').unwrap_or(text);
            let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
            if !is_hex || !matches!(digits.len(), 3 | 4 | 6 | 8) {
                self.0.add("color", "is invalid");
            }
        }
        field
    }

    fn variant(&mut self, value: Option<String>) -> Option<String> {
        if let Some(text) = &value
            && !matches!(text.as_str(), "outlined" | "filled")
        {
            self.0.add("icon_variant", "is invalid");
        }
        value
    }

    fn bounded(&mut self, name: &str, field: &Field<String>, longest: usize) {
        if let Field::Set(text) = field
            && text.chars().count() > longest
        {
            self.0.add(name, "is too long");
        }
    }
}
