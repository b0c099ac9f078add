//! Sessions against the table of the wire contract, without a network.

mod desk;
mod events;
mod joins;
mod limits;
mod typing;
mod views;
