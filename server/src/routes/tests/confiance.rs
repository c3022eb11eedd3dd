//! « Confirmez que c'est bien vous » before what is an agent's, and « Mon compte », by plain forms.

use super::{Acces, Reponse, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::chemin::Chemin;

const PAGE: &str = "/instructeur/demarches/88454";
const TOM: &str = "instructeur@demo.example";

async fn exigeant() -> Site {
    Site::ouvrir_avec(Acces::default(), |reglages| reglages.second_facteur = true).await
}

/// The cookies that an answer leaves, as the browser sends them back.
fn cookies(reponse: &Reponse) -> String {
    let poses = reponse.entetes.get_all(header::SET_COOKIE).iter();
    let paires = poses.filter_map(|pose| pose.to_str().unwrap().split(';').next());
    paires.collect::<Vec<_>>().join("; ")
}

async fn demander(site: &Site, cookie: &str) -> String {
    let page = format!("/confirmation?retour={PAGE}");
    let champs = [("retour", PAGE), ("page", page.as_str())];
    let action = "/api/confirmation/demander";
    let demande = site.poster(action, "/confirmation", cookie, &champs).await;
    assert_eq!((demande.statut, demande.lieu()), (StatusCode::SEE_OTHER, page.as_str()));
    let texte = site.courriel(TOM).await;
    texte.lines().find_map(|l| l.strip_prefix("http://site.test")).unwrap().to_owned()
}

#[tokio::test]
async fn nothing_of_an_agent_is_opened_before_they_confirm_who_they_are() {
    let site = exigeant().await;
    let tom = site.entrer("instructeur").await;
    for page in [
        PAGE,
        "/instructeur/dossiers/17606854/messagerie",
        "/instructeur/dossiers/17606854/dossier.pdf",
        "/instructeur/dossiers/17606854/dossier.zip",
        "/instructeur/demarches/88454/export.csv",
        "/abonnement/demarches/88454",
        "/rdv-service-public",
    ] {
        let lue = site.lire(page, &tom).await;
        assert_eq!(lue.statut, StatusCode::SEE_OTHER, "{page}");
        assert!(lue.lieu().starts_with("/confirmation?retour=%2F"), "{page}: {}", lue.lieu());
        assert!(lue.corps.is_empty());
    }
    let champs = [("dossier", "17606854"), ("complement", ""), ("cle", "k")];
    let poste = site.poster("/api/instructeur/proposer", PAGE, &tom, &champs).await;
    assert!(poste.lieu().starts_with("/confirmation?retour="), "{}", poste.lieu());
    let programme = Request::post("/api/instructeur/entete")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &tom);
    let refuse = site.demander(programme.body(Body::from("dossier=17606854")).unwrap()).await;
    assert_eq!(refuse.statut, StatusCode::FORBIDDEN);
    assert!(refuse.corps.contains("a_confirmer"), "{}", refuse.corps);
    for flux in ["dossier:17606854", "demarche:88454"] {
        let direct = site.lire(&format!("/direct?sujets={flux}"), &tom).await;
        assert_eq!(direct.statut, StatusCode::NOT_FOUND, "{flux}");
    }
    // An address written otherwise is no way around.
    let autrement = site.lire("/%69nstructeur/demarches/88454", &tom).await;
    assert!(!autrement.corps.contains("KLOK"), "{}", autrement.statut);
    // Usagers, and an agent's own account, are asked for nothing.
    assert_eq!(site.lire("/mon-compte", &tom).await.statut, StatusCode::OK);
    let usager = site.entrer("usager").await;
    assert_eq!(site.lire("/dossiers", &usager).await.statut, StatusCode::OK);
    assert_eq!(site.lire(PAGE, &usager).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_button_of_the_link_trusts_the_browser_that_waits() {
    let site = exigeant().await;
    let tom = site.entrer("instructeur").await;
    assert!(site.lire("/confirmation", &tom).await.corps.contains("Recevoir le lien"));
    let lien = demander(&site, &tom).await;
    let jeton = lien.rsplit('/').next().unwrap();
    assert!(site.lire("/confirmation", &tom).await.corps.contains("Un lien a été envoyé"));
    // What reads mails before people do uses nothing up.
    for cookie in ["", tom.as_str(), ""] {
        let vue = site.lire(&lien, cookie).await;
        assert_eq!(vue.statut, StatusCode::OK);
        assert!(vue.entetes.get(header::SET_COOKIE).is_none());
        assert_eq!(vue.corps.contains("Code affiché"), cookie.is_empty());
    }
    let action = Chemin::Confirmer.patron();
    let fait = site.poster(action, &lien, &tom, &[("jeton", jeton)]).await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, PAGE));
    let neuf = cookies(&fait);
    assert!(neuf.contains("session=") && neuf.contains("confiance="), "{neuf}");
    assert_eq!(site.lire(PAGE, &neuf).await.statut, StatusCode::OK);
    assert!(site.lire(PAGE, &tom).await.lieu().starts_with("/connexion"));
    assert_eq!(site.lire(&lien, &neuf).await.statut, StatusCode::GONE);
    let encore = site.poster(action, &lien, &neuf, &[("jeton", jeton)]).await;
    assert_eq!(encore.statut, StatusCode::GONE);

    // The next session of this browser is asked for nothing, that of another one is.
    let confiance = neuf.split("; ").find(|paire| paire.starts_with("confiance=")).unwrap();
    let suivante = site.entrer("instructeur").await;
    assert!(site.lire(PAGE, &suivante).await.lieu().starts_with("/confirmation"));
    let avec = format!("{suivante}; {confiance}");
    assert_eq!(site.lire(PAGE, &avec).await.statut, StatusCode::OK);
    let compte = site.lire("/mon-compte", &avec).await.corps;
    assert!(compte.contains("Mes navigateurs de confiance") && compte.contains("Celle-ci"));
    let navigateur = super::champ(&compte, "navigateur");
    let champs = [("navigateur", navigateur.as_str()), ("page", "/mon-compte")];
    let oublie = site.poster("/api/mon-compte/oublier", "/mon-compte", &avec, &champs).await;
    assert_eq!(oublie.lieu(), "/mon-compte");
    assert!(site.lire(PAGE, &avec).await.lieu().starts_with("/confirmation"));
}

