//! Slack: a bot in channels that are shared with customers. What it is told of is kept first and
//! understood afterwards, since the names in a message have to be asked for.

mod admit;
mod amend;
mod asked;
mod card;
mod deliver;
mod event;
mod install;
mod names;
mod recall;
mod seat;
mod settings;
mod signature;
mod socket;
#[cfg(test)]
mod tests;
mod text;
mod upload;
mod words;

pub use asked::is_typed_in_seat;
pub use event::is_of_workspace;
pub use install::{Granted, Installer, granted};
pub use settings::{Members, Secrets, Settings, TeamSeat};

use crate::channel::{
    Admit, Amend, Answer, Body, Call, Channel, Deliver, Delivery, Fetch, Probe, Recall, Seat,
    Socket, Trace, Upload,
};
use frontdesk_domain::Source;
use url::Url;

/// An app in a workspace.
#[derive(Debug)]
pub struct Slack {
    settings: Settings,
    secrets: Secrets,
}

impl Slack {
    /// An app after its settings.
    #[must_use]
    pub fn new(settings: Settings, secrets: Secrets) -> Self {
        Self { settings, secrets }
    }

    fn method(&self, name: &str) -> String {
        format!("{}/{name}", self.settings.base_url.trim_end_matches('/'))
    }

    /// A call in our name.
    fn signed(&self, call: Call) -> Call {
        call.header(
            "authorization",
            format!("Bearer {}", self.secrets.bot_token),
        )
    }
}

impl Channel for Slack {
    fn source(&self) -> Source {
        Source::Slack
    }

    fn deliver(&self) -> &dyn Deliver {
        self
    }

    fn admit(&self) -> Option<&dyn Admit> {
        Some(self)
    }

    fn socket(&self) -> Option<&dyn Socket> {
        let opens = self.secrets.app_token.is_some();
        opens.then_some(self as &dyn Socket)
    }

    fn seat(&self) -> Option<&dyn Seat> {
        let has_one = self.settings.seat.is_some();
        has_one.then_some(self as &dyn Seat)
    }

    fn recall(&self) -> Option<&dyn Recall> {
        Some(self)
    }

    fn fetch(&self) -> Option<&dyn Fetch> {
        Some(self)
    }

    fn upload(&self) -> Option<&dyn Upload> {
        Some(self)
    }

    fn amend(&self) -> Option<&dyn Amend> {
        Some(self)
    }

    fn trace(&self) -> Option<&dyn Trace> {
        Some(self)
    }

    fn probe(&self) -> Option<&dyn Probe> {
        Some(self)
    }
}

impl Fetch for Slack {
    fn first(&self, remote: &str) -> Result<Call, String> {
        let Ok(asked) = Url::parse(remote) else {
            return Err("its address cannot be read".to_owned());
        };
        // Our token goes to Slack alone: to where its files are, or to where its methods are.
        let is_files = asked.scheme() == "https" && asked.host_str() == Some("files.slack.com");
        let is_base =
            Url::parse(&self.settings.base_url).is_ok_and(|base| base.origin() == asked.origin());
        if !is_files && !is_base {
            return Err("its address is not Slack's".to_owned());
        }
        Ok(self.signed(Call::get(remote.to_owned())))
    }

    fn second(&self, _: &Answer) -> Option<Result<Call, String>> {
        None
    }

    fn refuses(&self, content_type: &str) -> Option<&'static str> {
        // Who is not let in gets a page to sign in at, as if all were well.
        content_type
            .starts_with("text/html")
            .then_some("Slack does not let the app have it; it needs the scope files:read")
    }
}

impl Probe for Slack {
    fn ask(&self) -> Call {
        self.signed(Call::post(self.method("auth.test"), Body::Empty))
    }

    fn read(&self, answer: &Answer) -> Result<String, String> {
        let said = answer.json();
        if said["ok"].as_bool() != Some(true) {
            return Err(match words::failed(answer) {
                Delivery::Later { why, .. }
                | Delivery::Doubtful { why }
                | Delivery::Broken { why }
                | Delivery::Refused { why } => why,
                _ => words::REVOKED.to_owned(),
            });
        }
        let team = said["team_id"].as_str().unwrap_or_default();
        if self
            .settings
            .team_id
            .as_deref()
            .is_some_and(|it| it != team)
        {
            return Err(format!(
                "the token is of the workspace {team}, not of the one in team_id"
            ));
        }
        let (name, user) = (said["team"].as_str(), said["user"].as_str());
        Ok(format!(
            "Slack answers for @{} in {}",
            user.unwrap_or_default(),
            name.unwrap_or_default()
        ))
    }
}
