//! The tabs of a dossier that only its instructeurs have, as plain forms; and what is taken away.

use super::*;

const DOSSIER: &str = "/instructeur/dossiers/17606854";
const SECRET: &str = "Zebrure 4711";

pub(super) async fn annoter(site: &Site, cookie: &str, version: &str, texte: &str) -> Reponse {
    let page = format!("{DOSSIER}/annotations");
    let champs = [
        ("dossier", "17606854"),
        ("version", version),
        ("annotation", texte),
        ("page", page.as_str()),
    ];
    site.poster("/api/instructeur/annoter", &page, cookie, &champs).await
}

#[tokio::test]
async fn a_stale_annotation_is_shown_again_beside_the_other_one() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let page = format!("{DOSSIER}/annotations");
    let reponse = annoter(&site, &instructeur, "0", "Première").await;
    assert_eq!((reponse.statut, reponse.lieu()), (StatusCode::SEE_OTHER, page.as_str()));
    let perimee = annoter(&site, &instructeur, "0", "Ma <version>").await;
    assert_eq!(perimee.statut, StatusCode::CONFLICT);
    for attendu in [
        "Un autre instructeur a modifié cette annotation entre-temps",
        "Version enregistrée entre-temps",
        "Première",
        "Ma &lt;version&gt;",
        "name=\"version\" value=\"1\"",
    ] {
        assert!(perimee.corps.contains(attendu), "{attendu} in\n{}", perimee.corps);
    }
    // Too long: it is still that of version 1, whatever was saved meanwhile.
    annoter(&site, &instructeur, "1", "Deuxième").await;
    let longue = annoter(&site, &instructeur, "1", &"é".repeat(10_001)).await;
    assert_eq!(longue.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(longue.corps.contains("name=\"version\" value=\"1\""));
    let enfin = annoter(&site, &instructeur, "2", "Ma <version>").await;
    assert_eq!(enfin.statut, StatusCode::SEE_OTHER);
    assert!(site.lire(&page, &instructeur).await.corps.contains("Ma &lt;version&gt;"));
}

/// Adds a private field, as the administrateur; gives its id.
pub(super) async fn ajouter_champ_prive(site: &Site, genre: &str, libelle: &str) -> String {
    let admin = site.entrer("admin").await;
    let page = "/admin/demarches/88454/annotations";
    let champs = [
        ("demarche", "88454"),
        ("pour", "administration"),
        ("genre", genre),
        ("libelle_champ", libelle),
        ("description_champ", ""),
        ("options_champ", ""),
        ("page", page),
    ];
    let ajoute = site.poster("/api/admin/champs/ajouter", page, &admin, &champs).await;
    assert_eq!((ajoute.statut, ajoute.lieu()), (StatusCode::SEE_OTHER, page), "{}", ajoute.corps);
    let lue = site.lire(page, &admin).await.corps;
    let (_, suite) = lue.rsplit_once(&format!("{page}/")).unwrap();
    suite.split('"').next().unwrap().to_owned()
}

pub(super) async fn remplir(
    site: &Site,
    cookie: &str,
    champ: &str,
    version: &str,
    texte: &str,
) -> Reponse {
    let page = format!("{DOSSIER}/annotations");
    let (nom, sa_version) = (format!("champs[{champ}]"), format!("versions[{champ}]"));
    let champs = [
        ("dossier", "17606854"),
        (nom.as_str(), texte),
        (sa_version.as_str(), version),
        ("page", page.as_str()),
    ];
    site.poster("/api/instructeur/champs-prives", &page, cookie, &champs).await
}

