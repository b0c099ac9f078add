//! A desk that several people write to at once, while something happens to its server; and what
//! must hold afterwards.

pub mod ledger;
mod place;
mod writers;

pub use place::{Place, Thread};
pub use writers::Writer;
