//! Colleagues for the tests: users of a company, each with a desk of their own.

use frontdesk_domain::{Actor, Role, UserId};
use frontdesk_server::secret::hash_password;
use frontdesk_server::use_cases::users::{NewUser, add};
use frontdesk_testkit::{Desk, PASSWORD, TestServer};

/// Adds a signed-in user of this role to the company.
pub(crate) async fn colleague(server: &TestServer, desk: &Desk, name: &str, role: Role) -> Desk {
    let email = format!("{name}@colleagues-of-{}.test", desk.user_id);
    let new = NewUser {
        email: email.clone(),
        password_hash: hash_password(PASSWORD.to_owned()).await.unwrap(),
        role,
        full_name: None,
    };
    let actor = Actor::system(desk.account_id.parse().unwrap());
    let id: UserId = server
        .running()
        .db()
        .write(actor.account_id, move |unit| add(unit, &actor, new))
        .await
        .unwrap();
    let mut theirs = Desk {
        user_id: id.0,
        email,
        ..desk.clone()
    };
    theirs.sign_in().await;
    theirs
}
