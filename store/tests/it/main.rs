//! The client's local file as its owner meets it: opened again, damaged, from the future,
//! private.

#[cfg(test)]
mod bed;
#[cfg(test)]
mod file;
#[cfg(test)]
mod memory;
