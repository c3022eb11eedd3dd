//! The body of a webhook about a rendez-vous, in both generations.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::canonical;
use crate::config::Profile;
use crate::contact;
use crate::dates::{self, PARIS};
use crate::model::{
    Agent, Author, Event, Lieu, Motif, Organisation, Participation, Rdv, Reason, User,
};
use crate::world::World;

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

/// The exact bytes of the body.
pub fn render(world: &World, rdv: &Rdv, occasion: Occasion) -> String {
    let data = canonical::write(&rdv_data(world, rdv));
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

/// The rendez-vous as webhooks and the API show it.
pub fn rdv_data(world: &World, rdv: &Rdv) -> Value {
    let users = rdv
        .participations
        .iter()
        .filter_map(|part| world.users.get(&part.user_id))
        .map(|user| user_data(world, user))
        .collect::<Vec<_>>();
    let agents = rdv
        .agent_ids
        .iter()
        .filter_map(|id| world.agents.get(id))
        .map(agent_data)
        .collect::<Vec<_>>();
    let present = rdv.participations.iter().filter(|part| !part.status.is_cancelled()).count();
    let mut data = json!({
        "id": rdv.id,
        "uuid": rdv.uuid,
        "status": rdv.status.code(),
        "duration_in_min": rdv.duration().num_minutes(),
        "address": world.address_of(rdv),
        "context": rdv.context,
        "cancelled_at": rdv.cancelled_at.map(|at| dates::ruby(at, PARIS)),
        "max_participants_count": null,
        "users_count": present,
        "name": null,
        "collectif": false,
        "motif": motif_data(world, rdv),
        "organisation": organisation_data(world, rdv),
        "lieu": lieu_data(world, rdv),
        "agents": agents,
        "users": users,
        "participations": rdv.participations.iter()
            .map(|part| participation_data(world, part)).collect::<Vec<_>>(),
    });
    add(&mut data, author_data(rdv.created_by));
    add(&mut data, times(world, rdv));
    if world.settings.profile == Profile::September2026 {
        add(&mut data, additions_of_2026(world, rdv));
    }
    data
}

fn add(data: &mut Value, more: Value) {
    if let (Value::Object(data), Value::Object(more)) = (data, more) {
        data.extend(more);
    }
}

fn author_data(author: Author) -> Value {
    json!({
        "created_by": author.kind.code(),
        "created_by_type": author.kind.class_name(),
        "created_by_id": author.id,
    })
}

fn times(world: &World, rdv: &Rdv) -> Value {
    let zone = world
        .organisations
        .get(&rdv.organisation_id)
        .map_or(PARIS, |organisation| organisation.time_zone);
    let write = match world.settings.profile {
        Profile::October2024 => dates::ruby_mislabelled,
        Profile::September2026 => dates::ruby,
    };
    json!({
        "starts_at": write(rdv.starts_at, zone),
        "ends_at": write(rdv.ends_at, zone),
    })
}

fn additions_of_2026(world: &World, rdv: &Rdv) -> Value {
    let zone = world
        .organisations
        .get(&rdv.organisation_id)
        .map_or(PARIS, |organisation| organisation.time_zone);
    json!({
        "created_at": dates::ruby(rdv.created_at, PARIS),
        "time_zone": zone.name(),
        "url_for_agents": format!("{}/agents/rdvs/{}", world.settings.url, rdv.id),
        "visio_url": world.visio_url(rdv),
    })
}

fn organisation_data(world: &World, rdv: &Rdv) -> Value {
    let Some(organisation) = world.organisations.get(&rdv.organisation_id) else {
        return Value::Null;
    };
    let Organisation { id, name, phone_number, email, verticale, .. } = organisation;
    let mut data = json!({
        "id": id, "name": name, "phone_number": phone_number, "email": email, "verticale": verticale,
    });
    if world.settings.profile == Profile::September2026 {
        add(&mut data, json!({"website": null, "public_link_id": id.to_string()}));
    }
    data
}

fn motif_data(world: &World, rdv: &Rdv) -> Value {
    let Some(motif) = world.motifs.get(&rdv.motif_id) else {
        return Value::Null;
    };
    let Motif {
        id,
        organisation_id,
        service_id,
        name,
        location_type,
        instruction_for_rdv,
        bookable_by,
        ..
    } = motif;
    let mut data = json!({
        "id": id,
        "name": name,
        "location_type": location_type,
        "deleted_at": null,
        "bookable_publicly": motif.bookable_publicly(),
        "service_id": service_id,
        "organisation_id": organisation_id,
        "collectif": false,
        "follow_up": false,
        "instruction_for_rdv": instruction_for_rdv,
        "bookable_by": bookable_by,
        "motif_category": null,
    });
    if world.settings.profile == Profile::September2026 {
        add(&mut data, json!({"default_duration_in_min": motif.default_duration_in_min}));
    }
    data
}

fn lieu_data(world: &World, rdv: &Rdv) -> Value {
    let Some(lieu) = rdv.lieu_id.and_then(|id| world.lieux.get(&id)) else {
        return Value::Null;
    };
    let Lieu { id, organisation_id, name, address, phone_number } = lieu;
    let mut data = json!({
        "id": id,
        "name": name,
        "address": address,
        "phone_number": phone_number,
        "organisation_id": organisation_id,
        "single_use": false,
    });
    if world.settings.profile == Profile::September2026 {
        add(&mut data, json!({"enabled": true}));
    }
    data
}

fn agent_data(agent: &Agent) -> Value {
    json!({
        "id": agent.id,
        "first_name": agent.first_name,
        "last_name": agent.last_name,
        "email": agent.email,
        "inclusion_connect_open_id_sub": null,
    })
}

fn participation_data(world: &World, part: &Participation) -> Value {
    let mut data = json!({
        "id": part.id,
        "status": part.status.code(),
        "send_lifecycle_notifications": true,
        "send_reminder_notification": true,
        "created_by_agent_prescripteur": false,
        "user": world.users.get(&part.user_id).map(|user| user_data(world, user)),
    });
    add(&mut data, author_data(part.created_by));
    data
}

/// The fields that this stand-in never fills are there too, as null: the real platform has them.
const NEVER_FILLED: [&str; 13] = [
    "birth_name",
    "address_details",
    "birth_date",
    "caisse_affiliation",
    "affiliation_number",
    "family_situation",
    "number_of_children",
    "invitation_created_at",
    "invitation_accepted_at",
    "case_number",
    "logement",
    "notes",
    "user_profiles",
];

fn user_data(world: &World, user: &User) -> Value {
    let responsible = user.responsible_id.and_then(|id| world.users.get(&id));
    let nulls: Map<_, _> =
        NEVER_FILLED.iter().map(|name| ((*name).to_owned(), Value::Null)).collect();
    let mut data = json!({
        "id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "address": user.address,
        "phone_number": user.phone_number,
        "phone_number_formatted": user.phone_number.as_deref().and_then(contact::e164),
        "responsible_id": user.responsible_id,
        "responsible": responsible.map(|user| user_data(world, user)),
        "notify_by_sms": true,
        "notify_by_email": true,
        "created_at": dates::ruby(user.created_at, PARIS),
    });
    add(&mut data, Value::Object(nulls));
    data
}
