//! The query suite: every test runs on SQLite and, where there is one, on PostgreSQL.
#[cfg(test)]
mod audit_chain;
#[cfg(test)]
mod bed;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod carry;
#[cfg(test)]
mod deadlocks;
#[cfg(test)]
mod deferred;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod drafting;
#[cfg(test)]
mod engines;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod meanings;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod parking;
#[cfg(test)]
mod people;
#[cfg(test)]
mod people_filters;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod runners;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod searches;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod thread;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod ways;
#[cfg(test)]
mod whole;
