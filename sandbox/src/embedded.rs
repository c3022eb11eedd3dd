//! The platform inside somebody's test: on a port of its own, small, with the time of the test. It fails as it is told
//! to, and what was asked can be looked at. No webhook leaves.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;
use url::form_urlencoded;

use crate::config::{Config, OauthApplication, Profile, Settings};
use crate::mails;
use crate::model::{AgentId, Failure, ListFaults, RdvId, RdvPlanId};
use crate::state::clock::wall_clock;
use crate::state::draws::Draws;
use crate::state::recorded;
use crate::state::seed;
use crate::state::store::{Machine, Store};
use crate::state::world::World;
use crate::web::{App, router};
use crate::webhooks::deliver::Courier;

pub use crate::model::FailureKind;

/// The agent of the small world, who administers its organisation and its territory.
pub const AGENT: i64 = seed::TOM.0;
/// That organisation.
pub const ORGANISATION: i64 = seed::DEMARCHES_SIMPLIFIEES.0;

/// The largest body, asked or answered, that is looked at.
const LARGEST: usize = 16 * 1024 * 1024;

/// Answers each request in the platform's place, given how many came before it.
type Lie =
    Arc<dyn Fn(u32, Request) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// What somebody asked of the platform.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// `POST /api/v1/users`
    pub asked: String,
    /// What came with it: JSON, or the fields of a form; null when there was nothing.
    pub body: Value,
    /// The status answered; none until it is.
    pub status: Option<u16>,
    /// The JSON answered; null when it was none.
    pub answer: Value,
}

/// A mail of the platform about a rendez-vous.
#[derive(Clone, Debug)]
pub struct Mailed {
    /// Whom it is written to.
    pub to: String,
    /// What its file asks a calendar to do: `PUBLISH`, `REQUEST`, `CANCEL`.
    pub method: &'static str,
    /// The file.
    pub ics: String,
    /// The mail, as it would leave.
    pub source: String,
}

/// How the platform is to be.
pub struct Builder {
    machine: Machine,
    oauth: OauthApplication,
    lie: Option<Lie>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("lies", &self.lie.is_some()).finish_non_exhaustive()
    }
}

impl Default for Builder {
    /// With the machine's time, and an application that has no address to come back to.
    fn default() -> Self {
        let (client_id, client_secret) = (String::new(), String::new());
        let oauth = OauthApplication { client_id, client_secret, redirect_uris: Vec::new() };
        Self { machine: Box::new(wall_clock), oauth, lie: None }
    }
}

impl Builder {
    /// With this time.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { machine: Box::new(now), ..self }
    }

    /// Knows an application that may act in the name of agents, who come back to it at `back`.
    #[must_use]
    pub fn application(self, id: &str, secret: &str, back: &Url) -> Self {
        let oauth = OauthApplication {
            client_id: id.to_owned(),
            client_secret: secret.to_owned(),
            redirect_uris: vec![back.clone()],
        };
        Self { oauth, ..self }
    }

    /// Says nothing of its own: `lie` answers each request, given how many came before it.
    #[must_use]
    pub fn lying<F>(self, lie: impl Fn(u32, Request) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        Self { lie: Some(Arc::new(move |before, request| Box::pin(lie(before, request)))), ..self }
    }

    /// Starts it, on a port that nobody else has.
    ///
    /// # Errors
    /// This machine can't.
    pub async fn start(self) -> io::Result<Embedded> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let url = Url::parse(&format!("http://{addr}")).map_err(io::Error::other)?;
        let settings = Settings {
            // The generation of the recorded bodies.
            profile: Profile::October2024,
            url: url.origin().ascii_serialization(),
            visio_base: "https://webconf.numerique.gouv.fr/".to_owned(),
        };
        let world = seed::small(settings.clone(), Draws::seeded(1));
        let config = Config {
            addr,
            settings,
            webhook_target: None,
            secret: String::new(),
            oauth: self.oauth,
            state: None,
            retry_scale: 0.01,
            seed: None,
        };
        let app = App {
            store: Arc::new(Store::on(self.machine, world, None)),
            courier: Courier::new(config.retry_scale).map_err(io::Error::other)?,
            config: Arc::new(config),
        };
        let heard = Arc::new(Heard { lie: self.lie, ..Heard::default() });
        let routes = listened_to(router(app.clone()), &heard);
        let server = tokio::spawn(async move {
            // It ends with the test.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Embedded { url, app, heard, server })
    }
}

