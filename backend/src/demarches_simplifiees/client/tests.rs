//! What answers mean, and how often one asks.

use super::{Distante, Plateformes, Refus, Requete, refus};
use crate::plateforme::client::{Client, Patience};
use crate::socle::secrets::hasard::Hasard;
use crate::socle::temps::Horloge;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeZone, Utc};
use domain::raccordement::ErreurDistante;
use domain::visio::Origine;
use sandbox::embedded::{Builder, Embedded};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Serialize)]
struct Lire {
    numero: i64,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Lue {
    demarche: Value,
}

impl Requete for Lire {
    const NOM: &'static str = "lire";
    const TEXTE: &'static str = "query lire($numero: Int!) { demarche(number: $numero) { id } }";
    const ECRIT: bool = false;
    type Reponse = Lue;
}

#[derive(Serialize)]
struct Ecrire {}

impl Requete for Ecrire {
    const NOM: &'static str = "ecrire";
    const TEXTE: &'static str = "mutation ecrire { rien }";
    const ECRIT: bool = true;
    type Reponse = Value;
}

fn depart() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2024, 5, 27, 14, 0, 0).unwrap()
}

/// A site that answers each request as `repondre` says, given how many came before it.
async fn qui_repond<F>(
    repondre: impl Fn(u32, Request) -> F + Send + Sync + 'static,
) -> (Embedded, Distante)
where
    F: Future<Output = Response> + Send + 'static,
{
    let bac = Builder::default().lying(repondre).start().await.unwrap();
    let origine = Origine::de(&bac.url).unwrap();
    let locales = [origine.clone()];
    let (hasard, horloge) = (Hasard::graine(1), Horloge::fixe(depart()));
    let client =
        Client::new(vec![origine], &locales, Patience::default(), hasard, horloge).unwrap();
    let plateformes = Plateformes::new(client, vec![bac.url.clone()], 400);
    let distante = plateformes.distante(&bac.url, "jeton-secret");
    (bac, distante)
}

fn erreur(message: &str, code: &str) -> Value {
    json!({ "message": message, "extensions": { "code": code } })
}

#[tokio::test(start_paused = true)]
async fn a_request_is_posted_with_its_name_and_its_variables_and_the_token_in_its_header() {
    let (bac, distante) = qui_repond(async |_, requete: Request| {
        assert_eq!(requete.headers()["authorization"], "Bearer jeton-secret");
        axum::Json(json!({ "data": { "demarche": { "id": "x" } } })).into_response()
    })
    .await;
    let lue = distante.demander(&Lire { numero: 7 }).await.unwrap();
    assert_eq!(lue, Lue { demarche: json!({ "id": "x" }) });
    let entendue = bac.last("POST /api/v2/graphql").unwrap();
    assert_eq!(entendue.body["operationName"], "lire");
    assert_eq!(entendue.body["variables"], json!({ "numero": 7 }));
    assert!(!format!("{distante:?}").contains("jeton-secret"));
}

