//! A customer on three channels is one customer, whose threads stand side by side.

use super::Server;
use super::lines::Number;
use crate::bed::Bed;
use crate::window::{Window, wait_until};
use frontdesk_testkit::twilio::{THEIRS, Twilio};
use serde_json::json;

#[test]
fn three_threads_of_one_customer_stand_side_by_side_and_one_is_answered() {
    let bed = Bed::calling();
    let twilio = bed.block_on(Twilio::start());
    let server = Server::of(&bed);
    let wanda = json!({ "customer": { "name": "Wanda Window", "phone": THEIRS } });
    let wanda = server.post("/api/v1/customers", wanda, 201)["data"]["id"].clone();
    for (kind, words) in [("sms", "When will it come?"), ("whatsapp", "And the bill?")] {
        Number::connect(&server, &twilio, kind).hears(&server, "Wanda Window", words);
    }
    let by_mail = json!({ "conversation": {
        "customer_id": wanda, "source": "email", "subject": "Broken lamp" } });
    let by_mail = server.post("/api/v1/conversations", by_mail, 201)["data"]["id"].clone();
    let mail = json!({ "message": {
        "conversation_id": by_mail, "customer_id": wanda, "body": "It does not shine." } });
    server.post("/api/v1/messages", mail, 201);

    let mut window = Window::open(bed.home.path(), &[], 160, 45);
    window.wait_for("● live");
    window.send("gi/");
    window.wait_for("whole view");
    window.send("\x15Wanda");
    window.wait_for("only Wanda ");
    window.send("\r");
    window.wait_for("1/3");
    window.send("*");
    window.wait_for("3 selected");
    window.send("|");
    window.wait("three threads of one customer", |screen| {
        let words = ["It does not shine.", "When will it come?", "And the bill?"];
        let heads = screen.matches("Wanda Window").count() >= 3;
        heads && words.iter().all(|it| screen.contains(it))
    });
    window.send("r");
    window.wait_for("Reply by");
    window.send("Tomorrow");
    window.wait_for("Tomorrow");
    window.send_text();
    let taken = || twilio.taken("Body");
    wait_until(
        || format!("the answer, found {:?}", taken()),
        || taken() == ["Tomorrow"],
    );
    window.wait_for("It does not shine.");
    window.leave();
    assert_eq!(twilio.taken("To").len(), 1);
}
