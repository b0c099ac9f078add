//! What Slack posts: proven first, kept if it concerns us, understood later.

use super::{Slack, asked, event, names, signature, text};
use crate::channel::{
    Admit, Admitted, Answer, Arrival, Body, Call, Found, Heard, Names, Rejected, Request,
};
use serde_json::{Value, json};
use url::Url;

impl Admit for Slack {
    fn admit(&self, request: &Request<'_>) -> Result<Admitted, Rejected> {
        let secret = self.secrets.signing_secret.as_ref();
        if !secret.is_some_and(|secret| signature::is_genuine(request, secret)) {
            return Err(Rejected::Forged);
        }
        let text = std::str::from_utf8(request.body).map_err(|_| Rejected::Unreadable)?;
        let kind = request.header("content-type").unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let form = asked::Form::read(text).ok_or(Rejected::Unreadable)?;
            return Ok(self.wished(&form));
        }
        let said: Value = serde_json::from_str(text).map_err(|_| Rejected::Unreadable)?;
        Ok(self.sorted(&said))
    }

    fn names(&self, body: &str) -> Vec<String> {
        serde_json::from_str(body).map_or_else(|_| Vec::new(), |said| event::named(&said))
    }

    fn look_up(&self, name: &str) -> Call {
        self.ask_for(name)
    }

    fn found(&self, _: &str, answer: &Answer) -> Found {
        names::read(answer)
    }

    fn understand(&self, body: &str, names: &Names) -> Vec<Heard> {
        let said: Value = serde_json::from_str(body).unwrap_or(Value::Null);
        event::heard(&said, names, &self.settings)
            .into_iter()
            .collect()
    }

    fn answer(&self, to: &str, text: &str) -> Result<Call, String> {
        let asked = Url::parse(to).map_err(|_| "the address of the answer cannot be read")?;
        let is_slacks = asked.scheme() == "https" && asked.host_str() == Some("hooks.slack.com");
        let is_base =
            Url::parse(&self.settings.base_url).is_ok_and(|base| base.origin() == asked.origin());
        if !is_slacks && !is_base {
            return Err("the address of the answer is not Slack's".to_owned());
        }
        // Who has the address may write there: it takes no token, and gets none.
        let body = json!({ "response_type": "ephemeral", "replace_original": false,
            "text": text::escaped(text) });
        Ok(Call::post(to.to_owned(), Body::Json(body)))
    }
}

impl Slack {
    /// What is to be done with what somebody of the team asks for.
    pub(super) fn wished(&self, form: &asked::Form) -> Admitted {
        match asked::asked(form, &self.settings) {
            Some(asked) => Admitted::Asked(asked),
            None => Admitted::Nothing,
        }
    }

    /// What is to be done with what Slack says.
    pub(super) fn sorted(&self, said: &Value) -> Admitted {
        if said["type"] == "url_verification" {
            return Admitted::Answer(said["challenge"].as_str().unwrap_or_default().to_owned());
        }
        let wanted = self.settings.team_id.as_deref();
        let is_ours = wanted.is_none_or(|wanted| event::teams(said).any(|it| it == wanted));
        match said["event_id"].as_str() {
            Some(id) if is_ours && said["type"] == "event_callback" => Admitted::Keep(Arrival {
                key: id.to_owned(),
                body: said.to_string(),
            }),
            _ => Admitted::Nothing,
        }
    }
}
