//! Looks up at Google what became of mails whose sending broke off: what Google has was sent. None is
//! ever sent again by this.

use super::ask::{Mailbox, SHORT, readable};
use crate::failure::{Failure, Outcome};
use crate::mail::trouble::{Stop, Trouble};
use frontdesk_connectors::email::gmail::mailbox;
use frontdesk_db::queries::events;
use frontdesk_db::queries::mails::{self, Uncertain};
use frontdesk_db::queries::messages::outgoing;
use frontdesk_domain::{EventDraft, EventKind};

/// For how many seconds a mail is looked for.
const DAY: i64 = 24 * 60 * 60;

/// The most mails that are looked for at once.
const MOST: i64 = 20;

impl Mailbox<'_> {
    /// Marks those as sent that Google has.
    pub(super) async fn look_for_uncertain(&self) -> Result<(), Stop> {
        for it in self.uncertain().await? {
            let call = mailbox::named(self.google, &it.mail_id);
            let answer = self.ask(call, SHORT).await.map_err(Trouble::from)?;
            let page = readable(mailbox::read_list(&answer))?;
            if !page.ids.is_empty() {
                self.went_after_all(it).await?;
            }
        }
        Ok(())
    }

    async fn uncertain(&self) -> Outcome<Vec<Uncertain>> {
        let (account_id, id) = (self.connection.account_id, self.connection.id);
        let since = self.app.db.now().plus_seconds(-DAY);
        let found = self.app.db.read(move |conn| {
            let all = mails::uncertain(conn, account_id, id, since, MOST)?;
            Ok::<_, Failure>(all)
        });
        found.await
    }

    async fn went_after_all(&self, it: Uncertain) -> Outcome<()> {
        let account_id = self.connection.account_id;
        tracing::info!(message = %it.message_id, "Google has a mail whose sending broke off");
        let noted = self.app.db.write(account_id, move |unit| {
            if outgoing::found(unit, account_id, it.message_id)? {
                let (kind, id) = (EventKind::MessageUpdated, it.message_id.0);
                let event = EventDraft::within(kind, it.conversation_id, id);
                events::emit(unit, account_id, None, event)?;
            }
            Ok::<_, Failure>(())
        });
        noted.await
    }
}
