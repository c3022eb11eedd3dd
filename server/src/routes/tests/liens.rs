//! What the links above the list of a démarche lead to, as plain pages and forms.

use super::*;
use backend::ouvriers;

const DEMARCHE: &str = "/instructeur/demarches/88454";

#[tokio::test]
async fn they_are_for_its_instructeurs_and_not_found_by_anybody_else() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    for page in ["instructeurs", "administrateurs", "brouillons", "exports"] {
        let sienne = site.lire(&format!("{DEMARCHE}/{page}"), &instructeur).await;
        assert_eq!(sienne.statut, StatusCode::OK, "{page}");
        for qui in ["usager", "laureen.ho"] {
            let cookie = site.entrer(qui).await;
            let celle = site.lire(&format!("{DEMARCHE}/{page}"), &cookie).await;
            let aucune = site.lire(&format!("/instructeur/demarches/99999/{page}"), &cookie).await;
            assert_eq!(celle.statut, StatusCode::NOT_FOUND, "{page} {qui}");
            assert_eq!(aucune.statut, StatusCode::NOT_FOUND);
        }
    }
    let equipe = site.lire(&format!("{DEMARCHE}/instructeurs"), &instructeur).await.corps;
    assert!(equipe.contains("href=\"mailto:instructeur@demo.example\""), "{equipe}");
    let gestion = site.lire(&format!("{DEMARCHE}/administrateurs"), &instructeur).await.corps;
    assert!(gestion.contains("href=\"mailto:admin@demo.example\""));
}

#[tokio::test]
async fn an_export_is_asked_for_made_and_fetched_by_plain_forms_and_by_nobody_else() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let page = format!("{DEMARCHE}/exports?q=Klok");
    let vue = site.lire(&page, &instructeur).await.corps;
    assert!(vue.contains("Recherche «\u{a0}Klok\u{a0}»"), "{vue}");
    let (cle, filtres) = (champ(&vue, "cle"), champ(&vue, "filtres"));
    assert_eq!(filtres, "?q=Klok");
    let champs = |format: &'static str| {
        [
            ("demarche", "88454"),
            ("format", format),
            ("filtres", filtres.as_str()),
            ("cle", cle.as_str()),
            ("page", page.as_str()),
        ]
    };
    let demander = "/api/instructeur/exports/demander";
    let fait = site.poster(demander, &page, &instructeur, &champs("csv")).await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, page.as_str()));
    let faux = site.poster(demander, &page, &instructeur, &champs("exe")).await;
    assert_eq!(faux.statut, StatusCode::NOT_FOUND);
    assert!(site.lire(&page, &instructeur).await.corps.contains("Il attend son tour."));
    assert_eq!(ouvriers::exports::tout_preparer(&site.contexte).await.unwrap(), 1);
    let vue = site.lire(&page, &instructeur).await.corps;
    let lien = format!("{DEMARCHE}/exports/1");
    assert!(vue.contains(&format!("href=\"{lien}\"")), "{vue}");
    let lu = site.lire(&lien, &instructeur).await;
    let direct = site.lire(&format!("{DEMARCHE}/export.csv?q=Klok"), &instructeur).await;
    assert_eq!((lu.statut, &lu.corps), (StatusCode::OK, &direct.corps));
    assert_eq!(
        lu.entetes[header::CONTENT_DISPOSITION],
        "attachment; filename=\"dossiers-88454.csv\""
    );
    assert_eq!(lu.entetes[header::CONTENT_LENGTH], lu.corps.len().to_string());
    for qui in ["usager", "admin", "laureen.ho"] {
        let cookie = site.entrer(qui).await;
        assert_eq!(site.lire(&lien, &cookie).await.statut, StatusCode::NOT_FOUND, "{qui}");
    }
    for autre in ["exports/2", "exports/x", "exports/1/"] {
        let aucun = site.lire(&format!("{DEMARCHE}/{autre}"), &instructeur).await;
        assert_eq!(aucun.statut, StatusCode::NOT_FOUND, "{autre}");
    }
    let champs = [("demarche", "88454"), ("export", "1"), ("page", page.as_str())];
    let supprimer = "/api/instructeur/exports/supprimer";
    let fait = site.poster(supprimer, &page, &instructeur, &champs).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER);
    assert_eq!(site.lire(&lien, &instructeur).await.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_to_drafts_that_is_refused_keeps_what_was_typed_and_one_sent_is_shown() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let page = format!("{DEMARCHE}/brouillons");
    let contacter = "/api/instructeur/contacter";
    let usager = site.entrer("jules.mercier").await;
    let commencer = [("demarche", "88454"), ("page", "/")];
    site.poster("/api/depot/commencer", "/", &usager, &commencer).await;
    let sans = "UPDATE dossiers SET supprime_le = '2024-05-01 10:00:00+00:00' WHERE usager = (SELECT id FROM comptes WHERE email = 'jules.mercier@demo.example')";
    site.contexte.base.lire().execute_unprepared(sans).await.unwrap();
    let vue = site.lire(&page, &instructeur).await.corps;
    assert!(vue.contains("1 personne est dans ce cas"), "{vue}");
    assert!(!vue.contains("jules"), "nobody is told who they are");
    let cle = champ(&vue, "cle");
    let long = format!("Mon <message>{}", "x".repeat(10_000));
    for (texte, attendu) in
        [("", "Ce champ doit être rempli"), (long.as_str(), "Mon &lt;message&gt;xxx")]
    {
        let champs =
            [("demarche", "88454"), ("corps", texte), ("cle", cle.as_str()), ("page", &page)];
        let refus = site.poster(contacter, &page, &instructeur, &champs).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refus.corps.contains(attendu), "{}", refus.corps);
    }
    let champs = [
        ("demarche", "88454"),
        ("corps", "Pensez <au> plan"),
        ("cle", cle.as_str()),
        ("page", &page),
    ];
    for _ in 0..2 {
        let fait = site.poster(contacter, &page, &instructeur, &champs).await;
        assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, page.as_str()));
    }
    let vue = site.lire(&page, &instructeur).await.corps;
    assert_eq!(vue.matches("Pensez &lt;au&gt; plan").count(), 1, "{vue}");
    assert!(vue.contains("En cours d'envoi à 1 personne"), "{vue}");
    let ailleurs = site.poster(contacter, &page, &usager, &champs).await;
    assert_eq!(ailleurs.statut, StatusCode::NOT_FOUND);
}
