//! Accounts, inboxes, agents and customers.

use super::corpus::{AccountLine, AgentLine, Channel, CustomerLine, InboxLine};
use super::desk::Desk;
use super::lines::{At, Line, Lines};
use super::part::Part;
use super::{ImportError, Problem, Run, ids};
use crate::secret;
use frontdesk_db::bulk::{self, Kept};
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::account::{Account, Inbox, Team, User};
use frontdesk_domain::company::Company;
use frontdesk_domain::text::clean_line;
use frontdesk_domain::{
    AccountId, Availability, ChannelKind, CompanyId, Customer, CustomerId, EntityKind, EventDraft,
    EventKind, IdentityKind, InboxId, Role, TeamId, UserId, Visibility,
};

/// How many customers go into one unit of work.
const CUSTOMERS: usize = 1_000;

/// Finds or makes the accounts.
pub(super) async fn accounts(run: &mut Run<'_>, desk: &mut Desk) -> Result<(), ImportError> {
    let mut lines = Lines::<AccountLine>::open(&run.options.folder, "accounts.jsonl")?;
    while let Some(Line { content, .. }) = lines.next()? {
        let line = match content {
            Ok(line) => line,
            Err(problem) => {
                run.problem(problem)?;
                continue;
            }
        };
        let wanted = run.options.into;
        let id = wanted.unwrap_or_else(|| ids::account(&line.id, &line.name));
        let name = line.name.clone();
        let new = run
            .db
            .write_global(move |unit| account(unit, id, wanted.is_some(), &name))
            .await?;
        count(new, &mut run.done.accounts, &mut run.done.already_there);
        desk.accounts.insert(line.id, id);
    }
    Ok(())
}

fn account(
    unit: &mut Unit<'_>,
    id: AccountId,
    must_be_there: bool,
    name: &str,
) -> Result<bool, ImportError> {
    if queries::accounts::by_id(unit.conn(), id)?.is_some() {
        return Ok(false);
    }
    if must_be_there {
        return Err(ImportError::NoAccount(id));
    }
    let now = unit.now();
    let account = Account {
        id,
        company_name: clean_line(name).text,
        company_logo_url: None,
        time_zone: None,
        plan: "team".to_owned(),
        settings: None,
        working_hours: Vec::new(),
        created_at: now,
        updated_at: now,
    };
    queries::accounts::insert(unit, &account)?;
    changed(unit, id, EntityKind::Account, &id)?;
    Ok(true)
}

/// Finds or makes the inboxes. The first one of an account without any becomes its primary one.
pub(super) async fn inboxes(run: &mut Run<'_>, desk: &mut Desk) -> Result<(), ImportError> {
    let mut lines = Lines::<InboxLine>::open(&run.options.folder, "inboxes.jsonl")?;
    while let Some(Line { at, content }) = lines.next()? {
        let found = content.and_then(|line| Ok((desk.account(at, &line.account_id)?, line)));
        let (account_id, line) = match found {
            Ok(found) => found,
            Err(problem) => {
                run.problem(problem)?;
                continue;
            }
        };
        let id = InboxId(ids::derived(account_id, "inbox", &line.id));
        desk.inboxes.insert(line.id.clone(), id);
        let new = run
            .db
            .write(account_id, move |unit| inbox(unit, account_id, id, &line))
            .await?;
        count(new, &mut run.done.inboxes, &mut run.done.already_there);
    }
    Ok(())
}

fn inbox(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: InboxId,
    line: &InboxLine,
) -> Result<bool, DbError> {
    if queries::inboxes::by_id(unit.conn(), account_id, id)?.is_some() {
        return Ok(false);
    }
    let is_primary = queries::inboxes::primary(unit.conn(), account_id)?.is_none();
    let now = unit.now();
    let inbox = Inbox {
        id,
        account_id,
        name: clean_line(&line.name).text,
        description: None,
        slug: None,
        channel: match line.channel {
            Channel::Email => ChannelKind::Email,
            Channel::Chat => ChannelKind::Chat,
            Channel::Slack => ChannelKind::Slack,
            Channel::Sms => ChannelKind::Sms,
        },
        is_primary,
        is_private: false,
        identity_required: false,
        created_at: now,
        updated_at: now,
    };
    queries::inboxes::insert(unit, &inbox)?;
    changed(unit, account_id, EntityKind::Inbox, &id)?;
    Ok(true)
}

