//! How the service is called, on each page.

use super::{NOM, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn every_page_bears_the_name_that_the_service_is_set_to_have() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let instructeur = site.entrer("instructeur").await;
    for (chemin, cookie) in [
        ("/connexion", ""),
        ("/dossiers", &usager),
        ("/dossiers/17606854/messagerie", &usager),
        ("/instructeur/demarches/88454", &instructeur),
    ] {
        let corps = site.lire(chemin, cookie).await.corps;
        assert!(corps.contains(&format!("{NOM}</title>")), "{chemin}: {corps}");
        assert!(corps.contains(&format!("data-service=\"{NOM}\"")), "{chemin}: {corps}");
        assert!(corps.contains(&format!("fr-header__service-title\">{NOM}<")), "{chemin}: {corps}");
        assert!(corps.contains(&format!("fr-footer__content-desc\">{NOM}<")), "{chemin}: {corps}");
        let ailleurs = corps.replace("org/100/demarches-simplifiees", "");
        assert!(!ailleurs.contains("demarches-simplifiees"), "{chemin}: {corps}");
    }
}

#[tokio::test]
async fn what_is_refused_is_told_in_the_name_of_the_service() {
    let site = Site::ouvrir().await;
    let requete = Request::post("/connexion")
        .header(header::ACCEPT, "text/html")
        .header("sec-fetch-site", "cross-site");
    let reponse = site.demander(requete.body(Body::empty()).unwrap()).await;
    assert_eq!(reponse.statut, StatusCode::FORBIDDEN);
    assert!(reponse.corps.contains(&format!(" – {NOM}</title>")), "{}", reponse.corps);
}
