//! What exists before anybody comes: three organisations, their motifs, a lieu, three agents.

mod week;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::config::{Config, Settings};
use crate::model::{
    AccessLevel, Agent, AgentId, EndpointId, Lieu, LieuId, LocationType, Motif, MotifId,
    Organisation, OrganisationId, WebhookEndpoint, usual_subscriptions,
};
use crate::rules::booking;
use crate::state::draws::Draws;
use crate::state::world::{World, take};

/// The organisation of the demo.
pub const DEMARCHES_SIMPLIFIEES: OrganisationId = OrganisationId(100);
/// Its administrator.
pub const TOM: AgentId = AgentId(1957);
/// The organisation whose clocks are not those of Paris.
pub const REUNION: OrganisationId = OrganisationId(101);

/// The organisation of the demo's other démarche, where rendez-vous are already booked.
pub const LIVRE: OrganisationId = OrganisationId(102);

/// Where it receives, and who does.
const LIVRE_LIEU: LieuId = LieuId(79);
const CLAIRE: AgentId = AgentId(1961);

const HALF_AN_HOUR_IN_S: i64 = 1_800;
const THREE_MONTHS_IN_S: i64 = 7_889_238;

/// The platform on its first day, with no person, no rendez-vous and no delivery.
pub fn world(config: &Config, draws: Draws) -> World {
    let mut world = World {
        organisations: by_id(organisations(), |o| o.id),
        motifs: by_id(motifs(), |m| m.id),
        lieux: by_id(lieux(), |l| l.id),
        agents: by_id(agents(), |a| a.id),
        ..World::empty(config.settings.clone(), draws)
    };
    configure(&mut world, config);
    world
}

/// Just enough for somebody's test: one organisation, one agent who may do everything there, one motif that agents
/// alone book. People who are new get numbers that no recorded body has.
pub fn small(settings: Settings, draws: Draws) -> World {
    let mut world = World::empty(settings, draws);
    world.next.user = 9001;
    world.organisations = by_id(organisations(), |o| o.id);
    world.organisations.retain(|id, _| *id == DEMARCHES_SIMPLIFIEES);
    let motif = motif(500, DEMARCHES_SIMPLIFIEES, "Suivi", LocationType::Phone, 30);
    world.motifs.insert(motif.id, Motif { bookable_by: "agents".to_owned(), ..motif });
    let tom = agents().into_iter().find(|agent| agent.id == TOM);
    let departement = "07".to_owned();
    world.agents.extend(tom.map(|tom| (TOM, Agent { territories: vec![departement], ..tom })));
    world
}

/// [`world`], with the rendez-vous of the demo, at `now`.
///
/// # Errors
/// They can't be read.
pub fn of_the_demo(
    config: &Config,
    draws: Draws,
    now: DateTime<Utc>,
) -> Result<World, serde_json::Error> {
    let mut world = world(config, draws);
    week::write_down(&mut world, now)?;
    Ok(world)
}

/// Makes a world, new or read from a snapshot, follow the configuration. An endpoint edited by hand
/// stays as it was left.
pub fn configure(world: &mut World, config: &Config) {
    world.settings = config.settings.clone();
    catch_up(world);
    let Some(target) = &config.webhook_target else {
        return;
    };
    let base = target.as_str().trim_end_matches('/');
    let organisations: Vec<_> = world.organisations.keys().copied().collect();
    for organisation_id in organisations {
        let target_url = format!("{base}/webhooks/rdv-service-public/{organisation_id}");
        let known = world
            .endpoints
            .values_mut()
            .find(|endpoint| endpoint.organisation_id == organisation_id);
        match known {
            Some(endpoint) if endpoint.from_configuration => {
                endpoint.target_url = target_url;
                endpoint.secret.clone_from(&config.secret);
            }
            Some(_) => {}
            None => {
                let id = EndpointId(take(&mut world.next.endpoint));
                let endpoint = WebhookEndpoint {
                    id,
                    organisation_id,
                    target_url,
                    secret: config.secret.clone(),
                    subscriptions: usual_subscriptions(),
                    from_configuration: true,
                };
                world.endpoints.insert(id, endpoint);
            }
        }
    }
}

/// Gives a world that an earlier version left what was added since.
fn catch_up(world: &mut World) {
    for organisation in organisations() {
        world.organisations.entry(organisation.id).or_insert(organisation);
    }
    for motif in motifs() {
        world.motifs.entry(motif.id).or_insert(motif);
    }
    for lieu in lieux() {
        world.lieux.entry(lieu.id).or_insert(lieu);
    }
    for seeded in agents() {
        let agent = world.agents.entry(seeded.id).or_insert_with(|| seeded.clone());
        agent.service_id = seeded.service_id;
        agent.access_level = seeded.access_level;
        agent.territories.clone_from(&seeded.territories);
    }
    let joined: Vec<_> = world
        .rdvs
        .values()
        .flat_map(|rdv| rdv.participations.iter().map(|part| (part.user_id, rdv.organisation_id)))
        .collect();
    for (user_id, organisation_id) in joined {
        booking::join(world, user_id, organisation_id);
    }
}

fn by_id<K: Ord, V>(items: Vec<V>, id: impl Fn(&V) -> K) -> BTreeMap<K, V> {
    items.into_iter().map(|item| (id(&item), item)).collect()
}

