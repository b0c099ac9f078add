//! Replies that go out by the clock.

use crate::http::handlers::scheduled::{self, ScheduledBody, ScheduledQuery};
use crate::http::route::Access::Agent;
use crate::http::route::{Route, delete, get, post, put};
use frontdesk_domain::policy::Permission::{ReadDesk, WorkConversations};
use frontdesk_protocol::entity::{Data, ScheduledReply};

pub(super) fn routes() -> Vec<Route> {
    let (all, one) = (
        "/api/v1/scheduled_replies",
        "/api/v1/scheduled_replies/{id}",
    );
    let change = Agent(WorkConversations);
    vec![
        get(all, Agent(ReadDesk), scheduled::index)
            .about("Lists the replies that wait for their time or are held, the next first.")
            .query::<ScheduledQuery>()
            .answers::<Data<Vec<ScheduledReply>>>(200),
        post(all, change, scheduled::create)
            .about("Keeps a reply, which goes out at its time unless the customer writes first.")
            .takes::<ScheduledBody>()
            .answers::<Data<ScheduledReply>>(201),
        get(one, Agent(ReadDesk), scheduled::show)
            .about("Shows a reply that waits.")
            .answers::<Data<ScheduledReply>>(200),
        put(one, change, scheduled::update)
            .about("Changes a reply's text or time; one that was held waits again.")
            .takes::<ScheduledBody>()
            .answers::<Data<ScheduledReply>>(200),
        delete(one, change, scheduled::delete)
            .about("Takes a reply back.")
            .answers_empty(204),
    ]
}
