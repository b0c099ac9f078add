//! Who a visitor claims to be, and whether the site has signed for it.
//!
//! A site that knows its visitors signs their external id (their address where it has none) with
//! the inbox's secret. Proven customers are found again by that; unproven ones share nothing with
//! them, whatever they claim.

use crate::failure::{Failure, Outcome};
use crate::use_cases::inboxes::secret_home;
use crate::vault::{Secret, Vault};
use frontdesk_connectors::verify::identity_is_signed;
use frontdesk_db::queries::{customers, inboxes};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::account::Inbox;
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, Actor, Customer, IdentityKind, InboxId, Refusal};

/// Who a page says its visitor is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claim {
    pub(crate) external_id: Field<String>,
    pub(crate) email: Field<String>,
    /// Empty is the same as none.
    pub(crate) signature: Option<String>,
}

/// Who speaks for the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The visitor's page: anybody.
    Page,
    /// An agent of the account, who needs no signature and proves nothing by that.
    Agent,
}

/// The inbox by which a visitor comes in.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    account_id: AccountId,
    inbox: Option<Inbox>,
    caller: Caller,
    vault: Vault,
}

/// What a signature proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    Nothing,
    /// The visitor is whom the site knows by this external id.
    ExternalId(String),
    /// The visitor is whom the site knows by this address.
    Email(String),
}

impl Claim {
    /// Whether there is a signature, right or wrong.
    pub(super) fn is_signed(&self) -> bool {
        self.signature.as_ref().is_some_and(|it| !it.is_empty())
    }
}

impl Door {
    /// The named inbox of the account, or its primary one.
    pub(crate) fn find(
        conn: &mut dyn Conn,
        account_id: AccountId,
        inbox_id: Option<InboxId>,
        caller: Caller,
        vault: &Vault,
    ) -> Outcome<Self> {
        let inbox = match inbox_id {
            None => inboxes::primary(conn, account_id)?,
            Some(id) => {
                let found = inboxes::by_id(conn, account_id, id)?;
                Some(found.ok_or(Refusal::missing("inbox_id"))?)
            }
        };
        Ok(Self {
            account_id,
            inbox,
            caller,
            vault: vault.clone(),
        })
    }

    /// What the claim's signature proves. A wrong one is refused, and so is a claim without one
    /// where the inbox wants them.
    pub(crate) fn check(&self, conn: &mut dyn Conn, claim: &Claim) -> Outcome<Proof> {
        let signature = claim.signature.as_deref().filter(|it| !it.is_empty());
        let Some(signature) = signature else {
            return self.unsigned(claim);
        };
        let (text, proof) = match (&claim.external_id, &claim.email) {
            (Field::Set(id), _) => (id, Proof::ExternalId(id.clone())),
            (_, Field::Set(email)) => (email, Proof::Email(email.clone())),
            _ => return Err(Failure::WrongSignature),
        };
        let secret = self.secret(conn)?;
        let fits =
            secret.is_some_and(|secret| identity_is_signed(secret.reveal(), text, signature));
        if fits {
            Ok(proof)
        } else {
            Err(Failure::WrongSignature)
        }
    }

    fn secret(&self, conn: &mut dyn Conn) -> Outcome<Option<Secret>> {
        let Some(inbox) = &self.inbox else {
            return Ok(None);
        };
        let Some(sealed) = inboxes::identity_secret(conn, self.account_id, inbox.id)? else {
            return Ok(None);
        };
        let home = secret_home(self.account_id, inbox.id);
        Ok(Some(self.vault.open(&home, &sealed)?))
    }

    fn unsigned(&self, claim: &Claim) -> Outcome<Proof> {
        let wanted = self.inbox.as_ref().is_some_and(|it| it.identity_required);
        let claims =
            matches!(claim.external_id, Field::Set(_)) || matches!(claim.email, Field::Set(_));
        if wanted && claims && self.caller == Caller::Page {
            Err(Failure::Unsigned)
        } else {
            Ok(Proof::Nothing)
        }
    }
}

/// Whether a conversation may begin in this inbox. Where identities must be signed, a visitor who
/// claimed one elsewhere without a signature stays outside: agents would believe the name.
pub(crate) fn may_enter(actor: &Actor, inbox: Option<&Inbox>, customer: &Customer) -> bool {
    let wanted = inbox.is_some_and(|it| it.identity_required);
    let claims = customer.external_id.is_some() || customer.email.is_some();
    actor.customer_id().is_none() || !wanted || !claims || customer.verified
}

impl Proof {
    /// The customer who was proven to be this before, the newest if there are several.
    pub(super) fn known(
        &self,
        conn: &mut dyn Conn,
        account_id: AccountId,
    ) -> Outcome<Option<Customer>> {
        let found = match self {
            Self::Nothing => None,
            Self::ExternalId(id) => customers::proven_by_external_id(conn, account_id, id)?,
            Self::Email(email) => customers::proven_by_email(conn, account_id, email)?,
        };
        Ok(found)
    }

    /// Notes by what the customer can be recognised from now on.
    pub(super) fn remember(&self, unit: &mut Unit<'_>, customer: &Customer) -> Outcome<()> {
        let (kind, value) = match self {
            Self::Nothing => return Ok(()),
            Self::ExternalId(id) => (IdentityKind::External, id),
            Self::Email(email) => (IdentityKind::Email, email),
        };
        customers::add_identity(unit, customer.account_id, customer.id, kind, value)?;
        Ok(())
    }
}
