//! What can be asked about one's own second factor.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct SecondFactor {
    #[command(subcommand)]
    pub what: Option<SecondFactorWhat>,
}

/// What is done with it; without one it is shown.
#[derive(Debug, Subcommand)]
pub enum SecondFactorWhat {
    /// Say whether you need a code to sign in
    Show {
        /// Print JSON, as the server sent it
        #[arg(long)]
        json: bool,
    },
    /// Set up an authenticator app, whose codes you need from then on; prints the recovery codes
    On {
        /// Read your password from the first line of the standard input, and a code from the next
        #[arg(long)]
        password_stdin: bool,
    },
    /// Sign in without codes again; takes a code, or a recovery code
    Off,
    /// Make new recovery codes and print them; takes a code, and the old ones are void
    Codes,
}
