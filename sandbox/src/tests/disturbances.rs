//! What can go wrong between the platform and the application, on demand.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::{Browser, Platform};
use super::story::{self, at};
use crate::model::{DeliveryId, DeliveryStatus, Event, RdvId, Status, UserId};
use crate::webhooks::queue;

const NOW: &str = "2024-05-27 18:21:07";

fn platform() -> (Platform, Browser) {
    let platform = Platform::at(NOW);
    let browser = platform.browser();
    (platform, browser)
}

async fn mode(browser: &mut Browser, mode: Value) {
    let page = browser.post_json("/__sandbox/mode", mode).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
}

fn book(platform: &Platform) -> RdvId {
    platform.store.quietly(|world, now| story::book(world, 501, at("2024-06-07 15:30"), now))
}

/// The events in the order in which they would leave, each answered before the next.
fn leave_in_turn(platform: &Platform) -> Vec<(RdvId, Event, Value)> {
    platform.store.quietly(|world, now| {
        let mut left = Vec::new();
        let none = std::collections::BTreeSet::new();
        while let Some(id) = queue::next_due(world, &none, now) {
            let Some(shipment) = queue::prepare(world, id, None, now) else { continue };
            let attempt = crate::model::Attempt {
                at: now,
                status: Some(204),
                error: None,
                response: String::new(),
                duration_ms: 1,
            };
            let delivery = &world.deliveries[&id];
            let body = serde_json::from_str(&shipment.body).unwrap();
            left.push((delivery.rdv_id, delivery.event, body));
            queue::record(world, id, attempt, 1.0);
        }
        left
    })
}

#[tokio::test]
async fn a_creation_leaves_after_a_later_event_with_its_old_payload() {
    let (platform, mut browser) = platform();
    mode(&mut browser, json!({"updated_first": true})).await;
    let id = book(&platform);
    assert!(leave_in_turn(&platform).is_empty(), "it waits");
    browser.post_json(&format!("/__sandbox/rdvs/{id}/cancel"), json!({})).await;
    let left = leave_in_turn(&platform);
    let told: Vec<_> =
        left.iter().map(|(_, event, body)| (*event, body["data"]["status"].clone())).collect();
    assert_eq!(told, [(Event::Updated, json!("excused")), (Event::Created, json!("unknown"))]);
    let other = book(&platform);
    assert!(leave_in_turn(&platform).is_empty());
    mode(&mut browser, json!({"updated_first": false})).await;
    assert_eq!(leave_in_turn(&platform)[0].0, other, "nothing is kept once the mode is over");
}

#[tokio::test]
async fn after_a_deletion_the_state_before_it_is_told_once_more() {
    let (platform, mut browser) = platform();
    let id = book(&platform);
    leave_in_turn(&platform);
    mode(&mut browser, json!({"stale_after_destroyed": true})).await;
    browser.post_json(&format!("/__sandbox/rdvs/{id}/destroy"), json!({})).await;
    let left = leave_in_turn(&platform);
    let events: Vec<_> = left.iter().map(|(_, event, _)| *event).collect();
    assert_eq!(events, [Event::Destroyed, Event::Updated]);
    assert_eq!(left[1].2["meta"]["timestamp"], "2024-05-27 18:21:06 +0200");
}

#[tokio::test]
async fn a_share_of_the_events_is_never_sent_and_the_same_seed_loses_the_same() {
    let lost = async || {
        let (platform, mut browser) = platform();
        mode(&mut browser, json!({"drop": 0.1})).await;
        for _ in 0..200 {
            book(&platform);
        }
        platform.store.read(|world, _| {
            let dropped = world.deliveries.values().filter(|d| d.status == DeliveryStatus::Dropped);
            dropped.map(|delivery| delivery.id).collect::<Vec<_>>()
        })
    };
    let first = lost().await;
    assert!((5..50).contains(&first.len()), "{} of 200", first.len());
    assert_eq!(first, lost().await);
}

#[tokio::test]
async fn events_of_different_moments_can_bear_the_same_second() {
    let (platform, mut browser) = platform();
    mode(&mut browser, json!({"same_second": true})).await;
    platform.set_clock("2024-05-27 19:00:00");
    let id = book(&platform);
    platform.set_clock("2024-05-27 20:00:00");
    browser.post_json(&format!("/__sandbox/rdvs/{id}/seen"), json!({})).await;
    let left = leave_in_turn(&platform);
    assert_eq!(left.len(), 2);
    for (_, _, body) in left {
        assert_eq!(body["meta"]["timestamp"], "2024-05-27 18:21:07 +0200");
    }
}

