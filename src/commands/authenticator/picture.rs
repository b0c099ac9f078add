//! An address as a picture that a telephone reads from the screen: two rows of it in each line.

use qrcode::{Color, EcLevel, QrCode};

/// White on black whatever the terminal's colours are, since not every telephone reads the reverse.
const PAINT: &str = "\x1b[97;40m";
const PLAIN: &str = "\x1b[0m";

/// What has to stay white around it.
const MARGIN: usize = 2;

/// The lines; none where there is no room for them, or the address is too long.
pub(super) fn lines(address: &str, width: usize) -> Vec<String> {
    // The least correction: a screen has no stains, and the picture stays small.
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::L) else {
        return Vec::new();
    };
    let side = code.width();
    let whole = side + 2 * MARGIN;
    if whole > width {
        return Vec::new();
    }
    let colors = code.to_colors();
    let is_white = |x: usize, y: usize| {
        let inside = x.checked_sub(MARGIN).zip(y.checked_sub(MARGIN));
        let inside = inside.filter(|(x, y)| *x < side && *y < side);
        inside.is_none_or(|(x, y)| colors[y * side + x] == Color::Light)
    };
    let glyph = |x: usize, y: usize| match (is_white(x, y), is_white(x, y + 1)) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    };
    let line = |y: usize| (0..whole).map(|x| glyph(x, y)).collect::<String>();
    (0..whole)
        .step_by(2)
        .map(|y| format!("{PAINT}{}{PLAIN}", line(y)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "otpauth://totp/Northlight:maya%40northlight.example?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Northlight";

    /// The cells of a line, without its colours.
    fn bare(line: &str) -> Vec<char> {
        let line = line.strip_prefix(PAINT).unwrap();
        line.strip_suffix(PLAIN).unwrap().chars().collect()
    }

    #[test]
    fn an_address_fits_a_small_terminal_with_white_around_it() {
        let drawn = lines(ADDRESS, 80);
        assert!((15..24).contains(&drawn.len()), "{}", drawn.len());
        let first = bare(&drawn[0]);
        assert!(first.len() <= 46 && first.iter().all(|cell| *cell == '█'));
        for line in &drawn {
            let cells = bare(line);
            assert_eq!(cells.len(), first.len());
            assert_eq!((cells[0], cells[cells.len() - 1]), ('█', '█'));
        }
        // The eye in the upper left corner: a black frame of seven, and a black core in it.
        assert_eq!(bare(&drawn[1])[2..9], [' ', '▄', '▄', '▄', '▄', '▄', ' ']);
    }

    #[test]
    fn where_there_is_no_room_there_is_no_picture() {
        assert!(lines(ADDRESS, 40).is_empty());
        assert!(lines(&"x".repeat(4_000), 400).is_empty());
    }
}
