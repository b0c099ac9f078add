//! How the steps look: all four of them above the one the agent is at, or where there is little
//! room that one alone.

mod body;
mod sample;

use super::{Asking, FirstRun, SignInField, Step};
use crate::cell;
use crate::first_run::look::LookRow;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::{Role, Theme};
use crate::view::canvas::{Canvas, Ground};
use crate::view::hints;
use body::{Body, Cursor};
use ratatui::Frame;
use ratatui::layout::Rect;

/// From this size on all steps are listed.
const ROOMY: (u16, u16) = (60, 20);
/// The column of names, and the one of fields.
const NAMES: usize = 16;

/// Draws the first three steps.
pub fn view(run: &FirstRun, theme: &Theme, frame: &mut Frame<'_>) {
    let mut canvas = Canvas::new(frame.buffer_mut(), theme);
    let mut body = begin(run, &mut canvas);
    match run.step {
        Step::Server => server(run, &mut body),
        Step::SignIn => sign_in(run, &mut body),
        Step::Look | Step::Sync => look(run, &mut body),
    }
    if let Some(at) = body.cursor {
        frame.set_cursor_position(at);
    }
}

/// Draws the last step, over the desk that is filling.
pub(crate) fn draw_sync(run: &FirstRun, model: &Model, canvas: &mut Canvas<'_>) {
    canvas.clear(canvas.area());
    let mut body = begin(run, canvas);
    let (words, reason) = match &model.connection {
        Connection::Filling { done } => (
            format!("{} conversations are here.", grouped(*done)),
            String::new(),
        ),
        Connection::Offline { why, .. } => (
            "The server does not answer. It is tried again.".to_owned(),
            why.clone(),
        ),
        Connection::SignedOut { why } => (
            "The server does not know you any more.".to_owned(),
            why.clone(),
        ),
        Connection::Starting | Connection::CatchingUp | Connection::Live => {
            ("Asking for the conversations.".to_owned(), String::new())
        }
    };
    body.words(Role::Text, &words);
    if !reason.is_empty() {
        body.words(Role::Warn, &reason);
    }
    body.gap();
    body.words(
        Role::Muted,
        "The inbox opens by itself when the copy is complete.",
    );
}

/// `12,400`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Draws what stands around every step, and gives the room that is left.
fn begin<'a, 'b>(run: &FirstRun, canvas: &'a mut Canvas<'b>) -> Body<'a, 'b> {
    let screen = canvas.area();
    let glyphs = run.glyphs();
    let step = format!("step {} of {}", run.step.number(), Step::ALL.len());
    let is_roomy = screen.width >= ROOMY.0 && screen.height >= ROOMY.1;
    let margin = if is_roomy { 3 } else { 1 };
    let inside = Rect {
        x: screen.x + margin.min(screen.width),
        width: screen.width.saturating_sub(2 * margin),
        height: screen.height.saturating_sub(1),
        ..screen
    };
    let top = if is_roomy {
        let welcome = "Welcome to Frontdesk. Four steps, about a minute.";
        canvas.line(
            inside,
            1,
            &Line::new().with(Role::Strong, welcome),
            Ground::Plain,
        );
        canvas.line_right(inside, 1, &Line::new().with(Role::Muted, step));
        for (row, each) in (3..).zip(Step::ALL) {
            canvas.line(inside, row, &summary(run, each), Ground::Plain);
        }
        canvas.rule(inside, 8, Role::Rule, glyphs.rule());
        10
    } else {
        let title = Line::new().with(Role::Strong, run.step.title());
        canvas.line(inside, 0, &title, Ground::Plain);
        canvas.line_right(inside, 0, &Line::new().with(Role::Muted, step));
        canvas.rule(screen, 1, Role::Rule, glyphs.rule());
        2
    };
    let foot = Rect {
        y: screen.bottom().saturating_sub(1),
        height: screen.height.min(1),
        ..inside
    };
    canvas.line(foot, 0, &keys(run, screen.width), Ground::Plain);
    let area = Rect {
        y: screen.y + top,
        height: inside.height.saturating_sub(top),
        ..inside
    };
    Body::new(canvas, area, glyphs)
}

