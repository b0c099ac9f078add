//! The loop on a clock that stands still until everybody waits: what comes first, and how often
//! the screen is drawn.

use super::{App, Devices, GROUND, Tools};
use crate::config::Paths;
use crate::looks::{Asking, Looks};
use crate::notify::Way;
use crate::terminal::{Input, Surface};
use crate::themes::Themes;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use frontdesk_protocol::time::Timestamp;
use frontdesk_ui::effect::MouseUse;
use frontdesk_ui::glyph::Glyphs;
use frontdesk_ui::model::Size;
use frontdesk_ui::model::settings::Settings;
use frontdesk_ui::msg::Level;
use frontdesk_ui::theme::{Depth, MATCHING, Role, Theme};
use frontdesk_ui::{Effect, Model, Msg, view};
use futures_util::{Stream, StreamExt as _, stream};
use jiff::tz::TimeZone;
use parking_lot::Mutex;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

const SIZE: Size = Size {
    width: 80,
    height: 24,
};
/// Less than a minute: then the ages in the list are others, and it is drawn.
const LONG: Duration = Duration::from_secs(50);

/// A frame that was drawn.
struct Drawn {
    at: Duration,
    text: String,
    ink: Option<Color>,
}

/// A terminal that remembers what was drawn on it.
struct Paper {
    begun: Instant,
    drawn: Arc<Mutex<Vec<Drawn>>>,
}

impl Surface for Paper {
    fn draw(&mut self, model: &Model, theme: &Theme) -> io::Result<()> {
        let backend = TestBackend::new(SIZE.width, SIZE.height);
        let mut terminal = Terminal::new(backend).unwrap();
        terminal.draw(|frame| view(model, theme, frame)).unwrap();
        self.drawn.lock().push(Drawn {
            at: self.begun.elapsed(),
            text: terminal.backend().to_string(),
            ink: theme.style(Role::Text).fg,
        });
        Ok(())
    }

    fn forget(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_mouse(&mut self, _: MouseUse) -> io::Result<()> {
        Ok(())
    }

    fn take_again(&mut self, _: MouseUse) -> io::Result<Size> {
        Ok(SIZE)
    }

    fn ask_ground(&mut self, input: &mut Input) -> io::Result<()> {
        input.expect_answer();
        Ok(())
    }

    fn send(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }
}

/// A loop, and what can be seen of it from outside.
struct Bed {
    app: App<Paper>,
    news: mpsc::Sender<Msg>,
    drawn: Arc<Mutex<Vec<Drawn>>>,
    effects: Arc<Mutex<Vec<Effect>>>,
    _home: tempfile::TempDir,
}

impl Bed {
    fn new(keys: impl Stream<Item = Event> + Send + 'static, theme: &str) -> Self {
        let begun = beginning();
        let home = tempfile::tempdir().unwrap();
        let paths = Paths::within(home.path().to_owned());
        let themes = Themes::new(&paths, Some(Depth::True), None);
        let (send, news) = mpsc::channel(1_024);
        let (drawn, effects) = (Arc::default(), Arc::new(Mutex::new(Vec::new())));
        let carried = Arc::clone(&effects);
        let devices = Devices {
            screen: Paper {
                begun,
                drawn: Arc::clone(&drawn),
            },
            input: Input::of(keys.map(Ok)),
            clock: Box::new(move || {
                let micros = i64::try_from(begun.elapsed().as_micros()).unwrap();
                Timestamp(1_764_000_000_000_000 + micros)
            }),
        };
        let tools = Tools {
            editor: "false".to_owned(),
            clipboard: None,
            notices: Way::Never,
        };
        let model = Model::new(SIZE, TimeZone::UTC, Glyphs::Ascii, Settings::default());
        let app = App::new(
            model,
            devices,
            Looks::new(themes, theme, Asking::Allowed),
            Box::new(move |effect| carried.lock().push(effect)),
            news,
            tools,
        );
        Self {
            app,
            news: send,
            drawn,
            effects,
            _home: home,
        }
    }

    /// Runs until it ends by itself or has nothing to do for a long time, and says when each
    /// frame was drawn.
    async fn run(self) -> Vec<Drawn> {
        // Whether it ended is seen by what it did.
        drop(timeout(LONG, self.app.run()).await);
        std::mem::take(&mut self.drawn.lock())
    }
}

/// Where the clock of a test stands.
#[expect(
    clippy::disallowed_methods,
    reason = "it stands still, and only waiting moves it"
)]
fn beginning() -> Instant {
    Instant::now()
}

fn key(code: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(code), KeyModifiers::NONE))
}

/// A key after so many milliseconds of silence.
async fn after(millis: u64, event: Event) -> Event {
    sleep(Duration::from_millis(millis)).await;
    event
}

