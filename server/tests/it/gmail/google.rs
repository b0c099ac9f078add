//! Google, as far as a mailbox there needs it: it lets in, shows what came, takes what goes out, and
//! fails when it is told to. Every call is held against Google's own description.

use super::discovery::Described;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use parking_lot::Mutex;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub(super) const CLIENT_SECRET: &str = "client-secret";

/// The account that the topic's requests are signed as.
pub(super) const PUSHER: &str = "push@acme.iam.gserviceaccount.com";

/// Made for this test, and known to everybody.
const KEY: &str = include_str!("google.pem");

/// How many mails a page shows.
const PAGE: usize = 2;

/// A mail in the mailbox.
#[derive(Debug, Clone)]
struct Kept {
    id: String,
    labels: Vec<&'static str>,
    raw: Vec<u8>,
    /// The number of the change by which it came.
    history: u64,
}

/// A mail it was given to send.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) mail: String,
    pub(super) thread: Option<String>,
}

#[derive(Debug, Default)]
struct Mailbox {
    owner: String,
    mails: Vec<Kept>,
    newest: u64,
    /// Changes up to here are forgotten.
    forgotten: u64,
    sent: Vec<Sent>,
    /// What it writes in place of our Message-ID.
    renames: Option<String>,
    /// The token that is taken now.
    token: String,
    tokens: u32,
    /// The lasting token that is taken now.
    lasting: Option<String>,
    /// By which the next code is proven.
    challenge: String,
    /// What the next calls of a path are answered.
    says: VecDeque<(&'static str, u16, &'static str)>,
    asked: Vec<String>,
    faults: Vec<String>,
}

/// The stand-in. It ends when it is dropped.
pub(super) struct Google {
    pub(super) url: String,
    mailbox: Arc<Mutex<Mailbox>>,
    _serving: JoinSet<()>,
}

