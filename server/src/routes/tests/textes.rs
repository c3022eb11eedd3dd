//! Every text that a person or the platform can type stays a text: on every page, in every mail, every document.
//!
//! All of them hold [`MARQUE`], harmless, which is markup wherever it is not written as a text.

#[path = "../../../../backend/tests/outils/pdf_relu.rs"]
mod pdf_relu;

use super::rempli::{MARQUE, Rempli};
use super::*;
use crate::routes::pages;

/// The columns that hold what is typed, `table.colonne`. The others of their type hold words of the code, addresses
/// that were checked, keys and digests: [`CODES`]. A new column is in neither, and the test says so.
const TEXTES: [&str; 32] = [
    "annotations.texte",
    "avis.question",
    "avis.reponse",
    "brouillons.champs",
    "brouillons.nom",
    "brouillons.prenom",
    "champs.description",
    "champs.libelle",
    "champs.options",
    "comptes.nom",
    "comptes.prenom",
    "contacts.texte",
    "courriels.sujet",
    "courriels.texte",
    "demarches.description",
    "demarches.service",
    "demarches.service_adresse",
    "demarches.service_horaires",
    "demarches.titre",
    "dossiers.champs",
    "dossiers.nom",
    "dossiers.prenom",
    "groupes.nom",
    "messages.corps",
    "modeles_courriels.corps",
    "modeles_courriels.objet",
    "pieces_jointes.nom",
    "reaffectations.raison",
    "rendez_vous.contenu",
    "traitements.motivation",
    "valeurs_privees.libelle",
    "valeurs_privees.valeur",
];

/// See [`TEXTES`]. Without their table: those that are so in each.
const CODES: [&str; 74] = [
    "acr",
    "action",
    "amr",
    "annotation",
    "auteur",
    "charge",
    "choix",
    "cle",
    "code",
    "curseur",
    "decision",
    "decision_avant",
    "demarches",
    "destinataire",
    "detail",
    "echec",
    "email",
    "emetteur",
    "empreinte",
    "erreur",
    "etat",
    "etat_analyse",
    "etiquette",
    "etiquette_pris",
    "etiquette_propose",
    "filtres",
    "format",
    "fournisseur",
    "genre",
    "genre_demandeur",
    "geste",
    "groupes",
    "hote",
    "html",
    "id_distant",
    "idp",
    "lien",
    "lieu",
    "marque",
    "memoire",
    "modele",
    "mot",
    "mot_de_passe",
    "motif",
    "moyen",
    "navigateur",
    "nom_de",
    "nom_vers",
    "objet",
    "origine",
    "page",
    "place",
    "precedente",
    "proconnect",
    "quoi",
    "raison",
    "retour",
    "role_auteur",
    "rythme",
    "service_email",
    "service_telephone",
    "session",
    "siret",
    "site",
    "statut",
    "sub",
    "suite",
    "sujet",
    "suppression",
    "url",
    "url_agenda",
    "valeur",
    "version",
    "virus",
];

/// The pages that show nothing that somebody typed.
const SANS_TEXTE: [&str; 28] = [
    "/",
    "/abonnement",
    "/accessibilite",
    "/admin/etat-du-service",
    "/admin/raccordements/nouveau",
    "/affichage",
    "/aide",
    "/aide/{role}",
    "/compte/efface",
    "/compte/lien/{jeton}",
    "/compte/message-envoye",
    "/confirmation",
    "/confirmation/faite",
    "/confirmation/lien/{jeton}",
    "/connexion",
    "/connexion/rattachement",
    "/connexion/rattachement/envoye",
    "/connexion/rattachement/lien/{jeton}",
    "/creer-un-compte",
    "/donnees-personnelles",
    "/instructeur/recherche",
    "/mentions-legales",
    "/mon-compte",
    "/mon-compte/mes-donnees",
    "/mon-compte/preuve",
    "/mot-de-passe-oublie",
    "/plan-du-site",
    "/rdv-service-public",
];

