//! The personal link of a proposition over HTTP: what it opens without an account, and what it never tells.

use super::rempli::mirer;
use super::*;

const DOSSIER: &str = "/instructeur/dossiers/17606854/messagerie";

/// A proposition made for a dossier of another platform; gives its personal link.
async fn proposer(site: &Site) -> String {
    site.activer().await;
    let tom = site.entrer("instructeur").await;
    let champs = [
        ("dossier", "17606854"),
        ("complement", "Apportez <b>le plan</b>."),
        ("cle", "k"),
        ("page", DOSSIER),
    ];
    let fait = site.poster("/api/instructeur/proposer", DOSSIER, &tom, &champs).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{}", fait.corps);
    format!("/p/{}", mirer(site, 17_606_854).await)
}

#[tokio::test]
async fn whoever_holds_it_chooses_a_slot_then_sees_the_rendez_vous_without_an_account() {
    let site = Site::ouvrir().await;
    let lien = proposer(&site).await;
    let page = site.lire(&lien, "").await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("Un rendez-vous vous est proposé"), "{}", page.corps);
    assert!(page.corps.contains("href=\"http://127.0.0.1:4010/org/100/demarches-simplifiees\""));
    assert!(page.corps.contains("Apportez &lt;b&gt;le plan&lt;/b&gt;."));
    site.webhook("100", Some(SIGNATURE), CREE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let a_rattacher = "/instructeur/demarches/88454/rendez-vous/a-rattacher";
    let tom = site.entrer("instructeur").await;
    let rdv = champ(&site.lire(a_rattacher, &tom).await.corps, "rendez_vous");
    let champs = [("rendez_vous", rdv.as_str()), ("numero", "17606854"), ("page", a_rattacher)];
    site.poster("/api/instructeur/rattacher", a_rattacher, &tom, &champs).await;
    let page = site.lire(&lien, "").await.corps;
    for attendu in [
        "Votre prochain rendez-vous",
        "vendredi 7 juin 2024 à 15h30",
        "rejoindre la visioconférence",
        "Déplacer ou annuler ce rendez-vous",
        "Ajouter à mon agenda (.ics)",
    ] {
        assert!(page.contains(attendu), "{attendu}: {page}");
    }
    assert!(!page.contains("Choisir un créneau"));
    let (avant, _) = page.split_once("/rdv.ics\"").unwrap();
    let fichier = format!("{}/rdv.ics", avant.rsplit_once('"').unwrap().1);
    assert!(fichier.starts_with(&lien), "{fichier}");
    let lu = site.lire(&fichier, "").await;
    assert_eq!(lu.entetes[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    assert_eq!(lu.entetes[header::REFERRER_POLICY], "no-referrer");
    assert!(lu.corps.contains("BEGIN:VEVENT"));
}

#[tokio::test]
async fn it_is_told_to_nobody_and_one_that_is_nobodys_is_not_there() {
    let site = Site::ouvrir().await;
    let lien = proposer(&site).await;
    let inconnu = format!("/p/{}", "0".repeat(32));
    for (adresse, statut) in [(&lien, StatusCode::OK), (&inconnu, StatusCode::NOT_FOUND)] {
        let page = site.lire(adresse, "").await;
        assert_eq!(page.statut, statut);
        assert_eq!(page.entetes[header::REFERRER_POLICY], "no-referrer");
        assert_eq!(page.entetes["x-robots-tag"], "noindex, nofollow");
        assert_eq!(page.entetes[header::CACHE_CONTROL], "no-store");
    }
    let vers_l_inconnu = format!("{inconnu}/rendez-vous/1/rdv.ics");
    assert_eq!(site.lire(&vers_l_inconnu, "").await.statut, StatusCode::NOT_FOUND);
    // Neither its dossier nor anything else is opened by it.
    let page = site.lire("/dossiers/17606854", "").await;
    let se_connecter = "href=\"/connexion?retour=%2Fdossiers%2F17606854\"";
    assert!(page.corps.contains(se_connecter), "one has to sign in: {}", page.corps);
    let poste = site.poster(&lien, &lien, "", &[]).await;
    assert!(!poste.statut.is_success(), "{}", poste.statut);
}

#[tokio::test]
async fn its_secret_is_not_in_the_logs() {
    let (journal, _garde) = capturer();
    let site = Site::ouvrir().await;
    let lien = proposer(&site).await;
    site.lire(&lien, "").await;
    site.lire(&format!("{lien}/rendez-vous/1/rdv.ics"), "").await;
    let journal = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    assert!(journal.contains("/p/{secret}"), "the logs were captured: {journal}");
    assert!(!journal.contains(lien.trim_start_matches("/p/")), "{journal}");
}
