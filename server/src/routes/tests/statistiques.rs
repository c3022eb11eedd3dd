//! « statistiques » of a démarche, and what is set for propositions that nobody answers, as plain pages and files.

use super::*;

const PAGE: &str = "/instructeur/demarches/88454/statistiques";

#[tokio::test]
async fn the_page_and_its_table_say_the_same_numbers_to_those_who_examine() {
    let site = Site::ouvrir().await;
    site.activer().await;
    let tom = site.entrer("instructeur").await;
    let messagerie = "/instructeur/dossiers/17606854/messagerie";
    let champs = [("dossier", "17606854"), ("complement", ""), ("cle", "k")];
    site.poster("/api/instructeur/proposer", messagerie, &tom, &champs).await;
    let page = site.lire(PAGE, &tom).await;
    assert_eq!(page.statut, StatusCode::OK);
    for attendu in [
        "Seuls les dossiers de vos groupes",
        "<th scope=\"row\">mai 2024<",
        "<caption>Propositions par mois<",
        "statistiques.csv?du=2023-06&amp;au=2024-05",
        "value=\"2024-05\"",
    ] {
        assert!(page.corps.contains(attendu), "{attendu} in\n{}", page.corps);
    }
    let csv = site.lire(&format!("{PAGE}.csv?du=2024-05&au=2024-05"), &tom).await;
    assert_eq!(csv.statut, StatusCode::OK);
    assert_eq!(csv.entetes[header::CONTENT_TYPE], "text/csv; charset=utf-8; header=present");
    let nom = "attachment; filename=\"statistiques-88454.csv\"";
    assert_eq!(csv.entetes[header::CONTENT_DISPOSITION], nom);
    let lignes: Vec<&str> = csv.corps.lines().collect();
    assert!(
        lignes[0].starts_with("\u{feff}Tableau;Ligne;Propositions;Réservées;"),
        "{}",
        lignes[0]
    );
    assert_eq!(lignes[1], "Ensemble;2024-05 à 2024-05;1;0;0\u{a0}%;1;0;0;0;0;0;0;;");
    assert_eq!(lignes[2], "Par mois;2024-05;1;0;0\u{a0}%;1;0;0;0;0;0;0;;");
}

#[tokio::test]
async fn to_others_neither_exists() {
    let site = Site::ouvrir().await;
    for adresse in [PAGE.to_owned(), format!("{PAGE}.csv")] {
        for qui in ["usager", "admin"] {
            let cookie = site.entrer(qui).await;
            let lue = site.lire(&adresse, &cookie).await;
            assert_eq!(lue.statut, StatusCode::NOT_FOUND, "{adresse} of {qui}");
            let inconnue = adresse.replace("88454", "99999");
            assert_eq!(site.lire(&inconnue, &cookie).await.statut, StatusCode::NOT_FOUND);
            assert!(!lue.corps.contains("Propositions;"), "{}", lue.corps);
        }
        let lue = site.lire(&adresse, "").await;
        assert!(lue.lieu().starts_with("/connexion?retour="), "{adresse}");
        let tom = site.entrer("instructeur").await;
        let inconnue = site.lire(&adresse.replace("88454", "99999"), &tom).await;
        assert_eq!(inconnue.statut, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn reminders_are_set_by_a_plain_form_that_says_what_it_can_not_take() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let page = "/admin/demarches/88454/rdv";
    let poster = async |premiere: &str, seconde: &str, fin: &str| {
        let champs = [
            ("demarche", "88454"),
            ("premiere_relance", premiere),
            ("seconde_relance", seconde),
            ("sans_reponse", fin),
            ("page", page),
        ];
        site.poster("/api/admin/rdv/relances", page, &admin, &champs).await
    };
    let refus = poster("5", "6", "30").await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    for attendu in ["de 7 à 365", "value=\"5\"", "value=\"6\"", "id=\"seconde-relance-erreur\""] {
        assert!(refus.corps.contains(attendu), "{attendu} in\n{}", refus.corps);
    }
    let pris = poster("5", "", "30").await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, page));
    let lue = site.lire(page, &admin).await.corps;
    let valeur = |nom: &str| {
        let (_, champ) = lue.split_once(&format!("name=\"{nom}\"")).unwrap();
        champ.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    assert_eq!(
        ["premiere_relance", "seconde_relance", "sans_reponse"].map(valeur),
        ["5", "", "30"]
    );
}

#[tokio::test]
async fn the_list_keeps_the_number_of_days_in_its_address_its_form_and_its_export() {
    let site = Site::ouvrir().await;
    let tom = site.entrer("instructeur").await;
    let liste = "/instructeur/demarches/88454?propose-depuis=3&tag=sans-reponse";
    let lue = site.lire(liste, &tom).await;
    assert_eq!(lue.statut, StatusCode::OK);
    for attendu in
        ["name=\"propose-depuis\"", "value=\"3\"", "<option value=\"sans-reponse\" selected"]
    {
        assert!(lue.corps.contains(attendu), "{attendu} in\n{}", lue.corps);
    }
    let export = site.lire(&liste.replace('?', "/export.csv?"), &tom).await;
    assert_eq!(export.corps.lines().count(), 1, "{}", export.corps);
}
