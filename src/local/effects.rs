//! The effects of the screen that the local copy carries out.

use super::answers;
use super::{Local, after, answer, deeds};
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued};
use frontdesk_protocol::id::ConversationId;
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::effect::LoadPage;
use frontdesk_ui::msg::{Level, Typed};
use frontdesk_ui::{Effect, Msg};
use tokio::sync::mpsc;

/// What the rest of the program has to be told after an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    Nothing,
    /// The outbox has something new, or may send something now.
    Flush,
}

/// Carries an effect out where it is the local copy's; gives it back where it is not.
pub(crate) fn carry_out(
    local: &Local,
    news: &mpsc::Sender<Msg>,
    effect: Effect,
) -> Result<Then, Box<Effect>> {
    let news = news.clone();
    match effect {
        Effect::LoadPage(wanted) => local.post(move |desk| load_page(desk, &news, &wanted)),
        Effect::Search { generation, text } => {
            local.post(move |desk| answer(&news, answers::search(desk, generation, &text)));
        }
        Effect::FindCustomers { generation, text } => {
            local.post(move |desk| answer(&news, answers::customers(desk, generation, &text)));
        }
        // Nobody waits for numbers: they come after what is looked at.
        Effect::CountKept(asked) => local.post_behind(move |desk| {
            answer(&news, answers::counts(desk, &asked));
        }),
        Effect::LoadText(id) => local.post(move |desk| load_text(desk, &news, id)),
        Effect::SortBy { view, sort } => local.post(move |desk| {
            if let Err(error) = desk.set_sort(view, sort) {
                answer(&news, Err(error));
            }
        }),
        Effect::SaveText(typed) => local.post(move |desk| save_text(desk, &news, typed)),
        Effect::ForgetText {
            conversation_id,
            kind,
        } => local.post(move |desk| {
            if let Err(error) = desk.forget_text(conversation_id, answers::kind(kind)) {
                answer(&news, Err(error));
            }
        }),
        Effect::Log(entries) => local.post(move |desk| {
            if let Err(error) = desk.log(&entries) {
                answer(&news, Err(error));
            }
        }),
        Effect::LoadDeeds => local.post(move |desk| answer(&news, deeds::deeds(desk))),
        Effect::Enqueue(queued) => {
            local.post(move |desk| enqueue(desk, &news, &queued));
            return Ok(Then::Flush);
        }
        Effect::TakeBack(ids) => {
            local.post(move |desk| {
                for id in ids {
                    take_back(desk, &news, id);
                }
            });
            // What waited behind it need not wait any longer.
            return Ok(Then::Flush);
        }
        Effect::SendNow(id) => {
            local.post(move |desk| change(desk, &news, id, Desk::release_hold));
            return Ok(Then::Flush);
        }
        Effect::SendAnyway(id) => {
            local.post(move |desk| change(desk, &news, id, send_anyway));
            return Ok(Then::Flush);
        }
        Effect::Retry(id) => {
            local.post(move |desk| change(desk, &news, id, retry));
            return Ok(Then::Flush);
        }
        other => return Err(Box::new(other)),
    }
    Ok(Then::Nothing)
}

fn load_page(desk: &Desk, news: &mpsc::Sender<Msg>, wanted: &LoadPage) {
    if let Some(asked) = &wanted.kept {
        let found = answers::kept_page(desk, wanted, asked);
        return match found {
            Ok((page, counts)) => {
                answer(news, Ok(page));
                answer(news, Ok(counts));
            }
            Err(error) => answer(news, Err(error)),
        };
    }
    answer(news, answers::page(desk, wanted));
}

fn load_text(desk: &Desk, news: &mpsc::Sender<Msg>, id: ConversationId) {
    match answers::text(desk, id) {
        Ok(None) => {}
        Ok(Some(msg)) => answer(news, Ok(msg)),
        Err(error) => answer(news, Err(error)),
    }
}

fn save_text(desk: &mut Desk, news: &mpsc::Sender<Msg>, typed: Typed) {
    let (id, kind) = (typed.conversation_id, answers::kind(typed.kind));
    if let Err(error) = desk.save_text(id, kind, &answers::begun(typed)) {
        answer(news, Err(error));
    }
}

