//! Statements that are on their way while nobody waits for their answers.
//!
//! What is sent here goes out with the next statement that is waited for, in one flight, and
//! PostgreSQL answers in order. Of several that fail the first is the reason: after it
//! PostgreSQL refuses the rest of the transaction.

use crate::error::DbError;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// How many statements go out before their answers are waited for.
const MOST: usize = 256;

type Answer = Pin<Box<dyn Future<Output = Result<(), DbError>> + Send>>;

/// The answers that are still to come, in the order of their statements.
#[derive(Default)]
pub(super) struct Pending(VecDeque<Answer>);

impl Pending {
    /// Sends a statement. What fails before it is sent is told at once: PostgreSQL would not
    /// know of it, and commit the rest.
    pub(super) fn send(
        &mut self,
        answer: impl Future<Output = Result<(), DbError>> + Send + 'static,
    ) -> Result<(), DbError> {
        let mut answer: Answer = Box::pin(answer);
        // The first look sends; the answer cannot be there before the connection is driven.
        match answer
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(failed) => failed,
            Poll::Pending => {
                self.0.push_back(answer);
                Ok(())
            }
        }
    }

    /// Whether so many answers are to come that it is time to wait for them.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() >= MOST
    }

    /// Waits for all answers, or for the first that is a failure.
    pub(super) async fn settle(mut self) -> Result<(), DbError> {
        while let Some(answer) = self.0.pop_front() {
            answer.await?;
        }
        Ok(())
    }

    /// Wants no answers any more, because all of it is taken back.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}
