//! Every route and every topic, tried by everybody: who may gets in, who may not changes
//! nothing, and nobody sees anything of another company.

mod rows;
mod table;
mod topics;
mod world;

use frontdesk_domain::EventSeq;
use frontdesk_server::http::route::Route;
use frontdesk_server::http::routes;
use frontdesk_testkit::{Engine, engines};
use rows::Rows;
use table::{Line, Who};
use world::{CANARY, Caller, Heard, SECRET, World};

/// Everybody with some tie to the account.
const OUR_CALLERS: [Caller; 8] = [
    Caller::Nobody,
    Caller::Customer,
    Caller::Viewer,
    Caller::Member,
    Caller::Admin,
    Caller::ReadKey,
    Caller::WriteKey,
    Caller::AdminKey,
];

const STRANGERS: [Caller; 2] = [Caller::Foreign, Caller::ForeignKey];

/// What is a caller's own belongs to the admin here, so that others do not find it.
const OF_THE_ADMIN: [&str; 2] = ["key", "session"];

#[test]
fn the_table_names_every_route_once() {
    let table: Vec<(String, String)> = table::all()
        .iter()
        .map(|line| (line.method.to_owned(), line.path.to_owned()))
        .collect();
    let routes: Vec<(String, String)> = routes::all()
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    for (method, path) in &routes {
        let lines = table
            .iter()
            .filter(|line| (&line.0, &line.1) == (method, path));
        assert_eq!(
            lines.count(),
            1,
            "say once who may {method} {path}, in server/tests/it/authorization/table.txt"
        );
    }
    for (method, path) in &table {
        assert!(
            routes.contains(&(method.clone(), path.clone())),
            "there is no {method} {path} any more: take it out of \
             server/tests/it/authorization/table.txt"
        );
    }
}

#[tokio::test]
async fn every_route_lets_in_exactly_those_it_should() {
    for engine in engines() {
        walk(engine).await;
    }
}

async fn walk(engine: Engine) {
    let world = World::new(engine).await;
    let routes = routes::all();
    for line in table::all() {
        let route = routes
            .iter()
            .find(|route| route.method.as_str() == line.method && route.path == line.path);
        let twin = route.and_then(Route::public_path);
        for path in std::iter::once(line.path.to_owned()).chain(twin) {
            Trial::new(&world, line, &path).await.run().await;
        }
    }
    world.server.stop().await;
}

/// One line of the table at one of its paths, with rows of its own.
struct Trial<'a> {
    world: &'a World,
    line: Line,
    path: String,
    send: String,
}

/// What the door should do with a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Opens,
    /// It does not know who this is.
    Unknown,
    /// It knows, and the role or the key's scope is too small.
    TooSmall,
}

impl<'a> Trial<'a> {
    async fn new(world: &'a World, line: Line, template: &str) -> Self {
        let mut rows = Rows::new();
        let mut path = template.to_owned();
        for name in line.rows.split(',').filter(|name| !name.is_empty()) {
            let id = world.row(&mut rows, name).await;
            let (start, end) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(start..=end, &id);
        }
        assert!(
            !path.contains('{'),
            "{template} has more places than its line has names"
        );
        let send = world.filled(&mut rows, line.send).await;
        Self {
            world,
            line,
            path,
            send,
        }
    }

    async fn run(&self) {
        let before = self.world.written().await;
        for caller in self.strangers() {
            let heard = self.ask(*caller).await;
            self.check_stranger(*caller, &heard);
        }
        if !self.is_for_anybody() {
            self.check_nothing_written(before, "a stranger").await;
        }
        let (out, mut inside): (Vec<Caller>, Vec<Caller>) = self
            .callers()
            .into_iter()
            .partition(|caller| self.door(*caller) != Door::Opens);
        let before = self.world.written().await;
        for caller in out {
            let heard = self.ask(caller).await;
            self.check_refused(caller, &heard);
        }
        self.check_nothing_written(before, "who was refused").await;
        // Whoever goes first finds the rows as they were made.
        let first = self.first();
        inside.sort_by_key(|caller| *caller != first);
        for caller in inside {
            let heard = self.ask(caller).await;
            self.check_let_in(caller, &heard, caller == first);
        }
    }

    async fn check_nothing_written(&self, before: (EventSeq, usize), who: &str) {
        let now = self.world.written().await;
        if now != before {
            let since = self.world.events_since(before.0).await;
            panic!("{who} wrote: {self}: {before:?} became {now:?} by {since:?}");
        }
    }

    async fn ask(&self, caller: Caller) -> Heard {
        self.world
            .ask(caller, self.line.method, &self.path, &self.send)
            .await
    }

