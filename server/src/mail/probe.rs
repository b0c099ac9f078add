//! Tries a mailbox out, both ways: signs in, and changes nothing.

use super::{gmail, imap, ses, smtp};
use crate::outgoing::Outgoing;
use crate::probe::Step;
use frontdesk_connectors::email::{Account, Mailboxes, Server};
use frontdesk_domain::Timestamp;

/// Tries everything that is set.
pub(crate) async fn probe(client: &Outgoing, account: &Account, now: Timestamp) -> Vec<Step> {
    let settings = &account.settings;
    let sending = async {
        match &settings.smtp {
            Some(server) => Some(try_sending(client, account, server).await),
            None => None,
        }
    };
    let receiving = async {
        let mut steps = Vec::new();
        if let Some(server) = &settings.imap {
            for folder in &server.folders {
                steps.push(try_receiving(client, account, server, folder).await);
            }
        }
        steps
    };
    let by_ses = async {
        let amazon = settings.ses.as_ref()?;
        let said = ses::probe(client, account, amazon, now).await;
        Some(Step {
            name: "sending",
            said,
        })
    };
    let by_google = async {
        let google = settings.gmail.as_ref()?;
        let said = gmail::probe(client, account, google).await;
        Some(Step {
            name: "signing in",
            said,
        })
    };
    let (sending, receiving, by_ses, by_google) =
        tokio::join!(sending, receiving, by_ses, by_google);
    let sending = sending.into_iter().chain(by_ses).chain(by_google);
    let mut steps: Vec<Step> = sending.chain(receiving).collect();
    if steps.is_empty() {
        let why = "no mail server is set, so nothing goes out and nothing is fetched";
        steps.push(Step::good("settings", why));
    }
    steps
}

async fn try_sending(client: &Outgoing, account: &Account, server: &Server) -> Step {
    match smtp::open(client, account, server).await {
        Ok(session) => {
            session.close().await;
            let who = server.user.as_deref().unwrap_or("anybody");
            let (host, port) = (&server.host, server.port);
            Step::good("sending", format!("{host}:{port} takes mail from {who}"))
        }
        Err(meaning) => Step::bad("sending", meaning.why()),
    }
}

async fn try_receiving(
    client: &Outgoing,
    account: &Account,
    server: &Mailboxes,
    folder: &str,
) -> Step {
    match imap::open(client, account, server, folder).await {
        Ok(opened) => {
            opened.close().await;
            let (host, port, user) = (&server.host, server.port, &server.user);
            Step::good(
                "receiving",
                format!("{host}:{port} shows {folder} to {user}"),
            )
        }
        Err(trouble) => Step::bad("receiving", trouble.why()),
    }
}
