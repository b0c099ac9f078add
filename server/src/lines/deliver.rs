//! Hands messages over by lines.

use super::gate::{Place, Went};
use super::seen::{Seen, heard};
use super::{brought, call, templates, upload};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::outgoing::OutgoingError;
use crate::work::{Deliverer, Handed, Outgoing, Repeated};
use frontdesk_connectors::channel::{Channel, Delivery, FileLink, Held, Outgoing as Out, Template};
use frontdesk_db::queries::{connections as rows, lines, receipts};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::line::Line;
use frontdesk_domain::{MessageId, Source};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// The way out of what came by a line.
pub(crate) fn way(app: &App, source: Source) -> Option<Arc<dyn Deliverer>> {
    let repeated = match source {
        Source::Custom => Repeated::Harmless,
        Source::Sms | Source::Whatsapp | Source::Telegram | Source::Slack => Repeated::Doubles,
        Source::Chat | Source::Email | Source::Mattermost | Source::Api | Source::Sandbox => {
            return None;
        }
    };
    let app = app.clone();
    Some(Arc::new(ByLine { app, repeated }))
}

#[derive(Debug)]
struct ByLine {
    app: App,
    repeated: Repeated,
}

impl Deliverer for ByLine {
    fn deliver(&self, outgoing: Outgoing) -> BoxFuture<'_, Handed> {
        let handed = async move {
            match hand_over(&self.app, &outgoing).await {
                Ok(handed) => handed,
                // What is not known to have failed before the call may have been sent.
                Err(failure) => Handed::Uncertain {
                    why: failure.to_string(),
                },
            }
        };
        handed.boxed()
    }

    fn repeated(&self) -> Repeated {
        self.repeated
    }
}

/// How long a connection that is switched off is left alone.
const OFF: Duration = Duration::from_secs(300);

const NO_LINE: &str = "there is no number or chat here to answer to";

const STOPPED: &str =
    "the customer wants to hear no more; when they write START, it can be sent again";

async fn hand_over(app: &App, outgoing: &Outgoing) -> Done<Handed> {
    let (account_id, id) = (outgoing.conversation.account_id, outgoing.conversation.id);
    let found = app
        .db
        .read(move |conn| {
            let Some(line) = lines::of_conversation(conn, account_id, id)? else {
                return Ok(None);
            };
            let connection = rows::by_id(conn, account_id, line.connection_id)?;
            Done::Ok(connection.map(|connection| (line, connection)))
        })
        .await?;
    let Some((line, connection)) = found else {
        return Ok(refused(NO_LINE));
    };
    if line.stopped_at.is_some() {
        return Ok(refused(STOPPED));
    }
    if !connection.is_on() {
        return Ok(Handed::Wait(OFF));
    }
    let channel = match super::open(app, &connection).await? {
        Ok(channel) => channel,
        Err(unfit) => {
            let why = format!("the connection {} is not set up: {unfit}", connection.name);
            heard(app, &connection, Seen::Refused(&why)).await?;
            return Ok(later(why, None));
        }
    };
    let pace = channel.deliver().pace(&line.theirs);
    let entered = app
        .gates
        .enter_paced(connection.id, pace.as_ref(), app.db.now());
    let place = match entered {
        Ok(place) => place,
        Err(wait) => return Ok(Handed::Wait(wait)),
    };
    let turn = Turn {
        app,
        line: &line,
        connection: &connection,
        channel: channel.as_ref(),
        place: &place,
    };
    turn.take(outgoing).await
}

/// A message's turn on its line.
struct Turn<'a> {
    app: &'a App,
    line: &'a Line,
    connection: &'a Connection,
    channel: &'a dyn Channel,
    place: &'a Place,
}

/// What a look for a message at its provider showed.
enum Trail {
    Found,
    Nothing,
    /// The provider cannot be asked, or does not say.
    Lost,
}

