//! The bodies of the contract, rebuilt from the same facts: byte for byte, signature included.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::story::{self, at};
use crate::model::{
    AgentId, Author, Event, LieuId, MotifId, OrganisationId, Rdv, RdvId, Reason, Status, UserId,
};
use crate::rules::booking::{self, Identity, NewRdv};
use crate::rules::lifecycle;
use crate::state::draws::Draws;
use crate::state::recorded;
use crate::state::world::World;
use crate::webhooks::{self, queue};

const SIGNATURES: &str = include_str!("../../tests/samples/SIGNATURES.txt");

const TOM: AgentId = AgentId(1957);
const VISIO: RdvId = RdvId(296_828);
const OFFICE: RdvId = RdvId(296_829);
const PHONE: RdvId = RdvId(296_830);
const HOME: RdvId = RdvId(296_831);

macro_rules! recorded {
    ($name:literal) => {
        ($name, include_str!(concat!("../../tests/samples/", $name)))
    };
}

/// The history that the recorded bodies tell, from the first of them on.
struct History {
    world: World,
    camille: UserId,
}

impl History {
    fn begin() -> Self {
        let mut world = story::world_2024();
        // What the recordings have and the demo's seed does not.
        if let Some(tom) = world.agents.get_mut(&TOM) {
            tom.email = Some("tom.instructeur@exemple.gouv.fr".to_owned());
        }
        if let Some(phone) = world.motifs.get_mut(&MotifId(503)) {
            "Suivi de dossier".clone_into(&mut phone.name);
        }
        let camille = story::camille(&mut world);
        Self { world, camille }
    }

    fn book(&mut self, motif: i64, uuid: &str, starts_at: &str, by: UserId, now: &str) -> RdvId {
        let new = NewRdv {
            motif_id: MotifId(motif),
            lieu_id: (motif == 502).then_some(LieuId(77)),
            starts_at: at(starts_at),
            duration: None,
            agent_id: TOM,
            user_id: by,
            created_by: Author::user(by),
            context: None,
        };
        let id = booking::create(&mut self.world, new, at(now)).unwrap();
        // The uuid is drawn: put the recorded one in its place, and tell the event again.
        self.rdv(id).uuid = Uuid::parse_str(uuid).unwrap();
        webhooks::emit(&mut self.world, id, Event::Created, None, at(now));
        id
    }

    fn rdv(&mut self, id: RdvId) -> &mut Rdv {
        self.world.rdv_mut(id).unwrap()
    }

    fn jean(&mut self) -> UserId {
        let identity = Identity {
            email: Some("jean.robert@exemple.fr".to_owned()),
            first_name: "Jean".to_owned(),
            last_name: "ROBERT".to_owned(),
            phone_number: Some("0611223344".to_owned()),
            address: Some("21 rue des Ardennes, Paris, 75019".to_owned()),
        };
        booking::remember_person(&mut self.world, &identity, at("2024-05-27 17:58:02"))
    }

    fn book_all(&mut self) {
        let (camille, jean) = (self.camille, self.jean());
        let uuids = [
            "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11",
            "0b3f5e0a-51ab-4c0e-8a6f-3a0a3ce1b6a2",
            "1c9a7d64-9c0d-4f0c-8d3c-5d1c9f4e7b33",
            "2d0b8e75-ad1e-4a1d-9e4d-6e2daf5f8c44",
        ];
        self.book(501, uuids[0], "2024-06-07 15:30", camille, "2024-05-27 18:21:07");
        self.expect(recorded!("01_rdv_created_visio.json"));
        self.book(502, uuids[1], "2024-06-18 11:00", camille, "2024-05-28 09:02:44");
        self.expect(recorded!("02_rdv_created_public_office.json"));
        self.book(503, uuids[2], "2024-06-10 09:15", camille, "2024-05-28 10:11:12");
        self.expect(recorded!("03_rdv_created_phone.json"));
        self.book(504, uuids[3], "2024-06-20 14:00", jean, "2024-05-28 10:30:00");
        self.expect(recorded!("04_rdv_created_home.json"));
    }

    fn status(&mut self, id: RdvId, status: Status, now: &str) {
        lifecycle::set_status(&mut self.world, id, status, at(now)).unwrap();
    }

    /// The last delivery is exactly this, signed as recorded.
    fn expect(&mut self, (name, body): (&str, &str)) {
        let now: DateTime<Utc> = at("2026-09-01 12:00");
        let last = self.world.deliveries.values().next_back().unwrap().id;
        let shipment = queue::prepare(&mut self.world, last, None, now).unwrap();
        assert_eq!(shipment.body, body, "{name}");
        assert_eq!(shipment.signature.as_deref(), Some(recorded_signature(name)), "{name}");
        assert!(shipment.target_url.ends_with("/webhooks/rdv-service-public/100"));
    }
}

fn recorded_signature(name: &str) -> &'static str {
    let line = SIGNATURES.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().last()).unwrap()
}

#[test]
fn bookings_of_the_four_kinds_have_the_recorded_bytes() {
    History::begin().book_all();
}

