//! `frontdesk forward`: conversations are shown to somebody else by mail.

use super::each::{self, Outcome, Told};
use super::triage::carry_out;
use super::{find, show};
use crate::cli::Forward;
use crate::error::Error;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Command;
use frontdesk_inbox::outbound::Address;

pub(super) async fn run(desk: &Desk, args: &Forward) -> Result<(), Error> {
    if !matches!(Address::read(&args.to), Some(Address::Email(_))) {
        return Err(Error::Usage(format!("{:?} is no address", args.to)));
    }
    let mut agent = desk.agent().await?;
    let named = each::named(&args.each.conversations)?;
    let how = args.each.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| one(agent, name, args).await,
    )
    .await
}

async fn one(agent: &mut Agent, named: &str, args: &Forward) -> Result<Told, Error> {
    let id = find::conversation(agent, named).await?;
    let (_, it) = show::fetch(agent, id, named).await?;
    let outcome = if args.each.how.dry_run {
        Outcome::Would
    } else {
        let (to, body) = (args.to.trim().to_owned(), args.text.clone());
        carry_out(agent, id, Command::Forward { to, body }).await?;
        Outcome::Done
    };
    Ok(Told {
        id: Some(id),
        number: Some(it.number),
        outcome,
        what: format!("forwarded to {}", args.to.trim()),
        sentence: None,
        message_id: None,
        merge_id: None,
    })
}
