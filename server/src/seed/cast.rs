//! Who is in the example desk, and what it owns. All of it is invented.

use frontdesk_domain::{Availability, ChannelKind, Role, Visibility};

/// Somebody who answers.
pub(super) struct Agent {
    pub(super) email: &'static str,
    pub(super) full_name: &'static str,
    pub(super) display_name: &'static str,
    pub(super) role: Role,
    pub(super) visibility: Visibility,
    pub(super) availability: Availability,
    pub(super) team: Option<&'static str>,
}

const fn agent(
    email: &'static str,
    full_name: &'static str,
    display_name: &'static str,
    role: Role,
    team: Option<&'static str>,
) -> Agent {
    Agent {
        email,
        full_name,
        display_name,
        role,
        visibility: Visibility::All,
        availability: Availability::Online,
        team,
    }
}

/// The first one is who a demonstration signs in as; the last may only look.
pub(super) static AGENTS: &[Agent] = &[
    agent(
        "maya@northlight.example",
        "Maya Okafor",
        "Maya",
        Role::Admin,
        Some("Support"),
    ),
    agent(
        "tomas@northlight.example",
        "Tomás Lindqvist",
        "Tomas",
        Role::Member,
        Some("Logistics"),
    ),
    agent(
        "nadia@northlight.example",
        "Nadia Haddad",
        "Nadia",
        Role::Member,
        Some("Support"),
    ),
    agent(
        "li@northlight.example",
        "Li Wei",
        "Li",
        Role::Member,
        Some("Support"),
    ),
    Agent {
        visibility: Visibility::OwnAndUnassigned,
        availability: Availability::Away,
        ..agent(
            "jonas@northlight.example",
            "Jonas Brandt",
            "Jonas",
            Role::Member,
            Some("Logistics"),
        )
    },
    Agent {
        availability: Availability::Offline,
        ..agent(
            "books@northlight.example",
            "Ines Ferreira",
            "Ines",
            Role::Viewer,
            None,
        )
    },
];

/// The second company, behind the wall.
pub(super) static NEIGHBOUR: &[Agent] = &[agent(
    "ruth@pinewood.example",
    "Ruth Adeyemi",
    "Ruth",
    Role::Admin,
    None,
)];

pub(super) static TEAMS: &[&str] = &["Support", "Logistics"];

pub(super) static INBOXES: &[(&str, ChannelKind)] = &[
    ("Website chat", ChannelKind::Chat),
    ("Mail", ChannelKind::Email),
    ("Partners on Slack", ChannelKind::Slack),
    ("Text messages", ChannelKind::Sms),
];

pub(super) static COMPANIES: &[(&str, &str)] = &[
    ("Bergland Sport", "https://bergland.example"),
    ("De Kampeerwinkel", "https://kampeerwinkel.example"),
    ("Fjord & Fjell AS", "https://fjordfjell.example"),
    ("Alpin Partners", "https://alpin.example"),
    ("青山アウトドア", "https://aoyama.example"),
];

pub(super) static PRODUCTS: &[&str] = &[
    "Ridgeline jacket",
    "Tarn tent",
    "Kestrel backpack",
    "Harbour rain coat",
    "Moss sleeping bag",
    "Basalt boots",
    "Ember stove",
];

pub(super) static CUSTOMERS: &[&str] = &[
    "Anna de Vries",
    "Bram Jansen",
    "Carmen Ruiz",
    "David Osei",
    "Elif Yılmaz",
    "Femke Bakker",
    "Giulia Conti",
    "Hugo Martins",
    "Ingrid Solberg",
    "Jack Whelan",
    "Kaja Nowak",
    "Lars Møller",
    "Mina Park",
    "Noor Khan",
    "Olga Petrova",
    "Pieter Claes",
    "Quinn Harper",
    "Rosa Iglesias",
    "Sven Keller",
    "Tariq Aziz",
    "Ula Kovač",
    "Victor Hugo Lima",
    "Wendy Cheung",
    "Xavier Blanc",
    "Yara Cohen",
    "Zoë Müller",
    "田中 美咲",
    "王芳",
    "김지우",
    "ليلى حسن",
    "דנה לוי",
    "Дмитрий Орлов",
    "Aoife Byrne",
    "Benoît Fournier",
    "Chiara Greco",
    "Dylan Price",
    "Esther Mwangi",
    "Filip Horák",
    "Grace Tan",
    "Henrik Dahl",
    "Isla Fraser",
    "Jamal Carter",
    "Klara Svoboda",
    "Leo Rossi",
    "Marta Silva",
    "Nils Åberg",
    "Oscar Vidal",
    "Priya Nair",
    "Rui Costa",
    "Sofia Lund",
];

pub(super) static TAGS: &[(&str, &str)] = &[
    ("shipping", "#2f80ed"),
    ("refund", "#eb5757"),
    ("billing", "#f2994a"),
    ("sizing", "#9b51e0"),
    ("warranty", "#27ae60"),
    ("wholesale", "#56ccf2"),
    ("login", "#828282"),
    ("feature", "#6fcf97"),
    ("bug", "#d33f49"),
    ("stock", "#b58900"),
    ("privacy", "#333333"),
    ("gift", "#e84393"),
    ("integration", "#00838f"),
    ("complaint", "#c0392b"),
    ("rental", "#1abc9c"),
    ("jobs", "#7f8c8d"),
];

pub(super) static CANNED: &[(&str, &str)] = &[
    (
        "greet",
        "Hi! Thanks for writing to Northlight. How can I help?",
    ),
    (
        "return",
        "You can send anything back within 60 days. The label is in your order's page, and the way back is free.",
    ),
    (
        "trace",
        "I have opened a trace with the carrier and will write again within one working day.",
    ),
    (
        "warranty",
        "All seams and zips are covered for five years. A repair takes about ten days and costs nothing.",
    ),
    (
        "size",
        "Between two sizes? Take the smaller one for one layer below, the larger one for a fleece.",
    ),
    ("bye", "Glad that worked out. Have a good trip!"),
];

/// Why a conversation was closed, as the line in its thread says.
pub(super) static REASONS: &[&str] = &[
    "Closed: solved",
    "Closed: refunded",
    "Closed: replacement sent",
    "Closed: customer confirmed",
    "Closed: no answer for a week",
];

pub(super) static REMARKS: &[&str] = &[
    "Prefers to be called in the afternoon.",
    "Buys for a scout group; ask before changing quantities.",
    "Patient, but wants to know what is going on.",
    "Speaks little English; write short sentences.",
];
