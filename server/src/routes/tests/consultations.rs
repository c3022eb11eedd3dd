//! Who looked at which dossier, as pages and downloads note it and as the administrateur reads it.

use super::Site;
use axum::http::StatusCode;
use backend::dossier::consultations::{chaine, ecriture};

const PAGE: &str = "/admin/demarches/88454/consultations";

#[tokio::test]
async fn what_an_instructeur_opens_is_read_by_the_administrateur_alone() {
    let site = Site::ouvrir().await;
    let (tom, usager) = (site.entrer("instructeur").await, site.entrer("usager").await);
    for page in ["messagerie", "demande", "messagerie", "dossier.pdf", "dossier.zip"] {
        let lue = site.lire(&format!("/instructeur/dossiers/17606854/{page}"), &tom).await;
        assert_eq!(lue.statut, StatusCode::OK, "{page}");
    }
    // What is one's own, what is refused, and lists are not in it.
    site.lire("/dossiers/17606854/demande", &usager).await;
    site.lire("/instructeur/dossiers/17606854/demande", &usager).await;
    site.lire("/instructeur/demarches/88454", &tom).await;
    let (contexte, t) = (&site.contexte, site.contexte.horloge.maintenant());
    let tampon = &contexte.acces.consultations;
    let ecrites = ecriture::tout_ecrire(&contexte.base, tampon, t).await.unwrap();
    assert_eq!(ecrites, 3, "the page once, the PDF, the archive");
    assert_eq!(chaine::verifier(contexte.base.lire()).await.unwrap().rompue, None);

    let admin = site.entrer("admin").await;
    let lue = site.lire(PAGE, &admin).await;
    assert_eq!(lue.statut, StatusCode::OK);
    assert!(lue.corps.contains("Page du dossier"));
    assert!(lue.corps.contains("instructeur@demo.example") && lue.corps.contains("17606854"));
    let filtree = site.lire(&format!("{PAGE}?dossier=1&personne="), &admin).await.corps;
    assert!(filtree.contains("Aucune consultation") && filtree.contains(r#"value="1""#));
    let tableau = site.lire(&format!("{PAGE}.csv?personne=instructeur@demo.example"), &admin).await;
    assert_eq!(tableau.corps.lines().count(), 4, "{}", tableau.corps);
    assert!(tableau.corps.contains("Archive du dossier"));
    for qui in [&tom, &usager] {
        assert_eq!(site.lire(PAGE, qui).await.statut, StatusCode::NOT_FOUND);
        let tableau = site.lire(&format!("{PAGE}.csv"), qui).await;
        assert_eq!(tableau.statut, StatusCode::NOT_FOUND);
        assert!(!tableau.corps.contains("Archive du dossier"));
    }
}

#[tokio::test]
async fn all_that_is_kept_about_somebody_is_an_archive_for_them_alone() {
    let site = Site::ouvrir().await;
    let page = "/mon-compte/mes-donnees.zip";
    assert!(site.lire(page, "").await.lieu().starts_with("/connexion"));
    let usager = site.entrer("usager").await;
    assert!(site.lire("/mon-compte", &usager).await.corps.contains(page));
    let archive = site.lire(page, &usager).await;
    assert_eq!(archive.statut, StatusCode::OK);
    // What is in it is not compressed.
    for dit in ["mes-donnees/compte.json", "usager@demo.example", "dossier-17606854.pdf"] {
        assert!(archive.corps.contains(dit), "{dit}");
    }
    let tom = site.entrer("instructeur").await;
    let autre = site.lire(page, &tom).await.corps;
    assert!(autre.contains("instructeur@demo.example") && !autre.contains("17606854.pdf"));
}

#[tokio::test]
async fn an_account_is_erased_once_its_owner_is_sure_of_it() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let effacer = async |certitude: &str| {
        let champs = [("certitude", certitude), ("page", "/mon-compte")];
        site.poster("/api/mon-compte/effacer", "/mon-compte", &usager, &champs).await
    };
    let doute = effacer("oui").await;
    assert_eq!(doute.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        doute.corps.contains("telle qu'elle est écrite")
            || doute.corps.contains("écrite au-dessus")
    );
    let fait = effacer(" Usager@Demo.example ").await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, "/compte/efface"));
    assert!(site.lire("/dossiers", &usager).await.lieu().starts_with("/connexion"));
    let texte = site.courriel("usager@demo.example").await;
    assert!(texte.contains("votre compte usager@demo.example"), "{texte}");
    // The dossier is the administration's.
    let tom = site.entrer("instructeur").await;
    let dossier = site.lire("/instructeur/dossiers/17606854/demande", &tom).await;
    assert_eq!(dossier.statut, StatusCode::OK);
    assert!(!dossier.corps.contains("usager@demo.example"));
}
