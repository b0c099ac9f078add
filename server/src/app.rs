//! What every part of the server can reach: handles only, cheap to clone.

use crate::ai::{Model, Stops};
use crate::channels::{Agent, Channels, Credential, Hub, Identity};
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::files::FileStore;
use crate::hooks::{GoogleKeys, SnsCertificates};
use crate::http::wire::Links;
use crate::limits::Limits;
use crate::lines::{Gates, NamesKnown, TemplatesKnown};
use crate::mail::{Ailments, Google};
use crate::outgoing::Outgoing;
use crate::tasks::Tasks;
use crate::vault::Vault;
use crate::work::Deliverers;
use frontdesk_db::queries::idempotency::{self, Intent, Known};
use frontdesk_db::{Db, DbError, Unit};
use frontdesk_domain::{Actor, ApiKeyId, SessionId, UserId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Deref;
use std::sync::{Arc, OnceLock, Weak};

/// The running server, as its parts see it.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// The parts.
#[derive(Debug)]
pub struct Parts {
    pub db: Db,
    pub config: Config,
    pub hub: Arc<Hub>,
    /// Set once the channels run; they need the app first.
    pub channels: OnceLock<Weak<Channels>>,
    pub(crate) links: Links,
    /// How much anybody may ask for.
    pub(crate) limits: Limits,
    /// The bytes of files.
    pub(crate) files: FileStore,
    pub tasks: Tasks,
    /// Calls addresses that admins chose.
    pub outgoing: Outgoing,
    /// Who may call which provider now.
    pub(crate) gates: Gates,
    /// What is wrong with the sides of mailboxes.
    pub(crate) ailments: Ailments,
    /// What is known of mailboxes at Google.
    pub(crate) google: Google,
    /// Who and what the ids of providers stand for.
    pub(crate) names: NamesKnown,
    pub(crate) templates: TemplatesKnown,
    /// By which notices of Amazon are known.
    pub(crate) certificates: SnsCertificates,
    /// By which what Google tells is known.
    pub(crate) google_keys: GoogleKeys,
    /// The ways out of the channels.
    pub deliverers: Deliverers,
    /// What writes drafts, where there is a model.
    pub(crate) model: Option<Model>,
    /// The drafts that are being written.
    pub(crate) stops: Stops,
    /// Seals and opens stored secrets.
    pub vault: Vault,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Makes the channels reachable, once they run.
    pub(crate) fn connect_channels(&self, channels: &Arc<Channels>) {
        if self.channels.set(Arc::downgrade(channels)).is_err() {
            tracing::warn!("the channels were connected twice");
        }
    }

    /// How many sockets are open.
    pub(crate) fn open_sockets(&self) -> u64 {
        self.channels()
            .map_or(0, |channels| channels.counts().sockets)
    }

    /// The channels, while they run.
    pub(crate) fn channels(&self) -> Option<Arc<Channels>> {
        self.channels.get().and_then(Weak::upgrade)
    }

    /// Closes the sockets of a session that has ended.
    pub(crate) fn cut_session(&self, family: SessionId) {
        self.cut(|agent| agent.credential == Credential::Session(family));
    }

    /// Closes the sockets of a key that was revoked.
    pub(crate) fn cut_key(&self, key: ApiKeyId) {
        self.cut(|agent| matches!(agent.credential, Credential::Key { id, .. } if id == key));
    }

    /// Closes the sockets of a user whose rights have changed; the clients come back with the
    /// new ones, if there are any.
    pub(crate) fn cut_user(&self, user_id: UserId) {
        self.cut(|agent| agent.user_id == user_id);
    }

    fn cut(&self, fits: impl Fn(&Agent) -> bool) {
        if let Some(channels) = self.channels() {
            channels.cut_sessions(|identity| match identity {
                Identity::Agent(agent) => fits(agent),
                Identity::Anonymous => false,
            });
        }
    }

    /// Carries a command of an actor out, in one unit of work of the actor's account. With an
    /// intent, a repeated command gets its first answer and has no second effect.
    ///
    /// # Errors
    /// What the command answered; nothing of it was written then.
    pub(crate) async fn act<T, F>(
        &self,
        actor: Actor,
        intent: Option<Intent>,
        command: F,
    ) -> Outcome<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Unit<'_>, &Actor) -> Outcome<T> + Send + 'static,
    {
        self.db
            .write(actor.account_id, move |unit| match intent {
                None => command(unit, &actor),
                Some(intent) => once(unit, &actor, &intent, command),
            })
            .await
    }
}

fn once<T, F>(unit: &mut Unit<'_>, actor: &Actor, intent: &Intent, command: F) -> Outcome<T>
where
    T: Serialize + DeserializeOwned,
    F: FnOnce(&mut Unit<'_>, &Actor) -> Outcome<T>,
{
    let unreadable = || {
        Failure::Db(DbError::Column {
            index: 1,
            wanted: "kept answer",
        })
    };
    match idempotency::find(unit, intent)? {
        Known::Other => Err(Failure::KeyReused),
        Known::Done(answer) => serde_json::from_str(&answer).map_err(|_| unreadable()),
        Known::New => {
            let answer = command(unit, actor)?;
            let text = serde_json::to_string(&answer).map_err(|_| unreadable())?;
            idempotency::remember(unit, intent, &text)?;
            Ok(answer)
        }
    }
}
