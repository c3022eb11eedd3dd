//! The database is away.

use super::{CREE, SIGNATURE, Site, capturer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

#[tokio::test]
async fn pages_forms_and_programs_are_told_at_once_that_the_service_is_away() {
    let (journal, _garde) = capturer();
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    site.activer().await;
    site.contexte.base.fermer().await;
    journal.0.lock().unwrap().clear();
    for (chemin, cookie) in [
        ("/connexion", ""),
        ("/connexion", usager.as_str()),
        ("/", usager.as_str()),
        ("/dossiers", usager.as_str()),
        ("/dossiers/17606854/messagerie", usager.as_str()),
        ("/pieces-jointes/1", usager.as_str()),
        ("/dossiers/17606854/dossier.pdf", usager.as_str()),
    ] {
        let requete = Request::get(chemin)
            .header(header::COOKIE, cookie)
            .header(header::ACCEPT, "text/html")
            .body(Body::empty());
        let reponse = site.demander(requete.unwrap()).await;
        assert_eq!(reponse.statut, StatusCode::SERVICE_UNAVAILABLE, "{chemin} {cookie}");
        let dit = reponse.corps.contains("momentanément indisponible");
        assert!(dit, "{chemin}: {}", reponse.corps);
    }
    let champs = [("email", "usager@demo.example"), ("password", "demo")];
    let entree = site.poster("/connexion", "/connexion", "", &champs).await;
    assert_eq!(entree.statut, StatusCode::SERVICE_UNAVAILABLE);
    assert!(entree.corps.contains("momentanément indisponible"));
    let champs = [("dossier", "17606854"), ("corps", "Bonjour"), ("cle", "k")];
    let page = "/dossiers/17606854/messagerie";
    let message = site.poster("/api/usager/ecrire", page, &usager, &champs).await;
    assert_eq!(message.statut, StatusCode::SERVICE_UNAVAILABLE);
    let webhook = site.webhook("100", Some(SIGNATURE), CREE).await;
    assert_eq!(webhook.statut, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.lire("/readyz", "").await.statut, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(site.lire("/healthz", "").await.statut, StatusCode::OK);
    assert_eq!(site.metriques().await.statut, StatusCode::OK);
    let journal = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    let erreurs: Vec<&str> = journal.lines().filter(|ligne| ligne.contains("ERROR")).collect();
    assert!(erreurs.is_empty(), "the cause was logged once, elsewhere:\n{}", erreurs.join("\n"));
}