impl Google {
    /// A Google with an empty mailbox.
    pub(super) async fn start(owner: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mailbox = Arc::new(Mutex::new(Mailbox {
            owner: owner.to_owned(),
            newest: 100,
            ..Mailbox::default()
        }));
        let router = Router::new()
            .fallback(called)
            // Mails are large.
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&mailbox));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            mailbox,
            _serving: serving,
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.url.strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// A mail comes, or is put there otherwise.
    pub(super) fn gets(&self, id: &str, labels: &[&'static str], mail: &str) {
        let mut mailbox = self.mailbox.lock();
        mailbox.newest += 1;
        let kept = Kept {
            id: id.to_owned(),
            labels: labels.to_vec(),
            raw: mail.as_bytes().to_vec(),
            history: mailbox.newest,
        };
        mailbox.mails.push(kept);
    }

    /// Forgets all changes so far.
    pub(super) fn forgets(&self) {
        let mut mailbox = self.mailbox.lock();
        mailbox.newest += 1;
        mailbox.forgotten = mailbox.newest;
    }

    /// What the next call of a path is answered: a status and a reason.
    pub(super) fn says(&self, path: &'static str, status: u16, reason: &'static str) {
        self.mailbox.lock().says.push_back((path, status, reason));
    }

    pub(super) fn renames(&self, mail_id: &str) {
        self.mailbox.lock().renames = Some(mail_id.to_owned());
    }

    /// The owner takes back what they allowed.
    pub(super) fn locks_out(&self) {
        let mut mailbox = self.mailbox.lock();
        mailbox.lasting = None;
        mailbox.token.clear();
    }

    /// The tokens of short life are no longer taken.
    pub(super) fn ages(&self) {
        self.mailbox.lock().token.clear();
    }

    pub(super) fn sent(&self) -> Vec<Sent> {
        self.mailbox.lock().sent.clone()
    }

    /// How often a call was made.
    pub(super) fn count(&self, id: &str) -> usize {
        let mailbox = self.mailbox.lock();
        mailbox.asked.iter().filter(|it| *it == id).count()
    }

    /// Fails where a call was none of Google's.
    pub(super) fn is_content(&self) {
        assert_eq!(self.mailbox.lock().faults, [""; 0]);
    }

    /// The owner opens the page, allows everything, and is sent back.
    pub(super) fn allows(&self, page: &str) -> String {
        let page = url::Url::parse(page).unwrap();
        assert_eq!(page.path(), "/o/oauth2/v2/auth");
        let asked: HashMap<String, String> = page.query_pairs().into_owned().collect();
        for (name, value) in [
            ("response_type", "code"),
            ("access_type", "offline"),
            ("prompt", "consent"),
            ("client_id", "client"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(asked[name], value);
        }
        self.mailbox
            .lock()
            .challenge
            .clone_from(&asked["code_challenge"]);
        let mut back = url::Url::parse(&asked["redirect_uri"]).unwrap();
        let pairs = [("state", asked["state"].as_str()), ("code", "the-code")];
        back.query_pairs_mut().extend_pairs(pairs);
        back.into()
    }

    /// What the topic posts, signed for this audience.
    pub(super) fn tells(audience: &str, owner: &str, now: i64) -> (String, Value) {
        let head = json!({ "alg": "RS256", "kid": "k1", "typ": "JWT" });
        let claims = json!({ "iss": "https://accounts.google.com", "aud": audience,
            "email": PUSHER, "email_verified": true, "iat": now, "exp": now + 3600 });
        let text = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
        let told = format!("{}.{}", text(&head), text(&claims));
        let key = key();
        let mut signature = vec![0; key.public().modulus_len()];
        let random = SystemRandom::new();
        key.sign(&RSA_PKCS1_SHA256, &random, told.as_bytes(), &mut signature)
            .unwrap();
        let data = json!({ "emailAddress": owner, "historyId": "9" }).to_string();
        let body = json!({ "message": { "data": STANDARD.encode(data), "messageId": "1" },
            "subscription": "projects/acme/subscriptions/mail" });
        let token = format!("{told}.{}", URL_SAFE_NO_PAD.encode(signature));
        (format!("Bearer {token}"), body)
    }
}

fn key() -> RsaKeyPair {
    let lines = KEY.lines().filter(|line| !line.starts_with("-----"));
    let der = STANDARD.decode(lines.collect::<String>()).unwrap();
    RsaKeyPair::from_pkcs8(&der).unwrap()
}

async fn called(
    State(mailbox): State<Arc<Mutex<Mailbox>>>,
    verb: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut mailbox = mailbox.lock();
    let (status, answer) = match uri.path() {
        "/token" => mailbox.lets_in(&body),
        "/oauth2/v3/certs" => (200, keys()),
        _ => mailbox.asked_for(verb.as_str(), &uri, &headers, &body),
    };
    let status = StatusCode::from_u16(status).unwrap();
    (status, axum::Json(answer)).into_response()
}

fn keys() -> Value {
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(key().public());
    let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "keys": [{ "kid": "k1", "kty": "RSA", "alg": "RS256", "use": "sig",
        "n": number(&public.n), "e": number(&public.e) }] })
}

fn refusal(status: u16, reason: &str) -> (u16, Value) {
    let told = json!({ "error": { "code": status, "message": "no", "status": "X",
        "errors": [{ "domain": "global", "reason": reason, "message": "no" }] } });
    (status, told)
}

impl Mailbox {
    fn lets_in(&mut self, body: &[u8]) -> (u16, Value) {
        let form: HashMap<String, String> =
            url::form_urlencoded::parse(body).into_owned().collect();
        let ended = (400, json!({ "error": "invalid_grant" }));
        if form["client_secret"] != CLIENT_SECRET || form["client_id"] != "client" {
            return (401, json!({ "error": "invalid_client" }));
        }
        let lasting = match form["grant_type"].as_str() {
            "authorization_code" => {
                let verifier = Sha256::digest(&form["code_verifier"]);
                let is_ours = URL_SAFE_NO_PAD.encode(verifier) == self.challenge;
                if form["code"] != "the-code" || !is_ours {
                    return ended;
                }
                // A code serves once.
                self.challenge.clear();
                self.lasting = Some("lasting".to_owned());
                Some("lasting")
            }
            _ if self.lasting.as_ref() == form.get("refresh_token") => None,
            _ => return ended,
        };
        self.tokens += 1;
        self.token = format!("token-{}", self.tokens);
        let mut tokens = json!({ "access_token": self.token, "expires_in": 3599,
            "scope": "https://www.googleapis.com/auth/gmail.modify", "token_type": "Bearer" });
        if let Some(lasting) = lasting {
            tokens["refresh_token"] = json!(lasting);
        }
        (200, tokens)
    }