/// Finds or makes the users. New ones cannot sign in: they are disabled, and nobody knows their
/// password.
pub(super) async fn agents(run: &mut Run<'_>, desk: &mut Desk) -> Result<(), ImportError> {
    let nobody_knows = secret::Token::random().reveal().to_owned();
    let hash = secret::hash_password(nobody_knows)
        .await
        .map_err(|_| ImportError::Password)?;
    let mut lines = Lines::<AgentLine>::open(&run.options.folder, "agents.jsonl")?;
    while let Some(Line { at, content }) = lines.next()? {
        let found = content.and_then(|line| Ok((desk.account(at, &line.account_id)?, line)));
        let (account_id, line) = match found {
            Ok(found) => found,
            Err(problem) => {
                run.problem(problem)?;
                continue;
            }
        };
        let (name, hash) = (line.id.clone(), hash.clone());
        let found = run
            .db
            .write(account_id, move |unit| {
                agent(unit, account_id, at, &line, &hash)
            })
            .await?;
        match found {
            Ok((id, new)) => {
                count(new, &mut run.done.users, &mut run.done.already_there);
                desk.users.insert(name, id);
            }
            Err(problem) => run.problem(problem)?,
        }
    }
    Ok(())
}

/// The user with this address, and whether it was made just now.
fn agent(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    at: At,
    line: &AgentLine,
    hash: &str,
) -> Result<Result<(UserId, bool), Problem>, DbError> {
    let email = line.email.trim().to_lowercase();
    if let Some((known, _)) = queries::users::by_email(unit.conn(), &email)? {
        if known.account_id != account_id {
            let what = format!("{email} is a user of another account");
            return Ok(Err(at.problem(what)));
        }
        return Ok(Ok((known.id, false)));
    }
    let now = unit.now();
    let user = User {
        id: UserId(0),
        account_id,
        email,
        role: Role::Member,
        visibility: Visibility::All,
        availability: Availability::Offline,
        full_name: Some(clean_line(&line.name).text),
        display_name: None,
        profile_photo_url: None,
        disabled_at: Some(now),
        archived_at: None,
        created_at: now,
        updated_at: now,
    };
    let id = queries::users::insert(unit, &user, hash)?;
    changed(unit, account_id, EntityKind::User, &id)?;
    if let Some(team) = &line.team {
        join(unit, account_id, team, id)?;
    }
    Ok(Ok((id, true)))
}

/// Puts a user into the team of this name, which is made when there is none.
fn join(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    name: &str,
    user_id: UserId,
) -> Result<(), DbError> {
    let name = clean_line(name).text;
    let known = queries::teams::of_account(unit.conn(), account_id)?;
    let known = known.into_iter().find(|team| team.name == name);
    let id = match known {
        Some(team) => team.id,
        None => {
            let team = Team {
                id: TeamId(ids::derived(account_id, "team", &name)),
                account_id,
                name,
                created_at: unit.now(),
                updated_at: unit.now(),
            };
            queries::teams::insert(unit, &team)?;
            changed(unit, account_id, EntityKind::Team, &team.id)?;
            team.id
        }
    };
    queries::teams::add_member(unit, account_id, id, user_id)
}

