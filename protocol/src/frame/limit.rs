//! How deeply a text is nested, found out before anything is parsed.

/// Whether brackets are nested deeper than `limit`. Text that is not JSON may get either answer.
pub(super) fn deeper_than(text: &[u8], limit: usize) -> bool {
    // `[` and `{` differ in one bit only. Few openers in all means few open at once.
    let openers = text.iter().filter(|byte| (**byte | 0x20) == b'{').count();
    openers > limit && deepest(text) > limit
}

fn deepest(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}
