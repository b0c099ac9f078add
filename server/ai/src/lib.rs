//! How replies are proposed: what a message asks for, which texts of the company answer it, what a model is
//! told and what becomes of its answer. Pure: others read the texts, call the model and keep what came.

pub mod breaker;
pub mod check;
pub mod classify;
pub mod completion;
pub mod edit;
pub mod embedding;
pub mod fuse;
pub mod hide;
pub mod markdown;
pub mod mood;
pub mod own_text;
pub mod person;
pub mod personal;
pub mod prompt;
pub mod rank;
pub mod retry;
pub mod sse;
pub mod vector;
pub mod words;
