//! The address that answers to a conversation go to.

use crate::vault::Vault;
use frontdesk_connectors::email::thread::{Token, address_with, token_in};
use frontdesk_domain::{AccountId, ConversationId};

/// What the keys are for: the vault gives each purpose its own.
const PURPOSE: &str = "reply tokens";

/// An address of ours with a conversation's token in it; the plain one where it has no room.
pub(crate) fn reply_address(
    vault: &Vault,
    account_id: AccountId,
    id: ConversationId,
    address: &str,
) -> String {
    let key = vault.newest_key_for(PURPOSE);
    let token = Token::sign(key.reveal(), account_id, id);
    address_with(address, &token).unwrap_or_else(|| address.to_owned())
}

/// The conversation whose token is in one of these addresses. A token of an older key holds while
/// that key is there.
pub(super) fn conversation<'a>(
    vault: &Vault,
    account_id: AccountId,
    addresses: impl Iterator<Item = &'a str>,
) -> Option<ConversationId> {
    addresses.filter_map(token_in).find_map(|token| {
        vault
            .keys_for(PURPOSE)
            .find_map(|key| token.conversation(key.reveal(), account_id))
    })
}
