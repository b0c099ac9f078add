//! Hands the messages of conversations that came by mail over to a mail server.

use super::letter::{self, History, Wanted};
use super::post;
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::work::{Deliverer, Handed, Outgoing, Repeated};
use frontdesk_domain::Source;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// Tries until a mail is given up: two days, as mail servers do.
const TRIES: u32 = 58;

/// The way out of what came by mail.
pub(crate) fn way(app: &App, source: Source) -> Option<Arc<dyn Deliverer>> {
    let app = app.clone();
    (source == Source::Email).then(|| Arc::new(ByMail { app }) as Arc<dyn Deliverer>)
}

#[derive(Debug)]
struct ByMail {
    app: App,
}

impl Deliverer for ByMail {
    fn deliver(&self, outgoing: Outgoing) -> BoxFuture<'_, Handed> {
        let handed = async move {
            match hand_over(&self.app, outgoing).await {
                Ok(handed) => handed,
                // What is not known to have failed before the mail may have been sent.
                Err(failure) => Handed::Uncertain {
                    why: failure.to_string(),
                },
            }
        };
        handed.boxed()
    }

    fn repeated(&self) -> Repeated {
        Repeated::Doubles
    }

    fn tries(&self) -> u32 {
        TRIES
    }
}

async fn hand_over(app: &App, outgoing: Outgoing) -> Done<Handed> {
    let wanted = Wanted {
        outgoing,
        also: Vec::new(),
        history: History::AsSet,
    };
    match letter::write(app, wanted).await? {
        Ok(ready) => post::post(app, &ready).await,
        Err(handed) => Ok(handed),
    }
}
