//! Whatever comes in, in whatever order: nothing panics, everything can be drawn, Esc leads home,
//! and what was done at once on the screen is in the end what the server has.

use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::keymap::{Keymap, Preset};
use crate::model::connection::Connection;
use crate::model::{Model, Pane};
use crate::msg::{Focus, Hit, Level, Mouse, MouseWhat, Msg, Reach};
use crate::testing::{desk, id, now, press, row, rows, screen, thread};
use crate::update::update;
use frontdesk_inbox::{OutState, Queued, Row, View};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::time::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Something that happens.
#[derive(Debug, Clone)]
enum Step {
    /// A binding of the keymap, by its place.
    Chord(usize),
    Type(char),
    Code(Code),
    Paste(String),
    Mouse(MouseWhat, u16, u16),
    Resize(u16, u16),
    Wait(i64),
    Arrives(i64),
    Goes(i64),
    Thread,
    Page,
    Found,
    Connection(bool),
    Focus(bool),
    Deliver,
    Refuse,
}

fn step() -> impl Strategy<Value = Step> {
    let codes = prop::sample::select(vec![
        Code::Enter,
        Code::Esc,
        Code::Tab,
        Code::Backspace,
        Code::Delete,
        Code::Left,
        Code::Up,
        Code::Down,
        Code::PageDown,
        Code::Home,
        Code::F(1),
    ]);
    let mice = prop::sample::select(vec![
        MouseWhat::Click,
        MouseWhat::Click,
        MouseWhat::WheelUp,
        MouseWhat::WheelDown,
    ]);
    prop_oneof![
        8 => (0_usize..500).prop_map(Step::Chord),
        4 => prop::sample::select(vec!['a', 't', ' ', '3', 'é', '日', '\u{301}']).prop_map(Step::Type),
        3 => codes.prop_map(Step::Code),
        1 => "\\PC{0,12}".prop_map(Step::Paste),
        3 => (mice, 0_u16..170, 0_u16..50).prop_map(|(what, x, y)| Step::Mouse(what, x, y)),
        1 => (1_u16..180, 1_u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => (0_i64..20_000).prop_map(Step::Wait),
        1 => (1_i64..30).prop_map(Step::Arrives),
        1 => (1_i64..14).prop_map(Step::Goes),
        1 => Just(Step::Thread),
        1 => Just(Step::Page),
        1 => Just(Step::Found),
        1 => any::<bool>().prop_map(Step::Connection),
        1 => any::<bool>().prop_map(Step::Focus),
        2 => Just(Step::Deliver),
        1 => Just(Step::Refuse),
    ]
}

/// A server that takes commands when it is told to.
#[derive(Debug, Default)]
struct Server {
    rows: BTreeMap<ConversationId, Row>,
    waiting: Vec<Queued>,
}

impl Server {
    fn new() -> Self {
        let rows = rows().into_iter().map(|row| (row.id(), row));
        Self {
            rows: rows.collect(),
            waiting: Vec::new(),
        }
    }

    /// Takes in what the screen asked for.
    fn hear(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Enqueue(queued) => self.waiting.extend(queued.iter().cloned()),
                Effect::TakeBack(ids) => self.waiting.retain(|it| !ids.contains(&it.id)),
                _ => {}
            }
        }
    }

    /// How a conversation looks with what waits done to it, as the local copy folds it.
    fn folded(&self, id: ConversationId) -> Option<Row> {
        let mut row = self.rows.get(&id)?.clone();
        for queued in self.waiting.iter().filter(|it| it.conversation_id == id) {
            row.take(&queued.command, queued.made_at);
        }
        Some(row)
    }

    /// Does the first command that waits, or refuses it, and says so.
    fn decide(&mut self, is_taken: bool) -> Vec<Msg> {
        if self.waiting.is_empty() {
            return Vec::new();
        }
        // What is sent has been written down, and that was told.
        let written = Msg::Outbox(self.waiting.clone());
        let queued = self.waiting.remove(0);
        let id = queued.conversation_id;
        if let Some(row) = self.rows.get_mut(&id).filter(|_| is_taken) {
            row.take(&queued.command, queued.made_at);
            row.conversation.version += 1;
        }
        let verdict = if is_taken {
            Msg::Confirmed(queued.id)
        } else {
            Msg::Refused {
                id: queued.id,
                reason: "no".to_owned(),
            }
        };
        let changed = self.folded(id).map(|row| Msg::Changed(vec![row]));
        let outbox = Msg::Outbox(self.waiting.clone());
        [Some(written), Some(verdict), changed, Some(outbox)]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn messages(step: Step, model: &Model, server: &mut Server) -> Vec<Msg> {
    let bindings = Keymap::default();
    let one = match step {
        Step::Chord(at) => {
            let bindings = bindings.bindings();
            let chord = &bindings[at % bindings.len()].chord;
            return chord.iter().map(|key| Msg::Key(*key)).collect();
        }
        Step::Deliver => return server.decide(true),
        Step::Refuse => return server.decide(false),
        Step::Type(c) => Msg::Key(Key::char(c)),
        Step::Code(code) => Msg::Key(Key::plain(code)),
        Step::Paste(text) => Msg::Paste(text),
        Step::Mouse(what, column, row) => Msg::Mouse(Mouse { what, column, row }),
        Step::Resize(width, height) => Msg::Resize { width, height },
        Step::Wait(_) => Msg::Tick,
        Step::Arrives(number) => {
            let arrived = row(number, 0);
            let known = server.rows.entry(arrived.id()).or_insert(arrived);
            known.conversation.read = false;
            known.conversation.version += 1;
            let id = known.id();
            Msg::Changed(server.folded(id).into_iter().collect())
        }
        Step::Goes(number) => {
            server.rows.remove(&id(number));
            Msg::Gone(vec![id(number)])
        }
        // Nobody sends the thread of a conversation that is gone.
        Step::Thread if !server.rows.contains_key(&id(1)) => return Vec::new(),
        Step::Thread => Msg::Thread(Box::new(thread())),
        Step::Page => {
            let rows: Vec<Row> = server
                .rows
                .keys()
                .filter_map(|id| server.folded(*id))
                .collect();
            let in_view = |row: &Row| row.conversation.status == "open".parse().unwrap();
            Msg::Page(crate::msg::Page {
                generation: model.list.generation,
                view: View::Inbox,
                rows: rows.into_iter().filter(in_view).collect(),
                has_before: false,
                has_after: false,
            })
        }
        Step::Found => Msg::Found {
            generation: model.searches,
            hits: vec![Hit {
                row: row(3, 9),
                message: thread().messages.first().map(|it| it.id),
            }],
            reach: Reach::Whole,
        },
        Step::Connection(true) => Msg::Connection(Connection::Live),
        Step::Connection(false) => Msg::Connection(Connection::Offline {
            since: model.now,
            why: "no route".to_owned(),
            again_at: model.now.plus_seconds(9),
        }),
        Step::Focus(true) => Msg::Focus(Focus::Gained),
        Step::Focus(false) => Msg::Told(Level::Bad, "something".to_owned()),
    };
    vec![one]
}

fn happen(model: &mut Model, server: &mut Server, step: Step) {
    let at = match step {
        Step::Wait(millis) => Timestamp(model.now.0 + millis * 1_000),
        _ => model.now,
    };
    for msg in messages(step, model, server) {
        let effects = update(model, at, msg);
        server.hear(&effects);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_panics_and_esc_leads_home(
        preset in prop::sample::select(Preset::ALL.to_vec()),
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut model = desk(120, 35);
        model.keymap = Keymap::build(preset, &[]).0;
        let mut server = Server::new();
        for (count, step) in steps.into_iter().enumerate() {
            happen(&mut model, &mut server, step);
            if count % 8 == 0 {
                drop(screen(&model));
            }
        }
        drop(screen(&model));
        // What was begun is put into the list; every Esc goes one step out.
        for _ in 0..24 {
            press(&mut model, "esc");
        }
        prop_assert!(model.layers.is_empty());
        prop_assert_eq!((model.pane, model.open), (Pane::List, None));
        prop_assert!(model.composer.is_none());
        prop_assert_eq!(model.list.view, View::Inbox);
        prop_assert_eq!(&model.list.narrowed, &None);
        prop_assert!(model.list.marked.is_empty());
    }

    #[test]
    fn in_the_end_the_screen_shows_what_the_server_has(
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut model = desk(120, 35);
        let mut server = Server::new();
        let mut is_taken = false;
        for step in steps {
            happen(&mut model, &mut server, step);
        }
        while !server.waiting.is_empty() {
            is_taken = !is_taken;
            for msg in server.decide(is_taken) {
                let effects = update(&mut model, now(), msg);
                server.hear(&effects);
            }
        }
        let all: Vec<Row> = server.rows.values().cloned().collect();
        let effects = update(&mut model, now(), Msg::Changed(all));
        server.hear(&effects);
        prop_assert!(model.outbox.iter().all(|it| it.state != OutState::Waiting));
        for shown in &model.list.rows {
            let truth = server.rows.get(&shown.id()).map(|row| format!("{row:?}"));
            prop_assert_eq!(truth, Some(format!("{shown:?}")));
        }
    }
}
