//! All channels in bad weather: customers write and change their words, agents answer, and services put
//! off, refuse, take without a word, tell twice, late, in any order or not at all. Once it is fair, all
//! that was written is there once, and nothing went out twice.
//!
//! `FRONTDESK_STORM_SEED` repeats a run; `FRONTDESK_FAULT_ROUNDS` asks for more of them, and
//! `FRONTDESK_STORM_STEPS` for longer ones.

mod bridge;
mod sides;
mod weather;

use super::conversations;
use frontdesk_server::config::Networks;
use frontdesk_testkit::{Chance, Desk, TestServer, engines, eventually, setting};
use serde_json::Value;
use sides::{Bot, Channels, Others, Side, Texts};
use std::collections::HashMap;
use std::time::Duration;
use weather::Weather;

/// What happens in a run.
const STEPS: usize = 80;

/// The customers of each service, each with a thread.
const THREADS: usize = 3;

/// How long a service may think about a call.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a customer wrote, as it is now.
struct Written {
    side: usize,
    thread: usize,
    told: Value,
    text: String,
}

/// What an agent answered.
struct Answered {
    id: String,
    conversation: String,
    text: String,
}

struct Storm {
    server: TestServer,
    desk: Desk,
    /// How often it was looked at while time went on.
    looks: u32,
    chance: Chance,
    sides: Vec<(Box<dyn Side>, Weather)>,
    /// What is still to be told.
    news: Vec<(usize, Value)>,
    written: Vec<Written>,
    answered: Vec<Answered>,
}

impl Storm {
    async fn begin(engine: frontdesk_testkit::Engine, mut chance: Chance) -> Self {
        let server = TestServer::start_with(engine, |config| {
            config.outgoing.allow = Networks::of(&["127.0.0.0/8"]).unwrap();
            config.outgoing.timeout = PATIENCE;
        })
        .await;
        let desk = server.company("Acme").await;
        let (texts, first) = Texts::connect(&desk, chance.fork()).await;
        let (channels, second) = Channels::connect(&desk, chance.fork()).await;
        let (bot, third) = Bot::connect(&desk, chance.fork()).await;
        let (others, fourth) = Others::connect(&desk, chance.fork()).await;
        Self {
            server,
            desk,
            looks: 0,
            chance,
            sides: vec![
                (Box::new(texts), first),
                (Box::new(channels), second),
                (Box::new(bot), third),
                (Box::new(others), fourth),
            ],
            news: Vec::new(),
            written: Vec::new(),
            answered: Vec::new(),
        }
    }

    fn now(&self) -> i64 {
        use frontdesk_db::Clock;
        self.server.clock.now().0.div_euclid(1_000_000)
    }

    async fn step(&mut self) {
        match self.chance.below(12) {
            0..=3 => self.write(),
            4 => self.change(),
            5..=7 => self.tell().await,
            8..=9 => self.answer().await,
            10 => {
                let seconds = self.chance.between(1, 8);
                self.server.clock.advance_seconds(seconds.cast_signed());
            }
            _ => self.shake().await,
        }
    }

    /// A customer writes; it will be told once or more.
    fn write(&mut self) {
        let (side, thread) = (
            self.chance.below(self.sides.len()),
            self.chance.below(THREADS),
        );
        let number = self.written.len() + 1;
        let text = format!("word {number}");
        let told = self.sides[side].0.writes(thread, number, &text, self.now());
        self.hears_of(side, &told);
        self.written.push(Written {
            side,
            thread,
            told,
            text,
        });
    }

    fn hears_of(&mut self, side: usize, told: &Value) {
        for _ in 0..self.chance.between(1, 3) {
            self.news.push((side, told.clone()));
        }
    }

    /// A customer changes what they wrote.
    fn change(&mut self) {
        if self.written.is_empty() {
            return;
        }
        let (at, now) = (self.chance.below(self.written.len()), self.now());
        let (side, text) = (
            self.written[at].side,
            format!("{}, or rather", self.written[at].text),
        );
        let told = self.sides[side]
            .0
            .changes(&self.written[at].told, &text, now);
        if let Some(told) = told {
            self.hears_of(side, &told);
            self.written[at].text = text;
        }
    }

    /// The desk is told something of what there is to tell.
    async fn tell(&mut self) {
        if self.news.is_empty() {
            return;
        }
        let at = self.chance.below(self.news.len());
        let (side, told) = self.news.swap_remove(at);
        let (way, now) = (self.chance.below(8), self.now());
        self.sides[side].0.tells(&told, way, now).await;
    }

    /// An agent answers in some thread.
    async fn answer(&mut self) {
        let there = conversations(&self.desk).await;
        if there.is_empty() {
            return;
        }
        let conversation = there[self.chance.below(there.len())]["id"]
            .as_str()
            .unwrap();
        let text = format!("answer {}", self.answered.len() + 1);
        let reply = self.desk.reply(conversation, &text).await;
        self.answered.push(Answered {
            id: reply["id"].as_str().unwrap().to_owned(),
            conversation: conversation.to_owned(),
            text,
        });
    }

    /// A service says something of what it was sent, or its line breaks.
    async fn shake(&mut self) {
        let (at, way, now) = (
            self.chance.below(self.sides.len()),
            self.chance.below(8),
            self.now(),
        );
        let side = &self.sides[at].0;
        let echoes = side.echoes();
        if way < 4 && !echoes.is_empty() {
            side.tells(&echoes[self.chance.below(echoes.len())], 2, now)
                .await;
        } else {
            side.shakes(way);
        }
    }

