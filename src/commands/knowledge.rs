//! `frontdesk knowledge`: what conversations have shown, proposed and decided about.

use super::find;
use super::retry::patiently;
use crate::cli::{Knowledge, KnowledgeWhat, Worded};
use crate::error::Error;
use crate::net::api::ApiError;
use crate::net::api::knowledge::Changes;
use crate::output::say;
use crate::sign_in::Desk;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::entity::KnowledgeEntry;
use frontdesk_protocol::kind::Audience;
use frontdesk_ui::text_safe;

pub(super) async fn run(desk: &Desk, args: &Knowledge) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    match &args.what {
        None => {
            let entries = agent.api.proposals().await?;
            if args.json {
                return json(desk, &entries);
            }
            if entries.is_empty() {
                return desk.output.words("No knowledge waits for a decision.");
            }
            let lines: Vec<String> = entries.iter().map(line).collect();
            desk.output.each(&lines)
        }
        Some(KnowledgeWhat::Show { id }) => {
            let entry = agent.api.knowledge(&id.to_string()).await?;
            let words = format!("{}\n\n{}", entry.title, entry.body);
            desk.output.words(&text_safe::block(&words))
        }
        Some(KnowledgeWhat::Propose {
            conversation,
            worded,
        }) => {
            let id = find::conversation(&mut agent, conversation).await?;
            let (key, said) = (IntentId::random().to_string(), changes(worded, None));
            let proposed = patiently(async || agent.api.propose(id, &said, &key).await).await?;
            for known in &proposed.alike {
                let title = text_safe::line(&known.title);
                say(&format!("It may be known already: {} {title}", known.id));
            }
            desk.output.words(&line(&proposed.entry))
        }
        Some(KnowledgeWhat::Approve {
            id,
            internal,
            worded,
        }) => {
            let audience = internal.then_some(Audience::Internal);
            let said = changes(worded, audience);
            let entry = agent.api.approve_knowledge(*id, &said).await?;
            desk.output.words(&line(&entry))
        }
        Some(KnowledgeWhat::Reject { id }) => {
            agent.api.reject_knowledge(*id).await?;
            desk.output.words(&format!("{id} is rejected."))
        }
    }
}

fn changes(worded: &Worded, audience: Option<Audience>) -> Changes {
    Changes {
        title: worded.title.clone(),
        body: worded.text.clone(),
        audience,
    }
}

fn line(it: &KnowledgeEntry) -> String {
    let title = text_safe::line(&it.title);
    format!("{}  {}  {}  {title}", it.id, it.state, it.audience)
}

fn json(desk: &Desk, entries: &[KnowledgeEntry]) -> Result<(), Error> {
    let json = serde_json::to_string(entries).map_err(ApiError::Unreadable)?;
    desk.output.json(&json)
}
