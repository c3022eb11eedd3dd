//! What a person finds where they look, on pages without scripts.

use super::{CREE, Reponse, SIGNATURE, Site};
use axum::http::StatusCode;
use backend::rendez_vous::arrivee::inbox;
use backend::socle::temps::Horloge;
use chrono::DateTime;

const FIL: &str = "/dossiers/17606854/messagerie";
const ANNULE: &[u8] =
    include_bytes!("../../../tests/samples/06_rdv_updated_cancelled_by_user_excused.json");
const PROPOSEE: &str = "Votre proposition de rendez-vous a été envoyée à l'utilisateur.";

async fn proposer(site: &Site, cle: &str) -> String {
    let instructeur = site.entrer("instructeur").await;
    let page = "/instructeur/dossiers/17606854/demande";
    let champs = [("dossier", "17606854"), ("complement", ""), ("cle", cle)];
    let reponse = site.poster("/api/instructeur/proposer", page, &instructeur, &champs).await;
    assert_eq!(reponse.statut, StatusCode::SEE_OTHER);
    let fait = reponse.entetes.get_all("set-cookie").iter().next_back().unwrap();
    format!("{instructeur}; {}", fait.to_str().unwrap().split(';').next().unwrap())
}

#[tokio::test]
async fn the_proposal_that_waits_stands_above_the_thread_with_one_button() {
    let site = Site::ouvrir().await;
    site.activer().await;
    let usager = site.entrer("usager").await;
    assert!(!site.lire(FIL, &usager).await.corps.contains("Choisir un créneau"));
    proposer(&site, "a").await;
    let fil = site.lire(FIL, &usager).await.corps;
    let (bouton, message) =
        (fil.find("Choisir un créneau").unwrap(), fil.find("je vous propose").unwrap());
    assert!(bouton < message, "the button comes before the thread");
    assert!(fil.contains("href=\"http://127.0.0.1:4010/org/100/demarches-simplifiees\""));
    let id = fil.split("id=\"message-").filter_map(|suite| suite.split('"').next());
    let id = id.filter(|id| id.parse::<i64>().is_ok()).last().unwrap();
    for page in ["/dossiers", "/dossiers/17606854/resume", "/dossiers/17606854/rendez-vous"] {
        let lien = format!("href=\"{FIL}?depuis={id}#message-{id}\"");
        assert!(site.lire(page, &usager).await.corps.contains(&lien), "{page}");
    }
}

