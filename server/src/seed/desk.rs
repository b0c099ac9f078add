//! The company itself: its people, doors, labels and customers.

use super::SeedError;
use super::cast::{Agent, COMPANIES, CUSTOMERS, INBOXES, TAGS, TEAMS};
use super::play::tell;
use super::random::Random;
use frontdesk_db::queries::{accounts, companies, customers, inboxes, tags, teams, users};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::account::{Account, Inbox, Team, User, WorkingHours};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::company::Company;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{
    AccountId, Actor, ChannelKind, CompanyId, Customer, CustomerId, EntityKind, EventDraft,
    EventKind, IdentityKind, InboxId, Source, TagId, TeamId, Timestamp, UserId, Who,
};

/// A company with its people in place and nothing said yet.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) account: Account,
    pub(super) users: Vec<User>,
    pub(super) teams: Vec<Team>,
    pub(super) customers: Vec<Customer>,
    inboxes: Vec<Inbox>,
    tags: Vec<Tag>,
}

/// The account before it is stored: open on weekdays from nine to six, Saturdays until four.
pub(super) fn account(random: &mut Random, name: &str, founded: Timestamp) -> Account {
    let hours = |day: &str, start: i64, end: i64| WorkingHours {
        day: day.to_owned(),
        start_minute: start * 60,
        end_minute: end * 60,
    };
    Account {
        id: AccountId(random.id()),
        company_name: name.to_owned(),
        company_logo_url: None,
        time_zone: Some("Europe/Amsterdam".to_owned()),
        plan: "team".to_owned(),
        settings: None,
        working_hours: vec![hours("weekdays", 9, 18), hours("saturday", 10, 16)],
        created_at: founded,
        updated_at: founded,
    }
}

impl Desk {
    /// Stores the company.
    pub(super) fn open(
        unit: &mut Unit<'_>,
        random: &mut Random,
        account: Account,
        agents: &[Agent],
        password_hash: &str,
    ) -> Result<Self, SeedError> {
        if accounts::by_id(unit.conn(), account.id)?.is_some() {
            return Err(SeedError::AlreadyThere);
        }
        accounts::insert(unit, &account)?;
        let mut desk = Self {
            account,
            users: Vec::new(),
            teams: Vec::new(),
            customers: Vec::new(),
            inboxes: Vec::new(),
            tags: Vec::new(),
        };
        desk.changed(unit, EntityKind::Account, &desk.account.id.clone())?;
        desk.add_teams(unit, random)?;
        desk.add_users(unit, agents, password_hash)?;
        desk.add_inboxes(unit, random)?;
        desk.add_tags(unit, random)?;
        desk.add_customers(unit, random)?;
        Ok(desk)
    }

    /// An agent of the desk, by the place in its list.
    pub(super) fn actor(&self, place: usize) -> Actor {
        let user = &self.users[place % self.users.len()];
        Actor {
            account_id: self.account.id,
            who: Who::User(Member {
                user_id: user.id,
                role: user.role,
                view: View::All,
                scope: None,
            }),
            from: None,
        }
    }

    /// The door by which a source comes in.
    pub(super) fn inbox(&self, source: Source) -> Option<&Inbox> {
        let channel = match source {
            Source::Email => ChannelKind::Email,
            Source::Slack => ChannelKind::Slack,
            Source::Sms => ChannelKind::Sms,
            _ => ChannelKind::Chat,
        };
        self.inboxes.iter().find(|inbox| inbox.channel == channel)
    }

    pub(super) fn tag(&self, name: &str) -> Option<TagId> {
        let found = self.tags.iter().find(|tag| tag.name == name);
        found.map(|tag| tag.id)
    }

    /// Tells that a small shared thing is new.
    pub(super) fn changed(
        &self,
        unit: &mut Unit<'_>,
        kind: EntityKind,
        id: &impl ToString,
    ) -> Result<(), DbError> {
        tell(
            unit,
            self,
            EventDraft::entity(EventKind::EntityChanged, kind, id),
        )
    }

    fn add_teams(&mut self, unit: &mut Unit<'_>, random: &mut Random) -> Result<(), DbError> {
        for name in TEAMS {
            let team = Team {
                id: TeamId(random.id()),
                account_id: self.account.id,
                name: (*name).to_owned(),
                created_at: self.account.created_at,
                updated_at: self.account.created_at,
            };
            teams::insert(unit, &team)?;
            self.changed(unit, EntityKind::Team, &team.id)?;
            self.teams.push(team);
        }
        Ok(())
    }