    fn who(&self) -> Who {
        self.line.who
    }

    fn callers(&self) -> Vec<Caller> {
        match self.who() {
            Who::SignsOut => vec![Caller::Nobody, Caller::Customer],
            _ => OUR_CALLERS.to_vec(),
        }
    }

    fn strangers(&self) -> &'static [Caller] {
        match self.who() {
            Who::SignsOut => &[],
            // A key is nobody's here, and nobody is a visitor.
            Who::Mixed if !self.is_public_api() => &STRANGERS[..1],
            _ => &STRANGERS,
        }
    }

    fn is_for_anybody(&self) -> bool {
        matches!(self.who(), Who::Anyone | Who::Open | Who::SignsOut)
    }

    fn is_public_api(&self) -> bool {
        self.path.starts_with("/api/v1/")
    }

    /// The least of those who may.
    fn first(&self) -> Caller {
        let is_the_admins = self
            .line
            .rows
            .split(',')
            .any(|it| OF_THE_ADMIN.contains(&it));
        match self.who() {
            _ if is_the_admins => Caller::Admin,
            Who::Anyone | Who::Open | Who::SignsOut | Who::Mixed => Caller::Nobody,
            Who::Read | Who::Own | Who::Proven => Caller::Viewer,
            Who::Work | Who::Keys => Caller::Member,
            Who::Admin => Caller::Admin,
        }
    }

    fn door(&self, caller: Caller) -> Door {
        use Caller::{Admin, AdminKey, Customer, Member, Nobody, Viewer, WriteKey};
        let is_key = matches!(caller, Caller::ReadKey | WriteKey | AdminKey);
        let is_unknown = matches!(caller, Nobody | Customer) || is_key && !self.is_public_api();
        let is_let_in = match self.who() {
            Who::Anyone | Who::Open | Who::SignsOut => return Door::Opens,
            Who::Mixed if is_unknown => return Door::Opens,
            _ if is_unknown => return Door::Unknown,
            Who::Read => true,
            Who::Own | Who::Proven => {
                matches!(caller, Viewer | Member | Admin | WriteKey | AdminKey)
            }
            Who::Work | Who::Mixed => matches!(caller, Member | Admin | WriteKey | AdminKey),
            Who::Keys => matches!(caller, Member | Admin | AdminKey),
            Who::Admin => matches!(caller, Admin | AdminKey),
        };
        if is_let_in {
            Door::Opens
        } else {
            Door::TooSmall
        }
    }

    fn check_refused(&self, caller: Caller, heard: &Heard) {
        let words = match self.door(caller) {
            Door::Unknown => "Not authenticated",
            Door::TooSmall => "Unauthorized access",
            Door::Opens => return,
        };
        let is_refused = heard.status == 401 && heard.text.contains(words);
        assert!(
            is_refused,
            "{caller:?} should hear {words:?}: {self} {heard}"
        );
    }

    fn check_let_in(&self, caller: Caller, heard: &Heard, is_first: bool) {
        let has_worked = (200..300).contains(&heard.status);
        let must_work = match self.who() {
            Who::Open | Who::Proven => false,
            _ => is_first || self.line.method == "GET" && self.first() != Caller::Admin,
        };
        let is_fine = has_worked || !must_work && heard.status < 500;
        assert!(is_fine, "it should work for {caller:?}: {self} {heard}");
        let is_shut = heard.status == 401 && self.who() != Who::Open;
        assert!(!is_shut, "{caller:?} should get in: {self} {heard}");
        if self.is_for_anybody() {
            assert!(
                !heard.text.contains(SECRET),
                "{caller:?} saw a secret: {self} {heard}"
            );
        }
    }

    /// A foreign row is a missing row.
    fn check_stranger(&self, caller: Caller, heard: &Heard) {
        assert!(heard.status < 500, "{caller:?}: {self} {heard}");
        let secret = if self.is_for_anybody() {
            SECRET
        } else {
            CANARY
        };
        assert!(
            !heard.text.contains(secret),
            "{caller:?} saw {secret}: {self} {heard}"
        );
        let is_known = caller == Caller::Foreign || self.is_public_api();
        let names_a_row = !self.line.rows.is_empty() && self.line.rows != "any";
        if is_known && names_a_row && !self.is_for_anybody() {
            assert_eq!(
                heard.status, 404,
                "{caller:?} should find nothing: {self} {heard}"
            );
        }
    }
}

impl std::fmt::Display for Trial<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.line.method, self.path, self.send)
    }
}

impl std::fmt::Display for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let start: String = self.text.chars().take(300).collect();
        write!(f, "answered {}: {start}", self.status)
    }
}
