//! What happened when, in the order in which it happened: pure, from the seed and the time alone.

use super::cast::{Agent, CUSTOMERS, PRODUCTS};
use super::random::Random;
use super::threads::{Thread, Turn, threads};
use frontdesk_domain::account::Account;
use frontdesk_domain::{Role, Source, Timestamp, hours};
use uuid::Uuid;

const DAY: i64 = 86_400;

/// A conversation of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    pub(super) id: Uuid,
    pub(super) customer: usize,
    pub(super) agent: usize,
    pub(super) source: Source,
    pub(super) subject: String,
    pub(super) tag: &'static str,
    /// The next answer, where the thread stopped before it.
    pub(super) draft: Option<(Uuid, String)>,
}

/// Something that happened in one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) conversation: usize,
    pub(super) act: Act,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    Wrote(Uuid, String),
    Replied(Uuid, String),
    Noted(Uuid, String),
    Tagged,
    Urgent,
    ToTeam(usize),
    /// By somebody who only looked.
    Read,
    Snoozed {
        days: Option<i64>,
    },
    Closed(Uuid, &'static str),
}

/// The year as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) conversations: Vec<Planned>,
    pub(super) steps: Vec<Step>,
}

/// Plans so many conversations up to `now`, more of them lately than long ago.
pub(super) fn plan(
    random: &mut Random,
    account: &Account,
    agents: &'static [Agent],
    count: usize,
    now: Timestamp,
) -> Plan {
    let threads = threads();
    let mut year = Year {
        random,
        account,
        agents,
        now,
        plan: Plan {
            conversations: Vec::with_capacity(count),
            steps: Vec::new(),
        },
    };
    for _ in 0..count {
        let thread = year.random.pick(&threads);
        year.conversation(thread);
    }
    let mut plan = year.plan;
    plan.steps.sort_by_key(|step| step.at);
    plan
}

struct Year<'a> {
    random: &'a mut Random,
    account: &'a Account,
    agents: &'static [Agent],
    now: Timestamp,
    plan: Plan,
}

/// The texts of one conversation, with its slots filled.
struct Slots {
    order: String,
    product: &'static str,
    customer: &'static str,
    agent: &'static str,
}

impl Slots {
    fn fill(&self, text: &str) -> String {
        let first_name = self.customer.split(' ').next().unwrap_or_default();
        text.replace("{order}", &self.order)
            .replace("{product}", self.product)
            .replace("{customer}", first_name)
            .replace("{agent}", self.agent)
            .replace(" | ", "\n\n")
    }
}

impl Year<'_> {
    fn conversation(&mut self, thread: &Thread) {
        // Viewers come last in the list, and answer nobody.
        let answer = |agent: &&Agent| agent.role != Role::Viewer;
        let agent = self.random.place(self.agents.iter().filter(answer).count());
        let customer = self.random.place(CUSTOMERS.len());
        let slots = Slots {
            order: format!("NL-{}", self.random.between(20_000, 99_999)),
            product: self.random.pick::<&'static str>(PRODUCTS),
            customer: CUSTOMERS[customer],
            agent: self.agents[agent].display_name,
        };
        let index = self.plan.conversations.len();
        let source = *self.random.pick(&thread.sources);
        self.plan.conversations.push(Planned {
            id: self.random.id(),
            customer,
            agent,
            source,
            subject: slots.fill(thread.subject),
            tag: thread.tag,
            draft: None,
        });
        let begin = self.beginning();
        let (end, written) = self.turns(index, thread, &slots, begin);
        if written == thread.turns.len() {
            self.ending(index, end);
        }
    }

    /// A moment of the last year; the nearer the likelier, and mostly while the desk is open.
    fn beginning(&mut self) -> Timestamp {
        let mut found = self.now;
        for _ in 0..20 {
            let place = self.random.between(0, 10_000);
            let age = 365 * DAY * place / 10_000 * place / 10_000;
            found = self
                .now
                .plus_seconds(-age - self.random.between(60, 20_000));
            let outside = hours::is_outside_working_hours(self.account, found);
            if !outside || self.random.percent(8) {
                break;
            }
        }
        found
    }

    /// Plans the turns up to now, or up to where this thread rests; says when the last one was
    /// and how many there were.
    fn turns(
        &mut self,
        index: usize,
        thread: &Thread,
        slots: &Slots,
        begin: Timestamp,
    ) -> (Timestamp, usize) {
        let recent = self.now.0 - begin.0 < 6 * DAY * 1_000_000;
        let mut at = begin;
        let mut last = begin;
        for (number, turn) in thread.turns.iter().enumerate() {
            let rests = recent && number > 0 && self.random.percent(35);
            if number > 0 && (at >= self.now || rests) {
                self.propose(index, slots, *turn);
                return (last, number);
            }
            let id = self.random.id();
            let act = match *turn {
                Turn::Customer(text) => Act::Wrote(id, slots.fill(text)),
                Turn::Agent(text) => Act::Replied(id, slots.fill(text)),
                Turn::Note(text) => Act::Noted(id, slots.fill(text)),
            };
            self.step(index, at, act);
            if number == 0 {
                self.triage(index, at);
            }
            last = at;
            at = at.plus_seconds(self.pause(index));
        }
        (last, thread.turns.len())
    }

    /// The answer somebody still has to approve.
    fn propose(&mut self, index: usize, slots: &Slots, turn: Turn) {
        if let Turn::Agent(text) = turn {
            let id = self.random.id();
            self.plan.conversations[index].draft = Some((id, slots.fill(text)));
        }
    }

    /// What is done with a new conversation before anybody answers.
    fn triage(&mut self, index: usize, at: Timestamp) {
        let soon = at.plus_seconds(self.random.between(10, 50));
        if self.random.percent(75) {
            self.step(index, soon, Act::Tagged);
        }
        if self.random.percent(12) {
            self.step(index, soon, Act::Urgent);
        }
        if self.random.percent(30) {
            let team = usize::from(self.random.percent(40));
            self.step(index, soon, Act::ToTeam(team));
        }
        if self.random.percent(25) {
            self.step(index, soon, Act::Read);
        }
    }

    fn ending(&mut self, index: usize, last: Timestamp) {
        let age = (self.now.0 - last.0) / 1_000_000;
        let at = last.plus_seconds(self.random.between(300, 3_000));
        if age < 10 * DAY && self.random.percent(30) {
            let days = self.random.percent(65).then(|| self.random.between(11, 20));
            self.step(index, at, Act::Snoozed { days });
        } else if age > 20 * DAY || self.random.percent(70) {
            let reason = self.random.pick(super::cast::REASONS);
            let id = self.random.id();
            self.step(index, at, Act::Closed(id, reason));
        }
    }

    fn pause(&mut self, index: usize) -> i64 {
        match self.plan.conversations[index].source {
            Source::Chat => self.random.between(60, 400),
            Source::Sms | Source::Slack => self.random.between(200, 4_000),
            _ => self.random.between(1_800, 70_000),
        }
    }

    fn step(&mut self, conversation: usize, at: Timestamp, act: Act) {
        if at < self.now {
            self.plan.steps.push(Step {
                at,
                conversation,
                act,
            });
        }
    }
}
