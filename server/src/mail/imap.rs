//! Speaks to a mail server that has mail: signs in, opens a mailbox, tells which mails are there, hands
//! over their bytes, and waits for more.

use super::trouble::Trouble;
use crate::outgoing::{DialError, Outgoing, Wire};
use async_imap::error::Error;
use async_imap::extensions::idle::IdleResponse;
use async_imap::types::UnsolicitedResponse;
use async_imap::{Client, Session as Imap};
use frontdesk_connectors::email::{Account, Mailboxes, Security, folder_name};
use frontdesk_domain::text::clean_line;
use futures_util::TryStreamExt;
use std::time::Duration;
use tokio::net::TcpStream;

#[cfg(test)]
mod tests;

/// How long the server may think about a command.
const COMMAND: Duration = Duration::from_secs(60);

/// How long it may take to hand over one portion of mails.
const PORTION: Duration = Duration::from_secs(300);

/// A mail that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct There {
    pub(super) uid: u32,
    /// In bytes.
    pub(super) size: u32,
    /// When it came to the mailbox, in seconds since 1970.
    pub(super) came_at: i64,
}

/// What is fetched of a mail.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Whole,
    Header,
}

/// A mailbox that is open.
pub(super) struct Opened {
    session: Imap<Wire>,
    pub(super) validity: u32,
    /// The last number that was given away when it was opened.
    pub(super) last: u32,
    idles: bool,
}

/// Signs in.
async fn sign_in(
    client: &Outgoing,
    account: &Account,
    server: &Mailboxes,
) -> Result<Imap<Wire>, Trouble> {
    let stream = client
        .dial(&server.host, server.port)
        .await
        .map_err(|error| unreached(&error))?;
    let wire = match server.security {
        Security::Tls => client
            .secure(&server.host, stream)
            .await
            .map_err(|error| unreached(&error))?,
        Security::Starttls => {
            let stream = starttls(stream, server).await?;
            client
                .secure(&server.host, stream)
                .await
                .map_err(|error| unreached(&error))?
        }
        Security::None => Wire::Plain(stream),
    };
    let mut client = Client::new(wire);
    // After STARTTLS nobody greets a second time.
    if server.security != Security::Starttls {
        within(greeting(&mut client)).await?;
    }
    let password = account.secrets.of_imap().unwrap_or_default();
    let signed_in = async {
        let signed_in = client.login(&server.user, password).await;
        signed_in.map_err(|(error, _)| error)
    };
    match tokio::time::timeout(COMMAND, signed_in).await {
        Ok(Ok(session)) => Ok(session),
        Ok(Err(error)) => Err(not_let_in(&error)),
        Err(_) => Err(silent()),
    }
}

async fn greeting<T>(client: &mut Client<T>) -> Result<(), Error>
where
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + std::fmt::Debug + Send,
{
    client.read_response().await?.ok_or(Error::ConnectionLost)?;
    Ok(())
}

async fn starttls(stream: TcpStream, server: &Mailboxes) -> Result<TcpStream, Trouble> {
    let mut client = Client::new(stream);
    within(greeting(&mut client)).await?;
    let asked = client.run_command_and_check_ok("STARTTLS", None);
    match tokio::time::timeout(COMMAND, asked).await {
        Ok(Ok(())) => Ok(client.into_inner()),
        Ok(Err(Error::No(_) | Error::Bad(_))) => {
            let (host, port) = (&server.host, server.port);
            Err(Trouble::Lasting(format!(
                "{host} offers no STARTTLS on port {port}"
            )))
        }
        Ok(Err(error)) => Err(broken(&error)),
        Err(_) => Err(silent()),
    }
}

/// Signs in and opens one of the mailboxes, without changing anything in it.
pub(super) async fn open(
    client: &Outgoing,
    account: &Account,
    server: &Mailboxes,
    folder: &str,
) -> Result<Opened, Trouble> {
    let mut session = sign_in(client, account, server).await?;
    let able = within(session.capabilities()).await?;
    let examined = tokio::time::timeout(COMMAND, session.examine(folder_name(folder))).await;
    let mailbox = match examined {
        Ok(Ok(mailbox)) => mailbox,
        Ok(Err(Error::No(said))) => {
            let said = words(&said);
            let user = &server.user;
            return Err(Trouble::Lasting(format!(
                "{user} has no mailbox {folder}: {said}"
            )));
        }
        Ok(Err(error)) => return Err(broken(&error)),
        Err(_) => return Err(silent()),
    };
    let Some(validity) = mailbox.uid_validity else {
        let why = format!("the mailbox {folder} gives its mails no lasting numbers");
        return Err(Trouble::Lasting(why));
    };
    Ok(Opened {
        session,
        validity,
        last: mailbox.uid_next.unwrap_or(1).saturating_sub(1),
        idles: able.has_str("IDLE"),
    })
}

