//! « Avis externes » over HTTP: what a personal link opens, without an account, and what it never tells.

use super::dossiers::{ajouter_champ_prive, annoter, remplir};
use super::*;
use backend::mail::Expediteur;
use backend::taches;
use sea_orm::{ColumnTrait, QueryFilter};

const ONGLET: &str = "/instructeur/dossiers/17606854/avis";

async fn demander(site: &Site, instructeur: &str) {
    let champs = [
        ("dossier", "17606854"),
        ("email", "experte@exemple.org"),
        ("question", "Le projet est-il <b>viable</b>\u{a0}?"),
        ("cle", "k"),
        ("page", ONGLET),
    ];
    let reponse = site.poster("/api/instructeur/demander-avis", ONGLET, instructeur, &champs).await;
    assert_eq!(
        (reponse.statut, reponse.lieu()),
        (StatusCode::SEE_OTHER, ONGLET),
        "{}",
        reponse.corps
    );
}

/// The address of the personal link, as the mail brings it.
async fn lien(site: &Site) -> String {
    let expediteur = Expediteur::Local(site.contexte.base.clone());
    taches::faire_tout(&site.contexte, &expediteur).await.unwrap();
    let boite = site.lire("/boite-aux-lettres", "").await.corps;
    let (_, suite) = boite.split_once("http://site.test/avis/").expect("the mail is there");
    let jeton: String = suite.chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("/avis/{jeton}")
}

async fn repondre(site: &Site, lien: &str, reponse: &str) -> Reponse {
    let jeton = lien.trim_start_matches("/avis/");
    let champs = [("jeton", jeton), ("reponse", reponse), ("page", lien)];
    site.poster("/api/expert/repondre", lien, "", &champs).await
}

#[tokio::test]
async fn an_expert_answers_without_an_account_nor_a_script() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    let page = site.lire(&lien, "").await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("Le projet est-il &lt;b&gt;viable&lt;/b&gt;"));
    assert!(page.corps.contains("Conservatoire à rayonnement régional"), "what was filled in");
    assert!(page.corps.contains("noindex"));
    assert_eq!(page.entetes["referrer-policy"], "same-origin");
    assert_eq!(page.entetes["cache-control"], "no-store");

    let vide = repondre(&site, &lien, " ").await;
    assert_eq!(vide.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(vide.corps.contains("Ce champ doit être rempli."));
    let rendu = repondre(&site, &lien, "Favorable <i>sous réserve</i>").await;
    assert_eq!((rendu.statut, rendu.lieu()), (StatusCode::SEE_OTHER, lien.as_str()));
    assert!(site.lire(&lien, "").await.corps.contains("Modifier mon avis"));
    let onglet = site.lire(ONGLET, &instructeur).await.corps;
    assert!(onglet.contains("Favorable &lt;i&gt;sous réserve&lt;/i&gt;"));

    let clos = [("avis", "1"), ("page", ONGLET)];
    site.poster("/api/instructeur/clore-avis", ONGLET, &instructeur, &clos).await;
    assert_eq!(repondre(&site, &lien, "Trop tard").await.statut, StatusCode::CONFLICT);
    let page = site.lire(&lien, "").await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(!page.corps.contains("Conservatoire à rayonnement régional"));
}

#[tokio::test]
async fn an_expert_reads_no_private_annotation() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    annoter(&site, &instructeur, "0", "Zebrure 4711").await;
    let id = ajouter_champ_prive(&site, "texte_court", "Champ 4711").await;
    remplir(&site, &instructeur, &id, "0", "Valeur 4711").await;
    demander(&site, &instructeur).await;
    let page = site.lire(&lien(&site).await, "").await;
    assert!(page.corps.contains("Conservatoire à rayonnement régional"), "it was read");
    assert!(!page.corps.contains("4711"));
    let courriels = site.lire("/boite-aux-lettres", "").await.corps;
    assert!(courriels.contains("experte@exemple.org") && !courriels.contains("4711"));
}

