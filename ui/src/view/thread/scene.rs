//! Which lines of a thread are on the screen. Positions are found by walking over as many
//! messages as are seen, never over the whole thread.

use super::reached::{arrived, seen};
use super::{Viewed, head, tail};
use crate::channel;
use crate::model::Model;
use crate::model::lines::{Key, Lines};
use crate::model::thread::{Hit, Quotes, Scroll};
use crate::painted::Line;
use crate::text_safe;
use crate::view::canvas::Ground;
use crate::view::layout::{self, Shape};
use crate::view::message::{self, Look, Placed};
use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::ConversationId;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A thread in its area.
pub(crate) struct Scene<'a> {
    model: &'a Model,
    thread: &'a Thread,
    look: Look<'a>,
    key: Key,
    scroll: Scroll,
    lines: &'a Lines,
    /// The words that stand out.
    pub(crate) needles: &'a [String],
    /// What stands below the messages.
    tail: Arc<[Line]>,
    pub(crate) area: Rect,
}

/// A line of the thread: the block, which is a message or the tail, and the line in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    block: usize,
    line: usize,
}

const START: Spot = Spot { block: 0, line: 0 };

impl<'a> Scene<'a> {
    /// The thread on the screen where the layout has it, if it is loaded.
    pub(crate) fn now(model: &'a Model) -> Option<Self> {
        Self::of(model, layout::of(model).thread)
    }

    /// The thread on the screen in the area for it, if it is loaded.
    pub(crate) fn of(model: &'a Model, area: Rect) -> Option<Self> {
        let scroll = model.threads.scroll;
        let viewed = match model.story_shown() {
            Some(story) => Viewed {
                thread: &story.thread,
                stamp: story.stamp,
                scroll,
                lines: &story.lines,
            },
            None => {
                let id = model.shown()?;
                Viewed {
                    thread: model.threads.get(id)?,
                    stamp: model.threads.stamp(id),
                    scroll,
                    lines: &model.threads.lines,
                }
            }
        };
        let needles = &model.threads.find.needles;
        Self::viewed(model, viewed, needles, body(model, area))
    }

    /// A thread where its reader is, in its area, if it is loaded.
    pub(crate) fn viewed(
        model: &'a Model,
        viewed: Viewed<'a>,
        needles: &'a [String],
        area: Rect,
    ) -> Option<Self> {
        let Viewed {
            thread,
            stamp,
            scroll,
            lines,
        } = viewed;
        if area.width == 0 || area.height == 0 {
            return None;
        }
        let today = message::here(model.now, &model.zone).date();
        let look = Look {
            width: usize::from(area.width),
            glyphs: model.glyphs,
            zone: &model.zone,
            today,
            me: model.directory.me,
            customer: &thread.row.customer,
            source: thread.row.conversation.source,
            seen: seen(thread),
            arrived: arrived(thread),
        };
        Some(Self {
            model,
            thread,
            key: Key {
                conversation: thread.id(),
                stamp,
                width: look.width,
                quotes: model.threads.quotes,
                glyphs: model.glyphs,
                today,
            },
            tail: tail::lines(model, thread, look.width).into(),
            look,
            scroll,
            lines,
            needles,
            area,
        })
    }

    fn height(&self) -> usize {
        usize::from(self.area.height)
    }

    /// The place of the tail.
    fn last(&self) -> usize {
        self.thread.messages.len()
    }

    fn block(&self, place: usize) -> Arc<[Line]> {
        let Some(message) = self.thread.messages.get(place) else {
            return Arc::clone(&self.tail);
        };
        self.lines.block(&self.key, place, || {
            let before = place.checked_sub(1);
            let before = before.and_then(|at| self.thread.messages.get(at));
            let goes_on = before.is_some_and(|it| it.conversation_id == message.conversation_id);
            let is_first = place == 0 && !self.thread.has_older;
            let placed = Placed {
                message,
                before: before.filter(|_| goes_on),
                // What the conversation began with is read whole.
                quotes: if is_first {
                    Quotes::Shown
                } else {
                    self.key.quotes
                },
            };
            let mut lines = message::lines(placed, &self.look);
            if let Some(chapter) = self.chapter(message.conversation_id).filter(|_| !goes_on) {
                let is_same_day = |it: &Message| message::is_same_day(it, message, &self.look);
                if before.is_some_and(is_same_day) {
                    // The day stands above the chapter before.
                    lines.remove(0);
                }
                lines.insert(0, message::rule(&chapter, &self.look));
                if place > 0 {
                    lines.insert(0, Line::new());
                }
            }
            lines
        })
    }

