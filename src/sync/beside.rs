//! What comes beside the numbered events: who is here, who is typing, and drafts as they are written.

use frontdesk_protocol::draft_text::DraftText;
use frontdesk_protocol::id::{ConversationId, UserId};
use frontdesk_ui::Msg;
use frontdesk_ui::model::presence::Presence;
use frontdesk_ui::msg::Typist;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Typing {
    typing: bool,
    conversation_id: ConversationId,
    #[serde(default)]
    user_id: Option<UserId>,
}

/// Everybody who is connected to the account, by the connections they have.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The keys are `user:1` and `customer:…`; each connection has its mark, and what it looks at.
    present: BTreeMap<String, BTreeMap<String, Option<ConversationId>>>,
}

#[derive(Deserialize)]
struct Metas {
    metas: Vec<Meta>,
}

/// One connection.
#[derive(Deserialize)]
struct Meta {
    phx_ref: String,
    #[serde(default)]
    viewing: Option<ConversationId>,
}

type Named = BTreeMap<String, Metas>;

#[derive(Deserialize)]
struct Diff {
    joins: Named,
    leaves: Named,
}

impl Beside {
    /// What the screen has to know of it.
    pub(super) fn read(&mut self, event: &str, payload: &str) -> Option<Msg> {
        match event {
            "typing" => typing(payload),
            DraftText::EVENT => serde_json::from_str(payload).ok().map(Msg::DraftText),
            "presence_state" => {
                self.present.clear();
                self.come(serde_json::from_str(payload).ok()?);
                Some(self.told())
            }
            "presence_diff" => {
                let diff: Diff = serde_json::from_str(payload).ok()?;
                self.come(diff.joins);
                self.go(diff.leaves);
                Some(self.told())
            }
            _ => None,
        }
    }

    /// Nobody is known to be there: the connection is lost.
    pub(super) fn forget(&mut self) -> Msg {
        self.present.clear();
        self.told()
    }

    fn come(&mut self, joins: Named) {
        for (key, it) in joins {
            let refs = it
                .metas
                .into_iter()
                .map(|meta| (meta.phx_ref, meta.viewing));
            self.present.entry(key).or_default().extend(refs);
        }
    }

    fn go(&mut self, leaves: Named) {
        for (key, it) in leaves {
            let Some(refs) = self.present.get_mut(&key) else {
                continue;
            };
            for meta in it.metas {
                refs.remove(&meta.phx_ref);
            }
            if refs.is_empty() {
                self.present.remove(&key);
            }
        }
    }

    fn told(&self) -> Msg {
        let mut online = Vec::new();
        let mut viewing = BTreeSet::new();
        for (key, refs) in &self.present {
            let user = key.strip_prefix("user:").and_then(|id| id.parse().ok());
            let Some(user) = user.map(UserId) else {
                continue;
            };
            online.push(user);
            viewing.extend(refs.values().flatten().map(|id| (*id, user)));
        }
        Msg::Presence(Presence {
            online,
            viewing: viewing.into_iter().collect(),
        })
    }
}

fn typing(payload: &str) -> Option<Msg> {
    let told: Typing = serde_json::from_str(payload).ok()?;
    told.typing.then_some(Msg::Typing {
        conversation_id: told.conversation_id,
        who: told.user_id.map_or(Typist::Customer, Typist::Agent),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_is_told_by_whom() {
        let id = ConversationId::random();
        let payload =
            format!(r#"{{"typing":true,"type":"agent","user_id":3,"conversation_id":"{id}"}}"#);
        let Some(Msg::Typing {
            conversation_id,
            who,
        }) = Beside::default().read("typing", &payload)
        else {
            panic!("{payload}");
        };
        assert_eq!((conversation_id, who), (id, Typist::Agent(UserId(3))));
        let stopped = payload.replace("true", "false");
        assert!(Beside::default().read("typing", &stopped).is_none());
    }

    fn online(told: Option<Msg>) -> Vec<UserId> {
        match told {
            Some(Msg::Presence(told)) => told.online,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_looks_at_what_is_told_until_they_look_away() {
        let viewing = |told: Option<Msg>| match told {
            Some(Msg::Presence(told)) => (told.online, told.viewing),
            other => panic!("{other:?}"),
        };
        let mut beside = Beside::default();
        let id = ConversationId::random();
        let metas = |part: &str| {
            let meta = format!(r#"{{"user:2":{{"metas":[{{"phx_ref":"b","viewing":"{id}"}}]}}}}"#);
            let (joins, leaves) = if part == "joins" {
                (meta.as_str(), "{}")
            } else {
                ("{}", meta.as_str())
            };
            format!(r#"{{"joins":{joins},"leaves":{leaves}}}"#)
        };
        let state = r#"{"user:2":{"metas":[{"phx_ref":"a"}]}}"#;
        let two = vec![UserId(2)];
        let told = beside.read("presence_state", state);
        assert_eq!(viewing(told), (two.clone(), Vec::new()));
        let told = beside.read("presence_diff", &metas("joins"));
        assert_eq!(viewing(told), (two.clone(), vec![(id, UserId(2))]));
        let told = beside.read("presence_diff", &metas("leaves"));
        assert_eq!(viewing(told), (two, Vec::new()));
    }

    #[test]
    fn colleagues_are_online_as_long_as_one_connection_of_theirs_is() {
        let mut beside = Beside::default();
        let state =
            r#"{"user:2":{"metas":[{"phx_ref":"a"}]},"customer:x":{"metas":[{"phx_ref":"b"}]}}"#;
        assert_eq!(online(beside.read("presence_state", state)), [UserId(2)]);
        let joins = r#"{"joins":{"user:2":{"metas":[{"phx_ref":"c"}]},"user:3":{"metas":[{"phx_ref":"d"}]}},"leaves":{}}"#;
        let both = [UserId(2), UserId(3)];
        assert_eq!(online(beside.read("presence_diff", joins)), both);
        let leaves = |user: &str, phx_ref: &str| {
            format!(
                r#"{{"joins":{{}},"leaves":{{"{user}":{{"metas":[{{"phx_ref":"{phx_ref}"}}]}}}}}}"#
            )
        };
        let told = beside.read("presence_diff", &leaves("user:2", "a"));
        assert_eq!(online(told), both);
        let told = beside.read("presence_diff", &leaves("user:2", "c"));
        assert_eq!(online(told), [UserId(3)]);
        assert!(online(Some(beside.forget())).is_empty());
    }
}
