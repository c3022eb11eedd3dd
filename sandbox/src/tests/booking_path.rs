//! From the public link to a rendez-vous, as a person walks it.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::browser::{Browser, Page, Platform};
use crate::model::{DeliveryStatus, Event, Status};

const NOW: &str = "2024-05-27 18:21:07";

/// The fields of a person who books for themself.
const CAMILLE: [(&str, &str); 4] = [
    ("email", "Camille.Martin@exemple.fr"),
    ("first_name", "Camille"),
    ("last_name", "MARTIN"),
    ("for_whom", "self"),
];

/// Walks from the public link to the page that asks who books this slot.
async fn to_identity(browser: &mut Browser, motif: i64, slot: &str) -> Page {
    let redirect = browser.get("/org/100/demarches-simplifiees").await;
    assert_eq!(redirect.status, StatusCode::FOUND);
    assert_eq!(redirect.location, "/prendre_rdv?public_link_organisation_id=100&departement=07");
    let motifs = browser.follow(&redirect).await;
    assert!(motifs.says("Prenez rendez-vous avec Démarches Simplifiées"));
    assert!(motifs.says("Sélectionnez le motif de votre RDV :"));
    let start = format!(
        "/prendre_rdv?public_link_organisation_id=100&amp;departement=07&amp;motif_id={motif}"
    );
    let mut page = browser.get(&motifs.link(&start)).await;
    if page.says("Sélectionnez un lieu de RDV :") {
        assert!(page.says("Mairie de Saint-Péray"));
        page = browser.get(&page.link(&format!("{start}&amp;lieu_id=77"))).await;
    }
    assert!(page.says("Sélectionnez un créneau :"));
    let next_week = browser.get(&page.link(&start)).await;
    let page = if page.text.contains(slot) { page } else { next_week };
    let link =
        page.link(&format!("/users/rdv_wizard_step/new?motif_id={motif}&amp;starts_at={slot}"));
    browser.get(&link).await
}

/// The hidden fields that carry the slot, with those of the person.
async fn identify(browser: &mut Browser, page: &Page, fields: &[(&str, &str)]) -> Page {
    let (motif, start) = (page.hidden("motif_id"), page.hidden("starts_at"));
    let lieu =
        if page.text.contains("name=\"lieu_id\"") { page.hidden("lieu_id") } else { String::new() };
    let slot = [("motif_id", motif.as_str()), ("starts_at", &start), ("lieu_id", &lieu)];
    browser.post("/users/rdv_wizard_step", &[&slot, fields].concat()).await
}

async fn confirm(browser: &mut Browser, page: &Page) -> Page {
    assert!(page.says("Confirmez votre rendez-vous"), "{}", page.text);
    let (motif, start) = (page.hidden("motif_id"), page.hidden("starts_at"));
    let lieu =
        if page.text.contains("name=\"lieu_id\"") { page.hidden("lieu_id") } else { String::new() };
    let user = page.hidden("user_ids[]");
    let fields = [
        ("motif_id", motif.as_str()),
        ("starts_at", &start),
        ("lieu_id", &lieu),
        ("user_ids[]", &user),
    ];
    browser.post("/users/rdvs", &fields).await
}

#[tokio::test]
async fn a_person_books_a_rendez_vous_by_video() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 501, "2024-06-03+15%3A30%3A00+%2B0200").await;
    assert!(identity.says("lundi 3 juin 2024 à 15h30"));
    let remembered = identify(&mut browser, &identity, &CAMILLE).await;
    assert_eq!(remembered.status, StatusCode::SEE_OTHER);
    let confirmation = browser.follow(&remembered).await;
    let booked = confirm(&mut browser, &confirmation).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER);
    assert_eq!(booked.location, "/users/rdvs/296828");
    let page = browser.follow(&booked).await;
    assert!(page.says("Votre rendez-vous est confirmé."));
    assert!(page.says("Le lundi 3 juin 2024 à 15h30"));
    assert!(page.says("https://webconf.numerique.gouv.fr/RdvServicePublic"));
    assert!(!browser.get("/users/rdvs/296828").await.says("Votre rendez-vous est confirmé."));
    assert!(browser.get("/users/rdvs").await.says("Le lundi 3 juin 2024 à 15h30"));
    platform.store.read(|world, _| {
        let delivery = world.deliveries.values().next().unwrap();
        assert_eq!((delivery.event, delivery.status), (Event::Created, DeliveryStatus::Pending));
        assert_eq!(world.deliveries.len(), 1);
    });
}

