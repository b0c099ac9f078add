//! Connectors against what really comes in.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod mutated;
