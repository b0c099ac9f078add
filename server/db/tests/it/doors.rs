//! What lets somebody in: API keys, invitations, shared links.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{
    assert_dangling, assert_taken, conversation, customer, hard_texts, neighbour, read, write,
};
use frontdesk_db::queries::shares::{self, Link};
use frontdesk_db::queries::{api_keys, invitations};
use frontdesk_domain::key::{ApiKey, Invitation, Share};
use frontdesk_domain::{ApiKeyId, ConversationId, InvitationId, KeyScope, Role, Timestamp, UserId};

fn key(bed: &Bed) -> ApiKey {
    ApiKey {
        id: ApiKeyId::random(),
        account_id: bed.account.id,
        user_id: bed.user.id,
        label: "backup".to_owned(),
        scope: KeyScope::Read,
        hint: "x7Qa".to_owned(),
        expires_at: None,
        last_used_at: None,
        created_at: START,
    }
}

#[test]
fn a_key_opens_until_it_expires() {
    on_each_engine(|bed| async move {
        let end = START.plus_seconds(60);
        let (forever, short) = (
            key(&bed),
            ApiKey {
                expires_at: Some(end),
                ..key(&bed)
            },
        );
        let stored = (forever.clone(), short.clone());
        write(&bed, move |unit| {
            api_keys::insert(unit, &stored.0, &[1; 32])?;
            api_keys::insert(unit, &stored.1, &[2; 32])
        })
        .await
        .unwrap();
        let open =
            async |hash, now| read(&bed, move |conn| api_keys::by_hash(conn, &hash, now)).await;
        let far = Timestamp(i64::MAX);
        assert_eq!(open([1; 32], far).await, Some((forever, bed.user.clone())));
        assert_eq!(open([2; 32], START).await, Some((short, bed.user.clone())));
        assert_eq!(open([2; 32], end).await, None);
        assert_eq!(open([3; 32], START).await, None);
    });
}

#[test]
fn a_key_belongs_to_a_user_of_its_account() {
    on_each_engine(|bed| async move {
        let (theirs, eve) = neighbour(&bed).await;
        for (account_id, user_id) in [
            (bed.account.id, eve.id),
            (theirs.id, bed.user.id),
            (bed.account.id, UserId(i64::MAX)),
        ] {
            let row = ApiKey {
                account_id,
                user_id,
                ..key(&bed)
            };
            let refused = write(&bed, move |unit| api_keys::insert(unit, &row, &[1; 32]));
            assert_dangling(&refused.await);
        }
        let (first, second) = (key(&bed), key(&bed));
        let refused = write(&bed, move |unit| {
            api_keys::insert(unit, &first, &[1; 32])?;
            api_keys::insert(unit, &second, &[1; 32])
        });
        assert_taken(&refused.await);
    });
}

#[test]
fn keys_are_listed_and_deleted_by_their_owner() {
    on_each_engine(|bed| async move {
        let ((theirs, eve), mine, ada) = (neighbour(&bed).await, bed.account.id, bed.user.id);
        for (number, label) in (1u8..).zip(hard_texts()) {
            let row = ApiKey { label, ..key(&bed) };
            let (id, stored) = (row.id, row.clone());
            write(&bed, move |unit| {
                api_keys::insert(unit, &stored, &[number; 32])
            })
            .await
            .unwrap();
            let look = async |account, user| {
                read(&bed, move |conn| {
                    Ok((
                        api_keys::by_id(conn, account, id)?,
                        api_keys::of_user(conn, account, user)?,
                    ))
                })
                .await
            };
            assert_eq!(look(mine, ada).await, (Some(row.clone()), vec![row]));
            assert_eq!(look(theirs.id, ada).await, (None, Vec::new()));
            let rows = write(&bed, move |unit| {
                Ok((
                    api_keys::delete(unit, theirs.id, ada, id)?,
                    api_keys::delete(unit, mine, eve.id, id)?,
                    api_keys::delete(unit, mine, ada, id)?,
                ))
            });
            assert_eq!(rows.await.unwrap(), (0, 0, 1));
            assert_eq!(look(mine, ada).await, (None, Vec::new()));
        }
    });
}

