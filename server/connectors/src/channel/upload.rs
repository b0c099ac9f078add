//! Handing files over as files, where a provider takes them. Where it does not, links go.

use super::{Answer, Call, Delivery, FileLink, Outgoing};

/// Files as files.
pub trait Upload: Sync {
    /// Whether the files of this message can go as files.
    fn takes(&self, outgoing: &Outgoing<'_>) -> bool;

    /// How the bytes get there before the message. None where they go with it.
    fn ahead(&self) -> Option<&dyn Ahead> {
        None
    }
}

/// Bringing the bytes of a file to a provider before the message that shows it. Until then nobody sees
/// them, so that all of it can be done again.
pub trait Ahead: Sync {
    /// Asks where the bytes of a file go.
    fn ask(&self, file: &FileLink) -> Call;

    /// Where they go.
    ///
    /// # Errors
    /// Why not. Where it is refused, a link goes instead.
    fn place(&self, answer: &Answer) -> Result<Reserved, Delivery>;

    /// The call that brings them there.
    fn carry(&self, reserved: &Reserved, bytes: Vec<u8>) -> Call;

    /// Whether they are there.
    ///
    /// # Errors
    /// Why not.
    fn carried(&self, answer: &Answer) -> Result<(), Delivery>;
}

/// A place for the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// What the provider calls the file.
    pub id: String,
    pub url: String,
}