/// A step in the list of all: what came of it, where the agent is, what is to come.
fn summary(run: &FirstRun, step: Step) -> Line {
    let glyphs = run.glyphs();
    let (sign, role, name) = match step.cmp(&run.step) {
        std::cmp::Ordering::Less => (glyphs.done(), Role::Ok, Role::Text),
        std::cmp::Ordering::Equal => (glyphs.bar(), Role::Accent, Role::Strong),
        std::cmp::Ordering::Greater => (" ", Role::Text, Role::Muted),
    };
    let title = cell::fit(step.title(), NAMES, cell::Align::Left, glyphs.cut());
    let line = Line::new()
        .with(role, sign)
        .with(Role::Muted, format!(" {}  ", step.number()))
        .with(name, title);
    if step >= run.step {
        return line;
    }
    let words = match step {
        Step::Server => run.checked.as_ref().map(|it| {
            let dot = glyphs.dot();
            format!(
                "{} {dot} Frontdesk {} {dot} {} ms",
                it.origin, it.version, it.took_ms
            )
        }),
        Step::SignIn => run.signed.clone(),
        Step::Look => {
            let look = run.look();
            let dot = glyphs.dot();
            Some(format!("{} {dot} {}", look.theme, look.keys.name()))
        }
        Step::Sync => None,
    };
    line.with(Role::Muted, text_safe::line(&words.unwrap_or_default()))
}

fn keys(run: &FirstRun, width: u16) -> Line {
    let leave = ("^c", "leave");
    if run.asking != Asking::Nobody {
        return hints::line(&[("Esc", "stop waiting"), leave]);
    }
    match run.step {
        Step::Server => hints::line(&[("Enter", "check"), leave]),
        Step::SignIn => hints::line(&[
            ("Enter", "sign in"),
            ("Tab", "next"),
            ("Esc", "back"),
            leave,
        ]),
        Step::Look if width < ROOMY.0 => {
            hints::line(&[("Arrows", "choose"), ("Enter", "keep"), ("Esc", "back")])
        }
        Step::Look => hints::line(&[
            ("Arrows", "choose"),
            ("Enter", "keep and go on"),
            ("Esc", "back"),
            leave,
        ]),
        Step::Sync => hints::line(&[("Enter", "open the inbox now"), leave]),
    }
}

fn server(run: &FirstRun, body: &mut Body<'_, '_>) {
    body.words(Role::Text, "Where is your desk? The address of its server.");
    body.gap();
    body.field("Address", &run.server, Cursor::Here);
    if run.server.text().is_empty() {
        body.words(Role::Muted, &format!("Empty means {}", run.usual));
    }
    body.gap();
    outcome(run, body, "Looking there");
    if run.problem.is_none() && run.asking == Asking::Nobody {
        body.words(Role::Muted, "No server yet? Leave and run: frontdesk demo");
    }
}

fn sign_in(run: &FirstRun, body: &mut Body<'_, '_>) {
    body.words(Role::Text, "Sign in as you do in the browser.");
    body.gap();
    let cursor = |field| match run.at == field {
        true => Cursor::Here,
        false => Cursor::Elsewhere,
    };
    body.field("Mail", &run.email, cursor(SignInField::Email));
    let masked = run.password.masked(if run.glyphs().dot().is_ascii() {
        "*"
    } else {
        "•"
    });
    body.field("Password", &masked, cursor(SignInField::Password));
    body.gap();
    outcome(run, body, "Signing in");
    if run.problem.is_none() && run.asking == Asking::Nobody {
        body.words(Role::Muted, "The password is sent once and kept nowhere.");
    }
}

fn look(run: &FirstRun, body: &mut Body<'_, '_>) {
    for row in LookRow::ALL {
        let (value, place, count) = run.looks.value(row);
        let (bar, role) = if run.looks.row == row {
            (run.glyphs().bar(), Role::Strong)
        } else {
            (" ", Role::Muted)
        };
        body.line(
            &Line::new()
                .with(Role::Accent, bar)
                .with(role, format!(" {:8}", row.title()))
                .with(Role::Muted, "< ")
                .with(Role::Text, text_safe::line(value))
                .with(Role::Muted, format!(" >  {} of {count}", place + 1)),
        );
    }
    body.gap();
    outcome(run, body, "Keeping it");
    if run.problem.is_none() {
        for line in sample::lines(run.glyphs(), body.width()) {
            body.line(&line);
        }
    }
}

/// What is awaited, or what went wrong and what to do about it.
fn outcome(run: &FirstRun, body: &mut Body<'_, '_>, doing: &str) {
    if run.asking != Asking::Nobody {
        body.words(
            Role::Muted,
            &format!("{doing}{}", run.glyphs().more_follows()),
        );
        return;
    }
    let Some(problem) = &run.problem else {
        return;
    };
    body.words(
        Role::Danger,
        &format!("{} {}", run.glyphs().failed(), problem.what),
    );
    if !problem.todo.is_empty() {
        body.words(Role::Text, &problem.todo);
    }
}
