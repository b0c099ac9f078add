//! The pages and scripts that the server hands to browsers. They are files below `server/widget`,
//! put together and compressed when somebody first asks; nothing is built beforehand and nothing
//! comes from anywhere else.

mod chat;
mod combine;
mod compressed;
mod home;
mod loader;

pub(crate) use chat::Chat;
pub(crate) use compressed::{Compressed, Encoding};
pub(crate) use home::{HOME, STYLE as HOME_STYLE};
pub(crate) use loader::LOADER;
