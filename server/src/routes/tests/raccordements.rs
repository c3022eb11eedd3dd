//! Démarches Simplifiées over HTTP: what its webhooks are answered, and a token that is never shown again.

use super::*;
use backend::tables::{raccordement, signalement_distant};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::ids::{CompteId, DemarcheNumero, RaccordementId};
use domain::raccordement::EtatRaccordement;

const SECRET_DISTANT: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// As the platform writes it.
const CORPS: &[u8] = br#"{"webhook_id":"1","demarche_number":91234,"events":[{"sequence":4,"type":"message_cree","dossier_number":17,"timestamp":"2024-05-27T14:43:55Z"},{"sequence":7,"type":"dossier_modifie","dossier_number":17,"timestamp":"2024-05-27T14:43:56Z"}]}"#;

/// A démarche of the demo, joined; its webhooks are heard.
async fn raccorde(site: &Site) -> RaccordementId {
    let (contexte, maintenant) = (&site.contexte, site.contexte.horloge.maintenant());
    let outils = &contexte.outils;
    let secret = outils.coffre.sceller(SECRET_DISTANT.as_bytes(), &outils.hasard);
    let ligne = raccordement::ActiveModel {
        demarche: Set(DemarcheNumero(77_310)),
        site: Set("https://ds.exemple.fr".to_owned()),
        numero_distant: Set(91_234),
        jeton_scelle: Set(vec![0]),
        etat: Set(EtatRaccordement::Actif),
        commence_le: Set(maintenant),
        webhooks_actifs: Set(true),
        secret_webhook_scelle: Set(Some(secret)),
        cree_par: Set(CompteId(1)),
        cree_le: Set(maintenant),
        ..Default::default()
    };
    let db = contexte.base.lire();
    raccordement::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id
}

fn signature(le: i64, corps: &[u8]) -> String {
    let cle = BASE64_STANDARD.decode(SECRET_DISTANT.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&cle).unwrap();
    mac.update(format!("msg_1.{le}.").as_bytes());
    mac.update(corps);
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

async fn poster(site: &Site, id: &str, le: i64, signature: &str, corps: &[u8]) -> StatusCode {
    let mut requete = Request::post(format!("/webhooks/demarches-simplifiees/{id}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-id", "msg_1")
        .header("webhook-timestamp", le.to_string());
    if !signature.is_empty() {
        requete = requete.header("webhook-signature", signature);
    }
    site.demander(requete.body(Body::from(corps.to_vec())).unwrap()).await.statut
}

#[tokio::test]
async fn a_webhook_of_the_platform_gets_the_status_that_it_deserves() {
    let site = Site::ouvrir().await;
    let id = raccorde(&site).await.to_string();
    let le = site.contexte.horloge.maintenant().timestamp();
    let juste = signature(le, CORPS);
    // While the platform renews the secret, it signs with both.
    let deux = format!("v1,{} {juste}", BASE64_STANDARD.encode([0; 32]));
    let grand = vec![b' '; 100_001];
    let abime: &[u8] = b"{\"demarche_number\":91234";
    for (id, le, signee, corps, attendu) in [
        (id.as_str(), le, juste.as_str(), CORPS, StatusCode::NO_CONTENT),
        (&id, le, &juste, CORPS, StatusCode::NO_CONTENT),
        (&id, le, &deux, CORPS, StatusCode::NO_CONTENT),
        (&id, le, "", CORPS, StatusCode::UNAUTHORIZED),
        (&id, le, "v1,pas du tout", CORPS, StatusCode::UNAUTHORIZED),
        (&id, le - 301, &signature(le - 301, CORPS), CORPS, StatusCode::UNAUTHORIZED),
        (&id, le, &juste, &CORPS[1..], StatusCode::UNAUTHORIZED),
        (&id, le, &signature(le, abime), abime, StatusCode::BAD_REQUEST),
        (&id, le, &signature(le, &grand), &grand, StatusCode::PAYLOAD_TOO_LARGE),
        ("987", le, &juste, CORPS, StatusCode::NOT_FOUND),
        ("un", le, &juste, CORPS, StatusCode::NOT_FOUND),
    ] {
        let recu = poster(&site, id, le, signee, corps).await;
        assert_eq!(recu, attendu, "{id} {le} {signee}");
    }
    let db = site.contexte.base.lire();
    let gardes = signalement_distant::Entity::find().all(db).await.unwrap();
    assert_eq!(gardes.iter().map(|garde| garde.numero_distant).collect::<Vec<_>>(), [17]);
}

#[tokio::test]
async fn wrong_signatures_of_webhooks_slow_down_those_who_send_them_and_never_a_right_one() {
    let site = Site::ouvrir().await;
    let id = raccorde(&site).await.to_string();
    let le = site.contexte.horloge.maintenant().timestamp();
    let depuis = async |signee: &str| {
        let requete = Request::post(format!("/webhooks/demarches-simplifiees/{id}"))
            .header("webhook-id", "msg_1")
            .header("webhook-timestamp", le.to_string())
            .header("webhook-signature", signee)
            .body(Body::from(CORPS))
            .unwrap();
        let mut requete = requete;
        let adresse: std::net::SocketAddr = "192.0.2.9:4000".parse().unwrap();
        requete.extensions_mut().insert(axum::extract::ConnectInfo(adresse));
        site.demander(requete).await
    };
    for _ in 0..60 {
        assert_eq!(depuis("v1,AA==").await.statut, StatusCode::UNAUTHORIZED);
    }
    let refus = depuis("v1,AA==").await;
    assert_eq!(refus.statut, StatusCode::TOO_MANY_REQUESTS);
    assert!(refus.entetes.contains_key(header::RETRY_AFTER));
    assert_eq!(depuis(&signature(le, CORPS)).await.statut, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_but_for_the_token() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let page = "/admin/raccordements/nouveau";
    let champs = [
        ("plateforme", "https://ailleurs.exemple"),
        ("numero_distant", "91234"),
        ("jeton", "UnJetonTresSecret"),
        ("jeton_expire", "31/12/2024"),
        ("page", page),
    ];
    let refus = site.poster("/api/admin/raccordements/raccorder", page, &admin, &champs).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refus.corps.contains("Choisissez une des plateformes proposées."));
    assert!(refus.corps.contains("value=\"91234\"") && refus.corps.contains("31/12/2024"));
    assert!(!refus.corps.contains("UnJetonTresSecret"));
    // Neither does the page that stands in for one that is not there.
    let champs = [champs[0], champs[1], champs[2], champs[3], ("page", "/nulle-part")];
    let perdu =
        site.poster("/api/admin/raccordements/raccorder", "/nulle-part", &admin, &champs).await;
    assert!(perdu.corps.contains("91234") && !perdu.corps.contains("UnJetonTresSecret"));
}
