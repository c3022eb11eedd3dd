//! Forms posted once the session of their person is over, by a browser without JavaScript.

use super::pieces::{FRONTIERE, formulaire};
use super::*;
use backend::tables::{formulaire_en_attente, message};
use sea_orm::PaginatorTrait;

const FIL: &str = "/dossiers/17606854/messagerie";

/// What a hidden field of a page holds.
fn cache(page: &str, nom: &str) -> String {
    let debut = format!("name=\"{nom}\" value=\"");
    let (_, suite) = page.split_once(&debut).unwrap_or_else(|| panic!("{nom} in\n{page}"));
    suite.split_once('"').unwrap().0.to_owned()
}

/// A message and its file, without a session.
async fn envoyer(site: &Site, preuve: &str, corps: &str) -> Reponse {
    let champs = [
        ("page", FIL),
        ("preuve", preuve),
        ("dossier", "17606854"),
        ("cle", "k"),
        ("corps", corps),
    ];
    let corps = formulaire(&champs, &[("a%22b.pdf", b"%PDF-1.7 garde")]);
    let requete = Request::post("/api/usager/ecrire")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::REFERER, format!("http://site.test{FIL}"))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={FRONTIERE}"));
    site.demander(requete.body(Body::from(corps)).unwrap()).await
}

async fn se_connecter(site: &Site, qui: &str, mot_de_passe: &str, attente: &str) -> Reponse {
    let email = format!("{qui}@demo.example");
    let champs = [
        ("email", email.as_str()),
        ("password", mot_de_passe),
        ("retour", FIL),
        ("attente", attente),
    ];
    site.poster("/connexion", "/api/usager/ecrire", "", &champs).await
}

/// The cookie of the session that an answer opens.
fn session(reponse: &Reponse) -> String {
    let cookies = reponse.entetes.get_all(header::SET_COOKIE).iter();
    let mut cookies = cookies.filter_map(|cookie| cookie.to_str().unwrap().split(';').next());
    cookies.find(|cookie| cookie.starts_with("session=")).unwrap().to_owned()
}

async fn attendent(site: &Site) -> u64 {
    formulaire_en_attente::Entity::find().count(site.contexte.base.lire()).await.unwrap()
}

#[tokio::test]
async fn a_form_waits_for_its_person_to_sign_in_with_its_files() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let preuve = cache(&site.lire(FIL, &usager).await.corps, "preuve");
    let refuse = envoyer(&site, &preuve, "Écrit trop longtemps").await;
    assert_eq!(refuse.statut, StatusCode::UNAUTHORIZED);
    assert!(refuse.corps.contains("Votre session a expiré") && refuse.corps.contains("conservés"));
    let attente = cache(&refuse.corps, "attente");
    assert_eq!(cache(&refuse.corps, "retour"), FIL);
    let stocke = formulaire_en_attente::Entity::find().one(site.contexte.base.lire()).await;
    let scelle = stocke.unwrap().unwrap().scelle;
    assert!(!scelle.windows(4).any(|mot| mot == b"%PDF"), "sealed");

    let faux = se_connecter(&site, "usager", "faux", &attente).await;
    assert_eq!(faux.statut, StatusCode::UNAUTHORIZED);
    assert_eq!(cache(&faux.corps, "attente"), attente, "it still waits");
    let autre = se_connecter(&site, "laureen.ho", "demo", &attente).await;
    assert_eq!((autre.statut, autre.lieu()), (StatusCode::SEE_OTHER, FIL));
    assert_eq!(attendent(&site).await, 1, "it is not theirs");

    let messages = message::Entity::find().count(site.contexte.base.lire()).await.unwrap();
    let pris = se_connecter(&site, "usager", "demo", &attente).await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, FIL), "{}", pris.corps);
    let usager = session(&pris);
    let page = site.lire(FIL, &usager).await.corps;
    assert!(page.contains("Écrit trop longtemps") && page.contains("/pieces-jointes/1"));
    assert_eq!(site.lire("/pieces-jointes/1", &usager).await.corps, "%PDF-1.7 garde");
    assert_eq!(attendent(&site).await, 0);
    let encore = se_connecter(&site, "usager", "demo", &attente).await;
    assert_eq!((encore.statut, encore.lieu()), (StatusCode::SEE_OTHER, FIL));
    let apres = message::Entity::find().count(site.contexte.base.lire()).await.unwrap();
    assert_eq!(apres, messages + 1, "sent once");
}

#[tokio::test]
async fn signing_in_in_another_tab_is_enough() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let preuve = cache(&site.lire(FIL, &usager).await.corps, "preuve");
    let attente = cache(&envoyer(&site, &preuve, "Depuis l'autre onglet").await.corps, "attente");
    let champs = [("retour", FIL), ("attente", attente.as_str()), ("deja", "oui")];
    let pas_encore = site.poster("/connexion", FIL, "", &champs).await;
    assert_eq!(pas_encore.statut, StatusCode::UNAUTHORIZED);
    assert_eq!(cache(&pas_encore.corps, "attente"), attente);
    let usager = site.entrer("usager").await;
    let pris = site.poster("/connexion", FIL, &usager, &champs).await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, FIL));
    assert!(site.lire(FIL, &usager).await.corps.contains("Depuis l'autre onglet"));
}

#[tokio::test]
async fn what_is_refused_afterwards_is_shown_again_with_what_was_typed() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let page = "/instructeur/dossiers/17606854/annotations";
    let preuve = cache(&site.lire(page, &instructeur).await.corps, "preuve");
    let champs = [
        ("page", page),
        ("preuve", preuve.as_str()),
        ("dossier", "17606854"),
        ("version", "7"),
        ("annotation", "Mon <texte>"),
    ];
    let refuse = site.poster("/api/instructeur/annoter", page, "", &champs).await;
    assert_eq!(refuse.statut, StatusCode::UNAUTHORIZED, "{}", refuse.corps);
    let attente = cache(&refuse.corps, "attente");
    let repris = se_connecter(&site, "instructeur", "demo", &attente).await;
    assert_eq!(repris.statut, StatusCode::CONFLICT, "{}", repris.corps);
    assert!(repris.corps.contains("Mon &lt;texte&gt;"));
    assert!(session(&repris).starts_with("session="));
}

#[tokio::test]
async fn nothing_is_kept_of_a_form_that_was_shown_to_nobody() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let preuve = cache(&site.lire(FIL, &usager).await.corps, "preuve");
    let altere = format!("{}00", &preuve[..preuve.len() - 2]);
    for faux in ["", "00", "é", altere.as_str()] {
        let refuse = envoyer(&site, faux, "Anonyme").await;
        assert_eq!(refuse.statut, StatusCode::UNAUTHORIZED);
        assert!(refuse.corps.contains("Votre session a expiré"), "{}", refuse.corps);
        assert!(!refuse.corps.contains("name=\"attente\""));
    }
    assert_eq!(attendent(&site).await, 0);
    // And of one account, no more than three.
    for rang in 0..5 {
        envoyer(&site, &preuve, &format!("{rang}")).await;
    }
    assert_eq!(attendent(&site).await, 3);
}