impl Turn<'_> {
    async fn take(&self, outgoing: &Outgoing) -> Done<Handed> {
        let message = &outgoing.message.message;
        let links = &self.app.links;
        let files = upload::file_links(links, &outgoing.message);
        let user = outgoing.message.user.as_ref();
        let author = user.and_then(|it| it.display_name.as_deref().or(it.full_name.as_deref()));
        let hook = format!("{}/api/hooks/{}", links.public_url, self.connection.id);
        let out = Out {
            id: message.id,
            ours: &self.line.ours,
            theirs: &self.line.theirs,
            text: message.body.as_deref().unwrap_or_default(),
            files: &files,
            author,
            picture: user.and_then(|it| it.profile_photo_url.as_deref()),
            heard_at: self.line.heard_at,
            now: self.app.db.now(),
            hook: &hook,
            templates: &[],
        };
        let by = (self.connection, self.channel);
        let there = brought::known(self.app, self.connection, message.id).await?;
        let files = (&outgoing.message, &there);
        let held = match upload::hold(self.app, by, &out, files).await? {
            Ok(held) => held,
            Err(delivery) => return self.said(delivery, message.id).await,
        };
        let out = Out {
            files: &held,
            ..out
        };
        let templates = match self.templates(&out).await {
            Ok(templates) => templates,
            Err(delivery) => return self.said(delivery, message.id).await,
        };
        let out = Out {
            templates: &templates,
            ..out
        };
        match self.call(&out).await? {
            // Nobody says how long a provider keeps what was not shown. It is brought anew once.
            Handed::Refused { why } if !there.is_empty() => {
                brought::forget(self.app, self.connection, message.id).await?;
                Ok(later(why, None))
            }
            handed => Ok(handed),
        }
    }

    /// Makes the call that hands it over.
    async fn call(&self, out: &Out<'_>) -> Done<Handed> {
        let call = match self.channel.deliver().call(out) {
            Ok(call) => call,
            Err(why) => return Ok(refused(&why)),
        };
        match call::make(&self.app.outgoing, call).await {
            Ok(answer) => match self.channel.deliver().read(&answer) {
                Delivery::Doubtful { why } => self.doubted(why, out).await,
                // Who is shown files does not say where; a look may tell.
                delivery @ Delivery::Sent { id: None } if brings_files(out) => {
                    self.look_up(out).await?;
                    self.said(delivery, out.id).await
                }
                delivery => self.said(delivery, out.id).await,
            },
            Err(error) => self.unheard(&error, out).await,
        }
    }

    /// The texts that may be sent, where only such a text may.
    async fn templates(&self, out: &Out<'_>) -> Result<Vec<Template>, Delivery> {
        match self.channel.templates().filter(|way| way.wants(out)) {
            Some(way) => templates::listed(self.app, self.connection.id, way).await,
            None => Ok(Vec::new()),
        }
    }

    /// The provider answered that it went wrong. Before it is sent again it is looked up whether it was
    /// taken nevertheless; where that cannot be known, nothing is sent again unasked.
    async fn doubted(&self, why: String, out: &Out<'_>) -> Done<Handed> {
        self.place.went(Went::Badly, self.app.db.now());
        heard(self.app, self.connection, Seen::Fails(&why)).await?;
        if self.channel.deliver().knows_repetitions() {
            return Ok(later(why, None));
        }
        Ok(match self.look_up(out).await? {
            Trail::Found => Handed::Sent,
            // Files are shown some time after they are taken, so what is not there yet says nothing.
            Trail::Nothing if !brings_files(out) => later(why, None),
            Trail::Nothing | Trail::Lost => Handed::Uncertain { why },
        })
    }

    /// The provider answered.
    async fn said(&self, delivery: Delivery, message_id: MessageId) -> Done<Handed> {
        let now = self.app.db.now();
        let (went, seen, handed) = match delivery {
            Delivery::Sent { id } => {
                self.note(id, message_id).await?;
                (Went::Well, Seen::Works, Handed::Sent)
            }
            Delivery::Refused { why } => (Went::Well, Seen::Works, Handed::Refused { why }),
            Delivery::Stopped { why } => {
                self.stop().await?;
                (Went::Well, Seen::Works, Handed::Refused { why })
            }
            Delivery::Moved { to } => {
                self.moved(to).await?;
                (Went::Well, Seen::Works, Handed::Wait(Duration::ZERO))
            }
            Delivery::Later {
                why,
                after: Some(after),
            } => {
                self.place.went(Went::Throttled(after), now);
                return Ok(later(why, Some(after)));
            }
            Delivery::Later { why, after: None } | Delivery::Doubtful { why } => {
                self.place.went(Went::Badly, now);
                heard(self.app, self.connection, Seen::Fails(&why)).await?;
                return Ok(later(why, None));
            }
            Delivery::Broken { why } => {
                self.place.went(Went::Badly, now);
                heard(self.app, self.connection, Seen::Refused(&why)).await?;
                return Ok(later(why, None));
            }
        };
        self.place.went(went, now);
        heard(self.app, self.connection, seen).await?;
        Ok(handed)
    }

    /// No answer was heard. What may have been sent is looked up where that is possible, and is never
    /// sent again unasked unless the other side knows repetitions.
    async fn unheard(&self, error: &OutgoingError, out: &Out<'_>) -> Done<Handed> {
        self.place.went(Went::Badly, self.app.db.now());
        let why = error.to_string();
        heard(self.app, self.connection, Seen::Fails(&why)).await?;
        let not_sent = matches!(
            error,
            OutgoingError::Refused(_) | OutgoingError::Unreachable
        );
        if not_sent || self.channel.deliver().knows_repetitions() {
            return Ok(later(why, None));
        }
        // What is not there yet may still be on its way.
        Ok(match self.look_up(out).await? {
            Trail::Found => Handed::Sent,
            Trail::Nothing | Trail::Lost => Handed::Uncertain { why },
        })
    }

    /// Looks up whether the provider has a message, and keeps its name there.
    async fn look_up(&self, out: &Out<'_>) -> Done<Trail> {
        let Some(trace) = self.channel.trace() else {
            return Ok(Trail::Lost);
        };
        let Ok(answer) = call::make(&self.app.outgoing, trace.ask(out)).await else {
            return Ok(Trail::Lost);
        };
        let Some(found) = trace.find(out, &answer) else {
            return Ok(Trail::Lost);
        };
        for id in found {
            if self.is_new(&id).await? {
                self.note(Some(id), out.id).await?;
                return Ok(Trail::Found);
            }
        }
        Ok(Trail::Nothing)
    }

    /// Whether the provider's id belongs to no message we know.
    async fn is_new(&self, id: &str) -> Done<bool> {
        let (account_id, inbox_id) = (self.connection.account_id, self.connection.inbox_id);
        let name = sent_as(self.connection, id);
        let known = self.app.db.read(move |conn| {
            let known = receipts::by_external_id(conn, account_id, inbox_id, &name)?;
            Done::Ok(known.is_none())
        });
        known.await
    }

    /// Keeps under which id the provider has a message.
    async fn note(&self, id: Option<String>, message_id: MessageId) -> Done<()> {
        let (account_id, inbox_id) = (self.connection.account_id, self.connection.inbox_id);
        let (connection_id, name) = (
            self.connection.id,
            id.map(|id| sent_as(self.connection, &id)),
        );
        self.app
            .db
            .write(account_id, move |unit| {
                rows::went(unit, account_id, connection_id)?;
                let Some(name) = name else {
                    return Done::Ok(());
                };
                receipts::record(unit, account_id, inbox_id, &name)?;
                receipts::set_message(unit, account_id, inbox_id, &name, message_id)?;
                Done::Ok(())
            })
            .await
    }

    async fn stop(&self) -> Done<()> {
        let line = self.line.clone();
        let stopped = self.app.db.write(line.account_id, move |unit| {
            let (now, theirs) = (Some(unit.now()), &line.theirs);
            lines::set_stopped(unit, line.account_id, line.connection_id, theirs, now)?;
            Done::Ok(())
        });
        stopped.await
    }

    async fn moved(&self, to: String) -> Done<()> {
        let line = self.line.clone();
        let moved = self.app.db.write(line.account_id, move |unit| {
            let (account_id, id) = (line.account_id, line.connection_id);
            lines::moved(unit, account_id, id, &line.theirs, &to)?;
            Done::Ok(())
        });
        moved.await
    }
}

/// Whether the provider has the files of a message already, and only shows them.
fn brings_files(out: &Out<'_>) -> bool {
    let is_there = |it: &FileLink| matches!(it.held, Held::There(_));
    out.files.iter().any(is_there)
}

/// What a message that was sent is called among the receipts.
fn sent_as(connection: &Connection, id: &str) -> String {
    format!("{}:sent:{id}", connection.id)
}

fn refused(why: &str) -> Handed {
    Handed::Refused {
        why: why.to_owned(),
    }
}

fn later(why: String, after: Option<Duration>) -> Handed {
    Handed::Later { why, after }
}
