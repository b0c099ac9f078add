//! `frontdesk views`: the searches that are kept on the server, keeping one, and changing it.

use super::names;
use crate::cli::{Order, Views, ViewsWhat};
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Sort;
use frontdesk_inbox::kept::{NewView, Whose};
use frontdesk_protocol::entity::SavedView;
use frontdesk_protocol::kind::ViewScope;
use frontdesk_protocol::search::Search;
use serde::Serialize;

/// A view with how many stand in it.
#[derive(Serialize)]
struct Counted<'a> {
    #[serde(flatten)]
    view: &'a SavedView,
    count: usize,
}

pub(super) async fn run(desk: &Desk, args: &Views) -> Result<(), Error> {
    match &args.what {
        None => list(desk, args.json).await,
        Some(ViewsWhat::Add {
            name,
            query,
            sort,
            share,
        }) => add(desk, name, &query.join(" "), *sort, share.as_deref()).await,
        Some(ViewsWhat::Rename { name, new }) => {
            let mut agent = desk.agent().await?;
            let view = named(&mut agent, name).await?;
            let renamed = agent.api.rename_view(view.id, new).await?;
            let words = format!("{} is called {} now.", view.name, renamed.name);
            desk.output.words(&words)
        }
        Some(ViewsWhat::Remove { name }) => {
            let mut agent = desk.agent().await?;
            let view = named(&mut agent, name).await?;
            agent.api.remove_view(view.id).await?;
            desk.output.words(&format!("{} is removed.", view.name))
        }
    }
}

async fn list(desk: &Desk, json: bool) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let views = agent.api.views().await?;
    let mut lines = Vec::with_capacity(views.len());
    for view in &views {
        let count = agent.api.view_count(view.id).await?;
        if json {
            let it = Counted { view, count };
            let text = serde_json::to_string(&it).expect("a view makes JSON");
            desk.output.json(&text)?;
        } else {
            let whose = match view.scope {
                ViewScope::Own => "yours",
                ViewScope::Team => "a team's",
                ViewScope::Shared => "everybody's",
            };
            lines.push(format!("{}  {count}  {}  ({whose})", view.name, view.query));
        }
    }
    if views.is_empty() && !json {
        return desk.output.words("There are no views yet.");
    }
    desk.output.each(&lines)
}

async fn add(
    desk: &Desk,
    name: &str,
    query: &str,
    sort: Order,
    share: Option<&str>,
) -> Result<(), Error> {
    if let Some(problem) = Search::parse(query, None).problems.first() {
        return Err(Error::Usage(problem.to_string()));
    }
    let mut agent = desk.agent().await?;
    let whose = match share {
        None => Whose::Own,
        Some("everybody") => Whose::Everybody,
        Some(team) => Whose::Team(Some(names::team(&mut agent, team).await?.0)),
    };
    let new = NewView {
        name: name.to_owned(),
        query: query.to_owned(),
        sort: order(sort),
        whose,
    };
    let key = uuid::Uuid::new_v4().to_string();
    let kept = agent.api.keep_view(&new, &key).await?;
    desk.output.words(&format!("{} is kept.", kept.name))
}

/// The view of this name.
pub(super) async fn named(agent: &mut Agent, name: &str) -> Result<SavedView, Error> {
    let views = agent.api.views().await?;
    names::view(views, name)
}

const fn order(order: Order) -> Sort {
    match order {
        Order::Newest => Sort::Newest,
        Order::Oldest => Sort::Oldest,
        Order::WaitingLongest => Sort::WaitingLongest,
        Order::Priority => Sort::Priority,
        Order::WakesNext => Sort::WakesNext,
    }
}
