//! Twilio's error codes in words, and whether it is worth trying again.

/// What is said where Twilio does not take who we are.
pub(super) const CREDENTIALS: &str =
    "Twilio does not accept the credentials; set the auth token of this connection anew";

/// What an error means for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It may go better later.
    Passing(&'static str),
    /// It went wrong there, and perhaps only after it was taken.
    Doubtful(&'static str),
    /// This message never goes.
    Lasting(&'static str),
    /// The customer has written STOP.
    Stopped,
    /// Nothing goes until an admin mends the connection.
    Broken(&'static str),
}

/// What is said where the customer wants to hear no more.
pub(super) const STOPPED: &str =
    "the customer wrote STOP and gets nothing more until they write START";

/// What a code means, where it is known.
pub(super) fn meaning(code: i64) -> Option<Meaning> {
    use Meaning::{Broken, Doubtful, Lasting, Passing, Stopped};
    Some(match code {
        20003 => Broken(CREDENTIALS),
        20005 => Broken("the Twilio account is not active; see the Twilio console"),
        20404 => Broken("Twilio knows no such account; check the account SID"),
        20429 | 63018 => Passing("Twilio takes no more messages just now"),
        20500 => Doubtful("Twilio has a failure of its own"),
        20503 => Passing("Twilio has a failure of its own"),
        21211 | 21217 | 21614 => Lasting("this is not a number that takes text messages"),
        21265 | 21617 => Lasting("it is longer than Twilio takes"),
        21408 => Lasting(
            "the Twilio account may not send to this country; allow it in the Twilio console",
        ),
        21602 => Lasting("there is nothing in it to send"),
        21603 | 21606 | 21212 | 21659 | 21660 => {
            Lasting("our number cannot send; check the numbers of this connection")
        }
        21604 => Lasting("there is no number to send it to"),
        21610 => Stopped,
        21611 => Passing("too many messages wait at our number"),
        21612 => Lasting("our number cannot send to this number"),
        21620 | 21623 | 21655 | 12300 => Lasting("Twilio cannot use a file of it"),
        21656 | 21658 => Lasting("the values of the template are not those Twilio knows"),
        21701..=21713 => {
            Lasting("the messaging service cannot send; check it in the Twilio console")
        }
        30001 => Passing("too many messages wait at Twilio"),
        30002 => Broken("the Twilio account is suspended; see the Twilio console"),
        30003 => Lasting("the phone cannot be reached: it is off, or out of its network"),
        30004 => Lasting("the customer or their network blocks our number"),
        30005 => Lasting("there is no such number, or it is no longer in use"),
        30006 => Lasting("this is a landline, which takes no text messages"),
        30007 => Lasting("the network took it for spam"),
        30008 => Lasting("the network did not deliver it and does not say why"),
        30034 => Lasting("our number is not registered for messages in the US"),
        30410 => Lasting("the network did not answer in time"),
        63001 => Broken("WhatsApp does not accept our number; see the Twilio console"),
        63003 | 63024 => Lasting("this number is not on WhatsApp"),
        63005 | 63013 => Lasting("WhatsApp does not take this content"),
        63007 => Lasting("our number is not set up for WhatsApp; see the Twilio console"),
        63016 => Lasting("24 hours have passed since the customer wrote; only a template goes out"),
        63019 => Lasting("WhatsApp could not fetch a file of it"),
        63032 => Lasting("WhatsApp does not deliver to this customer just now"),
        _ => return None,
    })
}

/// The words for a code that came with a receipt.
pub(super) fn words(code: i64) -> String {
    match meaning(code) {
        Some(
            Meaning::Passing(words)
            | Meaning::Doubtful(words)
            | Meaning::Lasting(words)
            | Meaning::Broken(words),
        ) => format!("{words} (Twilio {code})"),
        Some(Meaning::Stopped) => format!("{STOPPED} (Twilio {code})"),
        None => format!("Twilio could not deliver it: error {code}"),
    }
}
