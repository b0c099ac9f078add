//! Speaks to a mail server that takes mail. It says at each step what a failure means for the mail:
//! before its last line nothing was handed over; after it, nobody knows until the server answers.

use super::post::{Tried, Went};
use crate::outgoing::{DialError, Outgoing, Wire, distrust};
use frontdesk_connectors::email::{
    Account, Composed, Meaning, Reply, Security, Server, Stage, meant,
};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// How long a server may think about a command.
const COMMAND: Duration = Duration::from_secs(60);

/// How long it may think about a whole mail.
const CONTENT: Duration = Duration::from_secs(300);

/// The ways to sign in that are known here, the first that both know is taken.
const WAYS_IN: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// A server that greeted us and let us in.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
}

/// Signs in and hands a mail over.
pub(super) async fn send(
    client: &Outgoing,
    account: &Account,
    server: &Server,
    mail: &Composed,
) -> Tried {
    let mut session = match open(client, account, server).await {
        Ok(session) => session,
        Err(meaning) => return Tried::NotLetIn(meaning),
    };
    let went = session.send(mail).await;
    session.close().await;
    Tried::Went(went)
}

/// Connects and signs in.
pub(super) async fn open(
    client: &Outgoing,
    account: &Account,
    server: &Server,
) -> Result<Session, Meaning> {
    let hello = hello(&account.settings.address);
    let dialed = client.dial(&server.host, server.port).await;
    let stream = dialed.map_err(|error| unreached(&error))?;
    let wire = match server.security {
        Security::Tls => {
            let secured = client.secure(&server.host, stream).await;
            secured.map_err(|error| unreached(&error))?
        }
        Security::Starttls | Security::None => Wire::Plain(stream),
    };
    let greet = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello);
    let mut connection = step(Stage::Greeting, greet).await?;
    if server.security == Security::Starttls {
        if !connection.can_starttls() {
            let (host, port) = (&server.host, server.port);
            return Err(Meaning::broken(format!(
                "{host} offers no STARTTLS on port {port}"
            )));
        }
        let secure = async {
            let tls = TlsParameters::new(server.host.clone())?;
            connection.starttls(tls, &hello).await
        };
        let secured = tokio::time::timeout(COMMAND, secure).await;
        match secured {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(insecure(&server.host, &error)),
            Err(_) => return Err(silent()),
        }
    }
    if let Some(user) = &server.user {
        let password = account.secrets.of_smtp().unwrap_or_default();
        let credentials = Credentials::new(user.clone(), password.to_owned());
        let way_in = connection.server_info().get_auth_mechanism(WAYS_IN);
        if way_in.is_none() {
            let why = format!("{} offers no way to sign in with a password", server.host);
            return Err(Meaning::broken(why));
        }
        let sign_in = connection.auth(WAYS_IN, &credentials);
        step(Stage::SignIn, sign_in).await?;
    }
    Ok(Session { connection })
}

impl Session {
    /// Hands a mail over. Nobody who is refused keeps the others from getting it.
    async fn send(&mut self, mail: &Composed) -> Went {
        match self.begin(mail).await {
            Ok(missed) => match (self.content(&mail.bytes).await, missed) {
                (Went::Whole { .. }, Some(why)) => Went::Partly { why },
                (went, _) => went,
            },
            Err(meaning) => Went::Not(meaning),
        }
    }

    /// Says goodbye. Whatever it answers, what was handed over is handed over.
    pub(super) async fn close(mut self) {
        drop(tokio::time::timeout(COMMAND, self.connection.quit()).await);
    }

