//! Mail by real servers and clients: Dovecot has the mailboxes, Postfix carries, swaks writes, notmuch
//! reads, and dnsmasq knows where everything is. `cargo xtask test --only mail` installs them and runs these tests.

#[cfg(test)]
mod answered;
#[cfg(test)]
mod backlog;
#[cfg(test)]
mod discovery;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod town;
#[cfg(test)]
mod troubles;
#[cfg(test)]
mod ways;