#[tokio::test]
async fn a_rendez_vous_at_a_lieu_has_its_address() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 502, "2024-06-03+11%3A00%3A00+%2B0200").await;
    let remembered = identify(&mut browser, &identity, &CAMILLE).await;
    let confirmation = browser.follow(&remembered).await;
    assert!(confirmation.says("Mairie de Saint-Péray, Rue de la Mairie, Saint-Péray, 07130"));
    let booked = confirm(&mut browser, &confirmation).await;
    let page = browser.follow(&booked).await;
    assert!(page.says("Mairie de Saint-Péray, Rue de la Mairie, Saint-Péray, 07130"));
    assert!(page.says("durée : 1 heure"));
}

#[tokio::test]
async fn a_call_needs_a_number_and_says_so_beside_the_field() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 503, "2024-06-03+09%3A00%3A00+%2B0200").await;
    let refused = identify(&mut browser, &identity, &CAMILLE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Saisissez le numéro auquel l’agent pourra vous appeler"));
    assert!(refused.text.contains("value=\"Camille.Martin@exemple.fr\""));
    let with_phone = [&CAMILLE[..], &[("phone_number", "06 12 34 56 78")]].concat();
    let remembered = identify(&mut browser, &refused, &with_phone).await;
    let confirmation = browser.follow(&remembered).await;
    assert!(confirmation.says("06 12 34 56 78"));
}

#[tokio::test]
async fn a_rendez_vous_at_home_for_a_relative_is_at_the_address_of_who_books() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 504, "2024-06-03+14%3A00%3A00+%2B0200").await;
    let fields = [
        ("email", "camille.martin@exemple.fr"),
        ("first_name", "Camille"),
        ("last_name", "MARTIN"),
        ("address", "21 rue des Ardennes, Paris, 75019"),
        ("for_whom", "relative"),
        ("relative_first_name", "Zoé"),
        ("relative_last_name", "MARTIN"),
    ];
    let remembered = identify(&mut browser, &identity, &fields).await;
    let confirmation = browser.follow(&remembered).await;
    let booked = confirm(&mut browser, &confirmation).await;
    assert!(browser.follow(&booked).await.says("Zoé MARTIN"));
    platform.store.read(|world, _| {
        let rdv = world.rdvs.values().next().unwrap();
        let data = crate::webhooks::blueprints::rdv_data(world, rdv);
        assert_eq!(data["address"], "21 rue des Ardennes, Paris, 75019");
        assert!(data["users"][0]["email"].is_null());
        assert_eq!(data["users"][0]["responsible"]["email"], "camille.martin@exemple.fr");
    });
}

#[tokio::test]
async fn a_slot_taken_meanwhile_leads_back_to_the_slots() {
    let platform = Platform::at(NOW);
    let slot = "2024-06-03+15%3A30%3A00+%2B0200";
    let mut confirmations = Vec::new();
    for name in ["a", "b", "c"] {
        let mut browser = platform.browser();
        let identity = to_identity(&mut browser, 501, slot).await;
        let email = format!("{name}@exemple.fr");
        let fields = [("email", email.as_str()), ("first_name", name), ("last_name", name)];
        let remembered = identify(&mut browser, &identity, &fields).await;
        let confirmation = browser.follow(&remembered).await;
        confirmations.push((browser, confirmation));
    }
    let mut answers = Vec::new();
    for (browser, confirmation) in &mut confirmations {
        answers.push(confirm(browser, confirmation).await);
    }
    assert_eq!(answers[1].location, "/users/rdvs/296829");
    assert!(
        answers[2]
            .location
            .starts_with("/prendre_rdv?public_link_organisation_id=100&motif_id=501")
    );
    let slots = confirmations[2].0.follow(&answers[2]).await;
    assert!(slots.says("Ce créneau n’est plus disponible"));
    assert!(!slots.text.contains(slot));
    assert_eq!(platform.store.read(|world, _| world.rdvs.len()), 2);
}

#[tokio::test]
async fn a_slot_that_was_never_offered_is_not_asked_about() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let sunday =
        "/users/rdv_wizard_step/new?motif_id=501&starts_at=2024-06-02+10%3A00%3A00+%2B0200";
    let page = browser.get(sunday).await;
    assert_eq!(page.status, StatusCode::FOUND);
    assert!(browser.follow(&page).await.says("Ce créneau n’est plus disponible"));
}

