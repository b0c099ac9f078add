//! WhatsApp after a day: the agent is told that only a template goes out, fills one in, and it goes out
//! once. The same by commands.

use super::lines::Number;
use super::{Server, open};
use crate::bed::Bed;
use crate::window::wait_until;
use frontdesk_testkit::twilio::content::APPROVED;
use frontdesk_testkit::twilio::{ACCOUNT, TOKEN, Twilio, posts};
use serde_json::{Value, json};

/// A desk with a number on WhatsApp, to which Wanda wrote a day ago.
struct Day {
    bed: Bed,
    twilio: Twilio,
}

impl Day {
    fn later() -> Self {
        let bed = Bed::calling();
        let twilio = bed.block_on(Twilio::start());
        let server = Server::of(&bed);
        let number = Number::connect(&server, &twilio, "whatsapp");
        number.hears(&server, "Wanda Window", "Where is my parcel?");
        // The program goes by the machine's clock, so the day passes in the database.
        let db = rusqlite::Connection::open(bed.database()).unwrap();
        let passed = "UPDATE lines SET heard_at = heard_at - 25 * 3600 * 1000000";
        assert_eq!(db.execute(passed, []).unwrap(), 1);
        Self { bed, twilio }
    }

    /// Waits until the template has gone out, and says with what in its places.
    fn filled(&self) -> Value {
        let taken = || self.twilio.taken("ContentSid");
        wait_until(
            || format!("one template, found {:?}", taken()),
            || !taken().is_empty(),
        );
        assert_eq!(taken(), [APPROVED]);
        serde_json::from_str(&self.twilio.taken("ContentVariables")[0]).unwrap()
    }
}

#[test]
fn a_template_is_chosen_filled_in_and_goes_out_once() {
    let day = Day::later();
    let mut window = open(day.bed.home.path());
    window.find("Wanda Window");
    window.send("r");
    window.wait_for("only a template goes out. ^x t lists them.");
    window.send("\x18t");
    window.wait_for("CANNOT BE SENT");
    for why in [
        "it has a picture or a file",
        "it is not approved yet",
        "it was rejected: PROMOTIONAL",
    ] {
        window.wait_for(why);
    }
    window.send("\r");
    window.wait_for("late: 1 (1 of 2)");
    window.send("Wanda\r");
    window.wait_for("late: 2 (2 of 2)");
    window.send("7781\r");
    window.wait_gone("late: 2 (2 of 2)");
    window.wait_for("Hello Wanda, your order 7781 is late.");
    window.send_text();
    assert_eq!(day.filled(), json!({ "1": "Wanda", "2": "7781" }));
    // How far it has come is shown as WhatsApp tells it.
    let told = day.twilio.taken("StatusCallback").remove(0);
    for (state, shown) in [("delivered", "delivered"), ("read", "seen by the customer")] {
        let receipt = [
            ("AccountSid", ACCOUNT),
            ("MessageSid", "SM1"),
            ("MessageStatus", state),
        ];
        assert_eq!(day.bed.block_on(posts(&told, TOKEN, &receipt)), 204);
        window.wait_for(shown);
    }
    // What is no template is asked about, and nothing more has gone out.
    window.send("r");
    window.wait_for("Reply by");
    window.send("It is here");
    window.send("\x13");
    window.wait_for("WhatsApp lets only");
    window.send("\x1b");
    window.keep_text();
    window.leave();
    assert_eq!(day.twilio.taken("To").len(), 1);
}

#[test]
fn commands_list_templates_and_send_one_once() {
    let day = Day::later();
    let listed = day.bed.out(&["ls", "--ids", "-n", "1"]);
    let number = listed.trim();
    let shown = day.bed.out(&["templates", number]);
    for line in [
        "late (en)  HX00000000000000000000000000000001",
        "    Hello {{1}}, your order {{2}} is late.",
        "    1 is such as Ada",
        "cannot be sent, it was rejected: PROMOTIONAL",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let listed: Value =
        serde_json::from_str(&day.bed.out(&["templates", number, "--json"])).unwrap();
    assert_eq!(listed[1]["id"], APPROVED);
    let send = |words: &[&str]| day.bed.run(&[&["reply", number], words].concat());
    for (words, code, why) in [
        (
            &["--template", "late", "--var", "1=Wanda"][..],
            2,
            "places: 2",
        ),
        (&["--template", "none"], 2, "no template none"),
        (&["--template", "refund"], 3, "it was rejected: PROMOTIONAL"),
        (&["--var", "1=Wanda", "Hello"], 2, "--template"),
    ] {
        let ran = send(words);
        assert_eq!(ran.code, code, "{words:?}: {ran:?}");
        assert!(ran.err.contains(why), "{words:?}: {ran:?}");
    }
    let words = [
        "--template",
        APPROVED,
        "--var",
        "1=Wanda",
        "--var",
        "2=7781",
        "--once",
        "late-7781",
    ];
    let would = send(&[&words[..], &["--dry-run"]].concat());
    assert!(
        would.out.contains("would be answered by WhatsApp"),
        "{would:?}"
    );
    for _ in 0..2 {
        let ran = send(&words);
        assert_eq!((ran.code, ran.out.as_str()), (0, "Sent.\n"), "{ran:?}");
    }
    assert_eq!(day.filled(), json!({ "1": "Wanda", "2": "7781" }));
    assert_eq!(day.twilio.taken("To").len(), 1);
}
