//! The words of a mail, twice: as plain text and as HTML that says the same.

use super::Quoted;
use frontdesk_domain::Timestamp;
use std::fmt::Write;

/// The words.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) signature: &'a str,
    pub(super) quoted: Option<Quoted<'a>>,
}

impl Page<'_> {
    pub(super) fn plain(&self) -> String {
        let mut page = self.text.trim_end().to_owned();
        if !self.signature.trim().is_empty() {
            // What mail programs know a signature by.
            page.push_str("\n\n-- \n");
            page.push_str(self.signature.trim());
        }
        if let Some(quoted) = self.quoted {
            page.push_str("\n\n");
            page.push_str(&lead(quoted));
            for line in quoted.text.lines() {
                page.push_str(if line.starts_with('>') { "\n>" } else { "\n> " });
                page.push_str(line);
            }
        }
        page.push('\n');
        page
    }

    pub(super) fn html(&self) -> String {
        let mut page = String::from("<!doctype html>\n<html><body>\n");
        paragraphs(&mut page, self.text);
        if !self.signature.trim().is_empty() {
            page.push_str("<div class=\"signature\">-- <br>\n");
            lines(&mut page, self.signature.trim());
            page.push_str("</div>\n");
        }
        if let Some(quoted) = self.quoted {
            page.push_str("<p>");
            lines(&mut page, &lead(quoted));
            page.push_str("</p>\n<blockquote type=\"cite\">\n");
            paragraphs(&mut page, quoted.text);
            page.push_str("</blockquote>\n");
        }
        page.push_str("</body></html>\n");
        page
    }
}

/// The line above what is quoted. Other programs find the quotation by it.
fn lead(quoted: Quoted<'_>) -> String {
    let Quoted {
        author, written_at, ..
    } = quoted;
    format!("On {}, {} wrote:", day(written_at), author.trim())
}

fn day(at: Timestamp) -> String {
    let text = at.to_string();
    text.chars().take(10).collect()
}

fn paragraphs(page: &mut String, text: &str) {
    for paragraph in text.trim().split("\n\n").filter(|it| !it.trim().is_empty()) {
        page.push_str("<p>");
        lines(page, paragraph.trim_matches('\n'));
        page.push_str("</p>\n");
    }
}

fn lines(page: &mut String, text: &str) {
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            page.push_str("<br>\n");
        }
        for (index, word) in line.split(' ').enumerate() {
            if index > 0 {
                page.push(' ');
            }
            say(page, word);
        }
    }
}

/// A word; an address of the web becomes a link to itself.
fn say(page: &mut String, word: &str) {
    let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
    let is_link = ["https://", "http://"]
        .iter()
        .any(|scheme| bare.len() > scheme.len() && bare.starts_with(scheme));
    if is_link {
        let shown = escaped(bare);
        // A String takes everything that is written to it.
        let _ = write!(page, "<a href=\"{shown}\">{shown}</a>");
        page.push_str(&escaped(&word[bare.len()..]));
    } else {
        page.push_str(&escaped(word));
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}