#[tokio::test]
async fn a_delayed_event_does_not_leave_before_its_time() {
    let (platform, mut browser) = platform();
    mode(&mut browser, json!({"delay": 3600})).await;
    book(&platform);
    let (due, later) = platform.store.quietly(|world, _| {
        let real = crate::state::clock::wall_clock();
        let none = std::collections::BTreeSet::new();
        let due = queue::next_due(world, &none, real);
        (due, queue::next_due(world, &none, real + chrono::TimeDelta::hours(2)))
    });
    assert_eq!((due, later), (None, Some(DeliveryId(1))));
}

#[tokio::test]
async fn a_mode_out_of_bounds_is_refused_and_a_disturbed_replay_says_what_left() {
    let (platform, mut browser) = platform();
    for wrong in [
        json!({"drop": 2}),
        json!({"delay": -1}),
        json!({"duplicate": 101}),
        json!({"at_once": 0}),
        json!({"tamper": "autre"}),
    ] {
        let page = browser.post_json("/__sandbox/mode", wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    book(&platform);
    let replay = json!({"tamper": "unknown_status"});
    let sent = browser.post_json("/__sandbox/deliveries/1/replay", replay).await.json();
    let sent = &sent["delivery"];
    assert_eq!(sent["tampered"], "unknown_status");
    assert!(sent["sent_body"].as_str().unwrap().contains(r#""status":"postponed""#));
    assert!(sent["body"].as_str().unwrap().contains(r#""status":"unknown""#));
    assert_eq!(sent["attempts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_firewall_swallows_counts_as_delivered() {
    let (platform, mut browser) = platform();
    book(&platform);
    let page = browser.post_json("/__sandbox/deliveries/1/replay", json!({"tamper": "swallowed"}));
    let delivery = page.await.json()["delivery"].clone();
    assert_eq!(delivery["status"], "delivered");
    assert!(delivery["attempts"][0]["response"].as_str().unwrap().contains("<html>"));
}

#[tokio::test]
async fn a_hundred_participants_make_a_hundred_events() {
    let (platform, mut browser) = platform();
    let wanted = json!({"starts_at": "2024-06-07T15:00", "emails": ["usager@demo.example"]});
    let made = browser.post_json("/__sandbox/collective", wanted).await.json();
    assert_eq!(made["deliveries"], json!([1]));
    let path = format!("/__sandbox/rdvs/{}/each_participation", made["id"]);
    let burst = browser.post_json(&path, json!({"status": "seen"})).await.json();
    assert_eq!(burst["deliveries"].as_array().unwrap().len(), 101);
    let rdv = &burst["rdv"];
    assert_eq!((&rdv["collectif"], &rdv["status"]), (&json!(true), &json!("unknown")));
    assert_eq!(rdv["participations"].as_array().unwrap().len(), 100);
    assert_eq!(rdv["participations"][0]["user"]["email"], "usager@demo.example");
    assert_eq!(rdv["participations"][0]["status"], "seen");
    assert_eq!(rdv["max_participants_count"], 100);
    assert_eq!(leave_in_turn(&platform).len(), 101);
}

#[tokio::test]
async fn two_files_become_one_and_its_rendez_vous_say_so() {
    let (platform, mut browser) = platform();
    let id = book(&platform);
    let into = platform.store.quietly(|world, _| story::person(world, "jean@exemple.fr"));
    let merged = browser.post_json("/__sandbox/users/6425/merge", json!({"into": into})).await;
    assert_eq!(merged.json(), json!({"rdvs": [id]}));
    let (_, event, body) = leave_in_turn(&platform).pop().unwrap();
    assert_eq!((event, &body["data"]["users"][0]["id"]), (Event::Updated, &json!(into)));
    let again = browser.post_json("/__sandbox/users/6425/merge", json!({"into": into})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_anonymised_person_tells_nothing_until_the_next_event() {
    let (platform, mut browser) = platform();
    let id = book(&platform);
    leave_in_turn(&platform);
    browser.post_json("/__sandbox/users/6425/anonymise", json!({})).await;
    assert!(leave_in_turn(&platform).is_empty());
    browser.post_json(&format!("/__sandbox/rdvs/{id}/seen"), json!({})).await;
    let (_, _, body) = leave_in_turn(&platform).pop().unwrap();
    let user = &body["data"]["users"][0];
    assert_eq!(user["last_name"], "Usager supprimé");
    assert_eq!(user["email"], "user_6425@deleted.rdv-solidarites.fr");
    assert_eq!(user["phone_number"], Value::Null);
}

#[tokio::test]
async fn the_agents_form_changes_people_and_place_and_speaks_twice() {
    let platform = Platform::with(NOW, story::config(&[("SANDBOX_PROFILE", "2024-10")]));
    let mut browser = platform.browser();
    let id = platform.store.quietly(|w, now| story::book(w, 502, at("2024-06-07 15:00"), now));
    let jean = platform.store.quietly(|world, _| story::person(world, "jean@exemple.fr"));
    let form = json!({"starts_at": "2024-06-10T10:00", "agent_ids": [1957, 1958],
        "user_ids": [6425, jean], "lieu_id": 78, "context": "Dossier 17606854"});
    let path = format!("/__sandbox/rdvs/{id}/edit");
    let page = browser.post_json(&path, form).await.json();
    assert_eq!(page["deliveries"], json!([1, 2, 3]));
    let left = leave_in_turn(&platform);
    let (first, second) = (&left[1].2["data"], &left[2].2["data"]);
    assert_eq!(first["users"].as_array().unwrap().len(), 2);
    assert_eq!(first["starts_at"], "2024-06-07 15:00:00 +0200", "the old time");
    assert_eq!(second["starts_at"], "2024-06-10 10:00:00 +0200");
    assert_eq!(
        (&second["lieu"]["id"], &second["context"]),
        (&json!(78), &json!("Dossier 17606854"))
    );
    let nothing = browser.post_json(&path, json!({"lieu_id": 78})).await.json();
    assert_eq!(nothing["deliveries"], json!([1, 2, 3]), "nothing changed");
    let wrong = browser.post_json(&path, json!({"lieu_id": 9})).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_backfill_announces_every_rendez_vous_again_even_past() {
    let (platform, mut browser) = platform();
    platform.store.quietly(|w, now| story::book(w, 501, at("2023-01-09 10:00"), now));
    book(&platform);
    let page = browser.post_json("/__sandbox/endpoints/1/backfill", json!({})).await.json();
    assert_eq!(page["deliveries"], 2);
    let left = leave_in_turn(&platform);
    assert_eq!(left.len(), 4);
    assert!(left.iter().all(|(_, event, _)| *event == Event::Created));
}

#[tokio::test]
async fn many_histories_are_made_at_once_and_their_true_ends_read_at_once() {
    let (platform, mut browser) = platform();
    let one = |n: usize, history: Value| {
        json!({"motif_id": 501, "starts_at": "2024-06-07T15:30",
        "email": format!("usager{n}@exemple.fr"), "history": history})
    };
    let histories = json!({"rdvs": [
        one(1, json!([{"action": "reschedule", "starts_at": "2024-06-10T10:00"}])),
        one(2, json!([{"action": "cancel"}, {"action": "reinstate"}, {"action": "seen"}])),
        one(3, json!([{"action": "rgpd"}])),
        one(4, json!([])),
    ]});
    let made = browser.post_json("/__sandbox/rdvs/bulk", histories).await.json();
    assert_eq!(made["ids"], json!([296_828, 296_829, 296_830, 296_831]));
    let truth = browser.get("/__sandbox/rdvs").await.json();
    let rdvs = truth["rdvs"].as_array().unwrap();
    assert_eq!(rdvs.len(), 3);
    assert_eq!(rdvs[0]["starts_at"], "2024-06-10T08:00:00Z");
    assert_eq!((&rdvs[1]["status"], &rdvs[1]["cancelled_at"]), (&json!("seen"), &Value::Null));
    assert_eq!(rdvs[2]["people"][0]["email"], "usager4@exemple.fr");
    assert_eq!(truth["destroyed"], json!([{"id": 296_830, "reason": "rgpd"}]));
    let summary = browser.get("/__sandbox/deliveries/summary").await.json();
    assert_eq!((&summary["total"], &summary["pending"]), (&json!(9), &json!(9)));
    let light = browser.get("/__sandbox/deliveries?bodies=false").await.json();
    assert!(light["deliveries"][0].get("body").is_none());
    let wrong = json!({"rdvs": [one(5, json!([])), one(6, json!([{"action": "danser"}]))]});
    let page = browser.post_json("/__sandbox/rdvs/bulk", wrong).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(platform.store.read(|world, _| world.rdvs.len()), 3, "all or none");
}

#[tokio::test]
async fn everything_can_be_disturbed_by_hand() {
    let (platform, mut browser) = platform();
    assert!(browser.get("/").await.says("Perturbations"));
    let page = browser.get("/admin/perturbations").await;
    assert!(page.says("Signature d’un autre secret") && page.says("429 : trop de demandes"));
    let wrong = browser.post("/admin/perturbations/notifications", &[("drop", "abc")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("Saisissez un nombre de 0 à 100") && wrong.says("abc"));
    let fields = [("hold", "1"), ("drop", "12,5"), ("tamper", "empty_body"), ("duplicate", "2")];
    let saved = browser.post("/admin/perturbations/notifications", &fields).await;
    assert!(browser.follow(&saved).await.says("Les modifications sont enregistrées"));
    platform.store.read(|world, _| {
        let mode = world.mode;
        assert_eq!((mode.hold, mode.duplicate, mode.shuffle), (true, 2, false));
        assert!((mode.drop - 0.125).abs() < f64::EPSILON);
        assert_eq!(mode.tamper.map(crate::model::Tamper::code), Some("empty_body"));
    });
    let fields = [("now", "2024-06-07T15:30"), ("frozen", "1")];
    browser.post("/admin/perturbations/horloge", &fields).await;
    let page = browser.get("/admin/perturbations").await;
    assert!(page.says("vendredi 7 juin 2024 à 15h30") && page.says("arrêtée"));
    browser.post("/admin/perturbations/horloge", &[]).await;
    assert!(!browser.get("/admin/perturbations").await.says("Revenir à l’heure"));
    let fields = [("kind", "too_many_requests"), ("times", "2"), ("seconds", "3")];
    browser.post("/admin/perturbations/api", &fields).await;
    platform.store.read(|world, _| {
        let failure = world.faults.failure.as_ref().unwrap();
        assert_eq!((failure.times, failure.seconds), (Some(2), Some(3)));
        assert!(!world.faults.refuse_refresh);
    });
}

#[tokio::test]
async fn deliveries_are_replayed_delayed_doubled_and_lost_from_one_list() {
    let (platform, mut browser) = platform();
    let id = book(&platform);
    let page = browser.get(&format!("/admin/deliveries?rdv_id={id}&status=pending")).await;
    for button in ["Rejouer", "Doubler", "Perdre", "Retarder d’une minute"] {
        assert!(page.says(button), "{button}");
    }
    browser.post("/admin/deliveries/1/delay", &[("seconds", "600")]).await;
    browser.post("/admin/deliveries/1/duplicate", &[]).await;
    browser.post("/admin/deliveries/2/drop", &[]).await;
    platform.store.read(|world, _| {
        assert!(
            world.deliveries[&DeliveryId(1)].not_before > Some(crate::state::clock::wall_clock())
        );
        assert_eq!(world.deliveries[&DeliveryId(2)].status, DeliveryStatus::Dropped);
    });
    browser.post("/admin/webhook_endpoints/1/backfill", &[]).await;
    assert_eq!(platform.store.read(|world, _| world.deliveries.len()), 3);
    let empty = browser.get("/admin/deliveries?rdv_id=1").await;
    assert!(empty.says("Aucune notification"));
}

#[tokio::test]
async fn agents_change_everything_by_hand() {
    let (platform, mut browser) = platform();
    let id = platform.store.quietly(|w, now| story::book(w, 502, at("2024-06-07 15:00"), now));
    let page = browser.get(&format!("/agents/rdvs/{id}")).await;
    assert!(page.says("Maison France Services") && page.says("fiche n° 6425"));
    let fields = [
        ("starts_at", "2024-06-10T10:00"),
        ("agent_id", "1958"),
        ("other_agent_id", "1957"),
        ("lieu_id", "78"),
    ];
    browser.post(&format!("/agents/rdvs/{id}/move"), &fields).await;
    browser.post(&format!("/agents/rdvs/{id}/context"), &[("context", "À rappeler")]).await;
    for status in ["revoked", "unknown", "noshow"] {
        browser.post(&format!("/agents/rdvs/{id}/status"), &[("status", status)]).await;
    }
    platform.store.read(|world, _| {
        let rdv = &world.rdvs[&id];
        assert_eq!(rdv.starts_at, at("2024-06-10 10:00"));
        assert_eq!(rdv.agent_ids.iter().map(|id| id.0).collect::<Vec<_>>(), [1958, 1957]);
        assert_eq!(rdv.lieu_id.map(|id| id.0), Some(78));
        assert_eq!(rdv.context.as_deref(), Some("À rappeler"));
        assert_eq!(rdv.status, Status::Noshow);
    });
    let jean = platform.store.quietly(|world, _| story::person(world, "jean@exemple.fr"));
    let same = [("from", "6425"), ("into", "6425")];
    let refused = browser.post("/agents/usagers/fusionner", &same).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let jean_typed = jean.to_string();
    browser.post("/agents/usagers/fusionner", &[("from", "6425"), ("into", &jean_typed)]).await;
    browser.post(&format!("/agents/usagers/{jean}/anonymiser"), &[]).await;
    platform.store.read(|world, _| {
        assert!(!world.users.contains_key(&UserId(6425)));
        assert_eq!(world.users[&jean].last_name, "Usager supprimé");
        assert_eq!(world.rdvs[&id].participations[0].user_id, jean);
    });
    browser.post(&format!("/agents/rdvs/{id}/destroy"), &[]).await;
    assert!(platform.store.read(|world, _| world.rdvs.is_empty()));
}
