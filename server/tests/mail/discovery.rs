//! Where the servers of a mailbox are, found by its address alone: with real names, real pages and the
//! servers they lead to. The commands block the thread of their test, so each has more than one.

use crate::town::{Names, SUPPORT, Town, Web};
use frontdesk_testkit::Said;

const HERE: &str = "mail.example.test";
const OWN: &str = "autoconfig.example.test/mail/config-v1.1.xml";
const WELL_KNOWN: &str = "example.test/.well-known/autoconfig/mail/config-v1.1.xml";
const MOZILLA: &str = "autoconfig.thunderbird.net/v1.1/example.test";

/// A town whose names and pages say what a test wants them to.
struct World {
    town: Town,
    web: Web,
    names: Names,
}

impl World {
    /// The names get `records`, which hear where the town's servers are.
    async fn with(
        page: Option<&str>,
        hosts: &[&str],
        records: impl FnOnce(&Town) -> Vec<String>,
    ) -> Self {
        let mut town = Town::build().await;
        let said = autoconfig(&town);
        let pages: Vec<(&str, &str)> = page
            .map(|place| (place, said.as_str()))
            .into_iter()
            .collect();
        let web = Web::with(town.folder.path(), &pages).await;
        let mut lines = records(&town);
        lines.push(format!("host-record={HERE},127.0.0.1"));
        lines.extend(
            hosts
                .iter()
                .map(|host| format!("host-record={host},{}", web.address)),
        );
        let names = Names::at(web.address, town.folder.path(), &lines).await;
        town.shell = names.known_to(town.shell);
        assert_eq!(town.shell.init(&[]).code, 0);
        Self { town, web, names }
    }

    /// Connects support's mailbox by its address and its password.
    fn connect(&self) -> Said {
        let words = ["inbox", "add", "email", SUPPORT, "--password-stdin"];
        self.town.shell.with_input(&words, "s3cret\n")
    }

    /// The mailbox was connected by these servers.
    fn is_connected(&self, said: &Said, smtp: u16, imap: u16) {
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        let takes = format!("ok   sending     {HERE}:{smtp} takes mail");
        let shows = format!("ok   receiving   {HERE}:{imap} shows INBOX");
        for line in [takes, shows] {
            assert!(said.out.contains(&line), "{line}: {}", said.out);
        }
    }
}

/// What a domain publishes of the town's servers, where people sign in by the first part of the address.
fn autoconfig(town: &Town) -> String {
    let server = |name: &str, kind: &str, port: u16, security: &str| {
        format!(
            "<{name} type=\"{kind}\"><hostname>mail.%EMAILDOMAIN%</hostname><port>{port}</port>\
             <socketType>{security}</socketType><username>%EMAILLOCALPART%</username></{name}>"
        )
    };
    let imap = server("incomingServer", "imap", town.dovecot.imaps, "SSL");
    let smtp = server(
        "outgoingServer",
        "smtp",
        town.postfix.submission,
        "STARTTLS",
    );
    format!(
        "<clientConfig version=\"1.1\"><emailProvider id=\"example.test\">{imap}{smtp}</emailProvider></clientConfig>"
    )
}

