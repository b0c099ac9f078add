//! The tokens of a session, shared by everybody who calls in its name.
//!
//! A renew token works only once. So one renewal runs at a time, two runs of the program take
//! turns, and the new pair is stored before it is used. A renewal whose caller stops waiting is
//! not lost either: whoever comes next goes on with it.

use super::http::{Call, Http};
use super::{ApiError, Session};
use crate::secret::Secret;
use crate::secrets::{Keeper, Place, Tokens, Turn};
use frontdesk_protocol::entity::Data;
use serde_json::Value;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, watch};
use tokio::time::sleep;

/// How often it is looked whether another run of the program has renewed the tokens.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Whose tokens are used, and where they are kept.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The name the tokens are kept under.
    pub who: String,
    pub keeper: Keeper,
    pub place: Place,
    pub tokens: Tokens,
}

/// What opens the server's doors. Clones share it.
#[derive(Clone)]
pub(super) struct Pass(Arc<Shared>);

struct Shared {
    /// Apart from the rest, so that nobody waits for a renewal to read it.
    access: watch::Sender<Secret>,
    renewal: Mutex<Renewal>,
}

type Running = Pin<Box<dyn Future<Output = Result<(Tokens, Place), ApiError>> + Send>>;

struct Renewal {
    /// Nobody where the token is lent: it is not ours to renew.
    holder: Option<Holder>,
    /// One that was begun, and whose caller may have gone.
    running: Option<Running>,
}

impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pass(..)")
    }
}

impl Pass {
    pub(super) fn new(holder: Holder) -> Self {
        Self::with(holder.tokens.access.clone(), Some(holder))
    }

    /// A token that cannot be renewed.
    pub(super) fn lent(token: Secret) -> Self {
        Self::with(token, None)
    }

    fn with(access: Secret, holder: Option<Holder>) -> Self {
        Self(Arc::new(Shared {
            access: watch::Sender::new(access),
            renewal: Mutex::new(Renewal {
                holder,
                running: None,
            }),
        }))
    }

    /// The token of now.
    pub(super) fn access(&self) -> Secret {
        self.0.access.borrow().clone()
    }

    /// Gets another token in place of `refused`, unless that was done already.
    pub(super) async fn renew(&self, http: &Http, refused: &Secret) -> Result<(), ApiError> {
        let mut renewal = self.0.renewal.lock().await;
        if self.access() != *refused {
            return Ok(());
        }
        let Renewal { holder, running } = &mut *renewal;
        let holder = holder.as_ref().ok_or(ApiError::NotTaken)?;
        running.get_or_insert_with(|| Box::pin(renewed(http.clone(), holder.clone())));
        self.end(&mut renewal).await
    }

    /// Ends a renewal that was begun.
    pub(super) async fn finish(&self) {
        let mut renewal = self.0.renewal.lock().await;
        if let Err(error) = self.end(&mut renewal).await {
            tracing::warn!(%error, "the session could not be renewed");
        }
    }

    async fn end(&self, renewal: &mut Renewal) -> Result<(), ApiError> {
        let Some(running) = &mut renewal.running else {
            return Ok(());
        };
        let done = running.await;
        renewal.running = None;
        let (tokens, place) = done?;
        self.0.access.send_replace(tokens.access.clone());
        if let Some(holder) = &mut renewal.holder {
            (holder.tokens, holder.place) = (tokens, place);
        }
        Ok(())
    }
}

#[cfg(test)]
impl Pass {
    pub(super) async fn with_tokens(&self, tokens: Tokens) -> Self {
        let holder = self.0.renewal.lock().await.holder.clone().unwrap();
        Self::new(Holder { tokens, ..holder })
    }
}

/// Gets a new pair of tokens and stores it, unless another run of the program already did.
async fn renewed(http: Http, holder: Holder) -> Result<(Tokens, Place), ApiError> {
    let Holder {
        who,
        keeper,
        tokens,
        ..
    } = holder;
    let _turn = turn(&keeper).await?;
    let (stored, place) = keeper
        .load(&who)
        .map_err(ApiError::Tokens)?
        .ok_or(ApiError::SignedOut)?;
    if stored.access != tokens.access {
        return Ok((stored, place));
    }
    let call = Call::post("/api/session/renew", Value::Null);
    let renewed = match http.send(&call, Some(&stored.renew)).await {
        Err(ApiError::NotAuthenticated | ApiError::Refused(_)) => return Err(ApiError::SignedOut),
        receipt => receipt?.read::<Data<Session>>()?.data.tokens(),
    };
    keeper
        .replace(&who, &renewed, &place)
        .map_err(ApiError::Tokens)?;
    Ok((renewed, place))
}

/// Waits until no other run of the program renews tokens. It does not block: the screen runs on
/// the same thread.
async fn turn(keeper: &Keeper) -> Result<Turn, ApiError> {
    loop {
        if let Some(turn) = keeper.try_turn().map_err(ApiError::Tokens)? {
            return Ok(turn);
        }
        sleep(BETWEEN_LOOKS).await;
    }
}
