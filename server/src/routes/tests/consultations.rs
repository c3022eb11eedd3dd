//! Who looked at which dossier, as pages and downloads note it and as the administrateur reads it.

use super::Site;
use axum::http::StatusCode;
use backend::dossier::consultations::{chaine, ecriture};
use backend::ouvriers;
use backend::tables::session;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;

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
    let (page, zip) = ("/mon-compte/mes-donnees", "/mon-compte/mes-donnees.zip");
    for adresse in [page, zip] {
        assert!(site.lire(adresse, "").await.lieu().starts_with("/connexion"));
    }
    let usager = site.entrer("usager").await;
    assert!(site.lire("/mon-compte", &usager).await.corps.contains(page));
    assert_eq!(site.lire(zip, &usager).await.statut, StatusCode::NOT_FOUND, "asked for first");
    let vide = site.lire(page, &usager).await.corps;
    assert!(vide.contains("Préparer l'archive") && !vide.contains(zip));
    let champs = [("cle", "k"), ("page", page)];
    let demandee =
        site.poster("/api/mon-compte/mes-donnees/demander", page, &usager, &champs).await;
    assert_eq!((demandee.statut, demandee.lieu()), (StatusCode::SEE_OTHER, page));
    let attend = site.lire(page, &usager).await.corps;
    assert!(attend.contains("Elle attend son tour.") && attend.contains("Actualiser cette page"));
    ouvriers::exports::tout_preparer(&site.contexte).await.unwrap();
    let prete = site.lire(page, &usager).await.corps;
    assert!(prete.contains(zip) && prete.contains("Préparer une nouvelle archive"));
    let archive = site.lire(zip, &usager).await;
    assert_eq!(archive.statut, StatusCode::OK);
    let taille: usize = archive.entetes["content-length"].to_str().unwrap().parse().unwrap();
    assert!(taille > 1_000);
    // What is in it is not compressed.
    for dit in ["mes-donnees/compte.json", "usager@demo.example", "dossier-17606854.pdf"] {
        assert!(archive.corps.contains(dit), "{dit}");
    }
    let tom = site.entrer("instructeur").await;
    assert_eq!(site.lire(zip, &tom).await.statut, StatusCode::NOT_FOUND);
    assert!(site.lire(page, &tom).await.corps.contains("Préparer l'archive"));
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

#[tokio::test]
async fn what_changes_how_an_account_is_opened_asks_for_its_password_again_after_ten_minutes() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let fraiche = site.lire("/mon-compte", &usager).await.corps;
    assert!(fraiche.contains("Recopiez l'adresse") && !fraiche.contains("/mon-compte/preuve"));
    let avant = site.contexte.horloge.maintenant() - chrono::Duration::minutes(11);
    session::Entity::update_many()
        .col_expr(session::Column::CreeLe, Expr::value(avant))
        .exec(site.contexte.base.lire())
        .await
        .unwrap();
    let page = site.lire("/mon-compte", &usager).await.corps;
    assert!(page.contains("/mon-compte/preuve?retour=") && !page.contains("Recopiez l'adresse"));
    // A form that was shown before is refused, and says where to go.
    let champs = [("certitude", "usager@demo.example"), ("page", "/mon-compte")];
    let refus = site.poster("/api/mon-compte/effacer", "/mon-compte", &usager, &champs).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
    assert!(refus.corps.contains("il y a plus de dix minutes"), "{}", refus.corps);
    assert!(refus.corps.contains("Confirmer que c'est moi"));

    let preuve = "/mon-compte/preuve";
    let demande = site.lire(&format!("{preuve}?retour=%2Fmon-compte%23effacer"), &usager).await;
    assert!(demande.corps.contains(r#"value="/mon-compte#effacer""#), "{}", demande.corps);
    let donner = async |mot_de_passe: &str| {
        let champs = [("password", mot_de_passe), ("retour", "/mon-compte#effacer")];
        site.poster("/mon-compte/preuve/mot-de-passe", preuve, &usager, &champs).await
    };
    let faux = donner("archifaux").await;
    assert_eq!(faux.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faux.corps.contains("Ce n'est pas le mot de passe de votre compte."));
    assert!(faux.corps.contains(r#"value="/mon-compte#effacer""#), "where to is kept");
    let juste = donner("demo").await;
    assert_eq!((juste.statut, juste.lieu()), (StatusCode::SEE_OTHER, "/mon-compte#effacer"));
    let neuve = juste.entetes["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert!(site.lire("/mon-compte", &neuve).await.corps.contains("Recopiez l'adresse"));
    assert!(site.lire("/mon-compte", &usager).await.lieu().starts_with("/connexion"));
}