#[tokio::test(start_paused = true)]
async fn each_error_has_its_meaning() {
    let cachee = "An object of type Demarche was hidden due to permissions";
    let lecture = "Le jeton utilisé est configuré seulement en lecture";
    for (statut, corps, attendue) in [
        (
            401,
            json!({ "errors": [erreur("Token expired", "unauthorized")] }),
            ErreurDistante::JetonExpire,
        ),
        (
            401,
            json!({ "errors": [erreur("Without a token", "unauthorized")] }),
            ErreurDistante::JetonInconnu,
        ),
        (401, json!("pas un objet"), ErreurDistante::JetonInconnu),
        (
            403,
            json!({ "errors": [erreur("Request issued from a forbidden network. Add 203.0.113.7 to the token", "forbidden")] }),
            ErreurDistante::AdresseRefusee("203.0.113.7".to_owned()),
        ),
        (
            403,
            json!({ "errors": [erreur("L’adresse 2001:db8::7 n’est pas autorisée.", "forbidden")] }),
            ErreurDistante::AdresseRefusee("2001:db8::7".to_owned()),
        ),
        (
            403,
            json!({ "errors": [erreur("Without a token, only persisted queries are allowed", "forbidden")] }),
            ErreurDistante::JetonInconnu,
        ),
        (
            200,
            json!({ "data": { "demarche": null }, "errors": [erreur(cachee, "unauthorized")] }),
            ErreurDistante::DroitsPerdus,
        ),
        (
            200,
            json!({ "data": null, "errors": [{ "message": lecture }] }),
            ErreurDistante::LectureSeule,
        ),
        (
            200,
            json!({ "errors": [erreur("Dossier not found", "not_found")] }),
            ErreurDistante::Introuvable,
        ),
        (
            200,
            json!({ "data": { "demarche": {} }, "errors": [erreur("Timeout on Dossier.champs", "timeout")] }),
            ErreurDistante::TropDemande,
        ),
        (
            200,
            json!({ "errors": [{ "message": "Query has complexity of 61000, which exceeds max complexity of 60000" }] }),
            ErreurDistante::TropDemande,
        ),
        (
            200,
            json!({ "errors": [erreur("Internal Server Error", "internal_server_error")] }),
            ErreurDistante::EnPanneSurLaDemande,
        ),
        (
            500,
            json!({ "errors": [erreur("Internal Server Error", "internal_server_error")] }),
            ErreurDistante::EnPanneSurLaDemande,
        ),
        (
            200,
            json!({ "errors": [erreur("Cannot return null", "invalid_null")] }),
            ErreurDistante::EnPanneSurLaDemande,
        ),
        (
            200,
            json!({ "errors": [erreur("Field 'x' doesn't exist", "undefinedField")] }),
            ErreurDistante::Incomprise,
        ),
        (400, json!({ "errors": [erreur("no", "bad_request")] }), ErreurDistante::Incomprise),
        // What somebody has to mend is what is told.
        (
            200,
            json!({ "errors": [erreur("a", "timeout"), erreur(cachee, "unauthorized")] }),
            ErreurDistante::DroitsPerdus,
        ),
        (200, json!({ "data": null }), ErreurDistante::Illisible),
        (200, json!({ "data": { "autre": 1 } }), ErreurDistante::Illisible),
        (200, json!([]), ErreurDistante::Illisible),
        (302, json!({ "data": { "demarche": 1 } }), ErreurDistante::Illisible),
        (404, json!({}), ErreurDistante::Illisible),
    ] {
        let envoye = corps.clone();
        let (bac, distante) = qui_repond(move |_, _| {
            let corps = envoye.clone();
            async move { (StatusCode::from_u16(statut).unwrap(), axum::Json(corps)).into_response() }
        })
        .await;
        assert_eq!(distante.demander(&Lire { numero: 1 }).await, Err(attendue), "{statut} {corps}");
        assert_eq!(bac.heard().len(), 1, "{statut} {corps}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_reads_is_tried_again_and_what_writes_never_is() {
    let (bac, distante) = qui_repond(async |avant, _| match avant {
        0 => StatusCode::BAD_GATEWAY.into_response(),
        1 => axum::Json(json!({ "data": { "demarche": 1 } })).into_response(),
        _ => StatusCode::BAD_GATEWAY.into_response(),
    })
    .await;
    assert_eq!(distante.demander(&Lire { numero: 1 }).await.unwrap().demarche, 1);
    assert_eq!(bac.heard().len(), 2);
    assert_eq!(distante.demander(&Ecrire {}).await, Err(ErreurDistante::EnPanne));
    assert_eq!(bac.heard().len(), 3);
}

/// The plain text of a platform that had enough.
fn assez(entetes: &[(&'static str, &'static str)]) -> Response {
    let entetes: HeaderMap = entetes
        .iter()
        .map(|(nom, valeur)| ((*nom).parse().unwrap(), HeaderValue::from_static(valeur)))
        .collect();
    (StatusCode::TOO_MANY_REQUESTS, entetes, "Retry later\n").into_response()
}

#[tokio::test(start_paused = true)]
async fn a_platform_that_had_enough_is_asked_nothing_until_it_says_so() {
    for (entete, valeur, secondes) in
        // The second is a minute and a half after 14:00 in seconds since 1970.
        [
            ("retry-after", "42", 42),
            ("ratelimit-reset", "1716818490", 90),
            ("x-autre", "1", 60),
        ]
    {
        let (bac, distante) = qui_repond(async move |avant, _| match avant {
            0 => assez(&[(entete, valeur)]),
            _ => axum::Json(json!({ "data": {} })).into_response(),
        })
        .await;
        let jusqu_a = depart() + chrono::Duration::seconds(secondes);
        assert_eq!(
            distante.demander(&Lire { numero: 1 }).await,
            Err(ErreurDistante::Limite(jusqu_a)),
            "{entete}"
        );
        assert_eq!(bac.heard().len(), 1);
        let debut = Instant::now();
        distante.clone().pressee().demander(&Ecrire {}).await.unwrap();
        assert!(debut.elapsed() >= Duration::from_secs(secondes.unsigned_abs()), "{entete}");
    }
}

#[test]
fn a_mutation_without_errors_was_done_and_its_refusals_are_kept_short() {
    let lus = |json: Value| serde_json::from_value::<Option<Vec<Refus>>>(json).unwrap();
    assert_eq!(refus(lus(json!(null)).as_deref()), Ok(()));
    assert_eq!(refus(lus(json!([])).as_deref()), Ok(()));
    let dits = lus(json!([{ "message": "Un\u{7}", "autre": 1 }, { "message": "deux" }]));
    assert_eq!(refus(dits.as_deref()), Err(ErreurDistante::Refusee("Un, deux".to_owned())));
    let lecture = json!([{ "message": "Le jeton utilisé est configuré seulement en lecture" }]);
    assert_eq!(refus(lus(lecture).as_deref()), Err(ErreurDistante::LectureSeule));
    let long = lus(json!([{ "message": "é".repeat(1_000) }]));
    let Err(ErreurDistante::Refusee(phrases)) = refus(long.as_deref()) else { panic!() };
    assert_eq!(phrases.chars().count(), 300);
}