#[tokio::test]
async fn a_private_field_that_is_refused_is_shown_again_with_what_was_typed() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let id = ajouter_champ_prive(&site, "nombre", "Montant <accordé>").await;
    let page = format!("{DOSSIER}/annotations");
    let faux = remplir(&site, &instructeur, &id, "0", "<quarante>").await;
    assert_eq!(faux.statut, StatusCode::UNPROCESSABLE_ENTITY);
    for attendu in [
        "Saisissez un nombre".to_owned(),
        "value=\"&lt;quarante&gt;\"".to_owned(),
        format!("id=\"question-{id}-erreur\""),
        "Montant &lt;accordé&gt;".to_owned(),
    ] {
        assert!(faux.corps.contains(&attendu), "{attendu} in\n{}", faux.corps);
    }
    let pris = remplir(&site, &instructeur, &id, "0", "40,5").await;
    assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, page.as_str()));
    let perime = remplir(&site, &instructeur, &id, "0", "41").await;
    assert_eq!(perime.statut, StatusCode::UNPROCESSABLE_ENTITY);
    for attendu in [
        "Un autre instructeur a modifié ce champ entre-temps".to_owned(),
        "Valeurs actuelles".to_owned(),
        "value=\"41\"".to_owned(),
        format!("name=\"versions[{id}]\" value=\"1\""),
    ] {
        assert!(perime.corps.contains(&attendu), "{attendu} in\n{}", perime.corps);
    }
    let lue = site.lire(&page, &instructeur).await.corps;
    assert!(lue.contains("value=\"40,5\"") && lue.contains("Modifié par vous le"));
    for (champ, statut) in [("1", 404), ("abc", 303), ("99999", 422), ("-1", 422)] {
        let lu = remplir(&site, &instructeur, champ, "x", "y").await;
        assert_eq!(lu.statut.as_u16(), statut, "{champ}");
    }
}

#[tokio::test]
async fn no_page_file_or_export_for_others_holds_an_annotation() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    annoter(&site, &instructeur, "0", SECRET).await;
    let id = ajouter_champ_prive(&site, "texte_court", "Champ 4711").await;
    remplir(&site, &instructeur, &id, "0", "Valeur 4711").await;
    let sienne = site.lire(&format!("{DOSSIER}/annotations"), &instructeur).await;
    for attendu in [SECRET, "Champ 4711", "Valeur 4711"] {
        assert!(sienne.corps.contains(attendu), "{attendu}");
    }
    let usager = site.entrer("usager").await;
    for adresse in [
        "/dossiers",
        "/dossiers/17606854/resume",
        "/dossiers/17606854/demande",
        "/dossiers/17606854/messagerie",
        "/dossiers/17606854/modifier",
        "/commencer/88454",
        "/dossiers/17606854/dossier.pdf",
        "/dossiers/17606854/dossier.zip",
        "/boite-aux-lettres",
    ] {
        let lue = site.lire(adresse, &usager).await;
        assert_eq!(lue.statut, StatusCode::OK, "{adresse}");
        assert!(!lue.corps.contains("4711"), "{adresse}");
    }
    for adresse in [
        "/instructeur/demarches/88454/export.csv",
        "/instructeur/demarches/88454/dossiers.zip",
        "/instructeur/dossiers/17606854/imprimer",
        "/instructeur/dossiers/17606854/dossier.pdf",
        "/instructeur/dossiers/17606854/dossier.zip",
    ] {
        let lue = site.lire(adresse, &instructeur).await;
        assert_eq!(lue.statut, StatusCode::OK, "{adresse}");
        assert!(!lue.corps.contains("4711"), "{adresse}");
    }
    let admin = site.entrer("admin").await;
    let formulaire = site.lire("/admin/demarches/88454/formulaire.pdf", &admin).await;
    assert_eq!(formulaire.statut, StatusCode::OK);
    assert!(!formulaire.corps.contains("4711"));
    let volees = [
        annoter(&site, &usager, "1", "x").await,
        remplir(&site, &usager, &id, "1", "x").await,
        remplir(&site, &admin, &id, "1", "x").await,
    ];
    for vole in volees {
        assert_eq!(vole.statut, StatusCode::NOT_FOUND);
        assert!(!vole.corps.contains("4711"));
    }
}

#[tokio::test]
async fn a_dossier_is_downloaded_whole_by_those_who_may_see_it() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    for (fin, genre, debut) in
        [("pdf", "application/pdf", "%PDF-1.7"), ("zip", "application/zip", "PK\u{3}\u{4}")]
    {
        let recu = site.lire(&format!("{DOSSIER}/dossier.{fin}"), &instructeur).await;
        assert_eq!(recu.statut, StatusCode::OK);
        assert!(recu.corps.starts_with(debut), "{fin}");
        let entete = |nom: &str| recu.entetes[nom].to_str().unwrap().to_owned();
        assert_eq!(entete("content-type"), genre);
        let nom = format!("attachment; filename=\"dossier-17606854.{fin}\"");
        assert_eq!(entete("content-disposition"), nom);
        assert_eq!(entete("cache-control"), "no-store");

        let usager = site.entrer("usager").await;
        let laureen = site.entrer("laureen.ho").await;
        let admin = site.entrer("admin").await;
        let (sien, leur) =
            (format!("/dossiers/17606854/dossier.{fin}"), format!("{DOSSIER}/dossier.{fin}"));
        assert_eq!(site.lire(&sien, &usager).await.statut, StatusCode::OK);
        for (adresse, qui) in [
            (&sien, &laureen),
            (&sien, &instructeur),
            (&sien, &admin),
            (&leur, &usager),
            (&leur, &laureen),
            (&leur, &admin),
        ] {
            let refus = site.lire(adresse, qui).await;
            assert_eq!(refus.statut, StatusCode::NOT_FOUND, "{adresse}");
            assert!(!refus.corps.starts_with(debut));
        }
        for faux in ["0", "abc", "99999999999999999999"] {
            let adresse = format!("/instructeur/dossiers/{faux}/dossier.{fin}");
            assert_eq!(site.lire(&adresse, &instructeur).await.statut, StatusCode::NOT_FOUND);
        }
        let anonyme = site.lire(&leur, "").await;
        assert_eq!(anonyme.lieu(), format!("/connexion?retour={leur}"));
    }
}

