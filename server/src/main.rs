//! The server's program. All it can do is in `frontdesk_server::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    frontdesk_server::cli::main(std::env::args_os())
}
