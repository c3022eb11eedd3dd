//! Accounts and invitations, by the plain forms of a browser without JavaScript.

use super::Site;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use backend::courriels::{Expediteur, boite};
use backend::ouvriers;
use std::net::SocketAddr;

pub(super) const DOSSIER: &str = "/dossiers/17606854/resume";

impl Site {
    /// The text of the latest mail to an address.
    pub(super) async fn courriel(&self, a: &str) -> String {
        let base = &self.contexte.base;
        let expediteur = Expediteur::Local(base.clone());
        ouvriers::courriels::tout_envoyer(&self.contexte, &expediteur).await.unwrap();
        let boite = boite::lire(base).await.unwrap();
        boite.into_iter().find(|courriel| courriel.destinataire == a).unwrap().texte
    }

    pub(super) async fn inviter(&self, usager: &str, email: &str) -> StatusCode {
        let champs = [("dossier", "17606854"), ("email", email), ("page", DOSSIER)];
        self.poster("/api/usager/inviter", DOSSIER, usager, &champs).await.statut
    }
}

#[tokio::test]
async fn an_account_is_opened_with_plain_forms() {
    let site = Site::ouvrir().await;
    let page = "/creer-un-compte?retour=%2Fcommencer%2F88454";
    assert!(site.lire(page, "").await.corps.contains(r#"name="retour" value="/commencer/88454""#));
    let demander = async |email: &str| {
        let champs = [("email", email), ("retour", "/commencer/88454"), ("page", page)];
        site.poster("/api/compte/demander", page, "", &champs).await
    };
    let faux = demander("nouvelle").await;
    assert_eq!(faux.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faux.corps.contains("pas valide") && faux.corps.contains(r#"value="nouvelle""#));
    // The same answer for an address that has an account and for one that has none.
    for email in ["usager@demo.example", "nouvelle@exemple.fr"] {
        let reponse = demander(email).await;
        assert_eq!(
            (reponse.statut, reponse.lieu()),
            (StatusCode::SEE_OTHER, "/compte/message-envoye")
        );
    }
    let texte = site.courriel("nouvelle@exemple.fr").await;
    let lien = texte.lines().find_map(|l| l.strip_prefix("http://site.test")).unwrap().to_owned();
    let jeton = lien.rsplit('/').next().unwrap().to_owned();
    let vue = site.lire(&lien, "").await;
    assert_eq!(vue.statut, StatusCode::OK);
    assert!(vue.corps.contains("Créer votre compte") && vue.corps.contains("nouvelle@exemple.fr"));
    let choisir = async |mot_de_passe: &str| {
        let champs = [("jeton", jeton.as_str()), ("password", mot_de_passe)];
        site.poster("/compte/mot-de-passe", &lien, "", &champs).await
    };
    let court = choisir("onze signes").await;
    assert_eq!(court.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(court.corps.contains("au moins 12 caractères. Il en compte 11."));
    assert!(!court.corps.contains("onze signes"), "a secret is never shown again");
    let facile = choisir("motdepasse1234").await;
    assert_eq!(facile.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(facile.corps.contains("trop facile à deviner"), "{}", facile.corps);
    let entree = choisir("quatre mots sans rapport").await;
    assert_eq!((entree.statut, entree.lieu()), (StatusCode::SEE_OTHER, "/commencer/88454"));
    let cookie = entree.entetes[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();
    assert!(site.lire("/dossiers", cookie).await.corps.contains("nouvelle@exemple.fr"));
    let encore = choisir("quatre mots sans rapport").await;
    assert_eq!(encore.statut, StatusCode::GONE);
    let perime = site.lire(&lien, "").await;
    assert_eq!(perime.statut, StatusCode::GONE);
    assert!(perime.corps.contains("/mot-de-passe-oublie"));
}

#[tokio::test]
async fn somebody_is_invited_and_the_invitation_withdrawn_with_plain_forms() {
    let site = Site::ouvrir().await;
    let (usager, jules) = (site.entrer("usager").await, site.entrer("jules.mercier").await);
    let attestation = "/dossiers/17606854/attestation.pdf";
    let inconnu = site.lire(attestation, "").await;
    assert_eq!(inconnu.lieu(), format!("/connexion?retour={attestation}"));
    assert_eq!(site.lire(attestation, &jules).await.statut, StatusCode::NOT_FOUND);
    assert_eq!(site.inviter(&usager, "pas lui").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.inviter(&usager, "jules.mercier@demo.example").await, StatusCode::SEE_OTHER);
    let texte = site.courriel("jules.mercier@demo.example").await;
    assert!(texte.contains("http://site.test/dossiers/17606854/demande"), "{texte}");
    let montree = site.lire("/dossiers/17606854/demande", &jules).await;
    assert_eq!(montree.statut, StatusCode::OK);
    assert!(montree.corps.contains("Vous êtes invité(e) à modifier ce dossier"));
    assert!(!montree.corps.contains("Inviter une personne à modifier ce dossier"));
    let pdf = site.lire(attestation, &jules).await;
    assert_eq!(pdf.entetes[header::CONTENT_TYPE], "application/pdf");
    assert!(pdf.corps.starts_with("%PDF-"));
    let liste = site.lire("/dossiers?onglet=invites", &jules).await.corps;
    assert!(liste.contains("dossier invité") && liste.contains("/dossiers/17606854"));
    let page = site.lire("/dossiers/17606854/resume", &usager).await.corps;
    assert!(page.contains("jules.mercier@demo.example"));

    let champs = [("invite", "1"), ("page", DOSSIER)];
    let refuse = site.poster("/api/usager/invites/retirer", DOSSIER, &jules, &champs).await;
    assert_eq!(refuse.statut, StatusCode::NOT_FOUND);
    let retire = site.poster("/api/usager/invites/retirer", DOSSIER, &usager, &champs).await;
    assert_eq!(retire.statut, StatusCode::SEE_OTHER);
    for chemin in ["/dossiers/17606854/demande", "/dossiers/17606854/modifier", attestation] {
        assert_eq!(site.lire(chemin, &jules).await.statut, StatusCode::NOT_FOUND, "{chemin}");
    }
}

#[tokio::test]
async fn a_form_taken_without_javascript_is_confirmed_once_on_the_page_it_comes_back_to() {
    let site = Site::ouvrir().await;
    let admin = site.entrer("admin").await;
    let page = "/admin/demarches/88454/presentation";
    let montree = site.lire(page, &admin).await.corps;
    let (_, suite) = montree.split_once(r#"name="version" value=""#).unwrap();
    let version = suite.split('"').next().unwrap().to_owned();
    let enregistrer = async |titre: &str, version: &str| {
        let champs = [
            ("demarche", "88454"),
            ("titre", titre),
            ("description", "Pour qui"),
            ("version", version),
            ("page", page),
        ];
        site.poster("/api/admin/presentation/enregistrer", page, &admin, &champs).await
    };
    let pris = enregistrer("Premier titre", &version).await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, page));
    let fait = pris.entetes[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap();
    let apres = site.lire(page, &format!("{admin}; {fait}")).await;
    assert!(apres.corps.contains("La présentation est enregistrée."));
    let efface = apres.entetes[header::SET_COOKIE].to_str().unwrap();
    assert!(efface.starts_with("fait=;") && efface.contains("Max-Age=0"), "{efface}");
    assert!(!site.lire(page, &admin).await.corps.contains("La présentation est enregistrée."));

    // Somebody whose page is older: told, with what they typed and what is saved now.
    let perime = enregistrer("Second titre", &version).await;
    assert_eq!(perime.statut, StatusCode::CONFLICT);
    assert!(perime.corps.contains("Une autre personne a enregistré"));
    assert!(perime.corps.contains(r#"value="Second titre""#));
    assert!(perime.corps.contains("Valeurs actuelles") && perime.corps.contains("Premier titre"));
    let (_, suite) = perime.corps.split_once(r#"name="version" value=""#).unwrap();
    let nouvelle = suite.split('"').next().unwrap();
    assert_eq!(enregistrer("Second titre", nouvelle).await.statut, StatusCode::SEE_OTHER);
}

impl Site {
    /// Signs in from somewhere, through the proxy of this machine.
    async fn entrer_de(&self, reseau: &str, email: &str, mot_de_passe: &str) -> super::Reponse {
        let corps = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("email", email), ("password", mot_de_passe)])
            .finish();
        let mut requete = Request::post("/connexion")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", reseau)
            .body(Body::from(corps))
            .unwrap();
        let pair: SocketAddr = "127.0.0.1:4321".parse().unwrap();
        requete.extensions_mut().insert(ConnectInfo(pair));
        self.demander(requete).await
    }
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_by_network_and_the_page_says_when_to_try_again() {
    let site = Site::ouvrir().await;
    let (ici, la) = ("192.0.2.1", "192.0.2.2");
    let mut statuts = Vec::new();
    let refuse = loop {
        let reponse = site.entrer_de(ici, "usager@demo.example", "faux").await;
        statuts.push(reponse.statut);
        if reponse.statut != StatusCode::UNAUTHORIZED {
            break reponse;
        }
        assert!(statuts.len() < 50, "never slowed down");
    };
    assert_eq!(refuse.statut, StatusCode::TOO_MANY_REQUESTS);
    let attente: u32 = refuse.entetes[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&attente), "{attente}");
    assert!(refuse.corps.contains("Réessayez dans "), "{}", refuse.corps);
    assert!(refuse.corps.contains(r#"value="usager@demo.example""#), "what was typed is kept");
    // An address that has no account is answered the same.
    let inconnue = loop {
        let reponse = site.entrer_de("192.0.2.3", "personne@demo.example", "faux").await;
        if reponse.statut != StatusCode::UNAUTHORIZED {
            break reponse;
        }
    };
    assert_eq!(inconnue.statut, StatusCode::TOO_MANY_REQUESTS);
    // Its owner comes in from elsewhere, and is known there from then on.
    let entree = site.entrer_de(la, "usager@demo.example", "demo").await;
    assert_eq!(entree.statut, StatusCode::SEE_OTHER);
    let cookies: Vec<&str> =
        entree.entetes.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|c| c.starts_with("appareil=")
        && c.contains("HttpOnly")
        && c.contains("Path=/connexion")));
}
