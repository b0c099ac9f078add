//! What entries of knowledge mean: kept for what they say now, measured for their own account alone.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{neighbour, read, write};
use frontdesk_db::queries::{knowledge, knowledge_vectors};
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::{AccountId, Audience, KnowledgeId, KnowledgeState, Timestamp};

const MODEL: &str = "meaning-small";

fn entry(account_id: AccountId, title: &str, state: KnowledgeState) -> Entry {
    Entry {
        id: KnowledgeId::random(),
        account_id,
        source_id: None,
        path: None,
        title: title.to_owned(),
        body: "Five days.".to_owned(),
        audience: Audience::Public,
        state,
        conversation_id: None,
        decided_by: None,
        created_at: START,
        updated_at: START,
    }
}

async fn kept(bed: &Bed, entry: &Entry) -> Entry {
    let it = entry.clone();
    write(bed, move |unit| knowledge::insert(unit, &it))
        .await
        .unwrap();
    entry.clone()
}

async fn missing(bed: &Bed, account_id: AccountId, model: &'static str) -> Vec<KnowledgeId> {
    let found = read(bed, move |conn| {
        knowledge_vectors::missing(conn, account_id, model, 10)
    });
    found.await.into_iter().map(|it| it.id).collect()
}

async fn keeps(bed: &Bed, entry: &Entry, model: &'static str, vector: [u8; 2]) -> bool {
    let it = entry.clone();
    let kept = write(bed, move |unit| {
        knowledge_vectors::keep(unit, &it, model, &vector)
    });
    kept.await.unwrap()
}

async fn measured(
    bed: &Bed,
    account_id: AccountId,
    model: &'static str,
) -> Vec<(KnowledgeId, f64)> {
    read(bed, move |conn| {
        let first = |kept: &[u8]| f64::from(kept[0]);
        knowledge_vectors::measured(conn, account_id, model, &first)
    })
    .await
}

#[test]
fn what_is_asked_about_is_new_changed_or_unknown_to_this_model() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let refunds = kept(&bed, &entry(mine, "Refunds", KnowledgeState::Active)).await;
        kept(&bed, &entry(mine, "A guess", KnowledgeState::Proposed)).await;
        assert_eq!(missing(&bed, mine, MODEL).await, [refunds.id]);
        assert!(keeps(&bed, &refunds, MODEL, [7, 0]).await);
        assert_eq!(missing(&bed, mine, MODEL).await, []);
        assert_eq!(missing(&bed, mine, "other").await, [refunds.id]);

        let changed = Entry {
            body: "Ten days.".to_owned(),
            updated_at: Timestamp(START.0 + 1),
            ..refunds.clone()
        };
        let it = changed.clone();
        write(&bed, move |unit| knowledge::update(unit, &it))
            .await
            .unwrap();
        assert_eq!(missing(&bed, mine, MODEL).await, [refunds.id]);
        // An answer about what it said before comes too late.
        assert!(!keeps(&bed, &refunds, MODEL, [8, 0]).await);
        assert!(keeps(&bed, &changed, MODEL, [9, 0]).await);
        assert!(keeps(&bed, &changed, "other", [1, 0]).await);
        assert_eq!(missing(&bed, mine, MODEL).await, [refunds.id]);
    });
}

#[test]
fn only_an_account_s_own_active_entries_are_measured() {
    on_each_engine(|bed| async move {
        let ((other, _), mine) = (neighbour(&bed).await, bed.account.id);
        let here = kept(&bed, &entry(mine, "Refunds", KnowledgeState::Active)).await;
        let there = kept(&bed, &entry(other.id, "Refunds", KnowledgeState::Active)).await;
        let guess = kept(&bed, &entry(mine, "A guess", KnowledgeState::Proposed)).await;
        let any = async |of| read(&bed, move |conn| knowledge_vectors::any(conn, of, MODEL)).await;
        assert!(!any(mine).await);
        for (n, it) in [&here, &there, &guess].into_iter().enumerate() {
            keeps(&bed, it, MODEL, [u8::try_from(n).unwrap() + 1, 0]).await;
        }
        assert!(any(mine).await);
        assert_eq!(measured(&bed, mine, MODEL).await, [(here.id, 1.0)]);
        assert_eq!(measured(&bed, other.id, MODEL).await, [(there.id, 2.0)]);
        assert_eq!(measured(&bed, mine, "other").await, []);
        write(&bed, move |unit| knowledge::delete(unit, mine, here.id))
            .await
            .unwrap();
        assert_eq!(measured(&bed, mine, MODEL).await, []);
    });
}
