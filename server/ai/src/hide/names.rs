//! The names of a customer, and where a word of a text is one of them. Many names are ordinary words too:
//! hidden wherever they come, they would take the sense out of a text.

/// The names to look for.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<Name>);

#[derive(Debug, PartialEq, Eq)]
struct Name {
    lower: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It means nothing but a name, and is hidden however it is written.
    Alone,
    /// An ordinary word too: it is a name with a capital letter, alone on its line, or in the whole name.
    Ordinary,
    /// A word between names, such as "de la". It names nobody outside of the whole name.
    Particle,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// The whole name stands there, and this is a part of it.
    pub(super) in_whole_name: bool,
    /// Nothing else is on its line.
    pub(super) alone_on_line: bool,
}

impl Names {
    /// Those that somebody is called by.
    pub(super) fn of(name: &str) -> Self {
        let parts = name.split(|it: char| !it.is_alphanumeric());
        // A short number is no name: hidden, it would be missing wherever it means something else.
        let parts =
            parts.filter(|it| it.chars().count() > 1 && it.chars().any(char::is_alphabetic));
        Self(parts.map(Name::of).collect())
    }

    /// Whether a word that stands so is one of them.
    pub(super) fn has(&self, word: &str, standing: Standing) -> bool {
        let lower = word.to_lowercase();
        let Some(name) = self.0.iter().find(|it| it.lower == lower) else {
            return false;
        };
        match name.kind {
            Kind::Alone => true,
            Kind::Ordinary => {
                let has_capital = !word.starts_with(char::is_lowercase);
                has_capital || standing.in_whole_name || standing.alone_on_line
            }
            Kind::Particle => standing.in_whole_name,
        }
    }

    /// How many bytes of a text's beginning are the whole name, of several words and in their order.
    pub(super) fn whole(&self, text: &str) -> usize {
        if self.0.len() < 2 {
            return 0;
        }
        let mut rest = text;
        for (at, name) in self.0.iter().enumerate() {
            if at > 0 {
                let gap = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
                if !is_gap(&rest[..gap]) {
                    return 0;
                }
                rest = &rest[gap..];
            }
            let (word, after) = rest.split_at(word_length(rest));
            if word.to_lowercase() != name.lower {
                return 0;
            }
            rest = after;
        }
        text.len() - rest.len()
    }
}

/// How many bytes the word is long that a text begins with.
pub(super) fn word_length(text: &str) -> usize {
    text.find(|it: char| !it.is_alphanumeric())
        .unwrap_or(text.len())
}

/// Whether this is what stands between the words of one name, a middle letter among it left out.
fn is_gap(between: &str) -> bool {
    (1..=3).contains(&between.chars().count()) && !between.contains('\n')
}

impl Name {
    fn of(part: &str) -> Self {
        let lower = part.to_lowercase();
        let is_among = |words: &str| words.split_whitespace().any(|it| it == lower);
        let kind = if is_among(PARTICLES) {
            Kind::Particle
        } else if is_among(ORDINARY) {
            Kind::Ordinary
        } else {
            Kind::Alone
        };
        Self { lower, kind }
    }
}

/// Words between the names of people.
const PARTICLES: &str = "\
    af al am an ap auf av bin da dal das de degli dei del della den der des di die do dos du e el em en \
    et het i il im in la las le les lo los of op san santa st te ten ter the til to tot und van vom von \
    vor y zu zum zur";

/// Names that are ordinary words, and words by which companies and their desks are called.
const ORDINARY: &str = "\
    account accounts admin agent alba amber angel april archer art ash august aura autumn baker bank banks \
    bay bell belle berg best billing bill bird bishop black blanc blanco bliss bloom blue bond book booker \
    bot bow bright brook brown buck bush butler cane care carpenter carter case cash chance charity chase \
    chef child church city clair claire clay client close club cole company constant cook cooper crane cross \
    cruz customer daily dale dawn day dean dell desk dolores drew duke early earl east english eve fair faith \
    fern field finch fine fish fisher flint florence flower ford forest foster fox france frank franco free \
    french frost fuller gardener gene gift glad glass glen gold golden good grace grand grant gray green grey \
    grove guest guy hall hand hardy harmony hart harvest hay hazel head heath heather help hill holiday holly \
    home honor hood hope house hunt hunter ilo info iris iron ivory ivy jack jade jasmine jazz jet jolly joy \
    jung july june juste keen key king klein knight lace lake lamb lane lang lange law lee light lily link \
    little lone long lord lot love low luck lumi luz mail major mar march marina marine mark marketing marks \
    mason may mayor meadow melody mercedes mercy merit merry mild miles mill miller miner mint misty moon \
    moral more moss mount myrtle nash new nice nick noble norm north novel oak office olive order page paige \
    park parker parsons pat paz peace pearl penny petit pike pilot piper plain pool poor pope porter post \
    power precious price pride prince prior quick rain randy ray reed reign rich ridge ring river rivers rob \
    robin rock rod roman rosa rose rosemary rowan royal ruby rude russet rusty sage sales sand sandy savage \
    school sell service shade sharp shell shepherd shop short silver sky slim small smart smith snow sol song \
    south spring stark star stella sterling stone store stout street strong sue summer summers sun sunny \
    support sweet swift tailor tanner team temple test tiger toivo tower town trinity true tucker turner ty \
    user vale valo victor violet wade walker wall ward warm waters way weaver web welcome well wells west \
    white wild will willow win winner winter wise wolf wood woods worth wright young";

#[cfg(test)]
mod tests {
    use super::*;

    const LOOSE: Standing = Standing {
        in_whole_name: false,
        alone_on_line: false,
    };

    #[test]
    fn a_word_that_is_nothing_else_is_a_name_however_it_is_written() {
        let names = Names::of("Priya Raman");
        for word in ["Priya", "priya", "RAMAN"] {
            assert!(names.has(word, LOOSE), "{word}");
        }
        assert!(!names.has("prize", LOOSE));
    }

    #[test]
    fn an_ordinary_word_is_a_name_where_it_stands_as_one() {
        let names = Names::of("Will May");
        for word in ["will", "may"] {
            assert!(!names.has(word, LOOSE), "{word}");
            let whole = Standing {
                in_whole_name: true,
                ..LOOSE
            };
            assert!(names.has(word, whole), "{word}");
            let alone = Standing {
                alone_on_line: true,
                ..LOOSE
            };
            assert!(names.has(word, alone), "{word}");
        }
        assert!(names.has("Will", LOOSE) && names.has("MAY", LOOSE));
    }

    #[test]
    fn words_between_names_name_nobody_alone() {
        let names = Names::of("María de la Cruz");
        for word in ["de", "La", "DE"] {
            assert!(!names.has(word, LOOSE), "{word}");
        }
        assert!(names.has("maría", LOOSE) && names.has("Cruz", LOOSE));
    }

    #[test]
    fn the_whole_name_is_found_in_its_order() {
        let names = Names::of("Will de la May");
        for (text, length) in [
            ("will de la may, thanks", 14),
            ("WILL  DE-LA MAY", 15),
            ("will it", 0),
            ("will de la\nmay", 0),
            ("will de la mayor", 0),
            ("may will", 0),
        ] {
            assert_eq!(names.whole(text), length, "{text}");
        }
        assert_eq!(Names::of("Will").whole("will it come?"), 0);
        assert_eq!(Names::default().whole("will"), 0);
    }
}
