//! `frontdesk same-person`: two customers are one, on a yes alone.

use super::triage::carry_out;
use super::{find, names, show};
use crate::cli::SamePerson;
use crate::error::Error;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::{CustomerFull, Data};
use frontdesk_protocol::id::{CustomerId, MergeId};
use serde_json::json;

pub(super) async fn run(desk: &Desk, args: &SamePerson) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let (_, it) = show::fetch(&mut agent, id, &args.conversation).await?;
    let other = other(&mut agent, &args.customer).await?;
    let stays = it.customer.as_ref().map_or("", |it| it.title.as_str());
    if !args.yes {
        let words = format!(
            "All of {} would become {stays}'s; --yes does it.",
            other.title
        );
        return desk.output.words(&words);
    }
    let merge = MergeId::random();
    let command = Command::MergeCustomers {
        from: other.id,
        into: it.customer_id,
        merge,
        across_proof: args.across_proof,
    };
    carry_out(&mut agent, id, command).await?;
    if args.json {
        let told = json!({ "merge_id": merge, "from_id": other.id, "into_id": it.customer_id });
        return desk.output.json(&told.to_string());
    }
    say(&format!("frontdesk merge --undo {merge} takes it back."));
    let words = format!("All of {} is {stays}'s.", other.title);
    desk.output.words(&words)
}

/// The customer of an id or a name.
async fn other(agent: &mut Agent, named: &str) -> Result<CustomerFull, Error> {
    match named.parse::<CustomerId>() {
        Ok(id) => {
            let path = format!("/api/v1/customers/{id}");
            let found: Data<CustomerFull> = agent.api.get(&path, &[]).await?;
            Ok(found.data)
        }
        Err(_) => names::customer(agent, named).await,
    }
}
