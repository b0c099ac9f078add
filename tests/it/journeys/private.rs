//! What belongs to a customer stays in the house whatever an agent has a model do: what its service got is
//! read to the last byte.

use super::model::{Model, drafts_on_request};
use super::{Server, open};
use crate::bed::Bed;
use crate::window::wait_until;
use frontdesk_testkit::Answers;

/// What a customer wrote, with all that the rules know.
const WORDS: &str = "Grace Hopper here, grace.hopper@navy.example, telephone +49 (170) 555-0199, card 4111 1111 \
    1111 1111, account DE89 3704 0044 0532 0130 00. My order 9938271 at https://shop.example/orders/9938271?t=s3cr3t \
    has not come. When does the stove ship?";

/// What must never be read outside, in small letters.
const SECRETS: &[&str] = &[
    "grace",
    "hopper",
    "navy",
    "170",
    "555",
    "0199",
    "4111",
    "1111",
    "3704",
    "0532",
    "9938271",
    "shop.example",
    "s3cr3t",
];

fn streams(text: &str) -> Answers {
    Answers::Streams(text.to_owned())
}

#[test]
fn nothing_of_a_customer_is_in_what_the_model_gets() {
    let model = Model::quiet();
    let bed = Bed::with_model(&model.server.url);
    let server = Server::of(&bed);
    drafts_on_request(&server);
    model.server.becomes([
        streams("Hello [name 1], it ships on Monday [0]."),
        streams("It ships on Monday, [name 1] [0]."),
        streams(r#"{"tags":[],"priority":{"value":"high","confidence":0.9}}"#),
        streams("Asked: where order [number 1] is"),
        streams("It ships soon, [name 1]. Write to [email 1]."),
    ]);
    let before = model.server.asked().len();
    bed.block_on(server.desk.visitor("Grace Hopper", WORDS));
    let mut window = open(bed.home.path());
    window.find("Grace Hopper");
    window.send("\r");
    window.wait_for("r reply");
    let asked = |count: usize| {
        wait_until(
            || format!("{count} questions, found {}", model.server.asked().len()),
            || model.server.asked().len() == before + count,
        );
    };

    window.send("dd");
    window.wait_for("┊ Hello Grace, it ships on Monday.");
    asked(1);
    // The same is shown to whoever wants to know what leaves the house.
    window.send("dp");
    window.wait_for("What gpt-4o-mini is told");
    window.send("\x06\x06\x06");
    window.wait_for("[name 1] [name 2] here");
    window.send("\x1b");
    window.wait_gone("What gpt-4o-mini is told");

    window.send("dr");
    window.wait_for("Write the draft");
    window.send("call her Grace, order 9938271");
    window.wait_for("your words");
    window.send("\r");
    window.wait_for("┊ It ships on Monday, Grace.");
    asked(2);

    window.send("dg");
    window.wait_for("Suggested by gpt-4o-mini");
    asked(3);

    window.send("dh");
    window.wait_for("Asked: where order");
    asked(4);
    window.send("\x1b");
    window.wait_gone("^s add note");

    window.send("r");
    window.wait_for("Reply by");
    window.send("Grace, it ships soon. Write to grace.hopper@navy.example.");
    window.send("\x18r");
    window.wait_for("Write your text");
    window.send("warmer");
    window.send("\r");
    window.wait_for("It ships soon, Grace.");
    asked(5);

    for told in model.told() {
        let told = told.to_lowercase();
        for secret in SECRETS {
            assert!(!told.contains(secret), "{secret} left the house: {told}");
        }
    }
    window.send("q");
    window.keep_text();
    window.leave();
}
