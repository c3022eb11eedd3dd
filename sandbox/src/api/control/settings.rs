//! The whole state, starting over, the clock and the disturbances.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::{Refused, read, unreadable};
use crate::model::{ApiFaults, Delivery, DeliveryId, DeliveryMode, Failure, ListFaults, Tamper};
use crate::state::clock::{Clock, wall_clock};
use crate::state::draws::Draws;
use crate::state::seed;
use crate::text::dates::{self, PARIS};
use crate::web::App;
use crate::webhooks::queue;

/// `GET /__sandbox/state`
pub async fn state(State(app): State<App>) -> Result<Json<Value>, Refused> {
    let state = app.store.read(|world, _| {
        let deliveries: BTreeMap<DeliveryId, &Delivery> =
            world.deliveries.values().map(|delivery| (delivery.id, delivery)).collect();
        let mut state = serde_json::to_value(world)?;
        state["deliveries"] = serde_json::to_value(deliveries)?;
        Ok::<_, serde_json::Error>(state)
    });
    state.map(Json).map_err(|error| Refused::Unreadable(error.to_string()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// Makes what follows repeatable; without it chance goes on.
    seed: Option<u64>,
}

/// `POST /__sandbox/reset`: as on the first day, with the real clock and no disturbance.
pub async fn reset(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let Reset { seed } = read(&body)?;
    let config = &app.config;
    let draws = app.store.read(|world, _| seed.map_or_else(|| world.draws.clone(), Draws::seeded));
    let world = seed::of_the_demo(config, draws, wall_clock())
        .map_err(|error| Refused::Unreadable(error.to_string()))?;
    app.store.replace(|_| world).await;
    Ok(Json(json!({"ok": true})))
}

/// `GET /__sandbox/clock`
pub async fn read_clock(State(app): State<App>) -> Json<Value> {
    Json(app.store.read(
        |world, now| json!({"now": now, "clock": world.clock, "paris": dates::ruby(now, PARIS)}),
    ))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    /// RFC 3339, or a wall clock of Paris; null: the real time again.
    now: Option<String>,
    /// Whether time stands still from there; it flows otherwise.
    #[serde(default)]
    frozen: bool,
}

/// `POST /__sandbox/clock {"now": …, "frozen": false}`
pub async fn set_clock(State(app): State<App>, body: Bytes) -> Result<Json<Value>, Refused> {
    let SetClock { now, frozen } = read(&body)?;
    let clock = match now {
        None => Clock::Real,
        Some(text) => {
            let at = dates::parse(&text, PARIS)
                .ok_or_else(|| unreadable("now: a date and time is expected"))?;
            if frozen { Clock::Frozen { at } } else { Clock::starting_at(at, wall_clock()) }
        }
    };
    app.store.change(|world, _| world.clock = clock).await;
    Ok(read_clock(State(app)).await)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetMode {
    hold: Option<bool>,
    duplicate: Option<u32>,
    shuffle: Option<bool>,
    drop: Option<f64>,
    delay: Option<f64>,
    updated_first: Option<bool>,
    stale_after_destroyed: Option<bool>,
    /// True: all events bear the second at which this was asked.
    same_second: Option<bool>,
    /// Left out: as it was; null: none.
    #[serde(default, deserialize_with = "present")]
    tamper: Option<Option<Tamper>>,
    at_once: Option<usize>,
}

impl SetMode {
    /// What would be out of bounds.
    fn mistake(&self) -> Option<&'static str> {
        if self.duplicate.is_some_and(|copies| copies > 100) {
            Some("duplicate: 100 at most")
        } else if self.drop.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            Some("drop: a share from 0 to 1 is expected")
        } else if self.delay.is_some_and(|seconds| !(0.0..=86_400.0).contains(&seconds)) {
            Some("delay: a number of seconds up to 86400 is expected")
        } else if self.at_once.is_some_and(|count| !(1..=100).contains(&count)) {
            Some("at_once: a number from 1 to 100 is expected")
        } else {
            None
        }
    }

    fn apply(self, mode: &mut DeliveryMode, now: DateTime<Utc>) {
        mode.hold = self.hold.unwrap_or(mode.hold);
        mode.duplicate = self.duplicate.unwrap_or(mode.duplicate);
        mode.shuffle = self.shuffle.unwrap_or(mode.shuffle);
        mode.drop = self.drop.unwrap_or(mode.drop);
        mode.delay = self.delay.unwrap_or(mode.delay);
        mode.updated_first = self.updated_first.unwrap_or(mode.updated_first);
        mode.stale_after_destroyed =
            self.stale_after_destroyed.unwrap_or(mode.stale_after_destroyed);
        mode.same_second = match self.same_second {
            Some(same) => same.then_some(now),
            None => mode.same_second,
        };
        mode.tamper = self.tamper.unwrap_or(mode.tamper);
        mode.at_once = self.at_once.unwrap_or(mode.at_once);
    }
}

/// `GET /__sandbox/mode`
pub async fn read_mode(State(app): State<App>) -> Json<DeliveryMode> {
    Json(app.store.read(|world, _| world.mode))
}

/// `POST /__sandbox/mode`: what is left out stays.
pub async fn set_mode(State(app): State<App>, body: Bytes) -> Result<Json<DeliveryMode>, Refused> {
    let set: SetMode = read(&body)?;
    if let Some(mistake) = set.mistake() {
        return Err(unreadable(mistake));
    }
    let mode = app.store.change(|world, now| {
        set.apply(&mut world.mode, now);
        queue::release_idle(world);
        world.mode
    });
    Ok(Json(mode.await))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFaults {
    refuse_refresh: Option<bool>,
    /// Left out: as it was; null: none.
    #[serde(default, deserialize_with = "present")]
    failure: Option<Option<Failure>>,
    lists: Option<ListFaults>,
}

/// Tells a null from an absence.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// `GET /__sandbox/faults`
pub async fn read_faults(State(app): State<App>) -> Json<ApiFaults> {
    Json(app.store.read(|world, _| world.faults.clone()))
}

/// `POST /__sandbox/faults {"refuse_refresh": bool, "failure": {"kind", "times"?, "path"?, "seconds"?},
/// "lists": {"left_out"?, "unknown_status"?}}`: what is left out stays.
pub async fn set_faults(State(app): State<App>, body: Bytes) -> Result<Json<ApiFaults>, Refused> {
    let set: SetFaults = read(&body)?;
    let faults = app.store.change(|world, _| {
        let faults = &mut world.faults;
        faults.refuse_refresh = set.refuse_refresh.unwrap_or(faults.refuse_refresh);
        faults.lists = set.lists.unwrap_or(faults.lists);
        if let Some(failure) = set.failure {
            faults.failure = failure.filter(|failure| failure.times != Some(0));
        }
        faults.clone()
    });
    Ok(Json(faults.await))
}