#[tokio::test]
async fn nobody_confirms_without_having_said_who_they_are() {
    let platform = Platform::at(NOW);
    let fields = [("motif_id", "501"), ("starts_at", "2024-06-03 15:30:00 +0200")];
    let page = platform.browser().post("/users/rdvs", &fields).await;
    assert_eq!(page.location, "/users/sign_in");
    assert!(platform.store.read(|world, _| world.rdvs.is_empty()));
}

#[tokio::test]
async fn a_button_pressed_twice_books_once() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 501, "2024-06-03+15%3A30%3A00+%2B0200").await;
    let remembered = identify(&mut browser, &identity, &CAMILLE).await;
    let confirmation = browser.follow(&remembered).await;
    for _ in 0..2 {
        assert_eq!(confirm(&mut browser, &confirmation).await.location, "/users/rdvs/296828");
    }
    assert_eq!(platform.store.read(|world, _| world.rdvs.len()), 1);
}

#[tokio::test]
async fn unknown_parameters_of_the_public_link_are_lost() {
    let platform = Platform::at(NOW);
    let page = platform.browser().get("/org/100?dossier=17606854&email=a@exemple.fr").await;
    assert!(!page.location.contains("17606854"));
    let page = platform
        .browser()
        .get("/prendre_rdv?public_link_organisation_id=100&dossier=17606854")
        .await;
    assert!(!page.text.contains("17606854"));
}

#[tokio::test]
async fn what_makes_no_sense_is_answered_by_a_page() {
    let platform = Platform::at(NOW);
    for (path, status) in [
        ("/org/999", StatusCode::NOT_FOUND),
        ("/org/abc", StatusCode::NOT_FOUND),
        ("/prendre_rdv", StatusCode::BAD_REQUEST),
        ("/prendre_rdv?public_link_organisation_id=x", StatusCode::BAD_REQUEST),
        ("/users/rdv_wizard_step/new?motif_id=501&starts_at=demain", StatusCode::BAD_REQUEST),
        ("/ailleurs", StatusCode::NOT_FOUND),
    ] {
        let page = platform.browser().get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.contains("<h1>"), "{path}");
    }
}

#[tokio::test]
async fn text_that_looks_like_html_is_shown_as_text() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 501, "2024-06-03+15%3A30%3A00+%2B0200").await;
    let fields =
        [("email", "a@exemple.fr"), ("first_name", "<script>x</script>"), ("last_name", "B")];
    let remembered = identify(&mut browser, &identity, &fields).await;
    let confirmation = browser.follow(&remembered).await;
    assert!(confirmation.text.contains("&lt;script&gt;x&lt;/script&gt; B"));
    assert!(!confirmation.text.contains("<script>"));
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let platform = Platform::at(NOW);
    let foreign = Request::post("/__sandbox/reset")
        .header("Origin", "http://exemple.fr")
        .header("Host", "127.0.0.1:4010");
    let page = platform.browser().send(foreign, Body::empty()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let own = Request::post("/users/sign_out")
        .header("Origin", "http://127.0.0.1:4010")
        .header("Host", "127.0.0.1:4010");
    let page = platform.browser().send(own, Body::empty()).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn overseas_slots_are_those_of_the_organisation_s_clocks() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let page = browser
        .get("/prendre_rdv?public_link_organisation_id=101&motif_id=601&date=2024-06-03")
        .await;
    let link = page.link(
        "/users/rdv_wizard_step/new?motif_id=601&amp;starts_at=2024-06-03+09%3A00%3A00+%2B0400",
    );
    assert!(browser.get(&link).await.says("lundi 3 juin 2024 à 9h00"));
}

#[tokio::test]
async fn a_rendez_vous_that_agents_cancelled_is_shown_as_such() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let identity = to_identity(&mut browser, 501, "2024-06-03+15%3A30%3A00+%2B0200").await;
    let remembered = identify(&mut browser, &identity, &CAMILLE).await;
    let confirmation = browser.follow(&remembered).await;
    confirm(&mut browser, &confirmation).await;
    let mut agent = platform.browser();
    assert!(agent.get("/agents/agenda").await.says("Camille MARTIN"));
    let saved = agent.post("/agents/rdvs/296828/status", &[("status", "revoked")]).await;
    assert!(agent.follow(&saved).await.says("Les modifications sont enregistrées."));
    let page = browser.get("/users/rdvs/296828").await;
    assert!(page.says("Annulé par le service"));
    assert!(!page.says("Déplacer"));
    let status = platform.store.read(|world, _| world.rdvs.values().next().unwrap().status);
    assert_eq!(status, Status::Revoked);
}