    /// What stands above the messages of one of several conversations.
    fn chapter(&self, id: ConversationId) -> Option<String> {
        self.model.story_shown()?;
        let it = &self.model.threads.get(id)?.row.conversation;
        let subject = it.subject.as_deref().unwrap_or("");
        let sign = self.model.glyphs.channel(it.source);
        let name = channel::name(it.source);
        let words = format!("{sign} {name} #{} {subject}", it.number);
        Some(text_safe::line(words.trim_end()).into_owned())
    }

    /// Calls `each` with every line that is seen, and what lies under it: the message that a
    /// search found stands out.
    pub(crate) fn visible(&self, mut each: impl FnMut(&Line, Ground)) {
        let mut spot = self.top();
        let mut left = self.height();
        while left > 0 && spot.block <= self.last() {
            let block = self.block(spot.block);
            let ground = self.ground(spot.block);
            for line in block.iter().skip(spot.line).take(left) {
                let is_air = line.pieces.is_empty();
                each(line, if is_air { Ground::Plain } else { ground });
                left -= 1;
            }
            spot = Spot {
                block: spot.block + 1,
                line: 0,
            };
        }
    }

    fn ground(&self, place: usize) -> Ground {
        let message = self.thread.messages.get(place).map(|it| it.id);
        match (self.model.threads.hit, message) {
            (Some(Hit::Shown(hit)), Some(id)) if hit == id => Ground::Selected,
            _ => Ground::Plain,
        }
    }

    /// The first line on the screen.
    fn top(&self) -> Spot {
        let end = self.end();
        let Scroll::At { message, line } = self.scroll else {
            return end;
        };
        let at = self
            .thread
            .messages
            .iter()
            .rposition(|it| it.seq <= message);
        let from = Spot {
            block: at.unwrap_or(0),
            line: 0,
        };
        self.down(from, line).min(end)
    }

    /// The first line on the screen when the last line of the thread is the last on it.
    fn end(&self) -> Spot {
        let below = Spot {
            block: self.last() + 1,
            line: 0,
        };
        self.up(below, self.height())
    }

    fn up(&self, from: Spot, lines: usize) -> Spot {
        let (mut spot, mut left) = (from, lines);
        while left > spot.line {
            left -= spot.line;
            let Some(block) = spot.block.checked_sub(1) else {
                return START;
            };
            spot = Spot {
                block,
                line: self.block(block).len(),
            };
        }
        Spot {
            line: spot.line - left,
            ..spot
        }
    }

    fn down(&self, from: Spot, lines: usize) -> Spot {
        let (mut spot, mut left) = (from, lines);
        while spot.block <= self.last() {
            let rest = self.block(spot.block).len().saturating_sub(spot.line);
            if left < rest {
                return Spot {
                    line: spot.line + left,
                    ..spot
                };
            }
            left -= rest;
            spot = Spot {
                block: spot.block + 1,
                line: 0,
            };
        }
        spot
    }

    /// Where the reader is after moving by so many lines.
    pub(crate) fn moved(&self, by: isize) -> Scroll {
        let top = self.top();
        let lines = by.unsigned_abs();
        let spot = if by < 0 {
            self.up(top, lines)
        } else {
            self.down(top, lines)
        };
        self.scroll(spot)
    }

    fn scroll(&self, spot: Spot) -> Scroll {
        if spot >= self.end() {
            return Scroll::End;
        }
        let messages = &self.thread.messages;
        let Some(place) = spot
            .block
            .checked_sub(usize::from(spot.block == self.last()))
        else {
            return Scroll::End;
        };
        let above = if place < spot.block {
            self.block(place).len()
        } else {
            0
        };
        messages
            .get(place)
            .map_or(Scroll::End, |message| Scroll::At {
                message: message.seq,
                line: above + spot.line,
            })
    }

    /// Where the reader is at the beginning of what is loaded.
    pub(crate) fn start(&self) -> Scroll {
        self.scroll(START)
    }

    /// How many messages stand above the screen.
    pub(crate) fn messages_above(&self) -> usize {
        self.top().block
    }
}

/// The part of the thread's area that scrolls, with a cell of air at the edges of the screen.
fn body(model: &Model, area: Rect) -> Rect {
    let head = head::height(model, area);
    let air = match layout::of(model).shape {
        Shape::Beside | Shape::SideBySide => 0,
        Shape::TooSmall | Shape::Alone | Shape::Below => 1,
    };
    Rect::new(
        area.x + air,
        area.y + head,
        area.width.saturating_sub(2 * air),
        area.height.saturating_sub(head),
    )
}
