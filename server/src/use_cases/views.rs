//! Views: one's own are everybody's right, what others see as well takes a member.

use crate::failure::Outcome;
use crate::use_cases::{fields, record};
use frontdesk_db::queries::views;
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::search::Search;
use frontdesk_domain::view::{SavedView, Whose};
use frontdesk_domain::{
    Actor, EntityKind, EventKind, Refusal, Role, TeamId, ViewId, ViewScope, ViewSort, Who,
};

/// What is said about a view. What is not said stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct ViewFields {
    pub(crate) name: Option<String>,
    pub(crate) query: Option<String>,
    pub(crate) sort: Option<ViewSort>,
    pub(crate) scope: Option<ViewScope>,
    pub(crate) team_id: Option<TeamId>,
    pub(crate) position: Option<i64>,
}

/// An account keeps no more than so many: a list of thousands of views is none.
const MOST: i64 = 1_000;

/// Nobody types a longer search.
const LONGEST: usize = 1_000;

/// A view the actor sees.
pub(crate) fn load(conn: &mut dyn Conn, actor: &Actor, id: ViewId) -> Outcome<SavedView> {
    let found = views::by_id(conn, actor.account_id, id)?.ok_or(Refusal::NotFound)?;
    if sees(conn, actor, found.whose)? {
        return Ok(found);
    }
    Err(Refusal::NotFound.into())
}

/// Adds one.
pub(crate) fn add(unit: &mut Unit<'_>, actor: &Actor, said: &ViewFields) -> Outcome<SavedView> {
    if views::count(unit.conn(), actor.account_id)? >= MOST {
        return Err(Refusal::Conflict("the account keeps 1000 views; delete one").into());
    }
    let name = fields::required("name", said.name.as_deref())?;
    let query = fields::required("query", said.query.as_deref())?;
    let scope = said.scope.unwrap_or(ViewScope::Own);
    let view = SavedView {
        id: ViewId::random(),
        account_id: actor.account_id,
        name: fields::line("name", name)?,
        query: understood(query)?,
        sort: said.sort.unwrap_or(ViewSort::Newest),
        whose: whose(actor, scope, said.team_id)?,
        position: said.position.unwrap_or(0),
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    may_change(unit.conn(), actor, view.whose)?;
    views::insert(unit, &view)?;
    told(unit, actor, EventKind::EntityChanged, view.id)?;
    Ok(view)
}

/// Changes one. Giving it to others, or taking it from them, takes what changing theirs takes.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ViewId,
    said: &ViewFields,
) -> Outcome<SavedView> {
    let mut view = load(unit.conn(), actor, id)?;
    may_change(unit.conn(), actor, view.whose)?;
    if let Some(name) = &said.name {
        view.name = fields::line("name", name)?;
    }
    if let Some(query) = &said.query {
        view.query = understood(query)?;
    }
    view.sort = said.sort.unwrap_or(view.sort);
    view.position = said.position.unwrap_or(view.position);
    if said.scope.is_some() || said.team_id.is_some() {
        let scope = said.scope.unwrap_or(view.whose.scope());
        view.whose = whose(actor, scope, said.team_id.or(view.whose.team()))?;
        may_change(unit.conn(), actor, view.whose)?;
    }
    view.updated_at = unit.now();
    views::update(unit, &view)?;
    told(unit, actor, EventKind::EntityChanged, id)?;
    Ok(view)
}

/// Deletes one.
pub(crate) fn remove(unit: &mut Unit<'_>, actor: &Actor, id: ViewId) -> Outcome<()> {
    let view = load(unit.conn(), actor, id)?;
    may_change(unit.conn(), actor, view.whose)?;
    views::delete(unit, actor.account_id, id)?;
    if view.whose.owner().is_none() {
        let subject = format!("view:{id}");
        record::audited(unit, actor, "view.deleted", subject, Some(view.name))?;
    }
    told(unit, actor, EventKind::EntityDeleted, id)
}

fn whose(actor: &Actor, scope: ViewScope, team: Option<TeamId>) -> Outcome<Whose> {
    match (scope, team) {
        (ViewScope::Own, _) => {
            let user = actor.user_id().ok_or(Refusal::Forbidden)?;
            Ok(Whose::User(user))
        }
        (ViewScope::Team, Some(team)) => Ok(Whose::Team(team)),
        (ViewScope::Team, None) => Err(Refusal::missing("team_id").into()),
        (ViewScope::Shared, _) => Ok(Whose::Everybody),
    }
}

fn sees(conn: &mut dyn Conn, actor: &Actor, whose: Whose) -> Outcome<bool> {
    let Who::User(member) = &actor.who else {
        return Ok(false);
    };
    Ok(match whose {
        Whose::User(user) => user == member.user_id,
        Whose::Everybody => true,
        Whose::Team(team) => {
            member.role == Role::Admin
                || views::is_in_team(conn, actor.account_id, team, member.user_id)?
        }
    })
}

/// What is one's own needs nobody's leave. A team's views are changed by its members and admins.
fn may_change(conn: &mut dyn Conn, actor: &Actor, whose: Whose) -> Outcome<()> {
    match whose {
        Whose::User(_) => allows(actor, Permission::ManageOwnProfile)?,
        Whose::Everybody => allows(actor, Permission::ManageSharedThings)?,
        Whose::Team(_) => {
            allows(actor, Permission::ManageSharedThings)?;
            if !sees(conn, actor, whose)? {
                return Err(Refusal::missing("team_id").into());
            }
        }
    }
    Ok(())
}

/// A search that is understood to its last word: what is kept should mean what was meant.
fn understood(query: &str) -> Outcome<String> {
    let query = query.trim();
    let invalid = |problem| {
        Err(Refusal::Invalid {
            field: "query",
            problem,
        }
        .into())
    };
    if query.chars().count() > LONGEST {
        return invalid("should be at most 1000 character(s)");
    }
    let search = Search::parse(query, None);
    if !search.problems.is_empty() {
        return invalid("has an operator with a value it does not know");
    }
    if search.conditions.is_empty() {
        return invalid("asks for nothing");
    }
    Ok(query.to_owned())
}

/// The event names the view; whoever does not see it learns that there is one, and no more.
fn told(unit: &mut Unit<'_>, actor: &Actor, what: EventKind, id: ViewId) -> Outcome<()> {
    Ok(record::told(unit, actor, what, EntityKind::View, &id)?)
}