fn organisations() -> Vec<Organisation> {
    vec![
        Organisation {
            id: DEMARCHES_SIMPLIFIEES,
            name: "Démarches Simplifiées".to_owned(),
            slug: "demarches-simplifiees".to_owned(),
            verticale: "rdv_mairie".to_owned(),
            phone_number: "0123456789".to_owned(),
            email: "contact@service.exemple.gouv.fr".to_owned(),
            time_zone: chrono_tz::Europe::Paris,
            departement: "07".to_owned(),
        },
        Organisation {
            id: REUNION,
            name: "Préfecture de La Réunion".to_owned(),
            slug: "prefecture-de-la-reunion".to_owned(),
            verticale: "rdv_mairie".to_owned(),
            phone_number: "0262405050".to_owned(),
            email: "contact@reunion.exemple.gouv.fr".to_owned(),
            time_zone: chrono_tz::Indian::Reunion,
            departement: "974".to_owned(),
        },
        Organisation {
            id: LIVRE,
            name: "Direction du livre".to_owned(),
            slug: "direction-du-livre".to_owned(),
            verticale: "rdv_mairie".to_owned(),
            phone_number: "0140158000".to_owned(),
            email: "contact@livre.exemple.gouv.fr".to_owned(),
            time_zone: chrono_tz::Europe::Paris,
            departement: "75".to_owned(),
        },
    ]
}

fn motifs() -> Vec<Motif> {
    let ds = DEMARCHES_SIMPLIFIEES;
    vec![
        Motif {
            instruction_for_rdv: Some("Munissez-vous de votre numéro de dossier.".to_owned()),
            ..motif(501, ds, "Suivi de dossier", LocationType::Visio, 30)
        },
        motif(502, ds, "RDV PHV", LocationType::PublicOffice, 60),
        motif(503, ds, "Suivi de dossier par téléphone", LocationType::Phone, 30),
        motif(504, ds, "RDV UDAP", LocationType::Home, 60),
        Motif {
            bookable_by: "agents".to_owned(),
            collectif: true,
            ..motif(505, ds, "Réunion d’information", LocationType::PublicOffice, 60)
        },
        motif(601, REUNION, "Suivi de dossier", LocationType::Visio, 30),
        motif(701, LIVRE, "Suivi de dossier", LocationType::Visio, 30),
        motif(702, LIVRE, "Suivi de dossier par téléphone", LocationType::Phone, 30),
        Motif {
            instruction_for_rdv: Some("Munissez-vous d'une pièce d'identité.".to_owned()),
            ..motif(703, LIVRE, "Entretien", LocationType::PublicOffice, 60)
        },
        motif(704, LIVRE, "Visite", LocationType::Home, 60),
    ]
}

fn motif(
    id: i64,
    organisation_id: OrganisationId,
    name: &str,
    location_type: LocationType,
    default_duration_in_min: i64,
) -> Motif {
    Motif {
        id: MotifId(id),
        organisation_id,
        service_id: service_of(organisation_id),
        name: name.to_owned(),
        location_type,
        default_duration_in_min,
        instruction_for_rdv: None,
        bookable_by: "everyone".to_owned(),
        rdvs_cancellable_by_user: true,
        rdvs_editable_by_user: true,
        min_public_booking_delay: HALF_AN_HOUR_IN_S,
        max_public_booking_delay: THREE_MONTHS_IN_S,
        collectif: false,
    }
}

fn service_of(organisation_id: OrganisationId) -> i64 {
    match organisation_id {
        REUNION => 13,
        LIVRE => 14,
        _ => 12,
    }
}

/// Two of the demo's organisation, so that a rendez-vous can go from one to the other.
fn lieux() -> Vec<Lieu> {
    let lieu = |id, name: &str, address: &str, phone_number: Option<&str>| Lieu {
        id: LieuId(id),
        organisation_id: DEMARCHES_SIMPLIFIEES,
        name: name.to_owned(),
        address: address.to_owned(),
        phone_number: phone_number.map(str::to_owned),
    };
    let mairie = "Rue de la Mairie, Saint-Péray, 07130";
    let maison = "3 place de la République, Valence, 26000";
    let livre = "182 rue Saint-Honoré, Paris, 75001";
    vec![
        lieu(77, "Mairie de Saint-Péray", mairie, Some("0475817777")),
        lieu(78, "Maison France Services", maison, None),
        Lieu {
            organisation_id: LIVRE,
            ..lieu(LIVRE_LIEU.0, "Direction du livre", livre, Some("0140158000"))
        },
    ]
}

/// Two have the addresses of the demo's instructor and administrator, so that the two platforms know
/// the same people. The administrator receives nobody: no slot is offered with them.
fn agents() -> Vec<Agent> {
    let agent = |id, organisation_id, first: &str, last: &str, email: &str| Agent {
        id: AgentId(id),
        organisation_id,
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: Some(email.to_owned()),
        service_id: service_of(organisation_id),
        access_level: AccessLevel::Basic,
        territories: Vec::new(),
        receives: true,
    };
    let ds = DEMARCHES_SIMPLIFIEES;
    vec![
        Agent {
            access_level: AccessLevel::Admin,
            ..agent(TOM.0, ds, "Tom", "Instructeur", "instructeur@demo.example")
        },
        agent(1958, ds, "Nadia", "Instructrice", "nadia.instructrice@exemple.gouv.fr"),
        Agent {
            access_level: AccessLevel::Admin,
            territories: ["07", "974"].map(str::to_owned).to_vec(),
            receives: false,
            ..agent(1959, ds, "Alix", "Moreau", "admin@demo.example")
        },
        agent(1960, REUNION, "Maëlle", "Payet", "maelle.payet@exemple.gouv.fr"),
        agent(CLAIRE.0, LIVRE, "Claire", "Fontaine", "claire.fontaine@exemple.gouv.fr"),
    ]
}
