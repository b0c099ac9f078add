//! People, teams and tags by the names a script gives them.

use crate::error::Error;
use crate::sign_in::Agent;
use frontdesk_inbox::directory::TeamName;
use frontdesk_inbox::{Command, Directory};
use frontdesk_protocol::entity::{
    CustomerFull, Data, Inbox, NumberedPage, SavedView, Tag, Team, User,
};
use frontdesk_protocol::id::{InboxId, TagId, TeamId};
use frontdesk_ui::thread::name_of;

/// What comes before the name of a team.
const TEAM: &str = "team:";

/// A tag with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: TagId,
    pub(super) name: String,
}

/// The command that assigns to whoever is meant, and what a conversation is afterwards.
pub(super) async fn assignee(agent: &mut Agent, who: &str) -> Result<(Command, String), Error> {
    match who {
        "me" => {
            let me = agent.sign_in.user_id;
            return Ok((Command::Assign(Some(me)), "assigned to you".to_owned()));
        }
        "nobody" | "none" => {
            return Ok((Command::Assign(None), "assigned to nobody".to_owned()));
        }
        _ => {}
    }
    if let Some(name) = who.strip_prefix(TEAM) {
        let (team, name) = team(agent, name).await?;
        let what = format!("assigned to the team {name}");
        return Ok((Command::AssignTeam(Some(team)), what));
    }
    let users: Data<Vec<User>> = agent.api.get("/api/v1/users", &[]).await?;
    if let Some(user) = users
        .data
        .iter()
        .find(|user| user.email.eq_ignore_ascii_case(who))
    {
        let what = format!("assigned to {}", name_of(user));
        return Ok((Command::Assign(Some(user.id)), what));
    }
    let named = users.data.iter().map(|user| (user, name_of(user)));
    let (user, name) = pick("colleague", who, named.collect())?;
    Ok((
        Command::Assign(Some(user.id)),
        format!("assigned to {name}"),
    ))
}

/// Everything that a macro may name.
pub(super) async fn directory(agent: &mut Agent) -> Result<Directory, Error> {
    let users: Data<Vec<User>> = agent.api.get("/api/v1/users", &[]).await?;
    let teams: Data<Vec<Team>> = agent.api.get("/api/v1/teams", &[]).await?;
    let inboxes: Data<Vec<Inbox>> = agent.api.get("/api/v1/inboxes", &[]).await?;
    let tags: Data<Vec<Tag>> = agent.api.get("/api/v1/tags", &[]).await?;
    let named = |it: Team| TeamName {
        id: it.id,
        name: it.name,
    };
    Ok(Directory {
        me: agent.sign_in.user_id,
        users: users.data,
        teams: teams.data.into_iter().map(named).collect(),
        inboxes: inboxes.data,
        tags: tags.data,
        ..Directory::default()
    })
}

/// The tags of these names, in their order.
pub(super) async fn tags(
    agent: &mut Agent,
    names: impl Iterator<Item = &String>,
) -> Result<Vec<Named>, Error> {
    let tags: Data<Vec<Tag>> = agent.api.get("/api/v1/tags", &[]).await?;
    let find = |name: &String| {
        let named = tags.data.iter().map(|tag| (tag.id, tag.name.clone()));
        pick("tag", name, named.collect()).map(|(id, name)| Named { id, name })
    };
    names.map(find).collect()
}

/// The team of this name, with or without `team:` before it, and what it is called.
pub(super) async fn team(agent: &mut Agent, name: &str) -> Result<(TeamId, String), Error> {
    let name = name.strip_prefix(TEAM).unwrap_or(name);
    let teams: Data<Vec<Team>> = agent.api.get("/api/v1/teams", &[]).await?;
    let named = teams.data.iter().map(|team| (team.id, team.name.clone()));
    pick("team", name, named.collect())
}

/// The view of this name.
pub(super) fn view(views: Vec<SavedView>, name: &str) -> Result<SavedView, Error> {
    let named = views.into_iter().map(|view| {
        let name = view.name.clone();
        (view, name)
    });
    pick("view", name, named.collect()).map(|(view, _)| view)
}

/// The inbox of this name, and what it is called.
pub(super) async fn inbox(agent: &mut Agent, name: &str) -> Result<(InboxId, String), Error> {
    let inboxes: Data<Vec<Inbox>> = agent.api.get("/api/v1/inboxes", &[]).await?;
    let named = inboxes.data.iter().map(|it| (it.id, it.name.clone()));
    pick("inbox", name, named.collect())
}

/// The customer of this name.
pub(super) async fn customer(agent: &mut Agent, name: &str) -> Result<CustomerFull, Error> {
    let query = [("q", name.to_owned()), ("limit", "20".to_owned())];
    let found: NumberedPage<CustomerFull> = agent.api.get("/api/v1/customers", &query).await?;
    let named = found.data.into_iter().map(|it| {
        let title = it.title.clone();
        (it, title)
    });
    pick("customer", name, named.collect()).map(|(it, _)| it)
}

/// The one of this name, whatever its letters' case, or else the only one whose name begins so.
fn pick<T>(kind: &str, wanted: &str, mut all: Vec<(T, String)>) -> Result<(T, String), Error> {
    let wanted_lower = wanted.to_lowercase();
    let is_it = |(_, name): &(T, String)| name.to_lowercase() == wanted_lower;
    let begins = |(_, name): &(T, String)| name.to_lowercase().starts_with(&wanted_lower);
    if let Some(at) = all.iter().position(is_it) {
        return Ok(all.swap_remove(at));
    }
    let fitting: Vec<usize> = (0..all.len()).filter(|at| begins(&all[*at])).collect();
    match fitting[..] {
        [at] if !wanted.is_empty() => Ok(all.swap_remove(at)),
        [] => Err(Error::Usage(format!(
            "there is no {kind} {wanted:?}; there is {}",
            listed(all.iter().map(|(_, name)| name.as_str()))
        ))),
        _ => Err(Error::Usage(format!(
            "{wanted:?} can be more than one {kind}: {}",
            listed(fitting.iter().map(|at| all[*at].1.as_str()))
        ))),
    }
}

/// Names for an error, as many as somebody reads.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let names: Vec<&str> = names.collect();
    match names.len() {
        0 => "none yet".to_owned(),
        count if count > MOST => {
            format!("{} and {} more", names[..MOST].join(", "), count - MOST)
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(wanted: &str) -> Result<usize, String> {
        let all = ["Tier 1", "Tier 2", "Billing", "Bill"];
        let all = all.iter().enumerate();
        let named = all.map(|(at, name)| (at, (*name).to_owned())).collect();
        pick("team", wanted, named)
            .map(|(at, _)| at)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_name_is_whole_or_the_only_beginning() {
        assert_eq!(picked("billing"), Ok(2));
        assert_eq!(picked("bill"), Ok(3));
        assert_eq!(picked("billi"), Ok(2));
    }

    #[test]
    fn what_is_not_one_name_is_said_with_the_names_there_are() {
        assert_eq!(
            picked("tier"),
            Err("\"tier\" can be more than one team: Tier 1, Tier 2".to_owned())
        );
        assert_eq!(
            picked("vip"),
            Err("there is no team \"vip\"; there is Tier 1, Tier 2, Billing, Bill".to_owned())
        );
        assert!(picked("").unwrap_err().contains("more than one team"));
    }
}
