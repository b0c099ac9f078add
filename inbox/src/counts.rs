//! How many conversations stand in each view.

use crate::view::View;

/// A number for each view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([usize; View::ALL.len()]);

impl Counts {
    /// How many stand in the view; of a kept one it is not known here.
    #[must_use]
    pub fn of(&self, view: View) -> usize {
        view.number().map_or(0, |at| self.0[at])
    }

    /// Says how many stand in the view.
    pub fn set(&mut self, view: View, count: usize) {
        if let Some(at) = view.number() {
            self.0[at] = count;
        }
    }
}
