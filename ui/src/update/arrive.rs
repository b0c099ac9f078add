//! What comes in from the network beside the conversations themselves.

use super::{Effects, first_sync};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::msg::{Arrival, Focus, Typist};
use crate::text_safe;
use frontdesk_protocol::id::ConversationId;

/// How long somebody counts as typing after the last sign of it.
const TYPING_SECONDS: i64 = 5;
/// How much of a message a notice shows.
const NOTICE_CHARS: usize = 120;

/// The connection is different. A failed try does not begin the time without one anew.
pub(super) fn connection(model: &mut Model, connection: Connection) -> Effects {
    let was_away = match &model.connection {
        Connection::Offline { since, .. } => Some(*since),
        _ => None,
    };
    model.connection = match (connection, was_away) {
        (Connection::Offline { why, again_at, .. }, Some(since)) => Connection::Offline {
            since,
            why,
            again_at,
        },
        (connection, _) => connection,
    };
    first_sync::told(model);
    Vec::new()
}

pub(super) fn typing(model: &mut Model, conversation: ConversationId, who: Typist) -> Effects {
    if who != Typist::Agent(model.directory.me) {
        let until = model.now.plus_seconds(TYPING_SECONDS);
        model.presence.typed(conversation, who, until);
    }
    Vec::new()
}

/// Tells the agent by a notice of the desktop, when the agent is elsewhere and it is theirs.
pub(super) fn arrived(model: &mut Model, arrival: &Arrival) -> Effects {
    if model.window == Focus::Gained || !arrival.is_mine {
        return Vec::new();
    }
    let start: String = arrival.words.chars().take(NOTICE_CHARS).collect();
    vec![Effect::Notify {
        title: text_safe::line(&arrival.from).into_owned(),
        body: text_safe::line(&start).into_owned(),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg::Msg;
    use crate::testing::{ME, TEEMU, desk, id};
    use crate::update::update;

    fn offline(model: &Model) -> Connection {
        Connection::Offline {
            since: model.now,
            why: "no route".to_owned(),
            again_at: model.now.plus_seconds(3),
        }
    }

    #[test]
    fn the_time_without_a_connection_is_counted_from_its_beginning() {
        let mut model = desk(80, 24);
        let begin = model.now;
        for seconds in [0, 60, 120] {
            let now = begin.plus_seconds(seconds);
            model.now = now;
            let told = Msg::Connection(offline(&model));
            update(&mut model, now, told);
        }
        let Connection::Offline { since, .. } = model.connection else {
            panic!("it is offline");
        };
        assert_eq!(since, begin);
    }

    #[test]
    fn typing_fades_and_the_agents_own_is_not_shown() {
        let mut model = desk(80, 24);
        for who in [Typist::Customer, Typist::Agent(ME), Typist::Agent(TEEMU)] {
            typing(&mut model, id(1), who);
        }
        assert_eq!(model.presence.typing(id(1)).count(), 2);
        let later = model.now.plus_seconds(TYPING_SECONDS);
        update(&mut model, later, Msg::Tick);
        assert_eq!(model.presence.typing(id(1)).count(), 0);
    }

    #[test]
    fn a_notice_comes_only_to_agents_who_are_elsewhere() {
        let mut model = desk(80, 24);
        let arrival = Arrival {
            conversation_id: id(1),
            from: "Pri\u{202e}ya".to_owned(),
            words: "It \u{1b}[31mhappened".to_owned(),
            is_mine: true,
        };
        assert!(arrived(&mut model, &arrival).is_empty());
        model.window = Focus::Lost;
        let [Effect::Notify { title, body }] = &arrived(&mut model, &arrival)[..] else {
            panic!("there is a notice");
        };
        assert!(!title.contains('\u{202e}') && !body.contains('\u{1b}'));
    }
}
