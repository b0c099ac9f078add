use super::*;
use proptest::prelude::*;

fn parse(text: &str) -> Vec<Wish> {
    let search = Search::parse(text, None);
    search.conditions.into_iter().map(|it| it.wish).collect()
}

fn text(text: &str) -> Wish {
    Wish::Text(text.to_owned())
}

#[test]
fn words_phrases_and_operators() {
    assert_eq!(
        parse("refund \"not arrived\" from:\"Ada L\" status:open #12 tag:vip is:unread"),
        [
            text("refund"),
            text("not arrived"),
            Wish::From("Ada L".to_owned()),
            Wish::Status(Status::Open),
            Wish::Number(12),
            Wish::Tag("vip".to_owned()),
            Wish::Is(Being::Unread),
        ]
    );
    assert_eq!(
        parse("assignee:me assignee:none channel:email has:file is:closed number:7"),
        [
            Wish::Assignee(Assigned::Me),
            Wish::Assignee(Assigned::Nobody),
            Wish::Channel(Source::Email),
            Wish::Has(Having::Attachment),
            Wish::Status(Status::Closed),
            Wish::Number(7),
        ]
    );
}

#[test]
fn a_message_is_named_by_its_id_or_by_that_of_its_mail() {
    let named = |id: &str| Wish::Message(id.to_owned());
    assert_eq!(
        parse("message:<a.b-1@host.example>"),
        [named("a.b-1@host.example")]
    );
    assert_eq!(
        parse("message:a.b-1@host.example"),
        [named("a.b-1@host.example")]
    );
    assert_eq!(parse("<re:1@host.example>"), [named("re:1@host.example")]);
    assert_eq!(
        parse("<b> ada@host.example"),
        [text("<b>"), text("ada@host.example")]
    );
    assert_eq!(parse("is:waiting"), [Wish::Is(Being::Waiting)]);
}

#[test]
fn a_day_begins_where_the_desk_is() {
    let at = |zone| {
        Search::parse("after:2026-01-31", zone).conditions[0]
            .wish
            .clone()
    };
    let utc = Timestamp::parse("2026-01-31T00:00:00Z").unwrap();
    assert_eq!(at(None), Wish::After(utc));
    assert_eq!(at(Some("Nowhere/Else")), Wish::After(utc));
    assert_eq!(
        at(Some("Europe/Berlin")),
        Wish::After(utc.plus_seconds(-3_600))
    );
}

#[test]
fn what_no_operator_knows_is_text() {
    assert_eq!(
        parse("https://acme.test status:lost before:soon :x from: re:order"),
        [
            text("https://acme.test"),
            text("status:lost"),
            text("before:soon"),
            text(":x"),
            text("from:"),
            text("re:order"),
        ]
    );
    assert_eq!(parse("- \"\" … ?!"), []);
    assert_eq!(parse("\"open end"), [text("open end")]);
}

#[test]
fn a_value_that_an_operator_does_not_know_is_pointed_at() {
    let typed = "refund is:opne -before:soon re:order from:";
    let problems = Search::parse(typed, None).problems;
    let shown: Vec<_> = problems
        .iter()
        .map(|it| (&typed[it.at.clone()], it.to_string()))
        .collect();
    let is = "what follows is: is open, snoozed, closed, spam, waiting, read, unread, priority, assigned or unassigned";
    assert_eq!(
        shown,
        [
            ("is:opne", is.to_owned()),
            (
                "-before:soon",
                "what follows before: is a day such as 2026-01-31".to_owned()
            ),
            (
                "from:",
                "what follows from: is a name or an address".to_owned()
            ),
        ]
    );
    assert_eq!(
        Search::parse("is:open before:2026-01-31 a:b", None).problems,
        []
    );
}

#[test]
fn what_is_kept_out_needs_something_to_be_kept_out_of() {
    let search = Search::parse("-spam", None);
    assert_eq!(search.conditions[0].sign, Sign::Without);
    assert!(!search.has_text());
    assert!(Search::parse("refund -spam", None).has_text());
}

#[test]
fn only_a_word_that_may_still_be_typed_is_unfinished() {
    for (typed, unfinished) in [
        ("where ref", true),
        ("ref ", false),
        ("\"where ref", true),
        ("\"where ", false),
        ("\"ref\"", false),
        ("ref -spa", false),
        ("ref status:open", false),
        ("", false),
    ] {
        assert_eq!(Search::parse(typed, None).unfinished, unfinished, "{typed}");
    }
}

proptest! {
    #[test]
    fn anything_typed_can_be_read(typed in any::<String>()) {
        let search = Search::parse(&typed, Some("Europe/Berlin"));
        prop_assert!(search.conditions.len() <= MOST_CONDITIONS);
    }

    #[test]
    fn whatever_is_made_of_our_own_signs_can_be_read(typed in "[-\"a:# ñ返\\n*(){}^]{0,60}|(from|to|is|has|before|number|status):[-\":a1# ]{0,12}") {
        let search = Search::parse(&typed, None);
        prop_assert!(search.conditions.len() <= MOST_CONDITIONS);
    }
}