/// Nobody types, and the terminal stays.
fn silence() -> impl Stream<Item = Event> + Send + 'static {
    stream::pending()
}

fn told(number: usize) -> Msg {
    Msg::Told(Level::Bad, format!("News number {number}"))
}

fn millis(drawn: &[Drawn]) -> Vec<u128> {
    drawn.iter().map(|it| it.at.as_millis()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_key_goes_before_all_news_that_wait() {
    let leave = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    let bed = Bed::new(stream::iter([leave]).chain(silence()), "ink");
    for number in 0..500 {
        bed.news.try_send(told(number)).unwrap();
    }
    let model = timeout(LONG, bed.app.run()).await.unwrap().unwrap();
    assert!(model.toasts.earlier.is_empty(), "it left at once");
}

#[tokio::test(start_paused = true)]
async fn a_flood_shares_one_frame_and_nothing_of_it_is_lost() {
    let bed = Bed::new(silence(), "ink");
    for number in 0..1_000 {
        bed.news.try_send(told(number)).unwrap();
    }
    let drawn = bed.run().await;
    assert_eq!(millis(&drawn), [0, 8]);
    assert!(
        drawn[1].text.contains("News number 999"),
        "{}",
        drawn[1].text
    );
}

#[tokio::test(start_paused = true)]
async fn keys_that_come_fast_are_drawn_once_in_eight_milliseconds() {
    let keys = (0..200).map(|it| if it % 2 == 0 { '?' } else { '\u{1b}' });
    let keys = stream::iter(keys).then(|c| {
        let event = match c {
            '\u{1b}' => Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)),
            c => key(c),
        };
        after(1, event)
    });
    let drawn = Bed::new(keys.chain(silence()), "ink").run().await;
    let times = millis(&drawn);
    assert!(times.windows(2).all(|it| it[1] - it[0] >= 8), "{times:?}");
    let typing = times.iter().filter(|at| **at <= 208).count();
    assert!((20..=27).contains(&typing), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_lone_key_is_drawn_at_once() {
    let keys = stream::once(after(500, key('?'))).chain(silence());
    let drawn = Bed::new(keys, "ink").run().await;
    assert_eq!(millis(&drawn), [0, 500]);
    assert!(drawn[1].text.contains("Keys"), "{}", drawn[1].text);
}

#[tokio::test(start_paused = true)]
async fn where_nothing_happens_nothing_is_drawn() {
    let drawn = Bed::new(silence(), "ink").run().await;
    assert_eq!(millis(&drawn), [0]);
}

#[tokio::test(start_paused = true)]
async fn what_the_model_waits_for_wakes_the_loop() {
    let bed = Bed::new(silence(), "ink");
    let good = Msg::Told(Level::Good, "Done and gone".to_owned());
    bed.news.try_send(good).unwrap();
    let drawn = bed.run().await;
    let last = drawn.last().unwrap();
    assert!(drawn[1].text.contains("Done and gone"));
    assert!(!last.text.contains("Done and gone"), "{}", last.text);
    assert_eq!(drawn.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_loop_ends_with_its_terminal() {
    let bed = Bed::new(stream::empty(), "ink");
    let effects = Arc::clone(&bed.effects);
    timeout(LONG, bed.app.run()).await.unwrap().unwrap();
    let asked = |it: &Effect| matches!(it, Effect::LoadPage(_));
    assert!(effects.lock().iter().any(asked));
}

/// What crossterm makes of the answer that the ground is white.
fn white() -> Vec<Event> {
    let alt = |c| Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT));
    let words = "11;rgb:ffff/ffff/ffff".chars().map(key);
    std::iter::once(alt(']'))
        .chain(words)
        .chain([alt('\\')])
        .collect()
}

async fn inks(answered_after: u64) -> (Vec<u128>, Vec<Option<Color>>) {
    let mut answer = white().into_iter();
    let first = answer.next().unwrap();
    let keys = stream::once(after(answered_after, first)).chain(stream::iter(answer));
    let drawn = Bed::new(keys.chain(silence()), MATCHING).run().await;
    (millis(&drawn), drawn.iter().map(|it| it.ink).collect())
}

#[tokio::test(start_paused = true)]
async fn the_first_frame_has_the_colours_of_the_ground() {
    let paper = Bed::new(silence(), "paper").run().await[0].ink;
    assert_eq!(inks(5).await, (vec![5], vec![paper]));
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_slow_to_answer_is_not_waited_for() {
    let auto = Bed::new(silence(), "auto").run().await[0].ink;
    let paper = Bed::new(silence(), "paper").run().await[0].ink;
    assert_eq!(
        inks(300).await,
        (vec![GROUND.as_millis(), 300], vec![auto, paper])
    );
}
