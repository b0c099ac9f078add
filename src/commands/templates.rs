//! `frontdesk templates`: the texts that may go out although the customer has not written lately. And
//! such a text, filled in.

use super::find;
use super::retry::patiently;
use crate::cli::{Place, Templates};
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::ReplyTemplate;
use frontdesk_protocol::id::ConversationId;

pub(super) async fn run(desk: &Desk, args: &Templates) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let all = of(&mut agent, id).await?;
    if args.json {
        let json = serde_json::to_string(&all).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    if all.is_empty() {
        return desk.output.words("This conversation has no templates.");
    }
    let lines: Vec<String> = all.iter().flat_map(lines).collect();
    desk.output.each(&lines)
}

async fn of(agent: &mut Agent, id: ConversationId) -> Result<Vec<ReplyTemplate>, ApiError> {
    patiently(async || agent.api.templates(id).await).await
}

/// What is shown of one: its name and id, whether it can be sent, its text and what stands in its places.
fn lines(it: &ReplyTemplate) -> Vec<String> {
    let language = it
        .language
        .as_deref()
        .map_or_else(String::new, |it| format!(" ({it})"));
    let barred = it
        .barred()
        .map_or_else(String::new, |why| format!(": cannot be sent, {why}"));
    let head = format!("{}{language}  {}{barred}", it.name, it.id);
    let text = it.text.lines().map(|line| format!("    {line}"));
    let places = it.places.iter().filter_map(|place| {
        let example = place.example.as_deref()?;
        Some(format!("    {} is such as {example}", place.name))
    });
    std::iter::once(head).chain(text).chain(places).collect()
}

/// The text of the template of this name or id, with all of its places filled in.
pub(super) async fn filled(
    agent: &mut Agent,
    id: ConversationId,
    named: &str,
    places: &[Place],
) -> Result<String, Error> {
    let all = of(agent, id).await?;
    fill(by_name(&all, named)?, places)
}

fn by_name<'a>(all: &'a [ReplyTemplate], named: &str) -> Result<&'a ReplyTemplate, Error> {
    let by_id = all.iter().find(|it| it.id == named);
    let same_name: Vec<&ReplyTemplate> = all.iter().filter(|it| it.name == named).collect();
    match (by_id, same_name.as_slice()) {
        (Some(it), _) => Ok(it),
        (None, [it]) => Ok(*it),
        (None, []) => Err(Error::Usage(format!("there is no template {named}"))),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|it| it.id.as_str()).collect();
            let ids = ids.join(", ");
            Err(Error::Usage(format!(
                "several templates are called {named}; name one of {ids}"
            )))
        }
    }
}

fn fill(it: &ReplyTemplate, places: &[Place]) -> Result<String, Error> {
    if let Some(why) = it.barred() {
        let why = format!("the template {} cannot be sent: {why}", it.name);
        return Err(ApiError::Refused(why).into());
    }
    let is_known = |given: &Place| it.places.iter().any(|place| place.name == given.name);
    if let Some(unknown) = places.iter().find(|given| !is_known(given)) {
        let why = format!("the template {} has no place {}", it.name, unknown.name);
        return Err(Error::Usage(why));
    }
    let is_given = |name: &str| places.iter().any(|given| given.name == name);
    let missing: Vec<&str> = it
        .places
        .iter()
        .map(|place| place.name.as_str())
        .filter(|name| !is_given(name))
        .collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        let why = format!("say with --var what stands in the template's places: {missing}");
        return Err(Error::Usage(why));
    }
    let values: Vec<(String, String)> = places
        .iter()
        .map(|given| (given.name.clone(), given.value.clone()))
        .collect();
    Ok(it.filled(&values))
}

#[cfg(test)]
mod tests;
