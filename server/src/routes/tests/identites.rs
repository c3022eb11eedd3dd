//! Leaving for ProConnect and FranceConnect, and coming back. What they answer is told by stories and in the browser.

use super::Site;
use axum::http::{StatusCode, header};
use backend::Acces;
use backend::acces::identites::{Identites, ReglageIdentite};
use backend::plateforme::client::{Client, Patience};
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::tables::{compte, identite};
use domain::identite::{Fournisseur, Refus};
use domain::visio::Origine;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use url::Url;

/// Both platforms are set, and neither answers.
async fn sans_reponse() -> Site {
    let emetteur = "http://127.0.0.1:1";
    let origines: Vec<Origine> = Origine::de(&Url::parse(emetteur).unwrap()).into_iter().collect();
    let horloge = Horloge::fixe("2024-05-27T14:44:00Z".parse().unwrap());
    let (patience, hasard) = (Patience::IDENTITES, Hasard::graine(8));
    let client = Client::new(origines.clone(), &origines, patience, hasard, horloge).unwrap();
    let reglages = Fournisseur::TOUS.iter().map(|fournisseur| ReglageIdentite {
        fournisseur: *fournisseur,
        emetteur: emetteur.to_owned(),
        client: "rdv".to_owned(),
        secret: "secret".to_owned(),
        acr: vec!["eidas1".to_owned()],
    });
    let app_url = Url::parse("http://site.test").unwrap();
    let identites = Identites::new(reglages.collect(), &app_url, &client);
    Site::ouvrir_avec(Acces { identites, ..Acces::default() }, |_| {}).await
}

#[tokio::test]
async fn the_two_publics_have_their_button_where_their_platform_is_set() {
    let demo = Site::ouvrir().await;
    let page = demo.lire("/connexion", "").await.corps;
    for nom in ["ProConnect", "FranceConnect"] {
        assert!(!page.contains(nom), "{nom}");
    }
    let partir = demo.poster("/connexion/proconnect", "/connexion", "", &[]).await;
    assert_eq!(partir.statut, StatusCode::NOT_FOUND);
    let site = sans_reponse().await;
    let page = site.lire("/connexion?retour=/dossiers", "").await.corps;
    for attendu in [
        "Vous êtes un usager",
        "fr-connect__brand",
        "action=\"/connexion/franceconnect\"",
        "Vous êtes un agent public",
        "S'identifier avec ProConnect",
        "action=\"/connexion/proconnect\"",
        "name=\"password\"",
    ] {
        assert!(page.contains(attendu), "{attendu}");
    }
    assert_eq!(
        page.matches("name=\"retour\" value=\"/dossiers\"").count(),
        3,
        "each form knows it"
    );
}

