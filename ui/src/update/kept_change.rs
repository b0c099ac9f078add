//! A kept view gets another name, or is deleted.

use super::{Effects, picker};
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::text_safe;
use frontdesk_inbox::kept::{KeptView, ViewChange, Whose};
use frontdesk_protocol::id::ViewId;

/// What is to happen to the view on the screen.
pub(super) fn ask(model: &mut Model) -> Effects {
    let Some(kept) = model.kept.get(model.list.view) else {
        return Vec::new();
    };
    let (id, title) = (kept.id, text_safe::line(&kept.name).into_owned());
    let items = vec![
        Item::new(&model.glyphs.words("rename…"), Choice::RenameView(id)),
        Item::new(&model.glyphs.words("delete…"), Choice::DeleteView(id)),
    ];
    picker::push(model, Picker::new(Purpose::ChangeView, title, items))
}

/// Asks what it is called instead; the old name stands there to be changed.
pub(super) fn name(model: &mut Model, id: ViewId) -> Effects {
    let Some(kept) = find(model, id) else {
        return Vec::new();
    };
    let old = text_safe::line(&kept.name).into_owned();
    let title = format!("Rename {old}");
    let mut picker = Picker::new(
        Purpose::ViewRename(id),
        title,
        names(id, &old, model.glyphs),
    );
    picker.field.insert(&old);
    picker.fit();
    picker::push(model, picker)
}

/// What it can be called: what was typed.
pub(super) fn names(id: ViewId, typed: &str, glyphs: Glyphs) -> Vec<Item> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Vec::new();
    }
    let change = ViewChange::Rename(typed.to_owned());
    vec![Item::new(
        &format!("to {}", glyphs.quoted(typed)),
        Choice::ChangeView(id, change),
    )]
}

/// Asks whether it is to be deleted, and says whom that concerns.
pub(super) fn preview(model: &mut Model, id: ViewId) -> Effects {
    let Some(kept) = find(model, id) else {
        return Vec::new();
    };
    let name = text_safe::line(&kept.name).into_owned();
    let concerns = match kept.whose {
        Whose::Configuration | Whose::Own => None,
        Whose::Team(_) => Some("Your team loses it as well."),
        Whose::Everybody => Some("Everybody loses it as well."),
    };
    let stays = "The conversations in it stay.";
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("Delete the view {name}?"),
        warnings: concerns
            .into_iter()
            .chain([stays])
            .map(str::to_owned)
            .collect(),
        yes: "delete",
        then: Then::DeleteView(id),
    }));
    Vec::new()
}

fn find(model: &Model, id: ViewId) -> Option<&KeptView> {
    model.kept.views.iter().find(|it| it.id == id)
}