/// Reads a page as a browser does; gives its texts and the values of its attributes. Refuses a page in which what is
/// typed would be markup: an element that we never write, an attribute that is no name.
fn lire_html(page: &str) -> String {
    let mut lu = String::new();
    let mut reste = page;
    while let Some(ici) = reste.find('<') {
        lu.push_str(&reste[..ici]);
        reste = &reste[ici..];
        if let Some(suite) = reste.strip_prefix("<!--") {
            reste = suite.split_once("-->").unwrap().1;
            continue;
        }
        let (nom, suite) = balise(&reste[1..], &mut lu);
        reste = suite;
        assert!(
            nom != "b",
            "markup that was typed, before: {}",
            reste.chars().take(200).collect::<String>()
        );
        if nom == "script" || nom == "style" {
            let (brut, suite) = reste.split_once(&format!("</{nom}>")).unwrap();
            assert!(!brut.contains("<b>"), "{brut}");
            reste = suite;
        }
        lu.push(' ');
    }
    lu.push_str(reste);
    ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&#x27;'", "&amp;&"].iter().fold(lu, |lu, paire| {
        let (entite, lettre) = paire.split_at(paire.len() - 1);
        lu.replace(entite, lettre)
    })
}

/// Reads a tag, after its « < », to its « > ».
fn balise<'a>(reste: &'a str, lu: &mut String) -> (&'a str, &'a str) {
    let fin = reste.find(|c: char| c.is_whitespace() || c == '>').unwrap();
    let (nom, mut reste) = reste.split_at(fin);
    loop {
        reste = reste.trim_start();
        if let Some(suite) = reste.strip_prefix('>') {
            return (nom, suite);
        }
        let fin = reste.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap();
        let (attribut, suite) = reste.split_at(fin);
        let lettre = |c: char| c.is_ascii_alphanumeric() || "-_:/!".contains(c);
        assert!(attribut.chars().all(lettre), "« {attribut} » is no attribute of ours, in <{nom}");
        reste = suite;
        if let Some(suite) = reste.strip_prefix("=\"") {
            let (valeur, suite) = suite.split_once('"').unwrap();
            lu.push(' ');
            lu.push_str(valeur);
            reste = suite;
        } else if let Some(suite) = reste.strip_prefix('=') {
            reste = &suite[suite.find(|c: char| c.is_whitespace() || c == '>').unwrap()..];
        }
    }
}

#[tokio::test]
async fn what_is_typed_is_a_text_on_every_page() {
    let rempli = Rempli::ouvrir().await;
    tout_est_rempli(&rempli).await;
    let mut sans = Vec::new();
    for patron in pages::chemins(&rempli.site.contexte) {
        let (cookie, adresse) = rempli.page(&patron);
        let page = rempli.site.lire(&adresse, cookie).await;
        let nue =
            ["/dossiers/{numero}", "/instructeur/dossiers/{numero}"].contains(&patron.as_str());
        if SANS_TEXTE.contains(&patron.as_str()) || nue {
            lire_html(&page.corps);
            continue;
        }
        assert_eq!(page.statut, StatusCode::OK, "{adresse}");
        let lue = lire_html(&page.corps);
        if !lue.contains(MARQUE) {
            sans.push(adresse.clone());
        }
        assert!(!lue.contains("&lt;b"), "{adresse} shows it once escaped:\n{lue}");
        // Titles of the window are taken for HTML by what writes them.
        let titre = page.corps.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!titre.contains('<') && !titre.contains("& "), "{adresse}: {titre}");
    }
    assert!(
        sans.is_empty(),
        "these show nothing that was typed, and are not in SANS_TEXTE: {sans:?}"
    );
}

