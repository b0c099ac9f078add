//! Whether a call is as Twilio describes its operations.

use serde_json::Value;
use url::Url;

/// What is not as the operation is described.
pub(super) fn faults(operation: &str, args: &[(String, String)]) -> Vec<String> {
    let described: Value = serde_json::from_str(include_str!("messages.json")).unwrap();
    let described = &described["operations"][operation];
    let mut faults = Vec::new();
    for required in described["required"].as_array().unwrap() {
        if !args.iter().any(|(name, _)| name == required) {
            faults.push(format!("{operation} needs {required}"));
        }
    }
    for (name, value) in args {
        let Some(wanted) = described["args"].get(name) else {
            faults.push(format!("{operation} takes no {name}"));
            continue;
        };
        let times = args.iter().filter(|(other, _)| other == name).count();
        let (is_list, one) = match wanted.get("items") {
            Some(one) => (true, one),
            None => (false, wanted),
        };
        if !fits(one, value) || (times > 1 && !is_list) {
            faults.push(format!("{operation} takes no {name} of {value}"));
        }
    }
    faults
}

fn fits(wanted: &Value, value: &str) -> bool {
    if let Some(known) = wanted["enum"].as_array() {
        return known.iter().any(|it| it == value);
    }
    if let Some(pattern) = wanted["pattern"].as_str() {
        return is_sid(pattern, value);
    }
    match (wanted["type"].as_str(), wanted["format"].as_str()) {
        (Some("integer"), _) => value.parse::<i64>().is_ok_and(|it| {
            let least = wanted["minimum"].as_i64();
            let most = wanted["maximum"].as_i64();
            least.is_none_or(|least| it >= least) && most.is_none_or(|most| it <= most)
        }),
        (Some("boolean"), _) => matches!(value, "true" | "false"),
        (Some("number"), _) => value.parse::<f64>().is_ok(),
        (_, Some("uri")) => Url::parse(value).is_ok(),
        (_, Some("phone-number")) => is_address(value),
        _ => true,
    }
}

/// Whether it is of the one shape that the patterns of ids have: two letters and 32 digits.
fn is_sid(pattern: &str, value: &str) -> bool {
    let begins = pattern.strip_prefix('^').unwrap();
    let begins = begins.strip_suffix("[0-9a-fA-F]{32}$").unwrap();
    value.strip_prefix(begins).is_some_and(|rest| {
        rest.len() == 32 && rest.bytes().all(|letter| letter.is_ascii_hexdigit())
    })
}

/// Whether it is a number, of a telephone or of WhatsApp.
fn is_address(value: &str) -> bool {
    let number = value.strip_prefix("whatsapp:").unwrap_or(value);
    let digits = number.strip_prefix('+').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|letter| letter.is_ascii_digit())
}

#[test]
fn what_twilio_does_not_describe_is_a_fault() {
    let said = |pairs: &[(&str, &str)]| {
        let owned = pairs.iter();
        let owned = owned.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        faults("CreateMessage", &owned.collect::<Vec<_>>()).len()
    };
    let sid = format!("HX{}", "0".repeat(32));
    assert_eq!(said(&[("To", "+15551234567"), ("ContentSid", &sid)]), 0);
    let files = [
        ("MediaUrl", "https://a.test/1"),
        ("MediaUrl", "https://a.test/2"),
    ];
    assert_eq!(
        said(&[("To", "whatsapp:+15551234567"), files[0], files[1]]),
        0
    );
    for wrong in [
        &[("Body", "no address")][..],
        &[("To", "Ada")],
        &[("To", "+15551234567"), ("Text", "no such name")],
        &[("To", "+15551234567"), ("ContentSid", "HX1")],
        &[("To", "+15551234567"), ("StatusCallback", "nowhere")],
        &[("To", "+15551234567"), ("Attempt", "often")],
    ] {
        assert_eq!(said(wrong), 1, "{wrong:?}");
    }
}
