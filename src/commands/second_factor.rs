//! `frontdesk second-factor`: one's own codes beside the password, shown, set up and given up.

use super::{ask, authenticator};
use crate::cli::{SecondFactor, SecondFactorWhat};
use crate::error::Error;
use crate::net::api::{ApiError, Standing};
use crate::output::say;
use crate::secret::Secret;
use crate::sign_in::{Agent, Desk};
use ask::PasswordFrom;
use frontdesk_ui::text_safe;

pub(super) async fn run(desk: &Desk, args: SecondFactor) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    // The server refuses keys too, in fewer words.
    if agent.lent_by.is_some() {
        return Err(Error::OnlySignedIn);
    }
    match args.what.unwrap_or(SecondFactorWhat::Show { json: false }) {
        SecondFactorWhat::Show { json: true } => {
            let said = agent.api.second_factor().await?;
            desk.output.json(&said.json)
        }
        SecondFactorWhat::Show { json: false } => {
            let said = agent.api.second_factor().await?;
            desk.output.words(&standing(&agent, &said.standing))
        }
        SecondFactorWhat::On { password_stdin } => {
            switch_on(desk, &mut agent, password_stdin.into()).await
        }
        SecondFactorWhat::Off => switch_off(desk, &mut agent).await,
        SecondFactorWhat::Codes => renew_codes(desk, &mut agent).await,
    }
}

fn standing(agent: &Agent, it: &Standing) -> String {
    let email = &agent.sign_in.email;
    match (it.enabled, it.required) {
        (true, _) => format!(
            "{email} signs in with a password and a code. {} left.",
            recovery_codes(it.recovery_codes_left)
        ),
        (false, true) => {
            format!("{email} has no second factor yet, and the company requires one.")
        }
        (false, false) => format!("{email} signs in with a password alone."),
    }
}

fn recovery_codes(number: i64) -> String {
    match number {
        0 => "No recovery codes are".to_owned(),
        1 => "1 recovery code is".to_owned(),
        many => format!("{many} recovery codes are"),
    }
}

async fn switch_on(desk: &Desk, agent: &mut Agent, from: PasswordFrom) -> Result<(), Error> {
    let password = ask::password(from, &agent.sign_in.email)?;
    let enrolment = agent.api.begin_second_factor(&password).await?;
    say("Add this to your authenticator app, then type the code that it shows.");
    authenticator::tell(&enrolment, desk.output.glyphs());
    let codes = confirmed(agent).await?;
    say(authenticator::BEFORE_CODES);
    print_codes(desk, &codes)
}

/// The recovery codes, for a code of the new app, after as many tries as it takes.
async fn confirmed(agent: &mut Agent) -> Result<Vec<Secret>, Error> {
    loop {
        let code = needed(ask::code()?)?;
        match agent.api.confirm_second_factor(&code).await {
            Ok(codes) => return Ok(codes),
            Err(ApiError::Refused(why)) => say(text_safe::line(&why).as_ref()),
            Err(error) => return Err(error.into()),
        }
    }
}

async fn switch_off(desk: &Desk, agent: &mut Agent) -> Result<(), Error> {
    say("A code of your authenticator app, or a recovery code, is needed.");
    let code = needed(ask::code()?)?;
    agent.api.give_up_second_factor(&code).await?;
    let email = &agent.sign_in.email;
    desk.output
        .words(&format!("{email} signs in with a password alone now."))
}

async fn renew_codes(desk: &Desk, agent: &mut Agent) -> Result<(), Error> {
    say("A code of your authenticator app, or a recovery code, is needed.");
    let code = needed(ask::code()?)?;
    let codes = agent.api.renew_recovery_codes(&code).await?;
    say("Each of these codes signs you in once; the old ones are void:");
    print_codes(desk, &codes)
}

/// Prints the codes alone, so that they can be kept in a file.
fn print_codes(desk: &Desk, codes: &[Secret]) -> Result<(), Error> {
    let texts: Vec<String> = codes.iter().map(|code| code.expose().to_owned()).collect();
    desk.output.each(&texts)?;
    say(authenticator::AFTER_CODES);
    Ok(())
}

fn needed(code: Option<Secret>) -> Result<Secret, Error> {
    code.ok_or_else(|| Error::Usage("no code was given; nothing is changed".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_counted_in_words() {
        let said = [0, 1, 10].map(recovery_codes);
        let wanted = [
            "No recovery codes are",
            "1 recovery code is",
            "10 recovery codes are",
        ];
        assert_eq!(said, wanted);
    }
}