#[test]
fn a_move_then_a_cancellation_by_the_person_have_the_recorded_bytes() {
    let mut history = History::begin();
    history.book_all();
    // Tom is taken at that time, so that the slot is Nadia's.
    let camille = history.camille;
    let taken = "3e0b8e75-ad1e-4a1d-9e4d-6e2daf5f8c44";
    history.book(501, taken, "2024-06-10 10:00", camille, "2024-05-28 11:00:00");
    let now = at("2024-05-29 08:40:15");
    lifecycle::move_by_user(&mut history.world, VISIO, at("2024-06-10 10:00"), now).unwrap();
    history.expect(recorded!("05_rdv_updated_rescheduled_by_user.json"));
    lifecycle::cancel_by_user(&mut history.world, VISIO, at("2024-06-03 12:05:33")).unwrap();
    history.expect(recorded!("06_rdv_updated_cancelled_by_user_excused.json"));
}

#[test]
fn what_agents_do_has_the_recorded_bytes() {
    let mut history = History::begin();
    history.book_all();
    history.status(OFFICE, Status::Revoked, "2024-06-12 16:20:00");
    history.expect(recorded!("07_rdv_updated_revoked_by_agent.json"));
    history.status(OFFICE, Status::Unknown, "2024-06-12 16:24:51");
    history.expect(recorded!("08_rdv_updated_reinstated_unknown.json"));
    history.status(PHONE, Status::Noshow, "2024-06-10 10:02:19");
    history.expect(recorded!("09_rdv_updated_noshow.json"));
    history.status(OFFICE, Status::Seen, "2024-06-18 12:07:40");
    history.expect(recorded!("10_rdv_updated_seen.json"));
}

#[test]
fn both_ways_of_disappearing_have_the_recorded_bytes() {
    let mut history = History::begin();
    history.book_all();
    lifecycle::destroy(&mut history.world, HOME, None, at("2024-05-30 11:00:00")).unwrap();
    history.expect(recorded!("11_rdv_destroyed_by_agent.json"));
    history.status(OFFICE, Status::Seen, "2024-06-18 12:07:40");
    let rgpd = at("2026-06-18 22:00:04");
    lifecycle::destroy(&mut history.world, OFFICE, Some(Reason::Rgpd), rgpd).unwrap();
    history.expect(recorded!("12_rdv_destroyed_rgpd.json"));
}

#[test]
fn what_a_recorded_body_tells_can_be_remembered_and_is_told_again_the_same() {
    for (name, body) in [
        recorded!("01_rdv_created_visio.json"),
        recorded!("02_rdv_created_public_office.json"),
        recorded!("03_rdv_created_phone.json"),
        recorded!("04_rdv_created_home.json"),
        recorded!("06_rdv_updated_cancelled_by_user_excused.json"),
        recorded!("09_rdv_updated_noshow.json"),
    ] {
        let mut world = World::empty(story::world_2024().settings, Draws::seeded(1));
        world.organisations = story::world_2024().organisations;
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let id = recorded::remember(&mut world, &body["data"]).unwrap();
        let told = webhooks::blueprints::rdv_data(&world, &world.rdvs[&id]);
        assert_eq!(told, body["data"], "{name}");
    }
}

#[test]
fn the_generation_of_2026_adds_its_fields_and_tells_the_state_of_the_moment() {
    let mut world = story::world();
    let id = story::book(&mut world, 501, at("2024-06-07 15:30"), at("2024-05-27 18:21:07"));
    let delivery = world.deliveries.values().next().unwrap().id;
    lifecycle::set_status(&mut world, id, Status::Excused, at("2024-05-27 18:21:08")).unwrap();
    let sent = queue::prepare(&mut world, delivery, None, at("2024-05-27 18:21:09")).unwrap();
    let body: serde_json::Value = serde_json::from_str(&sent.body).unwrap();
    let (data, meta) = (&body["data"], &body["meta"]);
    assert_eq!(meta["event"], "created");
    assert_eq!(meta["event_occurred_at"], "2024-05-27T18:21:07+02:00");
    assert_eq!(meta["payload_computed_at"], "2024-05-27T18:21:09+02:00");
    assert_eq!(data["status"], "excused");
    assert_eq!(data["time_zone"], "Europe/Paris");
    assert_eq!(data["created_at"], "2024-05-27 18:21:07 +0200");
    let room = format!("https://webconf.numerique.gouv.fr/{}", world.rdvs[&id].room());
    assert_eq!(data["visio_url"], room);
    assert_eq!(data["url_for_agents"], "http://127.0.0.1:4010/agents/rdvs/296828");
}

#[test]
fn overseas_the_old_generation_lies_about_the_offset_and_the_new_one_does_not() {
    let noon_in_saint_denis = at("2024-06-07 10:00");
    for (mut world, expected) in [
        (story::world_2024(), "2024-06-07 12:00:00 +0200"),
        (story::world(), "2024-06-07 12:00:00 +0400"),
    ] {
        let id = story::book(&mut world, 601, noon_in_saint_denis, at("2024-05-27 18:21:07"));
        let data = webhooks::blueprints::rdv_data(&world, &world.rdvs[&id]);
        assert_eq!(data["starts_at"], expected);
        assert_eq!(world.rdvs[&id].organisation_id, OrganisationId(101));
    }
}
