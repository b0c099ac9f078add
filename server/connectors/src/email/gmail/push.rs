//! Google tells that a mailbox has changed: a request of Cloud Pub/Sub, signed with a key of Google's.
//! It is a hint and no more, as it does not say what came.

use super::mailbox::LENIENT;
use super::{Gmail, Push};
use crate::channel::{Answer, Body, Call, Rejected};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_domain::Timestamp;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::json;

const ISSUERS: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];

/// Seconds by which a clock may be off.
const OFF: i64 = 300;

/// Asks Google to tell of what comes, for the next seven days.
#[must_use]
pub fn watch(gmail: &Gmail, push: &Push) -> Call {
    let body =
        json!({ "topicName": push.topic, "labelIds": ["INBOX"], "labelFilterBehavior": "include" });
    Call::post(gmail.mailbox_url("watch"), Body::Json(body))
}

/// The keys that Google signs with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Key {
    kid: String,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
}

impl Keys {
    /// Reads them.
    #[must_use]
    pub fn read(answer: &Answer) -> Option<Self> {
        serde_json::from_slice(&answer.body).ok()
    }

    fn find(&self, kid: &str) -> Option<&Key> {
        self.keys.iter().find(|it| it.kid == kid)
    }
}

/// A request's proof, before anything of it is believed.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// What is signed, and by what.
    signed: &'a str,
    signature: Vec<u8>,
    kid: String,
    claims: Claims,
}

#[derive(Debug, Clone, Deserialize)]
struct Head {
    alg: String,
    kid: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    email_verified: bool,
    iat: i64,
    exp: i64,
}

impl<'a> Proof<'a> {
    /// Reads the header `authorization`.
    ///
    /// # Errors
    /// When there is no proof in it.
    pub fn read(authorization: &'a str) -> Result<Self, Rejected> {
        let token = authorization
            .strip_prefix("Bearer ")
            .ok_or(Rejected::Forged)?;
        let (signed, signature) = token.rsplit_once('.').ok_or(Rejected::Forged)?;
        let (head, claims) = signed.split_once('.').ok_or(Rejected::Forged)?;
        let head: Head = part(head)?;
        if head.alg != "RS256" {
            return Err(Rejected::Forged);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature);
        Ok(Self {
            signed,
            signature: signature.map_err(|_| Rejected::Forged)?,
            kid: head.kid,
            claims: part(claims)?,
        })
    }

    /// Whether the key it names is among these. Google changes its keys every few days.
    #[must_use]
    pub fn is_known_to(&self, keys: &Keys) -> bool {
        keys.find(&self.kid).is_some()
    }

    /// Looks whether Google signed it, for us, as the account that posts to us, and just now.
    ///
    /// # Errors
    /// When it did not.
    pub fn check(&self, keys: &Keys, us: &Expected<'_>) -> Result<(), Rejected> {
        let key = keys.find(&self.kid).ok_or(Rejected::Forged)?;
        let number = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| Rejected::Forged);
        let public = RsaPublicKeyComponents {
            n: number(&key.n)?,
            e: number(&key.e)?,
        };
        public
            .verify(
                &RSA_PKCS1_2048_8192_SHA256,
                self.signed.as_bytes(),
                &self.signature,
            )
            .map_err(|_| Rejected::Forged)?;
        let it = &self.claims;
        let (begins, ends) = (
            Timestamp::from_seconds(it.iat),
            Timestamp::from_seconds(it.exp),
        );
        let is_now = begins <= us.now.plus_seconds(OFF) && us.now <= ends.plus_seconds(OFF);
        let fits = ISSUERS.contains(&it.iss.as_str())
            && it.aud == us.audience
            && it.email_verified
            && it.email == us.account;
        if fits && is_now {
            Ok(())
        } else {
            Err(Rejected::Forged)
        }
    }
}

/// What a proof has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    pub audience: &'a str,
    pub account: &'a str,
    pub now: Timestamp,
}

#[derive(Deserialize)]
struct Told {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    email_address: String,
}

/// The address of the mailbox that has changed, in lower case.
///
/// # Errors
/// When it is none of what Google describes.
pub fn whose(body: &[u8]) -> Result<String, Rejected> {
    let told: Told = serde_json::from_slice(body).map_err(|_| Rejected::Unreadable)?;
    // Pub/Sub writes the one alphabet of Base64, and its documents the other.
    let data = told.message.data.replace('+', "-").replace('/', "_");
    let data = LENIENT.decode(data);
    let data = data.map_err(|_| Rejected::Unreadable)?;
    let changed: Changed = serde_json::from_slice(&data).map_err(|_| Rejected::Unreadable)?;
    Ok(changed.email_address.to_lowercase())
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Rejected> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Rejected::Forged)?;
    serde_json::from_slice(&bytes).map_err(|_| Rejected::Forged)
}

#[cfg(test)]
mod tests;
