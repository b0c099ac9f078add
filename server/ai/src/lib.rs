//! How replies are proposed: what a message asks for, which texts of the company answer it, and what
//! must not be said to a stranger. Pure: others read the texts, call the model and keep what came of it.

pub mod personal;
pub mod rank;
pub mod words;
