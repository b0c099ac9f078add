//! An example desk: a made-up outdoor shop with a year of conversations, and a small neighbour
//! that must never be seen from it. The same seed and time give the same desk, ids included; only
//! users' numbers, and the ids of mentions, identities and audit entries, are the database's.
//!
//! History is played by the same decisions as on a living desk, so counts, events, waiting times
//! and the search index are what they would be. Nothing of it is sent anywhere. All of it is
//! written in one unit: there is never half an example desk.

mod cast;
mod desk;
mod extras;
pub mod live;
mod plan;
mod play;
pub mod post;
mod random;
mod threads;

use crate::secret;
use cast::{AGENTS, Agent, NEIGHBOUR};
use desk::Desk;
use frontdesk_db::{Db, DbError, Unit, queries};
use frontdesk_domain::{AccountId, Refusal, Timestamp};
use random::Random;

/// The address to sign in with to the example desk.
pub const EMAIL: &str = "maya@northlight.example";

/// The password of every user of the example desk. Anybody can read it here, so nobody should
/// reach a desk that has it from outside.
pub const PASSWORD: &str = "frontdesk-demo";

/// Which example desk to make, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeedOptions {
    pub seed: u64,
    /// The end of the year that is told.
    pub now: Timestamp,
    /// How many conversations the larger company has had.
    pub conversations: usize,
    pub place: SeedPlace,
}

impl SeedOptions {
    /// The desk of the demonstration, on an empty server.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            seed: 1,
            now,
            conversations: 480,
            place: SeedPlace::EmptyServer,
        }
    }
}

/// Whether others may be on the server already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeedPlace {
    EmptyServer,
    /// Beside accounts that are real; the users of the example can sign in with a known password.
    BesideOthers,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    pub account_id: AccountId,
    /// The small second company.
    pub neighbour_id: AccountId,
    pub email: &'static str,
    pub password: &'static str,
    pub conversations: usize,
}

/// Why no example desk was made. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(
        "there is an account on this server already; an example desk has a known password, so say that you want it beside the others"
    )]
    NotEmpty,
    #[error("this example desk is on this server already")]
    AlreadyThere,
    #[error("no password hash could be made")]
    Password,
    #[error("the example breaks a rule of the desk")]
    Refused(#[from] Refusal),
    #[error("the database failed")]
    Db(#[from] DbError),
}

/// Makes the example desk.
///
/// # Errors
/// When the server is not empty and should be, or the database fails.
pub async fn seed(db: &Db, options: SeedOptions) -> Result<Seeded, SeedError> {
    let hash = secret::hash_password(PASSWORD.to_owned())
        .await
        .map_err(|_| SeedError::Password)?;
    db.write_global(move |unit| {
        let beside = options.place == SeedPlace::BesideOthers;
        if !beside && queries::accounts::any(unit.conn())? {
            return Err(SeedError::NotEmpty);
        }
        let mut random = Random::new(options.seed);
        let count = options.conversations;
        let company = Company {
            name: "Northlight Outfitters",
            agents: AGENTS,
        };
        let account_id = company.play(unit, &mut random, &options, count, &hash)?;
        let neighbour = Company {
            name: "Pinewood Cabins",
            agents: NEIGHBOUR,
        };
        let few = (count / 40).max(3);
        let neighbour_id = neighbour.play(unit, &mut random, &options, few, &hash)?;
        Ok(Seeded {
            account_id,
            neighbour_id,
            email: EMAIL,
            password: PASSWORD,
            conversations: count,
        })
    })
    .await
}

/// A company to make.
struct Company {
    name: &'static str,
    agents: &'static [Agent],
}

impl Company {
    fn play(
        &self,
        unit: &mut Unit<'_>,
        random: &mut Random,
        options: &SeedOptions,
        count: usize,
        hash: &str,
    ) -> Result<AccountId, SeedError> {
        let founded = options.now.plus_seconds(-400 * 86_400);
        let account = desk::account(random, self.name, founded);
        let desk = Desk::open(unit, random, account, self.agents, hash)?;
        let plan = plan::plan(random, &desk.account, self.agents, count, options.now);
        for step in plan.steps {
            play::play(unit, &desk, &plan.conversations[step.conversation], step)?;
        }
        extras::extras(unit, random, &desk, &plan.conversations, options.now)?;
        Ok(desk.account.id)
    }
}

#[cfg(test)]
mod tests;
