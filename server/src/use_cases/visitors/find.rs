//! A page asks which customer its visitor is.

use super::{Claim, Door, Proof};
use crate::failure::Outcome;
use frontdesk_db::Conn;
use frontdesk_db::queries::customers::{self, Unproven};
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, CustomerId};

/// The newest customer who fits. Whoever is proven is told to the proven only, and the proven are
/// told of nobody who only claims to be them: that could be anybody's customer.
pub(crate) fn find(
    conn: &mut dyn Conn,
    account_id: AccountId,
    door: &Door,
    claim: &Claim,
    host: Option<String>,
) -> Outcome<Option<CustomerId>> {
    let proof = door.check(conn, claim)?;
    if proof != Proof::Nothing {
        return Ok(proof.known(conn, account_id)?.map(|known| known.id));
    }
    let Field::Set(external_id) = claim.external_id.clone() else {
        return Ok(None);
    };
    let email = match &claim.email {
        Field::Set(email) => Some(email.clone()),
        Field::Keep | Field::Clear => None,
    };
    let wanted = Unproven {
        external_id,
        email,
        host,
    };
    Ok(customers::unproven(conn, account_id, &wanted)?)
}
