//! Why a use case did not do what was asked. The words for people are made in `http/error.rs`.

use frontdesk_db::DbError;
use frontdesk_domain::Refusal;

/// A refusal is the desk's own answer; a database error is not.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Db(#[from] DbError),
    /// An idempotency key came a second time with another command.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// A visitor's identity came with a signature that does not prove it.
    #[error("the signature does not prove the identity")]
    WrongSignature,
    /// A visitor's identity came without the signature it needs.
    #[error("the identity is not signed")]
    Unsigned,
    /// A link was used that there is not, or for another conversation.
    #[error("no such link")]
    NoSuchLink,
    /// A link was used after its time.
    #[error("the link has expired")]
    LinkExpired,
}

/// What use cases answer.
pub type Outcome<T> = Result<T, Failure>;
