//! Why a use case did not do what was asked. The words for people are made in `http/error.rs`.

use crate::files::FileError;
use crate::vault::Unreadable;
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
    /// The account's files take all the room they may.
    #[error("the account's files take all the room they may")]
    NoRoom,
    /// The bytes of a file could not be kept or read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A stored secret that is needed cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Failure {
    /// A refusal in the words of the caller, who knows what was asked for. That a database did not
    /// answer stays what it is: it says nothing about whether something exists.
    pub(crate) fn refused_as(self, refusal: Refusal) -> Self {
        match self {
            Self::Refused(_) => Self::Refused(refusal),
            other => other,
        }
    }
}

/// What use cases answer.
pub type Outcome<T> = Result<T, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_is_told_in_other_words() {
        let told = Failure::from(Refusal::NotFound).refused_as(Refusal::Forbidden);
        assert!(matches!(told, Failure::Refused(Refusal::Forbidden)));
        let gone = Failure::from(DbError::Gone).refused_as(Refusal::Forbidden);
        assert!(matches!(gone, Failure::Db(DbError::Gone)));
    }
}
