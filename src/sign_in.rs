//! From what is stored on this machine to somebody who can talk to a server.

use crate::config::{Config, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::net::address::Address;
use crate::net::api::{Api, Holder, Http};
use crate::output::{self, Output};
use crate::secrets::Keeper;
use frontdesk_store::{SignIn, Store};

/// What every command needs: the configuration, the files and the output.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) config: Config,
    pub(crate) paths: Paths,
    pub(crate) output: Output,
}

/// Somebody who is signed in, with what is remembered and a way to the server.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) sign_in: SignIn,
    pub(crate) store: Store,
    pub(crate) api: Api,
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
        let opened = Store::open(&self.paths.cache_file())?;
        if let Some(aside) = opened.set_aside {
            output::say(&format!(
                "The local data was damaged and is made anew. The old file is {}.",
                aside.display()
            ));
        }
        Ok(opened.store)
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

    /// The user who is signed in at the server that was named, or else the last who signed in
    /// anywhere.
    pub(crate) fn agent(&self) -> Result<Agent, Error> {
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
            api,
        })
    }
}

/// The name under which somebody's tokens are kept: bound to the server they are for.
pub(crate) fn who(sign_in: &SignIn) -> String {
    format!("{} {}", sign_in.server, sign_in.user_id)
}
