//! « Avis externes » over HTTP: what a personal link opens, without an account, and what it never tells.

use super::dossiers::{ajouter_champ_prive, annoter, remplir};
use super::pieces::{FRONTIERE, formulaire};
use super::*;
use axum::body::Bytes;
use backend::courriels::Expediteur;
use backend::ouvriers;
use futures_util::stream;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use std::sync::atomic::{AtomicUsize, Ordering};

const ONGLET: &str = "/instructeur/dossiers/17606854/avis";
const REPONDRE: &str = "/api/expert/repondre";

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
    ouvriers::courriels::tout_envoyer(&site.contexte, &expediteur).await.unwrap();
    let boite = site.lire("/boite-aux-lettres", "").await.corps;
    let (_, suite) = boite.split_once("http://site.test/avis/").expect("the mail is there");
    let jeton: String = suite.chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("/avis/{jeton}")
}

async fn repondre(site: &Site, lien: &str, reponse: &str) -> Reponse {
    let jeton = lien.trim_start_matches("/avis/");
    let champs = [("jeton", jeton), ("reponse", reponse), ("page", lien)];
    site.poster(REPONDRE, lien, "", &champs).await
}

/// A form with files, as a browser posts it from `page`.
fn envoi(chemin: &str, page: &str, cookie: &str, corps: Body) -> Request<Body> {
    Request::post(chemin)
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::REFERER, format!("http://site.test{page}"))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={FRONTIERE}"))
        .header(header::COOKIE, cookie)
        .body(corps)
        .unwrap()
}

/// The answer of an expert, with its files.
fn avis(lien: &str, reponse: &str, fichiers: &[(&str, &[u8])]) -> Vec<u8> {
    let jeton = lien.trim_start_matches("/avis/");
    formulaire(&[("page", lien), ("jeton", jeton), ("reponse", reponse)], fichiers)
}

async fn joindre(site: &Site, lien: &str, reponse: &str, fichiers: &[(&str, &[u8])]) -> Reponse {
    let corps = Body::from(avis(lien, reponse, fichiers));
    site.demander(envoi(REPONDRE, lien, "", corps)).await
}

/// `debut`, then a hundred pieces of a million octets; says how many of them were asked for.
fn sans_fin(debut: Vec<u8>) -> (Body, Arc<AtomicUsize>) {
    let lus = Arc::new(AtomicUsize::new(0));
    let compte = Arc::clone(&lus);
    let morceaux = stream::unfold(Some(debut), move |debut| {
        let compte = Arc::clone(&compte);
        async move {
            let morceau = match debut {
                Some(debut) => debut,
                None if compte.fetch_add(1, Ordering::SeqCst) < 100 => vec![b'a'; 1_000_000],
                None => return None,
            };
            Some((Ok::<_, std::io::Error>(Bytes::from(morceau)), None))
        }
    });
    (Body::from_stream(morceaux), lus)
}

/// The beginning of a form, up to the content of its file.
fn jusqu_au_fichier(champs: &[(&str, &str)]) -> Vec<u8> {
    let mut corps = formulaire(champs, &[("a.pdf", b"%PDF-1.7")]);
    corps.truncate(corps.len() - format!("\r\n--{FRONTIERE}--\r\n").len());
    corps
}

async fn combien_de_pieces(site: &Site) -> u64 {
    piece_jointe::Entity::find().count(site.contexte.base.lire()).await.unwrap()
}

