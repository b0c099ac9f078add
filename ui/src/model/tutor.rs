//! The guided tour: a line at the foot says which key to try next, and goes on once that was done.

use super::{Model, Pane};
use crate::action::Action;
use frontdesk_inbox::View;

/// Where somebody is in the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tutor {
    at: usize,
}

/// One thing to try.
#[derive(Debug)]
pub struct Lesson {
    /// Whose keys are named.
    pub action: Action,
    /// What they do, as words that follow the keys.
    pub words: &'static str,
    goal: Goal,
}

/// When a lesson is over.
#[derive(Debug)]
enum Goal {
    /// Its action was carried out.
    Done,
    /// The desk is like this.
    Is(fn(&Model) -> bool),
    /// There is nothing more to do.
    Never,
}

const fn lesson(action: Action, words: &'static str, goal: Goal) -> Lesson {
    Lesson {
        action,
        words,
        goal,
    }
}

const LESSONS: [Lesson; 14] = [
    lesson(Action::Down, "takes the cursor down", Goal::Done),
    lesson(Action::Open, "opens the conversation", Goal::Done),
    lesson(
        Action::NextConversation,
        "goes to the next one from here",
        Goal::Done,
    ),
    lesson(Action::Reply, "begins a reply", Goal::Done),
    lesson(
        Action::Send,
        "sends it; write a few words before",
        Goal::Done,
    ),
    lesson(
        Action::SendNow,
        "sends it at once; else it can be taken back for some seconds",
        Goal::Is(nothing_waits),
    ),
    lesson(
        Action::Back,
        "goes one step out, here to the list",
        Goal::Is(is_in_list),
    ),
    lesson(
        Action::Done,
        "closes the conversation, and the next one comes",
        Goal::Done,
    ),
    lesson(Action::Undo, "takes back what was done last", Goal::Done),
    lesson(
        Action::Snooze,
        "lets it rest: type tomorrow 9, then Enter",
        Goal::Is(has_snoozed),
    ),
    lesson(Action::Select, "selects; do it twice", Goal::Is(has_two)),
    lesson(
        Action::ViewUnassigned,
        "shows what nobody has; wait after the first key",
        Goal::Is(is_in_unassigned),
    ),
    lesson(
        Action::Palette,
        "finds everything by its name, and says its keys",
        Goal::Done,
    ),
    lesson(
        Action::Quit,
        "leaves. That was the tour; everything else is in the help",
        Goal::Never,
    ),
];

impl Tutor {
    /// What to try now.
    #[must_use]
    pub fn lesson(&self) -> &'static Lesson {
        let last = LESSONS.len() - 1;
        &LESSONS[self.at.min(last)]
    }

    /// How far the tour is: `3 of 14`.
    #[must_use]
    pub fn progress(&self) -> String {
        format!("{} of {}", self.at + 1, LESSONS.len())
    }

    fn go_on(&mut self) {
        self.at = (self.at + 1).min(LESSONS.len() - 1);
    }
}

/// An action was carried out.
pub(crate) fn did(model: &mut Model, action: Action) {
    if let Some(tutor) = &mut model.tutor {
        let lesson = tutor.lesson();
        if matches!(lesson.goal, Goal::Done) && lesson.action == action {
            tutor.go_on();
        }
    }
}

/// Something happened.
pub(crate) fn look(model: &mut Model) {
    let Some(mut tutor) = model.tutor else {
        return;
    };
    if let Goal::Is(is_so) = tutor.lesson().goal
        && is_so(model)
    {
        tutor.go_on();
        model.tutor = Some(tutor);
    }
}

fn is_in_list(model: &Model) -> bool {
    model.pane == Pane::List && model.open.is_none() && model.composer.is_none()
}

fn nothing_waits(model: &Model) -> bool {
    let mut held = model.outbox.iter().filter_map(|it| it.hold_until);
    held.all(|until| until <= model.now)
}

fn has_snoozed(model: &Model) -> bool {
    let last = model.history.done().last();
    model.layers.is_empty() && last.is_some_and(|deed| deed.title.contains("snoozed"))
}

fn has_two(model: &Model) -> bool {
    model.list.marked.len() >= 2
}

fn is_in_unassigned(model: &Model) -> bool {
    model.list.view == View::Unassigned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{desk, press, screen, typed};

    fn tour(width: u16, height: u16) -> Model {
        let mut model = desk(width, height);
        model.tutor = Some(Tutor::default());
        model
    }

    fn progress(model: &Model) -> String {
        model.tutor.unwrap_or_default().progress()
    }

    #[test]
    fn it_leads_through_a_day_at_the_desk() {
        let mut model = tour(80, 24);
        let steps: [(&str, &str); 13] = [
            ("j", ""),
            ("enter", ""),
            ("J", ""),
            ("r", ""),
            ("", "On its way."),
            ("ctrl-s", ""),
            ("esc", ""),
            ("e", ""),
            ("u", ""),
            ("s", "tomorrow 9"),
            ("x x", ""),
            ("g u", ""),
            (":", ""),
        ];
        for (at, (keys, text)) in steps.into_iter().enumerate() {
            assert_eq!(progress(&model), format!("{} of 14", at + 1));
            if !keys.is_empty() {
                press(&mut model, keys);
            }
            typed(&mut model, text);
            match at {
                4 => drop(press(&mut model, "ctrl-s")),
                9 => drop(press(&mut model, "enter")),
                _ => {}
            }
        }
        assert_eq!(progress(&model), "14 of 14");
    }

    #[test]
    fn other_keys_work_and_change_nothing_of_it() {
        let mut model = tour(80, 24);
        press(&mut model, "G g g x esc ? esc");
        assert_eq!(progress(&model), "1 of 14");
    }

    #[test]
    fn the_line_names_the_key_that_is_bound() {
        for (width, height) in [(80, 24), (40, 10)] {
            let model = tour(width, height);
            let words = screen(&model);
            let last = words.lines().last().unwrap_or("").to_owned();
            assert!(last.contains("1 of 14  j takes the cursor down"), "{last}");
        }
    }
}