    /// The weather clears, the rest is told, and all comes to its end.
    async fn end(mut self) {
        for (_, weather) in &self.sides {
            weather.clears();
        }
        while !self.news.is_empty() {
            self.tell().await;
        }
        // Whoever has a line looks for what it was not told once the next one stands.
        for (side, _) in &self.sides {
            side.shakes(0);
        }
        let states = self.states().await;
        let talks = self.all_is_there().await;
        self.went_once(&states);
        self.each_in_its_thread(&talks);
        self.server.stop().await;
    }

    /// How each answer ended.
    async fn states(&mut self) -> HashMap<String, String> {
        let answered = std::mem::take(&mut self.answered);
        let mut states = HashMap::new();
        for answer in &answered {
            let path = format!("/api/messages/{}", answer.id);
            let state = eventually(async || {
                let shown = self.desk.get(&path).await.data(200);
                let state = shown["delivery_state"].as_str().unwrap().to_owned();
                if !matches!(state.as_str(), "queued" | "sending") {
                    return Some(state);
                }
                self.time_goes_on().await;
                None
            })
            .await;
            states.insert(answer.text.clone(), state);
        }
        self.answered = answered;
        states
    }

    /// The conversations, once all that customers wrote is in them as they wrote it last.
    async fn all_is_there(&mut self) -> Vec<Value> {
        eventually(async || {
            let talks = conversations(&self.desk).await;
            let there = said_by_customers(&talks);
            let is_there = |it: &&Written| there.iter().any(|(_, text)| *text == it.text);
            if self.written.iter().filter(is_there).count() == self.written.len() {
                return Some(talks);
            }
            self.time_goes_on().await;
            None
        })
        .await
    }

    /// What is tried again is tried when its time has come. No session outlives all of that time.
    async fn time_goes_on(&mut self) {
        const LOOKS_OF_A_SESSION: u32 = 100;
        self.server.clock.advance_seconds(5);
        self.looks += 1;
        if self.looks.is_multiple_of(LOOKS_OF_A_SESSION) {
            self.desk.sign_in().await;
        }
    }

    /// Nothing went twice, what is said to have gone went, and in order.
    fn went_once(&self, states: &HashMap<String, String>) {
        let taken: Vec<(String, String)> = self
            .sides
            .iter()
            .flat_map(|(side, _)| side.taken())
            .collect();
        for answer in &self.answered {
            let count = taken
                .iter()
                .filter(|(_, text)| *text == answer.text)
                .count();
            let state = states[&answer.text].as_str();
            let is_true = match state {
                "sent" | "delivered" => count == 1,
                "unknown" => count <= 1,
                _ => count == 0,
            };
            assert!(is_true, "{} is {state} and went {count} times", answer.text);
        }
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (whom, text) in &taken {
            let number = text.rsplit(' ').next().unwrap().parse().unwrap();
            let before = last.insert(whom, number);
            assert!(
                before < Some(number),
                "{text} went to {whom} after {before:?}"
            );
        }
        let known = states.values().filter(|it| *it != "unknown").count();
        println!(
            "{} answers, {known} of them with a certain end",
            states.len()
        );
    }

    /// What was written is there once, and each thread is a conversation of its own.
    fn each_in_its_thread(&self, talks: &[Value]) {
        let there = said_by_customers(talks);
        assert_eq!(there.len(), self.written.len(), "{there:?}");
        let mut threads: HashMap<(usize, usize), &str> = HashMap::new();
        for written in &self.written {
            let (talk, _) = there
                .iter()
                .find(|(_, text)| *text == written.text)
                .unwrap();
            let thread = (written.side, written.thread);
            assert_eq!(
                threads.entry(thread).or_insert(talk),
                talk,
                "{}",
                written.text
            );
        }
        assert_eq!(talks.len(), threads.len());
        let ours = self.answered.iter().filter(|answer| {
            let talk = talks
                .iter()
                .find(|it| it["id"] == answer.conversation.as_str());
            let messages = talk.unwrap()["messages"].as_array().unwrap();
            let same = messages
                .iter()
                .filter(|it| it["body"] == answer.text.as_str());
            same.count() == 1
        });
        assert_eq!(ours.count(), self.answered.len());
    }
}

/// What customers said, and in which conversation.
fn said_by_customers(talks: &[Value]) -> Vec<(&str, &str)> {
    let all = talks.iter().flat_map(|talk| {
        let id = talk["id"].as_str().unwrap();
        let messages = talk["messages"].as_array().unwrap();
        let theirs = messages.iter().filter(|it| !it["customer_id"].is_null());
        theirs.map(move |it| (id, it["body"].as_str().unwrap_or_default()))
    });
    all.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_in_any_weather_is_there_once_and_nothing_went_twice() {
    for engine in engines() {
        for _ in 0..setting("FRONTDESK_FAULT_ROUNDS").unwrap_or(1) {
            let mut storm = Storm::begin(engine, Chance::from_env("FRONTDESK_STORM_SEED")).await;
            for _ in
                0..setting("FRONTDESK_STORM_STEPS").map_or(STEPS, |it| usize::try_from(it).unwrap())
            {
                storm.step().await;
            }
            storm.end().await;
        }
    }
}
