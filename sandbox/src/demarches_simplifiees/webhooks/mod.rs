//! Webhooks v2: telling that something happened to a dossier, never what.

pub mod courier;
pub mod signature;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

use super::model::{DsAttempt, Endpoint, EventKind, Queued};
use super::world::{World, take};
use crate::state::clock::wall_clock;

/// The most events in a message.
const LARGEST: usize = 100;
/// How many sendings are remembered.
const KEPT: usize = 200;
/// How long events wait for others, in seconds.
const DELAY_IN_S: i64 = 5;
/// The waits between attempts, in seconds; then the endpoint is disabled.
const WAITS_IN_S: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Queues an event for every endpoint of the dossier's démarche.
pub fn tell(world: &mut World, dossier: i64, kind: EventKind, now: DateTime<Utc>) {
    let Some(demarche) = world.dossier(dossier).map(|dossier| dossier.demarche) else { return };
    let scale = world.webhooks.scale;
    for endpoint in world.endpoints.values_mut() {
        if endpoint.demarche == demarche && endpoint.enabled {
            // One series for the whole platform: an endpoint sees gaps.
            let sequence = world.next.sequence;
            world.next.sequence += 3;
            let event = Queued { sequence, kind, dossier_number: dossier, timestamp: now };
            endpoint.waiting.push(event);
            // Sendings follow the machine's time, whatever the platform believes.
            endpoint.not_before.get_or_insert_with(|| wall_clock() + scaled(DELAY_IN_S, scale));
        }
    }
}

fn scaled(seconds: i64, scale: f64) -> TimeDelta {
    TimeDelta::milliseconds((seconds as f64 * 1000.0 * scale) as i64)
}

impl World {
    /// A key of a signature.
    pub fn new_secret(&mut self) -> String {
        let bytes = [self.draws.uuid().into_bytes(), self.draws.uuid().into_bytes()].concat();
        format!("whsec_{}", BASE64_STANDARD.encode(bytes))
    }

    /// Events of a démarche go there; gives the number of the endpoint.
    pub fn add_endpoint(&mut self, demarche: i64, url: &str, secret: &str) -> i64 {
        let id = take(&mut self.next.endpoint);
        let endpoint = Endpoint {
            id,
            demarche,
            url: url.to_owned(),
            secrets: vec![secret.to_owned()],
            enabled: true,
            waiting: Vec::new(),
            batch: None,
            failures: 0,
            not_before: None,
            attempts: Vec::new(),
        };
        self.endpoints.insert(id, endpoint);
        id
    }
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Message {
    /// The number of its endpoint.
    pub endpoint: i64,
    /// Where it goes.
    pub url: String,
    /// `webhook-id`: the same at each attempt.
    pub id: String,
    /// What it says.
    pub body: String,
    /// How many events that is.
    pub events: usize,
    /// The keys that sign it.
    pub secrets: Vec<String>,
    /// How many times it leaves.
    pub copies: u32,
    /// Whether it is lost on the way.
    pub lost: bool,
}

/// The next message that may leave; when nothing may, the time of the next.
pub fn next(world: &mut World, machine: DateTime<Utc>) -> Result<Message, Option<DateTime<Utc>>> {
    if world.webhooks.hold {
        return Err(None);
    }
    let ready = |e: &&mut Endpoint| e.enabled && !e.waiting.is_empty();
    let soonest = world.endpoints.values_mut().filter(ready).min_by_key(|e| e.not_before);
    let Some(endpoint) = soonest else { return Err(None) };
    if let Some(at) = endpoint.not_before.filter(|at| *at > machine) {
        return Err(Some(at));
    }
    let events = *endpoint.batch.get_or_insert(endpoint.waiting.len().min(LARGEST));
    let told = &endpoint.waiting[..events.min(endpoint.waiting.len())];
    let first = told.first().map(|event| event.sequence).unwrap_or_default();
    let body = serde_json::json!({
        "webhook_id": endpoint.id.to_string(),
        "demarche_number": endpoint.demarche,
        "events": told,
    });
    let message = Message {
        endpoint: endpoint.id,
        url: endpoint.url.clone(),
        id: format!("msg_{}_{first}", endpoint.id),
        body: body.to_string(),
        events: told.len(),
        secrets: endpoint.secrets.clone(),
        copies: 1 + world.webhooks.duplicate,
        lost: false,
    };
    let lost = world.webhooks.drop > 0.0 && world.draws.fraction() < world.webhooks.drop;
    Ok(Message { lost, ..message })
}

/// Writes down what became of a message.
pub fn record(world: &mut World, message: &Message, at: DateTime<Utc>, status: Option<u16>) {
    let scale = world.webhooks.scale;
    let Some(endpoint) = world.endpoints.get_mut(&message.endpoint) else { return };
    let (id, events) = (message.id.clone(), message.events);
    endpoint.attempts.push(DsAttempt { at, message: id, events, status });
    if endpoint.attempts.len() > KEPT {
        endpoint.attempts.remove(0);
    }
    let taken = message.lost || status.is_some_and(|status| (200..300).contains(&status));
    if taken {
        endpoint.waiting.drain(..events.min(endpoint.waiting.len()));
        endpoint.batch = None;
        endpoint.failures = 0;
        let more = !endpoint.waiting.is_empty();
        endpoint.not_before = more.then(|| at + scaled(DELAY_IN_S, scale));
        return;
    }
    match WAITS_IN_S.get(endpoint.failures) {
        Some(&seconds) => {
            endpoint.failures += 1;
            endpoint.not_before = Some(at + scaled(seconds, scale));
        }
        None => endpoint.enabled = false,
    }
}
