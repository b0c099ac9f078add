//! `user`: who may sign in, and as what.

use super::ask::PasswordSource;
use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::failure::Outcome;
use crate::secret;
use crate::use_cases::second_factor;
use crate::use_cases::users::{self, NewUser};
use clap::Subcommand;
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::account::User as Person;
use frontdesk_domain::{AccountId, Actor, Role, UserId};

/// Manage who may sign in
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add a user
    Add {
        /// Their e-mail address
        #[arg(value_name = "ADDRESS")]
        email: String,
        /// What they may do
        #[arg(long, default_value = "member", value_parser = role)]
        role: Role,
        /// Their name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        password: PasswordSource,
        #[command(flatten)]
        account: InAccount,
    },
    /// List the users, and who needs a code of an app to sign in
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Take a user's access away and sign them out everywhere
    Disable {
        #[command(flatten)]
        who: Named,
    },
    /// Give a user their access back
    Enable {
        #[command(flatten)]
        who: Named,
    },
    /// Change what a user may do
    Role {
        #[command(flatten)]
        who: Named,
        /// admin, member or viewer
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Forget the second factor of a user who has lost it, and sign them out everywhere
    ResetSecondFactor {
        #[command(flatten)]
        who: Named,
    },
    /// Set a user's password and sign them out everywhere
    Password {
        #[command(flatten)]
        who: Named,
        #[command(flatten)]
        password: PasswordSource,
    },
}

/// A user of an account.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The user, by e-mail address or number
    #[arg(value_name = "USER")]
    user: String,
    #[command(flatten)]
    account: InAccount,
}

impl User {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Add {
                email,
                role,
                name,
                password,
                account,
            } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                let email = users::email(&email)?;
                let password_hash = secret::hash_password(password.read()?).await?;
                let new = NewUser {
                    email,
                    password_hash,
                    role,
                    full_name: name,
                };
                let id = desk
                    .act(account.id, |unit, actor| users::add(unit, actor, new))
                    .await?;
                desk.close();
                say::line(format_args!("added user {id}"))
            }
            Self::Disable { who } => change(options, &who, "disabled", users::disable).await,
            Self::Enable { who } => change(options, &who, "enabled", users::enable).await,
            Self::Role { who, role } => {
                change(options, &who, "changed", move |unit, actor, id| {
                    users::set_role(unit, actor, id, role)
                })
                .await
            }
            Self::ResetSecondFactor { who } => {
                change(options, &who, "reset", second_factor::reset).await
            }
            Self::Password { who, password } => {
                let hash = secret::hash_password(password.read()?).await?;
                change(options, &who, "changed", move |unit, actor, id| {
                    users::set_password(unit, actor, id, &hash)
                })
                .await
            }
        }
    }
}

/// Reads a role by the name people use, or by the one on the wire.
fn role(text: &str) -> Result<Role, String> {
    match text {
        "member" => Ok(Role::Member),
        other => other
            .parse()
            .map_err(|_| "must be admin, member or viewer".to_owned()),
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Admin | Role::Viewer => role.as_str(),
    }
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let (people, with_factor) = desk
        .db()
        .read(move |conn| {
            let people = queries::users::of_account(conn, account.id)?;
            let with_factor = queries::second_factors::with(conn, account.id)?;
            Ok::<_, DbError>((people, with_factor))
        })
        .await?;
    desk.close();
    let row = |person: Person| {
        let factor = if with_factor.contains(&person.id) {
            "on"
        } else {
            "off"
        };
        let state = match (&person.archived_at, &person.disabled_at) {
            (Some(_), _) => "archived",
            (None, Some(_)) => "disabled",
            (None, None) => "active",
        };
        let name = person.full_name.unwrap_or_default();
        let role = role_name(person.role).to_owned();
        [
            person.id.to_string(),
            person.email,
            role,
            state.to_owned(),
            factor.to_owned(),
            name,
        ]
    };
    say::table(
        ["USER", "EMAIL", "ROLE", "STATE", "2FA", "NAME"],
        people.into_iter().map(row),
    )
}

async fn change<T: Send + 'static>(
    options: &Options,
    who: &Named,
    done: &str,
    how: impl FnOnce(&mut Unit<'_>, &Actor, UserId) -> Outcome<T> + Send + 'static,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = who.account.find(&desk).await?;
    let id = find(&desk, account.id, &who.user).await?.id;
    desk.act(account.id, move |unit, actor| how(unit, actor, id))
        .await?;
    desk.close();
    say::line(format_args!("{done} user {id}"))
}

/// The user with this address or number.
pub(super) async fn find(
    desk: &Desk,
    account_id: AccountId,
    user: &str,
) -> Result<Person, CliError> {
    let people = desk
        .db()
        .read(move |conn| queries::users::of_account(conn, account_id))
        .await?;
    let address = user.trim().to_lowercase();
    let mut people = people.into_iter();
    people
        .find(|person| person.email == address || person.id.to_string() == address)
        .ok_or_else(|| {
            CliError::usage(format!(
                "there is no user {user}\n  hint: `frontdesk-server user list` shows them"
            ))
        })
}
