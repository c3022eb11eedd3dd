//! Posting deliveries to their endpoints, a few at a time, in the background or on demand.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use tokio::task::JoinSet;

use super::queue::{self, Shipment};
use super::signature;
use crate::model::{Attempt, DeliveryId, Tamper};
use crate::state::clock::wall_clock;
use crate::state::store::Store;
use crate::state::world::Missing;

const TIMEOUT: Duration = Duration::from_secs(10);
const IDLE: Duration = Duration::from_secs(60);
const RESPONSE_KEPT: usize = 2_000;

/// Posts shipments.
#[derive(Clone)]
pub struct Courier {
    client: Client,
    retry_scale: f64,
}

impl Courier {
    /// A courier whose retries wait `retry_scale` times what the platform waits.
    ///
    /// # Errors
    /// When the HTTP client cannot start.
    pub fn new(retry_scale: f64) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("Typhoeus - https://github.com/typhoeus/typhoeus")
            .build()?;
        Ok(Self { client, retry_scale })
    }

    /// What it posts with: no redirection is followed, no proxy used.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Carries deliveries out as they become due, forever. What was pending when the process stopped
    /// leaves again at the next start: a delivery arrives at least once.
    pub async fn run(self, store: Arc<Store>) {
        let mut on_the_way = JoinSet::new();
        let mut in_flight = BTreeSet::new();
        loop {
            let at_once = store.read(|world, _| world.mode.at_once);
            while in_flight.len() < at_once
                && let Some(shipment) = take_next(&store, &in_flight)
            {
                in_flight.insert(shipment.id);
                let (courier, store) = (self.clone(), Arc::clone(&store));
                on_the_way.spawn(async move {
                    let id = shipment.id;
                    courier.carry(&store, shipment).await;
                    id
                });
            }
            tokio::select! {
                Some(done) = on_the_way.join_next() => match done {
                    Ok(id) => { in_flight.remove(&id); }
                    Err(error) => {
                        // The task panicked: which delivery it had is not known any more.
                        tracing::error!(%error, "une notification s'est interrompue");
                        in_flight.clear();
                    }
                },
                () = store.woken() => {}
                () = tokio::time::sleep(pause(&store, in_flight.len() >= at_once)) => {}
            }
        }
    }

    /// Sends a delivery now, whatever its state and whatever is held, and waits for the answer. It is
    /// disturbed as asked, or as the mode says.
    ///
    /// # Errors
    /// [`Missing`] when it is unknown.
    pub async fn replay(
        &self,
        store: &Store,
        id: DeliveryId,
        tamper: Option<Tamper>,
    ) -> Result<(), Missing> {
        let shipment = store.quietly(|world, now| {
            world.deliveries.get(&id).ok_or(Missing)?;
            let tamper = tamper.or(world.mode.tamper);
            Ok(queue::prepare(world, id, tamper, now))
        })?;
        if let Some(shipment) = shipment {
            self.carry(store, shipment).await;
        }
        // What waited for it may leave.
        store.change(|_, _| ()).await;
        Ok(())
    }

    async fn carry(&self, store: &Store, shipment: Shipment) {
        let era = store.era();
        let id = shipment.id;
        let attempt = self.post(shipment).await;
        tracing::info!(delivery = %id, status = attempt.status, error = attempt.error, "webhook");
        // Nobody waits for the snapshot: what is not in it leaves once more after a restart.
        store.quietly(|world, _| {
            // After a reset the same number may belong to another delivery.
            if store.era() == era {
                queue::record(world, id, attempt, self.retry_scale);
            }
        });
    }

    async fn post(&self, shipment: Shipment) -> Attempt {
        let at = wall_clock();
        if shipment.swallowed {
            let response = "<html><body><h1>Vérification de sécurité</h1></body></html>".to_owned();
            return Attempt { at, status: Some(200), error: None, response, duration_ms: 0 };
        }
        let clock = Instant::now();
        let mut request = self
            .client
            .post(&shipment.target_url)
            .header(CONTENT_TYPE, "application/json; charset=utf-8");
        if let Some(signature) = shipment.signature {
            request = request.header(signature::HEADER, signature);
        }
        let sent = request.body(shipment.body).send().await;
        let (status, error, response) = match sent {
            Ok(response) => {
                let status = response.status().as_u16();
                match beginning_of(response).await {
                    Ok(text) => (Some(status), None, text),
                    // The whole exchange counts: an answer that never ends is no answer.
                    Err(error) => (None, Some(reason(&error)), String::new()),
                }
            }
            Err(error) => (None, Some(reason(&error)), String::new()),
        };
        Attempt {
            at,
            status,
            error,
            response,
            duration_ms: u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// How long to do nothing, unless somebody wakes the courier.
fn pause(store: &Store, full: bool) -> Duration {
    match store.read(|world, _| queue::next_time(world)) {
        Some(at) if !full => (at - wall_clock()).to_std().unwrap_or_default().min(IDLE),
        _ => IDLE,
    }
}

/// The next due delivery, ready to leave.
fn take_next(store: &Store, in_flight: &BTreeSet<DeliveryId>) -> Option<Shipment> {
    loop {
        let real: DateTime<Utc> = wall_clock();
        let has_due = store.quietly(|world, now| {
            let id = queue::next_due(world, in_flight, real)?;
            let tamper = world.mode.tamper;
            Some(queue::prepare(world, id, tamper, now))
        });
        match has_due {
            None => return None,
            Some(Some(shipment)) => return Some(shipment),
            // Closed without leaving: look at the next one.
            Some(None) => {}
        }
    }
}

async fn beginning_of(mut response: reqwest::Response) -> Result<String, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() < RESPONSE_KEPT {
            let room = RESPONSE_KEPT - bytes.len();
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "pas de réponse en 10 secondes".to_owned();
    }
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