#[tokio::test]
async fn the_print_view_has_the_thread_unless_it_is_taken_out() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let message = "rdv-message__auteur";
    let avec = site.lire(&format!("{DOSSIER}/imprimer"), &instructeur).await.corps;
    assert!(avec.contains(message) && avec.contains("Saint-Péray"));
    let sans = site.lire(&format!("{DOSSIER}/imprimer?messagerie=non"), &instructeur).await.corps;
    assert!(!sans.contains(message) && sans.contains("Saint-Péray"));
    let usager = site.entrer("usager").await;
    let refus = site.lire(&format!("{DOSSIER}/imprimer"), &usager).await;
    assert_eq!(refus.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_message_is_deleted_by_a_plain_form_and_read_marks_follow_the_usager() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let usager = site.entrer("usager").await;
    let page = format!("{DOSSIER}/messagerie");
    let champs = [
        ("dossier", "17606854"),
        ("corps", "Un mot <b>de trop</b>"),
        ("cle", "k"),
        ("page", page.as_str()),
    ];
    site.poster("/api/instructeur/ecrire", &page, &instructeur, &champs).await;
    let fil = site.lire(&page, &instructeur).await.corps;
    assert!(fil.contains("Non lu"));
    let (_, suite) = fil.split_once("name=\"message\" value=\"").unwrap();
    let id = suite.split('"').next().unwrap().to_owned();
    assert!(site.lire("/dossiers/17606854/messagerie", &usager).await.corps.contains("de trop"));
    assert!(!site.lire(&page, &instructeur).await.corps.contains("Non lu"));

    let champs = [("message", id.as_str()), ("page", page.as_str())];
    let etranger = site.poster("/api/instructeur/supprimer-message", &page, &usager, &champs);
    assert_eq!(etranger.await.statut, StatusCode::NOT_FOUND);
    let fait = site.poster("/api/instructeur/supprimer-message", &page, &instructeur, &champs);
    assert_eq!(fait.await.statut, StatusCode::SEE_OTHER);
    for (adresse, qui) in
        [(page.as_str(), &instructeur), ("/dossiers/17606854/messagerie", &usager)]
    {
        let fil = site.lire(adresse, qui).await.corps;
        assert!(fil.contains("(Message supprimé)") && !fil.contains("de trop"), "{adresse}");
    }
    let encore = site.poster("/api/instructeur/supprimer-message", &page, &instructeur, &champs);
    let encore = encore.await;
    assert_eq!(encore.statut, StatusCode::CONFLICT);
    assert!(encore.corps.contains("Ce message a déjà été supprimé."));
}

#[tokio::test]
async fn sending_a_dossier_to_nobody_says_so_beside_the_field() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let page = format!("{DOSSIER}/personnes");
    let champs =
        [("dossier", "17606854"), ("destinataire", ""), ("cle", "k"), ("page", page.as_str())];
    let refus = site.poster("/api/instructeur/envoyer-dossier", &page, &instructeur, &champs).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refus.corps.contains("id=\"destinataire-erreur\""), "{}", refus.corps);
    assert!(refus.corps.contains("usager@demo.example"));
}

