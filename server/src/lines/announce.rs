//! Has a provider told where it is to post, or that it will be asked, once for each time that changes.

use super::call;
use super::poll::{self, Next};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use frontdesk_connectors::channel::{Announce, Channel, Delivery};
use frontdesk_db::queries::connections as rows;
use frontdesk_domain::connection::Connection;
use std::time::Duration;

/// How often it is looked whether something else is to be announced.
const LOOK: Duration = Duration::from_secs(5);

/// Announces what is new. Says what is next where the provider is not asked, or did not agree.
pub(super) async fn keep(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    way: &dyn Announce,
    position: Option<&str>,
) -> Done<Option<Next>> {
    let hook = format!("{}/api/hooks/{}", app.links.public_url, connection.id);
    let is_asked = channel.poll().is_some();
    let wanted = match is_asked {
        // Where to go on from is a number, which is there once the provider knows that it is asked.
        true => position
            .filter(|it| it.parse::<i64>().is_ok())
            .map(str::to_owned),
        false => Some(way.mark(&hook)),
    };
    if wanted.is_none() || wanted.as_deref() != position {
        let agreed = match call::make(&app.outgoing, way.announce(&hook)).await {
            Ok(answer) => way.agreed(&answer),
            Err(error) => Err(Delivery::later(error.to_string(), None)),
        };
        match agreed {
            Ok(()) => {}
            Err(Delivery::Later { why, after }) => {
                return poll::ill(app, connection, &why, after).await.map(Some);
            }
            Err(Delivery::Doubtful { why }) => {
                return poll::ill(app, connection, &why, None).await.map(Some);
            }
            Err(
                Delivery::Broken { why } | Delivery::Refused { why } | Delivery::Stopped { why },
            ) => {
                return poll::refused(app, connection, &why).await.map(Some);
            }
            Err(Delivery::Sent { .. } | Delivery::Moved { .. }) => {
                return poll::ill(app, connection, poll::UNREADABLE, None)
                    .await
                    .map(Some);
            }
        }
        let text = wanted.unwrap_or_else(|| "0".to_owned());
        let (account_id, id) = (connection.account_id, connection.id);
        let moved = app.db.write(account_id, move |unit| {
            Ok::<_, Failure>(rows::set_position(unit, account_id, id, &text)?)
        });
        moved.await?;
        poll::keep(app, connection, connection.health.worked(app.db.now())).await?;
    }
    Ok((!is_asked).then_some(Next::Pauses(LOOK)))
}