#[tokio::test]
async fn an_expert_joins_files_without_an_account_and_downloads_them() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    assert!(site.lire(&lien, "").await.corps.contains("enctype=\"multipart/form-data\""));
    let fichiers: [(&str, &[u8]); 2] = [("rapport <1>.pdf", b"%PDF-1.7 un"), ("", b"")];
    for _ in 0..2 {
        let fait = joindre(&site, &lien, "Favorable", &fichiers).await;
        assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, lien.as_str()));
    }
    assert_eq!(combien_de_pieces(&site).await, 1, "twice the same form");
    let page = site.lire(&lien, "").await.corps;
    assert!(page.contains(&format!("href=\"{lien}/pieces-jointes/1\"")), "{page}");
    assert!(page.contains("name=\"retirer[1]\""));
    let recu = site.lire(&format!("{lien}/pieces-jointes/1"), "").await;
    assert_eq!((recu.statut, recu.corps.as_str()), (StatusCode::OK, "%PDF-1.7 un"));
    assert_eq!(
        site.lire("/pieces-jointes/1", "").await.lieu(),
        "/connexion?retour=/pieces-jointes/1"
    );
    let onglet = site.lire(ONGLET, &instructeur).await.corps;
    assert!(onglet.contains("href=\"/pieces-jointes/1\""));
    let recu = site.lire("/pieces-jointes/1", &instructeur).await;
    assert_eq!(recu.corps, "%PDF-1.7 un");

    // Without a file, the form may be an ordinary one.
    let jeton = lien.trim_start_matches("/avis/");
    let champs =
        [("page", lien.as_str()), ("jeton", jeton), ("reponse", "Favorable"), ("retirer[1]", "on")];
    let retire = site.poster(REPONDRE, &lien, "", &champs).await;
    assert_eq!(retire.statut, StatusCode::SEE_OTHER, "{}", retire.corps);
    assert_eq!(combien_de_pieces(&site).await, 0);
    assert_eq!(
        site.lire(&format!("{lien}/pieces-jointes/1"), "").await.statut,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_file_of_an_expert_that_is_refused_has_its_sentence_and_the_text_is_kept() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    joindre(&site, &lien, "Favorable", &[("a.pdf", b"%PDF-1.7")]).await;
    let gros = vec![b' '; 10_000_001];
    let dix: Vec<(&str, &[u8])> = vec![("a.pdf", b"%PDF-1.7 b"); 10];
    let onze: Vec<(&str, &[u8])> = vec![("a.pdf", b"%PDF-1.7 b"); 11];
    let trop = "Vous pouvez joindre 10 fichiers au plus. Il y en a 11.";
    for (fichiers, phrase) in [
        (vec![("a.pdf", gros.as_slice())], "est trop gros. La taille maximale est de 10"),
        (vec![("a.pdf", b"MZ".as_slice())], "pas celui d'un fichier PDF"),
        (vec![("a.exe", b"MZ".as_slice())], "pas d'un format accepté"),
        (onze, trop),
        // With the one that is there.
        (dix, trop),
    ] {
        let refus = joindre(&site, &lien, "Mon <avis>", &fichiers).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{phrase}");
        let dit = refus.corps.replace("&#x27;", "'").replace("&#39;", "'");
        assert!(dit.contains(phrase), "{phrase} in:\n{}", refus.corps);
        assert!(dit.contains("id=\"avis-pieces-erreur\""), "beside its field");
        assert!(dit.contains("Mon &lt;avis&gt;"));
    }
    assert_eq!(combien_de_pieces(&site).await, 1);
    let jeton = lien.trim_start_matches("/avis/");
    let champs =
        [("page", lien.as_str()), ("jeton", jeton), ("reponse", " "), ("retirer[1]", "on")];
    let vide = site.poster(REPONDRE, &lien, "", &champs).await;
    assert_eq!(vide.statut, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, case) = vide.corps.split_once("name=\"retirer[1]\"").expect("the box is there");
    assert!(case.split('>').next().unwrap().contains("checked"), "what was checked is kept");
}

#[tokio::test]
async fn nothing_is_read_for_a_link_that_may_not_answer() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    let jeton = lien.trim_start_matches("/avis/").to_owned();
    let faux = "0".repeat(64);
    let fichier_d_abord = {
        let mut corps = formulaire(&[], &[("a.pdf", b"%PDF-1.7")]);
        corps.truncate(corps.len() - format!("--{FRONTIERE}--\r\n").len());
        corps.extend(jusqu_au_fichier(&[("jeton", &jeton), ("reponse", "x")]));
        corps
    };
    let inconnu = jusqu_au_fichier(&[("jeton", &faux), ("reponse", "x")]);
    for (quoi, cookie, corps) in [
        ("an unknown link", "", inconnu.clone()),
        ("an unknown link, signed in", instructeur.as_str(), inconnu),
        ("no link", "", jusqu_au_fichier(&[("reponse", "x")])),
        ("its link after a file", "", fichier_d_abord),
    ] {
        let (corps, lus) = sans_fin(corps);
        let refus = site.demander(envoi(REPONDRE, &format!("/avis/{faux}"), cookie, corps)).await;
        assert_eq!(refus.statut, StatusCode::NOT_FOUND, "{quoi}");
        assert!(lus.load(Ordering::SeqCst) <= 1, "{quoi}");
    }
    // No beginning of a form, and one that never comes to its files.
    let texte = formulaire(&[("jeton", &jeton)], &[]);
    let fin = format!("--{FRONTIERE}--\r\n").len();
    let mut texte = texte[..texte.len() - fin].to_vec();
    texte.extend(
        format!("--{FRONTIERE}\r\ncontent-disposition: form-data; name=\"reponse\"\r\n\r\n")
            .into_bytes(),
    );
    for (quoi, debut) in [("no form", b"x".to_vec()), ("an endless text", texte)] {
        let (corps, lus) = sans_fin(debut);
        let refus = site.demander(envoi(REPONDRE, &lien, "", corps)).await;
        assert_eq!(refus.statut, StatusCode::PAYLOAD_TOO_LARGE, "{quoi}");
        assert!(lus.load(Ordering::SeqCst) <= 2, "{quoi}: {lus:?}");
    }
    // The link opens nothing but its own form.
    let (corps, lus) = sans_fin(jusqu_au_fichier(&[("jeton", &jeton), ("dossier", "17606854")]));
    let ailleurs = site.demander(envoi("/api/usager/ecrire", &lien, "", corps)).await;
    assert_eq!(ailleurs.statut, StatusCode::UNAUTHORIZED);
    assert!(lus.load(Ordering::SeqCst) <= 1, "{lus:?}");

    let revoque = [("avis", "1"), ("page", ONGLET)];
    site.poster("/api/instructeur/revoquer-avis", ONGLET, &instructeur, &revoque).await;
    let (corps, lus) = sans_fin(jusqu_au_fichier(&[("jeton", &jeton), ("reponse", "x")]));
    let refus = site.demander(envoi(REPONDRE, &lien, "", corps)).await;
    assert_eq!(refus.statut, StatusCode::NOT_FOUND);
    assert!(!refus.corps.contains("17606854"));
    assert!(lus.load(Ordering::SeqCst) <= 1);
    assert_eq!(combien_de_pieces(&site).await, 0);
}