fn enqueue(desk: &mut Desk, news: &mpsc::Sender<Msg>, queued: &[Queued]) {
    if let Err(error) = desk.enqueue(queued) {
        answer(news, Err(error));
        let waiting = desk.waiting();
        let is_lost = |it: &&Queued| waiting.iter().all(|kept| kept.id != it.id);
        let lost = queued.iter().filter(is_lost).cloned().collect();
        answer(news, Ok(Msg::NotKept(lost)));
    }
    let ids: Vec<ConversationId> = queued.iter().map(|it| it.conversation_id).collect();
    after(desk, news, &ids);
}

/// Changes one thing of the outbox and tells what its conversation looks like then.
fn change(
    desk: &mut Desk,
    news: &mpsc::Sender<Msg>,
    id: IntentId,
    how: impl FnOnce(&mut Desk, IntentId) -> Result<(), StoreError>,
) {
    let conversation = find(desk, id).map(|it| it.conversation_id);
    if let Err(error) = how(desk, id) {
        answer(news, Err(error));
    }
    after(desk, news, conversation.as_slice());
}

fn find(desk: &Desk, id: IntentId) -> Option<Queued> {
    desk.waiting().into_iter().find(|it| it.id == id)
}

/// What may have arrived is not taken back, and that is said: the agent may have the words before
/// them again, and would send them a second time.
fn take_back(desk: &mut Desk, news: &mpsc::Sender<Msg>, id: IntentId) {
    let too_late = find(desk, id).is_some_and(|queued| queued.state.may_have_arrived());
    if too_late {
        let words = "It may have been sent already and cannot be taken back. \
            The server is asked again; do not send it twice.";
        answer(news, Ok(Msg::Told(Level::Bad, words.to_owned())));
        return change(desk, news, id, |_, _| Ok(()));
    }
    change(desk, news, id, Desk::drop_intent);
}

fn retry(desk: &mut Desk, id: IntentId) -> Result<(), StoreError> {
    desk.set_state(id, OutState::Waiting)
}

/// The agent has seen what came meanwhile, and wants it sent.
fn send_anyway(desk: &mut Desk, id: IntentId) -> Result<(), StoreError> {
    let Some(queued) = find(desk, id) else {
        return Ok(());
    };
    let forced = |guard| match guard {
        Guard::Seen(seq) | Guard::Forced(seq) => Guard::Forced(seq),
    };
    let command = match queued.command {
        Command::Reply { body, guard } => Command::Reply {
            body,
            guard: forced(guard),
        },
        Command::SendLater { body, at, guard } => Command::SendLater {
            body,
            at,
            guard: forced(guard),
        },
        Command::ApproveDraft {
            draft,
            version,
            edited,
            guard,
            quoting,
        } => Command::ApproveDraft {
            draft,
            version,
            edited,
            guard: forced(guard),
            quoting,
        },
        other => other,
    };
    desk.revise(id, command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::time::Timestamp;

    fn close(state: OutState) -> Queued {
        Queued {
            id: IntentId::random(),
            conversation_id: ConversationId::random(),
            command: Command::Close,
            files: Vec::new(),
            made_at: Timestamp(0),
            hold_until: None,
            state,
        }
    }

    #[test]
    fn what_may_have_arrived_is_not_taken_back_and_that_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(folder.path()).unwrap().desk;
        let (news, mut told) = mpsc::channel(16);
        for (state, is_kept) in [
            (OutState::Waiting, false),
            (OutState::Sending, true),
            (OutState::Unsure, true),
        ] {
            let queued = close(OutState::Waiting);
            desk.enqueue(std::slice::from_ref(&queued)).unwrap();
            desk.set_state(queued.id, state.clone()).unwrap();
            take_back(&mut desk, &news, queued.id);
            assert_eq!(find(&desk, queued.id).is_some(), is_kept, "{state:?}");
            let mut words = std::iter::from_fn(|| told.try_recv().ok());
            let is_said = words.any(|msg| matches!(msg, Msg::Told(Level::Bad, _)));
            assert_eq!(is_said, is_kept, "{state:?}");
        }
    }
}