#[test]
fn the_use_of_a_key_is_noted_once_a_minute() {
    on_each_engine(|bed| async move {
        let row = key(&bed);
        let id = row.id;
        write(&bed, move |unit| api_keys::insert(unit, &row, &[1; 32]))
            .await
            .unwrap();
        let touch = async || {
            write(&bed, move |unit| api_keys::touch(unit, id))
                .await
                .unwrap()
        };
        assert!(touch().await);
        bed.clock.advance_seconds(59);
        assert!(!touch().await);
        bed.clock.advance_seconds(1);
        assert!(touch().await);
        let account_id = bed.account.id;
        let found = read(&bed, move |conn| api_keys::by_id(conn, account_id, id)).await;
        assert_eq!(found.unwrap().last_used_at, Some(START.plus_seconds(60)));
    });
}

#[test]
fn an_invitation_works_once_and_for_three_days() {
    on_each_engine(|bed| async move {
        let invitation = || Invitation {
            id: InvitationId::random(),
            account_id: bed.account.id,
            invited_by: bed.user.id,
            role: Role::Member,
            expires_at: START.plus_seconds(Invitation::LIFETIME_SECONDS),
            created_at: START,
        };
        let (used, late, again) = (invitation(), invitation(), invitation());
        let stored = (used.clone(), late.clone());
        write(&bed, move |unit| {
            invitations::insert(unit, &stored.0, &[1; 32])?;
            invitations::insert(unit, &stored.1, &[2; 32])
        })
        .await
        .unwrap();
        let taken = write(&bed, move |unit| {
            invitations::insert(unit, &again, &[1; 32])
        });
        assert_taken(&taken.await);
        let homeless = Invitation {
            account_id: frontdesk_domain::AccountId::random(),
            ..invitation()
        };
        let dangling = write(&bed, move |unit| {
            invitations::insert(unit, &homeless, &[3; 32])
        });
        assert_dangling(&dangling.await);

        let look = async |hash| {
            let now = bed.db.now();
            read(&bed, move |conn| invitations::by_token(conn, &hash, now)).await
        };
        let use_up = async |hash| {
            write(&bed, move |unit| invitations::use_up(unit, &hash))
                .await
                .unwrap()
        };
        assert_eq!(look([9; 32]).await, None);
        assert_eq!(look([1; 32]).await, Some(used.clone()));
        assert_eq!(use_up([1; 32]).await, Some(used));
        assert_eq!((look([1; 32]).await, use_up([1; 32]).await), (None, None));
        bed.clock.advance_seconds(Invitation::LIFETIME_SECONDS - 1);
        assert_eq!(look([2; 32]).await, Some(late));
        bed.clock.advance_seconds(1);
        assert_eq!((look([2; 32]).await, use_up([2; 32]).await), (None, None));
    });
}

#[test]
fn a_shared_link_ends() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let author = customer(&bed, mine).await;
        let (conversation_id, _) = conversation(&bed, &author).await;
        let share = Share {
            account_id: mine,
            conversation_id,
            expires_at: START.plus_seconds(60),
        };
        for refused in [
            Share {
                account_id: theirs.id,
                ..share.clone()
            },
            Share {
                conversation_id: ConversationId::random(),
                ..share.clone()
            },
        ] {
            let refused = write(&bed, move |unit| shares::insert(unit, &refused, &[1; 32]));
            assert_dangling(&refused.await);
        }
        let insert = async || {
            let stored = share.clone();
            write(&bed, move |unit| shares::insert(unit, &stored, &[1; 32])).await
        };
        insert().await.unwrap();
        assert_taken(&insert().await);
        let look = async |hash| {
            let now = bed.db.now();
            read(&bed, move |conn| shares::by_token(conn, &hash, now)).await
        };
        assert_eq!(look([2; 32]).await, None);
        assert_eq!(look([1; 32]).await, Some(Link::Alive(share.clone())));
        let prune = async || {
            let now = bed.db.now();
            write(&bed, move |unit| shares::prune(unit, now))
                .await
                .unwrap()
        };
        assert_eq!(prune().await, 0);
        bed.clock.advance_seconds(60);
        assert_eq!(look([1; 32]).await, Some(Link::Expired));
        assert_eq!(prune().await, 1);
        assert_eq!(look([1; 32]).await, None);
    });
}
