//! How replies are proposed: what a message asks for, which texts of the company answer it, what a model is
//! told and what becomes of its answer. Pure: others read the texts, call the model and keep what came.

pub mod check;
pub mod completion;
pub mod hide;
pub mod own_text;
pub mod personal;
pub mod prompt;
pub mod rank;
pub mod retry;
pub mod sse;
pub mod words;
