//! Small steps that tests are told with.

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::model::{Author, LieuId, LocationType, MotifId, RdvId, UserId};
use crate::rules::booking::{self, Identity, NewRdv};
use crate::rules::slots::{self, Search};
use crate::state::draws::Draws;
use crate::state::seed;
use crate::state::world::World;
use crate::text::dates::{PARIS, parse};

/// The configuration with these variables and an application that listens to nothing.
pub fn config(variables: &[(&str, &str)]) -> Config {
    let target = ("SANDBOX_WEBHOOK_TARGET", "http://127.0.0.1:9");
    let all = [variables, &[target]].concat();
    let get = |name: &str| {
        all.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    Config::read(get).unwrap()
}

/// The world of September 2026 on its first day.
pub fn world() -> World {
    seed::world(&config(&[]), Draws::seeded(1))
}

/// The world of October 2024 on its first day.
pub fn world_2024() -> World {
    seed::world(&config(&[("SANDBOX_PROFILE", "2024-10")]), Draws::seeded(1))
}

/// The instant at which a wall clock in Paris shows this.
pub fn at(text: &str) -> DateTime<Utc> {
    parse(text, PARIS).unwrap()
}

/// The person of the recorded bodies.
pub fn camille(world: &mut World) -> UserId {
    let identity = Identity {
        email: Some("camille.martin@exemple.fr".to_owned()),
        first_name: "Camille".to_owned(),
        last_name: "MARTIN".to_owned(),
        phone_number: Some("0612345678".to_owned()),
        address: None,
    };
    booking::remember_person(world, &identity, at("2024-05-27 17:58:02"))
}

/// Somebody with an address and nothing else.
pub fn person(world: &mut World, email: &str) -> UserId {
    let identity = Identity {
        email: Some(email.to_owned()),
        first_name: "Jean".to_owned(),
        last_name: "ROBERT".to_owned(),
        ..Identity::default()
    };
    booking::remember_person(world, &identity, at("2024-05-27 17:58:02"))
}

/// Camille has a rendez-vous, with an agent who is free if there is one.
pub fn book(world: &mut World, motif: i64, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> RdvId {
    let user_id = camille(world);
    let motif = world.motifs[&MotifId(motif)].clone();
    let agents = slots::agents_for(world, Search::new(&motif, now), starts_at).unwrap();
    let anyone = world.agents_of(motif.organisation_id).next().unwrap().id;
    let at_lieu = motif.location_type == LocationType::PublicOffice;
    let new = NewRdv {
        motif_id: motif.id,
        lieu_id: at_lieu.then_some(LieuId(77)),
        starts_at,
        duration: None,
        agent_id: agents.first().copied().unwrap_or(anyone),
        user_id,
        created_by: Author::user(user_id),
        context: None,
    };
    booking::create(world, new, now).unwrap()
}
