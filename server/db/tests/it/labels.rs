//! Tags, canned responses, companies and teams.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{
    Rows, assert_dangling, assert_taken, conversation, customer, neighbour, read, write,
};
use frontdesk_db::queries::{canned_responses, companies, tags, teams};
use frontdesk_db::{DbError, write as decisions};
use frontdesk_domain::account::Team;
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::company::Company;
use frontdesk_domain::json::Json;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{
    AccountId, Actor, CannedResponseId, Change, CompanyId, CustomerId, Decision, TagId, TeamId,
    UserId,
};

pub(crate) fn tag(account_id: AccountId, name: &str) -> Tag {
    Tag {
        id: TagId::random(),
        account_id,
        name: name.to_owned(),
        description: None,
        color: Some("blue".to_owned()),
        created_at: START,
        updated_at: START,
    }
}

fn team(account_id: AccountId, name: &str) -> Team {
    Team {
        id: TeamId::random(),
        account_id,
        name: name.to_owned(),
        created_at: START,
        updated_at: START,
    }
}

async fn stored_tag(bed: &Bed, account_id: AccountId, name: &str) -> Tag {
    let tag = tag(account_id, name);
    let stored = tag.clone();
    write(bed, move |unit| tags::insert(unit, &stored))
        .await
        .unwrap();
    tag
}

async fn stored_team(bed: &Bed, account_id: AccountId, name: &str) -> Team {
    let team = team(account_id, name);
    let stored = team.clone();
    write(bed, move |unit| teams::insert(unit, &stored))
        .await
        .unwrap();
    team
}

#[test]
fn tags_are_kept() {
    on_each_engine(|bed| async move {
        let row = tag(bed.account.id, "vip");
        let rows = Rows {
            insert: tags::insert,
            update: tags::update,
            delete: tags::delete,
            by_id: tags::by_id,
            of_account: tags::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Tag {
            account_id,
            description: Some(text),
            color: None,
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn a_tags_name_is_unique_within_its_account() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let first = stored_tag(&bed, mine, "vip").await;
        stored_tag(&bed, theirs.id, "vip").await;
        let again = tag(mine, "vip");
        assert_taken(&write(&bed, move |unit| tags::insert(unit, &again)).await);
        let other = stored_tag(&bed, mine, "late").await;
        let renamed = Tag {
            name: first.name,
            ..other
        };
        assert_taken(&write(&bed, move |unit| tags::update(unit, &renamed)).await);
    });
}

#[test]
fn tags_are_attached_to_customers_within_the_wall() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (own, foreign) = (customer(&bed, mine).await, customer(&bed, theirs.id).await);
        let vip = stored_tag(&bed, mine, "vip").await;
        let spy = stored_tag(&bed, theirs.id, "spy").await;
        for _ in 0..2 {
            write(&bed, move |unit| {
                tags::attach_to_customer(unit, mine, own.id, vip.id)
            })
            .await
            .unwrap();
        }
        for (account, customer, tag) in [
            (mine, own.id, spy.id),
            (mine, foreign.id, vip.id),
            (theirs.id, own.id, vip.id),
            (mine, CustomerId::random(), vip.id),
            (mine, own.id, TagId::random()),
        ] {
            let refused = write(&bed, move |unit| {
                tags::attach_to_customer(unit, account, customer, tag)
            });
            assert_dangling(&refused.await);
        }
        let of =
            async |account| read(&bed, move |conn| tags::of_customer(conn, account, own.id)).await;
        assert_eq!(of(mine).await, std::slice::from_ref(&vip));
        assert_eq!(of(theirs.id).await, []);
        let detach = async |account| {
            write(&bed, move |unit| {
                tags::detach_from_customer(unit, account, own.id, vip.id)
            })
            .await
            .unwrap()
        };
        assert_eq!(detach(theirs.id).await, 0);
        assert_eq!(detach(mine).await, 1);
        assert_eq!(of(mine).await, []);
    });
}

#[test]
fn a_conversation_shows_its_tags_in_full() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let author = customer(&bed, mine).await;
        let (id, _) = conversation(&bed, &author).await;
        let vip = stored_tag(&bed, mine, "vip").await;
        let tag_id = vip.id;
        write(&bed, move |unit| {
            let decision = Decision {
                changes: vec![Change::TagConversation {
                    conversation_id: id,
                    tag_id,
                }],
                events: Vec::new(),
            };
            decisions::apply(unit, &Actor::system(mine), decision)
        })
        .await
        .unwrap();
        let of =
            async |account| read(&bed, move |conn| tags::of_conversation(conn, account, id)).await;
        assert_eq!(of(mine).await, [vip]);
        assert_eq!(of(theirs.id).await, []);
        write(&bed, move |unit| tags::delete(unit, mine, tag_id))
            .await
            .unwrap();
        assert_eq!(of(mine).await, []);
    });
}

