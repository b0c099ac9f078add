//! What an admin sees of the connections, and when.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::msg::Msg;
use crate::testing::{admin_with, connections, desk, directory, now, press, screen};
use crate::update::update;

fn tell(model: &mut Model, msg: Msg) {
    let now = model.now;
    update(model, now, msg);
}

fn offline(model: &mut Model) {
    let gone = Connection::Offline {
        since: model.now,
        why: "no route".to_owned(),
        again_at: model.now.plus_seconds(3),
    };
    tell(model, Msg::Connection(gone));
}

#[test]
fn only_admins_see_them() {
    let mut model = desk(80, 24);
    assert!(press(&mut model, "g M").is_empty());
    assert!(model.layers.is_empty());
    let said = model.toasts.shown.as_ref().unwrap();
    assert!(said.text.contains("only admins see them"), "{}", said.text);
}

#[test]
fn they_are_shown_as_known_and_anew_when_the_server_has_said_more() {
    let mut model = desk(80, 24);
    tell(
        &mut model,
        Msg::Directory(Box::new(admin_with(Vec::new(), now()))),
    );
    assert!(press(&mut model, "g M").contains(&Effect::LoadConnections));
    assert!(screen(&model).contains("inbox add email"));
    let known = admin_with(connections(), now().plus_seconds(60));
    tell(&mut model, Msg::Directory(Box::new(known)));
    let shown = screen(&model);
    assert!(shown.contains("As of 14:33."), "{shown}");
    assert!(shown.contains("7 tries failed in a row."), "{shown}");
    press(&mut model, "q");
    assert!(model.layers.is_empty());
}

#[test]
fn without_the_server_it_says_when_it_was_so() {
    let mut model = desk(80, 24);
    tell(
        &mut model,
        Msg::Directory(Box::new(admin_with(connections(), now()))),
    );
    press(&mut model, "g M");
    offline(&mut model);
    let shown = screen(&model);
    assert!(
        shown.contains("You are offline. So it was at 14:32."),
        "{shown}"
    );
}

#[test]
fn the_head_says_that_some_fail_while_that_is_known() {
    let mut model = desk(160, 45);
    assert!(!screen(&model).contains("connection"));
    tell(
        &mut model,
        Msg::Directory(Box::new(admin_with(connections(), now()))),
    );
    assert!(screen(&model).contains("! 3 connections fail"));
    let one = connections().drain(2..3).collect();
    tell(&mut model, Msg::Directory(Box::new(admin_with(one, now()))));
    assert!(screen(&model).contains("! 1 connection fails"));
    offline(&mut model);
    assert!(!screen(&model).contains("connection fails"));
    let mut nobody = directory();
    nobody.connections = None;
    tell(&mut model, Msg::Connection(Connection::Live));
    tell(&mut model, Msg::Directory(Box::new(nobody)));
    assert!(!screen(&model).contains("connection fails"));
}
