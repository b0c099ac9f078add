//! Cuts a Markdown file into the entries that questions are answered from: one for each heading, so that a
//! source is a passage and not a book.

/// A passage that stands on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The headings it stands under, joined.
    pub title: String,
    /// Which of the sections with this title it is, from 0: a long one is cut, and headings repeat.
    pub part: usize,
    pub text: String,
}

/// What a file says about itself before its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Nothing,
    Public,
    Internal,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub audience: Said,
    pub sections: Vec<Section>,
}

/// A passage longer than this is cut at a paragraph.
const LONGEST: usize = 3_500;

/// Headings down to this level begin a passage.
const DEEPEST: usize = 3;

/// Titles are cut to so many characters.
const TITLE: usize = 200;

/// Reads a file. `name` is its title where it has none.
#[must_use]
pub fn page(name: &str, text: &str) -> Page {
    let text = text.replace("\r\n", "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let (front, text) = front_matter(text);
    let title = front.title.unwrap_or(name).to_owned();
    let mut cut = Cut {
        headings: vec![(0, title)],
        ..Cut::default()
    };
    for line in text.lines() {
        cut.take(line);
    }
    cut.end();
    Page {
        audience: front.audience,
        sections: cut.sections,
    }
}

struct Front<'a> {
    title: Option<&'a str>,
    audience: Said,
}

/// What stands between two lines of dashes at the top.
fn front_matter(text: &str) -> (Front<'_>, &str) {
    let mut front = Front {
        title: None,
        audience: Said::Nothing,
    };
    let Some((head, rest)) = text
        .strip_prefix("---\n")
        .and_then(|text| text.split_once("\n---\n"))
    else {
        return (front, text);
    };
    for line in head.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" if !value.is_empty() => front.title = Some(value),
            "audience" if value == "internal" => front.audience = Said::Internal,
            "audience" if value == "public" => front.audience = Said::Public,
            _ => {}
        }
    }
    (front, rest)
}

/// Where the reading is.
#[derive(Default)]
struct Cut {
    /// The headings that hold here, by level.
    headings: Vec<(usize, String)>,
    text: String,
    /// What ends the code that is being read.
    fence: Option<String>,
    sections: Vec<Section>,
}

impl Cut {
    fn take(&mut self, line: &str) {
        let trimmed = line.trim_start();
        match &self.fence {
            Some(fence) if trimmed.starts_with(fence.as_str()) => self.fence = None,
            Some(_) => {}
            None => {
                let fence: String = trimmed
                    .chars()
                    .take_while(|it| matches!(it, '`' | '~'))
                    .collect();
                if fence.len() >= 3 {
                    self.fence = Some(fence);
                } else if let Some((level, title)) = heading(line) {
                    self.end();
                    self.headings.retain(|(at, _)| *at < level);
                    self.headings.push((level, title.to_owned()));
                    return;
                }
            }
        }
        let blank = trimmed.is_empty() && self.fence.is_none();
        if blank && self.text.len() > LONGEST {
            self.end();
        }
        self.text.push_str(line);
        self.text.push('\n');
        // Lines without paragraphs have to end somewhere.
        if self.text.len() > 2 * LONGEST {
            self.end();
        }
    }

    /// Ends a passage.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let names = self.headings.iter().map(|(_, name)| name.as_str());
        let mut names: Vec<&str> = names.collect();
        names.dedup();
        let title: String = names.join(" – ").chars().take(TITLE).collect();
        let part = self.sections.iter().filter(|it| it.title == title).count();
        self.sections.push(Section {
            title,
            part,
            text: text.to_owned(),
        });
    }
}

/// A heading's level and words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|it| *it == b'#').count();
    let rest = line.get(level..)?;
    let words = rest.strip_prefix([' ', '\t'])?.trim();
    let words = words.trim_end_matches('#').trim_end();
    (1..=DEEPEST)
        .contains(&level)
        .then_some((level, words))
        .filter(|(_, words)| !words.is_empty())
}

/// The addresses of other Markdown files that a file links to, as they are written.
#[must_use]
pub fn links(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in text.split("](").skip(1) {
        let Some((target, _)) = part.split_once(')') else {
            continue;
        };
        let target = target.split([' ', '#', '?']).next().unwrap_or_default();
        if is_markdown(target) && !found.iter().any(|it| it == target) {
            found.push(target.to_owned());
        }
    }
    found
}

/// Whether a file's name is one of Markdown.
#[must_use]
pub fn is_markdown(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUNDS: &str = "---\ntitle: \"Refunds\"\naudience: internal\n---\nGeneral.\n\n# Refunds\n\n## When\n\
        Five days.\n\n```\n# no heading\n```\n\n## How ##\nBy card.\n\n#### Small\nStill by card.\n# Other\nText\n";

    #[test]
    fn each_heading_is_an_entry_with_the_headings_above_it() {
        let page = page("refunds.md", REFUNDS);
        assert_eq!(page.audience, Said::Internal);
        let found: Vec<(&str, &str)> = page
            .sections
            .iter()
            .map(|it| (it.title.as_str(), it.text.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("Refunds", "General."),
                ("Refunds – When", "Five days.\n\n```\n# no heading\n```"),
                ("Refunds – How", "By card.\n\n#### Small\nStill by card."),
                ("Refunds – Other", "Text"),
            ]
        );
    }

    #[test]
    fn a_long_passage_is_cut_and_an_endless_one_too() {
        let paragraphs = format!("{}\n\n", "word ".repeat(200)).repeat(12);
        let sections = page("a.md", &paragraphs).sections;
        assert!(sections.len() > 2, "{}", sections.len());
        assert!(sections.iter().all(|it| it.text.len() < 2 * LONGEST));
        let parts: Vec<usize> = sections.iter().map(|it| it.part).collect();
        assert_eq!(parts, (0..sections.len()).collect::<Vec<_>>());
        let lines = "x\n".repeat(20_000);
        assert!(page("b.md", &lines).sections.len() > 3);
        assert!(page("c.md", "").sections.is_empty());
        assert!(page("c.md", "---\n# \n```").sections.len() < 2);
    }

    #[test]
    fn links_to_other_files_are_found() {
        let text = "- [A](a.md) and [B](../b/c.markdown#top \"t\"), [web](https://x.test/y.html)\n[A](a.md)";
        assert_eq!(links(text), ["a.md", "../b/c.markdown"]);
    }
}