#[tokio::test]
async fn what_was_just_done_is_said_once_on_the_page_that_follows() {
    let site = Site::ouvrir().await;
    site.activer().await;
    let avec_fait = proposer(&site, "a").await;
    let page = "/instructeur/dossiers/17606854/messagerie";
    let reponse = site.lire(page, &avec_fait).await;
    assert!(reponse.corps.contains(PROPOSEE), "{}", reponse.corps);
    assert!(reponse.corps.contains("fr-alert--success"));
    let efface = reponse.entetes["set-cookie"].to_str().unwrap();
    assert!(efface.starts_with("fait=;"), "{efface}");
    let encore = avec_fait.split(';').next().unwrap();
    assert!(!site.lire(page, encore).await.corps.contains(PROPOSEE));

    let usager = site.entrer("usager").await;
    let champs = [("dossier", "17606854"), ("corps", "Bonjour"), ("cle", "m")];
    let reponse = site.poster("/api/usager/ecrire", FIL, &usager, &champs).await;
    let fait = reponse.entetes["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    let fil = site.lire(FIL, &format!("{usager}; {fait}")).await.corps;
    assert!(fil.contains("Votre message a été envoyé."));
}

#[tokio::test]
async fn a_rendez_vous_that_the_person_cancelled_is_no_error_and_asks_for_nothing_more() {
    let mut site = Site::ouvrir().await;
    site.activer().await;
    let usager = site.entrer("usager").await;
    proposer(&site, "a").await;
    site.webhook("100", Some(SIGNATURE), CREE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    // It is of another person: told by hand whose it is.
    let a_rattacher = "/instructeur/demarches/88454/rendez-vous/a-rattacher";
    let tom = site.entrer("instructeur").await;
    let rdv = super::champ(&site.lire(a_rattacher, &tom).await.corps, "rendez_vous");
    let champs = [("rendez_vous", rdv.as_str()), ("numero", "17606854"), ("page", a_rattacher)];
    site.poster("/api/instructeur/rattacher", a_rattacher, &tom, &champs).await;
    let onglet = "/dossiers/17606854/rendez-vous";
    assert!(site.lire(onglet, &usager).await.corps.contains("Infos et annulation"));

    let plus_tard = DateTime::parse_from_rfc3339("2024-05-29T10:00:00+02:00").unwrap();
    site.contexte.horloge = Horloge::fixe(plus_tard.to_utc());
    let signature = super::signer(ANNULE);
    site.webhook("100", Some(&signature), ANNULE).await;
    inbox::appliquer_tout(&site.contexte).await.unwrap();
    let dit = |fil: &Reponse, texte: &str| fil.corps.contains(texte);
    let fil = site.lire(FIL, &usager).await;
    assert!(dit(&fil, "Vous avez annulé votre rendez-vous\u{a0}: il devait avoir lieu"));
    assert!(!dit(&fil, "annulé par l'utilisateur"), "{}", fil.corps);
    let fil = site.lire("/instructeur/dossiers/17606854/messagerie", &tom).await;
    assert!(dit(&fil, "Rendez-vous annulé par l'utilisateur\u{a0}: il devait avoir lieu"));
    for page in [onglet, "/dossiers/17606854/resume", "/dossiers"] {
        let corps = site.lire(page, &usager).await.corps;
        assert!(corps.contains("Vous avez annulé votre rendez-vous"), "{page}");
        assert!(corps.contains("Écrire à l'instructeur"), "{page}");
        assert!(!corps.contains("fr-alert--error"), "{page}");
        assert!(!corps.contains("Infos et annulation"), "{page}");
        assert!(!corps.contains("À prévoir"), "{page}");
        assert!(!corps.contains("Votre prochain rendez-vous"), "{page}");
    }
}

#[tokio::test]
async fn help_is_a_click_away_for_each_side_and_for_those_not_signed_in() {
    let site = Site::ouvrir().await;
    let connexion = site.lire("/connexion", "").await.corps;
    assert!(connexion.contains("href=\"/aide\""));
    for (qui, page, aide) in [
        ("usager", "/dossiers", "/aide/usager"),
        ("instructeur", "/instructeur/demarches", "/aide/instructeur"),
        ("admin", "/admin/demarches", "/aide/administrateur"),
    ] {
        let cookie = site.entrer(qui).await;
        assert!(site.lire(page, &cookie).await.corps.contains(&format!("href=\"{aide}\"")));
        let lue = site.lire(aide, "").await;
        assert_eq!(lue.statut, StatusCode::OK);
        assert!(lue.corps.contains("email") && lue.corps.contains("visioconférence"), "{aide}");
        // Without a side in its address, it is that of the reader.
        let la_sienne = site.lire("/aide", &cookie).await.corps;
        assert!(la_sienne.contains(&format!("href=\"{aide}\" aria-current=\"page\"")), "{qui}");
    }
}

#[tokio::test]
async fn an_instructeur_finds_a_dossier_of_any_demarche_from_the_header() {
    let site = Site::ouvrir().await;
    let tom = site.entrer("instructeur").await;
    let accueil = site.lire("/instructeur/demarches", &tom).await.corps;
    assert!(accueil.contains("action=\"/instructeur/recherche\""));
    for (cherche, trouve, demarche) in [
        ("17606854", "/instructeur/dossiers/17606854", "Intitulé démarche test"),
        ("robert", "/instructeur/dossiers/17551651", "Habilitation au titre"),
    ] {
        let page = format!("/instructeur/recherche?q={cherche}");
        let lue = site.lire(&page, &tom).await;
        assert_eq!(lue.statut, StatusCode::OK);
        assert!(lue.corps.contains(&format!("href=\"{trouve}\"")), "{cherche}");
        assert!(lue.corps.contains(demarche), "{cherche}");
    }
    let vide = site.lire("/instructeur/recherche?q=personne%20ici", &tom).await.corps;
    assert!(vide.contains("Aucun dossier"));
    let usager = site.entrer("usager").await;
    let refus = site.lire("/instructeur/recherche?q=robert", &usager).await;
    assert_eq!(refus.statut, StatusCode::NOT_FOUND);
    assert!(!site.lire("/dossiers", &usager).await.corps.contains("/instructeur/recherche"));
}

#[tokio::test]
async fn a_filing_with_mistakes_says_that_the_draft_is_kept_and_keeps_it() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let presentation = site.lire("/commencer/88454", "").await.corps;
    assert!(presentation.contains("Prévoyez vos statuts"), "the description");
    assert!(presentation.contains("Pièces à prévoir"));
    assert!(presentation.contains("Statuts ou délibération"));
    let champs = [("demarche", "88454")];
    let commence = site.poster("/api/depot/commencer", "/commencer/88454", &usager, &champs).await;
    let page = commence.lieu().to_owned();
    let numero = page.rsplit('/').next().unwrap();
    let champs = [
        ("dossier", numero),
        ("version", "0"),
        ("cle", "k"),
        ("prenom", "Marlène"),
        ("nom", "Klok"),
        ("champs[1]", "Conservatoire <b>"),
        ("page", &page),
    ];
    let refuse = site.poster("/api/depot/deposer", &page, &usager, &champs).await;
    assert_eq!(refuse.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refuse.corps.contains("Ce que vous avez saisi est gardé dans votre brouillon."));
    let relu = site.lire(&page, &usager).await.corps;
    assert!(relu.contains("Conservatoire &lt;b&gt;"));
    assert!(relu.contains("Brouillon enregistré le 27/05/2024 à 16h44."));
}

/// The account comes first; what is technical is folded, opens by itself when it has something to say, and needs no
/// script.
#[tokio::test]
async fn the_settings_of_the_agenda_begin_with_the_account_and_fold_what_is_technical() {
    let site = Site::ouvrir().await;
    let admin = site.activer().await;
    let page = "/admin/demarches/88454/rdv";
    let lue = site.lire(page, &admin).await.corps;
    let ou = |texte: &str| lue.find(texte).unwrap_or_else(|| panic!("{texte} in {lue}"));
    assert!(ou("Cette fonctionnalité permet") < ou("Connecter mon compte"));
    assert!(ou("Connecter mon compte") < ou("Autoriser les instructeurs à proposer un RDV"));
    assert!(lue.contains(&format!("/rdv-service-public/connecter?page={page}/compte")));
    let plie = ou("Réglages techniques");
    for technique in ["Adresse du webhook", "Renouveler le secret", "Une notification peut se"] {
        assert!(plie < ou(technique), "{technique}");
    }
    for visible in ["Aucune notification n'a encore", "URL de votre agenda", "Définissez vos"] {
        assert!(ou(visible) < plie, "{visible}");
    }
    let ouvert = |page: &str| {
        let (avant, _) = page.split_once("Réglages techniques").unwrap();
        avant.rsplit_once("<details").unwrap().1.split('>').next().unwrap().contains("open")
    };
    assert!(!ouvert(&lue), "nothing to read there");

    let champs = [("demarche", "88454"), ("page", page)];
    let renouvele = site.poster("/api/admin/rdv/secret", page, &admin, &champs).await;
    let fait = renouvele.entetes["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    assert!(ouvert(&site.lire(page, &format!("{admin}; {fait}")).await.corps));
}
