//! The files and the feeds that calendars take.

use super::{CREE, Reponse, SIGNATURE, Site, capturer, champ};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use backend::rendez_vous::arrivee::inbox;

const ONGLET: &str = "/dossiers/17606854/rendez-vous";
const PLANNING: &str = "/instructeur/demarches/88454/rendez-vous";
const PAGE: &str = "/abonnement";
const PAGE_DEMARCHE: &str = "/abonnement/demarches/88454";

/// A rendez-vous of the platform, attached to the usager's dossier.
async fn avec_un_rendez_vous() -> Site {
    let site = Site::ouvrir().await;
    site.activer().await;
    site.webhook("100", Some(SIGNATURE), CREE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let a_rattacher = "/instructeur/demarches/88454/rendez-vous/a-rattacher";
    let tom = site.entrer("instructeur").await;
    let rdv = champ(&site.lire(a_rattacher, &tom).await.corps, "rendez_vous");
    let champs = [("rendez_vous", rdv.as_str()), ("numero", "17606854"), ("page", a_rattacher)];
    let fait = site.poster("/api/instructeur/rattacher", a_rattacher, &tom, &champs).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER);
    site
}

/// Where « Ajouter à mon agenda (.ics) » of a page leads.
fn lien(page: &Reponse) -> String {
    assert!(page.corps.contains("Ajouter à mon agenda (.ics)"), "{}", page.corps);
    let avant = page.corps.split_once("/rdv.ics\"").unwrap().0;
    format!("{}/rdv.ics", avant.rsplit_once('"').unwrap().1)
}

#[tokio::test]
async fn the_file_is_saved_by_those_who_see_the_rendez_vous_and_is_not_there_for_others() {
    let site = avec_un_rendez_vous().await;
    let (usager, tom) = (site.entrer("usager").await, site.entrer("instructeur").await);
    let (mut sien, mut suivi) = (String::new(), String::new());
    for page in [ONGLET, "/dossiers", "/dossiers/17606854/resume", "/dossiers/17606854/messagerie"]
    {
        sien = lien(&site.lire(page, &usager).await);
        assert!(sien.starts_with("/dossiers/17606854/rendez-vous/"), "{page}: {sien}");
    }
    for page in [PLANNING, "/instructeur/dossiers/17606854/messagerie"] {
        suivi = lien(&site.lire(page, &tom).await);
        assert!(suivi.starts_with("/instructeur/dossiers/17606854/rendez-vous/"), "{suivi}");
    }
    for (adresse, cookie) in [(&sien, &usager), (&suivi, &tom)] {
        let lu = site.lire(adresse, cookie).await;
        assert_eq!(lu.statut, StatusCode::OK);
        assert_eq!(lu.entetes[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        let nom = lu.entetes[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(nom, "attachment; filename=\"rdv-2024-06-07.ics\"");
        assert!(lu.corps.contains("UID:6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11\r\n"));
        assert!(lu.corps.contains("ORGANIZER:mailto:secretariat@rdv.exemple"), "{}", lu.corps);
    }
    let inconnu = sien.replace("/rendez-vous/", "/rendez-vous/9");
    let autre_dossier = sien.replace("17606854", "18051790");
    let admin = site.entrer("admin").await;
    let mut refus = Vec::new();
    for (adresse, cookie) in [
        (&suivi, &usager),
        (&sien, &tom),
        (&sien, &admin),
        (&suivi, &admin),
        (&inconnu, &usager),
        (&autre_dossier, &usager),
        (&"/dossiers/17606854/rendez-vous/x/rdv.ics".to_owned(), &usager),
    ] {
        let lu = site.lire(adresse, cookie).await;
        assert_eq!(lu.statut, StatusCode::NOT_FOUND, "{adresse}");
        assert!(!lu.corps.contains("VCALENDAR"));
        refus.push(lu.entetes.get(header::CONTENT_TYPE).cloned());
    }
    assert!(refus.iter().all(|genre| *genre == refus[0]), "told apart: {refus:?}");
    let personne = site.lire(&sien, "").await;
    assert_ne!(personne.statut, StatusCode::OK);
}

/// The cookies that an answer leaves.
fn poses(reponse: &Reponse) -> Vec<&str> {
    let poses = reponse.entetes.get_all(header::SET_COOKIE).iter();
    poses.map(|pose| pose.to_str().unwrap()).collect()
}

/// Creates the address of a feed as a browser without JavaScript does; gives it as the page shows it.
async fn creer(site: &Site, cookie: &str, page: &str, champs: &[(&str, &str)]) -> String {
    let fait = site.poster("/api/abonnement/creer", page, cookie, champs).await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, page), "{}", fait.corps);
    let garde = poses(&fait).into_iter().find(|pose| pose.starts_with("abonnement=")).unwrap();
    assert!(garde.contains("HttpOnly") && garde.contains("SameSite=Lax"), "{garde}");
    assert!(garde.contains("Path=/abonnement"), "{garde}");
    let garde = garde.split(';').next().unwrap();
    let montree = site.lire(page, &format!("{cookie}; {garde}")).await;
    let adresse = montree.corps.split("value=\"http://site.test/agenda/").nth(1).unwrap();
    let secret = adresse.split(".ics\"").next().unwrap().to_owned();
    assert_eq!(secret.len(), 32);
    assert!(montree.corps.contains(&format!("href=\"webcal://site.test/agenda/{secret}.ics\"")));
    assert!(montree.corps.contains("readonly"));
    assert!(poses(&montree).iter().any(|pose| pose.starts_with("abonnement=;")), "shown once");
    assert!(!site.lire(page, cookie).await.corps.contains(&secret));
    secret
}

#[tokio::test]
async fn an_usager_subscribes_without_a_script_changes_the_address_and_deletes_it() {
    let site = avec_un_rendez_vous().await;
    let usager = site.entrer("usager").await;
    assert!(site.lire(ONGLET, &usager).await.corps.contains("href=\"/abonnement\""));
    let page = site.lire(PAGE, &usager).await.corps;
    assert!(page.contains("plusieurs heures après") && page.contains("Créer l'adresse"));
    assert!(!page.contains("en double"), "the platform has no feed for usagers");
    let secret = creer(&site, &usager, PAGE, &[]).await;
    let adresse = format!("/agenda/{secret}.ics");
    let lu = site.lire(&adresse, "").await;
    assert_eq!(lu.statut, StatusCode::OK);
    assert!(lu.corps.contains("UID:6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11\r\n"), "{}", lu.corps);
    assert!(!lu.corps.contains("ORGANIZER"));
    for (nom, valeur) in [
        ("content-type", "text/calendar; charset=utf-8"),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(lu.entetes[nom], valeur);
    }
    for absent in ["etag", "last-modified", "content-disposition", "set-cookie"] {
        assert!(!lu.entetes.contains_key(absent), "{absent}");
    }
    // Whatever a reader says that it has.
    let requete = Request::get(&adresse)
        .header(header::IF_NONE_MATCH, "*")
        .header(header::IF_MODIFIED_SINCE, "Mon, 27 May 2030 10:00:00 GMT");
    let encore = site.demander(requete.body(Body::empty()).unwrap()).await;
    assert_eq!((encore.statut, &encore.corps), (StatusCode::OK, &lu.corps));
    let requete = Request::builder().method(Method::HEAD).uri(&adresse);
    let tete = site.demander(requete.body(Body::empty()).unwrap()).await;
    assert_eq!((tete.statut, tete.corps.as_str()), (StatusCode::OK, ""));
    assert_eq!(tete.entetes["content-type"], "text/calendar; charset=utf-8");

    assert!(site.lire(PAGE, &usager).await.corps.contains("lue pour la dernière fois"));
    let neuf = creer(&site, &usager, PAGE, &[]).await;
    assert_eq!(site.lire(&adresse, "").await.statut, StatusCode::NOT_FOUND);
    let fait = site.poster("/api/abonnement/supprimer", PAGE, &usager, &[]).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER);
    let partie = site.lire(&format!("/agenda/{neuf}.ics"), "").await;
    let inconnue = site.lire(&format!("/agenda/{}.ics", "0".repeat(32)), "").await;
    for autre in [
        &partie,
        &site.lire("/agenda/x", "").await,
        &site.lire(&format!("/agenda/{neuf}"), "").await,
    ] {
        assert_eq!(autre.statut, StatusCode::NOT_FOUND);
        assert_eq!(autre.corps, inconnue.corps, "told apart");
        let entetes = |reponse: &Reponse| {
            let mut entetes = reponse.entetes.clone();
            entetes.remove("x-request-id");
            entetes
        };
        assert_eq!(entetes(autre), entetes(&inconnue), "told apart");
    }
}

