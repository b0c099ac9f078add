//! What a notification says, in the form each service takes. Pure.

use crate::vault::Secret;
use crate::work::call::Call;
use frontdesk_domain::PushService;
use frontdesk_domain::notify::{Notify, Reason};
use serde_json::{Value, json};

/// The most of a text that goes out.
const LONGEST: usize = 300;

/// What there is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) reason: Reason,
    /// The conversation's number.
    pub(super) number: i64,
    /// Name and text, where the user wants them to leave the server.
    pub(super) customer: Option<String>,
    pub(super) text: Option<String>,
}

impl Words {
    fn title(&self) -> String {
        let number = self.number;
        let who = self.customer.as_deref().unwrap_or("A customer");
        match self.reason {
            Reason::Mentioned => format!("You were mentioned in #{number}"),
            Reason::Written => format!("{who} wrote in #{number}"),
            Reason::Unassigned => format!("{who} wrote in #{number}, which nobody has yet"),
            Reason::Assigned => format!("#{number} was assigned to you"),
            Reason::Waiting => format!("{who} still waits in #{number}"),
        }
    }

    fn text(&self) -> String {
        let text = self.text.as_deref().unwrap_or_default();
        let mut short: String = text.chars().take(LONGEST).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short
    }

    fn name(&self) -> &'static str {
        match self.reason {
            Reason::Mentioned => "mentioned",
            Reason::Written => "written",
            Reason::Unassigned => "unassigned",
            Reason::Assigned => "assigned",
            Reason::Waiting => "waiting",
        }
    }
}

/// The call that brings the words. `id` is the same over all tries.
pub(super) fn call(wish: &Notify, token: Option<&Secret>, words: &Words, id: &str) -> Call {
    let said = Said {
        reason: words.name(),
        number: Some(words.number),
        title: words.title(),
        text: words.text(),
    };
    brought(wish, token, &said, id)
}

/// A call that only tries the way.
pub(super) fn trial(wish: &Notify, token: Option<&Secret>) -> Call {
    let said = Said {
        reason: "test",
        number: None,
        title: "Frontdesk can reach you here".to_owned(),
        text: String::new(),
    };
    brought(wish, token, &said, "test")
}

/// The same, put into words.
struct Said {
    reason: &'static str,
    number: Option<i64>,
    title: String,
    text: String,
}

fn brought(wish: &Notify, token: Option<&Secret>, said: &Said, id: &str) -> Call {
    let token = token.and_then(|it| std::str::from_utf8(it.reveal()).ok());
    let mut headers = vec![("webhook-id", id.to_owned())];
    if let Some(token) = token {
        headers.push(match wish.service {
            PushService::Gotify => ("x-gotify-key", token.to_owned()),
            PushService::Ntfy | PushService::Webhook => {
                ("authorization", format!("Bearer {token}"))
            }
        });
    }
    let (title, text) = (&said.title, &said.text);
    let message = if text.is_empty() { title } else { text };
    let (url, body) = match wish.service {
        PushService::Ntfy => ntfy(&wish.url, title, message),
        PushService::Gotify => (
            format!("{}/message", wish.url.trim_end_matches('/')),
            json!({ "title": title, "message": message, "priority": 5 }),
        ),
        PushService::Webhook => (
            wish.url.clone(),
            json!({ "event": "notification", "payload": {
                "reason": said.reason,
                "conversation_number": said.number,
                "title": title,
                "text": Some(text).filter(|text| !text.is_empty()),
            } }),
        ),
    };
    Call {
        url,
        headers,
        body: body.to_string(),
    }
}

/// ntfy takes JSON at its root, with the topic inside, so that letters of all scripts arrive.
fn ntfy(url: &str, title: &str, message: &str) -> (String, Value) {
    let (root, topic) = url
        .trim_end_matches('/')
        .rsplit_once('/')
        .unwrap_or((url, ""));
    let body = json!({ "topic": topic, "title": title, "message": message });
    (format!("{root}/"), body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::{AccountId, Timestamp, UserId};

    fn wish(service: PushService, url: &str) -> Notify {
        Notify {
            id: uuid::Uuid::nil(),
            user_id: UserId(1),
            account_id: AccountId::random(),
            service,
            url: url.to_owned(),
            token: None,
            on_assigned: true,
            on_mentioned: true,
            on_unassigned: false,
            with_text: true,
            quiet: None,
            time_zone: "UTC".to_owned(),
            updated_at: Timestamp(0),
        }
    }

    fn token() -> Secret {
        Secret::new(*b"t0ken")
    }

    fn words(customer: Option<&str>, text: Option<&str>) -> Words {
        Words {
            reason: Reason::Written,
            number: 12,
            customer: customer.map(str::to_owned),
            text: text.map(str::to_owned),
        }
    }

    fn body(call: &Call) -> Value {
        serde_json::from_str(&call.body).unwrap()
    }

    #[test]
    fn ntfy_gets_its_topic_in_the_body() {
        let made = call(
            &wish(PushService::Ntfy, "https://ntfy.test/desk"),
            Some(&token()),
            &words(Some("Grace"), Some("Héllo")),
            "7",
        );
        assert_eq!(made.url, "https://ntfy.test/");
        let wanted = json!({ "topic": "desk", "title": "Grace wrote in #12", "message": "Héllo" });
        assert_eq!(body(&made), wanted);
        let wanted = [
            ("webhook-id", "7".to_owned()),
            ("authorization", "Bearer t0ken".to_owned()),
        ];
        assert_eq!(made.headers, wanted);
    }

    #[test]
    fn gotify_gets_its_token_in_its_own_header() {
        let made = call(
            &wish(PushService::Gotify, "https://g.test/"),
            Some(&token()),
            &words(None, None),
            "7",
        );
        assert_eq!(made.url, "https://g.test/message");
        let title = "A customer wrote in #12";
        assert_eq!(
            body(&made),
            json!({ "title": title, "message": title, "priority": 5 })
        );
        assert_eq!(made.headers[1], ("x-gotify-key", "t0ken".to_owned()));
    }

    #[test]
    fn a_webhook_is_told_what_it_is_about_and_no_more_than_was_chosen() {
        let plain = wish(PushService::Webhook, "https://me.test/x");
        let made = call(&plain, None, &words(None, None), "7");
        assert_eq!(made.url, "https://me.test/x");
        let payload = &body(&made)["payload"];
        assert_eq!(payload["reason"], "written");
        assert_eq!(
            (&payload["text"], &payload["conversation_number"]),
            (&Value::Null, &json!(12))
        );
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "ä".repeat(1000);
        let made = call(
            &wish(PushService::Gotify, "https://g.test"),
            Some(&token()),
            &words(None, Some(&long)),
            "7",
        );
        let message = body(&made)["message"].as_str().unwrap().to_owned();
        assert_eq!(message.chars().count(), LONGEST + 1);
        assert!(message.ends_with('…'));
    }
}