#[tokio::test]
async fn files_for_an_opinion_that_was_closed_are_not_kept_and_their_sender_is_told() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    joindre(&site, &lien, "Favorable", &[("a.pdf", b"%PDF-1.7")]).await;
    let clos = [("avis", "1"), ("page", ONGLET)];
    site.poster("/api/instructeur/clore-avis", ONGLET, &instructeur, &clos).await;
    let refus = joindre(&site, &lien, "Trop tard", &[("b.pdf", b"%PDF-1.7")]).await;
    assert_eq!(refus.statut, StatusCode::CONFLICT);
    assert!(refus.corps.contains("il ne peut plus être modifié"));
    assert_eq!(combien_de_pieces(&site).await, 1);
    let page = site.lire(&lien, "").await.corps;
    assert!(page.contains(&format!("href=\"{lien}/pieces-jointes/1\"")), "one's own file");
    assert_eq!(site.lire(&format!("{lien}/pieces-jointes/1"), "").await.statut, StatusCode::OK);
}

#[tokio::test]
async fn another_site_sends_no_file_in_the_name_of_an_expert() {
    let site = Site::ouvrir().await;
    let instructeur = site.entrer("instructeur").await;
    demander(&site, &instructeur).await;
    let lien = lien(&site).await;
    let corps = Body::from(avis(&lien, "Favorable", &[("a.pdf", b"%PDF-1.7")]));
    let mut requete = envoi(REPONDRE, &lien, "", corps);
    requete.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    requete.headers_mut().insert("origin", "https://exemple.org".parse().unwrap());
    assert_eq!(site.demander(requete).await.statut, StatusCode::FORBIDDEN);
    assert_eq!(combien_de_pieces(&site).await, 0);
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
    joindre(&site, &lien(&site).await, "Favorable", &[("rapport.pdf", b"%PDF-1.7")]).await;
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
    for fin in ["pdf", "zip"] {
        let recu = site.lire(&format!("/dossiers/17606854/dossier.{fin}"), &usager).await;
        assert_eq!(recu.statut, StatusCode::OK);
        for secret in ["experte", "viable", "Favorable", "rapport.pdf", "avis.pdf"] {
            assert!(!recu.corps.contains(secret), "{secret} in {fin}");
        }
    }
    assert_eq!(site.lire("/pieces-jointes/1", &usager).await.statut, StatusCode::NOT_FOUND);
    let tom = site.lire("/instructeur/dossiers/17606854/dossier.zip", &instructeur).await.corps;
    for attendu in ["experte@exemple.org/avis.pdf", "experte@exemple.org/reponse/rapport.pdf"] {
        assert!(tom.contains(attendu), "{attendu}");
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
    joindre(&site, &lien, "Défavorable", &[("rapport-secret.pdf", b"%PDF-1.7")]).await;
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
    assert!(!dit.contains("experte@exemple.org") && !dit.contains("rapport-secret"));
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
