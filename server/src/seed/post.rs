//! The far end of an example desk's channels: invented customers take whatever is sent to them, and
//! nothing leaves the machine.

use crate::config::Config;
use crate::server::{self, Running, StartError};
use crate::work::{Deliverer, Deliverers, Handed, Outgoing, Repeated};
use frontdesk_db::SystemClock;
use frontdesk_domain::Source;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Starts a server whose messages go to invented customers alone.
///
/// # Errors
/// As [`server::start`].
pub async fn start(config: Config, listener: TcpListener) -> Result<Running, StartError> {
    server::start_with(config, listener, Arc::new(SystemClock), ways()).await
}

/// A way out for each channel that needs one.
#[must_use]
pub fn ways() -> Deliverers {
    let customers: Arc<dyn Deliverer> = Arc::new(InventedCustomers);
    [Source::Email, Source::Slack, Source::Sms]
        .into_iter()
        .map(|source| (source, Arc::clone(&customers)))
        .collect()
}

#[derive(Debug)]
struct InventedCustomers;

impl Deliverer for InventedCustomers {
    fn deliver(&self, _: Outgoing) -> BoxFuture<'_, Handed> {
        ready(Handed::Sent).boxed()
    }

    fn repeated(&self) -> Repeated {
        Repeated::Harmless
    }
}
