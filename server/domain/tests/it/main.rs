//! The decisions, tried on a small desk in memory.

#[cfg(test)]
mod build;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod effects;
#[cfg(test)]
mod invariants;
#[cfg(test)]
mod merges;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod splitting;
#[cfg(test)]
mod steps;
