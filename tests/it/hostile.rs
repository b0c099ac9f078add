//! Text that wants to act on a terminal, through every way by which the program lets text out.
//!
//! The texts are put into the server's database past the server, which would have cleaned them:
//! the program must not depend on who stored them.

mod bytes;
mod memory;
mod outputs;
mod plant;
mod screens;
mod texts;

use plant::Planted;
