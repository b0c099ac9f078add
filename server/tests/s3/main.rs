//! Files in a bucket of an S3-compatible service. `cargo xtask test --only s3` installs what
//! `tests/s3` names and runs these tests; each starts a service of its own.

#[cfg(test)]
mod bucket;
#[cfg(test)]
mod service;
