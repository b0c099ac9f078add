//! One line of the route table: where, who may, what goes in, what comes out. The router, the
//! API description and the table of who may do what are all made from it.

use crate::app::App;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use frontdesk_domain::policy::Permission;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; who signed in is known all the same.
    Anyone,
    /// Users with this permission.
    Agent(Permission),
}

/// Where a route can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At its own path only.
    Plain,
    /// Also below `/api/v1`, with a personal API key.
    PublicApi,
}

/// Whether calls of a route are counted by the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Counted,
    /// Neither counted nor asked who calls: what watches the server must never wait.
    Free,
}

/// How large the body of a request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As large as `limits.body`.
    Usual,
    /// A file of `limits.upload`, and the form around it.
    Upload,
}

/// Makes a type's schema.
type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What a route answers with one status.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    pub status: u16,
    pub schema: Option<SchemaOf>,
    /// The content type, where it is not JSON.
    pub media: &'static str,
}

/// A line of the table.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub reach: Reach,
    pub pace: Pace,
    pub weight: Weight,
    pub about: &'static str,
    pub query: Option<SchemaOf>,
    pub body: Option<Body>,
    pub answers: Vec<Answer>,
    pub(crate) handler: MethodRouter<App>,
}

/// What a route takes in.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    pub schema: SchemaOf,
    /// The key the object stands under, where there is one.
    pub key: Option<&'static str>,
    pub media: &'static str,
}

/// The name under which the API description keeps JSON.
pub(crate) const JSON: &str = "application/json";

/// The schema of a type.
pub(crate) fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

macro_rules! methods {
    ($($name:ident $method:ident)+) => {$(
        /// A route of this method.
        pub(crate) fn $name<H, T>(path: &'static str, access: Access, handler: H) -> Route
        where
            H: Handler<T, App>,
            T: 'static,
        {
            Route::new(Method::$method, path, access, on(MethodFilter::$method, handler))
        }
    )+};
}

methods! { get GET post POST put PUT patch PATCH delete DELETE }

impl Route {
    fn new(method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        Self {
            method,
            path,
            access,
            reach: Reach::Plain,
            pace: Pace::Counted,
            weight: Weight::Usual,
            about: "",
            query: None,
            body: None,
            answers: Vec::new(),
            handler,
        }
    }

    /// Also below `/api/v1`.
    pub(crate) fn public_api(mut self) -> Self {
        self.reach = Reach::PublicApi;
        self
    }

    /// May be called as often as anybody likes, by anybody.
    pub(crate) fn uncounted(mut self) -> Self {
        self.pace = Pace::Free;
        self
    }

    /// Reads its body bit by bit and keeps a limit of its own.
    pub(crate) fn streams(mut self) -> Self {
        self.weight = Weight::Upload;
        self.handler = self.handler.layer(DefaultBodyLimit::disable());
        self
    }

    /// What it does, in one line.
    pub(crate) fn about(mut self, text: &'static str) -> Self {
        self.about = text;
        self
    }

    /// The query it takes.
    pub(crate) fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(schema_of::<T>);
        self
    }

    /// The body it takes, under its key.
    pub(crate) fn takes<T: JsonSchema + crate::http::input::Wrapped>(mut self) -> Self {
        self.body = Some(Body {
            schema: schema_of::<T>,
            key: Some(T::KEY),
            media: JSON,
        });
        self
    }

    /// The body it takes, as it is.
    pub(crate) fn takes_plain<T: JsonSchema>(mut self) -> Self {
        self.body = Some(Body {
            schema: schema_of::<T>,
            key: None,
            media: JSON,
        });
        self
    }

    /// The body it takes, in another form than JSON.
    pub(crate) fn takes_media<T: JsonSchema>(mut self, media: &'static str) -> Self {
        self.body = Some(Body {
            schema: schema_of::<T>,
            key: None,
            media,
        });
        self
    }

    /// An answer with a JSON body.
    pub(crate) fn answers<T: JsonSchema>(mut self, status: u16) -> Self {
        self.answers.push(Answer {
            status,
            schema: Some(schema_of::<T>),
            media: JSON,
        });
        self
    }

    /// An answer without a body.
    pub(crate) fn answers_empty(mut self, status: u16) -> Self {
        self.answers.push(Answer {
            status,
            schema: None,
            media: "",
        });
        self
    }

    /// An answer that is no JSON.
    pub(crate) fn answers_media(mut self, status: u16, media: &'static str) -> Self {
        self.answers.push(Answer {
            status,
            schema: None,
            media,
        });
        self
    }

    /// The path below `/api/v1`, where the route is reached there too.
    #[must_use]
    pub fn public_path(&self) -> Option<String> {
        match self.reach {
            Reach::Plain => None,
            Reach::PublicApi => self
                .path
                .strip_prefix("/api")
                .map(|rest| format!("/api/v1{rest}")),
        }
    }
}
