//! What drafts are made from and by, and the ledger of what was tried.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{conversation, customer, neighbour, read, write};
use frontdesk_db::queries::precedents::{self, Asked};
use frontdesk_db::queries::{ai_modes, ai_replies, ai_runs, ai_sorting, conversations};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::ai::{DEFAULT_MODE, Run};
use frontdesk_domain::auto::{ANSWERED, PASSED_ON};
use frontdesk_domain::decide::Written;
use frontdesk_domain::json::Json;
use frontdesk_domain::sorting::{SortPolicy, Sorted};
use frontdesk_domain::{
    AccountId, Actor, AiMode, AiOutcome, AiRunId, AiTask, ConversationId, CustomerId, InboxId,
    MessageId, Role, Timestamp, Who, decide,
};

fn run(bed: &Bed, account_id: AccountId, second: i64, cost: i64) -> Run {
    Run {
        id: AiRunId::random(),
        account_id,
        inbox_id: Some(bed.inbox.id),
        conversation_id: Some(ConversationId::random()),
        draft_id: None,
        task: AiTask::Draft,
        model: "small".to_owned(),
        prompt_hash: Some("0".repeat(64)),
        sources: Some(Json(r#"[{"n":1}]"#.to_owned())),
        tokens_in: 100,
        tokens_out: 20,
        cost,
        outcome: AiOutcome::Ready,
        reason: None,
        began_at: Timestamp(START.0 + second * 1_000_000),
        took_ms: 5,
    }
}

#[test]
fn a_mode_is_kept_for_the_account_s_own_inboxes_alone() {
    on_each_engine(|bed| async move {
        let ((other, _), inbox_id, mine) = (neighbour(&bed).await, bed.inbox.id, bed.account.id);
        let person = customer(&bed, mine).await;
        let (id, _) = conversation(&bed, &person).await;
        let of = async || read(&bed, move |conn| ai_modes::of_conversation(conn, mine, id)).await;
        assert_eq!(of().await, DEFAULT_MODE);
        for mode in AiMode::ALL {
            write(&bed, move |unit| ai_modes::set(unit, mine, inbox_id, *mode))
                .await
                .unwrap();
            assert_eq!(of().await, *mode);
        }
        let theirs = other.id;
        let refused = write(&bed, move |unit| {
            ai_modes::set(unit, theirs, inbox_id, AiMode::Off)
        });
        assert!(refused.await.is_err(), "the inbox is ours");
        let nothing = read(&bed, move |conn| ai_modes::of_account(conn, theirs)).await;
        assert_eq!(nothing, []);
        let said = read(&bed, move |conn| ai_modes::of_account(conn, mine)).await;
        assert_eq!(said, [(inbox_id, *AiMode::ALL.last().unwrap())]);
    });
}

#[test]
fn the_ledger_is_read_backwards_and_added_up_by_account() {
    on_each_engine(|bed| async move {
        let ((other, _), mine) = (neighbour(&bed).await, bed.account.id);
        let mut lines: Vec<Run> = (0..5).map(|n| run(&bed, mine, n, n)).collect();
        lines[4].task = AiTask::Suggest;
        // Two of one moment are told apart by their ids.
        lines[3].began_at = lines[2].began_at;
        let theirs = run(&bed, other.id, 9, 1_000);
        let all: Vec<Run> = lines.iter().cloned().chain([theirs]).collect();
        write(&bed, move |unit| {
            all.iter().try_for_each(|it| ai_runs::insert(unit, it))
        })
        .await
        .unwrap();
        lines.sort_by_key(|it| (it.began_at, it.id.0));
        lines.reverse();
        let mut found = Vec::new();
        let mut before = None;
        loop {
            let page = read(&bed, move |conn| ai_runs::page(conn, mine, before, 2)).await;
            let Some(last) = page.last() else {
                break;
            };
            before = Some(last.id);
            found.extend(page);
        }
        assert_eq!(found, lines);
        let since = Timestamp(START.0 + 1_000_000);
        let used = read(&bed, move |conn| ai_runs::used_since(conn, mine, since)).await;
        assert_eq!((used.tokens, used.cost), (480, 10));
        let shares = read(&bed, move |conn| ai_runs::shares_since(conn, mine, since)).await;
        let tasks: Vec<(AiTask, i64)> = shares.iter().map(|it| (it.task, it.runs)).collect();
        assert_eq!(tasks, [(AiTask::Draft, 3), (AiTask::Suggest, 1)]);
    });
}

async fn answered(bed: &Bed, id: ConversationId, body: &'static str) -> MessageId {
    let (account_id, user) = (bed.account.id, bed.user.clone());
    let written = Written::text(MessageId::random(), body);
    let message_id = written.id;
    write(bed, move |unit| {
        let held = conversations::by_id(unit.conn(), account_id, id)?;
        let actor = Actor {
            account_id,
            who: Who::User(Member {
                user_id: user.id,
                role: Role::Admin,
                view: View::All,
                scope: None,
            }),
            from: None,
        };
        let now = unit.now();
        let decision = decide::reply(
            &held.unwrap(),
            &actor,
            written,
            decide::StaleGuard::Unchecked,
            now,
        );
        frontdesk_db::write::apply(unit, &actor, decision.unwrap())
    })
    .await
    .unwrap();
    message_id
}

async fn asked(bed: &Bed, word: &str, inbox_id: InboxId, except: ConversationId) -> Vec<Asked> {
    let (account_id, words) = (bed.account.id, vec![word.to_owned()]);
    read(bed, move |conn| {
        precedents::asked(conn, account_id, inbox_id, &words, except)
    })
    .await
}

#[test]
fn a_precedent_is_an_answer_of_the_same_inbox_and_account() {
    on_each_engine(|bed| async move {
        let ((other, _), mine) = (neighbour(&bed).await, bed.account.id);
        let (inbox_id, elsewhere) = (bed.inbox.id, InboxId::random());
        let person = customer(&bed, mine).await;
        let (first, _) = conversation(&bed, &person).await;
        let (second, _) = conversation(&bed, &person).await;
        let (open, _) = conversation(&bed, &person).await;
        let stranger = customer(&bed, other.id).await;
        conversation(&bed, &stranger).await;
        answered(&bed, first, "Good day.").await;
        let newest = answered(&bed, second, "Good evening.").await;

        let found = asked(&bed, "hello", inbox_id, open).await;
        let conversations: Vec<ConversationId> =
            found.iter().map(|it| it.conversation_id).collect();
        assert_eq!(
            conversations,
            [second, first],
            "the newest first, and nobody else's"
        );
        assert!(
            asked(&bed, "hello", inbox_id, second)
                .await
                .iter()
                .all(|it| it.conversation_id != second)
        );
        assert_eq!(asked(&bed, "goodbye", inbox_id, open).await, []);
        assert_eq!(asked(&bed, "hello", elsewhere, open).await, []);
        assert_eq!(
            asked(&bed, "?!", inbox_id, open).await,
            [],
            "no word, no question"
        );

        let question = found[0].clone();
        let (of, theirs) = (question.clone(), other.id);
        let answer = read(&bed, move |conn| precedents::answer(conn, mine, &of)).await;
        assert_eq!(answer, Some((newest, "Good evening.".to_owned())));
        let foreign = read(&bed, move |conn| {
            precedents::answer(conn, theirs, &question)
        })
        .await;
        assert_eq!(foreign, None);
        let unanswered = asked(&bed, "hello", inbox_id, first).await;
        let of = unanswered
            .into_iter()
            .find(|it| it.conversation_id == open)
            .unwrap();
        let none = read(&bed, move |conn| precedents::answer(conn, mine, &of)).await;
        assert_eq!(none, None);
    });
}

#[test]
fn what_sorts_by_itself_is_the_account_s_own_and_happens_once() {
    on_each_engine(|bed| async move {
        let ((other, _), inbox_id, mine) = (neighbour(&bed).await, bed.inbox.id, bed.account.id);
        let of = async || read(&bed, move |conn| ai_sorting::of_inbox(conn, mine, inbox_id)).await;
        assert_eq!(of().await, SortPolicy::of(mine, inbox_id), "never");
        let policy = SortPolicy {
            tags: Some(90),
            priority: Some(100),
            updated_at: START,
            ..SortPolicy::of(mine, inbox_id)
        };
        let kept = policy.clone();
        write(&bed, move |unit| ai_sorting::set(unit, &kept))
            .await
            .unwrap();
        assert_eq!(of().await, policy);
        let theirs = SortPolicy {
            account_id: other.id,
            ..policy
        };
        let refused = write(&bed, move |unit| ai_sorting::set(unit, &theirs));
        assert!(refused.await.is_err(), "the inbox is ours");

        let person = customer(&bed, mine).await;
        let (id, _) = conversation(&bed, &person).await;
        let sorted = Sorted {
            conversation_id: id,
            account_id: mine,
            done: Json("{}".to_owned()),
            sorted_at: START,
            undone_at: None,
        };
        for is_first in [true, false] {
            let kept = sorted.clone();
            let done = write(&bed, move |unit| ai_sorting::insert(unit, &kept)).await;
            assert_eq!(done.is_ok(), is_first);
        }
        let foreign = other.id;
        let undone = write(&bed, move |unit| ai_sorting::undo(unit, foreign, id));
        assert!(undone.await.is_err());
        for is_first in [true, false] {
            let undone = write(&bed, move |unit| ai_sorting::undo(unit, mine, id)).await;
            assert_eq!(undone.is_ok(), is_first);
        }
        let found = read(&bed, move |conn| {
            ai_sorting::of_conversation(conn, mine, id)
        });
        assert!(found.await.unwrap().undone_at.is_some());
        let nothing = read(&bed, move |conn| {
            ai_sorting::of_conversation(conn, foreign, id)
        });
        assert_eq!(nothing.await, None);
    });
}

/// A message of a program in a conversation, with this metadata.
async fn bot_says(bed: &Bed, id: ConversationId, metadata: &'static str) {
    let account_id = bed.account.id;
    write(bed, move |unit| {
        let held = conversations::by_id(unit.conn(), account_id, id)?;
        let written = Written {
            metadata: Some(Json(metadata.to_owned())),
            ..Written::text(MessageId::random(), "Five days.")
        };
        let (actor, now) = (Actor::system(account_id), unit.now());
        let decision = decide::answer_by_bot(&held.unwrap(), &actor, written, now).unwrap();
        frontdesk_db::write::apply(unit, &actor, decision).map(|_| ())
    })
    .await
    .unwrap();
}

#[test]
fn what_programs_said_is_counted_by_conversation_and_lately_by_customer() {
    on_each_engine(|bed| async move {
        let mine = bed.account.id;
        let (grace, ada) = (customer(&bed, mine).await, customer(&bed, mine).await);
        let (first, _) = conversation(&bed, &grace).await;
        let (second, _) = conversation(&bed, &grace).await;
        let (other, _) = conversation(&bed, &ada).await;
        for (id, metadata) in [
            (first, ANSWERED),
            (first, ANSWERED),
            (first, r#"{"by":"somebody else"}"#),
            (second, PASSED_ON),
            (other, ANSWERED),
        ] {
            bot_says(&bed, id, metadata).await;
        }
        let said = async |id| read(&bed, move |conn| ai_replies::said(conn, id)).await;
        let counts = async |id| {
            let said = said(id).await;
            (said.answers, said.has_passed_on)
        };
        assert_eq!(counts(first).await, (2, false));
        assert_eq!(counts(second).await, (0, true));
        let lately = async |of: CustomerId, since| {
            read(&bed, move |conn| ai_replies::lately(conn, mine, of, since)).await
        };
        assert_eq!(lately(grace.id, START).await, 4);
        assert_eq!(lately(ada.id, START).await, 1);
        let later = Timestamp(START.0 + 365 * 24 * 3_600 * 1_000_000);
        assert_eq!(lately(grace.id, later).await, 0);
        let theirs = neighbour(&bed).await.0.id;
        let of = grace.id;
        let foreign = read(&bed, move |conn| {
            ai_replies::lately(conn, theirs, of, START)
        });
        assert_eq!(foreign.await, 0);
    });
}
