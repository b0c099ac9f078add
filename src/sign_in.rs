//! From what is stored on this machine to somebody who can talk to a server.

use crate::config::{Config, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::lent::{self, Lender, Lent};
use crate::net::address::Address;
use crate::net::api::{Api, Holder, Http};
use crate::output::{self, Output};
use crate::secrets::Keeper;
use frontdesk_protocol::entity::Data;
use frontdesk_protocol::id::{AccountId, UserId};
use frontdesk_protocol::kind::KeyScope;
use frontdesk_store::{Fingerprint, NewSignIn, SignIn, Store};
use frontdesk_ui::model::rights::Rights;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// What every command needs: the configuration, the files and the output.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) config: Config,
    pub(crate) paths: Paths,
    pub(crate) output: Output,
}

/// Somebody who is signed in or has a token, with what is remembered and a way to the server.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) sign_in: SignIn,
    pub(crate) store: Store,
    /// Where all that is remembered lies.
    pub(crate) paths: Paths,
    pub(crate) api: Api,
    /// Who lends the token, where it is not a sign-in's.
    pub(crate) lent_by: Option<Lender>,
    pub(crate) rights: Rights,
}

/// What the server says of whoever has a token.
#[derive(Debug, Deserialize)]
struct Me {
    id: UserId,
    email: String,
    account_id: AccountId,
    #[serde(default)]
    key_scope: Option<KeyScope>,
}

impl Desk {
    pub(crate) fn new(config: Config, paths: Paths, environment: &Environment) -> Self {
        let output = Output::new(&config, environment, &paths);
        Self {
            config,
            paths,
            output,
        }
    }

    /// The same at another server.
    pub(crate) fn at(&self, server: Address) -> Self {
        let config = Config {
            server,
            server_named: true,
            ..self.config.clone()
        };
        Self {
            config,
            paths: self.paths.clone(),
            output: self.output.clone(),
        }
    }

    /// What is remembered between runs.
    pub(crate) fn store(&self) -> Result<Store, Error> {
        store(&self.paths)
    }

    /// Keeps the tokens.
    pub(crate) fn keeper(&self) -> Keeper {
        Keeper::new(self.config.keep_tokens, self.paths.tokens_file())
    }

    /// A way to a server, if the way is safe.
    pub(crate) fn http(&self, address: Address) -> Result<Http, Error> {
        let is_safe = address.is_encrypted() || address.is_this_machine();
        if !is_safe && !self.config.insecure_http {
            return Err(Error::PlainHttp(address.origin()));
        }
        Ok(Http::new(address, self.config.timeout)?)
    }

    /// Whoever a token was lent of, or else the user who is signed in.
    pub(crate) async fn agent(&self) -> Result<Agent, Error> {
        match lent::token(&self.config).await? {
            Some(lent) => self.lent(lent).await,
            None => self.stored(),
        }
    }

    /// The server says whose the token is, once: then its desk opens without the server too. What
    /// is remembered of them lies apart from every sign-in's, so that neither sends or shows what is
    /// the other's.
    async fn lent(&self, lent: Lent) -> Result<Agent, Error> {
        let address = self.config.server.clone();
        let origin = address.origin();
        let fingerprint: Fingerprint = Sha256::digest(lent.token.expose()).into();
        let mut api = Api::lent(self.http(address)?, lent.token);
        let paths = self.paths.lent(&origin);
        let mut store = store(&paths)?;
        let (sign_in, key_scope) = match store.lent(&fingerprint)? {
            Some(known) => known,
            None => {
                let me: Me = api.get::<Data<Me>>("/api/v1/me", &[]).await?.data;
                let sign_in = store.sign_in(&NewSignIn {
                    server: origin,
                    user_id: me.id,
                    account_id: me.account_id,
                    email: me.email,
                })?;
                store.remember_lent(sign_in.id, &fingerprint, me.key_scope)?;
                (sign_in, me.key_scope)
            }
        };
        let rights = match key_scope {
            Some(KeyScope::Read) => Rights::Reading,
            _ => Rights::Whole,
        };
        Ok(Agent {
            sign_in,
            store,
            paths,
            api,
            lent_by: Some(lent.by),
            rights,
        })
    }

    /// The user who is signed in at the server that was named, or else the last who signed in
    /// anywhere.
    pub(crate) fn stored(&self) -> Result<Agent, Error> {
        let named = self
            .config
            .server_named
            .then(|| self.config.server.origin());
        let not_signed_in = || match &named {
            Some(server) => Error::NotSignedIn(server.clone()),
            None => Error::NobodySignedIn,
        };
        let store = self.store()?;
        let sign_in = store
            .signed_in(named.as_deref())?
            .ok_or_else(not_signed_in)?;
        let address = sign_in.server.parse().map_err(|_| not_signed_in())?;
        let (who, keeper) = (who(&sign_in), self.keeper());
        let (tokens, place) = keeper.load(&who)?.ok_or_else(not_signed_in)?;
        let api = Api::new(
            self.http(address)?,
            Holder {
                who,
                keeper,
                place,
                tokens,
            },
        );
        Ok(Agent {
            sign_in,
            store,
            paths: self.paths.clone(),
            api,
            lent_by: None,
            rights: Rights::Whole,
        })
    }
}

fn store(paths: &Paths) -> Result<Store, Error> {
    let opened = Store::open(&paths.cache_file())?;
    if let Some(aside) = opened.set_aside {
        output::say(&format!(
            "The local data was damaged and is made anew. The old file is {}.",
            aside.display()
        ));
    }
    Ok(opened.store)
}

/// The name under which somebody's tokens are kept: bound to the server they are for.
pub(crate) fn who(sign_in: &SignIn) -> String {
    format!("{} {}", sign_in.server, sign_in.user_id)
}
