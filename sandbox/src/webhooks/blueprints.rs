//! Each record as webhooks and the API show it, in both generations.

use serde_json::{Map, Value, json};

use crate::config::Profile;
use crate::model::{
    Agent, Author, Lieu, Motif, Organisation, Participation, Rdv, User, WebhookEndpoint,
};
use crate::state::world::World;
use crate::text::contact;
use crate::text::dates::{self, PARIS};

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
    let motif = world.motifs.get(&rdv.motif_id);
    let organisation = world.organisations.get(&rdv.organisation_id);
    let present = rdv.participations.iter().filter(|part| !part.status.is_cancelled()).count();
    let mut data = json!({
        "id": rdv.id,
        "uuid": rdv.uuid,
        "status": rdv.status.code(),
        "duration_in_min": rdv.duration().num_minutes(),
        "address": world.address_of(rdv),
        "context": rdv.context,
        "cancelled_at": rdv.cancelled_at.map(|at| dates::ruby(at, PARIS)),
        "max_participants_count": rdv.max_participants_count,
        "users_count": present,
        "name": rdv.name,
        "collectif": motif.is_some_and(|motif| motif.collectif),
        "motif": motif.map(|motif| motif_data(world, motif)),
        "organisation": organisation.map(|organisation| organisation_data(world, organisation)),
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

/// An organisation.
pub fn organisation_data(world: &World, organisation: &Organisation) -> Value {
    let Organisation { id, name, phone_number, email, verticale, .. } = organisation;
    let mut data = json!({
        "id": id, "name": name, "phone_number": phone_number, "email": email, "verticale": verticale,
    });
    if world.settings.profile == Profile::September2026 {
        add(&mut data, json!({"website": null, "public_link_id": id.to_string()}));
    }
    data
}

/// A motif.
pub fn motif_data(world: &World, motif: &Motif) -> Value {
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
        "collectif": motif.collectif,
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

/// An agent.
pub fn agent_data(agent: &Agent) -> Value {
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
const NEVER_FILLED: [&str; 7] = [
    "address_details",
    "invitation_created_at",
    "invitation_accepted_at",
    "case_number",
    "logement",
    "notes",
    "user_profiles",
];

/// A person, with the one who books for them.
pub fn user_data(world: &World, user: &User) -> Value {
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
        "created_at": dates::ruby(user.created_at, PARIS),
    });
    add(&mut data, json!(user.details));
    add(&mut data, Value::Object(nulls));
    data
}

/// An endpoint; its secret is never shown.
pub fn endpoint_data(endpoint: &WebhookEndpoint) -> Value {
    json!({
        "id": endpoint.id,
        "organisation_id": endpoint.organisation_id,
        "subscriptions": endpoint.subscriptions,
        "target_url": endpoint.target_url,
    })
}
