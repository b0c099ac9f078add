//! Ids made from what the files call things: the same file gives the same ids, which is what
//! makes a second import of it find everything in place.

use frontdesk_domain::AccountId;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// An id in the shape of a random one, which existing clients demand, made from the account, the
/// kind of thing and its name in the files.
pub(super) fn derived(account_id: AccountId, kind: &str, name: &str) -> Uuid {
    hashed(account_id.as_bytes(), kind, name)
}

/// The id of an account that the import makes.
pub(super) fn account(id: &str, name: &str) -> AccountId {
    AccountId(hashed(id.as_bytes(), "account", name))
}

fn hashed(within: &[u8], kind: &str, name: &str) -> Uuid {
    let mut hash = Sha256::new();
    for part in [within, kind.as_bytes(), name.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_each_time_and_another_in_another_account() {
        let (one, other) = (AccountId::random(), AccountId::random());
        let id = derived(one, "message", "7");
        assert_eq!(id, derived(one, "message", "7"));
        assert_ne!(id, derived(other, "message", "7"));
        assert_ne!(id, derived(one, "conversation", "7"));
        assert_eq!(id.get_version_num(), 4);
    }
}
