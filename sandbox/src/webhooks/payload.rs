//! The body of a webhook about a rendez-vous, in both generations.

use chrono::{DateTime, Utc};

use super::{blueprints, canonical};
use crate::config::Profile;
use crate::model::{Event, Rdv, Reason};
use crate::state::world::World;
use crate::text::dates::{self, PARIS};

/// What is told about the rendez-vous, and when.
#[derive(Clone, Copy)]
pub struct Occasion {
    /// What happened.
    pub event: Event,
    /// Why.
    pub reason: Option<Reason>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When this text is written.
    pub computed_at: DateTime<Utc>,
}

impl Occasion {
    /// Something told at the moment it happens.
    pub fn at(event: Event, reason: Option<Reason>, now: DateTime<Utc>) -> Self {
        Self { event, reason, occurred_at: now, computed_at: now }
    }
}

/// The exact bytes of the body.
pub fn render(world: &World, rdv: &Rdv, occasion: Occasion) -> String {
    let data = canonical::write(&blueprints::rdv_data(world, rdv));
    let meta = meta(world.settings.profile, occasion);
    format!(r#"{{"data":{data},"meta":{meta}}}"#)
}

/// `meta` is the one object whose keys keep the order of the code.
fn meta(profile: Profile, occasion: Occasion) -> String {
    let reason = match occasion.reason {
        Some(Reason::Rgpd) => r#""rgpd""#,
        None => "null",
    };
    let mut meta = format!(
        r#"{{"model":"Rdv","event":"{}","webhook_reason":{reason},"timestamp":"{}""#,
        occasion.event.code(),
        dates::ruby(occasion.computed_at, PARIS),
    );
    if profile == Profile::September2026 {
        meta.push_str(&format!(
            r#","event_occurred_at":"{}","payload_computed_at":"{}""#,
            dates::iso8601(occasion.occurred_at, PARIS),
            dates::iso8601(occasion.computed_at, PARIS),
        ));
    }
    meta.push('}');
    meta
}
