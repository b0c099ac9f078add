//! The client's local files as their owner meets them: opened again, damaged, from the future,
//! private; and a desk, beside an account that changes.

#[cfg(test)]
mod account;
#[cfg(test)]
mod bed;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod file;
#[cfg(test)]
mod memory;
