//! An hour in which the model's service is down, as the agent sees it: nothing is lost, and the drafts come
//! in the order in which customers wrote.

use super::model::Model;
use super::{Server, open};
use crate::bed::Bed;
use crate::window::wait_until;
use frontdesk_server::seed::PASSWORD;
use frontdesk_testkit::{Answers, Desk};

/// Failures in a row after which the service is taken for down.
const FAILURES: usize = 4;
const NAMES: [&str; 12] = [
    "Ada", "Bela", "Chen", "Dara", "Emil", "Fumi", "Gita", "Hugo", "Ines", "Jora", "Kofi", "Lumi",
];

/// An hour, in the longest steps in which the service is tried out again.
const STEPS: usize = 12;
const STEP_SECONDS: i64 = 300;

/// The questions about numbered parcels, in the order in which they came in.
fn parcels(model: &Model, after: usize) -> Vec<usize> {
    let told = model.told().into_iter().skip(after);
    // Others of the example desk wake up within the hour and are asked about, too.
    let number = |told: String| {
        let (_, rest) = told.split_once("Where is parcel ")?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    told.filter_map(number).collect()
}

/// Waits until the service was asked once more than before. A failure that is noted only after time was
/// put forward counts its rest from then on, so time goes on where nobody asks.
fn until_asked(bed: &Bed, model: &Model, seconds: i64) {
    const LOOKS: u32 = 25;
    let before = model.server.asked().len();
    let mut looks = 0_u32;
    wait_until(
        || format!("question {} to the model", before + 1),
        || {
            if looks.is_multiple_of(LOOKS) {
                bed.skip_seconds(seconds);
            }
            looks += 1;
            model.server.asked().len() > before
        },
    );
}

#[test]
fn after_an_hour_without_the_model_its_drafts_come_in_order() {
    let refuses = Answers::Refuses(
        503,
        vec![("x-should-retry", "false".to_owned())],
        String::new(),
    );
    let model = Model::start([refuses]);
    let bed = Bed::with_model(&model.server.url);
    let mut server = Server::of(&bed);
    let mut window = open(bed.home.path());
    let asks = |server: &Server<'_>, n: usize| {
        let words = format!("Where is parcel {n}?");
        // A number in a name would be hidden from the model in the question, too.
        bed.block_on(server.desk.visitor(NAMES[n], &words)).1
    };
    let mut waiting = Vec::new();
    for n in 0..FAILURES {
        waiting.push(asks(&server, n));
        until_asked(&bed, &model, 1);
    }
    for n in FAILURES..NAMES.len() {
        waiting.push(asks(&server, n));
    }
    // Who asks for a draft is told what is the matter, and the draft is not lost either.
    window.find("Lumi");
    window.send("\r");
    window.wait_for("r reply");
    window.send("dd");
    window.wait_for("service is down");
    window.send("\x1b");
    for _ in 0..STEPS {
        until_asked(&bed, &model, STEP_SECONDS);
    }
    let asked = model.server.asked().len();
    model
        .server
        .becomes([Answers::Streams("It is on its way [0].".to_owned())]);
    bed.skip_seconds(STEP_SECONDS);
    // The session has run out within the hour; the program renews its own by itself.
    server.desk = bed.block_on(Desk::of(&bed.server, &server.desk.email, PASSWORD));
    for id in &waiting {
        let path = format!("/api/v1/drafts?conversation_id={id}");
        let there = || server.get(&path)["data"].clone();
        wait_until(
            || format!("one draft, found {}", there()),
            || {
                let there = there();
                there[0]["state"] == "ready" && there.as_array().unwrap().len() == 1
            },
        );
    }
    window.wait_for("┊ It is on its way.");
    // While it is being written it cannot be approved.
    window.wait_for("A approve & send");
    window.send("A");
    window.wait_for("Sending in");
    window.send("\x13");
    window.wait_gone("Sending in");
    let order: Vec<usize> = parcels(&model, asked);
    let late: Vec<usize> = order.into_iter().filter(|it| *it >= FAILURES).collect();
    assert_eq!(late, (FAILURES..NAMES.len()).collect::<Vec<_>>());
    wait_until(
        || "the approved draft to be the reply".to_owned(),
        || {
            let path = format!(
                "/api/v1/drafts?conversation_id={}",
                waiting[NAMES.len() - 1]
            );
            server.get(&path)["data"][0]["state"] == "approved"
        },
    );
    window.leave();
}
