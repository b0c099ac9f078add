//! Everything the chores print goes through here.

#[expect(clippy::print_stdout, reason = "printing is what this module is for")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Marks where a part begins.
pub(crate) fn heading(name: &str, about: &str) {
    line(&format!("\n== {name}: {about}"));
}

/// Something that went wrong, said where it is seen even when the output is redirected.
#[expect(clippy::print_stderr, reason = "printing is what this module is for")]
pub(crate) fn trouble(text: &str) {
    eprintln!("{text}");
}
