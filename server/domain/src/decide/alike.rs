//! Whether two customers may be one person. It is only said: an agent decides.

use crate::Customer;

/// Why two customers may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    Address,
    Number,
    /// The same name at the same company.
    Name,
}

impl Likeness {
    /// In words for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Address => "the same address",
            Self::Number => "the same number",
            Self::Name => "the same name at the same company",
        }
    }
}

/// The best reason to think so, if there is any. A name alone is none: people share names.
#[must_use]
pub fn alike(one: &Customer, other: &Customer) -> Option<Likeness> {
    let is_same = |a: Option<&String>, b: Option<&String>, plain: fn(&str) -> String| {
        let plain = |text: Option<&String>| text.map(|it| plain(it)).filter(|it| !it.is_empty());
        plain(a).is_some_and(|a| Some(a) == plain(b))
    };
    let lower = |text: &str| text.trim().to_lowercase();
    if is_same(one.email.as_ref(), other.email.as_ref(), lower) {
        Some(Likeness::Address)
    } else if is_same(one.phone.as_ref(), other.phone.as_ref(), digits) {
        Some(Likeness::Number)
    } else if one.company_id.is_some()
        && one.company_id == other.company_id
        && is_same(one.name.as_ref(), other.name.as_ref(), lower)
    {
        Some(Likeness::Name)
    } else {
        None
    }
}

/// A number without what people write between its digits.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccountId, CompanyId, CustomerId, Timestamp};

    fn customer(email: &str, phone: &str, name: &str, company: Option<CompanyId>) -> Customer {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Customer {
            email: some(email),
            phone: some(phone),
            name: some(name),
            company_id: company,
            ..Customer::new(
                CustomerId::random(),
                AccountId::random(),
                Timestamp::from_seconds(0),
            )
        }
    }

    #[test]
    fn an_address_or_a_number_says_it_and_a_name_only_at_one_company() {
        let acme = Some(CompanyId::random());
        let ada = customer("Ada@x.test", "+1 555-0100", "Ada", acme);
        let by_mail = customer("ada@x.test", "", "A. L.", None);
        let by_phone = customer("", "+15550100", "", None);
        let by_name = customer("", "", "ada", acme);
        let stranger = customer("", "", "Ada", None);
        assert_eq!(alike(&ada, &by_mail), Some(Likeness::Address));
        assert_eq!(alike(&ada, &by_phone), Some(Likeness::Number));
        assert_eq!(alike(&ada, &by_name), Some(Likeness::Name));
        assert_eq!(alike(&ada, &stranger), None);
        let nobody = customer("", "", "", None);
        assert_eq!(alike(&nobody, &nobody), None);
    }
}
