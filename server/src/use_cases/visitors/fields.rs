//! The fields of a customer that a visitor's page may set.

use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::{Customer, Timestamp};

/// What a page said of its visitor, beside who it claims the visitor to be. The texts have been
/// cleaned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) name: Field<String>,
    pub(crate) phone: Field<String>,
    pub(crate) profile_photo_url: Field<String>,
    pub(crate) host: Field<String>,
    pub(crate) pathname: Field<String>,
    pub(crate) current_url: Field<String>,
    pub(crate) browser: Field<String>,
    pub(crate) os: Field<String>,
    pub(crate) time_zone: Field<String>,
    pub(crate) metadata: Field<Json>,
    pub(crate) first_seen: Option<Timestamp>,
    pub(crate) ip: Option<String>,
}

impl Said {
    /// Writes what was said into the customer, who was seen just now.
    pub(super) fn put(self, customer: &mut Customer, now: Timestamp) {
        put(&mut customer.name, self.name);
        put(&mut customer.phone, self.phone);
        put(&mut customer.profile_photo_url, self.profile_photo_url);
        put(&mut customer.host, self.host);
        put(&mut customer.pathname, self.pathname);
        put(&mut customer.current_url, self.current_url);
        put(&mut customer.browser, self.browser);
        put(&mut customer.os, self.os);
        put(&mut customer.time_zone, self.time_zone);
        put(&mut customer.metadata, self.metadata);
        customer.ip = self.ip.or(customer.ip.take());
        customer.last_seen_at = now;
    }
}

/// Writes one field.
pub(super) fn put<T>(place: &mut Option<T>, field: Field<T>) {
    match field {
        Field::Keep => {}
        Field::Clear => *place = None,
        Field::Set(value) => *place = Some(value),
    }
}
