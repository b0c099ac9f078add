//! `frontdesk export`: whole conversations, one after the other, in a form that other programs or
//! people read.

mod transcript;

use super::{each, find, show};
use crate::cli::{Export, Format};
use crate::error::Error;
use crate::output::{say, with_causes};
use crate::sign_in::{Agent, Desk};

pub(super) async fn run(desk: &Desk, args: &Export) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    if !args.conversations.is_empty() {
        let named = each::named(&args.conversations)?;
        return export(desk, &mut agent, &named, args.format).await;
    }
    let filters: Vec<_> = args.status.filter().into_iter().collect();
    let mut after = None;
    loop {
        let page = find::page(&mut agent, &filters, after, find::PAGE).await?;
        let ids: Vec<String> = find::remember(&mut agent, &page.data)?
            .iter()
            .map(|it| it.id.to_string())
            .collect();
        export(desk, &mut agent, &ids, args.format).await?;
        after = page.next;
        if after.is_none() || ids.is_empty() {
            return Ok(());
        }
    }
}

/// Writes conversations. One that is gone by now does not keep the others from being written.
async fn export(
    desk: &Desk,
    agent: &mut Agent,
    named: &[String],
    format: Format,
) -> Result<(), Error> {
    let mut failed = 0;
    for name in named {
        match one(desk, agent, name, format).await {
            Ok(()) => {}
            Err(error) if named.len() == 1 || error.is_of_all() => return Err(error),
            Err(error) => {
                say(&format!("{name}: {}", with_causes(&error)));
                failed += 1;
            }
        }
    }
    match failed {
        0 => Ok(()),
        failed => Err(Error::SomeFailed {
            failed,
            of: named.len(),
        }),
    }
}

async fn one(desk: &Desk, agent: &mut Agent, named: &str, format: Format) -> Result<(), Error> {
    let id = find::conversation(agent, named).await?;
    let (json, conversation) = show::fetch(agent, id, named).await?;
    match format {
        Format::Jsonl => desk.output.json(json.get()),
        Format::Text => desk.output.words(&transcript::of(&conversation)),
    }
}
