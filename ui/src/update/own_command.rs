//! Commands of the agent's own on the conversations that are selected.

use super::available::available;
use super::{Effects, choose, picker, thread};
use crate::action::Action;
use crate::cell;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::own_command::{OwnCommand, Shows};
use crate::text_safe;
use crate::view::boxed;
use ratatui::layout::Rect;

/// How many lines of what was printed are shown.
const LINES: usize = 2_000;
/// The cells of a line of a box that are not its words.
const MARGIN: u16 = 4;

/// Which command.
pub(super) fn open(model: &mut Model) -> Effects {
    let items = model.commands.iter().map(|it| item(model, it));
    let title = match model.targets().len() {
        1 => "Run on 1 conversation".to_owned(),
        count => format!("Run on {count} conversations"),
    };
    let picker = Picker::new(Purpose::Command, title, items.collect());
    picker::push(model, picker)
}

/// All of them, for the palette and for help.
pub(super) fn items(model: &Model) -> impl Iterator<Item = Item> + '_ {
    let unavailable = available(model, Action::Command).err();
    model.commands.iter().map(move |it| Item {
        label: format!("run {}", text_safe::line(&it.name)),
        unavailable: unavailable.map(Into::into),
        ..item(model, it)
    })
}

fn item(model: &Model, it: &OwnCommand) -> Item {
    let detail = match model.keymap.keys_of_command(&it.name) {
        Some(keys) => format!("{}   {keys}", it.detail()),
        None => it.detail(),
    };
    Item::new(&it.name, Choice::Command(it.name.clone()))
        .with_detail(&detail)
        .found_by(&it.run.join(" "))
}

/// A key of the agent's own asks for the command of this name.
pub(super) fn by_key(model: &mut Model, name: &str) -> Effects {
    let mut effects = thread::settle(model);
    match available(model, Action::Command) {
        Ok(()) => effects.extend(run(model, name)),
        Err(why) => {
            model
                .toasts
                .say(Level::Plain, choose::sentence(why), model.now);
        }
    }
    effects
}

/// Runs it on everything that is selected.
pub(super) fn run(model: &mut Model, name: &str) -> Effects {
    let Some(command) = model.commands.iter().find(|it| it.name == name).cloned() else {
        return Vec::new();
    };
    let words = format!("Running {}{}", command.name, model.glyphs.more_follows());
    model.toasts.say(Level::Plain, words, model.now);
    let on = model.targets();
    vec![Effect::RunCommand { command, on }]
}

/// It has ended.
pub(super) fn ended(
    model: &mut Model,
    command: &OwnCommand,
    printed: Result<String, String>,
) -> Effects {
    let name = &command.name;
    let printed = match printed {
        Ok(printed) => printed,
        Err(why) => {
            let words = format!("{name}: {why}.");
            model.toasts.say(Level::Bad, words, model.now);
            return Vec::new();
        }
    };
    let first = printed.lines().find(|line| !line.trim().is_empty());
    let words = match first {
        None => format!("{name} is done."),
        Some(line) if command.shows == Shows::Toast => line.trim().to_owned(),
        Some(_) => {
            model.toasts.shown = None;
            return show(model, name, &printed);
        }
    };
    model.toasts.say(Level::Good, words, model.now);
    Vec::new()
}

/// What was printed, in a box. Nothing in it can act.
fn show(model: &mut Model, name: &str, printed: &str) -> Effects {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let width = usize::from(boxed::inner_width(screen).saturating_sub(MARGIN)).max(1);
    let safe = text_safe::block(printed);
    let lines = safe.lines().flat_map(|line| cell::wrap(line, width));
    let items = lines
        .take(LINES)
        .map(|line| Item::new(line, Choice::Nothing));
    let title = text_safe::line(name).into_owned();
    let picker = Picker::new(Purpose::Printed, title, items.collect());
    picker::push(model, picker)
}

#[cfg(test)]
mod tests;