#[tokio::test]
async fn a_long_thread_is_read_to_its_beginning_with_links() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let page = "/dossiers/17606854/messagerie";
    for rang in 0..75 {
        let corps = format!("message numéro {rang}.");
        let champs =
            [("dossier", "17606854"), ("corps", corps.as_str()), ("cle", ""), ("page", page)];
        site.poster("/api/usager/ecrire", page, &usager, &champs).await;
    }
    for (qui, chemin) in [
        (usager, page.to_owned()),
        (site.entrer("instructeur").await, format!("{DOSSIER}/messagerie")),
    ] {
        let lue = site.lire(&chemin, &qui).await.corps;
        assert!(
            lue.contains("message numéro 74.") && !lue.contains("message numéro 0."),
            "{chemin}"
        );
        assert!(lue.contains("Afficher les 50 messages précédents"), "{chemin}");
        let mut adresse = chemin.clone();
        let mut page = lue;
        let suite = format!("href=\"{chemin}?messages=");
        // Other links lead to this very page: without the place of a message.
        let precedents = |page: &str| {
            let liens = page.split(&suite).skip(1).map(|lien| lien.split_once('"').unwrap().0);
            liens
                .filter_map(|lien| lien.split_once('#'))
                .map(|(suite, ancre)| (suite.to_owned(), ancre.to_owned()))
                .next()
        };
        while let Some((suivante, ancre)) = precedents(&page) {
            adresse = format!("{chemin}?messages={suivante}");
            page = site.lire(&adresse, &qui).await.corps;
            assert!(page.contains(&format!("id=\"{ancre}\"")), "where it was");
        }
        assert!(page.contains("message numéro 0."), "{adresse}");
    }
}

#[tokio::test]
async fn the_breadcrumb_leads_back_to_the_list_as_it_was() {
    let site = Site::ouvrir().await;
    for (qui, liste, dossier) in [
        ("instructeur", "/instructeur/demarches/88454", format!("{DOSSIER}/demande")),
        ("usager", "/dossiers", "/dossiers/17606854/resume".to_owned()),
    ] {
        let question = "?q=marl%C3%A8ne";
        let cookie = site.entrer(qui).await;
        let fil = |page: &str| {
            let (_, nav) = page.split_once("fr-breadcrumb__list").unwrap();
            nav.split_once("</ol>").unwrap().0.to_owned()
        };
        let direct = site.lire(&dossier, &cookie).await.corps;
        assert!(fil(&direct).contains(&format!("href=\"{liste}\"")), "{}", fil(&direct));
        let vue = site.lire(&format!("{liste}{question}"), &cookie).await;
        let garde = vue.entetes[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(garde.contains("HttpOnly") && !garde.contains("Max-Age"), "{garde}");
        let garde = garde.split(';').next().unwrap();
        let avec = site.lire(&dossier, &format!("{cookie}; {garde}")).await.corps;
        assert!(fil(&avec).contains("marl%C3%A8ne"), "{}", fil(&avec));
        // Neither what another person looked at, nor another address.
        let (nom, valeur) = garde.split_once('=').unwrap();
        let (compte, code) = valeur.split_once('.').unwrap();
        for faux in
            [format!("{nom}=999.{code}"), format!("{nom}={compte}.%2Fadmin%3Fmarl%25C3%25A8ne")]
        {
            let sans = site.lire(&dossier, &format!("{cookie}; {faux}")).await.corps;
            assert!(fil(&sans).contains(&format!("href=\"{liste}\"")), "{faux}");
        }
    }
}

#[tokio::test]
async fn a_list_is_downloaded_as_it_is_filtered_by_its_instructeurs_alone() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    let liste = site.lire("/instructeur/demarches/88454?q=17606854", &instructeur).await.corps;
    let adresse = "/instructeur/demarches/88454/dossiers.zip?q=17606854";
    assert!(liste.contains("Télécharger 1 dossier<"), "the button says how many");
    assert!(liste.contains(adresse) && liste.contains("export.csv?q=17606854"));
    assert!(liste.contains("href=\"/instructeur/demarches/88454/dossiers.zip\""), "all of them");
    let recu = site.lire(adresse, &instructeur).await;
    assert_eq!(recu.statut, StatusCode::OK);
    assert!(recu.corps.contains("dossiers-88454/dossier-17606854/dossier-17606854.pdf"));
    assert!(!recu.corps.contains("dossier-18049239"));
    let nom = "attachment; filename=\"dossiers-88454.zip\"";
    assert_eq!(recu.entetes["content-disposition"].to_str().unwrap(), nom);
    for qui in ["usager", "admin"] {
        let qui = site.entrer(qui).await;
        assert_eq!(site.lire(adresse, &qui).await.statut, StatusCode::NOT_FOUND);
    }
}
