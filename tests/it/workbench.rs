//! The workbench in a real terminal against a real server: what begins here, goes out later, is kept
//! as a view, found on the server, and handed to programs of the agent's own.

use crate::bed::Bed;
use crate::window::Window;
use std::fs;

const ENTER: &str = "\r";
const ESC: &str = "\x1b";
const SEND: &str = "\x13";

fn open(bed: &Bed) -> Window {
    let window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("live");
    window
}

#[test]
fn a_conversation_begins_here_and_its_first_message_goes_out() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    window.send("C");
    window.wait_for("Write to");
    window.send("vera@new.example");
    window.wait_for("vera@new.example, who is new");
    window.send(ENTER);
    window.wait_for("by email");
    window.send(ENTER);
    window.wait_for("Subject");
    window.send("Your parcel");
    window.wait_for("about: Your parcel");
    window.send(ENTER);
    window.wait_for("Reply by");
    window.send("It is on its way.");
    window.wait_for("It is on its way.");
    window.send(SEND);
    window.wait_for("Sending");
    window.send(SEND);
    window.wait_gone("Sending");
    let listed = || bed.out(&["ls", "-n", "50"]);
    window.wait("it to be there", |_| listed().contains("Your parcel"));
    window.wait("the words to have gone out", |_| {
        bed.out(&["search", "\"on its way\"", "--ids"])
            .lines()
            .count()
            >= 1
    });
    window.leave();
}

#[test]
fn a_reply_waits_for_its_time_and_is_taken_back() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    window.send(ENTER);
    window.send("r");
    window.wait_for("Reply by");
    window.send("Good morning to you.");
    window.wait_for("Good morning to you.");
    window.send("\x18l");
    window.wait_for("Send later");
    window.send("in 3 days");
    window.wait_for("= ");
    window.send(ENTER);
    window.wait_for("Goes out");
    window.wait("the server to have it", |_| {
        bed.out(&["later"]).contains("Good morning to you.")
    });
    window.send("gl");
    window.wait_for("Goes out later");
    window.wait_for("Good morning to you.");
    window.send(ENTER);
    window.wait_for("take it back");
    window.send("take it back");
    window.send(ENTER);
    window.wait_for("taken back");
    assert_eq!(bed.out(&["later"]), "Nothing waits to go out.\n");
    window.leave();
}

#[test]
fn a_search_is_kept_as_a_view_with_a_tab_of_its_own() {
    let bed = Bed::signed_in();
    let mut window = open(&bed);
    window.send("g/");
    window.wait_for("Search everything");
    window.send("is:priority");
    window.send("\t");
    window.wait_for("Keep as a view");
    window.send("Urgent");
    window.wait_for("as “Urgent”");
    window.send(ENTER);
    window.wait_for("Who sees Urgent");
    window.send(ENTER);
    window.wait_for("Kept as Urgent.");
    assert!(bed.out(&["views"]).contains("Urgent"));
    window.send("gi");
    window.send("gv");
    window.wait_for("YOURS");
    window.send(ESC);
    window.wait_gone("YOURS");
    window.send("gi");
    window.send("gv");
    window.wait_for("YOURS");
    window.send("Urgent");
    window.send(ENTER);
    window.wait_gone("YOURS");
    window.send("ge");
    window.wait_for("rename…");
    window.send(ENTER);
    window.wait_for("Rename Urgent");
    window.send("!");
    window.wait_for("to “Urgent!”");
    window.send(ENTER);
    window.wait_for("It is called Urgent! now.");
    assert!(bed.out(&["views"]).contains("Urgent!"));
    window.send("ge");
    window.wait_for("delete…");
    window.send("delete");
    window.wait_gone("rename…");
    window.send(ENTER);
    window.wait_for("Delete the view Urgent!?");
    window.send("y");
    window.wait_for("The view Urgent! is gone; here is the inbox.");
    window.wait_gone("Urgent");
    window.leave();
}

#[test]
fn a_program_of_the_agents_own_reads_what_is_selected() {
    let bed = Bed::signed_in();
    let folder = bed.home.path();
    let configuration = format!(
        "[commands.keep]\nrun = [\"tee\", \"{}\"]\noutput = \"pager\"\n\
         [views.everything]\nquery = \"status:open\"\n",
        folder.join("kept.json").display()
    );
    fs::write(folder.join("config.toml"), configuration).unwrap();
    let mut window = open(&bed);
    window.send("gv");
    window.wait_for("OF YOUR CONFIGURATION");
    window.send(ESC);
    window.wait_gone("OF YOUR CONFIGURATION");
    window.send("x");
    window.send("j");
    window.send("x");
    window.wait_for("2 selected");
    window.send("!");
    window.wait_for("Run on 2 conversations");
    window.send(ENTER);
    window.wait_for("\"conversation\"");
    let kept = fs::read_to_string(folder.join("kept.json")).unwrap();
    assert_eq!(kept.lines().count(), 2);
    for line in kept.lines() {
        let it: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(it["conversation"]["number"].is_i64());
        assert!(!it["messages"].as_array().unwrap().is_empty());
    }
    window.send(ESC);
    window.wait_gone("\"conversation\"");
    window.leave();
}