#[tokio::test]
async fn a_link_opened_elsewhere_asks_for_the_code_and_the_screen_that_waits_goes_on() {
    let site = exigeant().await;
    let tom = site.entrer("instructeur").await;
    let lien = demander(&site, &tom).await;
    let jeton = lien.rsplit('/').next().unwrap();
    let page = site.lire("/confirmation", &tom).await.corps;
    let (_, suite) = page.split_once("demandera ce code").unwrap();
    let code: String = suite.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
    let action = Chemin::Confirmer.patron();
    let sans = site.poster(action, &lien, "", &[("jeton", jeton)]).await;
    assert_eq!(sans.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sans.corps.contains("pas celui de l'écran qui attend"), "{}", sans.corps);
    let champs = [("jeton", jeton), ("code", code.as_str())];
    let fait = site.poster(action, &lien, "", &champs).await;
    assert_eq!(fait.lieu(), Chemin::ConfirmationFaite.patron());
    assert!(fait.entetes.get(header::SET_COOKIE).is_none(), "it is not the browser that waits");
    assert!(site.lire(PAGE, &tom).await.lieu().starts_with("/confirmation"));
    assert!(site.lire("/confirmation", &tom).await.corps.contains("Continuer"));
    let suite = Chemin::SuiteDeConfirmation.patron();
    let continue_ = site.poster(suite, "/confirmation", &tom, &[("retour", PAGE)]).await;
    assert_eq!(continue_.lieu(), PAGE);
    assert_eq!(site.lire(PAGE, &cookies(&continue_)).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn sessions_are_shown_by_their_browser_and_closed_by_a_button() {
    let site = Site::ouvrir().await;
    let firefox = "Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0";
    let entree = Request::post("/connexion")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::USER_AGENT, firefox)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let corps = Body::from("email=usager%40demo.example&password=demo");
    let ancienne = cookies(&site.demander(entree.body(corps).unwrap()).await);
    let usager = site.entrer("usager").await;
    let page = site.lire("/mon-compte", &usager).await.corps;
    assert!(page.contains("Firefox sous Windows") && !page.contains("Gecko"));
    // That of the reader is shown first.
    let la_sienne = super::champ(&page, "session");
    let (_, autre) = page.split_once("Firefox sous Windows").unwrap();
    let autre = super::champ(autre, "session");
    assert_ne!(autre, la_sienne);
    let fermer = async |session: &str, cookie: &str| {
        let champs = [("session", session), ("page", "/mon-compte")];
        site.poster("/api/mon-compte/fermer", "/mon-compte", cookie, &champs).await
    };
    let inconnue = fermer("0000", &usager).await;
    assert_eq!(inconnue.statut, StatusCode::NOT_FOUND);
    assert_eq!(fermer(&autre, &usager).await.lieu(), "/mon-compte");
    assert!(site.lire("/dossiers", &ancienne).await.lieu().starts_with("/connexion"));
    assert_eq!(site.lire("/dossiers", &usager).await.statut, StatusCode::OK);
    let toutes = "/api/mon-compte/fermer-toutes";
    let fait = site.poster(toutes, "/mon-compte", &usager, &[("page", "/mon-compte")]).await;
    assert_eq!(fait.lieu(), "/connexion");
    assert!(site.lire("/dossiers", &usager).await.lieu().starts_with("/connexion"));
}