/// Imports the customers and the companies they name.
pub(super) async fn customers(
    run: &mut Run<'_>,
    desk: &mut Desk,
    part: &Part,
) -> Result<(), ImportError> {
    let mut lines = Lines::<CustomerLine>::open(&run.options.folder, "customers.jsonl")?;
    let mut waiting: Vec<(AccountId, CustomerLine)> = Vec::new();
    while let Some(Line { at, content }) = lines.next()? {
        let found = content.and_then(|line| Ok((desk.account(at, &line.account_id)?, line)));
        match found {
            Ok((_, line)) if !part.has_customer(&line.id) => {}
            Ok((account_id, line)) => {
                desk.customers.insert(line.id.clone());
                let other = waiting
                    .first()
                    .is_some_and(|(first, _)| *first != account_id);
                if other || waiting.len() >= CUSTOMERS {
                    store(run, std::mem::take(&mut waiting)).await?;
                }
                waiting.push((account_id, line));
            }
            Err(problem) => run.problem(problem)?,
        }
    }
    store(run, waiting).await
}

/// Stores customers of one account.
async fn store(run: &mut Run<'_>, rows: Vec<(AccountId, CustomerLine)>) -> Result<(), ImportError> {
    let Some(account_id) = rows.first().map(|(account_id, _)| *account_id) else {
        return Ok(());
    };
    let all = rows.len() as u64;
    let new = run
        .db
        .write(account_id, move |unit| {
            let lines: Vec<CustomerLine> = rows.into_iter().map(|(_, line)| line).collect();
            store_customers(unit, account_id, &lines)
        })
        .await?;
    run.done.customers += new;
    run.done.already_there += all - new;
    run.tell();
    Ok(())
}

fn store_customers(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    lines: &[CustomerLine],
) -> Result<u64, DbError> {
    let id = |line: &CustomerLine| CustomerId(ids::derived(account_id, "customer", &line.id));
    let known = bulk::known(unit, Kept::Customers, lines.iter().map(|line| id(line).0))?;
    let mut new = 0;
    for line in lines {
        let id = id(line);
        if known.contains(&id.0) {
            continue;
        }
        let company_id = match &line.company {
            Some(name) => Some(company(unit, account_id, name)?),
            None => None,
        };
        let customer = Customer {
            name: line.name.as_deref().map(|name| clean_line(name).text),
            email: line
                .email
                .as_deref()
                .map(|email| email.trim().to_lowercase()),
            phone: line.phone.clone(),
            company_id,
            time_zone: line.timezone.clone(),
            ..Customer::new(id, account_id, line.created_at)
        };
        queries::customers::insert(unit, &customer)?;
        let ways = [
            (IdentityKind::Email, &customer.email),
            (IdentityKind::Phone, &customer.phone),
        ];
        for (kind, value) in ways {
            if let Some(value) = value {
                queries::customers::add_identity(unit, account_id, id, kind, value)?;
            }
        }
        let event = EventDraft::about(EventKind::CustomerCreated, id.0);
        queries::events::emit(unit, account_id, None, event)?;
        new += 1;
    }
    Ok(new)
}

/// The company of this name, which is made when an import names it for the first time.
fn company(unit: &mut Unit<'_>, account_id: AccountId, name: &str) -> Result<CompanyId, DbError> {
    let name = clean_line(name).text;
    let id = CompanyId(ids::derived(account_id, "company", &name));
    if queries::companies::by_id(unit.conn(), account_id, id)?.is_some() {
        return Ok(id);
    }
    let now = unit.now();
    let company = Company {
        id,
        account_id,
        name,
        external_id: None,
        website_url: None,
        description: None,
        logo_image_url: None,
        industry: None,
        slack_channel_id: None,
        slack_channel_name: None,
        slack_team_id: None,
        slack_team_name: None,
        metadata: None,
        created_at: now,
        updated_at: now,
    };
    queries::companies::insert(unit, &company)?;
    changed(unit, account_id, EntityKind::Company, &id)?;
    Ok(id)
}

/// Tells that a small shared thing is new.
pub(super) fn changed(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    kind: EntityKind,
    id: &impl ToString,
) -> Result<(), DbError> {
    let event = EventDraft::entity(EventKind::EntityChanged, kind, id);
    queries::events::emit(unit, account_id, None, event).map(|_| ())
}

fn count(new: bool, made: &mut u64, known: &mut u64) {
    *(if new { made } else { known }) += 1;
}