    fn asked_for(
        &mut self,
        verb: &str,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> (u16, Value) {
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let described = match Described::find(verb, uri.path()) {
            Ok(described) => described,
            Err(fault) => {
                self.faults.push(fault);
                return refusal(400, "invalidArgument");
            }
        };
        self.asked.push(described.id().to_owned());
        let body = carried(headers, body);
        let held = described
            .query(&query)
            .and_then(|()| described.request(&body.0));
        self.faults.extend(held.err());
        if headers["authorization"] != format!("Bearer {}", self.token) {
            return refusal(401, "authError");
        }
        if self
            .says
            .front()
            .is_some_and(|(path, ..)| uri.path().ends_with(path))
        {
            let (_, status, reason) = self.says.pop_front().unwrap();
            if status == 299 {
                // It takes the mail, and says it did not.
                self.take(&body);
                return refusal(503, reason);
            }
            return refusal(status, reason);
        }
        let query: HashMap<String, String> = query.into_iter().collect();
        let (status, answer) = self.answer(described.id(), uri.path(), &query, &body);
        if status == 200 {
            self.faults.extend(described.answer(&answer).err());
        }
        (status, answer)
    }

    fn answer(
        &mut self,
        id: &str,
        path: &str,
        query: &HashMap<String, String>,
        body: &(Value, Vec<u8>),
    ) -> (u16, Value) {
        match id {
            "gmail.users.getProfile" => {
                let profile = json!({ "emailAddress": self.owner,
                    "historyId": self.newest.to_string(), "messagesTotal": 1, "threadsTotal": 1 });
                (200, profile)
            }
            "gmail.users.history.list" => self.history(query),
            "gmail.users.messages.list" => (200, self.list(query)),
            "gmail.users.messages.get" => self.mail(path, query),
            "gmail.users.messages.send" => {
                self.take(body);
                (
                    200,
                    json!({ "id": "sent", "threadId": "t-sent", "labelIds": ["SENT"] }),
                )
            }
            "gmail.users.watch" => {
                let until =
                    json!({ "historyId": self.newest.to_string(), "expiration": "1795600000000" });
                (200, until)
            }
            other => {
                self.faults.push(format!("{other} is not played"));
                refusal(501, "x")
            }
        }
    }

    fn history(&self, query: &HashMap<String, String>) -> (u16, Value) {
        let start: u64 = query["startHistoryId"].parse().unwrap();
        if start < self.forgotten {
            return refusal(404, "notFound");
        }
        let came: Vec<&Kept> = self
            .mails
            .iter()
            .filter(|it| it.history > start && it.labels.contains(&"INBOX"))
            .collect();
        let (page, next) = paged(&came, query);
        let changes: Vec<Value> = page
            .iter()
            .map(|it| {
                let added = json!({ "message": {
                    "id": it.id, "threadId": format!("t-{}", it.id), "labelIds": it.labels } });
                // Google tells of some twice.
                json!({ "id": it.history.to_string(), "messagesAdded": [added, added] })
            })
            .collect();
        let mut answer = json!({ "history": changes, "historyId": self.newest.to_string() });
        if let Some(next) = next {
            answer["nextPageToken"] = json!(next);
        }
        (200, answer)
    }

    fn list(&self, query: &HashMap<String, String>) -> Value {
        let asked = &query["q"];
        if let Some(mail_id) = asked.strip_prefix("rfc822msgid:") {
            let has = self.sent.iter().any(|it| it.mail.contains(mail_id));
            let found = has.then(|| json!({ "id": "sent", "threadId": "t-sent" }));
            let found: Vec<Value> = found.into_iter().collect();
            return json!({ "messages": found, "resultSizeEstimate": 1 });
        }
        assert!(asked.starts_with("in:inbox after:"), "{asked}");
        let there: Vec<&Kept> = self
            .mails
            .iter()
            .rev()
            .filter(|it| it.labels.contains(&"INBOX"))
            .collect();
        let (page, next) = paged(&there, query);
        let named: Vec<Value> = page
            .iter()
            .map(|it| json!({ "id": it.id, "threadId": format!("t-{}", it.id) }))
            .collect();
        let mut answer = json!({ "messages": named, "resultSizeEstimate": there.len() });
        if let Some(next) = next {
            answer["nextPageToken"] = json!(next);
        }
        answer
    }

    fn mail(&self, path: &str, query: &HashMap<String, String>) -> (u16, Value) {
        let id = path.rsplit('/').next().unwrap();
        if id == "sent" {
            let own = self.sent.last().unwrap().mail.lines();
            let own = own
                .filter_map(|line| line.strip_prefix("Message-ID: "))
                .next();
            let name = self.renames.as_deref().or(own).unwrap();
            let headers = json!([{ "name": "Message-Id", "value": name }]);
            return (200, json!({ "id": id, "payload": { "headers": headers } }));
        }
        let Some(it) = self.mails.iter().find(|it| it.id == id) else {
            return refusal(404, "notFound");
        };
        if query["format"] == "metadata" {
            return (200, header(it));
        }
        assert_eq!(query["format"], "raw");
        let mail = json!({ "id": id, "threadId": format!("t-{id}"), "labelIds": it.labels,
            "historyId": it.history.to_string(), "raw": URL_SAFE.encode(&it.raw) });
        (200, mail)
    }

    fn take(&mut self, (about, large): &(Value, Vec<u8>)) {
        let raw = match about["raw"].as_str() {
            Some(raw) => URL_SAFE.decode(raw).unwrap(),
            None => large.clone(),
        };
        self.sent.push(Sent {
            mail: String::from_utf8_lossy(&raw).into_owned(),
            thread: about["threadId"].as_str().map(str::to_owned),
        });
    }
}

/// What is shown of a mail where its header alone is asked for.
fn header(it: &Kept) -> Value {
    let text = String::from_utf8_lossy(&it.raw);
    let lines = text.split("\r\n").take_while(|line| !line.is_empty());
    let lines = lines.map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        json!({ "name": name, "value": value })
    });
    let lines: Vec<Value> = lines.collect();
    json!({ "id": it.id, "threadId": format!("t-{}", it.id), "labelIds": it.labels,
        "sizeEstimate": it.raw.len(), "payload": { "headers": lines } })
}

/// What a call carries: what it says of it, and the mail where it is beside that.
fn carried(headers: &HeaderMap, body: &[u8]) -> (Value, Vec<u8>) {
    let kind = headers.get("content-type").map(|it| it.to_str().unwrap());
    let Some(boundary) = kind.and_then(|it| it.split_once("boundary=\"")) else {
        return (
            serde_json::from_slice(body).unwrap_or(json!({})),
            Vec::new(),
        );
    };
    let text = String::from_utf8_lossy(body);
    let line = format!("--{}", boundary.1.trim_end_matches('"'));
    let mut parts = text.split(&line).skip(1);
    let mut content = || parts.next().unwrap().split_once("\r\n\r\n").unwrap().1;
    let about = serde_json::from_str(content()).unwrap();
    (about, content().as_bytes().to_vec())
}

/// A page, and the name of the next.
fn paged<'a>(all: &[&'a Kept], query: &HashMap<String, String>) -> (Vec<&'a Kept>, Option<String>) {
    let from = query.get("pageToken").map_or(0, |it| it.parse().unwrap());
    let page: Vec<&Kept> = all.iter().copied().skip(from).take(PAGE).collect();
    let next = from + page.len();
    (page, (next < all.len()).then(|| next.to_string()))
}