#[test]
fn canned_responses_are_kept() {
    on_each_engine(|bed| async move {
        let row = CannedResponse {
            id: CannedResponseId::random(),
            account_id: bed.account.id,
            name: "/thanks".to_owned(),
            content: "Thank you!".to_owned(),
            created_at: START,
            updated_at: START,
        };
        let again = CannedResponse {
            id: CannedResponseId::random(),
            ..row.clone()
        };
        let first = row.clone();
        let refused = write(&bed, move |unit| {
            canned_responses::insert(unit, &first)?;
            canned_responses::insert(unit, &again)
        });
        assert_taken(&refused.await);
        let rows = Rows {
            insert: canned_responses::insert,
            update: canned_responses::update,
            delete: canned_responses::delete,
            by_id: canned_responses::by_id,
            of_account: canned_responses::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| CannedResponse {
            account_id,
            content: text,
            ..row.clone()
        })
        .await;
    });
}

pub(crate) fn company(account_id: AccountId) -> Company {
    Company {
        id: CompanyId::random(),
        account_id,
        name: "Initech".to_owned(),
        external_id: Some("17".to_owned()),
        website_url: None,
        description: None,
        logo_image_url: None,
        industry: None,
        slack_channel_id: None,
        slack_channel_name: None,
        slack_team_id: None,
        slack_team_name: None,
        metadata: Some(Json(r#"{"plan":"pro"}"#.to_owned())),
        created_at: START,
        updated_at: START,
    }
}

#[test]
fn companies_are_kept() {
    on_each_engine(|bed| async move {
        let row = company(bed.account.id);
        let rows = Rows {
            insert: companies::insert,
            update: companies::update,
            delete: companies::delete,
            by_id: companies::by_id,
            of_account: companies::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Company {
            account_id,
            name: text.clone(),
            external_id: None,
            website_url: Some(text.clone()),
            description: Some(text.clone()),
            logo_image_url: Some(text.clone()),
            industry: Some(text.clone()),
            slack_channel_id: Some(text.clone()),
            slack_channel_name: Some(text.clone()),
            slack_team_id: Some(text.clone()),
            slack_team_name: Some(text),
            metadata: None,
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn a_customer_outlives_the_company() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let (row, mut member) = (company(mine), customer(&bed, mine).await);
        member.company_id = Some(row.id);
        let (id, stored) = (row.id, member.clone());
        write(&bed, move |unit| {
            companies::insert(unit, &row)?;
            frontdesk_db::queries::customers::update(unit, &stored)?;
            companies::delete(unit, mine, id)
        })
        .await
        .unwrap();
        let found = read(&bed, move |conn| {
            frontdesk_db::queries::customers::by_id(conn, mine, member.id)
        });
        assert_eq!(found.await.unwrap().company_id, None);
    });
}

#[test]
fn teams_are_kept() {
    on_each_engine(|bed| async move {
        let row = team(bed.account.id, "Berlin");
        let rows = Rows {
            insert: teams::insert,
            update: teams::update,
            delete: teams::delete,
            by_id: teams::by_id,
            of_account: teams::of_account,
        };
        // A name is part of an index, whose entries have a size; the front bounds it.
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Team {
            account_id,
            name: text.chars().take(200).collect(),
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn a_teams_name_is_unique_within_its_account() {
    on_each_engine(|bed| async move {
        let (theirs, _) = neighbour(&bed).await;
        stored_team(&bed, bed.account.id, "Berlin").await;
        stored_team(&bed, theirs.id, "Berlin").await;
        let again = team(bed.account.id, "Berlin");
        assert_taken(&write(&bed, move |unit| teams::insert(unit, &again)).await);
    });
}

#[test]
fn teams_have_members_of_their_own_account() {
    on_each_engine(|bed| async move {
        let ((theirs, eve), mine, ada) = (neighbour(&bed).await, bed.account.id, bed.user.id);
        let berlin = stored_team(&bed, mine, "Berlin").await;
        let id = berlin.id;
        let add = async |account, user| {
            write(&bed, move |unit| teams::add_member(unit, account, id, user)).await
        };
        add(mine, ada).await.unwrap();
        add(mine, ada).await.unwrap();
        for (account, user) in [
            (mine, eve.id),
            (theirs.id, eve.id),
            (mine, UserId(i64::MAX)),
        ] {
            assert_dangling(&add(account, user).await);
        }
        let look = async |account| {
            read(&bed, move |conn| {
                Ok::<_, DbError>((
                    teams::members(conn, account, id)?,
                    teams::of_user(conn, account, ada)?,
                ))
            })
            .await
        };
        assert_eq!(look(mine).await, (vec![ada], vec![berlin]));
        assert_eq!(look(theirs.id).await, (Vec::new(), Vec::new()));
        let remove = async |account| {
            write(&bed, move |unit| {
                teams::remove_member(unit, account, id, ada)
            })
            .await
            .unwrap()
        };
        assert_eq!(remove(theirs.id).await, 0);
        assert_eq!(remove(mine).await, 1);
        assert_eq!(look(mine).await, (Vec::new(), Vec::new()));
    });
}
