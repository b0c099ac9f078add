//! Reply tokens: a conversation's id and what proves that we wrote it, in the address that answers go
//! to. Letters are in lower case and read in either, because mail programs change their case.

use crate::verify::{hmac_sha256, is_same};
use data_encoding::BASE32_NOPAD;
use frontdesk_domain::{AccountId, ConversationId};
use uuid::Uuid;

/// Bytes of a signature that go into a token. Nobody guesses 80 bits through a mail server.
const PROOF_BYTES: usize = 10;

const ID_BYTES: usize = 16;

/// Characters of a token.
pub const TOKEN_LENGTH: usize = ((ID_BYTES + PROOF_BYTES) * 8).div_ceil(5);

/// The longest local part of an address (RFC 5321, 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// A token that was read and proves nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    claimed: ConversationId,
    proof: [u8; PROOF_BYTES],
}

impl Token {
    /// The token of a conversation.
    #[must_use]
    pub fn sign(key: &[u8], account_id: AccountId, id: ConversationId) -> Self {
        Self {
            claimed: id,
            proof: proof(key, account_id, id),
        }
    }

    /// The conversation, if this key signed it for this account.
    #[must_use]
    pub fn conversation(&self, key: &[u8], account_id: AccountId) -> Option<ConversationId> {
        let wanted = proof(key, account_id, self.claimed);
        is_same(&wanted, &self.proof).then_some(self.claimed)
    }

    fn text(&self) -> String {
        let mut bytes = self.claimed.0.as_bytes().to_vec();
        bytes.extend_from_slice(&self.proof);
        encode(&bytes)
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() != TOKEN_LENGTH {
            return None;
        }
        let bytes = decode(text)?;
        let (id, proof) = bytes.split_at_checked(ID_BYTES)?;
        Some(Self {
            claimed: ConversationId(Uuid::from_slice(id).ok()?),
            proof: proof.try_into().ok()?,
        })
    }
}

fn proof(key: &[u8], account_id: AccountId, id: ConversationId) -> [u8; PROOF_BYTES] {
    let whole = hmac_sha256(key, format!("{account_id}\n{id}").as_bytes());
    let mut proof = [0; PROOF_BYTES];
    proof.copy_from_slice(&whole[..PROOF_BYTES]);
    proof
}

/// An address of ours with a token in it; `None` where it would be too long to be one.
#[must_use]
pub fn address_with(address: &str, token: &Token) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let local = format!("{local}+{}", token.text());
    (local.len() <= LONGEST_LOCAL).then(|| format!("{local}@{domain}"))
}

/// The token in an address: behind its last plus, or behind `c-` where a whole domain takes answers.
#[must_use]
pub fn token_in(address: &str) -> Option<Token> {
    let (local, _) = address.rsplit_once('@')?;
    let last = local.rsplit('+').next()?;
    Token::parse(last).or_else(|| Token::parse(last.get(2..).filter(|_| has_catch_mark(last))?))
}

fn has_catch_mark(local: &str) -> bool {
    local
        .get(..2)
        .is_some_and(|mark| mark.eq_ignore_ascii_case("c-"))
}

fn encode(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

/// The bytes; bits left over at the end must be none, so that a token has one way to be written.
fn decode(text: &str) -> Option<Vec<u8>> {
    let upper = text.to_ascii_uppercase();
    BASE32_NOPAD.decode(upper.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &[u8] = b"a key";

    fn made(account_id: AccountId, id: ConversationId) -> String {
        address_with("support@example.com", &Token::sign(KEY, account_id, id)).unwrap()
    }

    #[test]
    fn a_token_survives_an_address_and_its_letters_any_case() {
        let (account_id, id) = (AccountId::random(), ConversationId::random());
        let address = made(account_id, id);
        assert!(address.starts_with("support+") && address.ends_with("@example.com"));
        assert!(address.split('@').next().unwrap().len() <= LONGEST_LOCAL);
        for written in [address.to_uppercase(), address] {
            let token = token_in(&written).unwrap();
            assert_eq!(token.conversation(KEY, account_id), Some(id), "{written}");
        }
    }

    #[test]
    fn a_token_proves_nothing_elsewhere() {
        let (account_id, id) = (AccountId::random(), ConversationId::random());
        let token = token_in(&made(account_id, id)).unwrap();
        assert_eq!(token.conversation(b"another key", account_id), None);
        assert_eq!(token.conversation(KEY, AccountId::random()), None);
        let other = Token {
            claimed: ConversationId::random(),
            ..token
        };
        assert_eq!(other.conversation(KEY, account_id), None);
    }

    #[test]
    fn every_change_of_a_letter_is_seen() {
        let (account_id, id) = (AccountId::random(), ConversationId::random());
        let text = Token::sign(KEY, account_id, id).text();
        for at in 0..TOKEN_LENGTH {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'a' { b'b' } else { b'a' };
            let changed = String::from_utf8(changed).unwrap();
            let proven = Token::parse(&changed).and_then(|it| it.conversation(KEY, account_id));
            assert_eq!(proven, None, "{at}");
        }
    }

    #[test]
    fn a_whole_domain_may_take_answers_and_a_long_name_has_no_room() {
        let (account_id, id) = (AccountId::random(), ConversationId::random());
        let token = Token::sign(KEY, account_id, id);
        let caught = format!("c-{}@reply.example.com", token.text());
        assert_eq!(token_in(&caught), Some(token));
        let long = "customer-care-department@example.com";
        assert_eq!(address_with(long, &token), None);
    }

    proptest! {
        #[test]
        fn no_address_is_too_odd(address in ".{0,80}") {
            let _ = token_in(&address);
        }
    }
}
