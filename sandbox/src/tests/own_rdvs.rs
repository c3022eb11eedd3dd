//! What people do with a rendez-vous they have: see it, move it, cancel it, come by a short link.

use axum::http::StatusCode;

use super::browser::{Browser, Platform};
use super::story::{self, at};
use crate::model::{RdvId, Status};

const NOW: &str = "2024-05-27 18:21:07";
const ID: RdvId = RdvId(296_828);

/// Camille, signed in, has a rendez-vous by video on Friday 7 June at 15:30.
async fn camille() -> (Platform, Browser) {
    let platform = Platform::at(NOW);
    platform.store.quietly(|world, now| story::book(world, 501, at("2024-06-07 15:30"), now));
    let mut browser = platform.browser();
    let signed_in = browser.post("/users/sign_in", &[("email", "camille.martin@exemple.fr")]).await;
    assert_eq!(signed_in.location, "/users/rdvs");
    (platform, browser)
}

fn status(platform: &Platform) -> Status {
    platform.store.read(|world, _| world.rdvs[&ID].status)
}

#[tokio::test]
async fn a_rendez_vous_is_cancelled_until_four_hours_before() {
    let (platform, mut browser) = camille().await;
    assert!(browser.get("/users/rdvs/296828").await.text.contains("/users/rdvs/296828/cancel"));
    platform.set_clock("2024-06-07 11:30");
    let page = browser.get("/users/rdvs/296828").await;
    assert!(page.says("Un rendez-vous peut être annulé jusqu’à 4 heures avant son début."));
    assert!(!page.text.contains("/users/rdvs/296828/cancel"));
    let refused = browser.put("/users/rdvs/296828/cancel").await;
    assert!(browser.follow(&refused).await.says("Cette action n’est plus possible"));
    assert_eq!(status(&platform), Status::Unknown);
    platform.set_clock("2024-06-07 11:29");
    assert!(browser.get("/users/rdvs/296828/cancel").await.says("Annuler ce rendez-vous ?"));
    let cancelled = browser.post("/users/rdvs/296828/cancel", &[("_method", "put")]).await;
    assert!(browser.follow(&cancelled).await.says("Votre rendez-vous a été annulé."));
    assert_eq!(status(&platform), Status::Excused);
}

#[tokio::test]
async fn a_rendez_vous_is_moved_until_two_days_before() {
    let (platform, mut browser) = camille().await;
    platform.set_clock("2024-06-05 15:30");
    let page = browser.get("/users/rdvs/296828").await;
    assert!(page.says("Un rendez-vous peut être déplacé jusqu’à 2 jours avant son début."));
    let late = browser.get("/users/rdvs/296828/creneaux").await;
    assert_eq!(late.location, "/users/rdvs/296828");
    platform.set_clock("2024-06-05 15:29");
    let slots = browser.get("/users/rdvs/296828/creneaux?date=2024-06-10").await;
    assert!(slots.says("Sélectionnez un nouveau créneau :"));
    let edit = slots.link("/users/rdvs/296828/edit?starts_at=2024-06-10+10%3A00%3A00+%2B0200");
    let confirmation = browser.get(&edit).await;
    assert!(confirmation.says("Le lundi 10 juin 2024 à 10h00"));
    let start = confirmation.hidden("starts_at");
    let moved =
        browser.post("/users/rdvs/296828", &[("_method", "put"), ("starts_at", &start)]).await;
    assert!(browser.follow(&moved).await.says("Votre rendez-vous a été déplacé."));
    platform.store.read(|world, _| assert_eq!(world.rdvs[&ID].starts_at, at("2024-06-10 10:00")));
}

#[tokio::test]
async fn a_put_with_the_time_in_its_address_moves_too() {
    let (platform, mut browser) = camille().await;
    let moved = browser.put("/users/rdvs/296828?starts_at=2024-06-10T10:00:00%2B02:00").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    platform.store.read(|world, _| assert_eq!(world.rdvs[&ID].starts_at, at("2024-06-10 10:00")));
    let taken = browser.put("/users/rdvs/296828?starts_at=2024-06-09T10:00:00%2B02:00").await;
    assert_eq!(taken.location, "/users/rdvs/296828/creneaux");
}

