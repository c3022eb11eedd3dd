//! Whom to tell of a flaw.

use super::{Reponse, Site};
use crate::routes::machines::signalement;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use std::sync::Arc;
use tower::ServiceExt;
use url::Url;

#[tokio::test]
async fn security_txt_names_the_contact_of_the_settings_and_is_not_there_without() {
    let site = Site::ouvrir().await;
    let sans_contact = site.lire(signalement::ADRESSE, "").await;
    assert_eq!(sans_contact.statut, StatusCode::NOT_FOUND);

    let mut contexte = site.contexte.clone();
    let mut reglages = (*contexte.outils.reglages).clone();
    reglages.mentions.contact = Some("securite@exemple.fr".to_owned());
    reglages.app_url = Url::parse("https://demarches.example").unwrap();
    contexte.outils.reglages = Arc::new(reglages);
    let routes: Router =
        Router::new().route(signalement::ADRESSE, get(signalement::lire)).with_state(contexte);
    let requete = Request::get(signalement::ADRESSE).body(Body::empty()).unwrap();
    let reponse = Reponse::de(routes.oneshot(requete).await.unwrap()).await;
    assert_eq!(reponse.statut, StatusCode::OK);
    assert_eq!(reponse.entetes[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    for ligne in [
        "Contact: mailto:securite@exemple.fr",
        "Expires: 2024-11-23T14:44:00Z",
        "Preferred-Languages: fr, en",
        "Canonical: https://demarches.example/.well-known/security.txt",
    ] {
        assert!(reponse.corps.lines().any(|lue| lue == ligne), "{ligne}: {}", reponse.corps);
    }
}