#[tokio::test]
async fn a_platform_that_does_not_answer_is_said_and_the_page_remains() {
    let site = sans_reponse().await;
    let champs = [("retour", "/dossiers")];
    let refus = site.poster("/connexion/franceconnect", "/connexion", "", &champs).await;
    assert_eq!(refus.statut, StatusCode::BAD_GATEWAY);
    assert!(refus.corps.contains("FranceConnect ne répond pas comme prévu"));
    assert!(refus.corps.contains("value=\"/dossiers\""), "where one was going is kept");
    // Another site leaves for nobody.
    let requete = axum::http::Request::post("/connexion/proconnect")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "https://autre.exemple.fr")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(site.demander(requete).await.statut, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whatever_comes_back_is_sent_on_at_once_and_why_is_a_word_of_a_list() {
    let site = sans_reponse().await;
    let retour = "/connexion/proconnect/retour?code=secret&state=secret";
    let reponse = site.lire(retour, "").await;
    assert_eq!(reponse.statut, StatusCode::SEE_OTHER);
    assert_eq!(reponse.lieu(), "/connexion?plateforme=proconnect&refus=expiree");
    let page = site.lire(reponse.lieu(), "").await.corps;
    assert!(
        page.contains(&Refus::Expiree.phrase(Fournisseur::ProConnect).replace('\'', "&#x27;"))
            || page.contains(&Refus::Expiree.phrase(Fournisseur::ProConnect))
    );
    for inconnu in [
        "/connexion?plateforme=proconnect&refus=%3Cb%3E",
        "/connexion?plateforme=autre&refus=expiree",
        "/connexion?refus=expiree",
    ] {
        assert!(!site.lire(inconnu, "").await.corps.contains("role=\"alert\""), "{inconnu}");
    }
    let page =
        site.lire("/connexion?plateforme=proconnect&refus=conflit&reference=ABCD1234", "").await;
    assert!(page.corps.contains("Référence\u{a0}: ABCD1234."));
    let page =
        site.lire("/connexion?plateforme=proconnect&refus=conflit&reference=qwertyui", "").await;
    assert!(!page.corps.contains("Référence"));
    // Signed out there, whatever it says.
    for suite in ["", "?state=autre"] {
        let sorti = site.lire(&format!("/connexion/franceconnect/sortie{suite}"), "").await;
        assert_eq!((sorti.statut, sorti.lieu()), (StatusCode::SEE_OTHER, "/connexion"));
    }
}

#[tokio::test]
async fn nothing_waits_for_a_browser_that_proved_nothing() {
    let site = sans_reponse().await;
    let faux = "identites=0000000000000000000000000000000000000000000000000000000000000000";
    for cookie in ["", faux, "identites=court"] {
        for page in ["/connexion/rattachement", "/connexion/rattachement/lien/abcd"] {
            assert_eq!(site.lire(page, cookie).await.statut, StatusCode::GONE, "{page}");
        }
        let champs = [("email", "usager@demo.example"), ("password", "demo"), ("jeton", "abcd")];
        for action in ["mot-de-passe", "adresse", "confirmer"] {
            let action = format!("/connexion/rattachement/{action}");
            let reponse = site.poster(&action, "/connexion/rattachement", cookie, &champs).await;
            assert_eq!(reponse.statut, StatusCode::GONE, "{action}");
            assert!(!reponse.entetes.contains_key(header::SET_COOKIE), "{action}");
        }
    }
}

#[tokio::test]
async fn an_identity_is_detached_by_its_button_and_only_by_its_owner() {
    let site = Site::ouvrir().await;
    let db = site.contexte.base.lire();
    let usager = compte::Entity::find().filter(compte::Column::Email.eq("usager@demo.example"));
    let usager = usager.one(db).await.unwrap().unwrap();
    let maintenant = site.contexte.horloge.maintenant();
    let ligne = identite::ActiveModel {
        compte: Set(usager.id),
        fournisseur: Set(Fournisseur::FranceConnect),
        emetteur: Set("https://fc.exemple.fr".to_owned()),
        sub: Set("abcv1".to_owned()),
        email: Set("usager@demo.example".to_owned()),
        siret: Set(None),
        idp: Set(None),
        acr: Set(None),
        amr: Set(None),
        cree_le: Set(maintenant),
        vue_le: Set(maintenant),
        ..Default::default()
    };
    let id = identite::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id.to_string();
    let champs = [("identite", id.as_str())];
    let adresse = "/api/identites/detacher";
    let autre = site.entrer("instructeur").await;
    let refus = site.poster(adresse, "/dossiers", &autre, &champs).await;
    assert_ne!(refus.statut, StatusCode::SEE_OTHER);
    assert_eq!(identite::Entity::find().count(db).await.unwrap(), 1);
    let sienne = site.entrer("usager").await;
    let fait = site.poster(adresse, "/dossiers", &sienne, &champs).await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, "/dossiers"));
    assert_eq!(identite::Entity::find().count(db).await.unwrap(), 0);
    // Its session goes on.
    assert_eq!(site.lire("/dossiers", &sienne).await.statut, StatusCode::OK);
}