#[tokio::test]
async fn nobody_sees_the_rendez_vous_of_somebody_else() {
    let (platform, _) = camille().await;
    let mut stranger = platform.browser();
    let page = stranger.get("/users/rdvs/296828").await;
    assert_eq!(page.location, "/users/sign_in?return_to=%2Fusers%2Frdvs%2F296828");
    platform.store.quietly(|world, _| story::person(world, "jean@exemple.fr"));
    stranger.post("/users/sign_in", &[("email", "jean@exemple.fr")]).await;
    assert_eq!(stranger.get("/users/rdvs/296828").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.put("/users/rdvs/296828/cancel").await.status, StatusCode::FORBIDDEN);
    assert_eq!(status(&platform), Status::Unknown);
    let unknown = stranger.post("/users/sign_in", &[("email", "personne@exemple.fr")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_short_link_opens_its_rendez_vous_after_three_letters_and_nothing_else() {
    let (platform, _) = camille().await;
    let token = platform.store.read(|world, _| world.rdvs[&ID].participations[0].token.clone());
    let mut browser = platform.browser();
    let redirect = browser.get(&format!("/r/296828/{token}")).await;
    assert_eq!(redirect.location, format!("/users/rdvs/296828?invitation_token={token}"));
    let check = browser.follow(&redirect).await;
    assert!(check.says("Les trois premières lettres de votre nom de famille"));
    let fields = [("rdv_id", "296828"), ("invitation_token", token.as_str()), ("initials", "dur")];
    let wrong = browser.post("/users/user_name_initials", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("rdv_id", "296828"), ("invitation_token", token.as_str()), ("initials", "mar")];
    let right = browser.post("/users/user_name_initials", &fields).await;
    assert!(browser.follow(&right).await.says("Le vendredi 7 juin 2024 à 15h30"));
    assert_eq!(browser.get("/users/rdvs").await.location, "/users/sign_in");
    platform.set_clock("2024-05-27 18:32");
    assert_eq!(browser.get("/users/rdvs/296828").await.status, StatusCode::FOUND);
}

#[tokio::test]
async fn a_short_link_dies_after_twelve_weeks() {
    let (platform, _) = camille().await;
    let token = platform.store.read(|world, _| world.rdvs[&ID].participations[0].token.clone());
    platform.set_clock("2024-08-20 10:00");
    let mut browser = platform.browser();
    let page = browser.get(&format!("/users/rdvs/296828?invitation_token={token}")).await;
    assert_eq!(page.location, "/users/rdvs/296828");
    let page = browser.get("/users/rdvs/296828/creneaux").await;
    assert!(page.location.starts_with("/users/sign_in"));
}

#[tokio::test]
async fn agents_move_rewrite_and_delete() {
    let (platform, _) = camille().await;
    let mut agent = platform.browser();
    let fields = [("starts_at", "2024-06-08T20:00"), ("agent_id", "1958")];
    agent.post("/agents/rdvs/296828/move", &fields).await;
    agent.post("/agents/rdvs/296828/context", &[("context", " dossier n° 17606854 ")]).await;
    platform.store.read(|world, _| {
        let rdv = &world.rdvs[&ID];
        assert_eq!(rdv.starts_at, at("2024-06-08 20:00"));
        assert_eq!(rdv.context.as_deref(), Some("dossier n° 17606854"));
    });
    let old_address = agent.get("/admin/organisations/100/rdvs/296828").await;
    assert!(agent.follow(&old_address).await.says("samedi 8 juin 2024 à 20h00"));
    let gone = agent.post("/agents/rdvs/296828/destroy", &[]).await;
    assert!(agent.follow(&gone).await.says("Aucun rendez-vous."));
    assert_eq!(agent.get("/agents/rdvs/296828").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_video_room_says_which_rendez_vous_it_is_for() {
    let (platform, _) = camille().await;
    let room = platform.store.read(|world, _| world.rdvs[&ID].room());
    let page = platform.browser().get(&format!("/visio/{room}")).await;
    assert!(page.says("Salle de visioconférence") && page.says("vendredi 7 juin 2024 à 15h30"));
}
