//! Customers under every filter and every pair of filters.

use crate::bed::{Bed, on_each_engine};
use crate::labels::{company, tag};
use crate::notes::issue;
use crate::people::{listed, named, typed};
use crate::rows::{customer, neighbour, write};
use frontdesk_db::queries::customers::{self, CustomerFilter, CustomerPage, Page};
use frontdesk_db::queries::{companies, issues, tags};
use frontdesk_domain::{Customer, IssueId, TagId};

/// One filter of each kind, all of which find the customer.
fn filters(row: &Customer, tag_id: TagId, issue_id: IssueId) -> Vec<CustomerFilter> {
    let any = CustomerFilter::default;
    let some = |text: &Option<String>| text.clone();
    vec![
        typed("milton"),
        typed("floor:B"),
        CustomerFilter {
            company_id: row.company_id,
            ..any()
        },
        CustomerFilter {
            external_id: some(&row.external_id),
            ..any()
        },
        CustomerFilter {
            name: some(&row.name),
            ..any()
        },
        CustomerFilter {
            email: some(&row.email),
            ..any()
        },
        CustomerFilter {
            phone: some(&row.phone),
            ..any()
        },
        CustomerFilter {
            host: some(&row.host),
            ..any()
        },
        CustomerFilter {
            tag_id: Some(tag_id),
            ..any()
        },
        CustomerFilter {
            tag_ids: vec![TagId::random(), tag_id],
            ..any()
        },
        CustomerFilter {
            issue_id: Some(issue_id),
            ..any()
        },
        CustomerFilter {
            known_only: true,
            ..any()
        },
    ]
}

/// A desk with one customer whom every filter finds, and the filters.
async fn findable(bed: &Bed) -> (Customer, Vec<CustomerFilter>) {
    let mine = bed.account.id;
    let (company, tag, issue) = (company(mine), tag(mine, "vip"), issue(mine));
    let row = Customer {
        company_id: Some(company.id),
        external_id: Some("17".to_owned()),
        phone: Some("+49".to_owned()),
        host: Some("shop.test".to_owned()),
        ..named(
            bed,
            "Milton",
            "milton@initech.test",
            Some(r#"{"floor":"B"}"#),
        )
    };
    let filters = filters(&row, tag.id, issue.id);
    let stored = row.clone();
    write(bed, move |unit| {
        companies::insert(unit, &company)?;
        tags::insert(unit, &tag)?;
        issues::insert(unit, &issue)?;
        customers::insert(unit, &stored)?;
        tags::attach_to_customer(unit, mine, stored.id, tag.id)?;
        issues::attach_to_customer(unit, mine, stored.id, issue.id)
    })
    .await
    .unwrap();
    (row, filters)
}

/// Both filters at once; where both have a text, both texts.
fn both(one: &CustomerFilter, two: &CustomerFilter) -> CustomerFilter {
    let text = match (one.text.as_deref(), two.text.as_deref()) {
        (Some(one), Some(two)) => Some(format!("{one} {two}")),
        (one, two) => one.or(two).map(str::to_owned),
    };
    let pick = |one: &Option<String>, two: &Option<String>| one.clone().or_else(|| two.clone());
    CustomerFilter {
        text,
        company_id: one.company_id.or(two.company_id),
        external_id: pick(&one.external_id, &two.external_id),
        name: pick(&one.name, &two.name),
        email: pick(&one.email, &two.email),
        phone: pick(&one.phone, &two.phone),
        host: pick(&one.host, &two.host),
        tag_id: one.tag_id.or(two.tag_id),
        tag_ids: [one.tag_ids.clone(), two.tag_ids.clone()].concat(),
        issue_id: one.issue_id.or(two.issue_id),
        known_only: one.known_only || two.known_only,
    }
}

#[test]
fn customers_are_found_by_every_filter_and_every_pair() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (row, filters) = findable(&bed).await;
        customer(&bed, mine).await;
        customer(&bed, theirs.id).await;
        let page = Page {
            number: 1,
            size: 10,
        };
        for one in &filters {
            for two in &filters {
                let filter = both(one, two);
                let found = listed(&bed, mine, filter.clone(), page).await;
                let expected = CustomerPage {
                    customers: vec![row.clone()],
                    total: 1,
                };
                assert_eq!(found, expected, "{filter:?}");
                let foreign = listed(&bed, theirs.id, filter, page).await;
                assert_eq!((foreign.customers, foreign.total), (Vec::new(), 0));
            }
        }
        let everybody = listed(&bed, mine, CustomerFilter::default(), page).await;
        assert_eq!(everybody.total, 2);
    });
}
