//! `frontdesk macros`: what stands under a name in the configuration, run, printed and taken over.

use super::each::{self, Outcome, Told};
use super::{find, imported, names, send, show, triage};
use crate::cli::{Each, Import, Macros, MacrosWhat};
use crate::clock;
use crate::config::{self, macros_as_text};
use crate::error::Error;
use crate::net::api::{ApiError, Outgoing, OutgoingKind};
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::{Command, Directory, DraftMark, OutMark, Row};
use frontdesk_protocol::entity::{Conversation, ConversationFull};
use frontdesk_protocol::id::TagId;
use frontdesk_ui::macros::blanks::{self, Known};
use frontdesk_ui::macros::{Macro, Step, Words};
use jiff::tz::TimeZone;

pub(super) async fn run(desk: &Desk, args: &Macros) -> Result<(), Error> {
    match &args.what {
        None => list(desk),
        Some(MacrosWhat::Run { name, once, each }) => {
            on_each(desk, name, once.as_deref(), each).await
        }
        Some(MacrosWhat::Export { names }) => {
            let wanted = imported::wanted(&desk.config.macros, names, "macro", |it| &it.name)?;
            desk.output.text(&macros_as_text(&wanted))
        }
        Some(MacrosWhat::Import(args)) => import(desk, args),
    }
}

fn list(desk: &Desk) -> Result<(), Error> {
    let all = &desk.config.macros;
    if all.is_empty() {
        let file = desk.config.file.display();
        return desk
            .output
            .words(&format!("There are no macros in {file}."));
    }
    let lines: Vec<String> = all
        .iter()
        .map(|it| format!("{}  {}", it.name, it.in_words()))
        .collect();
    desk.output.each(&lines)
}

fn import(desk: &Desk, args: &Import) -> Result<(), Error> {
    let (place, text) = imported::read(&args.file)?;
    let new = config::macros_of(&place, &text)?;
    imported::any(&new, &place, "macro")?;
    let held = &desk.config.macros;
    let mut taken = Vec::new();
    let mut fates = Vec::new();
    for it in &new {
        let known = held.iter().find(|known| known.name == it.name);
        let fate = imported::fate(known.map(|known| known == it), args.replace);
        if fate.is_written() {
            taken.push(it);
        }
        fates.push((it.name.as_str(), fate));
    }
    if !args.how.dry_run && !taken.is_empty() {
        config::remember_macros(&desk.config.file, &taken)?;
    }
    imported::tell(&desk.output, &fates, args.how)
}

async fn on_each(desk: &Desk, name: &str, once: Option<&str>, args: &Each) -> Result<(), Error> {
    let all = &desk.config.macros;
    let name = [name.to_owned()];
    let wanted = imported::wanted(all, &name, "macro", |it| &it.name)?;
    let [it] = wanted[..] else {
        return Ok(());
    };
    let mut agent = desk.agent().await?;
    let directory = names::directory(&mut agent).await?;
    let commands = commands(it, &directory)?;
    let named = each::named(&args.conversations)?;
    let how = args.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| {
            let id = find::conversation(agent, name).await?;
            let (json, full) = show::fetch(agent, id, name).await?;
            let conversation: Conversation =
                serde_json::from_str(json.get()).map_err(ApiError::Unreadable)?;
            let number = conversation.number;
            let words = match &it.words {
                Some(words) => {
                    let key = send::key(once, id);
                    Some(outgoing(
                        agent,
                        words,
                        &conversation,
                        &full,
                        &directory,
                        key,
                    )?)
                }
                None => None,
            };
            let tags: Vec<TagId> = full.tags.iter().map(|tag| tag.id).collect();
            let to_do: Vec<&Command> = commands
                .iter()
                .filter(|command| !command.is_so_in(&conversation, &tags))
                .collect();
            let outcome = match (words.is_some() || !to_do.is_empty(), how.dry_run) {
                (false, _) => Outcome::AlreadySo,
                (true, true) => Outcome::Would,
                (true, false) => Outcome::Done,
            };
            let mut message_id = None;
            if outcome == Outcome::Done {
                if let Some(words) = &words {
                    message_id = Some(send::deliver(desk, agent, words, name).await?.id);
                }
                for command in to_do {
                    triage::carry_out(agent, id, command.clone()).await?;
                }
            }
            Ok(Told {
                id: Some(id),
                number: Some(number),
                outcome,
                what: format!("run through {}: {}", it.name, it.in_words()),
                sentence: None,
                message_id,
                merge_id: None,
            })
        },
    )
    .await
}

fn commands(it: &Macro, directory: &Directory) -> Result<Vec<Command>, Error> {
    let (now, zone) = (clock::now(), TimeZone::system());
    let command = |step: &Step| step.command(directory, now, &zone).map_err(Error::Usage);
    it.steps.iter().map(command).collect()
}

/// The text for one conversation, with its blanks filled in. One that lacks something is not sent.
fn outgoing(
    agent: &Agent,
    words: &Words,
    conversation: &Conversation,
    full: &ConversationFull,
    directory: &Directory,
    key: String,
) -> Result<Outgoing, Error> {
    let customer = full.customer.as_ref();
    let row = Row {
        conversation: conversation.clone(),
        customer: customer.map_or_else(String::new, |it| it.title.clone()),
        last: None,
        tags: Vec::new(),
        draft: DraftMark::None,
        is_mentioned: false,
        is_blocked: false,
        out: OutMark::None,
    };
    let email = customer.and_then(|it| it.email.as_deref());
    let phone = customer.and_then(|it| it.phone.as_deref());
    let known = Known::of(&row, directory, email, phone);
    let filled = blanks::fill(words.text(), &known);
    if let Some(blank) = filled.missing.first() {
        return Err(Error::Usage(format!(
            "nothing is known for {{{blank}}}; nothing was sent"
        )));
    }
    let kind = match words {
        Words::ToColleagues(_) => OutgoingKind::Note,
        Words::ToCustomer(_) => OutgoingKind::Reply {
            seen: agent.store.seen_seq(agent.sign_in.id, conversation.id)?,
        },
    };
    Ok(Outgoing {
        conversation: conversation.id,
        body: filled.text.trim_end().to_owned(),
        kind,
        files: Vec::new(),
        key,
    })
}