    /// Says whom it is from and for. Says who is refused where others are not.
    async fn begin(&mut self, mail: &Composed) -> Result<Option<String>, Meaning> {
        let from = address(&mail.from)?;
        let mut addresses = Vec::new();
        for one in &mail.recipients {
            addresses.push(address(one)?);
        }
        let all = std::iter::once(&from).chain(&addresses);
        let is_plain = all.clone().all(|it| it.to_string().is_ascii());
        let mut parameters = Vec::new();
        if !is_plain {
            self.need(
                Extension::SmtpUtfEight,
                "addresses with letters of other scripts",
            )?;
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !mail.bytes.is_ascii() {
            self.need(Extension::EightBitMime, "letters of eight bits")?;
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let command = Mail::new(Some(from), parameters);
        step(Stage::Sender, self.connection.command(command)).await?;
        self.recipients(addresses).await
    }

    async fn recipients(&mut self, addresses: Vec<Address>) -> Result<Option<String>, Meaning> {
        let (mut taken, mut missed) = (0, Vec::new());
        for one in addresses {
            let name = one.to_string();
            let command = self.connection.command(Rcpt::new(one, Vec::new()));
            match step(Stage::Recipient, command).await {
                Ok(_) => taken += 1,
                Err(Failed::Said(why)) => missed.push((name, why)),
                Err(Failed::Lost(why)) => return Err(why),
            }
        }
        if taken == 0 {
            // One who may be taken later is reason enough to try again.
            let later = missed.iter().position(|(_, why)| !is_final(why));
            let (_, why) = missed.swap_remove(later.unwrap_or_default());
            return Err(why);
        }
        let command = self.connection.command(Data);
        step(Stage::Content, command).await?;
        let words = |(name, why): &(String, Meaning)| format!("not to {name}: {}", why.why());
        let missed: Vec<String> = missed.iter().map(words).collect();
        Ok((!missed.is_empty()).then(|| missed.join("; ")))
    }

    async fn content(&mut self, bytes: &[u8]) -> Went {
        let heard = tokio::time::timeout(CONTENT, self.connection.message(bytes)).await;
        match heard {
            Ok(Ok(_)) => Went::Whole {
                known_as: Vec::new(),
            },
            Ok(Err(error)) => match reply(&error) {
                Some((code, text)) => Went::Not(meant(Stage::Content, Reply { code, text: &text })),
                None => Went::Unheard {
                    why: "the mail server broke off before it said whether it has the mail"
                        .to_owned(),
                },
            },
            Err(_) => Went::Unheard {
                why: "the mail server did not say whether it has the mail".to_owned(),
            },
        }
    }

    fn need(&self, extension: Extension, what: &str) -> Result<(), Meaning> {
        if self.connection.server_info().supports_feature(extension) {
            return Ok(());
        }
        Err(Meaning::refused(format!(
            "the mail server does not take {what}"
        )))
    }
}

/// Why a step before the mail itself did not go well.
enum Failed {
    /// The server answered, and listens still.
    Said(Meaning),
    /// Nobody knows what it would answer to next.
    Lost(Meaning),
}

impl From<Failed> for Meaning {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Said(meaning) | Failed::Lost(meaning) => meaning,
        }
    }
}

/// A step before anything is handed over.
async fn step<T>(stage: Stage, doing: impl Future<Output = Result<T, Error>>) -> Result<T, Failed> {
    match tokio::time::timeout(COMMAND, doing).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(match reply(&error) {
            Some((code, text)) => Failed::Said(meant(stage, Reply { code, text: &text })),
            None => Failed::Lost(broken()),
        }),
        Err(_) => Err(Failed::Lost(silent())),
    }
}

/// What the server said, where it said something.
fn reply(error: &Error) -> Option<(u16, String)> {
    let code = error.status()?;
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    Some((code.into(), text))
}

fn unreached(error: &DialError) -> Meaning {
    let why = error.to_string();
    match error {
        DialError::Closed { .. } | DialError::Unreachable { .. } | DialError::Silent { .. } => {
            Meaning::later(why)
        }
        DialError::Refused(_)
        | DialError::Unknown { .. }
        | DialError::Certificate { .. }
        | DialError::NoTls { .. } => Meaning::broken(why),
    }
}

/// TLS that did not come about.
fn insecure(host: &str, error: &Error) -> Meaning {
    let mut cause = error.source();
    while let Some(known) = cause {
        let distrusted = known.downcast_ref::<io::Error>();
        if let Some(why) = distrusted.and_then(|error| distrust(host, error)) {
            return unreached(&why);
        }
        cause = known.source();
    }
    Meaning::later(format!("no TLS came about with {host}"))
}

fn broken() -> Meaning {
    Meaning::later("the connection to the mail server broke")
}

fn silent() -> Meaning {
    Meaning::later("the mail server does not answer")
}

fn is_final(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Refused { .. })
}

fn address(text: &str) -> Result<Address, Meaning> {
    let parsed = text.parse();
    parsed.map_err(|_| Meaning::refused(format!("{text} is no address that mail can go to")))
}

/// What we are called there: our domain, as no name of this machine need be known outside.
fn hello(our_address: &str) -> ClientId {
    let domain = our_address.rsplit('@').next().unwrap_or_default();
    let ascii = url::Host::parse(domain).map(|host| host.to_string());
    ClientId::Domain(ascii.unwrap_or_else(|_| "localhost".to_owned()))
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Plain(stream) => stream.peer_addr(),
            Self::Secure(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}
