//! What the tests of the agents' routes begin with: colleagues, customers and conversations.

use frontdesk_db::queries;
use frontdesk_domain::account::User;
use frontdesk_domain::actor::Actor;
use frontdesk_domain::{AccountId, Customer, CustomerId, Role, UserId, Visibility};
use frontdesk_server::failure::Failure;
use frontdesk_server::secret::hash_password;
use frontdesk_server::use_cases::users::{self, NewUser};
use frontdesk_testkit::{Desk, PASSWORD, TestServer};
use serde_json::{Value, json};

/// The account of a desk.
pub(crate) fn account(desk: &Desk) -> AccountId {
    desk.account_id.parse().unwrap()
}

/// Another user of the same company, signed in.
pub(crate) async fn colleague(
    server: &TestServer,
    desk: &Desk,
    role: Role,
    visibility: Visibility,
) -> Desk {
    let account_id = account(desk);
    let email = format!("{role}-{visibility}@{}", desk.email.replace('@', "-at-"));
    let email = format!("{}@test.test", email.replace('@', "-"));
    let new = NewUser {
        email: email.clone(),
        password_hash: hash_password(PASSWORD.to_owned()).await.unwrap(),
        role,
        full_name: Some("A Colleague".to_owned()),
    };
    let id: UserId = server
        .running()
        .db()
        .write(account_id, move |unit| {
            let id = users::add(unit, &Actor::system(account_id), new)?;
            let user = queries::users::by_id(unit.conn(), account_id, id)?.unwrap();
            queries::users::update(unit, &User { visibility, ..user })?;
            Ok::<_, Failure>(id)
        })
        .await
        .unwrap();
    let mut other = Desk {
        user_id: id.0,
        email,
        ..desk.clone()
    };
    other.sign_in().await;
    other
}

/// A customer of the company.
pub(crate) async fn customer(server: &TestServer, desk: &Desk, name: &str) -> String {
    let id = CustomerId::random();
    let account_id = account(desk);
    let now = server.running().db().now();
    let customer = Customer {
        name: Some(name.to_owned()),
        email: Some(format!("{}@mail.test", name.to_lowercase())),
        ..Customer::new(id, account_id, now)
    };
    server
        .running()
        .db()
        .write(account_id, move |unit| {
            queries::customers::insert(unit, &customer)?;
            Ok::<_, Failure>(())
        })
        .await
        .unwrap();
    id.to_string()
}

/// A conversation with a customer, with one message of the desk's user.
pub(crate) async fn conversation(desk: &Desk, customer_id: &str, body: &str) -> Value {
    let new =
        json!({ "conversation": { "customer_id": customer_id, "message": { "body": body } } });
    desk.post("/api/conversations", new).await.data(201)
}

/// The keys of an object, in order.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}
