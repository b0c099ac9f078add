//! Writes what is made from the programs' own commands: manual pages and completions.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::workspace::Workspace;

/// The shells, and what each calls a program's completions.
const SHELLS: [(&str, &str, &str); 3] = [
    ("bash", "", ".bash"),
    ("zsh", "_", ""),
    ("fish", "", ".fish"),
];

/// Builds both programs and lets each write its own.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode, String> {
    let mut build = workspace.cargo();
    build.args([
        "build",
        "--package",
        "frontdesk",
        "--package",
        "frontdesk-server",
        "--bins",
    ]);
    output(&mut build)?;
    let deploy = workspace.root().join("deploy");
    for name in ["frontdesk", "frontdesk-server"] {
        let program = workspace.debug_binary(name);
        output(
            Command::new(&program)
                .args(["man", "--into"])
                .arg(deploy.join("man")),
        )?;
        for (shell, before, after) in SHELLS {
            let text = output(Command::new(&program).args(["completions", shell]))?;
            write(
                &deploy
                    .join("completions")
                    .join(format!("{before}{name}{after}")),
                &text,
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What a command that succeeds prints.
fn output(command: &mut Command) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let ended = command
        .output()
        .map_err(|error| format!("{name} does not start: {error}"))?;
    if ended.status.success() {
        return Ok(ended.stdout);
    }
    Err(format!(
        "{name} failed: {}",
        String::from_utf8_lossy(&ended.stderr)
    ))
}

fn write(path: &Path, text: &[u8]) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
