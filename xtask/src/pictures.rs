//! Makes the pictures of the documentation anew, from the frames that the tests draw.

use std::process::ExitCode;

use crate::workspace::Workspace;

/// The test that compares them writes them when it is asked to.
const TEST: &str = "view::tests::guide::pictures_are_fresh";

pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode, String> {
    let ended = workspace
        .cargo()
        .args(["test", "--package", "frontdesk-ui", "--lib", TEST])
        .env("FRONTDESK_PICTURES", "1")
        .status()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if ended.success() {
        return Ok(ExitCode::SUCCESS);
    }
    Err("the pictures were not made".to_owned())
}