fn service(name: &str, port: u16, priority: u16) -> String {
    format!("srv-host=_{name}._tcp.example.test,{HERE},{port},{priority}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_names_of_a_domain_say_where_its_servers_are() {
    let world = World::with(Some(OWN), &["autoconfig.example.test"], |town| {
        vec![
            service("submissions", town.postfix.submissions, 1),
            service("submission", town.postfix.submission, 1),
            service("imaps", 9, 20),
            service("imaps", town.dovecot.imaps, 10),
        ]
    })
    .await;
    let said = world.connect();
    let town = &world.town;
    world.is_connected(&said, town.postfix.submissions, town.dovecot.imaps);
    // What the names say is enough, so nobody else hears of the mailbox.
    assert_eq!(world.web.asked(), [""; 0]);
    let id = said.after("added connection");
    let id = id.split(' ').next().unwrap();
    town.shell.ok(&["connections", "test", id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_domain_denies_a_service_the_next_is_taken() {
    let world = World::with(None, &[], |town| {
        vec![
            // A name without a host says that there is no such service.
            "srv-host=_submissions._tcp.example.test".to_owned(),
            "srv-host=_imaps._tcp.example.test".to_owned(),
            service("submission", town.postfix.submission, 1),
            service("imap", town.dovecot.imap, 1),
        ]
    })
    .await;
    let said = world.connect();
    let town = &world.town;
    world.is_connected(&said, town.postfix.submission, town.dovecot.imap);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_domain_says_where_its_servers_are_and_who_signs_in() {
    let hosts = ["autoconfig.example.test", "example.test"];
    for (place, asked) in [(OWN, vec![OWN]), (WELL_KNOWN, vec![OWN, WELL_KNOWN])] {
        let world = World::with(Some(place), &hosts, |_| Vec::new()).await;
        let said = world.connect();
        let town = &world.town;
        world.is_connected(&said, town.postfix.submission, town.dovecot.imaps);
        assert!(
            said.out.contains("takes mail from support\n"),
            "{}",
            said.out
        );
        let asked = asked
            .into_iter()
            .map(|it| format!("{it}?emailaddress=support%40example.test"));
        assert_eq!(world.web.asked(), asked.collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mozilla_hears_the_domain_and_not_the_address() {
    let hosts = ["autoconfig.thunderbird.net"];
    let world = World::with(Some(MOZILLA), &hosts, |_| Vec::new()).await;
    let said = world.connect();
    let town = &world.town;
    world.is_connected(&said, town.postfix.submission, town.dovecot.imaps);
    assert_eq!(world.web.asked(), [MOZILLA]);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_under_the_usual_names_are_found_last() {
    let hosts = ["smtp.example.test", "imap.example.test"];
    let mut world = World::with(None, &hosts, |_| Vec::new()).await;
    let (submission, imaps) = (world.town.postfix.submission, world.town.dovecot.imaps);
    world.web.hand_on(587, submission).await;
    world.web.hand_on(993, imaps).await;
    let said = world.connect();
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for line in [
        "smtp.example.test:587 takes mail",
        "imap.example.test:993 shows INBOX",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_nothing_says_what_to_give() {
    let world = World::with(None, &[], |_| Vec::new()).await;
    let said = world.connect();
    assert_ne!(said.code, 0);
    let advice = "were not found; give --smtp HOST:PORT and --imap HOST:PORT";
    assert!(said.err.contains(advice), "{}", said.err);
    let listed = world.town.shell.ok(&["connections", "list"]);
    assert!(!listed.out.contains(SUPPORT), "{}", listed.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_known_by_who_takes_the_domains_mail() {
    let world = World::with(None, &[], |_| {
        vec![
            "mx-host=example.test,backup.example.test,20".to_owned(),
            "mx-host=example.test,aspmx.l.google.com,1".to_owned(),
        ]
    })
    .await;
    let said = world.connect();
    assert!(
        said.out
            .contains("Google has this mailbox: it wants an app password"),
        "{}",
        said.out
    );
    for why in ["BAD  sending", "BAD  receiving"] {
        assert!(said.out.contains(why), "{why}: {}", said.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_sees_what_a_domain_says_of_who_may_send() {
    let world = World::with(None, &[], |town| {
        vec![
            service("submission", town.postfix.submission, 1),
            service("imaps", town.dovecot.imaps, 1),
            "txt-record=example.test,v=spf1 mx -all".to_owned(),
        ]
    })
    .await;
    assert_eq!(world.connect().code, 0);
    let judged = world.town.shell.run(&["doctor"]);
    let missing = "example.test has no DKIM key under the usual names, no DMARC";
    assert!(judged.out.contains(missing), "{}", judged.out);

    let World {
        mut town,
        web,
        names,
    } = world;
    drop(names);
    let lines = [
        "txt-record=example.test,other=1,v=spf1 mx -all",
        "txt-record=example.test,v=spf1 mx -all",
        "txt-record=_dmarc.example.test,v=DMARC1; p=reject",
        "txt-record=s1._domainkey.example.test,v=DKIM1; p=MIIB",
    ];
    let names = Names::at(web.address, town.folder.path(), &lines.map(str::to_owned)).await;
    town.shell = names.known_to(town.shell);
    let judged = town.shell.run(&["doctor"]);
    assert!(judged.out.contains("1 say who may send"), "{}", judged.out);
}
