//! Teams that work can be assigned to, and who is in them.

use crate::failure::Outcome;
use crate::use_cases::nouns::{self, Noun, Rows};
use crate::use_cases::{fields, load, record};
use frontdesk_db::Unit;
use frontdesk_db::queries::teams;
use frontdesk_domain::account::Team;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, EntityKind, EventKind, Refusal, TeamId, UserId};

/// What is said about a team.
#[derive(Debug, Clone, Default)]
pub(crate) struct TeamFields {
    pub(crate) name: Option<String>,
}

impl Noun for Team {
    type Id = TeamId;
    type Fields = TeamFields;

    const KIND: EntityKind = EntityKind::Team;
    const CHANGE: Permission = Permission::ManageUsers;
    const DELETE: Permission = Permission::ManageUsers;
    const ROWS: Rows<Self> = Rows {
        by_id: teams::by_id,
        insert: teams::insert,
        update: teams::update,
        delete: teams::delete,
    };

    fn id(&self) -> TeamId {
        self.id
    }

    fn make(unit: &mut Unit<'_>, actor: &Actor, fields: TeamFields) -> Outcome<Self> {
        let name = fields::required("name", fields.name.as_deref())?;
        Ok(Self {
            id: TeamId::random(),
            account_id: actor.account_id,
            name: fields::line("name", name)?,
            created_at: unit.now(),
            updated_at: unit.now(),
        })
    }

    fn set(&mut self, unit: &mut Unit<'_>, _: &Actor, fields: TeamFields) -> Outcome<()> {
        if let Some(name) = fields.name {
            self.name = fields::line("name", &name)?;
        }
        self.updated_at = unit.now();
        Ok(())
    }
}

/// Puts a user into a team; again is the same.
pub(crate) fn join(unit: &mut Unit<'_>, actor: &Actor, id: TeamId, user: UserId) -> Outcome<Team> {
    let team = reach(unit, actor, id, user)?;
    teams::add_member(unit, actor.account_id, id, user)?;
    record::told(unit, actor, EventKind::EntityChanged, EntityKind::Team, &id)?;
    Ok(team)
}

/// Takes a user out of a team; again is the same.
pub(crate) fn leave(unit: &mut Unit<'_>, actor: &Actor, id: TeamId, user: UserId) -> Outcome<()> {
    reach(unit, actor, id, user)?;
    let gone = teams::remove_member(unit, actor.account_id, id, user)?;
    if gone > 0 {
        record::told(unit, actor, EventKind::EntityChanged, EntityKind::Team, &id)?;
    }
    Ok(())
}

fn reach(unit: &mut Unit<'_>, actor: &Actor, id: TeamId, user: UserId) -> Outcome<Team> {
    allows(actor, Permission::ManageUsers)?;
    load::user(unit.conn(), actor, user, "user_id")
        .map_err(|failure| failure.refused_as(Refusal::NotFound))?;
    nouns::load(unit.conn(), actor, id)
}
