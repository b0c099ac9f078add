//! Signed links: whoever has one may fetch its file until it expires, and nobody can make one.

use crate::vault::Vault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_connectors::verify::hmac_sha256;
use frontdesk_domain::{AccountId, FileId, Timestamp};
use serde::Deserialize;
use std::time::Duration;

/// What the keys are for: the vault gives each purpose its own.
const PURPOSE: &str = "links to files";

/// What stands in a link's query.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Proof {
    /// Seconds since 1970.
    expires: Option<String>,
    signature: Option<String>,
}

/// What a proof is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worth {
    Valid,
    /// It was one once.
    Expired,
    Nothing,
}

/// The query of a link that is good for at least `age` and less than twice as long. Within one such
/// time all links to a file are the same, so that browsers fetch it once.
pub(crate) fn query(
    vault: &Vault,
    account_id: AccountId,
    id: FileId,
    now: Timestamp,
    age: Duration,
) -> String {
    let seconds = i64::try_from(age.as_secs().max(1)).unwrap_or(i64::MAX);
    let slot = now.0.div_euclid(1_000_000) / seconds;
    let expires = slot.saturating_add(2).saturating_mul(seconds);
    let key = vault.newest_key_for(PURPOSE);
    let signature = URL_SAFE_NO_PAD.encode(sign(key.reveal(), account_id, id, expires));
    format!("expires={expires}&signature={signature}")
}

/// Judges what stands in a query. A link that an older key signed holds while that key is there.
pub(crate) fn judge(
    vault: &Vault,
    account_id: AccountId,
    id: FileId,
    proof: &Proof,
    now: Timestamp,
) -> Worth {
    let expires = proof.expires.as_deref().and_then(|it| it.parse().ok());
    let signature = proof.signature.as_deref();
    let signature = signature.and_then(|it| URL_SAFE_NO_PAD.decode(it).ok());
    let (Some(expires), Some(signature)) = (expires, signature) else {
        return Worth::Nothing;
    };
    let fits = vault.keys_for(PURPOSE).any(|key| {
        let wanted = sign(key.reveal(), account_id, id, expires);
        frontdesk_connectors::verify::is_same(&wanted, &signature)
    });
    match fits {
        false => Worth::Nothing,
        true if expires <= now.0.div_euclid(1_000_000) => Worth::Expired,
        true => Worth::Valid,
    }
}

fn sign(key: &[u8], account_id: AccountId, id: FileId, expires: i64) -> [u8; 32] {
    hmac_sha256(key, format!("{account_id}\n{id}\n{expires}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::key_file::KeyRing;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);
    const HOUR: Duration = Duration::from_secs(3600);

    fn proof(query: &str) -> Proof {
        serde_urlencoded::from_str(query).unwrap()
    }

    #[test]
    fn a_link_holds_for_its_file_and_its_time() {
        let vault = Vault::with(KeyRing::random());
        let (account_id, id) = (AccountId::random(), FileId::random());
        let made = query(&vault, account_id, id, NOW, HOUR);
        let judged =
            |account_id, id, text: &str, now| judge(&vault, account_id, id, &proof(text), now);
        assert_eq!(judged(account_id, id, &made, NOW), Worth::Valid);
        let still = NOW.plus_seconds(3600);
        assert_eq!(judged(account_id, id, &made, still), Worth::Valid);
        let late = NOW.plus_seconds(2 * 3600);
        assert_eq!(judged(account_id, id, &made, late), Worth::Expired);
        let (other, elsewhere) = (FileId::random(), AccountId::random());
        assert_eq!(judged(account_id, other, &made, NOW), Worth::Nothing);
        assert_eq!(judged(elsewhere, id, &made, NOW), Worth::Nothing);
        let longer = made.replacen("expires=1", "expires=2", 1);
        assert_eq!(judged(account_id, id, &longer, NOW), Worth::Nothing);
        for text in ["", "expires=1", "expires=x&signature=%00", "signature=AAAA"] {
            assert_eq!(judged(account_id, id, text, NOW), Worth::Nothing, "{text}");
        }
    }

    #[test]
    fn links_are_the_same_for_a_while() {
        let vault = Vault::with(KeyRing::random());
        let (account_id, id) = (AccountId::random(), FileId::random());
        let start = Timestamp::from_seconds(1_795_000_000 / 3600 * 3600);
        let at = |seconds| query(&vault, account_id, id, start.plus_seconds(seconds), HOUR);
        assert_eq!(at(0), at(3599));
        assert_ne!(at(0), at(3600));
    }

    #[test]
    fn a_key_that_is_being_replaced_still_proves() {
        let (account_id, id) = (AccountId::random(), FileId::random());
        let old = KeyRing::random();
        let made = query(&Vault::with(old.clone()), account_id, id, NOW, HOUR);
        let both = Vault::with(old.with_new());
        assert_eq!(
            judge(&both, account_id, id, &proof(&made), NOW),
            Worth::Valid
        );
        let others = Vault::with(KeyRing::random());
        assert_eq!(
            judge(&others, account_id, id, &proof(&made), NOW),
            Worth::Nothing
        );
    }
}
