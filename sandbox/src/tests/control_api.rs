//! The control API, as a test of the application uses it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::{Browser, Platform};

const NOW: &str = "2024-05-27 18:21:07";

async fn created(browser: &mut Browser) -> Value {
    let wanted = json!({
        "motif_id": 501,
        "starts_at": "2024-06-07T15:30",
        "email": "usager@demo.example",
        "first_name": "Camille",
        "last_name": "MARTIN",
        "phone_number": "0612345678",
    });
    let page = browser.post_json("/__sandbox/rdvs", wanted).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    page.json()
}

#[tokio::test]
async fn a_rendez_vous_is_created_changed_and_removed_without_any_rule() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let rdv = created(&mut browser).await;
    assert_eq!(rdv["rdv"]["starts_at"], "2024-06-07 15:30:00 +0200");
    assert_eq!(rdv["rdv"]["users"][0]["email"], "usager@demo.example");
    assert_eq!(rdv["deliveries"], json!([1]));
    for (action, status) in [
        ("cancel", "excused"),
        ("reinstate", "unknown"),
        ("revoke", "revoked"),
        ("noshow", "noshow"),
        ("seen", "seen"),
    ] {
        let path = format!("/__sandbox/rdvs/296828/{action}");
        let page = browser.post_json(&path, json!({})).await.json();
        assert_eq!(page["rdv"]["status"], status);
    }
    let moved = json!({"starts_at": "2024-06-10T10:00:00+02:00"});
    let page = browser.post_json("/__sandbox/rdvs/296828/reschedule", moved).await.json();
    assert_eq!(page["rdv"]["starts_at"], "2024-06-10 10:00:00 +0200");
    let page = browser.post_json("/__sandbox/rdvs/296828/rgpd", json!({})).await.json();
    assert_eq!(page["deliveries"].as_array().unwrap().len(), 8);
    let again = browser.post_json("/__sandbox/rdvs/296828/seen", json!({})).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_changes_nothing() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    for wrong in [
        json!({"motif_id": 501}),
        json!({"motif_id": 501, "starts_at": "demain"}),
        json!({"motif_id": 501, "starts_at": "2024-06-07T15:30", "email": "x"}),
        json!({"motif_id": 501, "starts_at": "2024-06-07T15:30", "dossier": 1}),
    ] {
        let page = browser.post_json("/__sandbox/rdvs", wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.json()["error"].is_string());
    }
    assert!(platform.store.read(|world, _| world.rdvs.is_empty() && world.users.is_empty()));
}

#[tokio::test]
async fn deliveries_are_listed_dropped_doubled_and_delayed() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    created(&mut browser).await;
    let copy = browser.post_json("/__sandbox/deliveries/1/duplicate", json!({})).await.json();
    assert_eq!(copy["delivery"]["id"], 2);
    let dropped = browser.post_json("/__sandbox/deliveries/1/drop", json!({})).await.json();
    assert_eq!(dropped["delivery"]["status"], "dropped");
    let delayed =
        browser.post_json("/__sandbox/deliveries/2/delay", json!({"seconds": 60})).await.json();
    assert!(delayed["delivery"]["not_before"].is_string());
    let pending = browser.get("/__sandbox/deliveries?status=pending&rdv_id=296828").await.json();
    assert_eq!(pending["deliveries"].as_array().unwrap().len(), 1);
    assert!(pending["deliveries"][0]["target_url"].as_str().unwrap().ends_with("/100"));
    let unknown = browser.post_json("/__sandbox/deliveries/9/replay", json!({})).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_clock_is_set_frozen_and_given_back() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let set = json!({"now": "2024-06-07T15:30:00+02:00", "frozen": true});
    let clock = browser.post_json("/__sandbox/clock", set).await.json();
    assert_eq!(clock["paris"], "2024-06-07 15:30:00 +0200");
    let clock =
        browser.post_json("/__sandbox/clock", json!({"now": "2024-06-07T15:30"})).await.json();
    assert_eq!(clock["clock"]["mode"], "shifted");
    let clock = browser.post_json("/__sandbox/clock", json!({"now": null})).await.json();
    assert_eq!(clock["clock"]["mode"], "real");
}

#[tokio::test]
async fn modes_are_set_one_by_one_and_a_reset_starts_over() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    browser.post_json("/__sandbox/mode", json!({"duplicate": 2})).await;
    let mode = browser.post_json("/__sandbox/mode", json!({"shuffle": true})).await.json();
    assert_eq!((&mode["hold"], &mode["shuffle"]), (&json!(false), &json!(true)));
    assert_eq!((&mode["duplicate"], &mode["tamper"]), (&json!(2), &Value::Null));
    assert_eq!(created(&mut browser).await["deliveries"], json!([1, 2, 3]));
    browser.post_json("/__sandbox/reset", json!({})).await;
    let state = browser.get("/__sandbox/state").await.json();
    assert_eq!(state["rdvs"].as_object().unwrap().len(), 6, "those of the demo alone");
    assert_eq!(state["mode"]["duplicate"], 0);
    assert_eq!(created(&mut browser).await["rdv"]["id"], 296_828);
}

#[tokio::test]
async fn the_address_and_the_secret_of_a_webhook_are_pasted_by_hand() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let page = browser.get("/admin/organisations/100/webhook_endpoints").await;
    assert!(page.says("http://127.0.0.1:9/webhooks/rdv-service-public/100"));
    assert!(page.says("••••••••ret") && !page.says("sandbox-shared-secret"));
    let wrong = browser.post("/admin/webhook_endpoints/1", &[("target_url", "localhost")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("target_url", "http://127.0.0.1:3000/webhooks/rdv-service-public/100"),
        ("secret", "autre"),
    ];
    let saved = browser.post("/admin/webhook_endpoints/1", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    platform.store.read(|world, _| {
        let endpoint = world.endpoints.values().next().unwrap();
        assert_eq!((endpoint.secret.as_str(), endpoint.from_configuration), ("autre", false));
    });
    let added = browser.post("/admin/organisations/100/webhook_endpoints", &fields).await;
    assert!(added.says("Cette adresse reçoit déjà"));
    created(&mut browser).await;
    let page = browser.get("/admin/organisations/100/webhook_endpoints").await;
    assert!(page.says("En attente") && page.says("Rejouer"));
    assert!(browser.get("/admin/deliveries/1").await.says("X-Lapin-Signature"));
    let lost = browser.post("/admin/deliveries/1/drop", &[]).await;
    assert!(browser.follow(&lost).await.says("Perdu"));
}