/// What the address holds, and what a refused form shows again, is as typed as the rest.
#[tokio::test]
async fn what_an_address_or_a_refused_form_holds_is_a_text() {
    let rempli = Rempli::ouvrir().await;
    let cherche: String = url::form_urlencoded::byte_serialize(MARQUE.as_bytes()).collect();
    for (adresse, cookie) in [
        ("/dossiers?q=", &rempli.usager),
        ("/instructeur/demarches/88454?q=", &rempli.instructeur),
        ("/instructeur/demarches/88454/rendez-vous?q=", &rempli.instructeur),
        ("/admin/toutes-les-demarches?q=", &rempli.admin),
        ("/connexion?retour=/", &String::new()),
        ("/creer-un-compte?retour=/", &String::new()),
        ("/affichage?retour=/", &String::new()),
        ("/nulle-part/", &String::new()),
    ] {
        let page = rempli.site.lire(&format!("{adresse}{cherche}"), cookie).await;
        lire_html(&page.corps);
    }
    for (action, cookie, champs) in [
        (
            "usager/ecrire",
            &rempli.usager,
            vec![("corps", format!("{MARQUE}{}", "x".repeat(10_001)))],
        ),
        (
            "instructeur/rattacher",
            &rempli.instructeur,
            vec![("rendez_vous", "2".to_owned()), ("numero", MARQUE.to_owned())],
        ),
        ("admin/administrateurs/ajouter", &rempli.admin, vec![("email", MARQUE.to_owned())]),
        ("admin/rdv/enregistrer", &rempli.admin, vec![("url_agenda", MARQUE.to_owned())]),
    ] {
        let numeros = [("dossier", "17606854"), ("demarche", "88454"), ("cle", "z")];
        let champs = champs.iter().map(|(nom, valeur)| (*nom, valeur.as_str()));
        let champs: Vec<(&str, &str)> = champs.chain(numeros).collect();
        // Its page is not known: the refusal has one of its own.
        let refus =
            rempli.site.poster(&format!("/api/{action}"), "/nulle-part", cookie, &champs).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{action}");
        assert!(lire_html(&refus.corps).contains(MARQUE), "{action}: {}", refus.corps);
    }
}

#[tokio::test]
async fn what_is_typed_is_a_text_in_every_mail_document_and_export() {
    let rempli = Rempli::ouvrir().await;
    let courriels = rempli.courriels().await;
    assert!(courriels.len() > 5, "{}", courriels.len());
    for courriel in &courriels {
        let (html, sujet) = (lire_html(&courriel.html), &courriel.sujet);
        assert!(html.contains(MARQUE), "{sujet}: {html}");
        assert!(courriel.texte.contains(MARQUE), "{sujet}: {}", courriel.texte);
        assert!(!sujet.contains("&lt;") && !courriel.texte.contains("&lt;"), "{sujet}");
        let montre = rempli.site.lire(&format!("/boite-aux-lettres/{}", courriel.id), "").await;
        lire_html(&montre.corps);
    }
    lire_html(&rempli.site.lire("/boite-aux-lettres", "").await.corps);
    for (adresse, cookie) in [
        ("/admin/demarches/88454/formulaire.pdf", &rempli.admin),
        ("/dossiers/17606854/attestation.pdf", &rempli.usager),
        ("/dossiers/17606854/dossier.pdf", &rempli.usager),
        ("/instructeur/dossiers/17606854/dossier.pdf", &rempli.instructeur),
    ] {
        let lu = pdf_relu::lire(&rempli.octets(adresse, cookie).await);
        assert!(lu.texte().contains(MARQUE), "{adresse}: {}", lu.texte());
    }
    let export =
        rempli.octets("/instructeur/demarches/88454/export.csv", &rempli.instructeur).await;
    let export = String::from_utf8_lossy(&export);
    assert!(export.contains(&MARQUE.replace('"', "\"\"")), "{export}");
}

/// Each column that holds what is typed holds it here.
async fn tout_est_rempli(rempli: &Rempli) {
    let db = rempli.site.contexte.base.lire();
    let backend = db.get_database_backend();
    let lire = async |sql: String| {
        db.query_all_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap()
    };
    let colonnes = "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
        WHERE m.type = 'table' AND (lower(p.type) IN ('text', 'varchar') OR lower(p.type) LIKE 'varchar(%')";
    let (mut vues, mut inconnues, mut vides) = (0, Vec::new(), Vec::new());
    for ligne in lire(colonnes.to_owned()).await {
        let (table, colonne): (String, String) =
            (ligne.try_get("", "t").unwrap(), ligne.try_get("", "c").unwrap());
        let entiere = format!("{table}.{colonne}");
        if TEXTES.contains(&entiere.as_str()) {
            vues += 1;
            let sql = format!("SELECT 1 FROM {table} WHERE {colonne} LIKE '%Aide <b>&%' LIMIT 1");
            if lire(sql).await.is_empty() {
                vides.push(entiere);
            }
        } else if !CODES.contains(&colonne.as_str()) && !table.starts_with("seaql") {
            inconnues.push(entiere);
        }
    }
    assert!(vides.is_empty(), "not filled in by this test: {vides:?}");
    assert!(inconnues.is_empty(), "typed by somebody, or words of the code? {inconnues:?}");
    assert_eq!(vues, TEXTES.len());
}
