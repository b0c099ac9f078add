//! One's own second factor, as calls. None is made twice by itself: each code is good once.

use super::error::Enrolment;
use super::{Api, ApiError, Call};
use crate::secret::Secret;
use frontdesk_protocol::entity::Data;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const PATH: &str = "/api/second_factor";

/// How one signs in.
#[derive(Debug, Deserialize)]
pub struct Standing {
    /// Whether a code is asked for.
    pub enabled: bool,
    /// Whether the account requires it of everybody.
    pub required: bool,
    pub recovery_codes_left: i64,
}

/// The same, and as the server sent it.
#[derive(Debug)]
pub struct Told {
    pub standing: Standing,
    pub json: String,
}

#[derive(Deserialize)]
struct Codes {
    recovery_codes: Vec<Secret>,
}

impl Api {
    /// How one signs in.
    ///
    /// # Errors
    /// When the server does not say.
    pub async fn second_factor(&mut self) -> Result<Told, ApiError> {
        let answer: Data<Value> = self.get(PATH, &[]).await?;
        let json = answer.data.to_string();
        let standing = serde_json::from_value(answer.data).map_err(ApiError::Unreadable)?;
        Ok(Told { standing, json })
    }

    /// Begins to set an app up. Nothing is asked for before it is confirmed.
    ///
    /// # Errors
    /// When the password is wrong, there is an app already, or the server cannot be reached.
    pub async fn begin_second_factor(&mut self, password: &Secret) -> Result<Enrolment, ApiError> {
        let body = json!({ "password": password.expose() });
        self.asked(PATH.to_owned(), body).await
    }

    /// Confirms the app with a code of it, and gives the recovery codes.
    ///
    /// # Errors
    /// When the code is wrong or the server cannot be reached.
    pub async fn confirm_second_factor(&mut self, code: &Secret) -> Result<Vec<Secret>, ApiError> {
        let codes: Codes = self.asked(format!("{PATH}/confirm"), body(code)).await?;
        Ok(codes.recovery_codes)
    }

    /// Gives it up.
    ///
    /// # Errors
    /// When the code is wrong, the account requires one, or the server cannot be reached.
    pub async fn give_up_second_factor(&mut self, code: &Secret) -> Result<(), ApiError> {
        let call = Call::post(&format!("{PATH}/give_up"), body(code));
        self.call(&call).await.map(drop)
    }

    /// Gives new recovery codes; the old ones are void.
    ///
    /// # Errors
    /// When the code is wrong or the server cannot be reached.
    pub async fn renew_recovery_codes(&mut self, code: &Secret) -> Result<Vec<Secret>, ApiError> {
        let path = format!("{PATH}/recovery_codes");
        let codes: Codes = self.asked(path, body(code)).await?;
        Ok(codes.recovery_codes)
    }

    async fn asked<T: DeserializeOwned>(
        &mut self,
        path: String,
        body: Value,
    ) -> Result<T, ApiError> {
        let answer: Data<T> = self.call(&Call::post(&path, body)).await?.read()?;
        Ok(answer.data)
    }
}

fn body(code: &Secret) -> Value {
    json!({ "code": code.expose() })
}
