use super::*;
use frontdesk_protocol::entity::{TemplateApproval, TemplatePlace};

fn template(id: &str, name: &str) -> ReplyTemplate {
    let place = |name: &str, example: Option<&str>| TemplatePlace {
        name: name.to_owned(),
        example: example.map(str::to_owned),
    };
    ReplyTemplate {
        id: id.to_owned(),
        name: name.to_owned(),
        language: Some("en".to_owned()),
        text: "Hello {{1}},\nyour order {{2}} is late.".to_owned(),
        places: vec![place("1", Some("Ada")), place("2", None)],
        approval: TemplateApproval::Approved,
        why_not: None,
    }
}

fn places(given: &[&str]) -> Vec<Place> {
    given.iter().map(|it| it.parse().unwrap()).collect()
}

#[test]
fn a_template_is_shown_with_its_id_its_text_and_its_places() {
    let barred = ReplyTemplate {
        why_not: Some("it is not approved yet".to_owned()),
        language: None,
        ..template("HX2", "thanks")
    };
    let shown = [lines(&template("HX1", "late")), lines(&barred)].concat();
    let expected = [
        "late (en)  HX1",
        "    Hello {{1}},",
        "    your order {{2}} is late.",
        "    1 is such as Ada",
        "thanks  HX2: cannot be sent, it is not approved yet",
        "    Hello {{1}},",
        "    your order {{2}} is late.",
        "    1 is such as Ada",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn it_is_found_by_its_id_or_by_a_name_that_only_it_has() {
    let all = [
        template("HX1", "late"),
        template("HX2", "late"),
        template("HX3", "thanks"),
    ];
    for (named, id) in [("HX2", "HX2"), ("thanks", "HX3")] {
        assert_eq!(by_name(&all, named).unwrap().id, id);
    }
    for (named, words) in [
        (
            "late",
            "several templates are called late; name one of HX1, HX2",
        ),
        ("sorry", "there is no template sorry"),
    ] {
        assert_eq!(by_name(&all, named).unwrap_err().to_string(), words);
    }
}

#[test]
fn every_place_is_filled_in_and_no_other() {
    let it = template("HX1", "late");
    let text = fill(&it, &places(&["2=7 = seven", "1=Ada"])).unwrap();
    assert_eq!(text, "Hello Ada,\nyour order 7 = seven is late.");
    for (given, words) in [
        (
            &["1=Ada"][..],
            "say with --var what stands in the template's places: 2",
        ),
        (&["1=Ada", "2=7", "3=x"], "the template late has no place 3"),
    ] {
        assert_eq!(fill(&it, &places(given)).unwrap_err().to_string(), words);
    }
    for wrong in ["1", "=Ada", "1= "] {
        assert!(wrong.parse::<Place>().is_err(), "{wrong}");
    }
}

#[test]
fn what_cannot_be_sent_is_refused_with_the_reason() {
    let it = ReplyTemplate {
        approval: TemplateApproval::Waiting,
        ..template("HX1", "late")
    };
    let refused = fill(&it, &places(&["1=Ada", "2=7"])).unwrap_err();
    assert_eq!(refused.exit_code(), 3);
    let words = refused.to_string();
    assert!(words.contains("it is not approved yet"), "{words}");
}