    fn add_users(
        &mut self,
        unit: &mut Unit<'_>,
        agents: &[Agent],
        password_hash: &str,
    ) -> Result<(), DbError> {
        for agent in agents {
            let mut user = User {
                id: UserId(0),
                account_id: self.account.id,
                email: agent.email.to_owned(),
                role: agent.role,
                visibility: agent.visibility,
                availability: agent.availability,
                full_name: Some(agent.full_name.to_owned()),
                display_name: Some(agent.display_name.to_owned()),
                profile_photo_url: None,
                disabled_at: None,
                archived_at: None,
                created_at: self.account.created_at,
                updated_at: self.account.created_at,
            };
            user.id = users::insert(unit, &user, password_hash)?;
            self.changed(unit, EntityKind::User, &user.id)?;
            let team = self
                .teams
                .iter()
                .find(|team| Some(&*team.name) == agent.team);
            if let Some(team) = team {
                teams::add_member(unit, self.account.id, team.id, user.id)?;
            }
            self.users.push(user);
        }
        Ok(())
    }

    fn add_inboxes(&mut self, unit: &mut Unit<'_>, random: &mut Random) -> Result<(), DbError> {
        for (name, channel) in INBOXES {
            let inbox = Inbox {
                id: InboxId(random.id()),
                account_id: self.account.id,
                name: (*name).to_owned(),
                description: None,
                slug: None,
                channel: *channel,
                is_primary: *channel == ChannelKind::Chat,
                is_private: false,
                identity_required: false,
                created_at: self.account.created_at,
                updated_at: self.account.created_at,
            };
            inboxes::insert(unit, &inbox)?;
            for user in &self.users {
                inboxes::add_member(unit, inbox.id, user.id)?;
            }
            self.changed(unit, EntityKind::Inbox, &inbox.id)?;
            self.inboxes.push(inbox);
        }
        Ok(())
    }

    fn add_tags(&mut self, unit: &mut Unit<'_>, random: &mut Random) -> Result<(), DbError> {
        for (name, color) in TAGS {
            let tag = Tag {
                id: TagId(random.id()),
                account_id: self.account.id,
                name: (*name).to_owned(),
                description: None,
                color: Some((*color).to_owned()),
                created_at: self.account.created_at,
                updated_at: self.account.created_at,
            };
            tags::insert(unit, &tag)?;
            self.changed(unit, EntityKind::Tag, &tag.id)?;
            self.tags.push(tag);
        }
        Ok(())
    }

    fn add_customers(&mut self, unit: &mut Unit<'_>, random: &mut Random) -> Result<(), DbError> {
        let companies = self.add_companies(unit, random)?;
        for (number, name) in CUSTOMERS.iter().enumerate() {
            let id = CustomerId(random.id());
            let zone = random.pick(&["Europe/Amsterdam", "Europe/Oslo", "Asia/Tokyo", "UTC"]);
            let phone = format!("+31 6 {}", random.between(10_000_000, 99_999_999));
            let company_id = random.percent(20).then(|| *random.pick(&companies));
            let customer = Customer {
                name: Some((*name).to_owned()),
                email: Some(format!("customer{}@mail.example", number + 1)),
                phone: random.percent(40).then_some(phone),
                company_id,
                time_zone: Some((*zone).to_owned()),
                browser: random.percent(50).then(|| "Firefox".to_owned()),
                os: random.percent(50).then(|| "Linux".to_owned()),
                ..Customer::new(id, self.account.id, self.account.created_at)
            };
            self.add_customer(unit, customer)?;
        }
        Ok(())
    }

    /// Stores a customer with the ways to recognise them.
    pub(super) fn add_customer(
        &mut self,
        unit: &mut Unit<'_>,
        customer: Customer,
    ) -> Result<(), DbError> {
        customers::insert(unit, &customer)?;
        let ways = [
            (IdentityKind::Email, &customer.email),
            (IdentityKind::Phone, &customer.phone),
        ];
        for (kind, value) in ways {
            if let Some(value) = value {
                customers::add_identity(unit, self.account.id, customer.id, kind, value)?;
            }
        }
        let event = EventDraft::about(EventKind::CustomerCreated, customer.id.0);
        tell(unit, self, event)?;
        self.customers.push(customer);
        Ok(())
    }

    fn add_companies(
        &self,
        unit: &mut Unit<'_>,
        random: &mut Random,
    ) -> Result<Vec<CompanyId>, DbError> {
        let mut ids = Vec::with_capacity(COMPANIES.len());
        for (name, site) in COMPANIES {
            let company = Company {
                id: CompanyId(random.id()),
                account_id: self.account.id,
                name: (*name).to_owned(),
                external_id: None,
                website_url: Some((*site).to_owned()),
                description: None,
                logo_image_url: None,
                industry: Some("Outdoor retail".to_owned()),
                slack_channel_id: None,
                slack_channel_name: None,
                slack_team_id: None,
                slack_team_name: None,
                metadata: None,
                created_at: self.account.created_at,
                updated_at: self.account.created_at,
            };
            companies::insert(unit, &company)?;
            self.changed(unit, EntityKind::Company, &company.id)?;
            ids.push(company.id);
        }
        Ok(ids)
    }
}
