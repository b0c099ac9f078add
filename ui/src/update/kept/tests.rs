use super::*;
use crate::effect::LoadPage;
use crate::msg::{Msg, Page};
use crate::testing::{desk, directory, id, now, press, row, rows, screen, typed};
use crate::update::update;
use frontdesk_inbox::Sort;
use frontdesk_inbox::kept::ViewChange;
use frontdesk_protocol::kind::{ViewScope, ViewSort};
use serde_json::json;
use uuid::Uuid;

const STORM: ViewId = ViewId(Uuid::from_u128(90));
const MINE: ViewId = ViewId(Uuid::from_u128(91));

fn told(model: &mut Model, views: &[(ViewId, &str, ViewScope)]) -> Effects {
    let at = "2025-01-01T00:00:00";
    let views: Vec<_> = views
        .iter()
        .map(|(id, name, scope)| {
            json!({ "object": "view", "id": id, "name": name, "query": "tag:storm",
                "sort": ViewSort::WaitingLongest, "scope": scope, "owner_id": null, "team_id": null,
                "position": 0, "created_at": at, "updated_at": at })
        })
        .collect();
    let mut directory = directory();
    directory.views = serde_json::from_value(json!(views)).unwrap();
    update(model, now(), Msg::Directory(Box::new(directory)))
}

fn desk_with_views(width: u16) -> Model {
    let mut model = desk(width, 24);
    let views = [
        (STORM, "Storm", ViewScope::Shared),
        (MINE, "\u{1b}[2J Refunds", ViewScope::Own),
    ];
    let effects = told(&mut model, &views);
    assert!(matches!(&effects[..], [Effect::CountKept(asked)] if asked.len() == 2));
    let counts = vec![(STORM, Counted::Exactly(3)), (MINE, Counted::AtLeast(40))];
    update(&mut model, now(), Msg::KeptCounts(counts));
    model
}

fn page(model: &mut Model, rows: Vec<frontdesk_inbox::Row>) {
    let page = Page {
        generation: model.list.generation,
        view: model.list.view,
        rows,
        has_before: false,
        has_after: false,
    };
    update(model, now(), Msg::Page(page));
}

fn loads(effects: &[Effect]) -> &LoadPage {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::LoadPage(wanted) => Some(wanted),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn views_stand_behind_the_tabs_and_in_a_box_of_their_own() {
    let mut model = desk_with_views(160);
    insta::assert_snapshot!("view_tabs_160x24", screen(&model));
    assert!(!screen(&model).contains('\u{1b}'));
    let mut model = {
        press(&mut model, "g v");
        insta::assert_snapshot!("view_box_160x24", screen(&model));
        model
    };
    typed(&mut model, "storm");
    let effects = press(&mut model, "enter");
    assert_eq!(model.list.view, View::Kept(STORM));
    let asked = loads(&effects).kept.as_ref().unwrap();
    assert_eq!(
        (asked.query.as_str(), asked.sort),
        ("tag:storm", Sort::WaitingLongest)
    );
    page(&mut model, rows());
    // At 80 columns it has its tab as long as it is on the screen.
    model.size.width = 80;
    insta::assert_snapshot!("view_80x24", screen(&model));
    press(&mut model, "]");
    assert_eq!(model.list.view, View::Inbox);
    press(&mut model, "[ [");
    assert_eq!(model.list.view, View::Kept(MINE));
}

#[test]
fn what_changes_is_asked_again_once_for_a_flood() {
    let mut model = desk_with_views(80);
    goto::view(&mut model, View::Kept(STORM));
    page(&mut model, rows());
    let mut changed = row(3, 0);
    changed.customer = "Dana W.".to_owned();
    for _ in 0..5 {
        update(
            &mut model,
            now(),
            Msg::Changed(vec![changed.clone(), row(99, 0)]),
        );
    }
    assert_eq!(model.list.find(id(3)).unwrap().customer, "Dana W.");
    assert!(
        model.list.find(id(99)).is_none(),
        "its search says what stands in it"
    );
    assert!(
        update(&mut model, now().plus_seconds(1), Msg::Tick)
            .iter()
            .all(|it| !matches!(it, Effect::CountKept(_)))
    );
    let effects = update(&mut model, now().plus_seconds(4), Msg::Tick);
    assert!(effects.iter().any(|it| matches!(it, Effect::CountKept(_))));
    assert!(loads(&effects).kept.is_some());
    assert_eq!(model.kept.due, None);
}

#[test]
fn what_is_new_in_a_narrowed_list_is_asked_for_soon() {
    let mut model = desk(80, 24);
    press(&mut model, "/ v enter");
    page(&mut model, Vec::new());
    update(&mut model, now(), Msg::Changed(vec![row(99, 0)]));
    assert!(
        model.list.rows.is_empty(),
        "only asking says whether it fits"
    );
    let effects = update(&mut model, now().plus_seconds(4), Msg::Tick);
    assert_eq!(loads(&effects).narrowed.as_deref(), Some("v"));
    page(&mut model, vec![row(99, 0)]);
    assert!(model.list.find(id(99)).is_some());
}

#[test]
fn a_view_that_is_gone_leads_back_to_the_inbox() {
    let mut model = desk_with_views(80);
    goto::view(&mut model, View::Kept(STORM));
    told(&mut model, &[(MINE, "Refunds", ViewScope::Own)]);
    assert_eq!(model.list.view, View::Inbox);
    assert!(!model.kept.counts.contains_key(&STORM));
}

#[test]
fn what_narrows_the_list_is_kept_under_a_name() {
    let mut model = desk(80, 24);
    press(&mut model, "g V");
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("nothing is searched for"), "{said}");
    press(&mut model, "g m /");
    typed(&mut model, "refund");
    press(&mut model, "enter");
    press(&mut model, "g V");
    typed(&mut model, "My refunds");
    insta::assert_snapshot!("view_name_80x24", screen(&model));
    press(&mut model, "enter");
    insta::assert_snapshot!("view_scope_80x24", screen(&model));
    let effects = press(&mut model, "enter");
    let new = NewView {
        name: "My refunds".to_owned(),
        query: "status:open assignee:me refund".to_owned(),
        sort: Sort::Newest,
        whose: Whose::Own,
    };
    assert_eq!(effects, [Effect::KeepView(new)]);
    told(&mut model, &[(MINE, "My refunds", ViewScope::Own)]);
    update(&mut model, now(), Msg::ViewKept(MINE));
    assert_eq!(model.list.view, View::Kept(MINE));
}