#[tokio::test]
async fn a_link_that_opens_nothing_says_nothing_of_the_dossier() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    let revoque = [("avis", "1"), ("page", ONGLET)];
    site.poster("/api/instructeur/revoquer-avis", ONGLET, &instructeur, &revoque).await;
    let faux = format!("/avis/{}", "0".repeat(64));
    for adresse in [lien.as_str(), faux.as_str(), "/avis/x", "/avis/%27%20OR%201=1"] {
        for suite in ["", "/pieces-jointes/1"] {
            let page = site.lire(&format!("{adresse}{suite}"), "").await;
            assert_eq!(page.statut, StatusCode::NOT_FOUND, "{adresse}{suite}");
            for secret in ["17606854", "Intitulé démarche test", "viable", "klok"] {
                assert!(!page.corps.contains(secret), "{secret} in {adresse}{suite}");
            }
        }
    }
    assert_eq!(repondre(&site, &lien, "x").await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_usager_finds_no_trace_of_it() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    repondre(&site, &lien(&site).await, "Favorable").await;
    let usager = site.entrer("usager").await;
    assert_eq!(site.lire(ONGLET, &usager).await.statut, StatusCode::NOT_FOUND);
    for page in [
        "/dossiers",
        "/dossiers/17606854/resume",
        "/dossiers/17606854/demande",
        "/dossiers/17606854/messagerie",
    ] {
        let corps = site.lire(page, &usager).await.corps;
        for secret in ["experte@exemple.org", "viable", "Favorable"] {
            assert!(!corps.contains(secret), "{secret} in {page}");
        }
    }
    let usurpe = [("avis", "1"), ("page", "/dossiers")];
    for geste in ["relancer", "revoquer", "clore"] {
        let action = format!("/api/instructeur/{geste}-avis");
        let champs: Vec<_> = usurpe.iter().copied().chain([("relances", "0")]).collect();
        let reponse = site.poster(&action, "/dossiers", &usager, &champs).await;
        assert_eq!(reponse.statut, StatusCode::NOT_FOUND, "{geste}");
    }
}

#[tokio::test]
async fn the_token_of_a_link_is_never_logged() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let (journal, garde) = capturer();
    tracing::debug!("the log is listened to");
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    site.lire(&lien, "").await;
    repondre(&site, &lien, "Favorable").await;
    repondre(&site, &lien, "").await;
    site.lire(&format!("{lien}/pieces-jointes/1"), "").await;
    drop(garde);
    let dit = String::from_utf8_lossy(&journal.0.lock().unwrap()).into_owned();
    assert!(dit.contains("the log is listened to"));
    let jeton = lien.trim_start_matches("/avis/");
    assert!(
        !dit.contains(jeton),
        "{}",
        dit.lines().find(|l| l.contains(jeton)).unwrap_or_default()
    );
    assert!(!dit.contains("experte@exemple.org"));
}

#[tokio::test]
async fn a_dossier_given_to_another_groupe_leaves_the_list_and_a_refusal_keeps_what_was_typed() {
    let site = Site::ouvrir().await;
    let (admin, instructeur) = (site.entrer("admin").await, site.entrer("instructeur").await);
    let groupes = "/admin/demarches/88454/groupes";
    let champs = [("demarche", "88454"), ("nom_groupe", "Ardèche"), ("page", groupes)];
    site.poster("/api/admin/groupes/creer", groupes, &admin, &champs).await;
    let page = "/instructeur/dossiers/17606854/reaffectation";
    assert!(site.lire(page, &instructeur).await.corps.contains("ne peut pas être réaffecté"));
    let autre = groupe::Entity::find()
        .filter(groupe::Column::Nom.eq("Ardèche"))
        .one(site.contexte.base.lire())
        .await
        .unwrap()
        .expect("it was made")
        .id
        .to_string();
    let champs =
        [("groupe", autre.as_str()), ("email", "laureen.ho@demo.example"), ("page", groupes)];
    site.poster("/api/admin/groupes/instructeurs/ajouter", groupes, &admin, &champs).await;

    let sans_groupe =
        [("dossier", "17606854"), ("raison", "<Ardèche>"), ("cle", "k"), ("page", page)];
    let refus = site.poster("/api/instructeur/reaffecter", page, &instructeur, &sans_groupe).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", refus.corps);
    assert!(refus.corps.contains("Choisissez une des réponses proposées."));
    assert!(refus.corps.contains("&lt;Ardèche&gt;"));
    let champs: Vec<_> = sans_groupe.iter().copied().chain([("groupe", autre.as_str())]).collect();
    for _ in 0..2 {
        let fait = site.poster("/api/instructeur/reaffecter", page, &instructeur, &champs).await;
        assert_eq!(fait.lieu(), "/instructeur/demarches/88454?reaffecte=17606854");
    }
    assert_eq!(site.lire(page, &instructeur).await.statut, StatusCode::NOT_FOUND);
    let nouveau = site.entrer("laureen.ho").await;
    assert!(site.lire(page, &nouveau).await.corps.contains("&lt;Ardèche&gt;"));
}
