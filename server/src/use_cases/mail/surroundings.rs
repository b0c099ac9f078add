//! What has to be known before a mail can be judged.

use crate::failure::{Failure, Outcome};
use frontdesk_connectors::email::Settings;
use frontdesk_db::Conn;
use frontdesk_db::queries::{connections, forwarding_addresses, receipts};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, InboxId, Source};

/// For how many days a conversation opens again where the mailbox's settings cannot be read.
const REOPEN_DAYS: u32 = 30;

/// What is there when a mail comes.
pub(super) struct Surroundings {
    /// Whether the mail came before.
    pub(super) known: bool,
    /// The addresses of the account, in lower case.
    pub(super) ours: Vec<String>,
}

impl Surroundings {
    pub(super) fn load(
        conn: &mut dyn Conn,
        account_id: AccountId,
        inbox_id: InboxId,
        name: &str,
    ) -> Outcome<Self> {
        let known = receipts::by_external_id(conn, account_id, inbox_id, name)?.is_some();
        let mut ours: Vec<String> = connections::of_account(conn, account_id)?
            .iter()
            .filter(|it| it.kind == Source::Email)
            .filter_map(settings)
            .flat_map(|settings| settings.addresses())
            .collect();
        let forwarding = forwarding_addresses::of_account(conn, account_id)?;
        ours.extend(
            forwarding
                .iter()
                .map(|it| it.forwarding_email_address.to_lowercase()),
        );
        Ok::<_, Failure>(Self { known, ours })
    }
}

/// What a mailbox is set to. A mail comes in also where the settings cannot be read.
fn settings(connection: &Connection) -> Option<Settings> {
    serde_json::from_str(&connection.settings.0).ok()
}

/// For how many days after it was closed a conversation of this mailbox opens again.
pub(super) fn reopen_days(connection: &Connection) -> u32 {
    settings(connection).map_or(REOPEN_DAYS, |settings| settings.reopen_days)
}
