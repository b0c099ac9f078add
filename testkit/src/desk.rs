//! A company on a test server, seen from its admin's seat.

use crate::server::TestServer;
use crate::socket::Socket;
use frontdesk_server::secret::hash_password;
use frontdesk_server::use_cases::accounts::{self, NewAccount, NewAdmin, Which};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What a request was answered with.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// The `data` of the envelope, after checking the status.
    #[track_caller]
    pub fn data(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body["data"].clone()
    }

    /// The body, after checking the status.
    #[track_caller]
    pub fn is(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }
}

/// A company and its signed-in admin.
#[derive(Debug, Clone)]
pub struct Desk {
    pub url: String,
    pub http: reqwest::Client,
    pub account_id: String,
    pub inbox_id: String,
    pub user_id: i64,
    pub email: String,
    pub token: String,
    pub renew_token: String,
}

/// What every test's users sign in with.
pub const PASSWORD: &str = "correct horse battery";

impl Desk {
    pub(crate) async fn open(server: &TestServer, name: &str) -> Self {
        let email = format!("admin@{}.test", name.to_lowercase());
        let password_hash = hash_password(PASSWORD.to_owned()).await.unwrap();
        let new = NewAccount {
            company_name: name.to_owned(),
            time_zone: None,
            inbox_name: "Primary".to_owned(),
            admin: NewAdmin {
                email: email.clone(),
                password_hash,
                full_name: None,
            },
        };
        let made = server
            .running()
            .db()
            .write_global(move |unit| accounts::register(unit, Which::Another, new))
            .await
            .unwrap();
        let mut desk = Self {
            url: server.url.clone(),
            http: server.http.clone(),
            account_id: made.account_id.to_string(),
            inbox_id: made.inbox_id.to_string(),
            user_id: made.user_id.0,
            email,
            token: String::new(),
            renew_token: String::new(),
        };
        desk.sign_in().await;
        desk
    }

    /// Somebody who signs in to a server that has been there before.
    pub async fn of(url: &str, email: &str, password: &str) -> Self {
        let mut desk = Self {
            url: url.to_owned(),
            http: crate::http(),
            account_id: String::new(),
            inbox_id: String::new(),
            user_id: 0,
            email: email.to_owned(),
            token: String::new(),
            renew_token: String::new(),
        };
        let session = desk.sign_in_with(password).await;
        session["account_id"]
            .as_str()
            .unwrap()
            .clone_into(&mut desk.account_id);
        desk.user_id = session["user_id"].as_i64().unwrap();
        let inbox = desk.get("/api/inboxes/primary").await.data(200);
        inbox["id"].as_str().unwrap().clone_into(&mut desk.inbox_id);
        desk
    }

    /// Signs the admin in again.
    pub async fn sign_in(&mut self) {
        self.sign_in_with(PASSWORD).await;
    }

    async fn sign_in_with(&mut self, password: &str) -> Value {
        let user = json!({ "user": { "email": self.email, "password": password } });
        let session = self
            .anonymous(Method::POST, "/api/session", Some(user))
            .await
            .data(200);
        self.token = session["token"].as_str().unwrap().to_owned();
        self.renew_token = session["renew_token"].as_str().unwrap().to_owned();
        session
    }

    /// A request of somebody who did not sign in.
    pub async fn anonymous(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(method, path, body, &[]).await
    }

    /// A request with headers of its own.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer {
            status,
            body,
            headers,
        }
    }

    /// A request of the admin.
    pub async fn request(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(method, path, body, &[("authorization", &self.token)])
            .await
    }

    /// A `GET` of the admin.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(Method::GET, path, None).await
    }

    /// A `POST` of the admin.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.request(Method::POST, path, Some(body)).await
    }

    /// A `PUT` of the admin.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.request(Method::PUT, path, Some(body)).await
    }

    /// A `DELETE` of the admin.
    pub async fn delete(&self, path: &str) -> Answer {
        self.request(Method::DELETE, path, None).await
    }

    /// A visitor who wrote a first message: the customer's and the conversation's id.
    pub async fn visitor(&self, name: &str, body: &str) -> (String, String) {
        let customer = json!({ "customer": { "account_id": self.account_id, "name": name } });
        let customer = self
            .anonymous(Method::POST, "/api/customers", Some(customer))
            .await;
        let customer_id = customer.data(201)["id"].as_str().unwrap().to_owned();
        let id = self.writes_first(&customer_id, body).await;
        (customer_id, id)
    }

    /// A new conversation of a customer, with a first message.
    pub async fn writes_first(&self, customer_id: &str, body: &str) -> String {
        let started = json!({
            "conversation": { "account_id": self.account_id, "customer_id": customer_id },
            "message": { "body": body, "sent_at": "2026-11-20T20:21:14Z" },
        });
        let started = self
            .anonymous(Method::POST, "/api/conversations", Some(started))
            .await;
        started.data(201)["id"].as_str().unwrap().to_owned()
    }

    /// A reply of the admin; gives the stored message.
    pub async fn reply(&self, conversation_id: &str, body: &str) -> Value {
        let message = json!({ "message": { "conversation_id": conversation_id, "body": body } });
        self.post("/api/messages", message).await.data(201)
    }

    /// All numbered events, page by page, as the admin sees them.
    pub async fn events(&self) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        loop {
            let after = found.last().map_or(0, |last| last["seq"].as_i64().unwrap());
            let page = self
                .get(&format!("/api/v1/events?after={after}&limit=3"))
                .await
                .is(200);
            found.extend(page["data"].as_array().unwrap().iter().cloned());
            if page["more"] == false {
                return found;
            }
        }
    }

    /// The admin's socket, with nothing joined.
    pub async fn socket(&self) -> Socket {
        Socket::open(&self.url, &format!("token={}", self.token)).await
    }

    /// A visitor's socket, with nothing joined.
    pub async fn visitor_socket(&self) -> Socket {
        Socket::open(&self.url, &format!("account_id={}", self.account_id)).await
    }
}