#[derive(Default)]
struct Heard {
    exchanges: Mutex<Vec<(u32, Exchange)>>,
    count: AtomicU32,
    lie: Option<Lie>,
}

impl Heard {
    fn exchanges<T>(&self, act: impl FnOnce(&mut Vec<(u32, Exchange)>) -> T) -> T {
        act(&mut self.exchanges.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn listened_to(routes: Router, heard: &Arc<Heard>) -> Router {
    routes.layer(from_fn_with_state(Arc::clone(heard), listen))
}

async fn listen(State(heard): State<Arc<Heard>>, request: Request, next: Next) -> Response {
    let rank = heard.count.fetch_add(1, Ordering::SeqCst);
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let exchange = Exchange {
        asked: format!("{} {}", parts.method, parts.uri.path()),
        body: if form { fields(&body) } else { json(&body) },
        status: None,
        answer: Value::Null,
    };
    heard.exchanges(|all| all.push((rank, exchange)));
    let request = Request::from_parts(parts, Body::from(body));
    let (status, answer, response) = match &heard.lie {
        // What it answers may never end.
        Some(lie) => {
            let response = lie(rank, request).await;
            (response.status(), Value::Null, response)
        }
        None => {
            let (parts, body) = next.run(request).await.into_parts();
            let body = to_bytes(body, LARGEST).await.unwrap_or_default();
            (parts.status, json(&body), Response::from_parts(parts, Body::from(body)))
        }
    };
    heard.exchanges(|all| {
        if let Some((_, exchange)) = all.iter_mut().find(|(known, _)| *known == rank) {
            (exchange.status, exchange.answer) = (Some(status.as_u16()), answer);
        }
    });
    response
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_default()
}

fn fields(body: &[u8]) -> Value {
    form_urlencoded::parse(body).map(|(name, value)| (name, Value::from(value))).collect()
}

/// The platform, until it is dropped.
pub struct Embedded {
    /// Where it is.
    pub url: Url,
    app: App,
    heard: Arc<Heard>,
    server: JoinHandle<()>,
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What was asked.
impl Embedded {
    /// In the order in which it came.
    #[must_use]
    pub fn heard(&self) -> Vec<Exchange> {
        self.heard.exchanges(|all| all.iter().map(|(_, exchange)| exchange.clone()).collect())
    }

    /// How many times this was asked: `POST /api/v1/users`.
    #[must_use]
    pub fn count(&self, asked: &str) -> usize {
        self.heard().iter().filter(|exchange| exchange.asked == asked).count()
    }

    /// The last time that this was asked.
    #[must_use]
    pub fn last(&self, asked: &str) -> Option<Exchange> {
        self.heard().into_iter().rfind(|exchange| exchange.asked == asked)
    }

    /// How many pairs of tokens were given for a former one.
    #[must_use]
    pub fn renewals(&self) -> usize {
        let renewed = |exchange: &&Exchange| {
            exchange.asked == "POST /oauth/token"
                && exchange.body["grant_type"] == "refresh_token"
                && exchange.status == Some(200)
        };
        self.heard().iter().filter(renewed).count()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        self.heard.exchanges(Vec::clear);
    }
}

/// How it fails.
impl Embedded {
    /// Everything under `/api/` fails so, until it [`recovers`](Self::recovers).
    pub fn fails(&self, kind: FailureKind) {
        let failure = Failure { kind, times: None, path: None, seconds: None };
        self.change(|world| world.faults.failure = Some(failure));
    }

    /// It answers again.
    pub fn recovers(&self) {
        self.change(|world| world.faults.failure = None);
    }

    /// Whether tokens that ended are not renewed.
    pub fn refuses_renewals(&self, refuses: bool) {
        self.change(|world| world.faults.refuse_refresh = refuses);
    }

    /// Whether the list of an organisation leaves out what it has; by their numbers they are given.
    pub fn leaves_out_of_lists(&self, left_out: bool) {
        self.change(|world| world.faults.lists = ListFaults { left_out, ..world.faults.lists });
    }

    /// Lists give each rendez-vous a status of which nobody heard.
    pub fn says_unknown_statuses(&self) {
        let unknown_status = true;
        self.change(|world| {
            world.faults.lists = ListFaults { unknown_status, ..world.faults.lists };
        });
    }
}

/// What is so there.
impl Embedded {
    /// The agent says yes to the application that asks by this address. Gives where they are sent back.
    ///
    /// # Errors
    /// It is not asked as it must be.
    pub async fn agree(&self, asked: &Url) -> io::Result<Url> {
        let mut fields: Vec<_> = asked.query_pairs().into_owned().collect();
        fields.push(("agent_id".to_owned(), AGENT.to_string()));
        fields.push(("decision".to_owned(), "allow".to_owned()));
        let mut page = self.url.clone();
        page.set_path("/oauth/authorize");
        let response = self.app.courier.client().post(page).form(&fields).send().await;
        let response = response.map_err(io::Error::other)?;
        let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let location = location.ok_or_else(|| io::Error::other(response.status().to_string()))?;
        Url::parse(location).map_err(io::Error::other)
    }

    /// Whether the agent administers the territory, and so may see and write the webhooks of the organisation.
    pub fn administers_territory(&self, administers: bool) {
        self.change(|world| {
            let departements =
                world.organisations.values().map(|o| o.departement.clone()).collect();
            if let Some(agent) = world.agents.get_mut(&AgentId(AGENT)) {
                agent.territories = if administers { departements } else { Vec::new() };
            }
        });
    }

    /// Where events go: address and secret of each endpoint.
    #[must_use]
    pub fn endpoints(&self) -> Vec<(String, String)> {
        self.app.store.read(|world, _| {
            let endpoints = world.endpoints.values();
            endpoints.map(|e| (e.target_url.clone(), e.secret.clone())).collect()
        })
    }

    /// What a recorded body tells of a rendez-vous (its `data`) is so.
    ///
    /// # Errors
    /// It is no rendez-vous.
    pub fn remember(&self, data: &Value) -> serde_json::Result<()> {
        self.change(|world| recorded::remember(world, data).map(|_| ()))
    }

    /// The mails that the platform has written about a rendez-vous, the oldest first, now that its people know of it.
    #[must_use]
    pub fn mails(&self, rdv: i64) -> Vec<Mailed> {
        let id = RdvId(rdv);
        self.app.store.quietly(|world, now| {
            mails::tell(world, id, now);
            let about = world.mails.iter().filter(|mail| mail.rdv_id == id);
            about
                .map(|mail| Mailed {
                    to: mail.to.clone(),
                    method: mail.method.code(),
                    ics: mail.ics.clone(),
                    source: mail.source.clone(),
                })
                .collect()
        })
    }

    /// The rendez-vous is there no more.
    pub fn destroy(&self, rdv: i64) {
        self.change(|world| world.rdvs.remove(&RdvId(rdv)));
    }

    /// A plan ends with this rendez-vous, as a recorded body tells it.
    ///
    /// # Errors
    /// It is no rendez-vous.
    pub fn plan_ends_with(&self, plan: i64, data: &Value) -> serde_json::Result<()> {
        self.change(|world| {
            let rdv = recorded::remember(world, data)?;
            if let Some(plan) = world.rdv_plans.get_mut(&RdvPlanId(plan)) {
                plan.rdv_id = Some(rdv);
            }
            Ok(())
        })
    }

    fn change<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.app.store.quietly(|world, _| act(world))
    }
}
