//! Lists of kept views: found by a search, in an order of their own.

use super::*;
use frontdesk_inbox::Sort;
use frontdesk_inbox::kept::{Asked, Counted, Grouping};

fn asked(query: &str, sort: Sort, grouping: Grouping) -> Asked {
    Asked {
        query: query.to_owned(),
        sort,
        grouping,
    }
}

fn ids(bed: &Bed, asked: &Asked, at: (Place, Direction), limit: usize) -> Vec<ConversationId> {
    let (page, _) = bed.desk.kept_page(asked, None, at, limit).unwrap();
    page.rows.iter().map(Row::id).collect()
}

#[test]
fn pages_of_a_search_follow_each_other() {
    let mut account = Account::new();
    let made: Vec<_> = (0..10)
        .map(|n| account.begins(&format!("Invoice {n}"), "please look"))
        .collect();
    account.close(made[4]);
    let bed = Bed::with(&account);
    let oldest = asked("status:open", Sort::Oldest, Grouping::None);
    let open: Vec<_> = made.iter().copied().filter(|id| *id != made[4]).collect();
    assert_eq!(ids(&bed, &oldest, (Place::Top, Direction::Below), 50), open);
    let first = ids(&bed, &oldest, (Place::Top, Direction::Below), 4);
    assert_eq!(first, open[..4]);
    let next = (Place::At(open[3]), Direction::Below);
    assert_eq!(ids(&bed, &oldest, next, 4), open[4..8]);
    let before = (Place::At(open[4]), Direction::Above);
    assert_eq!(ids(&bed, &oldest, before, 3), open[1..4]);
    let around = (Place::At(open[8]), Direction::Around);
    assert_eq!(ids(&bed, &oldest, around, 4), open[5..]);
    assert_eq!(
        ids(&bed, &oldest, (Place::Bottom, Direction::Above), 2),
        open[7..]
    );
    let newest = asked("status:open", Sort::Newest, Grouping::None);
    let top = ids(&bed, &newest, (Place::Top, Direction::Below), 1);
    assert_eq!(top, open[8..]);
    assert_eq!(
        bed.desk.kept_count("status:open", None).unwrap(),
        Counted::Exactly(9)
    );
    assert_eq!(
        bed.desk.kept_count("invoice", None).unwrap(),
        Counted::Exactly(10)
    );
}

#[test]
fn all_of_a_customer_stands_where_the_first_of_it_stands() {
    let mut account = Account::new();
    let made: Vec<_> = (0..5)
        .map(|n| account.begins(&format!("Invoice {n}"), "please look"))
        .collect();
    let one = account.threads[&made[0]].conversation.customer_id;
    account.changes(made[3], |it| it.conversation.customer_id = one);
    let bed = Bed::with(&account);
    let grouped = asked("status:open", Sort::Newest, Grouping::ByCustomer);
    let found = ids(&bed, &grouped, (Place::Top, Direction::Below), 10);
    let place = |n: usize| found.iter().position(|id| *id == made[n]).unwrap();
    assert_eq!(place(0).abs_diff(place(3)), 1, "{found:?}");
    let (page, _) = bed
        .desk
        .kept_page(&grouped, None, (Place::Top, Direction::Below), 2)
        .unwrap();
    assert!(page.has_after && !page.has_before);
}
