//! Fields that come in with requests, as they are kept: cleaned for display, and bounded where
//! a database keeps an index over them.

use frontdesk_domain::decide::Field;
use frontdesk_domain::{Refusal, text};

/// The most characters of a line. PostgreSQL cannot index much longer ones.
const LONGEST_LINE: usize = 255;

/// A field without which there is no thing.
pub(crate) fn required<T>(field: &'static str, value: Option<T>) -> Result<T, Refusal> {
    value.ok_or(blank(field))
}

/// A name, a title or another single line that must be there.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String, Refusal> {
    let too_long = |text: &str| text.trim().chars().count() > LONGEST_LINE;
    if too_long(text) {
        return Err(long(field));
    }
    let cleaned = text::clean_line(text).text;
    if cleaned.is_empty() {
        return Err(blank(field));
    }
    // Cleaning writes out the names of what cannot be seen, which makes a text longer.
    if too_long(&cleaned) {
        return Err(long(field));
    }
    Ok(cleaned)
}

/// A text of several lines that must be there.
pub(crate) fn prose(field: &'static str, text: &str) -> Result<String, Refusal> {
    if text.len() > text::LONGEST_BODY {
        return Err(Refusal::Invalid {
            field,
            problem: "should be at most 262144 byte(s)",
        });
    }
    let cleaned = text::clean_body(text).text;
    if cleaned.trim().is_empty() {
        return Err(blank(field));
    }
    Ok(cleaned)
}

/// Sets a line that may be empty.
pub(crate) fn set_line(
    kept: &mut Option<String>,
    field: &'static str,
    value: Field<String>,
) -> Result<(), Refusal> {
    set(kept, value, |text| line(field, text))
}

/// Sets a text that may be empty.
pub(crate) fn set_prose(
    kept: &mut Option<String>,
    field: &'static str,
    value: Field<String>,
) -> Result<(), Refusal> {
    set(kept, value, |text| prose(field, text))
}

/// Sets what may be empty and needs no look.
pub(crate) fn set_plain<T>(kept: &mut Option<T>, value: Field<T>) {
    match value {
        Field::Keep => {}
        Field::Clear => *kept = None,
        Field::Set(value) => *kept = Some(value),
    }
}

fn set(
    kept: &mut Option<String>,
    value: Field<String>,
    read: impl Fn(&str) -> Result<String, Refusal>,
) -> Result<(), Refusal> {
    match value {
        Field::Keep => {}
        Field::Clear => *kept = None,
        Field::Set(text) if text.trim().is_empty() => *kept = None,
        Field::Set(text) => *kept = Some(read(&text)?),
    }
    Ok(())
}

fn blank(field: &'static str) -> Refusal {
    Refusal::Invalid {
        field,
        problem: "can't be blank",
    }
}

fn long(field: &'static str) -> Refusal {
    Refusal::Invalid {
        field,
        problem: "should be at most 255 character(s)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_there_and_fits_into_an_index() {
        assert_eq!(line("name", "  Billing "), Ok("Billing".to_owned()));
        assert_eq!(line("name", " \n "), Err(blank("name")));
        assert_eq!(line("name", &"ü".repeat(255)), Ok("ü".repeat(255)));
        assert_eq!(line("name", &"ü".repeat(256)), Err(long("name")));
    }

    #[test]
    fn an_optional_line_is_kept_cleared_or_set() {
        let mut kept = Some("red".to_owned());
        set_line(&mut kept, "color", Field::Keep).unwrap();
        assert_eq!(kept.as_deref(), Some("red"));
        set_line(&mut kept, "color", Field::Set("#fff".to_owned())).unwrap();
        assert_eq!(kept.as_deref(), Some("#fff"));
        set_line(&mut kept, "color", Field::Set("  ".to_owned())).unwrap();
        assert_eq!(kept, None);
    }
}