#[tokio::test]
async fn an_instructeur_is_told_why_there_is_no_feed_and_has_one_without_the_usager() {
    let site = avec_un_rendez_vous().await;
    let tom = site.entrer("instructeur").await;
    let lien = format!("href=\"{PAGE_DEMARCHE}\"");
    assert!(site.lire(PLANNING, &tom).await.corps.contains(&lien));
    let page = site.lire(PAGE_DEMARCHE, &tom).await.corps;
    assert!(page.contains("en double") && page.contains("RDV Service Public"));
    let usager = site.entrer("usager").await;
    assert_eq!(site.lire(PAGE_DEMARCHE, &usager).await.statut, StatusCode::NOT_FOUND);
    let champs = [("demarche", "88454")];
    let refus = site.poster("/api/abonnement/creer", PAGE_DEMARCHE, &usager, &champs).await;
    assert_eq!(refus.statut, StatusCode::NOT_FOUND);
    let secret = creer(&site, &tom, PAGE_DEMARCHE, &champs).await;
    let lu = site.lire(&format!("/agenda/{secret}.ics"), "").await.corps;
    let deplie = lu.replace("\r\n ", "");
    assert!(deplie.contains("/instructeur/dossiers/17606854/messagerie"), "{deplie}");
    for personnel in ["MARTIN", "Camille", "KLOK", "@"] {
        assert!(!deplie.contains(personnel), "{personnel} in {deplie}");
    }
    // One of their own, as somebody who also files dossiers, is another.
    let sien = creer(&site, &tom, PAGE, &[]).await;
    assert!(!site.lire(&format!("/agenda/{sien}.ics"), "").await.corps.contains("VEVENT"));
    assert!(site.lire(&format!("/agenda/{secret}.ics"), "").await.corps.contains("VEVENT"));
}

#[tokio::test]
async fn the_secret_of_a_feed_is_in_no_log() {
    let (journal, _garde) = capturer();
    let site = avec_un_rendez_vous().await;
    let usager = site.entrer("usager").await;
    let secret = creer(&site, &usager, PAGE, &[]).await;
    site.lire(&format!("/agenda/{secret}.ics"), "").await;
    site.lire(&format!("/agenda/{secret}"), "").await;
    site.poster(&format!("/agenda/{secret}.ics"), PAGE, "", &[]).await;
    let journal = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    assert!(journal.contains("/agenda/{fichier}"), "the logs were captured");
    assert!(!journal.contains(&secret));
}
