//! Looks into a mailbox at Google every minute, and whenever Google tells that it has changed.

use super::ask::{Mailbox, SHORT};
use crate::app::App;
use crate::mail::health::{self, Found, Side};
use crate::mail::patience;
use crate::mail::trouble::{Stop, Trouble};
use frontdesk_connectors::email::Account;
use frontdesk_connectors::email::gmail::{Gmail, push};
use frontdesk_domain::Timestamp;
use frontdesk_domain::connection::Connection;
use std::time::Duration;

/// How often it is looked, in seconds.
const EVERY: i64 = 60;

/// How often the clock is looked at meanwhile.
const TICK: Duration = Duration::from_millis(500);

/// Google tells for seven days, and wants to be asked again each day.
const ASK_EVERY: i64 = 24 * 60 * 60;

/// A mailbox that is read.
pub(in crate::mail) struct Watched {
    pub(in crate::mail) app: App,
    pub(in crate::mail) connection: Connection,
    pub(in crate::mail) account: Account,
    pub(in crate::mail) google: Gmail,
}

impl Watched {
    /// Reads for as long as it goes well, and tries again after longer and longer where it does not.
    pub(in crate::mail) async fn keep_reading(&self) {
        // It may have been let in anew.
        self.app.google.tokens.forget(self.connection.id);
        let (mut failures, mut asked) = (0, None);
        loop {
            match self.look(&mut asked).await {
                Ok(()) => {
                    failures = 0;
                    self.wait().await;
                }
                Err(stop) => {
                    failures += 1;
                    let pause = patience::after(&self.app, &self.connection, stop, failures);
                    tokio::time::sleep(pause.await).await;
                }
            }
        }
    }

    async fn look(&self, asked: &mut Option<Timestamp>) -> Result<(), Stop> {
        let mailbox = Mailbox {
            app: &self.app,
            connection: &self.connection,
            account: &self.account,
            google: &self.google,
        };
        // First, so that nothing falls between.
        let told = self.ask_to_be_told(&mailbox, asked).await;
        mailbox.catch_up().await?;
        told?;
        mailbox.look_for_uncertain().await?;
        let works = health::note(&self.app, &self.connection, Side::In, Found::Works);
        works.await?;
        Ok(())
    }

    /// Asks Google to tell of what comes.
    async fn ask_to_be_told(
        &self,
        mailbox: &Mailbox<'_>,
        asked: &mut Option<Timestamp>,
    ) -> Result<(), Trouble> {
        let now = self.app.db.now();
        let Some(push) = &self.google.push else {
            return Ok(());
        };
        if asked.is_some_and(|at| now < at.plus_seconds(ASK_EVERY)) {
            return Ok(());
        }
        mailbox.ask(push::watch(&self.google, push), SHORT).await?;
        *asked = Some(now);
        Ok(())
    }

    async fn wait(&self) {
        let until = self.app.db.now().plus_seconds(EVERY);
        let bell = self.app.google.bell(self.connection.id);
        loop {
            tokio::select! {
                () = bell.notified() => return,
                () = tokio::time::sleep(TICK) => {}
            }
            if until <= self.app.db.now() {
                return;
            }
        }
    }
}