impl Opened {
    /// The numbers of the mails that this question finds, in order.
    pub(super) async fn search(&mut self, question: &str) -> Result<Vec<u32>, Trouble> {
        let found = within(self.session.uid_search(question)).await?;
        let mut uids: Vec<u32> = found.into_iter().collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// What these mails are like; those that have gone meanwhile are left out.
    pub(super) async fn look(&mut self, uids: &[u32]) -> Result<Vec<There>, Trouble> {
        let set = set(uids);
        let asked = async {
            let query = "(UID RFC822.SIZE INTERNALDATE)";
            let found = self.session.uid_fetch(&set, query).await?;
            found.try_collect::<Vec<_>>().await
        };
        let found = within(asked).await?;
        let mut there: Vec<There> = found
            .iter()
            .filter_map(|it| {
                Some(There {
                    uid: it.uid?,
                    size: it.size.unwrap_or_default(),
                    came_at: it.internal_date().map_or(i64::MAX, |at| at.timestamp()),
                })
            })
            .filter(|it| uids.contains(&it.uid))
            .collect();
        there.sort_unstable_by_key(|it| it.uid);
        Ok(there)
    }

    /// These parts of these mails, in the order of their numbers. Nothing is marked as read.
    pub(super) async fn bytes(
        &mut self,
        uids: &[u32],
        part: Part,
    ) -> Result<Vec<(u32, Vec<u8>)>, Trouble> {
        let set = set(uids);
        let query = match part {
            Part::Whole => "(UID BODY.PEEK[])",
            Part::Header => "(UID BODY.PEEK[HEADER])",
        };
        let asked = async {
            let found = self.session.uid_fetch(&set, query).await?;
            let found = found.try_filter_map(|it| async move {
                let bytes = match part {
                    Part::Whole => it.body(),
                    Part::Header => it.header(),
                };
                Ok(it.uid.zip(bytes.map(<[u8]>::to_vec)))
            });
            found.try_collect::<Vec<_>>().await
        };
        let found = tokio::time::timeout(PORTION, asked).await;
        let mut found = found
            .map_err(|_| silent())?
            .map_err(|error| broken(&error))?;
        found.retain(|(uid, _)| uids.contains(uid));
        found.sort_unstable_by_key(|(uid, _)| *uid);
        Ok(found)
    }

    /// Waits until the server tells of something, or so long. A server that tells of nothing by itself
    /// is asked after `poll`.
    pub(super) async fn wait(
        mut self,
        patience: Duration,
        poll: Duration,
    ) -> Result<Self, Trouble> {
        if !self.idles {
            tokio::time::sleep(poll).await;
            within(self.session.noop()).await?;
            return Ok(self);
        }
        let Self { session, .. } = self;
        let told = session.unsolicited_responses.clone();
        let mut idle = session.idle();
        within(idle.init()).await?;
        // What the server told while it began to listen came by the side.
        let mut is_told = false;
        while let Ok(response) = told.try_recv() {
            is_told |= matches!(response, UnsolicitedResponse::Exists(_));
        }
        if !is_told {
            let (wait, _stop) = idle.wait_with_timeout(patience);
            match wait.await.map_err(|error| broken(&error))? {
                IdleResponse::NewData(_) | IdleResponse::Timeout => {}
                IdleResponse::ManualInterrupt => return Err(broken(&Error::ConnectionLost)),
            }
        }
        let session = within(idle.done()).await?;
        Ok(Self { session, ..self })
    }

    /// Says goodbye.
    pub(super) async fn close(mut self) {
        drop(tokio::time::timeout(COMMAND, self.session.logout()).await);
    }
}

/// Numbers as a server reads them.
fn set(uids: &[u32]) -> String {
    let texts: Vec<String> = uids.iter().map(ToString::to_string).collect();
    texts.join(",")
}

async fn within<T>(asked: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    match tokio::time::timeout(COMMAND, asked).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(broken(&error)),
        Err(_) => Err(silent()),
    }
}

fn silent() -> Trouble {
    Trouble::Passing("the mail server does not answer".to_owned())
}

fn broken(error: &Error) -> Trouble {
    Trouble::Passing(match error {
        Error::No(said) | Error::Bad(said) => format!("the mail server says no: {}", words(said)),
        Error::Parse(_) => "the mail server speaks no IMAP that is understood here".to_owned(),
        _ => "the connection to the mail server broke".to_owned(),
    })
}

fn unreached(error: &DialError) -> Trouble {
    let why = error.to_string();
    match error {
        DialError::Closed { .. } | DialError::Unreachable { .. } | DialError::Silent { .. } => {
            Trouble::Passing(why)
        }
        DialError::Refused(_)
        | DialError::Unknown { .. }
        | DialError::Certificate { .. }
        | DialError::NoTls { .. } => Trouble::Lasting(why),
    }
}

/// Reasons that pass by themselves, however the server says no.
const PASSING: [&str; 4] = ["UNAVAILABLE", "INUSE", "LIMIT", "Too many"];

fn not_let_in(error: &Error) -> Trouble {
    match error {
        Error::No(said) if !PASSING.iter().any(|code| said.contains(code)) => {
            let said = words(said);
            let why = "the mail server does not take the user and the password";
            Trouble::Lasting(format!("{why}: {said}"))
        }
        Error::Validate(_) => {
            Trouble::Lasting("the user or the password has a line end in it".to_owned())
        }
        other => broken(other),
    }
}

/// What the server said for people, out of how the client shows it.
fn words(said: &str) -> String {
    let told = said
        .split_once("info: Some(\"")
        .and_then(|(_, rest)| rest.rsplit_once("\")"));
    let told = told.map_or(said, |(told, _)| told);
    clean_line(told).text.chars().take(200).collect()
}
