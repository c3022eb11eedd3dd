//! The REST API, as the application uses it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use super::browser::{Browser, Platform};
use super::story::{self, at};
use crate::model::{AgentId, MotifId, OrganisationId, RdvId};
use crate::rules::oauth;

const NOW: &str = "2024-05-27 18:21:07";
const TOM: i64 = 1957;
const NADIA: i64 = 1958;
const ALIX: i64 = 1959;
const MAELLE: i64 = 1960;

/// A program that acts in the name of this agent.
async fn client(platform: &Platform, agent: i64) -> Browser {
    let issued = platform.store.quietly(|world, now| {
        let code = oauth::grant(world, AgentId(agent), "x", None, now);
        oauth::exchange(world, &code, "x", None, now).unwrap()
    });
    platform.browser().with_token(&issued.access_token)
}

async fn patch(client: &mut Browser, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::patch(path).header("content-type", "application/json");
    let page = client.send(request, Body::from(body.to_string())).await;
    (page.status, page.json())
}

fn book(platform: &Platform, motif: i64, starts_at: &str) -> RdvId {
    platform.store.quietly(|world, now| story::book(world, motif, at(starts_at), now))
}

fn ids(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

async fn rdvs(client: &mut Browser, query: &str) -> Vec<i64> {
    let page = client.get(&format!("/api/v1/rdvs?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    ids(&page.json()["rdvs"])
}

#[tokio::test]
async fn without_a_good_token_nothing_is_answered() {
    let platform = Platform::at(NOW);
    for mut browser in [platform.browser(), platform.browser().with_token("faux")] {
        let page = browser.get("/api/v1/agents/me").await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.json()["errors"][0].as_str().unwrap().starts_with("Vous devez"));
    }
}

#[tokio::test]
async fn agents_see_their_organisations_and_their_motifs() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let page = tom.get("/api/v1/organisations").await.json();
    assert_eq!(ids(&page["organisations"]), [100]);
    assert_eq!(page["meta"]["total_count"], 1);
    let one = tom.get("/api/v1/organisations/100").await.json();
    assert_eq!(one["organisation"]["name"], "Démarches Simplifiées");
    assert_eq!(tom.get("/api/v1/organisations/101").await.status, StatusCode::FORBIDDEN);
    assert_eq!(tom.get("/api/v1/organisations/9").await.status, StatusCode::NOT_FOUND);
    let mut alix = client(&platform, ALIX).await;
    let page = alix.get("/api/v1/organisations").await.json();
    assert_eq!(ids(&page["organisations"]), [100, 101]);
    let motifs = "/api/v1/organisations/100/motifs";
    let all = tom.get(motifs).await.json();
    assert_eq!(ids(&all["motifs"]), [501, 502, 503, 504, 505]);
    let narrowed = format!("{motifs}?bookable_publicly=true&service_id=12&active=true");
    assert_eq!(ids(&tom.get(&narrowed).await.json()["motifs"]), [501, 502, 503, 504]);
    let none = tom.get(&format!("{motifs}?service_id=99")).await.json();
    assert_eq!(none["motifs"], json!([]));
}

#[tokio::test]
async fn agents_are_those_of_the_organisation_asked_for() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let page = tom.get("/api/v1/agents?organisation_id=100").await.json();
    assert_eq!(ids(&page["agents"]), [1957, 1958, 1959]);
    let page = tom.get("/api/v1/agents?organisation_id=101").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_rendez_vous_of_the_api_has_the_shape_of_the_webhook() {
    let platform = Platform::at(NOW);
    let id = book(&platform, 501, "2024-06-07 15:30");
    let mut tom = client(&platform, TOM).await;
    let page = tom.get("/api/v1/organisations/100/rdvs").await.json();
    let expected = platform
        .store
        .read(|world, _| crate::webhooks::blueprints::rdv_data(world, &world.rdvs[&id]));
    assert_eq!(page["rdvs"], json!([expected]));
}

#[tokio::test]
async fn lists_of_rendez_vous_are_narrowed_and_an_empty_filter_narrows_nothing() {
    let platform = Platform::at(NOW);
    let first = book(&platform, 501, "2024-06-07 15:30").0;
    let second = book(&platform, 503, "2024-06-10 10:00").0;
    let mut tom = client(&platform, TOM).await;
    let both = vec![first, second];
    assert_eq!(rdvs(&mut tom, "").await, both);
    assert_eq!(rdvs(&mut tom, "id=").await, both, "an empty filter means everything");
    assert_eq!(rdvs(&mut tom, "id[]=").await, both);
    assert_eq!(rdvs(&mut tom, &format!("id={second}")).await, [second]);
    assert_eq!(rdvs(&mut tom, &format!("id[]={first}&id[]={second}")).await, both);
    assert_eq!(rdvs(&mut tom, &format!("id={first},{second}")).await, both);
    assert_eq!(rdvs(&mut tom, "id=99").await, [0; 0]);
    assert_eq!(rdvs(&mut tom, "user_id=6425&organisation_id=100").await, both);
    assert_eq!(rdvs(&mut tom, "user_id=1").await, [0; 0]);
    assert_eq!(rdvs(&mut tom, "starts_after=2024-06-08").await, [second]);
    let before = "starts_before=2024-06-07+15:30:00+%2B0200&status=unknown";
    assert_eq!(rdvs(&mut tom, before).await, [first]);
    assert_eq!(rdvs(&mut tom, "status=seen,revoked").await, [0; 0]);
    let agent = platform.store.read(|world, _| world.rdvs[&RdvId(first)].agent_ids[0]);
    assert!(rdvs(&mut tom, &format!("agent_id={agent}")).await.contains(&first));
    assert_eq!(tom.get("/api/v1/rdvs?starts_after=hier").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_basic_agent_sees_their_own_and_their_service_s_an_administrator_the_organisation_s() {
    let platform = Platform::at(NOW);
    let own = book(&platform, 501, "2024-06-07 15:30").0;
    let service = book(&platform, 502, "2024-06-10 10:00").0;
    let other = book(&platform, 503, "2024-06-10 11:00").0;
    platform.store.quietly(|world, _| {
        for motif in [501, 503] {
            world.motifs.get_mut(&MotifId(motif)).unwrap().service_id = 77;
        }
        for (id, agent) in [(own, NADIA), (service, TOM), (other, TOM)] {
            world.rdvs.get_mut(&RdvId(id)).unwrap().agent_ids = vec![AgentId(agent)];
        }
    });
    let mut nadia = client(&platform, NADIA).await;
    assert_eq!(rdvs(&mut nadia, "").await, [own, service]);
    let mut tom = client(&platform, TOM).await;
    assert_eq!(rdvs(&mut tom, "").await, [own, service, other]);
    let mut maelle = client(&platform, MAELLE).await;
    assert_eq!(rdvs(&mut maelle, "").await, [0; 0]);
    let (status, _) = patch(
        &mut nadia,
        &format!("/api/v1/rdvs/{other}/update_status"),
        json!({"status": "seen"}),
    )
    .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_page_has_a_hundred_and_says_whether_another_follows() {
    let platform = Platform::at(NOW);
    for _ in 0..101 {
        book(&platform, 501, "2024-06-07 15:30");
    }
    let mut tom = client(&platform, TOM).await;
    let first = tom.get("/api/v1/organisations/100/rdvs").await.json();
    assert_eq!(first["rdvs"].as_array().unwrap().len(), 100);
    let meta = json!({"current_page": 1, "next_page": 2, "prev_page": null, "total_pages": 2, "total_count": 101});
    assert_eq!(first["meta"], meta);
    let second = tom.get("/api/v1/organisations/100/rdvs?page=2").await.json();
    assert_eq!(second["rdvs"].as_array().unwrap().len(), 1);
    assert_eq!(second["meta"]["next_page"], Value::Null);
}

#[tokio::test]
async fn a_status_set_by_the_api_leaves_the_date_of_cancellation_and_a_participation_speaks_twice()
{
    let platform = Platform::at(NOW);
    let id = book(&platform, 501, "2024-06-07 15:30");
    let mut tom = client(&platform, TOM).await;
    let path = format!("/api/v1/rdvs/{id}/update_status");
    let (status, body) = patch(&mut tom, &path, json!({"status": "revoked"})).await;
    assert_eq!((status, body), (StatusCode::OK, json!({"status": "revoked"})));
    let (part, cancelled_at) = platform.store.read(|world, _| {
        let rdv = &world.rdvs[&id];
        (rdv.participations[0].id, rdv.cancelled_at)
    });
    assert_eq!(cancelled_at, None);
    assert_eq!(
        patch(&mut tom, &path, json!({"status": "x"})).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let before = platform.store.read(|world, _| world.deliveries.len());
    let path = format!("/api/v1/participations/{part}");
    let (_, body) = patch(&mut tom, &path, json!({"participation": {"status": "excused"}})).await;
    assert_eq!(body["rdv"]["status"], "excused");
    assert_eq!(platform.store.read(|world, _| world.deliveries.len()), before + 2);
}

#[tokio::test]
async fn a_person_is_created_found_changed_and_invited_with_one_secret_for_ever() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let new = json!({"organisation_ids": [100], "first_name": "Ana", "last_name": "PETIT",
        "email": "Ana@Exemple.fr", "birth_date": "1985-07-20"});
    let created = tom.post_json("/api/v1/users", new.clone()).await.json();
    let id = created["user"]["id"].as_i64().unwrap();
    assert_eq!(created["user"]["email"], "ana@exemple.fr");
    assert_eq!(created["user"]["birth_date"], "1985-07-20");
    let again = tom.post_json("/api/v1/users", new).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.json()["errors"]["email"], json!([{"error": "taken", "id": id}]));
    let path = format!("/api/v1/users/{id}");
    let (status, body) = patch(&mut tom, &path, json!({"phone_number": "0612345678"})).await;
    assert_eq!((status, &body["user"]["last_name"]), (StatusCode::OK, &json!("PETIT")));
    assert_eq!(body["user"]["phone_number_formatted"], "+33612345678");
    let listed = tom.get(&format!("/api/v1/users?ids[]={id}&ids[]=1")).await.json();
    assert_eq!(ids(&listed["users"]), [id]);
    let token = |page: Value| page["invitation_token"].as_str().unwrap().to_owned();
    let path = format!("{path}/rdv_invitation_token");
    let first = token(tom.post(&path, &[]).await.json());
    assert_eq!(first.len(), 8);
    assert_eq!(first, token(tom.post(&path, &[]).await.json()));
    let mut maelle = client(&platform, MAELLE).await;
    let page = maelle.post(&path, &[]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let forbidden = json!({"errors": [{"base": "forbidden"}],
        "error_messages": ["Vous ne pouvez pas effectuer cette action."]});
    assert_eq!(page.json(), forbidden);
    let profile = json!({"user_id": id, "organisation_id": 101});
    assert_eq!(maelle.post_json("/api/v1/user_profiles", profile).await.status, StatusCode::OK);
    assert_eq!(maelle.get(&format!("/api/v1/users/{id}")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_person_without_name_or_organisation_is_refused_with_the_reasons() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let page = tom.post_json("/api/v1/users", json!({"first_name": "Ana"})).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert_eq!(page.json(), json!({"missing": "organisation_ids"}));
    let page = tom.post("/api/v1/users", &[("organisation_ids[]", "100")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body = page.json();
    assert_eq!(body["errors"]["last_name"], json!([{"error": "blank"}]));
    assert_eq!(body["error_messages"][0], "last_name doit être rempli(e)");
    let page = tom.post("/api/v1/users", &[("organisation_ids[]", "101")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(platform.store.read(|world, _| world.users.is_empty()));
}

#[tokio::test]
async fn errors_of_2024_also_say_that_they_are_no_success() {
    let config = story::config(&[("SANDBOX_PROFILE", "2024-10")]);
    let platform = Platform::with(NOW, config);
    let mut tom = client(&platform, TOM).await;
    let page = tom.post("/api/v1/users", &[("organisation_ids[]", "100")]).await;
    assert_eq!(page.json()["success"], false);
}

#[tokio::test]
async fn the_link_of_an_invitation_signs_the_person_in_for_ten_minutes() {
    let platform = Platform::at(NOW);
    let user = platform.store.quietly(|world, _| {
        let id = story::person(world, "jean@exemple.fr");
        world.users.get_mut(&id).unwrap().invitation_token = Some("VS5JNYJB".to_owned());
        id
    });
    let mut browser = platform.browser();
    let link = "/prendre_rdv?departement=07&organisation_ids[]=100&invitation_token=VS5JNYJB";
    let page = browser.get(link).await;
    let motifs = browser.follow(&page).await;
    assert!(motifs.says("Jean ROBERT") && motifs.says("Suivi de dossier"));
    let slots = browser.get(&motifs.link("/prendre_rdv")).await;
    let wizard = browser.get(&slots.link("/users/rdv_wizard_step/new")).await;
    let starts_at = wizard.hidden("starts_at");
    let fields = [
        ("motif_id", "501"),
        ("starts_at", &starts_at),
        ("first_name", "Jean"),
        ("last_name", "ROBERT"),
        ("for_whom", "self"),
    ];
    let page = browser.post("/users/rdv_wizard_step", &fields).await;
    let user_id = user.to_string();
    let confirm = [("motif_id", "501"), ("starts_at", &starts_at), ("user_ids[]", &user_id)];
    assert!(browser.follow(&page).await.says("Confirmez"));
    browser.post("/users/rdvs", &confirm).await;
    platform.store.read(|world, _| {
        assert_eq!(world.rdvs.values().next().unwrap().participations[0].user_id, user);
    });
    platform.set_clock("2024-05-27 18:31:07");
    assert!(!browser.get("/prendre_rdv?public_link_organisation_id=100").await.says("ROBERT"));
    let unknown = platform.browser().get(&link.replace("VS5JNYJB", "AAAAAAAA")).await;
    assert!(unknown.location.starts_with("/prendre_rdv?public_link_organisation_id=100"));
}

#[tokio::test]
async fn webhooks_are_for_territorial_administrators_and_each_write_tells_everything_again() {
    let platform = Platform::at(NOW);
    let past = book(&platform, 501, "2024-01-08 10:00");
    let path = "/api/v1/organisations/100/webhook_endpoints";
    let mut tom = client(&platform, TOM).await;
    assert_eq!(tom.get(path).await.status, StatusCode::FORBIDDEN);
    let wanted = json!({"target_url": "http://127.0.0.1:9/autre", "secret": "s", "trigger": false});
    assert_eq!(tom.post_json(path, wanted.clone()).await.status, StatusCode::FORBIDDEN);
    let mut alix = client(&platform, ALIX).await;
    let before = platform.store.read(|world, _| world.deliveries.len());
    let made = alix.post_json(path, wanted.clone()).await.json();
    let endpoint = &made["webhook_endpoint"];
    assert_eq!(endpoint["subscriptions"], json!(["rdv", "absence", "plage_ouverture"]));
    assert!(endpoint.get("secret").is_none());
    platform.store.read(|world, _| {
        let sent: Vec<_> = world.deliveries.values().skip(before).collect();
        assert_eq!(sent.len(), 1);
        assert_eq!((sent[0].rdv_id, sent[0].event.code()), (past, "created"));
    });
    let listed = alix.get(&format!("{path}?target_url=http://127.0.0.1:9/autre")).await.json();
    assert_eq!(listed["meta"]["total_count"], 1);
    let twice = alix.post_json(path, wanted).await;
    assert_eq!(twice.json()["errors"]["target_url"][0]["error"], "taken");
    let wrong = json!({"subscriptions": ["rdv", "participation"], "target_url": "", "secret": ""});
    let errors = alix.post_json(path, wrong).await.json()["errors"].clone();
    assert_eq!(errors["secret"][0]["error"], "blank");
    assert!(errors["base"][0]["error"].as_str().unwrap().contains("valeurs incorrectes"));
    let one = format!("{path}/{}", endpoint["id"]);
    let (status, body) = patch(&mut alix, &one, json!({"subscriptions": ["user"]})).await;
    assert_eq!(
        (status, &body["webhook_endpoint"]["subscriptions"]),
        (StatusCode::OK, &json!(["user"]))
    );
    let before = platform.store.read(|world, _| world.deliveries.len());
    book(&platform, 501, "2024-06-07 15:30");
    assert_eq!(platform.store.read(|world, _| world.deliveries.len()), before + 1);
}

#[tokio::test]
async fn a_plan_is_made_for_one_person_and_read_by_its_agent_only() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let wanted = json!({"user": {"first_name": "Ana", "last_name": "PETIT", "email": "ana@exemple.fr"},
        "return_url": "http://127.0.0.1:9/instructeur/dossiers/1",
        "dossier_url": "http://127.0.0.1:9/instructeur/dossiers/1"});
    let page = tom.post_json("/api/v1/rdv_plans", wanted.clone()).await;
    assert_eq!(page.status, StatusCode::CREATED);
    let plan = &page.json()["rdv_plan"];
    assert_eq!(plan["rdv"], Value::Null);
    assert_eq!(plan["url"], "http://127.0.0.1:4010/agents/rdv_plans/1");
    assert_eq!(plan["created_at"], "2024-05-27 18:21:07 +0200");
    assert!(plan.get("dossier_url").is_none());
    let again = tom.post_json("/api/v1/rdv_plans", wanted).await.json();
    assert_eq!(again["rdv_plan"]["user_id"], plan["user_id"], "found by e-mail");
    let by_id = json!({"user": {"id": plan["user_id"], "first_name": "A", "last_name": "P"}});
    assert_eq!(tom.post_json("/api/v1/rdv_plans", by_id.clone()).await.status, StatusCode::CREATED);
    let mut maelle = client(&platform, MAELLE).await;
    assert_eq!(maelle.post_json("/api/v1/rdv_plans", by_id).await.status, StatusCode::FORBIDDEN);
    assert_eq!(maelle.get("/api/v1/rdv_plans/1").await.status, StatusCode::FORBIDDEN);
    assert_eq!(tom.get("/api/v1/rdv_plans/1").await.status, StatusCode::OK);
    assert_eq!(tom.get("/api/v1/rdv_plans/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_agent_follows_a_plan_in_three_steps_and_goes_back_to_the_application() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let back = "http://127.0.0.1:9/instructeur/dossiers/1";
    let wanted = json!({"user": {"first_name": "Ana", "last_name": "PETIT"}, "return_url": back});
    let plan = tom.post_json("/api/v1/rdv_plans", wanted).await.json();
    let mut browser = platform.browser();
    let motifs = browser.get("/agents/rdv_plans/1").await;
    assert!(motifs.says("Ana PETIT") && motifs.says("Étape 1 sur 3"));
    assert_eq!(motifs.link("http"), back);
    let lacking = browser.get("/agents/rdv_plans/1?motif_id=503").await;
    assert!(lacking.says("n’a pas de numéro de téléphone"));
    let slots = browser.get("/agents/rdv_plans/1?motif_id=501").await;
    let confirm = browser.get(&slots.link("/agents/rdv_plans/1?motif_id=501&amp;starts_at")).await;
    assert!(confirm.says("Étape 3 sur 3"));
    let starts_at = confirm.hidden("starts_at");
    let fields = [("motif_id", "501"), ("starts_at", starts_at.as_str())];
    let booked = browser.post("/agents/rdv_plans/1", &fields).await;
    let done = browser.follow(&booked).await;
    assert!(done.says("Le rendez-vous est planifié") && done.says("Retour sur l’application"));
    browser.post("/agents/rdv_plans/1", &fields).await;
    platform.store.read(|world, _| {
        assert_eq!(world.rdvs.len(), 1, "a button pressed twice books once");
        let rdv = world.rdvs.values().next().unwrap();
        assert_eq!((rdv.created_by.kind.code(), rdv.created_by.id), ("agent", TOM));
        assert_eq!(rdv.agent_ids, [AgentId(TOM)]);
    });
    let page = tom.get("/api/v1/rdv_plans/1").await.json();
    let rdv = json!({"id": 296_828, "status": "unknown", "starts_at": "2024-05-28T09:00:00+02:00", "location_type": "visio"});
    assert_eq!(page["rdv_plan"]["rdv"], rdv);
    assert_eq!(page["rdv_plan"]["user_id"], plan["rdv_plan"]["user_id"]);
}

#[tokio::test]
async fn a_plan_needs_names_and_goes_back_to_the_application_only() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    let page = tom.post_json("/api/v1/rdv_plans", json!({})).await;
    assert_eq!((page.status, page.json()), (StatusCode::BAD_REQUEST, json!({"missing": "user"})));
    let wrong = json!({"user": {"first_name": " "}, "return_url": "https://ailleurs.fr/"});
    let page = tom.post_json("/api/v1/rdv_plans", wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for name in ["first_name", "last_name", "return_url"] {
        assert!(page.json()["errors"][name].is_array(), "{name}");
    }
    assert!(platform.store.read(|world, _| world.rdv_plans.is_empty() && world.users.is_empty()));
}

#[tokio::test]
async fn the_api_fails_as_it_is_told_as_many_times_as_it_is_told() {
    let platform = Platform::at(NOW);
    let mut tom = client(&platform, TOM).await;
    for (kind, status) in [
        ("unauthorized", 401),
        ("forbidden", 403),
        ("not_found", 404),
        ("too_many_requests", 429),
        ("internal_error", 500),
        ("unavailable", 503),
        ("html", 200),
        ("truncated", 200),
    ] {
        let failure = json!({"failure": {"kind": kind, "times": 1, "seconds": 7}});
        tom.post_json("/__sandbox/faults", failure).await;
        let page = tom.get("/api/v1/agents/me").await;
        assert_eq!(page.status.as_u16(), status, "{kind}");
        if matches!(status, 429 | 503) {
            assert_eq!(page.retry_after, "7");
        }
        if status == 200 {
            assert!(serde_json::from_str::<Value>(&page.text).is_err(), "{kind}");
        }
        assert!(tom.get("/api/v1/agents/me").await.json()["agent"].is_object());
    }
    let only = json!({"failure": {"kind": "internal_error", "path": "/users"}});
    tom.post_json("/__sandbox/faults", only).await;
    assert_eq!(tom.get("/api/v1/agents/me").await.status, StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(tom.get("/api/v1/users").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
    tom.post_json("/__sandbox/faults", json!({"failure": null})).await;
    assert_eq!(tom.get("/api/v1/users").await.status, StatusCode::OK);
    assert_eq!(tom.get("/api/v1/rien").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_organisation_without_rights_never_shows_its_people() {
    let platform = Platform::at(NOW);
    book(&platform, 501, "2024-06-07 15:30");
    let mut maelle = client(&platform, MAELLE).await;
    assert_eq!(maelle.get("/api/v1/users/6425").await.status, StatusCode::FORBIDDEN);
    assert_eq!(maelle.get("/api/v1/users").await.json()["users"], json!([]));
    let path = "/api/v1/organisations/100/users";
    assert_eq!(maelle.get(path).await.status, StatusCode::FORBIDDEN);
    let mut tom = client(&platform, TOM).await;
    assert_eq!(ids(&tom.get(path).await.json()["users"]), [6425]);
    assert_eq!(tom.get(&format!("{path}/6425")).await.status, StatusCode::OK);
    let known = platform.store.read(|world, _| {
        world.users.values().all(|user| user.organisation_ids.contains(&OrganisationId(100)))
    });
    assert!(known);
}