#[test]
fn a_search_is_kept_from_its_box() {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    typed(&mut model, "tag:storm");
    press(&mut model, "tab");
    typed(&mut model, "Storm");
    press(&mut model, "enter");
    let effects = press(&mut model, "down down enter");
    assert!(matches!(
        &effects[..],
        [Effect::KeepView(new)] if new.query == "tag:storm" && new.whose == Whose::Everybody
    ));
}

#[test]
fn all_of_a_kept_view_is_a_search_of_the_server() {
    let mut model = desk_with_views(80);
    goto::view(&mut model, View::Kept(STORM));
    page(&mut model, rows());
    model.list.has_after = true;
    press(&mut model, "* *");
    assert_eq!(model.list.everything.as_deref(), Some("tag:storm"));
}

#[test]
fn all_of_a_customer_stands_together() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "g C");
    let asked = loads(&effects).kept.clone().unwrap();
    assert_eq!(asked.query, "status:open");
    assert_eq!(asked.grouping, Grouping::ByCustomer);
    let mut rows = rows();
    rows[1].conversation.customer_id = rows[0].conversation.customer_id;
    rows[1].customer = rows[0].customer.clone();
    page(&mut model, rows);
    insta::assert_snapshot!("grouped_80x24", screen(&model));
    let effects = press(&mut model, "g C");
    assert_eq!(loads(&effects).kept, None);
    press(&mut model, "g @ g C");
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("stands by itself"), "{said}");
}

#[test]
fn a_view_gets_another_name() {
    let mut model = desk_with_views(80);
    goto::view(&mut model, View::Kept(STORM));
    press(&mut model, "g e");
    insta::assert_snapshot!("view_change_80x24", screen(&model));
    press(&mut model, "enter");
    insta::assert_snapshot!("view_rename_80x24", screen(&model));
    press(&mut model, "ctrl-u");
    typed(&mut model, " Flood ");
    let effects = press(&mut model, "enter");
    let change = ViewChange::Rename("Flood".to_owned());
    assert_eq!(effects, [Effect::ChangeView(STORM, change)]);
    assert!(model.layers.is_empty());
}

#[test]
fn a_view_is_deleted_on_a_yes_that_knows_whom_it_concerns() {
    let mut model = desk_with_views(80);
    goto::view(&mut model, View::Kept(STORM));
    press(&mut model, "g e down enter");
    insta::assert_snapshot!("view_delete_80x24", screen(&model));
    assert!(press(&mut model, "n").is_empty());
    press(&mut model, "g e down enter");
    let effects = press(&mut model, "y");
    assert_eq!(effects, [Effect::ChangeView(STORM, ViewChange::Delete)]);
    told(&mut model, &[]);
    assert_eq!(model.list.view, View::Inbox);
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.ends_with(" is gone; here is the inbox."), "{said}");
}

#[test]
fn views_of_every_desk_and_of_the_configuration_stay() {
    let mut model = desk_with_views(80);
    press(&mut model, "g e");
    assert!(model.layers.is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("every desk has this view"), "{said}");
    let own = KeptView::of_configuration("Vip", "tag:vip", Sort::Newest);
    let id = own.id;
    model.kept.views.push(own);
    goto::view(&mut model, View::Kept(id));
    press(&mut model, "g e");
    assert!(model.layers.is_empty());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("stands in your configuration"), "{said}");
}
