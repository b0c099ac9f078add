//! Conversations that an agent begins, as calls.

use super::{Api, ApiError, Call};
use frontdesk_inbox::outbound::{Address, Outbound, Whom};
use frontdesk_protocol::entity::{Conversation, Customer, CustomerFull, Data, NumberedPage};
use frontdesk_protocol::id::{CustomerId, FileId};
use serde_json::{Value, json};

impl Api {
    /// Who has this address, if anybody is known by it.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn customer_at(
        &mut self,
        address: &Address,
    ) -> Result<Option<CustomerFull>, ApiError> {
        let (field, text) = named(address);
        let query = [(field, text.to_owned()), ("limit", "1".to_owned())];
        let found: NumberedPage<CustomerFull> = self.get("/api/v1/customers", &query).await?;
        Ok(found.data.into_iter().next())
    }

    /// Begins a conversation, with its first message where there is one and the files of that. Under one `key` it is
    /// begun once.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses it.
    pub async fn begin(
        &mut self,
        outbound: &Outbound,
        text: Option<&str>,
        files: &[FileId],
        key: &str,
    ) -> Result<Conversation, ApiError> {
        let customer_id = match &outbound.to {
            Whom::Known(id) => *id,
            Whom::At(address) => self.customer_for(address, key).await?,
        };
        let mut conversation = json!({
            "customer_id": customer_id, "source": outbound.source,
            "inbox_id": outbound.inbox, "subject": outbound.subject,
        });
        if let Some(text) = text {
            conversation["message"] = json!({ "body": text });
            if !files.is_empty() {
                conversation["message"]["file_ids"] = json!(files);
            }
        }
        let body = json!({ "conversation": conversation });
        let call = Call::post("/api/v1/conversations", body).with_key(key);
        let answer: Data<Conversation> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Who has the address, or a new customer who does.
    async fn customer_for(&mut self, address: &Address, key: &str) -> Result<CustomerId, ApiError> {
        if let Some(known) = self.customer_at(address).await? {
            return Ok(known.id);
        }
        let (field, text) = named(address);
        let customer: Value = json!({ "name": text, field: text });
        let call = Call::post("/api/v1/customers", json!({ "customer": customer }))
            .with_key(&format!("{key}-customer"));
        let answer: Data<Customer> = self.call(&call).await?.read()?;
        Ok(answer.data.id)
    }
}

fn named(address: &Address) -> (&'static str, &str) {
    match address {
        Address::Email(text) => ("email", text),
        Address::Phone(text) => ("phone", text),
    }
}
