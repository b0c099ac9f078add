//! How many conversations stand in each view.

use crate::view::View;

/// A number for each view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([usize; View::ALL.len()]);

impl Counts {
    /// How many stand in the view.
    #[must_use]
    pub fn of(&self, view: View) -> usize {
        self.0[view as usize]
    }

    /// Says how many stand in the view.
    pub fn set(&mut self, view: View, count: usize) {
        self.0[view as usize] = count;
    }
}
